#pragma once
// Text of a mail for a screen: paragraphs that were sent in pieces put together (RFC 3676), nothing
// in it that controls a terminal or hides what it says. Pure. Private to mail/preview.

#include <cstddef>
#include <string>
#include <string_view>

#include "mail/mime/part.h"

namespace mail::preview {

struct PlainText {
    std::string text;
    bool cut = false;
};

[[nodiscard]] PlainText plain_text(std::string_view utf8, mime::Flow flow, std::size_t max_octets);

}  // namespace mail::preview
