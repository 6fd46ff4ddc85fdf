#include "gui/sidebar.h"

#include <cmath>
#include <utility>

#include "gui/drawn_item.h"
#include "gui/icons.h"
#include "gui/marks.h"
#include "gui/screens/ocr_words.h"
#include "gui/text/format.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/plurals.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr float row_height = 46.F;
// Fewer are seen at a glance.
constexpr std::size_t searched_from = 8;

bool in_trouble(const mail::PointView& point) {
    return point.file_error || point.health == mail::PointHealth::signin ||
           point.health == mail::PointHealth::down || needs_somebody(point);
}

Mark trouble_mark(const mail::PointView& point) {
    if (point.definition->type == mail::point::Type::ocr && !point.file_error)
        return {icon::warning, colours().warn, colours().warn};
    return point.file_error ? Mark{icon::failed, colours().err, colours().err}
                            : mark_of(point.health);
}

const char* icon_of(const mail::PointView& point) {
    return point.definition->type == mail::point::Type::ocr ? icon::ocr : icon::mailbox;
}

/// Icon and what it is to be noticed by, which lies beside it and never over it.
void draw_rail_point(const mail::PointView& point, const ImRect& box, bool chosen,
                     const std::string& count) {
    const Colours& c = colours();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const bool trouble = in_trouble(point);
    const bool alone = !trouble && count.empty();
    const ImVec2 centre = box.GetCenter();
    draw_icon(list, {centre.x, alone ? centre.y : box.Min.y + px(31)}, icon_of(point), 22,
              chosen ? c.accent : c.muted);
    const ImVec2 corner{box.Max.x, box.Min.y + px(12)};
    if (trouble) {
        const Mark mark = trouble_mark(point);
        draw_icon(list, {corner.x - px(9), corner.y}, mark.icon, 16, mark.colour);
    } else if (!count.empty()) {
        draw_badge(list, corner, count, c.accent, c.on_accent);
    }
}

void draw_full_point(const Frame& frame, const mail::PointView& point, const ImRect& box,
                     bool chosen, const std::string& count) {
    const Colours& c = colours();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 at = box.Min;
    draw_icon(list, {at.x + px(19), at.y + px(22)}, icon_of(point), 18,
              chosen ? c.accent : c.muted);
    float right = box.Max.x - px(8);
    if (!count.empty())
        right -= draw_badge(list, {right, at.y + px(15)}, count, c.accent, c.on_accent) + px(8);
    push_font(count.empty() ? Weight::regular : Weight::medium);
    draw_ellipsis(list, {at.x + px(38), at.y + px(6)}, right - at.x - px(38), c.text,
                  point.definition->name);
    pop_font();
    push_font(Weight::regular, 14);
    const bool trouble = in_trouble(point);
    // Beside what has words of its own for it, the shape.
    float words = at.x + px(38);
    if (needs_somebody(point) || files_that_lie_long(frame.snapshot, point) > 0) {
        draw_icon(list, {words + px(7), at.y + px(33)}, icon::warning, 14, colours().warn);
        words += px(18);
    }
    draw_ellipsis(list, {words, at.y + px(26)}, box.Max.x - px(8) - words,
                  trouble ? trouble_mark(point).word_colour : c.muted,
                  words_of_health(frame, point));
    pop_font();
}

}  // namespace

std::string words_of_health(const Frame& frame, const mail::PointView& point) {
    const text::Language language = frame.language;
    if (point.file_error)
        return std::string(text::point_file_error.in(language));
    if (point.definition->type == mail::point::Type::ocr)
        return ocr_line(point, language);
    const std::string time =
        text::clock_time(std::chrono::time_point_cast<std::chrono::seconds>(point.checked_at));
    switch (point.health) {
    case mail::PointHealth::never:
        return std::string(text::point_never.in(language));
    case mail::PointHealth::checking:
        return std::string(text::point_checking.in(language));
    case mail::PointHealth::ok:
        if (const std::size_t files = files_that_lie_long(frame.snapshot, point); files > 0)
            return text::fill(text::ocr_of_point_long, language,
                              {{"files", text::counted(text::file, language, files)}});
        return text::fill(text::point_ok, language, {{"time", time}});
    case mail::PointHealth::signin:
        if (point.error && point.error->cause == mail::Cause::password_needed)
            return std::string(text::point_password_needed.in(language));
        if (point.error && point.error->cause == mail::Cause::master_password_needed)
            return std::string(text::point_master_password.in(language));
        return std::string(text::point_sign_in_again.in(language));
    case mail::PointHealth::down:
        break;
    }
    if (point.checked_at == std::chrono::system_clock::time_point{})
        return std::string(text::point_down_always.in(language));
    return text::fill(text::point_down, language, {{"time", time}});
}

