#include "mail/base/hash.h"

#include <cstdlib>

#include <windows.h>

#include <bcrypt.h>

namespace mail {

namespace {

// Opened once and never closed. The pseudo handle that Windows 10 has for it is not in mingw-w64's
// header.
BCRYPT_ALG_HANDLE sha256_algorithm() {
    static const BCRYPT_ALG_HANDLE algorithm = [] {
        BCRYPT_ALG_HANDLE opened = nullptr;
        if (BCryptOpenAlgorithmProvider(&opened, BCRYPT_SHA256_ALGORITHM, nullptr, 0) != 0)
            std::abort();
        return opened;
    }();
    return algorithm;
}

}  // namespace

struct Sha256::State {
    BCRYPT_HASH_HANDLE hash = nullptr;
    ~State() {
        if (hash != nullptr)
            BCryptDestroyHash(hash);
    }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    if (BCryptCreateHash(sha256_algorithm(), &state_->hash, nullptr, 0, nullptr, 0, 0) != 0)
        std::abort();
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view raw) {
    // The function takes no const pointer, but does not write.
    auto* octets = reinterpret_cast<PUCHAR>(const_cast<char*>(raw.data()));
    if (BCryptHashData(state_->hash, octets, static_cast<ULONG>(raw.size()), 0) != 0)
        std::abort();
}

Sha256::Digest Sha256::finish() {
    Digest digest{};
    if (BCryptFinishHash(state_->hash, digest.data(), static_cast<ULONG>(digest.size()), 0) != 0)
        std::abort();
    return digest;
}

std::string random_octets(std::size_t octets) {
    std::string raw(octets, '\0');
    if (BCryptGenRandom(nullptr, reinterpret_cast<PUCHAR>(raw.data()), static_cast<ULONG>(octets),
                        BCRYPT_USE_SYSTEM_PREFERRED_RNG) != 0)
        std::abort();
    return raw;
}

}  // namespace mail
