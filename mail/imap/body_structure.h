#pragma once
// BODYSTRUCTURE (RFC 9051, 7.5.2) as a flat list with the section numbers that FETCH wants
// (6.4.5.1). Caps on depth and count, so that no mail can hurt.

#include <cstddef>

#include "mail/imap/cursor.h"
#include "mail/imap/types.h"

namespace mail::imap {

struct StructureLimits {
    int max_depth = 100;
    std::size_t max_nodes = 10'000;
};

/// Failures stick to `cursor`: reply_malformed, nesting_too_deep, too_many_parts.
[[nodiscard]] BodyStructure parse_body_structure(Cursor& cursor,
                                                 const StructureLimits& limits = {});

}  // namespace mail::imap
