#pragma once
// The file of secrets as octets: lines of text, so that a person sees what it is. Pure. Private to
// mail/secrets.
//
//   mailpoint secrets 1
//   key scrypt 17 SALT
//   seal aes-256-gcm NONCE
//   SEALED
//   sha256 SUM
//
// SALT, NONCE, SEALED (with its tag) and SUM are lower-case hex. The first three lines are
// authenticated with what is sealed. SUM is of all the lines before it: it tells a damaged file
// from a wrong password, and protects against nobody.

#include <map>
#include <string>
#include <string_view>

#include "mail/base/result.h"
#include "mail/base/secret.h"
#include "mail/secrets/sealing.h"

namespace mail {

struct SealedFile {
    sealing::Cost cost;
    std::string raw_salt, raw_nonce, raw_sealed;

    /// The lines that are authenticated.
    [[nodiscard]] std::string head() const;
    [[nodiscard]] std::string text() const;
};

constexpr std::size_t largest_sealed_file = 1 << 20;  ///< octets

/// Errors, the whole file's: secrets_damaged; secrets_newer: of another version of the format, or
/// made with what this version doesn't know.
[[nodiscard]] Result<SealedFile> parse_sealed_file(std::string_view raw);

using Secrets = std::map<std::string, Secret>;

/// What is sealed: all of them at once, so that neither their names nor, but for steps of 256
/// octets, their lengths show.
[[nodiscard]] Secret pack(const Secrets& secrets);
/// Error secrets_damaged.
[[nodiscard]] Result<Secrets> unpack(const Secret& packed);

}  // namespace mail
