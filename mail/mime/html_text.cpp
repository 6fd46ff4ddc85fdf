#include "mail/mime/html_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/mime/html_elements.h"
#include "mail/mime/html_entities.h"
#include "mail/mime/html_lines.h"
#include "mail/mime/html_tokens.h"

namespace mail::mime {

namespace {

// Elements further in count for nothing of their own; their text does.
constexpr std::size_t deepest = 200;
constexpr std::size_t longest_alternative_octets = 200;

struct Open {
    std::string_view name;
    HtmlElement kind = HtmlElement::inline_;
    bool is_hidden = false;
    std::string address;       ///< of a link
    std::size_t text_at = 0;   ///< where the text of a link or row begins
    std::uint32_t number = 0;  ///< of the next item of a list
    std::size_t margin = 1;    ///< lines to break around it
};

enum class Hidden : std::uint8_t { left_out, shown };

class Reader {
public:
    Reader(std::string_view html, std::size_t max_octets, Hidden hidden)
        : tokens_(html), lines_(max_octets), hidden_(hidden) {}

    HtmlText read() {
        while (!lines_.is_full()) {
            const auto token = tokens_.next();
            if (!token)
                break;
            if (token->kind == HtmlToken::Kind::text)
                add_text(token->text);
            else if (token->kind == HtmlToken::Kind::start_tag)
                begin(*token);
            else
                end(token->name);
        }
        while (!open_.empty())
            close();
        const bool cut = lines_.is_full();
        return {lines_.take(), cut};
    }
    [[nodiscard]] bool left_something_out() const { return left_something_out_; }

private:
    void add_text(std::string_view raw) {
        if (is_hidden_ > 0) {
            left_something_out_ = true;
            return;
        }
        const std::string text = without_entities(raw, Place::text);
        if (preformatted_ > 0)
            lines_.add_preformatted(text);
        else
            lines_.add_flowing(text);
    }

    void begin(const HtmlToken& tag) {
        const HtmlElement kind = kind_of(tag.name);
        end_implied(kind);
        if (holds_nothing(kind)) {
            if (is_hidden_ == 0 && !is_hidden_tag(tag))
                add_empty(kind, tag);
            return;
        }
        if (open_.size() == deepest) {
            if (kind != HtmlElement::inline_ && kind != HtmlElement::link && is_hidden_ == 0)
                lines_.break_line(1);
            return;
        }
        Open element;
        element.name = tag.name;
        element.kind = kind;
        element.is_hidden = is_hidden_tag(tag) || kind == HtmlElement::without_text;
        // So that its end is not taken for that of one that hides.
        if (kind == HtmlElement::inline_ && !element.is_hidden && is_hidden_ == 0)
            return;
        is_hidden_ += element.is_hidden ? 1 : 0;
        if (is_hidden_ == 0)
            begin_shown(tag, element);
        open_.push_back(std::move(element));
        count(open_.back().kind, 1);
    }

    [[nodiscard]] bool is_hidden_tag(const HtmlToken& tag) const {
        return hidden_ == Hidden::left_out && says_hidden(tag);
    }

    void add_empty(HtmlElement kind, const HtmlToken& tag) {
        if (kind == HtmlElement::line_end) {
            lines_.add_line_end();
        } else if (kind == HtmlElement::rule) {
            lines_.break_line(1);
            lines_.add_flowing("---");
            lines_.break_line(1);
        } else if (kind == HtmlElement::picture) {
            const auto text = attribute_of(tag, "alt");
            const std::string shown =
                utf8::one_line(trimmed(text ? *text : ""), longest_alternative_octets);
            if (!shown.empty())
                lines_.add_flowing(" [" + shown + "] ");
        }
    }

    void begin_shown(const HtmlToken& tag, Open& element) {
        switch (element.kind) {
        case HtmlElement::paragraph:
            element.margin = has_no_margin(tag) ? 1 : 2;
            return lines_.break_line(element.margin);
        case HtmlElement::list:
        case HtmlElement::numbered_list:
            element.number = 1;
            if (const auto first = attribute_of(tag, "start"))
                std::from_chars(first->data(), first->data() + first->size(), element.number);
            return lines_.break_line(1);
        case HtmlElement::item:
            return lines_.begin_box(HtmlLines::Box::item, mark_of_item());
        case HtmlElement::link:
            element.address = address_of(tag);
            element.text_at = lines_.size();
            return;
        case HtmlElement::row:
            lines_.break_line(1);
            element.text_at = lines_.next_at();
            return;
        case HtmlElement::cell:
            return begin_cell();
        case HtmlElement::quote:
            element.margin = 2;
            return lines_.break_line(2);
        case HtmlElement::inline_:
            return;
        default:
            return lines_.break_line(1);
        }
    }

