#include "mail/oauth/account.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "mail/base/base64.h"
#include "mail/base/hash.h"
#include "mail/oauth/answer.h"
#include "mail/point/way.h"

namespace mail::oauth {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::seconds;

constexpr long long version = 1;
constexpr long long most_failures = 1000;

std::string joined(const point::Connection& connection) {
    const point::OAuth& oauth = connection.oauth;
    std::string all;
    for (const std::string& piece :
         {oauth.provider, oauth.issuer.value_or(""), oauth.tenant, oauth.client_id})
        all += piece + '\n';
    return all;
}

long long seconds_of(SystemTime time) {
    return std::chrono::duration_cast<seconds>(time.time_since_epoch()).count();
}

SystemTime time_in(const Document& document, const char* key) {
    return SystemTime(seconds(document.number(key).value_or(0)));
}

// As one text: the reader of answers knows no objects in objects.
std::string text_of(const Facts& facts) {
    Json list = Json::array();
    for (const auto& [key, value] : facts)
        list.push_back({key, value});
    return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Facts facts_in(const std::string& text) {
    Facts facts;
    const Json list = Json::parse(text, nullptr, false);
    if (list.is_array())
        for (const Json& pair : list)
            if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string())
                facts.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
    return facts;
}

}  // namespace

std::string account_key(const point::Connection& connection) {
    // What the application itself was given is no person's.
    const std::string_view whose = connection.oauth.flow == "app" ? "app\n" : "";
    return "oauth-account:" +
           sha256_hex(joined(connection).append(whose) + point::way_sha256(connection));
}

std::string client_secret_key(const point::Connection& connection) {
    return "oauth-client:" + sha256_hex(joined(connection));
}

Secret to_text(const Account& account) {
    const Provider& provider = account.provider;
    Json json{{"version", version},
              {"provider", provider.id},
              {"issuer", provider.issuer},
              {"authorize", provider.authorize},
              {"token", provider.token},
              {"device", provider.device},
              {"revoke", provider.revoke},
              {"scopes", provider.scopes},
              {"secret_in_header", provider.secret_in_header},
              {"client_id", account.client_id},
              {"login", account.login},
              {"subject", account.person.subject},
              {"tenant", account.person.tenant},
              {"email", account.person.email},
              {"username", account.person.username},
              {"granted_scope", account.granted_scope},
              {"expires_at", seconds_of(account.expires_at)},
              {"life", account.life.count()},
              {"refresh_obtained_at", seconds_of(account.refresh_obtained_at)},
              {"first_sign_in_at", seconds_of(account.first_sign_in_at)},
              {"last_refresh_at", seconds_of(account.last_refresh_at)},
              {"generation", account.generation},
              {"failures", account.failures},
              {"not_before", seconds_of(account.not_before)}};
    if (account.trouble) {
        json["trouble"] = name_of(account.trouble->cause);
        json["trouble_facts"] = text_of(account.trouble->facts);
        json["trouble_since"] = seconds_of(account.trouble_since);
    }
    // Last, and put in by hand: no copy of a token stays in the library's tree. They hold no octet
    // that JSON would escape (is_usable_token); a refresh token may, so it goes in as base64url.
    std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    text.pop_back();
    const std::string refresh = to_base64url(account.refresh_token.reveal());
    std::string whole;
    whole.reserve(text.size() + account.access_token.reveal().size() + refresh.size() + 64);
    whole.append(text).append(",\"access_token\":\"");
    whole += to_base64url(account.access_token.reveal());
    whole.append("\",\"refresh_token\":\"").append(refresh).append("\"}");
    Secret secret(whole);
    wipe(whole);
    return secret;
}

Result<Account> account_in(const Secret& text) {
    const auto damaged = [] { return fail(Cause::secrets_damaged, Layer::oauth, Reach::point); };
    const auto document = Document::parse(text.reveal());
    if (!document)
        return damaged();
    const auto seen = document->number("version");
    if (seen && *seen > version)
        return fail(Cause::secrets_newer, Layer::oauth, Reach::point);
    const auto access = from_base64url(document->secret("access_token").reveal());
    const auto refresh = from_base64url(document->secret("refresh_token").reveal());
    if (!seen || !access || !refresh)
        return damaged();
    Account account;
    Provider& provider = account.provider;
    provider.id = document->text("provider");
    provider.issuer = document->text("issuer");
    provider.authorize = document->text("authorize");
    provider.token = document->text("token");
    provider.device = document->text("device");
    provider.revoke = document->text("revoke");
    provider.scopes = document->text("scopes");
    provider.secret_in_header = document->is_true("secret_in_header");
    account.client_id = document->text("client_id");
    account.login = document->text("login");
    account.person = {document->text("subject"), document->text("tenant"), document->text("email"),
                      document->text("username")};
    account.granted_scope = document->text("granted_scope");
    account.access_token = Secret(*access);
    account.refresh_token = Secret(*refresh);
    account.expires_at = time_in(*document, "expires_at");
    account.life = seconds(document->number("life").value_or(0));
    account.refresh_obtained_at = time_in(*document, "refresh_obtained_at");
    account.first_sign_in_at = time_in(*document, "first_sign_in_at");
    account.last_refresh_at = time_in(*document, "last_refresh_at");
    account.generation = static_cast<std::uint64_t>(document->number("generation").value_or(0));
    account.failures =
        static_cast<int>(std::clamp(document->number("failures").value_or(0), 0LL, most_failures));
    account.not_before = time_in(*document, "not_before");
    if (const auto cause = cause_named(document->text("trouble"))) {
        account.trouble =
            Error{*cause, Layer::oauth, Reach::point, facts_in(document->text("trouble_facts"))};
        account.trouble_since = time_in(*document, "trouble_since");
    }
    return account;
}

void renew(Account& account, Tokens tokens, SystemTime now) {
    account.access_token = std::move(tokens.access);
    account.life = tokens.expires_in;
    account.expires_at = now + tokens.expires_in;
    account.last_refresh_at = now;
    if (!tokens.refresh.empty()) {
        account.refresh_token = std::move(tokens.refresh);
        account.refresh_obtained_at = now;
    }
    if (!tokens.scope.empty())
        account.granted_scope = tokens.scope;
    account.trouble.reset();
    account.trouble_since = {};
    account.failures = 0;
    account.not_before = {};
    ++account.generation;
}

bool is_fresh(const Account& account, SystemTime now) {
    constexpr seconds margin{300};
    const seconds before = std::min(std::max(margin, account.life / 10), account.life / 2);
    // A clock that was set back must not make an old token young.
    return !account.access_token.empty() && now < account.expires_at - before &&
           now + before > account.last_refresh_at;
}

}  // namespace mail::oauth
