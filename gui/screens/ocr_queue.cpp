#include "gui/screens/ocr_queue.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui_internal.h>

#include "gui/icons.h"
#include "gui/region.h"
#include "gui/screens/hits.h"
#include "gui/screens/ocr_words.h"
#include "gui/screens/trouble_strip.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/ocr.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/plurals.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/disk.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

using JobState = mail::store::OcrJob::State;

constexpr std::array<RecordColumn, 5> columns{{
    {&text::ocr_state, 176},
    {&text::ocr_file, 1.F},
    {&text::ocr_since, 124},
    {&text::column_size, 84, true},
    {&text::ocr_result, 1.2F},
}};
constexpr float least_width = 720.F, strip_height = 40.F, least_list_height = 108.F;
constexpr const char* menu_name = "##ocr_menu";

}  // namespace

OcrQueueScreen::PointState& OcrQueueScreen::view(const std::string& point) {
    const auto [found, is_new] = views_.try_emplace(point);
    if (is_new)
        found->second.table.take_focus();
    return found->second;
}

bool OcrQueueScreen::is_shown(const File& file, Filter filter) {
    const JobState state = file.job.state;
    switch (filter) {
    case Filter::all:
        break;
    case Filter::waiting:
        return state == JobState::queued || state == JobState::running;
    case Filter::done:
        return state == JobState::done;
    case Filter::failed:
        return state == JobState::failed;
    }
    return true;
}

const OcrQueueScreen::File& OcrQueueScreen::row(const PointState& view, std::size_t index) {
    return view.of->files[view.rows[index]];
}

OcrQueueScreen::PointState& OcrQueueScreen::arranged(const mail::PointView& point) {
    PointState& now = view(point.definition->id);
    if (now.of == point.ocr && now.with_filter == now.filter && now.with_search == now.search)
        return now;
    now.of = point.ocr;
    now.with_filter = now.filter;
    now.with_search = now.search;
    now.rows.clear();
    if (!now.of)
        return now;
    const std::vector<std::string> words = words_in(now.search);
    const std::vector<File>& files = now.of->files;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string name = mail::utf8::unaccented(files[i].job.file);
        const bool is_found = std::ranges::all_of(
            words, [&](const std::string& word) { return name.find(word) != std::string::npos; });
        if (is_found && is_shown(files[i], now.filter))
            now.rows.push_back(i);
    }
    std::ranges::stable_sort(now.rows, [&](std::size_t one, std::size_t other) {
        return files[one].job.since > files[other].job.since;
    });
    std::erase_if(now.selected, [&](const std::string& name) {
        return std::ranges::none_of(files, [&](const File& file) { return file.job.file == name; });
    });
    for (std::size_t i = 0; i < now.rows.size(); ++i)
        if (row(now, i).job.file == now.focused)
            now.table.focus_is_at(i);
    return now;
}

std::vector<const OcrQueueScreen::File*> OcrQueueScreen::meant_files(const PointState& view) {
    std::vector<const File*> all, chosen;
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        all.push_back(&row(view, i));
        if (view.selected.contains(all.back()->job.file))
            chosen.push_back(all.back());
    }
    return chosen.empty() ? all : chosen;
}

const OcrQueueScreen::File* OcrQueueScreen::one_file(const PointState& view) {
    const auto files = meant_files(view);
    return files.size() == 1 ? files.front() : nullptr;
}

std::vector<std::string> OcrQueueScreen::meant(const mail::PointView& point, JobState state) {
    std::vector<std::string> names;
    for (const File* file : meant_files(arranged(point)))
        if (file->job.state == state && (state != JobState::running || runs_here(file->job)))
            names.push_back(file->job.file);
    return names;
}

std::size_t OcrQueueScreen::selected(const mail::PointView& point) {
    const PointState& now = arranged(point);
    std::size_t count = 0;
    for (std::size_t i = 0; i < now.rows.size(); ++i)
        count += now.selected.contains(row(now, i).job.file) ? 1 : 0;
    return count;
}

std::size_t OcrQueueScreen::shown(const mail::PointView& point) {
    return arranged(point).rows.size();
}

bool OcrQueueScreen::has(Pane pane) const {
    return (pane == Pane::chips && has_chips_) || (pane == Pane::grid && has_list_);
}

