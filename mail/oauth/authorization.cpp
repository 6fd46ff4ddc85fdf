#include "mail/oauth/authorization.h"

#include <algorithm>
#include <map>

#include "mail/base/ascii.h"
#include "mail/net/http.h"
#include "mail/oauth/fault.h"
#include "mail/oauth/pkce.h"

namespace mail::oauth {

namespace {

using Parameters = std::multimap<std::string, std::string>;

std::string decoded(std::string_view text) {
    std::string raw;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
        if (text[i] == '%' && high >= 0 && low >= 0) {
            raw += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            raw += text[i] == '+' ? ' ' : text[i];
        }
    }
    return raw;
}

Parameters parameters_of(std::string_view query) {
    Parameters all;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (!pair.empty())
            all.emplace(decoded(pair.substr(0, equals)),
                        decoded(pair.substr(std::min(equals + 1, pair.size()))));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return all;
}

std::string value_of(const Parameters& all, const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? std::string() : found->second;
}

RedirectAnswer refused(Error error) {
    return {RedirectAnswer::Kind::refused, {}, std::move(error)};
}

}  // namespace

Flow new_flow(Provider provider, std::string client_id, std::string redirect_uri) {
    Flow flow;
    flow.provider = std::move(provider);
    flow.client_id = std::move(client_id);
    flow.redirect_uri = std::move(redirect_uri);
    flow.verifier = new_random_value();
    flow.state = new_random_value();
    flow.nonce = new_random_value();
    return flow;
}

std::string authorization_url(const Flow& flow) {
    std::string url = flow.provider.authorize;
    char next = url.find('?') == std::string::npos ? '?' : '&';
    const auto add = [&](std::string_view name, std::string_view value) {
        if (value.empty())
            return;
        url += next;
        url.append(name).append("=").append(net::percent_encoded(value));
        next = '&';
    };
    add("response_type", "code");
    add("client_id", flow.client_id);
    add("redirect_uri", flow.redirect_uri);
    add("scope", flow.provider.scopes);
    add("state", flow.state.reveal());
    add("code_challenge", challenge_of(flow.verifier));
    add("code_challenge_method", "S256");
    if ((" " + flow.provider.scopes + " ").find(" openid ") != std::string::npos)
        add("nonce", flow.nonce.reveal());
    add("login_hint", flow.login_hint);
    add(flow.provider.id == "google" ? "hl" : "ui_locales", flow.language);
    if (!flow.provider.authorize_more.empty())
        (url += next) += flow.provider.authorize_more;
    return url;
}

RedirectAnswer read_answer(const Flow& flow, std::string_view query) {
    const Parameters all = parameters_of(query);
    if (all.count("state") != 1 || !same(value_of(all, "state"), flow.state.reveal()))
        return {};
    for (const char* name : {"code", "iss", "error", "error_description"})
        if (all.count(name) > 1)
            return refused(error_of(Fault::answer_malformed, {{"parameter", name}}));
    const std::string issuer = value_of(all, "iss");
    const bool named = all.contains("iss");
    if (named ? !issuer_matches(flow.provider, issuer) : flow.provider.always_names_issuer)
        return refused(
            error_of(Fault::issuer_mismatch, {{"issuer", flow.provider.issuer}, {"seen", issuer}}));
    const std::string error = value_of(all, "error");
    if (!error.empty()) {
        Refusal refusal;
        refusal.error = error;
        refusal.suberror = value_of(all, "error_subcode");
        refusal.description = value_of(all, "error_description");
        refusal.number = number_in(refusal.description);
        return refused(error_of(refusal));
    }
    const std::string code = value_of(all, "code");
    if (code.empty())
        return refused(error_of(Fault::answer_malformed, {{"parameter", "code"}}));
    return {RedirectAnswer::Kind::code, Secret(code), {}};
}

}  // namespace mail::oauth
