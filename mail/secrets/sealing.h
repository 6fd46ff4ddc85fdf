#pragma once
// A key made of a password, and octets that only this key opens. sealing_posix.cpp takes it from
// OpenSSL, sealing_windows.cpp from CNG, which has no scrypt. Private to mail/secrets.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/base/secret.h"

namespace mail::sealing {

enum class Method {
    scrypt,         ///< RFC 7914, r = 8, p = 1
    pbkdf2_sha256,  ///< RFC 8018
};

struct Cost {
    Method method = Method::scrypt;
    std::uint32_t work = 0;  ///< scrypt: the binary logarithm of N; else: iterations
};

/// What this system writes: 128 MiB and about half a second a try, or the latter only.
[[nodiscard]] Cost usual_cost();
[[nodiscard]] bool can_use(Method method);

constexpr std::size_t salt_size = 16, key_size = 32, nonce_size = 12, tag_size = 16;

/// Nothing: no memory for it, or !can_use(). The caller bounds the cost.
[[nodiscard]] std::optional<Secret> key_of(const Secret& password, std::string_view raw_salt,
                                           const Cost& cost);

/// AES-256-GCM (NIST SP 800-38D). `raw_head` is not hidden but authenticated. Never twice with the
/// same key and nonce. Ends with the tag.
[[nodiscard]] std::string seal(const Secret& key, std::string_view raw_nonce,
                               std::string_view raw_head, const Secret& plain);
/// Nothing: not what seal() gave for this key, nonce and head.
[[nodiscard]] std::optional<Secret> unseal(const Secret& key, std::string_view raw_nonce,
                                           std::string_view raw_head, std::string_view raw_sealed);

}  // namespace mail::sealing
