#pragma once
// Which parts of a mail are attachments: what an operator expects to find in a folder. One rule for
// all, whether the structure comes from a server or from our own splitter: docs/attachments.md.
// Pure.

#include <cstddef>
#include <string_view>

#include "mail/mime/part.h"

namespace mail::mime {

/// Attachments are all leaves that are not text, and texts that have a name or the disposition
/// "attachment". Not: bodies, multiparts, containers whose inside is listed in their place
/// (has_children), parts without an octet, and what carries no file of its own (signatures,
/// delivery reports, references to elsewhere).
[[nodiscard]] bool counts_as_attachment(const Structure& structure, std::size_t part);

/// Made by programs for programs, or a reference to elsewhere: a signature, a delivery report, a
/// resource fork, message/external-body. Nobody looks for them in a folder.
[[nodiscard]] bool is_control_type(std::string_view type);

}  // namespace mail::mime
