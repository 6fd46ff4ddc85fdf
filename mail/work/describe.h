#pragma once
// What the server told about a message, made into a row: texts decoded and made safe for one line,
// the structure as parts with their verdicts, and whether that structure can be trusted. Pure.

#include "mail/imap/types.h"
#include "mail/point/point.h"
#include "mail/work/message.h"

namespace mail::work {

/// Of a message that nobody knows anything of but what was listed.
[[nodiscard]] Status status_as_listed(const MessageRow& row);
/// A mark that says whose it is counts as another's.
[[nodiscard]] MessageRow describe(imap::MessageData data, const point::General& general);

/// Of a message whose reply could not be used, and why.
[[nodiscard]] MessageRow row_without_data(std::uint32_t uid, const Error& why);

[[nodiscard]] mime::Structure structure_of(imap::BodyStructure nodes);

/// The parts cannot be fetched as the structure names them: it is contradictory, or what is wanted
/// lies inside a part (TNEF, opaque S/MIME, a message encoded against the rules). Read the whole
/// mail then.
[[nodiscard]] bool needs_whole_mail(const mime::Structure& structure);

}  // namespace mail::work
