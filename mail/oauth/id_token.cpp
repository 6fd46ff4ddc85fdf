#include "mail/oauth/id_token.h"

#include <algorithm>

#include "mail/base/base64.h"
#include "mail/oauth/answer.h"
#include "mail/oauth/pkce.h"

namespace mail::oauth {

namespace {

tl::unexpected<Error> wrong(const char* claim) {
    return tl::unexpected(error_of(Fault::id_token_wrong, {{"claim", claim}}));
}

std::optional<Document> payload_of(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return std::nullopt;
    auto raw = from_base64url(token.substr(first + 1, second - first - 1));
    return raw ? Document::parse(*raw) : std::nullopt;
}

Result<Person> read(const Document& claims, const Provider& provider, const std::string& client_id,
                    std::chrono::system_clock::time_point now) {
    const std::string issuer = claims.text("iss"), tenant = claims.text("tid");
    if (!issuer_matches(provider, issuer))
        return wrong("iss");
    if (issuer != provider.issuer && issuer != with_tenant_id(provider.issuer, tenant))
        return wrong("tid");
    const auto audience = claims.texts("aud");
    if (!audience || std::ranges::find(*audience, client_id) == audience->end())
        return wrong("aud");
    const std::string party = claims.text("azp");
    if ((audience->size() > 1 && party.empty()) || (!party.empty() && party != client_id))
        return wrong("azp");
    constexpr long long forgiven = 300;
    const long long today =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const auto expires = claims.number("exp"), issued = claims.number("iat");
    if (!expires || *expires < today - forgiven)
        return wrong("exp");
    if (!issued || *issued > today + forgiven)
        return wrong("iat");
    return Person{claims.text("sub"), tenant, claims.text("email"),
                  claims.text("preferred_username")};
}

}  // namespace

Result<Person> read_id_token(const Secret& token, const Provider& provider,
                             const std::string& client_id,
                             std::chrono::system_clock::time_point now) {
    const auto claims = payload_of(token.reveal());
    if (!claims)
        return wrong("form");
    return read(*claims, provider, client_id, now);
}

Result<Person> read_id_token(const Secret& token, const Flow& flow,
                             std::chrono::system_clock::time_point now) {
    const auto claims = payload_of(token.reveal());
    if (!claims)
        return wrong("form");
    if (!same(claims->text("nonce"), flow.nonce.reveal()))
        return wrong("nonce");
    return read(*claims, flow.provider, flow.client_id, now);
}

}  // namespace mail::oauth
