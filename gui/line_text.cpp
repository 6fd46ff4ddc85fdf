#include "gui/line_text.h"

#include <algorithm>

#include <imgui.h>

#include "gui/fallback_fonts.h"
#include "gui/visual_order.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr std::string_view ellipsis = "…";

bool can_join(const std::vector<VisualLetter>& letters) {
    bool all = true;
    // Each is asked for: a font that has all of them may be there.
    for (const VisualLetter& letter : letters)
        if (letter.shown != letter.plain && letter.shown != 0)
            all = has_or_asks(letter.shown) && all;
    return all;
}

LineText whole_line(std::string_view text) {
    const std::vector<VisualLetter> letters = in_visual_order(text);
    const bool joined = can_join(letters);
    LineText line;
    for (const VisualLetter& letter : letters) {
        const char32_t drawn = joined ? letter.shown : letter.plain;
        if (drawn == 0)
            continue;
        mail::utf8::append(line.text, drawn);
        line.from.push_back(letter.from);
    }
    return line;
}

float width_of(const std::string& text) {
    return ImGui::CalcTextSize(text.data(), text.data() + text.size()).x;
}

/// Where each letter begins, and the end.
std::vector<std::size_t> places_of_letters(std::string_view text) {
    std::vector<std::size_t> places{0};
    for (std::size_t at = 0; at < text.size();) {
        static_cast<void>(mail::utf8::next(text, at));
        places.push_back(at);
    }
    return places;
}

}  // namespace

LineText line_text(std::string_view text, float width_px) {
    LineText line = whole_line(text);
    if (width_of(line.text) <= width_px)
        return line;
    // Cut where it ends, which is at the left of what runs to the left.
    const std::vector<std::size_t> places = places_of_letters(text);
    const auto cut_at = [&](std::size_t place) {
        return whole_line(std::string(text.substr(0, place)).append(ellipsis));
    };
    const auto first_too_long =
        std::partition_point(places.begin() + 1, places.end(), [&](std::size_t place) {
            return width_of(cut_at(place).text) <= width_px;
        });
    line = cut_at(*(first_too_long - 1));
    line.cut = true;
    return line;
}

std::vector<LineSpan> spans_of_lines(std::string_view text, float width_px) {
    std::vector<LineSpan> lines;
    const auto wrap_of = [&](std::size_t begin, std::size_t end) {
        const char* const from = text.data() + begin;
        const char* const wrap = ImGui::GetFont()->CalcWordWrapPosition(
            ImGui::GetFontSize(), from, text.data() + end, width_px);
        if (wrap != from)
            return static_cast<std::size_t>(wrap - text.data());
        // At least one letter, however narrow it is.
        std::size_t one = begin;
        if (begin < end)
            static_cast<void>(mail::utf8::next(text.substr(0, end), one));
        return one;
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        do {
            lines.push_back({at, wrap_of(at, end)});
            for (at = lines.back().end; at < end && text[at] == ' ';)
                ++at;
        } while (at < end);
        at = end + 1;
    }
    return lines;
}

std::string wrapped_lines(std::string_view text, float width_px) {
    std::string lines;
    for (const LineSpan& line : spans_of_lines(text, width_px)) {
        if (line.begin > 0)
            lines += '\n';
        lines += whole_line(text.substr(line.begin, line.end - line.begin)).text;
    }
    return lines;
}

}  // namespace gui
