#pragma once
// Opaque S/MIME (RFC 8551): the content that a signed or compressed message carries inside. A small
// reader of BER, no check of keys or certificates. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace mail::mime {

/// The content; nothing where there is none to read (encrypted, certificates only, no PKCS #7), or
/// where it would be larger than `max_octets`.
[[nodiscard]] std::optional<std::string> pkcs7_content(std::string_view raw,
                                                       std::size_t max_octets);

/// Whether the first octets promise such a content, so that the rest is worth decoding.
[[nodiscard]] bool may_be_pkcs7_content(std::string_view first_octets);

}  // namespace mail::mime