OcrFacts OcrQueueScreen::facts(const mail::PointView& point, const State& state,
                               text::Language language) {
    const auto off = [&](const text::Text& words) { return std::string(words.in(language)); };
    const PointState& now = arranged(point);
    OcrFacts facts;
    facts.waiting = counts_of(point.ocr.get()).queued;
    facts.runs = state.runs && !is_for_another_program(point);
    facts.failed = meant(point, JobState::failed).size();
    facts.running = meant(point, JobState::running).size();
    if (point.file_error)
        facts.run_off = off(text::point_file_error);
    else if (is_for_another_program(point))
        facts.run_off = off(text::off_ocr_no_command);
    if (facts.failed == 0)
        facts.retry_off = off(text::off_ocr_none_failed);
    if (facts.running == 0)
        facts.stop_file_off = off(text::off_ocr_none_runs);
    const File* one = one_file(now);
    if (one == nullptr)
        facts.open_file_off = facts.open_result_off = off(text::off_ocr_one_file);
    else if (one->job.state != JobState::done || one->job.result.empty())
        facts.open_result_off = off(text::off_ocr_no_result);
    if (one != nullptr && is_taken_by_other(one->job, point))
        facts.open_file_off = off(text::off_ocr_file_gone);
    if (now.rows.empty())
        facts.copy_off = off(text::off_ocr_select);
    return facts;
}

void OcrQueueScreen::open_file(const mail::PointView& point) {
    if (const File* file = one_file(arranged(point)))
        open_path_(path_to_open(mail::join_path(file->job.folder, file->job.file)));
}

void OcrQueueScreen::open_result(const mail::PointView& point) {
    if (const File* file = one_file(arranged(point)))
        open_path_(path_to_open(file->job.result));
}

/// As tab-separated text, for a spreadsheet or a letter to somebody who helps.
void OcrQueueScreen::copy(const mail::PointView& point, text::Language language) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i)
        text.append(i == 0 ? "" : "\t").append(columns.at(i).title->in(language));
    for (const File* file : meant_files(arranged(point))) {
        const mail::store::OcrJob& job = file->job;
        text.append("\n").append(state_words(*file, language));
        for (const std::string& cell :
             {mail::utf8::one_line(job.file), text::exact_moment(job.since, language),
              text::size(job.size_octets, language), outcome_words(job, point, language)})
            text.append("\t").append(cell);
    }
    ImGui::SetClipboardText((text + "\n").c_str());
}

void OcrQueueScreen::draw(Frame& frame, const mail::PointView& point, const State& state,
                          const ActFacts& facts) {
    PointState& now = arranged(point);
    focused_.reset();
    has_chips_ = has_list_ = false;
    ImGui::PushID(point.definition->id.c_str());
    if (begin_region("##ocr", {0, 0}, with_alpha(frame.colours.surface, 0), {0, 0})) {
        draw_header(frame, point);
        draw_state(frame, point, state);
        draw_trouble(frame, point, state);
        draw_chips(frame, point, now);
        draw_list(frame, point, now,
                  std::max(ImGui::GetContentRegionAvail().y, px(least_list_height)));
        if (facts.ocr)
            draw_menu(frame, *facts.ocr);
    }
    end_region();
    ImGui::PopID();
}

void OcrQueueScreen::draw_header(Frame& frame, const mail::PointView& point) {
    ImGui::Dummy({0, px(12)});
    ImGui::SetCursorPosX(px(16));
    push_font(Weight::semibold, 21);
    const float width = ImGui::GetContentRegionAvail().x;
    ellipsis_text(point.definition->name, width * 0.55F, frame.colours.text);
    pop_font();
    ImGui::SameLine(0, px(13));
    push_font(Weight::regular, 15);
    const std::string& folder = point.target_folder;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = std::min(ImGui::GetContentRegionAvail().x - px(40),
                                px(24) + ImGui::CalcTextSize(folder.c_str()).x);
    if (!folder.empty() && room > px(40)) {
        ImGui::SetCursorScreenPos({at.x, at.y - px(1)});
        if (ImGui::InvisibleButton("##target", {room, px(24)}))
            open_path_(folder);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        const Colour ink = ImGui::IsItemHovered() ? frame.colours.accent : frame.colours.muted;
        draw_icon(list, {at.x + px(8), at.y + px(11)}, icon::folder, 17, frame.colours.muted);
        draw_ellipsis(list, {at.x + px(22), at.y + std::floor((px(22) - ImGui::GetFontSize()) / 2)},
                      room - px(22), ink, folder);
        focus_ring();
        tooltip(folder + "\n" + std::string(text::open_folder.in(frame.language)));
    }
    pop_font();
    ImGui::Dummy({0, px(8)});
}

void OcrQueueScreen::draw_state(Frame& frame, const mail::PointView& point,
                                const State& state) const {
    const auto [kind, words] = queue_words(point, state.runs, state.refused, frame.language);
    begin_strip("##ocr_state", kind, strip_height);
    ImGui::SetCursorPosY(std::floor((ImGui::GetWindowHeight() - px(18)) / 2));
    icon_text(icon_of(kind), 18, colour_of(kind));
    ImGui::SameLine(0, px(8));
    push_font(Weight::medium, 15);
    ellipsis_text(words, ImGui::GetContentRegionAvail().x, frame.colours.text);
    pop_font();
    end_strip();
}

