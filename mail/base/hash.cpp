#include "mail/base/hash.h"

namespace mail {

std::string to_hex(std::string_view raw) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * raw.size());
    for (const char letter : raw) {
        const auto octet = static_cast<unsigned char>(letter);
        hex += digits[octet >> 4];
        hex += digits[octet & 15];
    }
    return hex;
}

std::string to_hex(const Sha256::Digest& digest) {
    return to_hex(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

std::string sha256_hex(std::string_view raw) {
    Sha256 hash;
    hash.update(raw);
    return to_hex(hash.finish());
}

std::string random_uuid() {
    std::string raw = random_octets(16);
    raw[6] = static_cast<char>((raw[6] & 0x0F) | 0x40);
    raw[8] = static_cast<char>((raw[8] & 0x3F) | 0x80);
    std::string uuid = to_hex(raw);
    for (const std::size_t at : {8U, 13U, 18U, 23U})
        uuid.insert(at, 1, '-');
    return uuid;
}

}  // namespace mail
