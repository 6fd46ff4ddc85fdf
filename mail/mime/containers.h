#pragma once
// Opens what holds files in an encoding of its own: winmail.dat, opaque S/MIME, messages that were
// base64 against the rules, uuencoded files in encoded texts. In memory, under one common limit.

#include "mail/mime/part_tree.h"

namespace mail::mime {

/// Adds what is inside below the containers, those of the new parts included. What can't be opened
/// stays a part as it is; complete = false where only a limit was in the way.
[[nodiscard]] Result<void> open_containers(PartTree& tree, const Limits& limits);

}  // namespace mail::mime
