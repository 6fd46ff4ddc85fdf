#include "mail/oauth/sign_in.h"

#include <set>
#include <sstream>

#include "mail/base/ascii.h"
#include "mail/net/http.h"
#include "mail/net/loopback_server.h"
#include "mail/oauth/discovery.h"
#include "mail/oauth/fault.h"
#include "mail/oauth/redirect_request.h"
#include "mail/oauth/token_endpoint.h"

namespace mail::oauth {

namespace {

using net::LoopbackServer;
using std::chrono::seconds;

constexpr seconds page_within{5};
constexpr int bad_request = 400;

Way way_of(const SignIn& request) {
    return {request.connection.proxy, request.ca_file};
}

Result<Provider> provider_for(const SignIn& request, const Wait& wait) {
    const point::OAuth& settings = request.connection.oauth;
    if (settings.client_id.empty())
        return tl::unexpected(error_of(Fault::client_id_missing));
    if (auto known = known_provider(settings))
        return *std::move(known);
    return discover(settings, way_of(request), wait);
}

std::set<std::string> words_of(const std::string& scopes) {
    std::istringstream words(scopes);
    std::set<std::string> all;
    for (std::string word; words >> word;)
        all.insert(word);
    return all;
}

// What makes a refresh token and what tells who it is comes back under other names, or not at all.
bool may_be_left_out(const std::string& scope) {
    return scope == "offline_access" || scope == "openid" || scope == "profile" || scope == "email";
}

/// What was asked for and not granted (RFC 6749, 3.3: the answer names it where it differs).
std::string missing_scopes(const std::string& asked, const std::string& granted) {
    if (granted.empty())
        return {};
    const auto have = words_of(granted);
    std::string missing;
    for (const std::string& scope : words_of(asked))
        if (!have.contains(scope) && !may_be_left_out(scope))
            missing += (missing.empty() ? "" : " ") + scope;
    return missing;
}

bool same_account(std::string_view a, std::string_view b) {
    return lower_case(a) == lower_case(b);
}

/// The account that these tokens are of, looked at from all sides.
Result<Account> account_of(const SignIn& request, const Provider& provider, Tokens tokens,
                           Result<Person> person) {
    if (!person)
        return tl::unexpected(std::move(person.error()));
    const std::string missing = missing_scopes(provider.scopes, tokens.scope);
    if (!missing.empty())
        return tl::unexpected(error_of(
            Fault::scope_smaller,
            {{"asked", provider.scopes}, {"granted", tokens.scope}, {"missing", missing}}));
    if (tokens.refresh.empty())
        return tl::unexpected(error_of(Fault::no_refresh_token));
    Account account;
    account.provider = provider;
    account.client_id = request.connection.oauth.client_id;
    account.login = request.connection.login;
    account.person = *std::move(person);
    account.granted_scope = provider.scopes;
    account.first_sign_in_at = request.now();
    renew(account, std::move(tokens), request.now());
    return account;
}

void tell(const SignIn& request, const Progress& progress) {
    if (request.observer)
        request.observer(progress);
}

Result<std::unique_ptr<LoopbackServer>> listen(const RedirectPlace& place) {
    const auto addresses =
        place.host == "localhost" ? LoopbackServer::Addresses::both : LoopbackServer::Addresses::v4;
    return LoopbackServer::open(addresses, static_cast<std::uint16_t>(place.port));
}

std::string address_of(const RedirectPlace& place, std::uint16_t port) {
    return "http://" + place.host + ":" + std::to_string(port) + place.path;
}

std::string page_answer(const SignIn& request, int status, const Error* error) {
    std::string html = request.page ? request.page(error) : std::string();
    html += "<script>";
    html += forget_address();
    html += "</script>";
    return redirect_answer(status, html);
}

struct Answered {
    std::unique_ptr<net::Stream> browser;
    RedirectAnswer answer;
};

/// Serves the redirect address until the answer of this flow comes.
Result<Answered> await_answer(LoopbackServer& server, const SignIn& request,
                              const RedirectPlace& place, const Flow& flow, const Wait& wait) {
    using Judgement = LoopbackServer::Judgement;
    RedirectAnswer answer;
    const auto judge = [&](std::string_view received) -> Judgement {
        const auto read = read_redirect_request(received, place.path, server.port());
        switch (read.kind) {
        case RedirectRequest::Kind::incomplete:
            return {};
        case RedirectRequest::Kind::garbage:
            return {Judgement::Kind::answered, ""};
        case RedirectRequest::Kind::refused:
            return {Judgement::Kind::answered, redirect_answer(read.status, "")};
        case RedirectRequest::Kind::redirect:
            break;
        }
        answer = read_answer(flow, read.query);
        // Perhaps a tab of an earlier sign-in, with a person before it.
        if (answer.kind == RedirectAnswer::Kind::not_ours) {
            const Error error = error_of(Fault::answer_not_ours);
            return {Judgement::Kind::answered, page_answer(request, bad_request, &error)};
        }
        return {Judgement::Kind::awaited};
    };
    auto browser = server.serve(judge, wait);
    if (!browser)
        return tl::unexpected(std::move(browser.error()));
    return Answered{*std::move(browser), std::move(answer)};
}

void show_page(const SignIn& request, net::Stream& browser, const Error* error) {
    // The person reads the outcome in the program as well.
    (void)net::write_all(browser, page_answer(request, 200, error), Wait::for_at_most(page_within));
}

/// Nobody but the person tries a sign-in again.
Error of_sign_in(Error error) {
    if (error.cause == Cause::provider_busy)
        error.facts.emplace_back("signing_in", "yes");
    return error;
}

/// The state of a flow stands in the process list (authorization_url): whoever reads it there can
/// bring a code of his own, which fails by PKCE. For a refresh token the same word means its end.
Error redeem_error(Error error) {
    return error.fact("fault") == name_of(Fault::grant_ended) ? error_of(Fault::pkce_mismatch)
                                                              : of_sign_in(std::move(error));
}

Result<Account> redeem(const SignIn& request, const Flow& flow, const Secret& code,
                       const Wait& wait) {
    const TokenEndpoint endpoint(flow.provider, Client{flow.client_id, request.client_secret},
                                 way_of(request));
    auto tokens = endpoint.redeem(flow, code, wait);
    if (!tokens)
        return tl::unexpected(redeem_error(std::move(tokens.error())));
    Result<Person> person;
    if (!tokens->id_token.empty())
        person = read_id_token(tokens->id_token, flow, request.now());
    return account_of(request, flow.provider, *std::move(tokens), std::move(person));
}

Error timed_out_or(Error error, const Wait& wait) {
    if (error.cause == Cause::deadline && !wait.stopped() && wait.left().count() > 0)
        return error_of(Fault::timed_out);
    return error;
}

}  // namespace

bool is_other_account(const Account& account) {
    const Person& person = account.person;
    const bool told = !person.email.empty() || !person.username.empty();
    return told && !same_account(person.email, account.login) &&
           !same_account(person.username, account.login);
}

Result<Account> sign_in_by_browser(const SignIn& request, const Wait& wait) {
    tell(request, {});
    auto provider = provider_for(request, wait);
    if (!provider)
        return tl::unexpected(std::move(provider.error()));
    if (provider->authorize.empty())
        return tl::unexpected(error_of(Fault::browser_not_offered));
    RedirectPlace place{provider->redirect_host, provider->redirect_path, 0};
    if (request.connection.oauth.redirect) {
        const auto own = redirect_place(*request.connection.oauth.redirect);
        if (!own)
            return tl::unexpected(error_of(Fault::redirect_unusable,
                                           {{"redirect", *request.connection.oauth.redirect}}));
        place = *own;
    }
    auto server = listen(place);
    if (!server)
        return tl::unexpected(std::move(server.error()));
    Flow flow = new_flow(*provider, request.connection.oauth.client_id,
                         address_of(place, (*server)->port()));
    flow.login_hint = request.connection.login;
    flow.language = request.language;
    Progress progress;
    progress.stage = Progress::Stage::browser;
    progress.address = authorization_url(flow);
    progress.ends = request.now() + request.longest;
    tell(request, progress);
    progress.browser_opened = request.open_browser && request.open_browser(progress.address);
    tell(request, progress);
    auto answered = await_answer(**server, request, place, flow, wait.within(request.longest));
    server->reset();
    if (!answered)
        return tl::unexpected(timed_out_or(std::move(answered.error()), wait));
    progress.stage = Progress::Stage::redeeming;
    tell(request, progress);
    if (answered->answer.kind == RedirectAnswer::Kind::refused) {
        show_page(request, *answered->browser, &answered->answer.error);
        return tl::unexpected(std::move(answered->answer.error));
    }
    auto account = redeem(request, flow, answered->answer.code, wait);
    show_page(request, *answered->browser, account ? nullptr : &account.error());
    return account;
}

Result<void> hand_over_answer(std::string_view address, const Wait& wait) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = std::min(address.find_first_not_of(blanks), address.size());
    std::string pasted(address.substr(begin, address.find_last_not_of(blanks) + 1 - begin));
    // Browsers leave it out of what is copied from their bar.
    if (pasted.find("://") == std::string::npos)
        pasted.insert(0, "http://");
    const std::size_t query = std::min(pasted.find('?'), pasted.size());
    const auto place = redirect_place(pasted.substr(0, query));
    if (!place || place->port == 0 || query == pasted.size())
        return tl::unexpected(error_of(Fault::answer_not_ours));
    net::HttpRequest request;
    request.url =
        address_of({"127.0.0.1", place->path, 0}, static_cast<std::uint16_t>(place->port));
    request.url += pasted.substr(query);
    const auto answer = net::exchange(request, wait);
    wipe(pasted);
    wipe(request.url);
    constexpr long good = 200;
    if (!answer &&
        (answer.error().cause == Cause::cancelled || answer.error().cause == Cause::deadline))
        return tl::unexpected(answer.error());
    if (!answer || answer->status != good)
        return tl::unexpected(error_of(Fault::answer_not_ours));
    return {};
}

