#include "mail/oauth/token_endpoint.h"

#include <algorithm>
#include <charconv>

#include "mail/base/base64.h"
#include "mail/oauth/answer.h"

namespace mail::oauth {

namespace {

using std::chrono::seconds;

constexpr seconds answers_in{30};
// What timed out may have been carried out, and then the old token is dead: better to wait.
constexpr seconds refresh_answers_in{60};
constexpr seconds revokes_in{5};
constexpr seconds usual_life{3600};
constexpr std::size_t longest_token = 64 * 1024;

seconds life_of(const Document& document, const char* key, seconds otherwise) {
    constexpr long long longest = 365LL * 24 * 3600;
    const auto number = document.number(key);
    return number && *number > 0 ? seconds(std::min(*number, longest)) : otherwise;
}

bool same_ignoring_case(std::string_view text, std::string_view lower) {
    return std::ranges::equal(text, lower, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

}  // namespace

/// application/x-www-form-urlencoded; may hold secrets.
class TokenEndpoint::Form {
public:
    Form() = default;
    Form(Form&& other) noexcept : text_(std::move(other.text_)) { wipe(other.text_); }
    Form(const Form&) = delete;
    Form& operator=(const Form&) = delete;
    Form& operator=(Form&&) = delete;
    ~Form() { wipe(text_); }

    Form& add(std::string_view name, std::string_view value) {
        std::string encoded = net::percent_encoded(value);
        std::string longer;
        longer.reserve(text_.size() + name.size() + encoded.size() + 2);
        longer.append(text_).append(text_.empty() ? "" : "&").append(name).append("=");
        longer.append(encoded);
        wipe(encoded);
        wipe(text_);
        text_ = std::move(longer);
        return *this;
    }
    [[nodiscard]] Secret secret() const { return Secret(text_); }

private:
    std::string text_;
};

Result<Tokens> read_tokens(const net::HttpAnswer& answer) {
    auto document = document_in(answer);
    if (!document)
        return tl::unexpected(std::move(document.error()));
    Tokens tokens;
    tokens.access = document->secret("access_token");
    tokens.refresh = document->secret("refresh_token");
    if (!same_ignoring_case(document->text("token_type"), "bearer") ||
        !is_usable_token(tokens.access.reveal()) ||
        (!tokens.refresh.empty() && tokens.refresh.reveal().size() > longest_token))
        return tl::unexpected(error_of(Fault::token_unusable));
    tokens.expires_in = life_of(*document, "expires_in", usual_life);
    tokens.scope = document->text("scope");
    tokens.id_token = document->secret("id_token");
    tokens.date = answer.date;
    return tokens;
}

bool is_usable_token(std::string_view token) {
    return !token.empty() && token.size() <= longest_token &&
           std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7F'; });
}

TokenEndpoint::TokenEndpoint(Provider provider, Client client, Way way)
    : provider_(std::move(provider)), client_(std::move(client)), way_(std::move(way)) {}

Result<net::HttpAnswer> TokenEndpoint::post(const std::string& url, Form form,
                                            const Wait& wait) const {
    net::HttpRequest request;
    request.url = url;
    request.accept = "application/json";
    request.proxy = way_.proxy;
    request.ca_file = way_.ca_file;
    if (client_.secret && provider_.secret_in_header) {
        // Encoded first, then joined (RFC 6749, 2.3.1).
        std::string pair = net::percent_encoded(client_.id) + ":";
        std::string encoded = net::percent_encoded(client_.secret->reveal());
        pair.reserve(pair.size() + encoded.size());
        pair += encoded;
        std::string basic = to_base64(pair);
        request.authorization = Secret("Basic " + basic);
        wipe(pair);
        wipe(encoded);
        wipe(basic);
    } else {
        form.add("client_id", client_.id);
        if (client_.secret)
            form.add("client_secret", client_.secret->reveal());
    }
    request.form = form.secret();
    return net::exchange(request, wait);
}

Result<Tokens> TokenEndpoint::tokens(Form form, const Wait& wait) const {
    return post(provider_.token, std::move(form), wait).and_then(read_tokens);
}

Result<Tokens> TokenEndpoint::redeem(const Flow& flow, const Secret& code, const Wait& wait) const {
    Form form;
    form.add("grant_type", "authorization_code")
        .add("code", code.reveal())
        .add("redirect_uri", flow.redirect_uri)
        .add("code_verifier", flow.verifier.reveal());
    return tokens(std::move(form), wait.within(answers_in));
}

Result<Tokens> TokenEndpoint::refresh(const Secret& refresh_token, const Wait& wait) const {
    Form form;
    form.add("grant_type", "refresh_token").add("refresh_token", refresh_token.reveal());
    return tokens(std::move(form), wait.within(refresh_answers_in));
}

Result<Tokens> TokenEndpoint::client_credentials(const std::string& scope, const Wait& wait) const {
    Form form;
    form.add("grant_type", "client_credentials");
    if (!scope.empty())
        form.add("scope", scope);
    return tokens(std::move(form), wait.within(answers_in));
}

Result<void> TokenEndpoint::revoke(const Secret& token, const Wait& wait) const {
    if (provider_.revoke.empty() || token.empty())
        return {};
    Form form;
    form.add("token", token.reveal());
    const auto answer = post(provider_.revoke, std::move(form), wait.within(revokes_in));
    if (!answer)
        return tl::unexpected(answer.error());
    constexpr long good = 200;
    if (answer->status != good)
        return tl::unexpected(
            error_of(Fault::unknown, {{"status", std::to_string(answer->status)}}));
    return {};
}

Result<TokenEndpoint::DeviceCode> TokenEndpoint::begin_device(const Wait& wait) const {
    if (provider_.device.empty())
        return tl::unexpected(error_of(Fault::device_not_offered));
    Form form;
    form.add("scope", provider_.scopes);
    // As in the browser; the RFC has whoever does not know it ignore it (8628, 3.1).
    if (provider_.authorize_more.find("prompt=consent") != std::string::npos)
        form.add("prompt", "consent");
    auto document =
        post(provider_.device, std::move(form), wait.within(answers_in)).and_then(document_in);
    if (!document)
        return tl::unexpected(std::move(document.error()));
    constexpr seconds shortest{1}, longest_interval{300}, usual_interval{5}, usual_end{900};
    DeviceCode code;
    code.device_code = document->secret("device_code");
    code.user_code = document->text("user_code");
    code.address = document->text("verification_uri");
    if (code.address.empty())
        code.address = document->text("verification_url");  // Google's spelling before the RFC
    code.complete_address = document->text("verification_uri_complete");
    code.expires_in = life_of(*document, "expires_in", usual_end);
    code.interval =
        std::clamp(life_of(*document, "interval", usual_interval), shortest, longest_interval);
    if (code.device_code.empty() || code.user_code.empty() || code.address.empty())
        return tl::unexpected(error_of(Fault::not_json));
    return code;
}

Result<std::optional<Tokens>> TokenEndpoint::poll_device(const DeviceCode& code, seconds& interval,
                                                         const Wait& wait) const {
    constexpr seconds slower{5}, longest{300};
    Form form;
    form.add("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
        .add("device_code", code.device_code.reveal());
    auto answered = tokens(std::move(form), wait.within(answers_in));
    if (answered)
        return std::optional(*std::move(answered));
    const std::string_view said = answered.error().fact("error");
    if (said == "authorization_pending")
        return std::optional<Tokens>();
    if (said == "slow_down") {
        interval = std::min(interval + slower, longest);
        return std::optional<Tokens>();
    }
    // The code outlives a server that is busy and a network that is away for a while.
    const bool may_pass = retry_of(answered.error().cause) != Retry::never;
    if (may_pass && !wait.stopped() && wait.left().count() > 0) {
        const auto told = retry_after(answered.error(), std::chrono::system_clock::now());
        interval = std::min(std::max(2 * interval, told.value_or(seconds(0))), longest);
        return std::optional<Tokens>();
    }
    return tl::unexpected(std::move(answered.error()));
}

std::optional<seconds> retry_after(const Error& error, std::chrono::system_clock::time_point now) {
    constexpr seconds longest{3600};
    const std::string_view text = error.fact("retry_after");
    if (text.empty())
        return std::nullopt;
    long long number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault == std::errc() && end == text.data() + text.size())
        return std::clamp(seconds(std::clamp(number, 0LL, 3600LL)), seconds(0), longest);
    const auto at = net::http_date(text);
    if (!at)
        return std::nullopt;
    return std::clamp(std::chrono::duration_cast<seconds>(*at - now), seconds(0), longest);
}

}  // namespace mail::oauth
