#include "mail/oauth/pkce.h"

#include "mail/base/base64.h"
#include "mail/base/hash.h"

namespace mail::oauth {

Secret new_random_value() {
    constexpr std::size_t octets = 32;
    std::string raw = random_octets(octets);
    std::string encoded = to_base64url(raw);
    Secret value(encoded);
    wipe(raw);
    wipe(encoded);
    return value;
}

std::string challenge_of(const Secret& verifier) {
    Sha256 hash;
    hash.update(verifier.reveal());
    const Sha256::Digest digest = hash.finish();
    return to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

bool same(std::string_view a, std::string_view b) {
    unsigned differences = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        differences |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^
                                             static_cast<unsigned char>(b[i]));
    return differences == 0;
}

}  // namespace mail::oauth
