#include "mail/imap/redactor.h"

#include "mail/base/base64.h"

namespace mail::imap {

namespace {

/// Shorter ones would turn every text into stars, and so show what the secret is.
constexpr std::size_t min_secret_octets = 3;
constexpr std::size_t min_base64_octets = 6;

/// The middle of `secret` in base64 when `shift` octets stand before it: the part that does not
/// depend on its neighbours.
Secret base64_middle(const Secret& secret, std::size_t shift) {
    std::string raw;
    raw.reserve(shift + secret.reveal().size());
    raw.append(shift, ' ');
    raw += secret.reveal();
    std::string encoded = to_base64(raw);
    const std::size_t begin = shift == 0 ? 0 : shift + 1;
    const std::size_t end = raw.size() * 8 / 6;
    const std::string_view all = encoded;
    Secret middle(end > begin ? all.substr(begin, end - begin) : std::string_view{});
    wipe(raw);
    wipe(encoded);
    return middle;
}

}  // namespace

void Redactor::hide(const Secret& secret) {
    if (secret.reveal().size() < min_secret_octets)
        return;
    hidden_.push_back(secret);
    for (std::size_t shift = 0; shift < 3; ++shift) {
        Secret middle = base64_middle(secret, shift);
        if (middle.reveal().size() >= min_base64_octets)
            hidden_.push_back(std::move(middle));
    }
}

std::string Redactor::redacted(std::string_view text) const {
    std::string result(text);
    for (const Secret& secret : hidden_)
        for (std::size_t at = result.find(secret.reveal()); at != std::string::npos;
             at = result.find(secret.reveal(), at + 3))
            result.replace(at, secret.reveal().size(), "***");
    return result;
}

}  // namespace mail::imap
