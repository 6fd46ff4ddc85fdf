#include "mail/token_session.h"

namespace mail {

namespace {

constexpr auto sign_in_time = std::chrono::seconds(60);

}  // namespace

imap::Credentials token_credentials(const point::Connection& connection, Secret token) {
    return {imap::Credentials::Kind::oauth_token,
            connection.shared_mailbox.value_or(connection.login), std::move(token)};
}

Result<std::unique_ptr<imap::Session>> open_with_token(oauth::Keeper& keeper,
                                                       const point::Connection& connection,
                                                       const imap::TranscriptObserver& transcript,
                                                       const Wait& wait) {
    const auto open = [&](const Secret& token) {
        return imap::Session::open(point::endpoint_of(connection),
                                   token_credentials(connection, token), transcript,
                                   wait.within(sign_in_time));
    };
    const auto token = keeper.access_token(connection, nullptr, wait);
    if (!token)
        return tl::unexpected(token.error());
    auto session = open(*token);
    if (session || session.error().cause != Cause::token_refused)
        return session;
    const auto renewed = keeper.access_token(connection, &*token, wait);
    if (!renewed)
        return tl::unexpected(renewed.error());
    session = open(*renewed);
    if (!session)
        session.error() = of_fresh_token(std::move(session.error()));
    return session;
}

Error of_fresh_token(Error error) {
    if (error.cause == Cause::token_refused)
        error.facts.emplace_back("fresh", "yes");
    return error;
}

}  // namespace mail
