#pragma once
// The settings in a document of the autoconfig format (Mozilla's config-v1.1: clientConfig >
// emailProvider > incomingServer), which somebody else wrote. Pure; pugixml reads it and expands no
// entities of the document's. Private to mail/proposal.

#include <cstddef>
#include <optional>
#include <string_view>

#include "mail/point/suggest.h"

namespace mail::proposal {

inline constexpr std::size_t longest_document = std::size_t{256} << 10;

/// The first IMAP server with TLS from the first byte, else the first with STARTTLS: the document
/// has them in its author's order. Clear text is never proposed. Nothing where there is none, or
/// where the document is none, is damaged or longer than longest_document.
[[nodiscard]] std::optional<point::Suggestion> settings_in(std::string_view raw_document,
                                                           const point::AddressParts& address);

}  // namespace mail::proposal
