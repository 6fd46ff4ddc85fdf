#include "mail/mime/html_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/mime/html_entities.h"
#include "mail/mime/html_lines.h"
#include "mail/mime/html_tokens.h"

namespace mail::mime {

namespace {

// Elements further in count for nothing of their own; their text does.
constexpr std::size_t deepest = 200;
constexpr std::size_t longest_address_octets = 200;
constexpr std::size_t longest_alternative_octets = 200;

enum class Kind : std::uint8_t {
    inline_,
    block,      ///< begins and ends a line
    paragraph,  ///< with an empty line around it
    list,
    numbered_list,
    item,
    quote,
    preformatted,
    table,
    row,
    cell,
    link,
    line_end,
    rule,
    picture,
    without_text,  ///< its inside is for a form, a plug-in or nobody
    empty,         ///< has no inside
};

struct Known {
    std::string_view name;
    Kind kind;
};
constexpr Known elements[] = {
    {"a", Kind::link},
    {"address", Kind::block},
    {"area", Kind::empty},
    {"article", Kind::block},
    {"aside", Kind::block},
    {"audio", Kind::without_text},
    {"base", Kind::empty},
    {"blockquote", Kind::quote},
    {"body", Kind::block},
    {"br", Kind::line_end},
    {"caption", Kind::block},
    {"center", Kind::block},
    {"col", Kind::empty},
    {"datalist", Kind::without_text},
    {"dd", Kind::block},
    {"details", Kind::block},
    {"div", Kind::block},
    {"dl", Kind::paragraph},
    {"dt", Kind::block},
    {"embed", Kind::empty},
    {"fieldset", Kind::block},
    {"figcaption", Kind::block},
    {"figure", Kind::block},
    {"footer", Kind::block},
    {"form", Kind::block},
    {"h1", Kind::paragraph},
    {"h2", Kind::paragraph},
    {"h3", Kind::paragraph},
    {"h4", Kind::paragraph},
    {"h5", Kind::paragraph},
    {"h6", Kind::paragraph},
    {"header", Kind::block},
    {"hr", Kind::rule},
    {"img", Kind::picture},
    {"input", Kind::empty},
    {"li", Kind::item},
    {"link", Kind::empty},
    {"listing", Kind::preformatted},
    {"main", Kind::block},
    {"map", Kind::without_text},
    {"meta", Kind::empty},
    {"nav", Kind::block},
    {"object", Kind::without_text},
    {"ol", Kind::numbered_list},
    {"option", Kind::block},
    {"p", Kind::paragraph},
    {"param", Kind::empty},
    {"plaintext", Kind::preformatted},
    {"pre", Kind::preformatted},
    {"section", Kind::block},
    {"select", Kind::block},
    {"source", Kind::empty},
    {"svg", Kind::without_text},
    {"table", Kind::table},
    {"tbody", Kind::inline_},
    {"td", Kind::cell},
    {"textarea", Kind::block},
    {"tfoot", Kind::inline_},
    {"th", Kind::cell},
    {"thead", Kind::inline_},
    {"tr", Kind::row},
    {"track", Kind::empty},
    {"ul", Kind::list},
    {"video", Kind::without_text},
    {"wbr", Kind::empty},
    {"xmp", Kind::preformatted},
};
static_assert(std::ranges::is_sorted(elements, {}, &Known::name));

Kind kind_of(std::string_view raw_name) {
    if (raw_name.size() > 12)
        return Kind::inline_;
    const std::string name = lower_case(raw_name);
    const auto* const at = std::ranges::lower_bound(elements, name, {}, &Known::name);
    return at != std::end(elements) && at->name == name ? at->kind : Kind::inline_;
}

bool holds_nothing(Kind kind) {
    return kind == Kind::line_end || kind == Kind::rule || kind == Kind::picture ||
           kind == Kind::empty;
}

/// The value of a CSS property in a style attribute, lower case and without blanks.
class Style {
public:
    explicit Style(std::string_view style) : style_(lower_case(style)) {
        std::erase_if(style_, [](char octet) { return is_space(octet); });
        style_.insert(0, ";");
    }
    [[nodiscard]] bool says(std::string_view property, std::string_view value) const {
        const std::string wanted = ";" + std::string(property) + ":" + std::string(value);
        for (std::size_t at = style_.find(wanted); at != std::string::npos;
             at = style_.find(wanted, at + 1)) {
            const std::string_view rest = std::string_view(style_).substr(at + wanted.size());
            if (rest.empty() || rest.front() == ';' || rest.front() == '!')
                return true;
        }
        return false;
    }

private:
    std::string style_;
};

// Where a mail repeats one attribute without end, its beginning is enough.
constexpr std::size_t longest_style_octets = 4096;

/// As mails hide their preheaders, and what only some readers are to see.
bool is_hidden(const HtmlToken& tag) {
    if (tag.attributes.empty())
        return false;
    if (attribute_of(tag, "hidden"))
        return true;
    const auto said = attribute_of(tag, "style");
    if (!said)
        return false;
    const Style style(std::string_view(*said).substr(0, longest_style_octets));
    const bool has_no_height = style.says("max-height", "0") || style.says("max-height", "0px") ||
                               style.says("height", "0") || style.says("height", "0px");
    return style.says("display", "none") || style.says("visibility", "hidden") ||
           style.says("opacity", "0") || (has_no_height && style.says("overflow", "hidden"));
}

/// Outlook writes each line as a paragraph without a margin.
bool has_no_margin(const HtmlToken& tag) {
    if (const auto name = attribute_of(tag, "class"); name && name->starts_with("Mso"))
        return true;
    const auto said = attribute_of(tag, "style");
    const Style style(std::string_view(said ? *said : "").substr(0, longest_style_octets));
    return style.says("margin", "0") || style.says("margin", "0px") ||
           style.says("margin-bottom", "0") || style.says("margin-bottom", "0px") ||
           style.says("margin", "0cm");
}

/// What of an address a text may stand for.
std::string_view core_of(std::string_view address) {
    for (const std::string_view scheme : {"https://", "http://", "mailto:", "ftp://", "tel:"})
        if (address.starts_with(scheme))
            address.remove_prefix(scheme.size());
    while (address.ends_with('/'))
        address.remove_suffix(1);
    return address;
}

/// "" where there is none that a person could follow.
std::string address_of(const HtmlToken& link) {
    const auto said = attribute_of(link, "href");
    if (!said)
        return {};
    const std::string_view address = trimmed(*said);
    const std::string scheme = lower_case(address.substr(0, 8));
    for (const std::string_view known : {"https://", "http://", "mailto:", "ftp://", "tel:"})
        if (scheme.starts_with(known))
            return utf8::one_line(address, longest_address_octets);
    return {};
}

struct Open {
    std::string_view name;
    Kind kind = Kind::inline_;
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
        const Kind kind = kind_of(tag.name);
        end_implied(kind);
        if (holds_nothing(kind)) {
            if (is_hidden_ == 0 && !is_hidden_tag(tag))
                add_empty(kind, tag);
            return;
        }
        if (open_.size() == deepest) {
            if (kind != Kind::inline_ && kind != Kind::link && is_hidden_ == 0)
                lines_.break_line(1);
            return;
        }
        Open element;
        element.name = tag.name;
        element.kind = kind;
        element.is_hidden = is_hidden_tag(tag) || kind == Kind::without_text;
        // So that its end is not taken for that of one that hides.
        if (kind == Kind::inline_ && !element.is_hidden && is_hidden_ == 0)
            return;
        is_hidden_ += element.is_hidden ? 1 : 0;
        if (is_hidden_ == 0)
            begin_shown(tag, element);
        open_.push_back(std::move(element));
        count(open_.back().kind, 1);
    }

