#include "gui/quarantine_dialog.h"

#include <algorithm>
#include <array>
#include <utility>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/icons.h"
#include "gui/redraw.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::JobView;
using mail::QuarantineView;
using namespace std::chrono_literals;

constexpr const char* window_name = "###quarantine_dialog";
constexpr const char* question_name = "###purge_dialog";
constexpr float width = 960.F, least_width = 820.F, other_things = 200.F;
constexpr auto patience = 300ms;

constexpr std::array<RecordColumn, 6> columns{{
    {&text::column_subject, 1.F},
    {&text::column_sender, 0.6F},
    {&text::column_removed, 136},
    {&text::column_removed_by, 116},
    {&text::column_kept_until, 136},
    {&text::column_size, 74, true},
}};

}  // namespace

void QuarantineDialog::open(const mail::PointView& point) {
    point_ = point.definition->id;
    name_ = point.definition->name;
    stage_ = Stage::opening;
    work_ = Work::none;
    job_ = 0;
    found_.reset();
    selection_.clear();
    asked_back_ = not_back_ = 0;
    stopped_ = false;
    error_.reset();
}

void QuarantineDialog::close() {
    stage_ = Stage::closed;
    ImGui::CloseCurrentPopup();
}

void QuarantineDialog::look_up(Frame& frame) {
    work_ = Work::looking_up;
    job_ = frame.post(mail::LookUpQuarantine{point_});
    asked_at_ = std::chrono::steady_clock::now();
}

void QuarantineDialog::restores(mail::JobId job) {
    work_ = Work::restoring;
    job_ = job;
}

void QuarantineDialog::follow(Frame& frame) {
    const JobView* job = frame.snapshot.job(job_);
    if (work_ == Work::none || job == nullptr || !job->has_ended())
        return;
    const Work ended = std::exchange(work_, Work::none);
    job_ = 0;
    // What was refused stays said while the list is read anew.
    if (job->error || !job->kept.empty())
        error_ = job->error ? job->error : job->kept.front().second;
    if (ended == Work::restoring) {
        not_back_ = job->state == JobView::State::done ? job->kept.size() : asked_back_;
        stopped_ = job->state == JobView::State::cancelled;
    }
    if (ended != Work::looking_up)
        return look_up(frame);
    if (job->state != JobView::State::done)
        return;
    found_ =
        job->quarantine ? job->quarantine : std::make_shared<const std::vector<QuarantineView>>();
    selection_.clear();
    table_.restart();
    table_.take_focus();
}

void QuarantineDialog::apply(const ImGuiMultiSelectIO& io) {
    const auto range = [this](std::size_t first, std::size_t last, bool selected) {
        std::vector<std::uint32_t> places;
        for (std::size_t i = first; i <= last && i < found_->size(); ++i)
            places.push_back(static_cast<std::uint32_t>(i));
        if (selected)
            selection_.add(places);
        else
            selection_.remove(places);
    };
    for (const ImGuiSelectionRequest& request : io.Requests) {
        if (request.Type == ImGuiSelectionRequestType_SetAll) {
            selection_.clear();
            if (request.Selected && !found_->empty())
                range(0, found_->size() - 1, true);
        } else if (request.Type == ImGuiSelectionRequestType_SetRange) {
            const auto [first, last] = std::minmax(request.RangeFirstItem, request.RangeLastItem);
            range(static_cast<std::size_t>(first), static_cast<std::size_t>(last),
                  request.Selected);
        }
    }
}

