#pragma once
// What the elements of HTML are for html_text.h, and what the attributes of one say to it. Private
// to mail/mime.

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/mime/html_tokens.h"

namespace mail::mime {

enum class HtmlElement : std::uint8_t {
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

[[nodiscard]] HtmlElement kind_of(std::string_view raw_name);
[[nodiscard]] bool holds_nothing(HtmlElement kind);

/// As mails hide their preheaders, and what only some readers are to see.
[[nodiscard]] bool says_hidden(const HtmlToken& tag);
/// Outlook writes each line as a paragraph without a margin.
[[nodiscard]] bool has_no_margin(const HtmlToken& tag);
/// "" where there is none that a person could follow.
[[nodiscard]] std::string address_of(const HtmlToken& link);
/// What of an address a text may stand for, without blanks, which telephone numbers have.
[[nodiscard]] std::string core_of(std::string_view address);

}  // namespace mail::mime
