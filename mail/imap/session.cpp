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
#include "mail/imap/sync.h"

namespace mail::imap {

namespace {

/// How a session is opened.
struct Opening {
    const net::Endpoint& endpoint;
    Result<Credentials> credentials;  ///< an error is told where they are needed
    net::StepObserver steps;          ///< may be empty
    std::chrono::seconds greeting_time = ask_time;

    void told(Layer step, Facts seen) const {
        if (steps)
            steps(step, std::move(seen));
    }
};

}  // namespace

struct Session::State {
    State(std::unique_ptr<net::Connection> connection, TranscriptObserver observer)
        : pipeline(std::move(connection), std::move(observer)) {}

    [[nodiscard]] static Result<std::unique_ptr<Session>>
    connect_and_establish(const Opening& opening, const TranscriptObserver& observer,
                          const Wait& connecting, const Wait& wait);
    [[nodiscard]] static Result<std::unique_ptr<Session>>
    establish_over(std::unique_ptr<net::Connection> connection, const Opening& opening,
                   TranscriptObserver observer, const Wait& wait);

    Pipeline pipeline;
    Capabilities capabilities;
    std::optional<Mailbox> selected;
    bool must_be_dropped = false;

    [[nodiscard]] Result<void> may_open() {
        if (must_be_dropped)
            return fail(Cause::connection_lost, Layer::select, Reach::connection,
                        {{"reason", "expunged"}});
        selected.reset();
        return {};
    }
};

namespace {

constexpr std::chrono::seconds sign_out_time{2};
// A server that has just shown its certificate shows it again; more would only delay the error.
constexpr std::chrono::seconds evidence_time{5};
// Who looks on waits for a verdict.
constexpr std::chrono::seconds watched_greeting_time{12}, watched_connect_time{12};

Error not_imap(const Pipeline& pipeline, std::string_view raw_line, std::string protocol) {
    return Error{Cause::not_imap,
                 Layer::greeting,
                 Reach::connection,
                 {{"protocol", std::move(protocol)},
                  {"server_said", pipeline.transcript().quotable(raw_line)}}};
}

Result<Status> greet(Pipeline& pipeline, const Opening& opening, const Wait& wait) {
    const auto reply = pipeline.greeting(wait.within(opening.greeting_time));
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
    // Signed in already, a server cannot be asked for TLS any more: somebody in between may have
    // said so to prevent it.
    if (status->kind == Status::Kind::preauth && !pipeline.connection().encrypted() &&
        opening.endpoint.encryption != net::Encryption::none)
        return fail(Cause::preauth_in_clear, Layer::greeting, Reach::connection);
    pipeline.learn(*status);
    opening.told(Layer::greeting,
                 {{"server_said", pipeline.transcript().quotable(status->words())}});
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

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : " ") + word;
    return all;
}

Facts facts_of(const Pipeline& pipeline, const Capabilities& capabilities) {
    return {{"capabilities", pipeline.transcript().quotable(joined(capabilities.all))},
            {"mechanisms", pipeline.transcript().quotable(joined(capabilities.mechanisms))}};
}

Result<void> start_tls(Pipeline& pipeline, const Opening& opening, const Wait& wait) {
    // A greeting may leave STARTTLS out for brevity: only CAPABILITY itself is the whole list.
    if (!pipeline.capabilities() || !pipeline.capabilities()->starttls)
        pipeline.forget_capabilities();
    const auto offered = known_capabilities(pipeline, wait);
    if (!offered)
        return tl::unexpected(offered.error());
    if (!offered->starttls)
        return fail(Cause::starttls_missing, Layer::starttls, Reach::connection);
    opening.told(Layer::capabilities, facts_of(pipeline, *offered));
    const auto status = ask(pipeline, Layer::starttls, plain_command("STARTTLS"), wait);
    if (!status)
        return tl::unexpected(status.error());
    if (!status->is_ok())
        return tl::unexpected(
            pipeline.refusal(Cause::starttls_refused, Layer::starttls, Reach::connection, *status));
    opening.told(Layer::starttls,
                 {{"server_said", pipeline.transcript().quotable(status->words())}});
    auto started = pipeline.start_tls(wait);
    if (started)
        opening.told(Layer::tls, net::facts_of(Layer::tls, pipeline.connection().evidence()));
    return started;
}

/// TLS if the point wants it and it is not there yet.
Result<void> protect(Pipeline& pipeline, const Opening& opening, const Wait& wait) {
    const net::Encryption encryption = opening.endpoint.encryption;
    if (pipeline.connection().encrypted() || encryption == net::Encryption::none)
        return {};
    if (encryption == net::Encryption::tls)
        return fail(Cause::cleartext_not_allowed, Layer::tls, Reach::connection);
    return start_tls(pipeline, opening, wait);
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
    const Opening opening{endpoint, Credentials(), {}, evidence_time};
    if (!greet(pipeline, opening, shortly))
        return;
    const auto refused = protect(pipeline, opening, shortly);
    if (refused || refused.error().cause != Cause::certificate_changed)
        return;
    for (const std::string_view key :
         {"subject", "issuer", "names", "valid_from", "valid_until", "sha256"})
        error.facts.emplace_back(key, refused.error().fact(key));
}

Wire wire_of(const net::Connection& connection) {
    return connection.encrypted() ? Wire::encrypted : Wire::clear;
}

Result<Capabilities> sign_in_and_ask(Pipeline& pipeline, const Opening& opening, const Wait& wait) {
    const auto before = known_capabilities(pipeline, wait);
    if (!before)
        return before;
    opening.told(Layer::capabilities, facts_of(pipeline, *before));
    if (!opening.credentials)
        return tl::unexpected(opening.credentials.error());
    const Credentials& credentials = *opening.credentials;
    if (auto allowed =
            check_wire(opening.endpoint, credentials.kind, wire_of(pipeline.connection()));
        !allowed)
        return tl::unexpected(std::move(allowed.error()));
    // Most servers offer more after the login, and many say so in its OK.
    pipeline.forget_capabilities();
    pipeline.set_line_end(quirks::line_end_while_signing_in);
    auto mechanism = sign_in(pipeline, opening.endpoint, credentials, *before, wait);
    pipeline.set_line_end(Framer::LineEnd::crlf);
    if (!mechanism)
        return tl::unexpected(std::move(mechanism.error()));
    auto after = known_capabilities(pipeline, wait);
    if (after)
        opening.told(Layer::auth, {{"login", credentials.login},
                                   {"mechanism", std::string(name_of(*mechanism))},
                                   {"capabilities", facts_of(pipeline, *after).front().second}});
    return after;
}

/// A server that greets somebody as signed in already.
Result<Capabilities> take_as_signed_in(Pipeline& pipeline, const Opening& opening,
                                       const Wait& wait) {
    const auto kind = opening.credentials ? opening.credentials->kind : Credentials::Kind::password;
    if (auto allowed = check_wire(opening.endpoint, kind, wire_of(pipeline.connection())); !allowed)
        return tl::unexpected(std::move(allowed.error()));
    auto capabilities = known_capabilities(pipeline, wait);
    if (capabilities)
        opening.told(Layer::capabilities, facts_of(pipeline, *capabilities));
    return capabilities;
}

/// Everything from the greeting to the capabilities after the login.
Result<Capabilities> establish(Pipeline& pipeline, const Opening& opening, const Wait& wait) {
    const auto greeting = greet(pipeline, opening, wait);
    if (!greeting)
        return tl::unexpected(greeting.error());
    if (auto protected_now = protect(pipeline, opening, wait); !protected_now)
        return tl::unexpected(std::move(protected_now.error()));
    return greeting->kind == Status::Kind::preauth ? take_as_signed_in(pipeline, opening, wait)
                                                   : sign_in_and_ask(pipeline, opening, wait);
}

/// A connection as the point wants it, not spoken over yet.
Result<std::unique_ptr<net::Connection>> connect(const Opening& opening, const Wait& wait) {
    const net::Encryption encryption = opening.endpoint.encryption;
    const bool tls_first =
        encryption == net::Encryption::automatic || encryption == net::Encryption::tls;
    const auto first = tls_first ? net::FirstByte::tls : net::FirstByte::clear;
    auto connection = net::Connection::open(opening.endpoint, first, opening.steps, wait);
    // Only a peer that answered our hello in clear gets STARTTLS; a bad certificate never leads
    // here, and what follows never goes on without TLS.
    if (!connection && encryption == net::Encryption::automatic &&
        connection.error().cause == Cause::tls_not_spoken)
        connection =
            net::Connection::open(opening.endpoint, net::FirstByte::clear, opening.steps, wait);
    return connection;
}

}  // namespace

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}

