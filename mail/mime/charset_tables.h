#pragma once
// Single-byte character sets, so that Polish mail does not depend on what the system can convert.
// For charset.cpp only.

#include <array>
#include <string_view>

namespace mail::mime {

/// The characters of the octets 0x80 to 0xFF; U+FFFD where there is none.
using SingleByteTable = std::array<char16_t, 128>;

/// By the name that canonical_charset() gives, or null.
[[nodiscard]] const SingleByteTable* table_of(std::string_view charset);

}  // namespace mail::mime