    [[nodiscard]] bool is_hidden_tag(const HtmlToken& tag) const {
        return hidden_ == Hidden::left_out && mime::is_hidden(tag);
    }

    void add_empty(Kind kind, const HtmlToken& tag) {
        if (kind == Kind::line_end) {
            lines_.add_line_end();
        } else if (kind == Kind::rule) {
            lines_.break_line(1);
            lines_.add_flowing("---");
            lines_.break_line(1);
        } else if (kind == Kind::picture) {
            const auto text = attribute_of(tag, "alt");
            const std::string shown =
                utf8::one_line(trimmed(text ? *text : ""), longest_alternative_octets);
            if (!shown.empty())
                lines_.add_flowing(" [" + shown + "] ");
        }
    }

    void begin_shown(const HtmlToken& tag, Open& element) {
        switch (element.kind) {
        case Kind::paragraph:
            element.margin = has_no_margin(tag) ? 1 : 2;
            return lines_.break_line(element.margin);
        case Kind::list:
        case Kind::numbered_list:
            element.number = 1;
            if (const auto first = attribute_of(tag, "start"))
                std::from_chars(first->data(), first->data() + first->size(), element.number);
            return lines_.break_line(1);
        case Kind::item:
            return lines_.begin_box(HtmlLines::Box::item, mark_of_item());
        case Kind::link:
            element.address = address_of(tag);
            element.text_at = lines_.size();
            return;
        case Kind::row:
            lines_.break_line(1);
            element.text_at = lines_.next_at();
            return;
        case Kind::cell:
            return begin_cell();
        case Kind::quote:
            element.margin = 2;
            return lines_.break_line(2);
        case Kind::inline_:
            return;
        default:
            return lines_.break_line(1);
        }
    }

