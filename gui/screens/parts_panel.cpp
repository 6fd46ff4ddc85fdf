#include "gui/screens/parts_panel.h"

#include <algorithm>
#include <cmath>

#include "gui/drawn_item.h"
#include "gui/icons.h"
#include "gui/locks.h"
#include "gui/marks.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/reasons.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::PartView;

constexpr float part_height = 47.F, line_height = 19.F;
constexpr float overhang = 8.F;  ///< of a part's box over its content, for hover and focus

const mail::MessageRow* message_of(const mail::MailboxView& mailbox, std::uint32_t uid,
                                   const Arrangement& order) {
    if (const auto place = place_of(order.order, uid))
        return &row_at(*order.mailbox, order.order.rows[*place]);
    return find_message(mailbox, uid);
}

/// Containers say nothing to somebody who looks for an attachment.
bool is_listed(const PartView& part) {
    return part.reason != mail::Reason::container;
}

std::string name_of_part(const PartView& part, text::Language language) {
    if (!part.part.name.empty())
        return part.part.name;
    if (part.reason == mail::Reason::body)
        return std::string(text::words_of(part.reason, language));
    return std::string(text::part_without_name.in(language));
}

std::string size_of_part(const PartView& part, text::Language language) {
    const std::string size = text::size(part.size_octets, language);
    // Before it is fetched, the size is what the server's encoded one comes to.
    return part.sha256.empty() ? text::fill(text::about_size, language, {{"size", size}}) : size;
}

std::string repairs_of(const PartView& part, text::Language language) {
    std::string what;
    for (const mail::mime::Repair repair : part.part.repaired)
        what += (what.empty() ? "" : ", ") + std::string(text::words_of(repair, language));
    return what.empty() ? what : text::fill(text::repaired, language, {{"what", what}});
}

/// What opens without risk is opened itself, of all else the folder that it lies in.
std::string path_to_open(const PartView& part) {
    const std::string_view type = part.type;
    const bool harmless = type == "application/pdf" || type.starts_with("image/") ||
                          type == "text/plain" || type == "text/csv";
    return harmless ? part.file : part.file.substr(0, part.file.find_last_of("/\\"));
}

/// Icon, name and size.
void draw_name_line(const ImRect& box, const PartView& part, const std::string& name,
                    const std::string& size, std::span<const std::string> words) {
    const Colours& c = colours();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 at = box.Min;
    const char* icon = icon_of_type(part.type.empty() ? part.part.type : part.type);
    draw_icon(list, {at.x + px(11), at.y + px(20)}, icon, 20, c.muted);
    push_font(Weight::regular, 15);
    const float size_width = ImGui::CalcTextSize(size.c_str()).x;
    list.AddText({std::floor(box.Max.x - size_width - px(2)), at.y + px(6)}, c.muted, size.c_str());
    pop_font();
    push_font(Weight::medium, 15);
    const float room = box.GetWidth() - px(28) - size_width - px(14);
    draw_ellipsis(list, {at.x + px(28), at.y + px(6)}, room, part.counts ? c.text : c.muted, name);
    if (!part.part.name.empty())
        draw_hits({at.x + px(28), at.y + px(6)}, room, name, words);
    pop_font();
}

/// A mark and what it says, `top` logical pixels below the upper edge.
void draw_small_line(const ImRect& box, float top, const Mark& mark, const std::string& words) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    push_font(Weight::regular, 14);
    const float x = box.Min.x + px(28), y = box.Min.y + px(top);
    draw_icon(list, {x + px(7), y + px(7)}, mark.icon, 14, mark.colour);
    draw_ellipsis(list, {x + px(20), y}, box.Max.x - x - px(20), mark.word_colour, words);
    pop_font();
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
    kept_ = kept;
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
        for (const PartView& part : parts)
            if (is_listed(part))
                draw_part(frame, part, state);
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

void PartsPanel::draw_part(Frame& frame, const PartView& part, const mail::MessageState& state) {
    const Colours& c = colours();
    const text::Language language = frame.language;
    if (std::exchange(focus_next_, false))
        focus_next_item();
    const std::string name = name_of_part(part, language);
    const std::string verdict = text::words_of(part, state, frame.now, language);
    const std::string repairs = repairs_of(part, language);
    const float height = px(part_height + (repairs.empty() ? 0.F : line_height));
    const float width = ImGui::GetContentRegionAvail().x + 2 * px(overhang);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() - px(overhang));
    DrawnItem item = drawn_item(part.part.path.c_str(), {width, height}, name.c_str());
    if (!item.visible)
        return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (item.hovered)
        list.AddRectFilled(item.box.Min, item.box.Max, c.hover, px(4));
    item.box.Min.x += px(overhang);
    item.box.Max.x -= px(overhang);
    draw_name_line(item.box, part, name, size_of_part(part, language), words_);
    const Mark mark =
        mark_of(text::is_held_back(part, state) ? mail::Verdict::skipped : part.verdict);
    draw_small_line(item.box, 25, mark, verdict);
    if (!repairs.empty())
        draw_small_line(item.box, 25 + line_height, {icon::repaired, c.info, c.info}, repairs);
    list.AddRectFilled({item.box.Min.x, item.box.Max.y - 1}, item.box.Max,
                       mixed(c.surface, c.line, 0.6F));
    focus_ring(4);
    std::string more = name + "\n" + verdict;
    if (!repairs.empty())
        more += "\n" + repairs;
    if (part.error)
        more += "\n" + text::words_of(*part.error, language).cause;
    if (!part.file.empty())
        more += "\n" + text::fill(text::saved_as, language, {{"file", part.file}});
    tooltip(more);
    if (item.pressed && !part.file.empty())
        (*open_path_)(path_to_open(part));
}

}  // namespace gui
