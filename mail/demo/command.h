#pragma once
// Commands as a client sends them (RFC 3501, 2.2.1): a line, with literals in it.

#include <optional>
#include <string>

#include "mail/demo/channel.h"

namespace mail::demo {

/// The largest literal that is taken: a mail that is appended.
constexpr std::size_t largest_literal = 40 * 1024 * 1024;

struct Command {
    std::string tag, name;  ///< name in upper case; "UID FETCH" is one name
    std::string arguments;  ///< what follows the name and a blank
    std::string whole;      ///< without its last CRLF
};

/// Reads on through literals, asking for the synchronising ones. Nothing at the end of the
/// connection, and after a literal that is too large.
[[nodiscard]] std::optional<std::string> read_command_text(Channel& channel);

/// Tag and name may be empty where there are none.
[[nodiscard]] Command parse_command(std::string text);

}  // namespace mail::demo
