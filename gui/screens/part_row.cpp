#include "gui/screens/part_row.h"

#include <cmath>

#include "gui/drawn_item.h"
#include "gui/icons.h"
#include "gui/screens/mail_cells.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/reasons.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::PartView;

constexpr float part_height = 47.F, line_height = 19.F;
constexpr float overhang = 8.F;  ///< of a part's box over its content, for hover and focus

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
void draw_small_line(const ImRect& box, float top, const Mark& mark, const std::string& words,
                     float free_px = 0.F) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    push_font(Weight::regular, 14);
    const float x = box.Min.x + px(28), y = box.Min.y + px(top);
    draw_icon(list, {x + px(7), y + px(7)}, mark.icon, 14, mark.colour);
    draw_ellipsis(list, {x + px(20), y}, box.Max.x - free_px - x - px(20), mark.word_colour, words);
    pop_font();
}

std::string tip_of(const PartView& part, const PartRow& row, const std::string& verdict,
                   const std::string& repairs, text::Language language) {
    std::string tip = row.name + "\n" + verdict;
    if (!repairs.empty())
        tip += "\n" + repairs;
    if (part.error)
        tip += "\n" + text::words_of(*part.error, language).cause;
    if (!part.file.empty())
        tip += "\n" + text::fill(text::saved_as, language, {{"file", part.file}});
    return tip;
}

}  // namespace

bool has_free_room(const std::string& verdict, float free_px) {
    push_font(Weight::regular, 14);
    const float words = px(28 + 20 + 16) + ImGui::CalcTextSize(verdict.c_str()).x;
    pop_font();
    return words + free_px <= ImGui::GetContentRegionAvail().x;
}

bool is_listed(const PartView& part) {
    return part.reason != mail::Reason::container;
}

PartRow draw_part_row(const Frame& frame, const PartView& part, const PartVerdict& verdict,
                      PartLook look, std::span<const std::string> filter) {
    const Colours& c = colours();
    PartRow row;
    row.name = name_of_part(part, frame.language);
    const std::string repairs = repairs_of(part, frame.language);
    const float lines = (repairs.empty() ? 0.F : 1.F) + (verdict.ocr_words.empty() ? 0.F : 1.F);
    const float height = px(part_height + lines * line_height);
    const float width = ImGui::GetContentRegionAvail().x + 2 * px(overhang);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() - px(overhang));
    if (verdict.free_px > 0.F)
        ImGui::SetNextItemAllowOverlap();
    DrawnItem item = drawn_item(part.part.path.c_str(), {width, height}, row.name.c_str());
    // Of one that is scrolled out of sight, too: the keyboard goes on to what is drawn there.
    row.free_at = {item.box.Max.x - px(overhang) - verdict.free_px, item.box.Min.y + px(21)};
    if (!item.visible)
        return row;
    row.pressed = item.pressed;
    row.focused = ImGui::IsItemFocused();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (look == PartLook::chosen)
        list.AddRectFilled(item.box.Min, item.box.Max, c.selection, px(4));
    else if (item.hovered)
        list.AddRectFilled(item.box.Min, item.box.Max, c.hover, px(4));
    item.box.Min.x += px(overhang);
    item.box.Max.x -= px(overhang);
    draw_name_line(item.box, part, row.name, size_of_part(part, frame.language), filter);
    draw_small_line(item.box, 25, verdict.mark, verdict.words, verdict.free_px);
    if (!repairs.empty())
        draw_small_line(item.box, 25 + line_height, {icon::repaired, c.info, c.info}, repairs);
    if (!verdict.ocr_words.empty())
        draw_small_line(item.box, 25 + lines * line_height, verdict.ocr_mark, verdict.ocr_words);
    focus_ring(4);
    tooltip(
        tip_of(part, row,
               verdict.ocr_words.empty() ? verdict.words : verdict.words + "\n" + verdict.ocr_words,
               repairs, frame.language));
    return row;
}

void end_part_row() {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y - 1},
                                              {at.x + ImGui::GetContentRegionAvail().x, at.y},
                                              mixed(colours().surface, colours().line, 0.6F));
}

}  // namespace gui
