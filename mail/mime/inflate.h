#pragma once
// Decompression of zlib data (RFC 1950, 1951), for compressed S/MIME only: whole in memory, under a
// limit. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace mail::mime {

/// Nothing where the data is damaged or would become larger than `max_octets`.
[[nodiscard]] std::optional<std::string> inflate_zlib(std::string_view raw, std::size_t max_octets);

}  // namespace mail::mime
