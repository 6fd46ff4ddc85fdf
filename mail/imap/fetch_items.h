#pragma once
// The attributes of an untagged FETCH (RFC 9051, 7.5.2), in any order and mixed with unknown ones.
// What is malformed in one of them condemns that message, never the next.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/imap/cursor.h"
#include "mail/imap/types.h"

namespace mail::imap {

/// BODY[…] or BINARY[…].
struct BodyItem {
    enum class Kind { body, binary };
    Kind kind = Kind::body;
    std::string section;     ///< upper case, as in "1.2"
    bool from_start = true;  ///< false for a piece (<n>) from the middle
    StringValue value;
};

struct FetchData {
    std::uint32_t sequence = 0;
    std::optional<Uid> uid;
    std::optional<std::vector<std::string>> flags;
    std::optional<std::uint64_t> size_octets;
    std::optional<std::uint64_t> mod_sequence;  ///< RFC 7162
    std::optional<std::chrono::sys_seconds> internal_date;
    std::optional<Envelope> envelope;
    std::optional<BodyStructure> structure;
    std::optional<Error> structure_error;  ///< BODYSTRUCTURE alone could not be read
    std::vector<BodyItem> bodies;
    /// The rest could not be read: reaches the message. What was read before it is there, and `uid`
    /// wherever it could still be found.
    std::optional<Error> error;
};

/// From behind "FETCH " to the end. Never fails: see FetchData::error.
[[nodiscard]] FetchData parse_fetch(Cursor cursor, std::uint32_t sequence);

/// What a FETCH that is still arriving has said so far: its UID, if that came, and the item whose
/// literal begins at the end of `reply`.
struct BodyStart {
    std::optional<Uid> uid;
    BodyItem::Kind kind = BodyItem::Kind::body;
    std::string section;
    bool from_start = true;
    std::uint64_t octets = 0;
};
[[nodiscard]] BodyStart parse_body_start(const Reply& reply);

/// "17-Jul-1996 02:44:25 -0700"; nothing where it is not of this form.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_internal_date(std::string_view raw);

}  // namespace mail::imap