Result<Account> sign_in_by_device(const SignIn& request, const Wait& wait) {
    tell(request, {});
    auto provider = provider_for(request, wait);
    if (!provider)
        return tl::unexpected(std::move(provider.error()));
    const std::string& client_id = request.connection.oauth.client_id;
    const TokenEndpoint endpoint(*provider, Client{client_id, request.client_secret},
                                 way_of(request));
    const auto code = endpoint.begin_device(wait);
    if (!code)
        return tl::unexpected(of_sign_in(code.error()));
    Progress progress;
    progress.stage = Progress::Stage::device;
    progress.address = code->address;
    progress.complete_address = code->complete_address;
    progress.user_code = code->user_code;
    progress.ends = request.now() + code->expires_in;
    tell(request, progress);
    const Wait until = wait.within(code->expires_in);
    seconds interval = code->interval;
    for (;;) {
        if (auto over = until.pause(interval, Layer::oauth, Reach::point); !over)
            return tl::unexpected(over.error().cause == Cause::deadline && wait.left().count() > 0
                                      ? error_of(Fault::device_code_expired)
                                      : std::move(over.error()));
        auto tokens = endpoint.poll_device(*code, interval, until);
        if (!tokens)
            return tl::unexpected(std::move(tokens.error()));
        if (!*tokens)
            continue;
        Result<Person> person;
        if (!(*tokens)->id_token.empty())
            person = read_id_token((*tokens)->id_token, *provider, client_id, request.now());
        return account_of(request, *provider, **std::move(tokens), std::move(person));
    }
}

Result<Account> sign_in_as_application(const SignIn& request, const Wait& wait) {
    auto provider = provider_for(request, wait);
    if (!provider)
        return tl::unexpected(std::move(provider.error()));
    const TokenEndpoint endpoint(*provider,
                                 Client{request.connection.oauth.client_id, request.client_secret},
                                 way_of(request));
    auto tokens = endpoint.client_credentials(provider->scopes, wait);
    if (!tokens)
        return tl::unexpected(of_sign_in(std::move(tokens.error())));
    Account account;
    account.provider = *std::move(provider);
    account.client_id = request.connection.oauth.client_id;
    account.login = request.connection.login;
    account.granted_scope = account.provider.scopes;
    account.first_sign_in_at = request.now();
    renew(account, *std::move(tokens), request.now());
    return account;
}

}  // namespace mail::oauth