Sidebar::Choice Sidebar::draw(Frame& frame, const std::string& shown, Form form,
                              const NewMessages& new_messages) {
    Choice choice;
    draw_title(frame, form, choice);
    if (form == Form::full && frame.snapshot.points.size() >= searched_from)
        draw_search(frame);
    else
        search_.clear();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, px(2)});
    draw_points(frame, shown, form, new_messages, choice);
    // Without points the cursor stands where nothing follows, which Dear ImGui takes for a mistake.
    ImGui::Dummy({0, 0});
    ImGui::PopStyleVar();
    return choice;
}

void Sidebar::draw_title(const Frame& frame, Form form, Choice& choice) {
    const std::string add = std::string(text::new_point.in(frame.language)) + "###add_point";
    if (form == Form::full) {
        const ImVec2 at = ImGui::GetCursorPos();
        ImGui::SetCursorPos({px(12), at.y + px(11)});
        push_font(Weight::medium, 14);
        coloured_text(text::points.in(frame.language), frame.colours.muted);
        pop_font();
        ImGui::SetCursorPos({ImGui::GetWindowWidth() - px(38), at.y + px(4)});
    } else {
        ImGui::SetCursorPos({std::floor((ImGui::GetWindowWidth() - px(28)) / 2), px(4)});
    }
    if (frame.snapshot.may_define)
        choice.add = icon_button(add.c_str(), icon::add, 28);
    ImGui::SetCursorPosY(px(34));
}

void Sidebar::draw_search(const Frame& frame) {
    ImGui::SetCursorPosX(px(8));
    const std::string hint(text::search_points.in(frame.language));
    text_field("###search_points", search_,
               {.width = full_width - 16,
                .hint = hint.c_str(),
                .icon = icon::search,
                .flags = ImGuiInputTextFlags_EscapeClearsAll});
    ImGui::Dummy({0, px(4)});
}

void Sidebar::draw_points(Frame& frame, const std::string& shown, Form form,
                          const NewMessages& new_messages, Choice& choice) {
    using mail::point::Type;
    const bool focus = std::exchange(focus_next_, false);
    const std::string wanted = mail::utf8::unaccented(search_);
    for (const Type type : {Type::mailbox, Type::ocr}) {
        bool titled = type == Type::mailbox || form == Form::rail;
        for (const auto& point : frame.snapshot.points) {
            const mail::point::Point& definition = *point->definition;
            const bool hit =
                wanted.empty() ||
                mail::utf8::unaccented(definition.name).find(wanted) != std::string::npos;
            if (definition.type != type || !hit)
                continue;
            if (!std::exchange(titled, true)) {
                ImGui::SetCursorPos({px(12), ImGui::GetCursorPosY() + px(10)});
                push_font(Weight::medium, 14);
                coloured_text(text::ocr_points.in(frame.language), frame.colours.muted);
                pop_font();
            }
            if (focus && (definition.id == shown || shown.empty()))
                focus_next_item();
            ImGui::SetCursorPosX(px(8));
            const std::size_t fresh = new_messages(*point);
            const std::string count = fresh == 0 ? "" : text::number(fresh, frame.language);
            draw_point(frame, {*point, definition.id == shown, count}, form, choice);
        }
    }
}

void Sidebar::draw_point(Frame& frame, const Row& row, Form form, Choice& choice) {
    const auto& [point, chosen, count] = row;
    const Colours& c = colours();
    const std::string& id = point.definition->id;
    const std::string label = point.definition->name + "###point_" + id;
    const float width = ImGui::GetWindowWidth() - px(16);
    const DrawnItem item = drawn_item(label.c_str(), {width, px(row_height)});
    if (!item.visible)
        return;
    const bool focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
    const bool keys = ImGui::IsKeyPressed(ImGuiKey_Menu, false) ||
                      ImGui::IsKeyChordPressed(ImGuiMod_Shift | ImGuiKey_F10);
    if ((item.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) || (focused && keys))
        choice.menu = id;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImRect& box = item.box;
    if (chosen || item.hovered)
        list.AddRectFilled(box.Min, box.Max, chosen ? c.selection : c.hover, px(5));
    if (chosen)
        list.AddRectFilled({box.Min.x, box.Min.y + px(8)}, {box.Min.x + px(3), box.Max.y - px(8)},
                           c.accent, px(1));
    if (form == Form::rail) {
        draw_rail_point(point, box, chosen, count);
        tooltip(point.definition->name + "\n" + words_of_health(frame, point));
    } else {
        draw_full_point(frame, point, box, chosen, count);
        const bool cut = ImGui::CalcTextSize(point.definition->name.c_str()).x >
                         width - px(38) - (count.empty() ? px(8) : px(48));
        if (needs_somebody(point))
            tooltip(point.definition->name + "\n" + words_of_health(frame, point));
        else
            tooltip(cut ? point.definition->name : std::string());
    }
    focus_ring();
    if (item.pressed)
        choice.open = id;
}

}  // namespace gui
