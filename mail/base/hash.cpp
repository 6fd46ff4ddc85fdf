#include "mail/base/hash.h"

namespace mail {

std::string to_hex(const Sha256::Digest& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * digest.size());
    for (const unsigned char octet : digest) {
        hex += digits[octet >> 4];
        hex += digits[octet & 15];
    }
    return hex;
}

std::string sha256_hex(std::string_view raw) {
    Sha256 hash;
    hash.update(raw);
    return to_hex(hash.finish());
}

std::string random_uuid() {
    const std::string raw = random_octets(16);
    Sha256::Digest octets{};
    for (std::size_t i = 0; i < raw.size(); ++i)
        octets[i] = static_cast<unsigned char>(raw[i]);
    octets[6] = static_cast<unsigned char>((octets[6] & 0x0F) | 0x40);
    octets[8] = static_cast<unsigned char>((octets[8] & 0x3F) | 0x80);
    std::string uuid = to_hex(octets).substr(0, 32);
    for (const std::size_t at : {8U, 13U, 18U, 23U})
        uuid.insert(at, 1, '-');
    return uuid;
}

}  // namespace mail
