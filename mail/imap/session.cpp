#include "mail/imap/session.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/imap/ask.h"
#include "mail/imap/examine.h"
#include "mail/imap/login.h"
#include "mail/imap/pipeline.h"
#include "mail/imap/quirks.h"
#include "mail/imap/sasl.h"

namespace mail::imap {

struct Session::State {
    State(std::unique_ptr<net::Connection> connection, TranscriptObserver observer)
        : pipeline(std::move(connection), std::move(observer)) {}

    Pipeline pipeline;
    Capabilities capabilities;
};

namespace {

constexpr std::chrono::seconds sign_out_time{2};
// A server that has just shown its certificate shows it again; more would only delay the error.
constexpr std::chrono::seconds evidence_time{5};

Error not_imap(const Pipeline& pipeline, std::string_view raw_line, std::string protocol) {
    return Error{Cause::not_imap,
                 Layer::greeting,
                 Reach::connection,
                 {{"protocol", std::move(protocol)},
                  {"server_said", pipeline.transcript().quotable(raw_line)}}};
}

Result<Status> greet(Pipeline& pipeline, const Wait& wait) {
    const auto reply = pipeline.greeting(wait.within(ask_time));
    if (!reply)
        return tl::unexpected(reply.error());
    if (const auto protocol = quirks::foreign_protocol(reply->raw))
        return tl::unexpected(not_imap(pipeline, reply->raw, *protocol));
    auto response = parse_response(*reply);
    const auto* status = response ? std::get_if<Status>(&*response) : nullptr;
    if (status == nullptr)
        return tl::unexpected(not_imap(pipeline, reply->raw, "unknown"));
    if (!status->is_ok())
        return tl::unexpected(pipeline.refusal(quirks::says_limit(*status) ? Cause::server_limit
                                                                           : Cause::server_says_bye,
                                               Layer::greeting, Reach::connection, *status));
    pipeline.learn(*status);
    return *status;
}

/// What the server said last, or says now if it has not yet.
Result<Capabilities> known_capabilities(Pipeline& pipeline, const Wait& wait) {
    if (!pipeline.capabilities()) {
        const auto status = ask(pipeline, Layer::capabilities, plain_command("CAPABILITY"), wait);
        if (!status)
            return tl::unexpected(status.error());
        if (!status->is_ok())
            return tl::unexpected(pipeline.refusal(Cause::server_refused, Layer::capabilities,
                                                   Reach::connection, *status));
    }
    return pipeline.capabilities().value_or(Capabilities{});
}

Result<void> start_tls(Pipeline& pipeline, const Wait& wait) {
    // A greeting may leave STARTTLS out for brevity: only CAPABILITY itself is the whole list.
    if (!pipeline.capabilities() || !pipeline.capabilities()->starttls)
        pipeline.forget_capabilities();
    const auto offered = known_capabilities(pipeline, wait);
    if (!offered)
        return tl::unexpected(offered.error());
    if (!offered->starttls)
        return fail(Cause::starttls_missing, Layer::starttls, Reach::connection);
    const auto status = ask(pipeline, Layer::starttls, plain_command("STARTTLS"), wait);
    if (!status)
        return tl::unexpected(status.error());
    if (!status->is_ok())
        return tl::unexpected(
            pipeline.refusal(Cause::starttls_refused, Layer::starttls, Reach::connection, *status));
    return pipeline.start_tls(wait);
}

/// TLS if the point wants it and it is not there yet.
Result<void> protect(Pipeline& pipeline, const net::Endpoint& endpoint, const Status& greeting,
                     const Wait& wait) {
    if (pipeline.connection().encrypted() || endpoint.encryption == net::Encryption::none)
        return {};
    // Signed in already, a server cannot be asked for TLS any more: somebody in between may have
    // said so to prevent it.
    if (greeting.kind == Status::Kind::preauth)
        return fail(Cause::preauth_in_clear, Layer::greeting, Reach::connection);
    if (endpoint.encryption == net::Encryption::tls)
        return fail(Cause::cleartext_not_allowed, Layer::tls, Reach::connection);
    return start_tls(pipeline, wait);
}

bool lacks_certificate(const Error& error) {
    constexpr std::array causes{Cause::certificate_untrusted, Cause::certificate_expired,
                                Cause::certificate_name, Cause::certificate_self_signed};
    return std::find(causes.begin(), causes.end(), error.cause) != causes.end() &&
           error.fact("sha256").empty();
}

/// Of a chain that was refused behind STARTTLS nothing is known. A second connection, with a pin
/// that no certificate has and to which nothing is sent after the handshake, names it.
void name_certificate(Error& error, net::Endpoint endpoint, const TranscriptObserver& observer,
                      const Wait& wait) {
    endpoint.pinned_certificate = std::string(64, '0');
    const Wait shortly = wait.within(evidence_time);
    auto connection = net::Connection::open(endpoint, net::FirstByte::clear, shortly);
    if (!connection)
        return;
    Pipeline pipeline(std::move(*connection), observer);
    const auto greeting = greet(pipeline, shortly);
    if (!greeting)
        return;
    const auto refused = protect(pipeline, endpoint, *greeting, shortly);
    if (refused || refused.error().cause != Cause::certificate_changed)
        return;
    for (const std::string_view key :
         {"subject", "issuer", "names", "valid_from", "valid_until", "sha256"})
        error.facts.emplace_back(key, refused.error().fact(key));
}

Result<Capabilities> sign_in_and_ask(Pipeline& pipeline, const net::Endpoint& endpoint,
                                     const Credentials& credentials, const Wait& wait) {
    const auto before = known_capabilities(pipeline, wait);
    if (!before)
        return before;
    // Most servers offer more after the login, and many say so in its OK.
    pipeline.forget_capabilities();
    pipeline.set_line_end(quirks::line_end_while_signing_in);
    auto signed_in = sign_in(pipeline, endpoint, credentials, *before, wait);
    pipeline.set_line_end(Framer::LineEnd::crlf);
    if (!signed_in)
        return tl::unexpected(std::move(signed_in.error()));
    return known_capabilities(pipeline, wait);
}

Wire wire_of(const net::Connection& connection) {
    return connection.encrypted() ? Wire::encrypted : Wire::clear;
}

/// Everything from the greeting to the capabilities after the login.
Result<Capabilities> establish(Pipeline& pipeline, const net::Endpoint& endpoint,
                               const Credentials& credentials, const Wait& wait) {
    const auto greeting = greet(pipeline, wait);
    if (!greeting)
        return tl::unexpected(greeting.error());
    if (auto protected_now = protect(pipeline, endpoint, *greeting, wait); !protected_now)
        return tl::unexpected(std::move(protected_now.error()));
    if (auto allowed = check_wire(endpoint, credentials.kind, wire_of(pipeline.connection()));
        !allowed)
        return tl::unexpected(std::move(allowed.error()));
    if (greeting->kind == Status::Kind::preauth)
        return known_capabilities(pipeline, wait);
    return sign_in_and_ask(pipeline, endpoint, credentials, wait);
}

}  // namespace

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}

Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(const net::Endpoint& endpoint,
                                               const Credentials& credentials,
                                               TranscriptObserver observer, const Wait& wait) {
    if (auto usable = check_credentials(credentials); !usable)
        return tl::unexpected(std::move(usable.error()));
    const net::Encryption encryption = endpoint.encryption;
    const Wire wire = encryption == net::Encryption::none ? Wire::clear : Wire::encrypted;
    if (auto allowed = check_wire(endpoint, credentials.kind, wire); !allowed)
        return tl::unexpected(std::move(allowed.error()));
    const bool tls_first =
        encryption == net::Encryption::automatic || encryption == net::Encryption::tls;
    auto connection = net::Connection::open(
        endpoint, tls_first ? net::FirstByte::tls : net::FirstByte::clear, wait);
    // Only a peer that answered our hello in clear gets STARTTLS; a bad certificate never leads
    // here, and what follows never goes on without TLS.
    if (!connection && encryption == net::Encryption::automatic &&
        connection.error().cause == Cause::tls_not_spoken)
        connection = net::Connection::open(endpoint, net::FirstByte::clear, wait);
    if (!connection)
        return tl::unexpected(std::move(connection.error()));
    auto session = over(std::move(*connection), endpoint, credentials, observer, wait);
    if (!session && lacks_certificate(session.error()))
        name_certificate(session.error(), endpoint, observer, wait);
    return session;
}

