#include "mail/demo/checksums.h"

namespace mail::demo {

std::uint32_t crc32(std::string_view raw) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char octet : raw) {
        crc ^= static_cast<unsigned char>(octet);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

std::uint32_t adler32(std::string_view raw) {
    std::uint32_t low = 1;
    std::uint32_t high = 0;
    for (const char octet : raw) {
        low = (low + static_cast<unsigned char>(octet)) % 65521U;
        high = (high + low) % 65521U;
    }
    return high << 16 | low;
}

std::string little_endian(std::uint32_t value, int octets) {
    std::string raw;
    for (int i = 0; i < octets; ++i)
        raw += static_cast<char>(value >> (8 * i) & 255U);
    return raw;
}

std::string big_endian(std::uint32_t value, int octets) {
    std::string raw;
    for (int i = octets - 1; i >= 0; --i)
        raw += static_cast<char>(value >> (8 * i) & 255U);
    return raw;
}

}  // namespace mail::demo