void OcrQueueScreen::draw_trouble(Frame& frame, const mail::PointView& point,
                                  const State& state) const {
    const text::Language language = frame.language;
    const mail::Error* fault = fault_of(point, state.refused);
    if (fault != nullptr) {
        const text::ErrorWords words = text::words_of(*fault, language);
        const std::array buttons{std::string(text::copy_details.in(language)) +
                                 "###ocr_copy_fault"};
        if (draw_trouble_strip("##ocr_fault", NoteKind::error, words, buttons))
            ImGui::SetClipboardText(to_copy(words).c_str());
    }
    const OcrCounts counts = counts_of(point.ocr.get());
    if (counts.lies_long == 0)
        return;
    text::ErrorWords words;
    words.cause = text::fill(
        text::ocr_lie_long, language,
        {{"minutes",
          text::number(static_cast<std::uint64_t>(point.definition->ocr.warn_after_minutes),
                       language)},
         {"files", text::counted(text::file, language, counts.lies_long)}});
    draw_trouble_strip("##ocr_long", NoteKind::warning, words, {});
}

void OcrQueueScreen::draw_chips(Frame& frame, const mail::PointView& point, PointState& view) {
    const OcrCounts counts = counts_of(point.ocr.get());
    struct Chip {
        Filter filter;
        const text::Text* name;
        std::size_t count;
    };
    const std::array<Chip, 4> chips{{
        {Filter::all, &text::filter_all, counts.all},
        {Filter::waiting, &text::ocr_filter_waiting, counts.queued + counts.running},
        {Filter::done, &text::ocr_filter_done, counts.done},
        {Filter::failed, &text::ocr_filter_failed, counts.failed},
    }};
    std::array<std::string, 4> labels, numbers;
    float whole = px(2 * 16);
    for (std::size_t i = 0; i < chips.size(); ++i) {
        labels.at(i) =
            std::string(chips.at(i).name->in(frame.language)) + "###ocr_chip" + std::to_string(i);
        numbers.at(i) = text::number(chips.at(i).count, frame.language);
        whole += chip_width(labels.at(i).c_str(), numbers.at(i)) + (i == 0 ? 0.F : px(6));
    }
    // In a narrow window they stand in two lines.
    const float room = ImGui::GetContentRegionAvail().x;
    if (begin_region("##chips", {0, px(whole > room ? 49 + 30 : 49)},
                     with_alpha(frame.colours.surface, 0), {px(16), px(10)})) {
        has_chips_ = true;
        if (ImGui::IsWindowFocused())
            focused_ = Pane::chips;
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(6), px(6)});
        for (std::size_t i = 0; i < chips.size(); ++i) {
            if (i > 0)
                same_line_if_it_fits(chip_width(labels.at(i).c_str(), numbers.at(i)), 6);
            const bool chosen = view.filter == chips.at(i).filter;
            if (chosen && focus_next_ == Pane::chips) {
                focus_next_.reset();
                focus_next_item();
            }
            if (chip(labels.at(i).c_str(), numbers.at(i), chosen)) {
                view.filter = chips.at(i).filter;
                view.table.restart();
            }
        }
        ImGui::PopStyleVar();
    }
    end_region();
}

void OcrQueueScreen::draw_list(Frame& frame, const mail::PointView& point, PointState& view,
                               float height) {
    const text::Language language = frame.language;
    if (begin_region("##ocr_list", {0, height}, with_alpha(frame.colours.surface, 0), {0, 0})) {
        if (view.rows.empty()) {
            const bool any = point.ocr && !point.ocr->files.empty();
            if (!point.ocr)
                ImGui::Dummy({0, height});
            else if (!view.search.empty() && any)
                draw_no_records(icon::search,
                                text::fill(text::empty_filter, language, {{"x", view.search}}),
                                height);
            else if (any)
                draw_no_records(icon::search, text::empty_ocr_chip.in(language), height);
            else
                draw_no_records(icon::inbox, text::empty_ocr.in(language), height);
        } else {
            has_list_ = true;
            if (focus_next_ == Pane::grid) {
                focus_next_.reset();
                view.table.take_focus();
            }
            if (view.table.begin(columns, language, height, least_width)) {
                draw_rows(frame, view);
                view.table.end();
            }
            if (view.table.has_focus()) {
                focused_ = Pane::grid;
                read_keys(point, view);
            }
        }
    }
    end_region();
}

void OcrQueueScreen::apply(PointState& view, const ImGuiMultiSelectIO& io) {
    for (const ImGuiSelectionRequest& request : io.Requests) {
        std::size_t first = 0, last = view.rows.size() - 1;
        if (request.Type == ImGuiSelectionRequestType_SetAll) {
            view.selected.clear();
        } else {
            const auto [low, high] = std::minmax(request.RangeFirstItem, request.RangeLastItem);
            first = static_cast<std::size_t>(std::max<ImGuiSelectionUserData>(low, 0));
            last =
                std::min(last, static_cast<std::size_t>(std::max<ImGuiSelectionUserData>(high, 0)));
        }
        for (std::size_t i = first; i <= last; ++i)
            if (request.Selected)
                view.selected.insert(row(view, i).job.file);
            else
                view.selected.erase(row(view, i).job.file);
    }
}

