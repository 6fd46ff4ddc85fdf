#pragma once
// ENVELOPE and BODYSTRUCTURE of a mail (RFC 3501, 7.4.2), as they go over the wire. Pure.

#include <string>
#include <string_view>

#include "mail/demo/outline.h"

namespace mail::demo {

/// A quoted string where that is allowed, else a literal.
[[nodiscard]] std::string imap_string(std::string_view raw);

[[nodiscard]] std::string envelope(std::string_view raw_head);

enum class Extensions { left_out, told };
/// BODY leaves the extension data out, BODYSTRUCTURE tells it.
[[nodiscard]] std::string body_structure(std::string_view mail, const Entity& entity,
                                         Extensions extensions);

}  // namespace mail::demo