Session::~Session() = default;

Result<std::unique_ptr<Session>>
Session::State::establish_over(std::unique_ptr<net::Connection> connection, const Opening& opening,
                               TranscriptObserver observer, const Wait& wait) {
    auto state = std::make_unique<State>(std::move(connection), std::move(observer));
    if (opening.credentials)
        state->pipeline.transcript().hide(opening.credentials->secret);
    auto capabilities = establish(state->pipeline, opening, wait);
    if (!capabilities)
        return tl::unexpected(std::move(capabilities.error()));
    state->capabilities = std::move(*capabilities);
    return std::unique_ptr<Session>(new Session(std::move(state)));
}

Result<std::unique_ptr<Session>>
Session::State::connect_and_establish(const Opening& opening, const TranscriptObserver& observer,
                                      const Wait& connecting, const Wait& wait) {
    auto connection = connect(opening, connecting);
    if (!connection)
        return tl::unexpected(std::move(connection.error()));
    auto session = establish_over(std::move(*connection), opening, observer, wait);
    if (!session && lacks_certificate(session.error()))
        name_certificate(session.error(), opening.endpoint, observer, wait);
    return session;
}

Result<std::unique_ptr<Session>> Session::open(const net::Endpoint& endpoint,
                                               const Credentials& credentials,
                                               TranscriptObserver observer, const Wait& wait) {
    if (auto usable = check_credentials(credentials); !usable)
        return tl::unexpected(std::move(usable.error()));
    const Wire wire = endpoint.encryption == net::Encryption::none ? Wire::clear : Wire::encrypted;
    if (auto allowed = check_wire(endpoint, credentials.kind, wire); !allowed)
        return tl::unexpected(std::move(allowed.error()));
    return State::connect_and_establish({endpoint, credentials, {}}, observer, wait, wait);
}

