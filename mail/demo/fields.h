#pragma once
// Header fields as a server has to tell them (RFC 5322, RFC 2045): cut and unfolded, never decoded.
// Pure. For well-formed heads; what is not understood is left out.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mail::demo {

/// Views into the head it was read from.
struct Field {
    std::string_view name;
    std::string_view raw;        ///< the whole field with its folds and its last CRLF
    std::string_view raw_value;  ///< what follows the colon
};
using Fields = std::vector<Field>;

[[nodiscard]] Fields fields_of(std::string_view raw_head);

/// The first field of that name: unfolded and trimmed.
[[nodiscard]] std::optional<std::string> value_of(const Fields& fields, std::string_view name);

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// `attachment; filename="a.pdf"`: comments dropped, quotes taken off, keys and values as written.
struct ParameterisedValue {
    std::string value;
    Parameters parameters;
};
[[nodiscard]] ParameterisedValue parse_parameters(std::string_view value);

struct MailAddress {
    std::string name, mailbox, host;
};
/// Mailboxes of an address list; names of groups are left out.
[[nodiscard]] std::vector<MailAddress> parse_addresses(std::string_view value);

}  // namespace mail::demo