void OcrQueueScreen::draw_rows(Frame& frame, PointState& view) {
    const auto count = static_cast<int>(view.rows.size());
    const ImGuiMultiSelectIO* begun = ImGui::BeginMultiSelect(
        ImGuiMultiSelectFlags_BoxSelect1d | ImGuiMultiSelectFlags_ScopeWindow,
        static_cast<int>(view.selected.size()), count);
    if (!view.table.leaving())
        apply(view, *begun);
    ImGuiListClipper clipper;
    clipper.Begin(count, px(RecordTable::row_height));
    clipper.IncludeItemByIndex(
        static_cast<int>(std::min(view.table.focused(), view.rows.size() - 1)));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            ImGui::SetNextItemSelectionUserData(i);
            draw_row(frame, view, static_cast<std::size_t>(i));
        }
    apply(view, *ImGui::EndMultiSelect());
    view.focused = row(view, std::min(view.table.focused(), view.rows.size() - 1)).job.file;
}

void OcrQueueScreen::draw_row(const Frame& frame, PointState& view, std::size_t index) {
    const text::Language language = frame.language;
    const File& file = row(view, index);
    const mail::store::OcrJob& job = file.job;
    const mail::PointView* point = frame.snapshot.point(job.point);
    const bool failed = job.state == JobState::failed;
    view.table.begin_row(index, view.selected.contains(job.file), job.file);
    if (view.table.hovers()) {
        if (ImGui::IsMouseReleased(ImGuiMouseButton_Right)) {
            if (!view.selected.contains(job.file))
                view.selected = {job.file};
            opens_menu_ = true;
        } else if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
            act_ = job.result.empty() ? Act::ocr_open_file : Act::ocr_open_result;
        }
    }
    view.table.cell(mark_of(file), state_words(file, language));
    view.table.cell(mail::utf8::one_line(job.file), frame.colours.text);
    view.table.cell(text::moment(job.since, frame.now, language), frame.colours.muted,
                    text::exact_moment(job.since, language));
    view.table.cell(text::size(job.size_octets, language), frame.colours.muted);
    const std::string outcome = point == nullptr ? "" : outcome_words(job, *point, language);
    // Its end is what tells it from others.
    const bool is_within = outcome.starts_with(job.folder) && outcome.size() > job.folder.size();
    view.table.cell(is_within ? outcome.substr(job.folder.size() + 1) : outcome,
                    failed ? frame.colours.err : frame.colours.muted, is_within ? outcome : "");
}

/// While the rows have the focus; what is in the table of acts is read by the window.
void OcrQueueScreen::read_keys(const mail::PointView& point, const PointState& view) {
    if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel))
        return;
    const File* one = one_file(view);
    if (one != nullptr && (ImGui::IsKeyChordPressed(ImGuiKey_Enter) ||
                           ImGui::IsKeyChordPressed(ImGuiKey_KeypadEnter))) {
        if (one->job.state == JobState::done && !one->job.result.empty())
            act_ = Act::ocr_open_result;
        else if (!is_taken_by_other(one->job, point))
            act_ = Act::ocr_open_file;
    }
    if (ImGui::IsKeyChordPressed(ImGuiKey_Menu) ||
        ImGui::IsKeyChordPressed(ImGuiMod_Shift | ImGuiKey_F10))
        opens_menu_ = true;
}

void OcrQueueScreen::draw_menu(const Frame& frame, const OcrFacts& facts) {
    if (std::exchange(opens_menu_, false))
        ImGui::OpenPopup(menu_name);
    if (!begin_menu_popup(menu_name))
        return;
    const text::Language language = frame.language;
    const auto row = [&](Act act, const std::string& label, const std::string& off) {
        if (menu_row(act, label, off))
            act_ = act;
    };
    row(Act::ocr_open_result, std::string(text::ocr_open_result.in(language)),
        facts.open_result_off);
    row(Act::ocr_open_file, std::string(text::ocr_open_file.in(language)), facts.open_file_off);
    row(Act::open_folder, std::string(text::open_folder.in(language)), "");
    ImGui::Separator();
    row(Act::ocr_retry, ocr_retry_label(facts, language), facts.retry_off);
    row(Act::ocr_stop_file, ocr_stop_file_label(facts, language), facts.stop_file_off);
    ImGui::Separator();
    row(Act::ocr_copy, std::string(text::copy_details.in(language)), facts.copy_off);
    end_menu_popup();
}

}  // namespace gui
