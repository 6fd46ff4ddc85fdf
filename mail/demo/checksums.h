#pragma once
// The check sums of the file formats that the sample attachments are written in. Pure.

#include <cstdint>
#include <string>
#include <string_view>

namespace mail::demo {

/// ISO 3309, as in PNG and ZIP.
[[nodiscard]] std::uint32_t crc32(std::string_view raw);
/// RFC 1950, 8.2.
[[nodiscard]] std::uint32_t adler32(std::string_view raw);

/// `value` as octets, the lowest (or the highest) first.
[[nodiscard]] std::string little_endian(std::uint32_t value, int octets);
[[nodiscard]] std::string big_endian(std::uint32_t value, int octets);

}  // namespace mail::demo
