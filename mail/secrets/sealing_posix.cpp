#include "mail/secrets/sealing.h"

#include <cstdlib>
#include <memory>

#include <openssl/evp.h>

namespace mail::sealing {

namespace {

constexpr std::uint64_t block_size = 8;  // scrypt's r: 1 KiB a block

const unsigned char* octets(std::string_view raw) {
    return reinterpret_cast<const unsigned char*>(raw.data());
}
unsigned char* octets(std::string& raw) {
    return reinterpret_cast<unsigned char*>(raw.data());
}

Secret taken(std::string& text) {
    Secret secret(text);
    wipe(text);
    return secret;
}

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

bool derive(const Secret& password, std::string_view raw_salt, const Cost& cost, std::string& key) {
    const std::string_view text = password.reveal();
    if (cost.method == Method::pbkdf2_sha256)
        return PKCS5_PBKDF2_HMAC(text.data(), static_cast<int>(text.size()), octets(raw_salt),
                                 static_cast<int>(raw_salt.size()), static_cast<int>(cost.work),
                                 EVP_sha256(), static_cast<int>(key.size()), octets(key)) == 1;
    const std::uint64_t n = std::uint64_t{1} << cost.work;
    // What OpenSSL counts: N blocks, one a lane (p is 1), and two to work in.
    const std::uint64_t memory = 128 * block_size * (n + 3);
    return EVP_PBE_scrypt(text.data(), text.size(), octets(raw_salt), raw_salt.size(), n,
                          block_size, 1, memory, octets(key), key.size()) == 1;
}

}  // namespace

Cost usual_cost() {
    return {Method::scrypt, 17};
}

bool can_use(Method method) {
    return method == Method::scrypt || method == Method::pbkdf2_sha256;
}

std::optional<Secret> key_of(const Secret& password, std::string_view raw_salt, const Cost& cost) {
    std::string key(key_size, '\0');
    if (!derive(password, raw_salt, cost, key))
        return std::nullopt;
    return taken(key);
}

std::string seal(const Secret& key, std::string_view raw_nonce, std::string_view raw_head,
                 const Secret& plain) {
    const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const std::string_view text = plain.reveal();
    std::string sealed(text.size() + tag_size, '\0');
    int done = 0;
    const bool worked = context &&
                        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr,
                                           octets(key.reveal()), octets(raw_nonce)) == 1 &&
                        EVP_EncryptUpdate(context.get(), nullptr, &done, octets(raw_head),
                                          static_cast<int>(raw_head.size())) == 1 &&
                        EVP_EncryptUpdate(context.get(), octets(sealed), &done, octets(text),
                                          static_cast<int>(text.size())) == 1 &&
                        EVP_EncryptFinal_ex(context.get(), octets(sealed) + done, &done) == 1 &&
                        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, int{tag_size},
                                            octets(sealed) + text.size()) == 1;
    // It fails only without memory: nothing to go on with.
    if (!worked)
        std::abort();
    return sealed;
}

std::optional<Secret> unseal(const Secret& key, std::string_view raw_nonce,
                             std::string_view raw_head, std::string_view raw_sealed) {
    if (raw_sealed.size() < tag_size || raw_nonce.size() != nonce_size)
        return std::nullopt;
    const std::string_view text = raw_sealed.substr(0, raw_sealed.size() - tag_size);
    std::string tag(raw_sealed.substr(text.size()));
    const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    // One more, so that there is an address to write to also if there is no text.
    std::string plain(text.size() + 1, '\0');
    int done = 0;
    const bool genuine =
        context &&
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key.reveal()),
                           octets(raw_nonce)) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &done, octets(raw_head),
                          static_cast<int>(raw_head.size())) == 1 &&
        EVP_DecryptUpdate(context.get(), octets(plain), &done, octets(text),
                          static_cast<int>(text.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, int{tag_size}, octets(tag)) == 1 &&
        EVP_DecryptFinal_ex(context.get(), octets(plain) + done, &done) == 1;
    // Before the tag is checked it may be anything: nobody gets it.
    plain.pop_back();
    Secret secret = taken(plain);
    if (!genuine)
        return std::nullopt;
    return secret;
}

}  // namespace mail::sealing
