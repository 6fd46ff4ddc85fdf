#include "gui/status_bar.h"

#include <algorithm>
#include <cmath>

#include "gui/icons.h"
#include "gui/marks.h"
#include "gui/sidebar.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

std::string selection_words(const SelectionFacts& facts, text::Language language) {
    const std::string selected = text::number(facts.selected, language);
    if (facts.hidden > 0)
        return text::fill(
            text::selected_some_filtered, language,
            {{"n", selected},
             {"filtered", text::counted(text::hidden_by_filter, language, facts.hidden)}});
    return text::fill(
        text::selected_count, language,
        {{"n", selected},
         {"attachments", text::counted(text::attachment, language, facts.attachments)},
         {"size", text::size(facts.octets, language)}});
}

/// "148 wiadomości · 12 nowych · zaznaczono 3 (…)"
std::string left_words(const Frame& frame, const mail::PointView& point, const MailGrid& grid) {
    const text::Language language = frame.language;
    const Arrangement* order = grid.arrangement();
    if (order == nullptr || !point.mailbox)
        return "";
    const bool hidden_ones = order->wanted.shown == Shown::hidden;
    // What is off the list does not count as such, unless it is what is looked at.
    const std::size_t listed = hidden_ones
                                   ? order->order.listed
                                   : order->order.counts[static_cast<std::size_t>(Shown::all)];
    std::string words;
    if (!point.mailbox->complete && point.mailbox->expected > order->order.listed)
        words = text::fill(text::listing_progress, language,
                           {{"k", text::number(order->order.listed, language)},
                            {"messages", text::counted(text::message_genitive, language,
                                                       point.mailbox->expected)}});
    else if (order->order.rows.size() < listed)
        words = text::fill(text::shown_of, language,
                           {{"k", text::number(order->order.rows.size(), language)},
                            {"n", text::number(listed, language)}});
    else
        words = text::counted(text::message, language, listed);
    const std::size_t fresh = order->order.counts[static_cast<std::size_t>(Shown::new_)];
    words += " · " + text::counted(text::new_message, language, fresh);
    if (grid.facts().selected > 0)
        words += " · " + selection_words(grid.facts(), language);
    return words;
}

std::string right_words(const Frame& frame, const mail::PointView& point) {
    if (point.health != mail::PointHealth::ok)
        return words_of_health(frame, point);
    return text::fill(text::last_checked, frame.language,
                      {{"time", text::clock_time(std::chrono::time_point_cast<std::chrono::seconds>(
                                    point.checked_at))}});
}

}  // namespace

void draw_status_bar(const Frame& frame, const mail::PointView* point, const MailGrid* grid) {
    if (point == nullptr || grid == nullptr)
        return;
    push_font(Weight::regular, 14);
    const float y = std::floor((ImGui::GetWindowHeight() - ImGui::GetFontSize()) / 2);
    const std::string right = right_words(frame, *point);
    const float right_width = ImGui::CalcTextSize(right.c_str()).x + px(22);
    const float width = ImGui::GetWindowWidth();
    ImGui::SetCursorPos({px(12), y});
    const float room = std::max(0.F, width - px(24) - right_width - px(16));
    const std::string left = left_words(frame, *point, *grid);
    if (!left.empty())
        ellipsis_text(left, room, frame.colours.muted);
    const Mark mark = point->file_error ? Mark{icon::failed, frame.colours.err, frame.colours.err}
                                        : mark_of(point->health);
    const float x = width - px(12) - right_width;
    const ImVec2 origin = ImGui::GetWindowPos();
    draw_icon(*ImGui::GetWindowDrawList(),
              {origin.x + x + px(7), origin.y + std::floor(ImGui::GetWindowHeight() / 2)},
              mark.icon, 15, mark.colour);
    ImGui::SetCursorPos({x + px(22), y});
    coloured_text(right, mark.word_colour);
    pop_font();
}

}  // namespace gui
