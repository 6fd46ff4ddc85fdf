#include "gui/screens/parts_panel.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "gui/icons.h"
#include "gui/locks.h"
#include "gui/marks.h"
#include "gui/screens/ocr_words.h"
#include "gui/screens/part_decision.h"
#include "gui/screens/part_row.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/plurals.h"
#include "gui/text/reasons.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/work/choose.h"

namespace gui {
namespace {

using mail::PartView;

const mail::MessageRow* message_of(const mail::MailboxView& mailbox, std::uint32_t uid,
                                   const Arrangement& order) {
    if (const auto place = place_of(order.order, uid))
        return &row_at(*order.mailbox, order.order.rows[*place]);
    return find_message(mailbox, uid);
}

/// What opens without risk is opened itself, of all else the folder that it lies in.
std::string path_to_open(const PartView& part) {
    const std::string_view type = part.type;
    const bool harmless = type == "application/pdf" || type.starts_with("image/") ||
                          type == "text/plain" || type == "text/csv";
    return harmless ? part.file : part.file.substr(0, part.file.find_last_of("/\\"));
}

void draw_hint(const std::string& words) {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const ImVec2 size = ImGui::CalcTextSize(words.c_str(), nullptr, false, room.x);
    const ImVec2 at = ImGui::GetCursorPos();
    ImGui::SetCursorPos({std::floor(at.x + std::max(0.F, (room.x - size.x) / 2)),
                         std::floor(at.y + std::max(0.F, (room.y - size.y) / 2))});
    wrapped_text(words, colours().muted);
}

}  // namespace

bool PartsPanel::draw(Frame& frame, const mail::PointView& point, const MailGrid& grid,
                      const std::function<void(const std::string&)>& open_path,
                      const mail::Error* kept) {
    open_path_ = &open_path;
    point_ = &point;
    kept_ = kept;
    ocr_ = ocr_point_of(frame.snapshot, point);
    const mail::point::General& general = point.definition->general;
    can_leave_ = general.allow_delete_from_mailbox || general.delete_after_document;
    words_ = grid.words();
    const std::size_t selected = grid.facts().selected;
    const auto uid = grid.looked_at();
    if (!uid || !point.mailbox || grid.arrangement() == nullptr) {
        draw_hint(
            selected > 1
                ? text::fill(text::many_selected, frame.language,
                             {{"messages", text::counted(text::message, frame.language, selected)}})
                : std::string(text::select_message.in(frame.language)));
        return false;
    }
    const auto* message = message_of(*point.mailbox, *uid, *grid.arrangement());
    return message != nullptr && draw_message(frame, *message, point.mailbox->state_of(*message));
}

bool PartsPanel::draw_message(Frame& frame, const mail::MessageRow& message,
                              const mail::MessageState& state) {
    if (std::exchange(uid_, message.uid) != message.uid) {
        chosen_.clear();
        chosen_name_.clear();
        reveal_ = true;
    }
    ImGui::PushID(static_cast<int>(message.uid));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(3)});
    const float width = ImGui::GetContentRegionAvail().x;
    push_font(Weight::semibold, 17);
    ellipsis_text(cell_text(frame, Column::subject, message, state), width, colours().text);
    pop_font();
    push_font(Weight::regular, 15);
    ellipsis_text(tooltip_of(frame, Column::sender, message, state), width, colours().muted);
    ellipsis_text(text::moment(message.received, frame.now, frame.language) + " · " +
                      text::size(message.size_octets, frame.language),
                  width, colours().muted);
    const std::optional<mail::Error>& error = state.error ? state.error : message.structure_error;
    if (error) {
        const text::ErrorWords words = text::words_of(*error, frame.language);
        // That another has it is no fault.
        const bool is_fault =
            state.status != mail::Status::held && state.status != mail::Status::taken_elsewhere;
        const Mark mark =
            is_fault ? Mark{icon::failed, colours().err, colours().err} : mark_of(state.status);
        icon_text(mark.icon, 16, mark.colour);
        ImGui::SameLine(0, px(5));
        wrapped_text(words.next_step.empty() ? words.cause : words.cause + " " + words.next_step,
                     mark.word_colour);
    } else if (state.status == mail::Status::taken && !state.folder.empty()) {
        ellipsis_text(tooltip_of(frame, Column::status, message, state), width, colours().muted);
    }
    draw_removal(frame, message, state);
    pop_font();
    bool any = false;
    if (const mail::work::PartList& known = parts_of(message, state)) {
        const mail::Parts parts = known.unpack();
        const auto listed =
            static_cast<std::uint64_t>(std::count_if(parts.begin(), parts.end(), is_listed));
        ImGui::Dummy({0, px(4)});
        section_title(text::fill(text::parts_title, frame.language,
                                 {{"n", text::number(listed, frame.language)}}));
        ImGui::Dummy({0, 1});
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), 0});
        // The one that was chosen has the focus, else the first.
        const bool has_chosen = std::ranges::any_of(parts, [this](const PartView& part) {
            return is_listed(part) && part.part.path == chosen_;
        });
        for (const PartView& part : parts) {
            if (!is_listed(part))
                continue;
            if (focus_next_ && (!has_chosen || part.part.path == chosen_)) {
                focus_next_ = false;
                focus_next_item();
            }
            draw_part(frame, part, message, state);
        }
        reveal_ = false;
        any = listed > 0;
        ImGui::PopStyleVar();
    }
    ImGui::PopStyleVar();
    ImGui::PopID();
    return any;
}

