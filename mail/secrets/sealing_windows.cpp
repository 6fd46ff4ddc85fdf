#include "mail/secrets/sealing.h"

#include <cstdlib>

#include <windows.h>

#include <bcrypt.h>

namespace mail::sealing {

namespace {

PUCHAR octets(std::string& raw) {
    return reinterpret_cast<PUCHAR>(raw.data());
}
// CNG's functions take no const pointers, but do not write to these.
PUCHAR octets(std::string_view raw) {
    return reinterpret_cast<PUCHAR>(const_cast<char*>(raw.data()));
}

ULONG size_of(std::string_view raw) {
    return static_cast<ULONG>(raw.size());
}

Secret taken(std::string& text) {
    Secret secret(text);
    wipe(text);
    return secret;
}

// Opened once and never closed, as in mail/base/hash_windows.cpp.
BCRYPT_ALG_HANDLE hmac_algorithm() {
    static const BCRYPT_ALG_HANDLE algorithm = [] {
        BCRYPT_ALG_HANDLE opened = nullptr;
        if (BCryptOpenAlgorithmProvider(&opened, BCRYPT_SHA256_ALGORITHM, nullptr,
                                        BCRYPT_ALG_HANDLE_HMAC_FLAG) != 0)
            std::abort();
        return opened;
    }();
    return algorithm;
}

BCRYPT_ALG_HANDLE gcm_algorithm() {
    static const BCRYPT_ALG_HANDLE algorithm = [] {
        BCRYPT_ALG_HANDLE opened = nullptr;
        std::wstring mode = BCRYPT_CHAIN_MODE_GCM;
        const auto mode_size = static_cast<ULONG>((mode.size() + 1) * sizeof(wchar_t));
        if (BCryptOpenAlgorithmProvider(&opened, BCRYPT_AES_ALGORITHM, nullptr, 0) != 0 ||
            BCryptSetProperty(opened, BCRYPT_CHAINING_MODE, reinterpret_cast<PUCHAR>(mode.data()),
                              mode_size, 0) != 0)
            std::abort();
        return opened;
    }();
    return algorithm;
}

class Key {
public:
    explicit Key(const Secret& key) {
        if (BCryptGenerateSymmetricKey(gcm_algorithm(), &handle_, nullptr, 0, octets(key.reveal()),
                                       size_of(key.reveal()), 0) != 0)
            std::abort();
    }
    ~Key() { BCryptDestroyKey(handle_); }
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    [[nodiscard]] BCRYPT_KEY_HANDLE get() const { return handle_; }

private:
    BCRYPT_KEY_HANDLE handle_ = nullptr;
};

BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO mode_of(std::string_view raw_nonce, std::string_view raw_head,
                                              PUCHAR tag) {
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO mode{};
    mode.cbSize = sizeof mode;
    mode.dwInfoVersion = BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO_VERSION;
    mode.pbNonce = octets(raw_nonce);
    mode.cbNonce = size_of(raw_nonce);
    mode.pbAuthData = octets(raw_head);
    mode.cbAuthData = size_of(raw_head);
    mode.pbTag = tag;
    mode.cbTag = ULONG{tag_size};
    return mode;
}

}  // namespace

Cost usual_cost() {
    return {Method::pbkdf2_sha256, 1'000'000};
}

bool can_use(Method method) {
    return method == Method::pbkdf2_sha256;
}

std::optional<Secret> key_of(const Secret& password, std::string_view raw_salt, const Cost& cost) {
    std::string key(key_size, '\0');
    if (!can_use(cost.method) ||
        BCryptDeriveKeyPBKDF2(hmac_algorithm(), octets(password.reveal()),
                              size_of(password.reveal()), octets(raw_salt), size_of(raw_salt),
                              cost.work, octets(key), size_of(key), 0) != 0)
        return std::nullopt;
    return taken(key);
}

std::string seal(const Secret& key, std::string_view raw_nonce, std::string_view raw_head,
                 const Secret& plain) {
    const Key opened(key);
    const std::string_view text = plain.reveal();
    std::string sealed(text.size() + tag_size, '\0');
    auto mode = mode_of(raw_nonce, raw_head, octets(sealed) + text.size());
    ULONG done = 0;
    if (BCryptEncrypt(opened.get(), octets(text), size_of(text), &mode, nullptr, 0, octets(sealed),
                      size_of(text), &done, 0) != 0)
        std::abort();
    return sealed;
}

std::optional<Secret> unseal(const Secret& key, std::string_view raw_nonce,
                             std::string_view raw_head, std::string_view raw_sealed) {
    if (raw_sealed.size() < tag_size || raw_nonce.size() != nonce_size)
        return std::nullopt;
    const Key opened(key);
    const std::string_view text = raw_sealed.substr(0, raw_sealed.size() - tag_size);
    std::string tag(raw_sealed.substr(text.size()));
    auto mode = mode_of(raw_nonce, raw_head, octets(tag));
    // One more, so that there is an address to write to also if there is no text.
    std::string plain(text.size() + 1, '\0');
    ULONG done = 0;
    const bool genuine = BCryptDecrypt(opened.get(), octets(text), size_of(text), &mode, nullptr, 0,
                                       octets(plain), size_of(text), &done, 0) == 0;
    plain.pop_back();
    Secret secret = taken(plain);
    if (!genuine)
        return std::nullopt;
    return secret;
}

}  // namespace mail::sealing
