#include "mail/base/hash.h"

#include <cstdlib>

#include <openssl/evp.h>
#include <openssl/rand.h>

namespace mail {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

namespace {

/// Looked up once: EVP_sha256() has OpenSSL search its providers at each use.
const EVP_MD* sha256() {
    static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return found;
}

}  // namespace

// OpenSSL's digest fails only without memory: nothing to go on with.
Sha256::Sha256() : state_(std::make_unique<State>()) {
    if (state_->context == nullptr || EVP_DigestInit_ex(state_->context, sha256(), nullptr) != 1)
        std::abort();
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view raw) {
    if (EVP_DigestUpdate(state_->context, raw.data(), raw.size()) != 1)
        std::abort();
}

Sha256::Digest Sha256::finish() {
    Digest digest{};
    if (EVP_DigestFinal_ex(state_->context, digest.data(), nullptr) != 1)
        std::abort();
    return digest;
}

std::string random_octets(std::size_t octets) {
    std::string raw(octets, '\0');
    // A name or boundary that can be foreseen is worse than none.
    if (RAND_bytes(reinterpret_cast<unsigned char*>(raw.data()), static_cast<int>(octets)) != 1)
        std::abort();
    return raw;
}

}  // namespace mail
