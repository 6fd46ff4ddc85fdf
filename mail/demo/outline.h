#pragma once
// Where the parts of a mail begin and end (RFC 2046), for BODYSTRUCTURE and FETCH. Strict and
// small, and apart from mime/message on purpose: the program's splitter is checked against it.
// Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/demo/fields.h"

namespace mail::demo {

/// A part, or the mail itself. Offsets into the mail.
struct Entity {
    std::size_t begin = 0;  ///< of its head
    std::size_t body = 0;   ///< behind the empty line
    std::size_t end = 0;
    std::string type, subtype;  ///< as written; "TEXT" and "PLAIN" where nothing is said
    Parameters parameters;      ///< of the Content-Type
    std::string encoding;       ///< as written; "7BIT" where nothing is said
    /// The parts of a multipart, at least one; the message inside a message/rfc822; else empty.
    std::vector<Entity> children;

    [[nodiscard]] bool is_multipart() const;
    [[nodiscard]] bool is_message() const;
    [[nodiscard]] bool is_text() const;
    [[nodiscard]] std::string_view head_of(std::string_view mail) const;
    [[nodiscard]] std::string_view body_of(std::string_view mail) const;
};

/// A multipart that never ends goes to the end of what holds it. Deeper than 50 levels nothing is
/// looked into.
[[nodiscard]] Entity outline_of(std::string_view mail);

/// The part that an IMAP section path names (RFC 3501, 6.4.5), or null. {}: the mail.
[[nodiscard]] const Entity* find_part(const Entity& mail, const std::vector<std::uint32_t>& path);

}  // namespace mail::demo