void QuarantineDialog::draw_rows(const Frame& frame, float height) {
    const text::Language language = frame.language;
    if (!found_ || found_->empty()) {
        const bool waiting = !found_ && work_ != Work::none;
        const bool said = waiting && std::chrono::steady_clock::now() - asked_at_ >= patience;
        if (waiting && !said)
            redraw_within(patience);
        if (said)
            draw_no_records(icon::waiting, text::looking_up.in(language), height);
        else if (found_)
            draw_no_records(icon::inbox, text::empty_quarantine.in(language), height);
        else if (error_ && work_ == Work::none)
            draw_no_records(icon::failed, text::sentences_of(*error_, language), height);
        else
            ImGui::Dummy({0, height});
        return;
    }
    if (!table_.begin(columns, language, height, least_width))
        return;
    const Colours& c = frame.colours;
    const auto count = static_cast<int>(found_->size());
    const ImGuiMultiSelectIO* begun = ImGui::BeginMultiSelect(
        ImGuiMultiSelectFlags_BoxSelect1d | ImGuiMultiSelectFlags_ScopeWindow,
        static_cast<int>(selection_.uids().size()), count);
    if (!table_.leaving())
        apply(*begun);
    ImGuiListClipper clipper;
    clipper.Begin(count, px(RecordTable::row_height));
    clipper.IncludeItemByIndex(static_cast<int>(std::min(table_.focused(), found_->size() - 1)));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const auto index = static_cast<std::uint32_t>(i);
            const QuarantineView& one = (*found_)[index];
            ImGui::SetNextItemSelectionUserData(i);
            table_.begin_row(index, selection_.contains(index));
            table_.cell(one.subject.empty() ? text::no_subject.in(language)
                                            : std::string_view(one.subject),
                        c.text);
            table_.cell(one.sender.empty() ? text::no_sender.in(language)
                                           : std::string_view(one.sender),
                        c.text);
            table_.cell(one.is_marked ? std::string(text::marked_only.in(language))
                                      : text::moment(one.removed, frame.now, language),
                        c.muted, text::exact_moment(one.removed, language));
            table_.cell(one.who, c.muted);
            table_.cell(text::moment(one.keep_until, frame.now, language), c.muted,
                        text::exact_moment(one.keep_until, language));
            table_.cell(text::size(one.size_octets, language), c.muted);
        }
    apply(*ImGui::EndMultiSelect());
    table_.end();
}

/// One line's room at least, so that nothing jumps when it is said.
void QuarantineDialog::draw_note(const Frame& frame) const {
    const text::Language language = frame.language;
    const auto counted = [&](std::size_t n) { return text::counted(text::message, language, n); };
    if (error_ && found_) {
        std::string words = text::sentences_of(*error_, language);
        if (not_back_ > 0)
            words = text::fill(text::toast_not_restored, language,
                               {{"messages", counted(not_back_)}, {"why", words}});
        if (not_back_ > 0 && not_back_ < asked_back_)
            words = text::fill(text::toast_restored, language,
                               {{"messages", counted(asked_back_ - not_back_)}}) +
                    ". " + words;
        note_line(NoteKind::error, words);
    } else if (work_ == Work::restoring || work_ == Work::emptying) {
        note_line(NoteKind::info,
                  (work_ == Work::restoring ? text::restoring : text::emptying).in(language));
    } else if (stopped_) {
        note_line(NoteKind::info, text::removal_stopped.in(language));
    } else if (asked_back_ > 0) {
        note_line(NoteKind::ok,
                  text::fill(text::toast_restored, language, {{"messages", counted(asked_back_)}}));
    } else {
        note_line(NoteKind::none, text::quarantine_purpose.in(language));
    }
}

std::vector<mail::Restore::Which> QuarantineDialog::selected() const {
    std::vector<mail::Restore::Which> messages;
    for (const std::uint32_t place : selection_.uids()) {
        const mail::QuarantineView& one = (*found_)[place];
        messages.push_back({one.uid, one.uid_validity, one.number});
    }
    return messages;
}

