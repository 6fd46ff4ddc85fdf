#pragma once
// Header fields of strangers made readable: encoded words (RFC 2047), parameters (RFC 2231), and
// the many wrong ways of both. Pure. Never fails: what can't be read comes out as it is, in valid
// UTF-8.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/mime/part.h"

namespace mail::mime {

using RawParameters = std::vector<std::pair<std::string, std::string>>;  ///< keys in lower case

/// A subject, a display name: encoded words decoded (also inside quotes, split characters joined),
/// raw 8-bit octets guessed, folded white space collapsed. Not yet made safe for a screen:
/// utf8::one_line.
[[nodiscard]] std::string decode_text(std::string_view raw);

struct FileName {
    std::string name;  ///< UTF-8; "" if the part has none
    std::vector<Repair> repaired;
};
/// The name of a part: filename* / filename of Content-Disposition, else name* / name of
/// Content-Type, RFC 2231 pieces joined, whatever the order. As the mail says it: not sanitised.
[[nodiscard]] FileName file_name_of(const RawParameters& disposition, const RawParameters& type);

struct Mailbox {
    std::string name, address;  ///< UTF-8; either may be empty
};
/// The first mailbox of a From or Sender field (RFC 5322, 3.4).
[[nodiscard]] Mailbox first_mailbox(std::string_view raw_field);

/// RFC 5322, 3.3 with the usual deviations.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_date(std::string_view raw);

}  // namespace mail::mime
