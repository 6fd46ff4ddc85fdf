#pragma once
// Which parts of a mail become files: each part gets a verdict and a reason, first from its
// structure, then again once its content is there. Pure.

#include <cstdint>
#include <string_view>

#include "mail/point/point.h"
#include "mail/work/message.h"

namespace mail::work {

[[nodiscard]] Parts choose(mime::Structure structure, const point::General& general);

/// Judges a part that was will_be_taken again by what it turned out to be: `type` is by content
/// (sniffed, else the mail's), `size_octets` exact. Leaves it will_be_taken if it may become a
/// file.
void judge_content(PartView& part, std::string_view type, std::uint64_t size_octets,
                   const point::General& general);

/// Whether it is a graphic file, by what its sender says of it. Only its content tells in the end,
/// so nothing is left out for this; it is for who wants to know before.
enum class Announced { graphic, other, unknown };
[[nodiscard]] Announced announced_as(const PartView& part);

/// It is to be taken, and its content may say otherwise: the point wants graphic files only, and it
/// is not announced as one.
[[nodiscard]] bool may_be_not_graphic(const PartView& part, const point::General& general);

/// Some parts are not listed, because a cap was met: nobody can say what they hold, so the mail as
/// a whole needs the operator.
void mark_incomplete(Parts& parts);
[[nodiscard]] bool is_incomplete(const Parts& parts);

/// It needs no file of its own any more: it has one, or another message has the same one, which is
/// then PartView::file.
[[nodiscard]] bool is_saved(const PartView& part);

/// The number for the list's column: what is saved or will be, or needs the operator.
[[nodiscard]] std::uint32_t attachments_in(const Parts& parts);

/// new, taken, check or none: what the verdicts amount to.
[[nodiscard]] Status status_of(const Parts& parts);

/// A program by its name's last extension, on any system.
[[nodiscard]] bool is_program_name(std::string_view name);

}  // namespace mail::work
