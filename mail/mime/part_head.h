#pragma once
// The head of a mail or a part: its fields, and what they say about the part. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "mail/mime/headers.h"
#include "mail/mime/message.h"
#include "mail/mime/part.h"

namespace mail::mime {

struct Field {
    std::string_view name;   ///< as written
    std::string_view value;  ///< folded as written, points into the head
};

/// "Name: …": the octets of the name, or 0 if this line begins no field.
[[nodiscard]] std::size_t field_name_octets(std::string_view line);
/// A field that heads of mails and parts have: "Content-…", "Subject", "X-…".
[[nodiscard]] bool is_usual_field(std::string_view line);

/// Lines that begin no field and continue none are left out.
[[nodiscard]] std::vector<Field> fields_of(std::string_view raw_head);

/// One Content-Type of a part that may have several.
struct TypeChoice {
    std::string type;  ///< lower case, never empty
    RawParameters parameters;
    std::vector<std::string> boundaries;  ///< of a multipart: one, rarely more
};

struct PartHead {
    Part part;  ///< for the first choice
    std::vector<TypeChoice> choices;
    RawParameters disposition;
};

/// `default_type`: what a part without Content-Type is (message/rfc822 in a digest).
[[nodiscard]] PartHead read_part_head(std::string_view raw_head, std::string_view default_type);

/// Another of its Content-Types is the true one: type, charset and name follow it.
void choose_type(PartHead& head, std::size_t choice);

/// The fields of a mail that a list of mails shows.
[[nodiscard]] Head read_mail_head(std::string_view raw_head);

}  // namespace mail::mime
