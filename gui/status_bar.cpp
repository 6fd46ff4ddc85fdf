#include "gui/status_bar.h"

#include <algorithm>
#include <cmath>

#include "gui/icons.h"
#include "gui/marks.h"
#include "gui/screens/ocr_words.h"
#include "gui/sidebar.h"
#include "gui/text/format.h"
#include "gui/text/ocr_queue.h"
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

void draw_words(const Frame& frame, const std::string& left, const Mark& mark,
                const std::string& right) {
    push_font(Weight::regular, 14);
    const float y = std::floor((ImGui::GetWindowHeight() - ImGui::GetFontSize()) / 2);
    const float right_width = ImGui::CalcTextSize(right.c_str()).x + px(22);
    const float width = ImGui::GetWindowWidth();
    ImGui::SetCursorPos({px(12), y});
    const float room = std::max(0.F, width - px(24) - right_width - px(16));
    if (!left.empty())
        ellipsis_text(left, room, frame.colours.muted);
    const float x = width - px(12) - right_width;
    const ImVec2 origin = ImGui::GetWindowPos();
    draw_icon(*ImGui::GetWindowDrawList(),
              {origin.x + x + px(7), origin.y + std::floor(ImGui::GetWindowHeight() / 2)},
              mark.icon, 15, mark.colour);
    ImGui::SetCursorPos({x + px(22), y});
    coloured_text(right, mark.word_colour);
    pop_font();
}

}  // namespace

void draw_status_bar(const Frame& frame, const mail::PointView* point, const MailGrid* grid) {
    if (point == nullptr || grid == nullptr)
        return;
    const Mark mark = point->file_error ? Mark{icon::failed, frame.colours.err, frame.colours.err}
                                        : mark_of(point->health);
    draw_words(frame, left_words(frame, *point, *grid), mark, right_words(frame, *point));
}

void draw_ocr_status_bar(const Frame& frame, const mail::PointView& point, const OcrBar& bar) {
    const text::Language language = frame.language;
    const Colours& c = frame.colours;
    std::string left = text::counted(text::file, language, bar.all);
    if (bar.shown < bar.all)
        left = text::fill(
            text::shown_of, language,
            {{"k", text::number(bar.shown, language)}, {"n", text::number(bar.all, language)}});
    if (bar.selected > 0)
        left = text::fill(text::ocr_files_selected, language,
                          {{"files", left}, {"n", text::number(bar.selected, language)}});
    const bool is_at_fault = fault_of(point, bar.refused) != nullptr;
    const bool only_watches = is_for_another_program(point);
    const Mark mark = is_at_fault                ? Mark{icon::failed, c.err, c.err}
                      : bar.runs || only_watches ? Mark{icon::done, c.ok, c.muted}
                                                 : Mark{icon::waiting, c.muted, c.muted};
    const text::Text& right = is_at_fault    ? text::ocr_bar_fault
                              : only_watches ? text::ocr_bar_watched
                              : bar.runs     ? text::ocr_bar_runs
                                             : text::ocr_bar_stopped;
    draw_words(frame, left, mark, std::string(right.in(language)));
}

}  // namespace gui