/// The delete gate, and why the message stayed when it was to be removed last.
void PartsPanel::draw_removal(const Frame& frame, const mail::MessageRow& message,
                              const mail::MessageState& state) const {
    const text::Language language = frame.language;
    const Colours& c = colours();
    const auto line = [](const char* icon, Colour colour, const std::string& words) {
        icon_text(icon, 16, colour);
        ImGui::SameLine(0, px(5));
        wrapped_text(words, colours().muted);
    };
    if (can_leave_ && has_gate(state.status)) {
        const mail::work::Gate gate = gate_now(message, state, kept_);
        const bool open = gate.lock == mail::work::Gate::Lock::open;
        line(open ? icon::unlocked : icon::locked, open ? c.ok : c.warn,
             gate_words(gate, language));
        tooltip((open ? text::gate_open_tooltip : text::gate_locked_tooltip).in(language));
    }
    if (state.is_marked)
        line(icon::bin, c.warn, std::string(text::status_marked.in(language)));
    if (kept_ == nullptr || kept_->cause == mail::Cause::gate_locked)
        return;  // the lock says that
    line(icon::warning, c.warn,
         text::fill(text::kept_in_mailbox, language,
                    {{"why", text::sentences_of(*kept_, language)}}));
}

void PartsPanel::draw_part(Frame& frame, const PartView& part, const mail::MessageRow& message,
                           const mail::MessageState& state) {
    const Mark mark =
        mark_of(text::is_held_back(part, state) ? mail::Verdict::skipped : part.verdict);
    PartVerdict verdict{mark, text::words_of(part, state, frame.now, frame.language)};
    if (!text::is_held_back(part, state) &&
        mail::work::may_be_not_graphic(part, point_->definition->general))
        verdict.words = text::words_of(part.verdict, mail::Reason::not_graphic, frame.language);
    const mail::OcrView::File* file = ocr_ == nullptr ? nullptr : ocr_file_of(*ocr_, part);
    if (ocr_ != nullptr)
        std::tie(verdict.ocr_mark, verdict.ocr_words) =
            ocr_words_of(part, *ocr_, file, frame.language);
    const DecisionPlace place{*point_, message, state};
    const float links = asking_width(frame, place, part);
    const bool in_line = links > 0.F && has_free_room(verdict.words, links);
    verdict.free_px = in_line ? links : 0.F;
    const PartRow row =
        draw_part_row(frame, part, verdict,
                      chosen_ == part.part.path ? PartLook::chosen : PartLook::usual, words_);
    if (row.pressed || row.focused)
        chosen_ = part.part.path;
    // Each time: one without a name is called so in the language of now.
    if (chosen_ == part.part.path)
        chosen_name_ = row.name;
    if (row.pressed && !part.file.empty())
        (*open_path_)(path_to_open(part));
    draw_decision(frame, place, part,
                  chosen_ == part.part.path ? PartChoice::chosen : PartChoice::usual,
                  in_line ? &row.free_at : nullptr);
    // As little as is needed for what is asked to be seen; nothing where it is in sight.
    if (links > 0.F && std::exchange(reveal_, false))
        ImGui::SetScrollFromPosY(ImGui::GetCursorPosY() - ImGui::GetScrollY(), 1.F);
    if (file != nullptr)
        draw_ocr_link(frame, part, *file);
    end_part_row();
}

/// Below the part: its result, or another try.
void PartsPanel::draw_ocr_link(Frame& frame, const PartView& part,
                               const mail::OcrView::File& file) {
    using State = mail::store::OcrJob::State;
    const bool failed = file.job.state == State::failed;
    if (!failed && (file.job.state != State::done || file.job.result.empty()))
        return;
    const text::Text& words = failed ? text::ocr_retry : text::ocr_open_result;
    const std::string label =
        std::string(words.in(frame.language)) + "###ocr_link_" + part.part.path;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(28));
    push_font(Weight::regular, 15);
    if (link(label.c_str(), failed ? icon::refresh : icon::document)) {
        if (failed)
            frame.post(mail::RetryOcr{ocr_->definition->id, {file.job.file}});
        else
            (*open_path_)(path_to_open(file.job.result));
    }
    pop_font();
}

}  // namespace gui