/// True: the selected ones are to be put back.
bool QuarantineDialog::draw_buttons(Frame& frame) {
    const text::Language language = frame.language;
    const std::size_t count = selection_.uids().size();
    const std::string restore = (count == 0 ? std::string(text::restore.in(language))
                                            : text::fill(text::restore_count, language,
                                                         {{"n", text::number(count, language)}})) +
                                "###quarantine_restore";
    const std::string empty = labelled(text::empty_it, language, "quarantine_empty");
    const std::string again = labelled(text::try_again, language, "quarantine_again");
    const std::string no = labelled(text::close, language, "quarantine_close");
    const ButtonLook primary{.emphasis = Emphasis::primary};
    const bool working = work_ == Work::restoring || work_ == Work::emptying;
    const bool none = !found_ || found_->empty();
    const std::string_view busy =
        (work_ == Work::emptying ? text::emptying : text::restoring).in(language);
    ImGui::Dummy({0, px(4)});
    if (count == 0 && !none && !working && table_.left_onward())
        focus_next_item();
    if (!found_ && work_ == Work::none) {
        if (button(again.c_str())) {
            error_.reset();
            look_up(frame);
        }
    } else if (button(empty.c_str(), {},
                      working ? busy
                      : none  ? text::empty_quarantine.in(language)
                              : std::string_view{})) {
        opens_question_ = true;
    }
    ImGui::SameLine();
    ImGui::SetCursorPosX(ImGui::GetWindowWidth() - px(28) - button_width(restore.c_str(), primary) -
                         button_width(no.c_str()));
    if (count > 0 && !working && table_.left_onward())
        focus_next_item();
    const bool restores = button(restore.c_str(), primary,
                                 working      ? busy
                                 : count == 0 ? text::off_select.in(language)
                                              : std::string_view{});
    ImGui::SameLine(0, px(8));
    // Nothing is above the rows, and the last thing of all comes before the first.
    if (stage_ == Stage::opening || table_.left_onward() || table_.left_back())
        focus_next_item();
    if (button(no.c_str()) || (escape() && !ImGui::IsPopupOpen(question_name)))
        close();
    return restores;
}

void QuarantineDialog::draw_purge_question(Frame& frame) {
    const bool opening = std::exchange(opens_question_, false);
    if (opening)
        ImGui::OpenPopup(question_name);
    if (!begin_dialog(question_name, "", 440))
        return;
    const text::Language language = frame.language;
    wrapped_text(text::ask_purge.in(language), frame.colours.text);
    const std::string yes = labelled(text::do_purge, language, "purge_yes");
    const std::string no = labelled(text::cancel, language, "purge_no");
    align_right(button_width(yes.c_str()) + px(8) + button_width(no.c_str()));
    const bool empties = button(yes.c_str());
    ImGui::SameLine(0, px(8));
    // The harmless answer has the focus, and Esc means it.
    if (opening)
        focus_next_item();
    if (empties) {
        error_.reset();
        asked_back_ = not_back_ = 0;
        stopped_ = false;
        work_ = Work::emptying;
        job_ = frame.post(mail::EmptyQuarantine{point_});
    }
    if (button(no.c_str()) || escape() || empties)
        ImGui::CloseCurrentPopup();
    end_dialog();
}

std::vector<mail::Restore::Which> QuarantineDialog::draw(Frame& frame) {
    std::vector<mail::Restore::Which> back;
    if (!is_open())
        return back;
    if (stage_ == Stage::opening) {
        ImGui::OpenPopup(window_name);
        if (work_ == Work::none)
            look_up(frame);
    }
    const std::string title =
        text::fill(text::quarantine_title, frame.language, {{"point", name_}});
    if (!begin_dialog(window_name, title, width))
        return back;
    follow(frame);
    draw_rows(frame, RecordTable::height_with(other_things));
    draw_note(frame);
    if (draw_buttons(frame)) {
        back = selected();
        error_.reset();
        asked_back_ = back.size();
        not_back_ = 0;
        stopped_ = false;
    }
    draw_purge_question(frame);
    if (is_open())
        stage_ = Stage::open;
    end_dialog();
    return back;
}

}  // namespace gui