    /// In the line of the cell before it, where that was one.
    void begin_cell() {
        const auto row = std::find_if(open_.rbegin(), open_.rend(), [](const Open& one) {
            return one.kind == HtmlElement::row || one.kind == HtmlElement::table;
        });
        const bool is_first =
            row == open_.rend() || row->kind == HtmlElement::table || lines_.size() <= row->text_at;
        // A break that came after the row began, and before its text, is of one octet.
        const bool is_beside = !is_first && lines_.line_at() <= row->text_at + 1;
        if (!is_first && !is_beside) {
            // Those behind it stand beside this one.
            lines_.break_line(1);
            row->text_at = lines_.next_at();
        }
        lines_.begin_box(HtmlLines::Box::cell, is_beside ? " | " : "");
    }

    std::string mark_of_item() {
        const auto list = std::find_if(open_.rbegin(), open_.rend(), [](const Open& one) {
            return one.kind == HtmlElement::list || one.kind == HtmlElement::numbered_list;
        });
        if (list == open_.rend() || list->kind == HtmlElement::list)
            return "- ";
        return std::to_string(list->number++) + ". ";
    }

    void end(std::string_view name) {
        if (is_name(name, "br"))
            return is_hidden_ == 0 ? lines_.add_line_end() : void();
        const auto at = std::find_if(open_.rbegin(), open_.rend(), [&](const Open& one) {
            return std::ranges::equal(one.name, name, {}, to_lower, to_lower);
        });
        if (at == open_.rend())
            return;
        close_to(static_cast<std::size_t>(open_.rend() - at) - 1);
    }

    /// End tags that may be left out, as browsers put them in: of an item before an item.
    void end_implied(HtmlElement begins) {
        const bool is_part = begins == HtmlElement::item || begins == HtmlElement::row ||
                             begins == HtmlElement::cell;
        if (!is_part && (begins == HtmlElement::inline_ || begins == HtmlElement::link ||
                         holds_nothing(begins)))
            return;
        std::size_t end = open_.size();
        for (std::size_t i = open_.size(); i > 0; --i) {
            const Open& one = open_[i - 1];
            if (is_part ? is_ended_by(one.kind, begins) : is_name(one.name, "p"))
                end = i - 1;
            else if (is_part ? holds_parts(one.kind) : one.kind != HtmlElement::link)
                break;
        }
        close_to(end);
    }

    static bool is_ended_by(HtmlElement kind, HtmlElement begins) {
        return kind == begins || (begins == HtmlElement::row && kind == HtmlElement::cell);
    }
    static bool holds_parts(HtmlElement kind) {
        return kind == HtmlElement::table || kind == HtmlElement::list ||
               kind == HtmlElement::numbered_list || kind == HtmlElement::cell;
    }

    void close_to(std::size_t count) {
        while (open_.size() > count)
            close();
    }

    void close() {
        const Open element = std::move(open_.back());
        open_.pop_back();
        count(element.kind, -1);
        if (is_hidden_ == 0)
            end_shown(element);
        is_hidden_ -= element.is_hidden ? 1 : 0;
    }

    void end_shown(const Open& element) {
        switch (element.kind) {
        case HtmlElement::link:
            return show_address(element);
        case HtmlElement::inline_:
            return;
        case HtmlElement::cell:
        case HtmlElement::row:
        case HtmlElement::item:
            return lines_.end_box();
        default:
            return lines_.break_line(element.margin);
        }
    }

    void show_address(const Open& link) {
        const std::string_view text = lines_.from(link.text_at);
        if (link.address.empty() || text.empty() || core_of(text) == core_of(link.address))
            return;
        lines_.add_flowing(" [" + link.address + "]");
    }

    void count(HtmlElement kind, int by) {
        preformatted_ += kind == HtmlElement::preformatted ? by : 0;
        quotes_ += kind == HtmlElement::quote ? by : 0;
        lists_ += kind == HtmlElement::list || kind == HtmlElement::numbered_list ? by : 0;
        lines_.quote(quotes_);
        lines_.indent(lists_);
    }

    HtmlTokens tokens_;
    HtmlLines lines_;
    Hidden hidden_;
    std::vector<Open> open_;
    int is_hidden_ = 0, preformatted_ = 0, quotes_ = 0, lists_ = 0;
    bool left_something_out_ = false;
};

}  // namespace

HtmlText html_to_text(std::string_view html, std::size_t max_octets) {
    Reader reader(html, max_octets, Hidden::left_out);
    HtmlText text = reader.read();
    if (!text.text.empty() || !reader.left_something_out())
        return text;
    return Reader(html, max_octets, Hidden::shown).read();
}

}  // namespace mail::mime
