#include "mail/mime/html_elements.h"

#include <algorithm>
#include <iterator>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"

namespace mail::mime {

namespace {

constexpr std::size_t longest_address_octets = 200;

struct Known {
    std::string_view name;
    HtmlElement kind;
};
constexpr Known elements[] = {
    {"a", HtmlElement::link},
    {"address", HtmlElement::block},
    {"area", HtmlElement::empty},
    {"article", HtmlElement::block},
    {"aside", HtmlElement::block},
    {"audio", HtmlElement::without_text},
    {"base", HtmlElement::empty},
    {"blockquote", HtmlElement::quote},
    {"body", HtmlElement::block},
    {"br", HtmlElement::line_end},
    {"caption", HtmlElement::block},
    {"center", HtmlElement::block},
    {"col", HtmlElement::empty},
    {"datalist", HtmlElement::without_text},
    {"dd", HtmlElement::block},
    {"details", HtmlElement::block},
    {"div", HtmlElement::block},
    {"dl", HtmlElement::paragraph},
    {"dt", HtmlElement::block},
    {"embed", HtmlElement::empty},
    {"fieldset", HtmlElement::block},
    {"figcaption", HtmlElement::block},
    {"figure", HtmlElement::block},
    {"footer", HtmlElement::block},
    {"form", HtmlElement::block},
    {"h1", HtmlElement::paragraph},
    {"h2", HtmlElement::paragraph},
    {"h3", HtmlElement::paragraph},
    {"h4", HtmlElement::paragraph},
    {"h5", HtmlElement::paragraph},
    {"h6", HtmlElement::paragraph},
    {"header", HtmlElement::block},
    {"hr", HtmlElement::rule},
    {"img", HtmlElement::picture},
    {"input", HtmlElement::empty},
    {"li", HtmlElement::item},
    {"link", HtmlElement::empty},
    {"listing", HtmlElement::preformatted},
    {"main", HtmlElement::block},
    {"map", HtmlElement::without_text},
    {"meta", HtmlElement::empty},
    {"nav", HtmlElement::block},
    {"object", HtmlElement::without_text},
    {"ol", HtmlElement::numbered_list},
    {"option", HtmlElement::block},
    {"p", HtmlElement::paragraph},
    {"param", HtmlElement::empty},
    {"plaintext", HtmlElement::preformatted},
    {"pre", HtmlElement::preformatted},
    {"section", HtmlElement::block},
    {"select", HtmlElement::block},
    {"source", HtmlElement::empty},
    {"svg", HtmlElement::without_text},
    {"table", HtmlElement::table},
    {"tbody", HtmlElement::inline_},
    {"td", HtmlElement::cell},
    {"textarea", HtmlElement::block},
    {"tfoot", HtmlElement::inline_},
    {"th", HtmlElement::cell},
    {"thead", HtmlElement::inline_},
    {"tr", HtmlElement::row},
    {"track", HtmlElement::empty},
    {"ul", HtmlElement::list},
    {"video", HtmlElement::without_text},
    {"wbr", HtmlElement::empty},
    {"xmp", HtmlElement::preformatted},
};
static_assert(std::ranges::is_sorted(elements, {}, &Known::name));

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

}  // namespace

HtmlElement kind_of(std::string_view raw_name) {
    if (raw_name.size() > 12)
        return HtmlElement::inline_;
    const std::string name = lower_case(raw_name);
    const auto* const at = std::ranges::lower_bound(elements, name, {}, &Known::name);
    return at != std::end(elements) && at->name == name ? at->kind : HtmlElement::inline_;
}

bool holds_nothing(HtmlElement kind) {
    return kind == HtmlElement::line_end || kind == HtmlElement::rule ||
           kind == HtmlElement::picture || kind == HtmlElement::empty;
}

bool says_hidden(const HtmlToken& tag) {
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

bool has_no_margin(const HtmlToken& tag) {
    if (const auto name = attribute_of(tag, "class"); name && name->starts_with("Mso"))
        return true;
    const auto said = attribute_of(tag, "style");
    const Style style(std::string_view(said ? *said : "").substr(0, longest_style_octets));
    return style.says("margin", "0") || style.says("margin", "0px") ||
           style.says("margin-bottom", "0") || style.says("margin-bottom", "0px") ||
           style.says("margin", "0cm");
}

std::string core_of(std::string_view address) {
    for (const std::string_view scheme : {"https://", "http://", "mailto:", "ftp://", "tel:"})
        if (address.starts_with(scheme))
            address.remove_prefix(scheme.size());
    while (address.ends_with('/'))
        address.remove_suffix(1);
    std::string core = lower_case(address);
    std::erase_if(core, is_blank);
    return core;
}

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

}  // namespace mail::mime
