#include "mail/imap/login.h"

#include <utility>

#include "mail/imap/ask.h"
#include "mail/imap/quirks.h"

namespace mail::imap {

namespace {

/// AUTHENTICATE, with the response in the command or, without SASL-IR, behind the first "+".
class Authentication final : public Exchange {
public:
    Authentication(Mechanism mechanism, Secret response, const Capabilities& capabilities)
        : mechanism_(mechanism), response_(std::move(response)), capabilities_(capabilities) {}

    [[nodiscard]] Layer layer() const override { return Layer::auth; }

    Result<std::optional<Command>> next_command() override {
        if (given_)
            return std::nullopt;
        given_ = true;
        CommandBuilder builder("AUTHENTICATE ", capabilities_);
        builder.words(name_of(mechanism_));
        if (capabilities_.sasl_ir) {
            builder.sasl_response(response_.reveal());
            responded_ = true;
        } else {
            repeated_ = true;
        }
        auto command = builder.finish(Cause::bad_credentials_text, Layer::auth);
        if (!command)
            return tl::unexpected(std::move(command.error()));
        return std::optional(std::move(*command));
    }

    Result<Secret> answer(const Continuation& continuation) override {
        // A server that passes over the response in the command asks for it with nothing said.
        const bool passed_over = responded_ && !repeated_ && continuation.raw_text.empty();
        if (passed_over)
            repeated_ = true;
        if (!std::exchange(responded_, true) || passed_over)
            return response_;
        // All our mechanisms say everything in their first response: what comes now is an error,
        // told before the NO. A server that goes on asking is not answered for ever.
        if (!challenge_.empty() || challenged_)
            return fail(Cause::reply_malformed, Layer::auth, Reach::connection, {{"reply", "+"}});
        challenged_ = true;
        challenge_ = decoded_challenge(continuation.raw_text);
        return Secret(answer_to_challenge(mechanism_));
    }

    Result<void> completed(std::size_t /*command*/, const Status& status) override {
        status_ = status;
        return {};
    }

    Result<Use> untagged(Response& /*response*/) override { return Use::unused; }