Result<std::unique_ptr<Session>> Session::over(std::unique_ptr<net::Connection> connection,
                                               const net::Endpoint& endpoint,
                                               const Credentials& credentials,
                                               TranscriptObserver observer, const Wait& wait) {
    if (auto usable = check_credentials(credentials); !usable)
        return tl::unexpected(std::move(usable.error()));
    auto state = std::make_unique<State>(std::move(connection), std::move(observer));
    state->pipeline.transcript().hide(credentials.secret);
    auto capabilities = establish(state->pipeline, endpoint, credentials, wait);
    if (!capabilities)
        return tl::unexpected(std::move(capabilities.error()));
    state->capabilities = std::move(*capabilities);
    return std::unique_ptr<Session>(new Session(std::move(state)));
}

const Capabilities& Session::capabilities() const {
    return state_->capabilities;
}

const net::Evidence& Session::evidence() const {
    return state_->pipeline.connection().evidence();
}

Result<std::vector<Folder>> Session::folders(const Wait& wait) {
    return list_folders(state_->pipeline, wait);
}

Result<Mailbox> Session::examine(const std::string& folder, const Wait& wait) {
    return examine_folder(state_->pipeline, state_->capabilities, folder, wait);
}

Result<Contents> Session::examine_with_uids(const std::string& folder, const Wait& wait) {
    return examine_with_uids_of(state_->pipeline, state_->capabilities, folder, wait);
}

void Session::sign_out(const Wait& wait) {
    // Whatever comes of it: BYE, silence or a cut line, the connection ends with this object.
    (void)ask(state_->pipeline, Layer::auth, plain_command("LOGOUT"), wait.within(sign_out_time));
}

Pipeline& Session::pipeline() {
    return state_->pipeline;
}

}  // namespace mail::imap
