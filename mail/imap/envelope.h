#pragma once
// ENVELOPE (RFC 9051, 2.3.5): of its ten fields those that the list shows.

#include "mail/imap/cursor.h"
#include "mail/imap/types.h"

namespace mail::imap {

/// NIL gives an empty one. Fields left out at the end are tolerated. Failures stick to `cursor`.
[[nodiscard]] Envelope parse_envelope(Cursor& cursor);

}  // namespace mail::imap
