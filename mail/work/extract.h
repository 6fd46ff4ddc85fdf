#pragma once
// The attachments of a mail in a file: the same choosing, decoding and filing as for a mailbox.

#include <optional>
#include <string>

#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/mime/message.h"
#include "mail/point/point.h"
#include "mail/work/message.h"

namespace mail::work {

struct Extraction {
    mime::Head head;
    Parts parts;  ///< with size and SHA-256 of every attachment; `file` where one was written
};

/// What each part of the mail is for the point, by its content as well: those that would become a
/// file are will_be_taken. One that can't be decoded needs_you. Both with the SHA-256 of what they
/// decode to: somebody may have taken what needs a person, too.
[[nodiscard]] Result<Parts> judge_parts(const mime::Message& mail, const point::General& general,
                                        const Wait& wait);

/// Without `folder` nothing is written. A part that can't be decoded carries its error.
[[nodiscard]] Result<Extraction> extract(Disk& disk, const mime::Source& mail,
                                         const std::optional<std::string>& folder,
                                         const point::General& general, const Wait& wait);

}  // namespace mail::work
