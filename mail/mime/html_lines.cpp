#include "mail/mime/html_lines.h"

#include <algorithm>
#include <utility>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"

namespace mail::mime {

namespace {

// However deep a mail nests, its lines stay readable, and their number of octets bounded.
constexpr int deepest_marks = 8;
constexpr char32_t no_break_space = 0xA0;
constexpr char32_t tab_of_a_table = '\t';

/// What fills a preheader so that the text behind it isn't shown beside the subject.
bool is_filler(char32_t code_point) {
    constexpr char32_t soft_hyphen = 0xAD;
    constexpr char32_t grapheme_joiner = 0x34F;
    return code_point == soft_hyphen || code_point == grapheme_joiner ||
           utf8::is_invisible(code_point);
}

bool is_wide_blank(char32_t code_point) {
    return code_point == no_break_space || (code_point >= 0x2000 && code_point <= 0x200A) ||
           code_point == 0x202F || code_point == 0x3000;
}

}  // namespace

void HtmlLines::begin_text() {
    const bool begins = text_.empty() || breaks_ > 0;
    text_.append(std::exchange(breaks_, 0), '\n');
    if (begins) {
        line_at_ = text_.size();
        for (int i = 0; i < std::min(quotes_, deepest_marks); ++i)
            text_ += "> ";
        const int steps = std::clamp(indents_ - (mark_.empty() ? 0 : 1), 0, deepest_marks);
        text_.append(2 * static_cast<std::size_t>(steps), ' ');
    } else if (blank_ && mark_.empty()) {
        text_ += ' ';
    }
    text_ += std::exchange(mark_, {});
    blank_ = box_begins_ = false;
}

void HtmlLines::add(std::string_view character) {
    if (is_full_)
        return;
    const std::size_t before = text_.size();
    begin_text();
    text_ += character;
    if (text_.size() <= max_octets_)
        return;
    text_.resize(before);
    is_full_ = true;
}

void HtmlLines::add_flowing(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && !is_full_;) {
        const std::size_t begin = at;
        const char32_t code_point = utf8::next(text, at);
        if (is_filler(code_point))
            continue;
        if (utf8::is_control(code_point) || code_point == ' ' || is_wide_blank(code_point))
            blank_ = true;
        else if (code_point == 0xFFFD)
            add("\xEF\xBF\xBD");
        else
            add(text.substr(begin, at - begin));
    }
}

void HtmlLines::add_preformatted(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && !is_full_;) {
        const std::size_t begin = at;
        const char32_t code_point = utf8::next(text, at);
        if (code_point == '\n')
            add_line_end();
        else if (code_point == tab_of_a_table)
            add("    ");
        else if (is_wide_blank(code_point))
            add(" ");
        else if (code_point == 0xFFFD)
            add("\xEF\xBF\xBD");
        else if (!is_filler(code_point) && !utf8::is_control(code_point))
            add(text.substr(begin, at - begin));
    }
}

void HtmlLines::break_line(std::size_t lines) {
    blank_ = false;
    if (!box_begins_)
        breaks_ = text_.empty() ? 0 : std::max(breaks_, lines);
}

void HtmlLines::add_line_end() {
    break_line(std::min<std::size_t>(breaks_ + 1, 2));
}

void HtmlLines::begin_box(Box box, std::string_view mark) {
    if (box == Box::item)
        end_box();
    else if (!mark.empty())
        breaks_ = 0;
    blank_ = false;
    box_begins_ = true;
    mark_ = mark;
}

void HtmlLines::end_box() {
    blank_ = box_begins_ = false;
    mark_.clear();
    breaks_ = text_.empty() ? 0 : 1;
}

std::string_view HtmlLines::from(std::size_t octet) const {
    return trimmed(std::string_view(text_).substr(std::min(octet, text_.size())));
}

std::string HtmlLines::take() {
    return std::move(text_);
}

}  // namespace mail::mime
