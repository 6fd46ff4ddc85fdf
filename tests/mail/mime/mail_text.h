#pragma once
// What the tests of the splitter share: mails as strings, and what is found in them as one string
// a part, so that a test shows the whole picture.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mime/message.h"

namespace mail::mime {

struct MailReading {
    std::vector<std::string> parts;  ///< "1.2 application/pdf a.pdf [data]"
    std::vector<std::string> files;  ///< those that count as attachments: "a.pdf [data]"
    Structure structure;
    Head head;
};

[[nodiscard]] MailReading reading_of(const Source& source, const Limits& limits = {});
/// Read with several windows: all must give the same, else the test fails.
[[nodiscard]] MailReading reading_of(std::string_view raw, const Limits& limits = {});

[[nodiscard]] std::string base64_of(std::string_view raw);

using Strings = std::vector<std::string>;

}  // namespace mail::mime