Result<std::unique_ptr<Session>> Session::open_by_steps(const net::Endpoint& endpoint,
                                                        const Result<Credentials>& credentials,
                                                        const Observers& observers,
                                                        const Wait& wait) {
    Result<Credentials> usable = credentials;
    if (credentials)
        if (auto checked = check_credentials(*credentials); !checked)
            usable = tl::unexpected(std::move(checked.error()));
    return State::connect_and_establish({endpoint, usable, observers.steps, watched_greeting_time},
                                        observers.transcript, wait.within(watched_connect_time),
                                        wait);
}

Result<std::unique_ptr<Session>> Session::over(std::unique_ptr<net::Connection> connection,
                                               const net::Endpoint& endpoint,
                                               const Credentials& credentials,
                                               TranscriptObserver observer, const Wait& wait) {
    if (auto usable = check_credentials(credentials); !usable)
        return tl::unexpected(std::move(usable.error()));
    return State::establish_over(std::move(connection), {endpoint, credentials, {}},
                                 std::move(observer), wait);
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
    if (auto may = state_->may_open(); !may)
        return tl::unexpected(std::move(may.error()));
    return examine_folder(state_->pipeline, state_->capabilities, folder, wait);
}

Result<Mailbox> Session::select(const std::string& folder, const Wait& wait) {
    if (auto may = state_->may_open(); !may)
        return tl::unexpected(std::move(may.error()));
    auto opened = select_folder(state_->pipeline, state_->capabilities, folder, wait);
    if (opened)
        state_->selected = *opened;
    return opened;
}

const std::optional<Mailbox>& Session::selected() const {
    return state_->selected;
}

Result<Mailbox> Session::open_to_claim(const std::string& folder, const Wait& wait) {
    if (!state_->capabilities.uidplus)
        return examine(folder, wait);
    if (auto may = state_->may_open(); !may)
        return tl::unexpected(std::move(may.error()));
    auto opened = open_folder_to_claim(state_->pipeline, state_->capabilities, folder, wait);
    if (opened && opened->can_claim)
        state_->selected = *opened;
    return opened;
}

Result<Contents> Session::open_to_claim_with_uids(const std::string& folder, const Wait& wait) {
    if (!state_->capabilities.uidplus)
        return examine_with_uids(folder, wait);
    if (auto may = state_->may_open(); !may)
        return tl::unexpected(std::move(may.error()));
    auto opened = open_to_claim_with_uids_of(state_->pipeline, state_->capabilities, folder, wait);
    if (opened && opened->mailbox.can_claim)
        state_->selected = opened->mailbox;
    return opened;
}

Result<Contents> Session::examine_with_uids(const std::string& folder, const Wait& wait) {
    if (auto may = state_->may_open(); !may)
        return tl::unexpected(std::move(may.error()));
    return examine_with_uids_of(state_->pipeline, state_->capabilities, folder, wait);
}

Result<Synced> Session::sync(const SyncRequest& request, const Wait& wait) {
    if (auto may = state_->may_open(); !may)
        return tl::unexpected(std::move(may.error()));
    auto synced = sync_folder(state_->pipeline, state_->capabilities, request, wait);
    if (synced && synced->mailbox.can_claim && is_to_claim(request, state_->capabilities))
        state_->selected = synced->mailbox;
    return synced;
}

std::uint64_t Session::changes_seen() const {
    return state_->pipeline.changes_seen();
}

void Session::must_be_dropped() {
    state_->must_be_dropped = true;
}

void Session::sign_out(const Wait& wait) {
    if (state_->must_be_dropped)
        return;
    // Whatever comes of it: BYE, silence or a cut line, the connection ends with this object.
    (void)ask(state_->pipeline, Layer::auth, plain_command("LOGOUT"), wait.within(sign_out_time));
}

void Session::send_one_after_another() {
    state_->pipeline.send_one_after_another();
}

Pipeline& Session::pipeline() {
    return state_->pipeline;
}

}  // namespace mail::imap
