#include "mail/imap/sasl.h"

#include "mail/base/base64.h"
#include "mail/base/utf8.h"

namespace mail::imap {

namespace {

/// Real ones have some 100 octets; a hostile one is not worth more.
constexpr std::size_t max_challenge_octets = 4096;

/// The `=` and `,` of a GS2 name (RFC 5801, 4).
std::string gs2_name(std::string_view login) {
    std::string name;
    for (const char c : login) {
        if (c == ',')
            name += "=2C";
        else if (c == '=')
            name += "=3D";
        else
            name += c;
    }
    return name;
}

/// Joined without growing, so that the secret leaves no copy behind.
Secret encoded(std::initializer_list<std::string_view> pieces) {
    std::size_t octets = 0;
    for (const std::string_view piece : pieces)
        octets += piece.size();
    std::string raw;
    raw.reserve(octets);
    for (const std::string_view piece : pieces)
        raw += piece;
    std::string base64 = to_base64(raw);
    Secret response(base64);
    wipe(raw);
    wipe(base64);
    return response;
}

}  // namespace

std::string_view name_of(Mechanism mechanism) {
    switch (mechanism) {
    case Mechanism::login:
        return "LOGIN";
    case Mechanism::plain:
        return "PLAIN";
    case Mechanism::oauthbearer:
        return "OAUTHBEARER";
    case Mechanism::xoauth2:
        return "XOAUTH2";
    }
    return {};
}

Result<Mechanism> choose_mechanism(Credentials::Kind kind, const Capabilities& capabilities) {
    std::string offered;
    for (const std::string& mechanism : capabilities.mechanisms)
        offered += (offered.empty() ? "" : " ") + mechanism;
    if (kind == Credentials::Kind::oauth_token) {
        for (const Mechanism mechanism : {Mechanism::oauthbearer, Mechanism::xoauth2})
            if (capabilities.has_mechanism(name_of(mechanism)))
                return mechanism;
        return fail(Cause::mechanism_missing, Layer::auth, Reach::point, {{"mechanisms", offered}});
    }
    if (capabilities.has_mechanism("PLAIN"))
        return Mechanism::plain;
    if (capabilities.login_disabled)
        return fail(Cause::login_disabled, Layer::auth, Reach::point, {{"mechanisms", offered}});
    return Mechanism::login;
}

Secret initial_response(Mechanism mechanism, const Credentials& credentials, std::string_view host,
                        std::uint16_t port) {
    using namespace std::string_view_literals;
    const std::string_view secret = credentials.secret.reveal();
    switch (mechanism) {
    case Mechanism::plain:
        return encoded({"\0"sv, credentials.login, "\0"sv, secret});
    case Mechanism::xoauth2:
        return encoded({"user=", credentials.login, "\1auth=Bearer ", secret, "\1\1"});
    case Mechanism::oauthbearer:
        return encoded({"n,a=", gs2_name(credentials.login), ",\1host=", host,
                        "\1port=", std::to_string(port), "\1auth=Bearer ", secret, "\1\1"});
    case Mechanism::login:
        break;
    }
    return Secret{};
}

std::string_view answer_to_challenge(Mechanism mechanism) {
    // RFC 7628, 3.2.3 wants a lone ^A; XOAUTH2 wants an empty line.
    return mechanism == Mechanism::oauthbearer ? "AQ==" : "";
}

std::string decoded_challenge(std::string_view raw_base64) {
    const auto raw = from_base64(raw_base64.substr(0, max_challenge_octets));
    return raw ? utf8::one_line(*raw) : std::string{};
}

Result<void> check_credentials(const Credentials& credentials) {
    const bool is_password = credentials.kind == Credentials::Kind::password;
    if (credentials.secret.empty())
        return fail(is_password ? Cause::password_needed : Cause::signin_needed, Layer::auth,
                    Reach::point);
    constexpr std::string_view unsendable("\0\r\n", 3);
    const std::string_view secret = credentials.secret.reveal();
    const bool token_splits = !is_password && secret.find('\1') != std::string_view::npos;
    if (credentials.login.find_first_of(unsendable) != std::string::npos ||
        secret.find_first_of(unsendable) != std::string_view::npos || token_splits ||
        !utf8::valid(credentials.login) || !utf8::valid(secret))
        return fail(Cause::bad_credentials_text, Layer::auth, Reach::point);
    return {};
}

}  // namespace mail::imap
