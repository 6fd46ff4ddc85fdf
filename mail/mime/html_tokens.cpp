#include "mail/mime/html_tokens.h"

#include <algorithm>
#include <iterator>

#include "mail/base/ascii.h"
#include "mail/mime/html_entities.h"

namespace mail::mime {

namespace {

using std::string_view_literals::operator""sv;

// What is in them is no text of the mail.
constexpr std::string_view raw_elements[] = {"script",  "style",    "title",   "iframe",
                                             "noembed", "noframes", "template"};

bool is_html_space(char octet) {
    return is_space(octet) || octet == '\f';
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
    while (at < text.size() && (is_html_space(text[at]) || text[at] == '/'))
        ++at;
    return at;
}

struct Attribute {
    std::string_view name, value;
};

/// `at` goes behind it.
std::optional<Attribute> next_attribute(std::string_view text, std::size_t& at) {
    at = skip_spaces(text, at);
    if (at >= text.size())
        return std::nullopt;
    const std::size_t name = at;
    // An '=' in front belongs to the name.
    for (++at; at < text.size() && !is_html_space(text[at]) && text[at] != '/' && text[at] != '=';)
        ++at;
    Attribute attribute{text.substr(name, at - name), {}};
    std::size_t value = at;
    while (value < text.size() && is_html_space(text[value]))
        ++value;
    if (value >= text.size() || text[value] != '=')
        return attribute;
    for (++value; value < text.size() && is_html_space(text[value]);)
        ++value;
    const char quote = value < text.size() ? text[value] : ' ';
    if (quote == '"' || quote == '\'') {
        at = std::min(text.find(quote, value + 1), text.size());
        attribute.value = text.substr(value + 1, at - value - 1);
        at = std::min(at + 1, text.size());
        return attribute;
    }
    for (at = value; at < text.size() && !is_html_space(text[at]);)
        ++at;
    attribute.value = text.substr(value, at - value);
    return attribute;
}

}  // namespace

bool is_name(std::string_view raw, std::string_view name) {
    return std::ranges::equal(raw, name, {}, to_lower);
}

std::optional<std::string> attribute_of(const HtmlToken& tag, std::string_view name) {
    std::size_t at = 0;
    while (const auto attribute = next_attribute(tag.attributes, at))
        if (is_name(attribute->name, name))
            return without_entities(attribute->value, Place::attribute);
    return std::nullopt;
}

/// Behind the '>' that ends the tag; npos where there is none. A '>' in quotes is none.
std::size_t HtmlTokens::end_of_tag(std::size_t at) const {
    char quote = 0;
    bool value_begins = false;
    for (; at < html_.size(); ++at) {
        const char octet = html_[at];
        if (quote != 0) {
            quote = octet == quote ? '\0' : quote;
        } else if (octet == '>') {
            return at + 1;
        } else if (value_begins && (octet == '"' || octet == '\'')) {
            quote = octet;
            value_begins = false;
        } else {
            value_begins = octet == '=' || (value_begins && is_html_space(octet));
        }
    }
    return std::string_view::npos;
}

void HtmlTokens::pass_over_raw(std::string_view name) {
    for (;;) {
        at_ = html_.find("</"sv, at_);
        if (at_ == std::string_view::npos)
            break;
        const std::size_t behind = at_ + 2 + name.size();
        if (std::ranges::equal(html_.substr(at_ + 2, name.size()), name, {}, to_lower, to_lower) &&
            (behind >= html_.size() || is_html_space(html_[behind]) || html_[behind] == '>' ||
             html_[behind] == '/'))
            return;
        at_ += 2;
    }
    at_ = html_.size();
}

/// At a '<' in at_. Nothing where it was something to pass over.
std::optional<HtmlToken> HtmlTokens::read_tag() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
        // "<!-->" and "<!--->" are comments, too.
        const std::size_t end = html_.find("-->", at_ + 2);
        at_ = end == std::string_view::npos ? html_.size() : end + 3;
        return std::nullopt;
    }
    HtmlToken tag;
    tag.kind = rest.starts_with("</") ? HtmlToken::Kind::end_tag : HtmlToken::Kind::start_tag;
    const std::size_t name = at_ + (tag.kind == HtmlToken::Kind::end_tag ? 2 : 1);
    if (name >= html_.size() || !is_letter(html_[name])) {
        const std::size_t end = html_.find('>', at_);
        at_ = end == std::string_view::npos ? html_.size() : end + 1;
        return std::nullopt;
    }
    std::size_t end = name;
    while (end < html_.size() && !is_html_space(html_[end]) && html_[end] != '>' &&
           html_[end] != '/')
        ++end;
    tag.name = html_.substr(name, end - name);
    at_ = end_of_tag(end);
    if (at_ == std::string_view::npos) {
        at_ = html_.size();
        return std::nullopt;
    }
    tag.attributes = html_.substr(end, at_ - 1 - end);
    tag.closes_itself = tag.attributes.ends_with('/');
    const bool is_raw = std::ranges::any_of(
        raw_elements, [&](std::string_view one) { return is_name(tag.name, one); });
    if (tag.kind == HtmlToken::Kind::start_tag && is_raw)
        pass_over_raw(tag.name);
    return tag;
}

std::optional<HtmlToken> HtmlTokens::next() {
    while (at_ < html_.size()) {
        const char behind = at_ + 1 < html_.size() ? html_[at_ + 1] : ' ';
        const bool is_tag = html_[at_] == '<' &&
                            (is_letter(behind) || behind == '/' || behind == '!' || behind == '?');
        if (is_tag) {
            if (auto tag = read_tag())
                return tag;
            continue;
        }
        const std::size_t end = std::min(html_.find('<', at_ + 1), html_.size());
        HtmlToken text;
        text.text = html_.substr(at_, end - at_);
        at_ = end;
        return text;
    }
    return std::nullopt;
}

}  // namespace mail::mime