    /// In the line of the cell before it, where that was one.
    void begin_cell() {
        const auto row = std::find_if(open_.rbegin(), open_.rend(), [](const Open& one) {
            return one.kind == Kind::row || one.kind == Kind::table;
        });
        const bool is_first =
            row == open_.rend() || row->kind == Kind::table || lines_.size() <= row->text_at;
        // A break that came after the row began, and before its text, is of one octet.
        const bool is_beside = !is_first && lines_.line_at() <= row->text_at + 1;
        if (!is_first && !is_beside)
            lines_.break_line(1);
        lines_.begin_box(HtmlLines::Box::cell, is_beside ? " | " : "");
    }

    std::string mark_of_item() {
        const auto list = std::find_if(open_.rbegin(), open_.rend(), [](const Open& one) {
            return one.kind == Kind::list || one.kind == Kind::numbered_list;
        });
        if (list == open_.rend() || list->kind == Kind::list)
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
    void end_implied(Kind begins) {
        const bool is_part = begins == Kind::item || begins == Kind::row || begins == Kind::cell;
        if (!is_part && (begins == Kind::inline_ || begins == Kind::link || holds_nothing(begins)))
            return;
        std::size_t end = open_.size();
        for (std::size_t i = open_.size(); i > 0; --i) {
            const Open& one = open_[i - 1];
            if (is_part ? is_ended_by(one.kind, begins) : is_name(one.name, "p"))
                end = i - 1;
            else if (is_part ? holds_parts(one.kind) : one.kind != Kind::link)
                break;
        }
        close_to(end);
    }

    static bool is_ended_by(Kind kind, Kind begins) {
        return kind == begins || (begins == Kind::row && kind == Kind::cell);
    }
    static bool holds_parts(Kind kind) {
        return kind == Kind::table || kind == Kind::list || kind == Kind::numbered_list ||
               kind == Kind::cell;
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
        case Kind::link:
            return show_address(element);
        case Kind::inline_:
            return;
        case Kind::cell:
        case Kind::row:
        case Kind::item:
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

    void count(Kind kind, int by) {
        preformatted_ += kind == Kind::preformatted ? by : 0;
        quotes_ += kind == Kind::quote ? by : 0;
        lists_ += kind == Kind::list || kind == Kind::numbered_list ? by : 0;
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