    [[nodiscard]] const Status& status() const { return status_; }
    [[nodiscard]] const std::string& challenge() const { return challenge_; }

private:
    Mechanism mechanism_;
    Secret response_;
    const Capabilities& capabilities_;
    bool given_ = false;
    bool responded_ = false;
    bool repeated_ = false;  ///< the response has gone for the last time
    bool challenged_ = false;
    std::string challenge_;
    Status status_;
};

struct Verdict {
    Status status;
    std::string challenge;  ///< what an error challenge said, decoded
};

Result<Verdict> authenticate(Pipeline& pipeline, Mechanism mechanism, Secret response,
                             const Capabilities& capabilities, const Wait& wait) {
    pipeline.transcript().hide(response);
    Authentication exchange(mechanism, std::move(response), capabilities);
    const Pipeline::Pace pace{Pipeline::Patience::total, ask_time, 1};
    if (auto answered = pipeline.run(exchange, pace, wait); !answered)
        return tl::unexpected(std::move(answered.error()));
    return Verdict{exchange.status(), exchange.challenge()};
}

Result<Verdict> log_in(Pipeline& pipeline, const Credentials& credentials,
                       const Capabilities& capabilities, const Wait& wait) {
    CommandBuilder builder("LOGIN", capabilities);
    builder.astring(credentials.login)
        .astring(credentials.secret.reveal(), CommandBuilder::Shown::secret);
    auto command = builder.finish(Cause::bad_credentials_text, Layer::auth);
    if (!command)
        return tl::unexpected(std::move(command.error()));
    auto status = ask(pipeline, Layer::auth, std::move(*command), wait);
    if (!status)
        return tl::unexpected(std::move(status.error()));
    return Verdict{std::move(*status), {}};
}

Cause refused(Credentials::Kind kind) {
    return kind == Credentials::Kind::password ? Cause::login_refused : Cause::token_refused;
}

Cause cause_of_refusal(const Status& status, Credentials::Kind kind) {
    if (quirks::says_login_refused(status))
        return refused(kind);
    if (quirks::says_try_later(status))
        return Cause::server_refused;
    if (quirks::says_limit(status))
        return Cause::server_limit;
    if (status.has_code("PRIVACYREQUIRED"))
        return Cause::login_disabled;
    return refused(kind);
}

bool is_of_somebody(Cause cause) {
    return exit_class_of(cause) == ExitClass::signin;
}

/// Whoever refuses a login must not have it again, whatever he says of trying.
void forbid_trying(Error& error) {
    error.reach = Reach::point;
    std::erase_if(error.facts,
                  [](const auto& fact) { return fact.first.starts_with("try_again"); });
}

/// The conversation broke: perhaps because a server says BYE where others say NO.
Error broken(Error error, Credentials::Kind kind, std::size_t octets = 0) {
    if (error.cause == Cause::login_refused)
        error.cause = refused(kind);
    if (error.cause == Cause::connection_lost && octets > quirks::longest_sasl_response) {
        error.cause = Cause::token_too_long;
        error.facts.emplace_back("octets", std::to_string(octets));
    }
    if (is_of_somebody(error.cause))
        forbid_trying(error);
    return error;
}

Result<Mechanism> judge(const Pipeline& pipeline, Mechanism mechanism, const Verdict& verdict,
                        Credentials::Kind kind) {
    if (verdict.status.is_ok())
        return mechanism;
    const Cause cause = cause_of_refusal(verdict.status, kind);
    Error error = pipeline.refusal(cause, Layer::auth, Reach::connection, verdict.status);
    if (is_of_somebody(cause))
        forbid_trying(error);
    error.facts.emplace_back("mechanism", name_of(mechanism));
    if (!verdict.challenge.empty())
        error.facts.emplace_back("challenge", pipeline.transcript().quotable(verdict.challenge));
    return tl::unexpected(std::move(error));
}

/// A challenge is about the token.
bool is_not_to_be_had(const Verdict& verdict) {
    return !verdict.status.is_ok() && verdict.challenge.empty() &&
           quirks::says_mechanism_unavailable(verdict.status);
}

std::optional<Mechanism> other_way(Mechanism mechanism, const Capabilities& capabilities) {
    if (mechanism == Mechanism::plain && !capabilities.login_disabled)
        return Mechanism::login;
    if (mechanism == Mechanism::oauthbearer && capabilities.has_mechanism("XOAUTH2"))
        return Mechanism::xoauth2;
    return std::nullopt;
}

}  // namespace

Result<void> check_wire(const net::Endpoint& endpoint, Credentials::Kind kind, Wire wire) {
    if (wire == Wire::encrypted)
        return {};
    if (kind == Credentials::Kind::oauth_token)
        return fail(Cause::token_in_clear, Layer::auth, Reach::point);
    if (!net::is_loopback(endpoint.host) && !endpoint.allow_cleartext)
        return fail(Cause::cleartext_not_allowed, Layer::auth, Reach::point,
                    {{"host", endpoint.host}});
    return {};
}

Result<Mechanism> sign_in(Pipeline& pipeline, const net::Endpoint& endpoint,
                          const Credentials& credentials, const Capabilities& capabilities,
                          const Wait& wait) {
    auto mechanism = choose_mechanism(credentials.kind, capabilities);
    if (!mechanism)
        return tl::unexpected(std::move(mechanism.error()));
    while (*mechanism != Mechanism::login) {
        Secret response = initial_response(*mechanism, credentials, endpoint.host, endpoint.port);
        const std::size_t octets = response.reveal().size();
        auto verdict = authenticate(pipeline, *mechanism, std::move(response), capabilities, wait);
        if (!verdict)
            return tl::unexpected(broken(std::move(verdict.error()), credentials.kind, octets));
        const auto other =
            is_not_to_be_had(*verdict) ? other_way(*mechanism, capabilities) : std::nullopt;
        if (!other)
            return judge(pipeline, *mechanism, *verdict, credentials.kind);
        *mechanism = *other;
    }
    auto verdict = log_in(pipeline, credentials, capabilities, wait);
    if (!verdict)
        return tl::unexpected(broken(std::move(verdict.error()), credentials.kind));
    return judge(pipeline, Mechanism::login, *verdict, credentials.kind);
}

}  // namespace mail::imap
