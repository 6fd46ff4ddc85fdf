#pragma once
// SHA-256 (FIPS 180-4), streamed: the identity of a file's content everywhere in Mailpoint.
// hash_posix.cpp takes it from OpenSSL, hash_windows.cpp from CNG.

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mail {

class Sha256 {
public:
    using Digest = std::array<unsigned char, 32>;

    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    void update(std::string_view raw);
    /// Ends it: no update() after this.
    [[nodiscard]] Digest finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Two lower-case hex digits for each octet.
[[nodiscard]] std::string to_hex(std::string_view raw);
[[nodiscard]] std::string to_hex(const Sha256::Digest& digest);
[[nodiscard]] std::string sha256_hex(std::string_view raw);

/// `octets` unpredictable octets from the system, for temporary names, UUIDs and boundaries.
[[nodiscard]] std::string random_octets(std::size_t octets);
/// A random UUID (RFC 9562, version 4), lower case with hyphens.
[[nodiscard]] std::string random_uuid();

}  // namespace mail
