// The engine's work on sign-ins at a provider: what Autoryzacja does, who is signed in, and its
// end.

#include "mail/engine_state.h"
#include "mail/oauth/fault.h"
#include "mail/oauth/sign_in.h"
#include "mail/point/validate.h"
#include "mail/point/workspace_places.h"
#include "mail/token_session.h"

namespace mail {

namespace {

constexpr auto mailbox_opens_in = std::chrono::seconds(60);
// Both wait for a refresh of another program to end (keeper.cpp).
constexpr auto sign_out_takes = std::chrono::seconds(180), account_is_kept_in = sign_out_takes;
// It is answered when the token is there.
constexpr auto answer_is_looked_at_in = std::chrono::seconds(60);

AuthorizationView shown(const oauth::Progress& progress) {
    using From = oauth::Progress::Stage;
    using To = AuthorizationView::Stage;
    const auto stage = [&] {
        switch (progress.stage) {
        case From::preparing:
            return To::preparing;
        case From::browser:
            return To::browser;
        case From::device:
            return To::device;
        case From::redeeming:
            return To::redeeming;
        }
        return To::preparing;
    };
    return {stage(),       progress.address,       progress.complete_address, progress.user_code,
            progress.ends, progress.browser_opened};
}

/// Microsoft's has the tenant in it.
std::string issuer_of(const oauth::Account& account) {
    constexpr std::string_view place = "/{tenantid}";
    std::string issuer = account.provider.issuer;
    const std::size_t at = issuer.find(place);
    if (at == std::string::npos)
        return issuer;
    return account.person.tenant.empty()
               ? issuer.substr(0, at)
               : issuer.replace(at + 1, place.size() - 1, account.person.tenant);
}

AccountView shown(const oauth::Account& account) {
    AccountView view;
    view.login = account.login;
    view.person = account.person.account();
    view.other_person = oauth::is_other_account(account);
    view.issuer = issuer_of(account);
    view.scopes = account.granted_scope;
    view.signed_in = account.first_sign_in_at;
    view.expires = account.expires_at;
    view.refreshed = account.last_refresh_at;
    view.renewable = !account.refresh_token.empty();
    view.error = account.trouble;
    view.error_since = account.trouble_since;
    return view;
}

/// Whether the mailbox opens with the token that has just come.
Result<void> open_mailbox(const point::Connection& connection, const oauth::Account& account,
                          const imap::TranscriptObserver& transcript, const Wait& wait) {
    auto session =
        imap::Session::open(point::endpoint_of(connection),
                            token_credentials(connection, account.access_token), transcript, wait);
    if (!session)
        return tl::unexpected(std::move(session.error()));
    auto opened = (*session)->examine(connection.folder, wait);
    (*session)->sign_out(wait);
    if (!opened)
        return tl::unexpected(std::move(opened.error()));
    return {};
}

/// What the mailbox says to a token of somebody else's is not what has to be mended.
Error mailbox_error(Error error, const oauth::Account& account) {
    const bool refused =
        error.cause == Cause::token_refused || error.cause == Cause::mailbox_not_opened;
    if (!refused || !oauth::is_other_account(account))
        return of_fresh_token(std::move(error));
    return oauth::error_of(oauth::Fault::other_account,
                           {{"account", account.person.account()}, {"login", account.login}});
}

/// Before somebody goes to the browser in vain: what comes of it must be there to stay.
Result<void> try_store(SecretStore& secrets, const std::string& key, const Wait& wait) {
    const std::string tried = key + "/tried";
    // As long as a provider's tokens are together.
    const Secret text(std::string(6000, 'x'));
    if (auto put = secrets.put(tried, text, wait); !put)
        return put;
    const auto got = secrets.get(tried, wait);
    (void)secrets.remove(tried, wait);
    if (!got)
        return tl::unexpected(got.error());
    if (!*got || (*got)->reveal() != text.reveal())
        return fail(Cause::secret_store_unavailable, Layer::workspace, Reach::point);
    return {};
}

}  // namespace

std::string Engine::State::sign_in_locks() const {
    const bool of_the_system = setup.secrets->kind() == SecretStore::Kind::system;
    const auto own = of_the_system ? point::user_data_folder() : std::nullopt;
    const std::string folder = join_path(own.value_or(setup.workspace.folder()), "locks");
    (void)setup.workspace.disk().make_folder(folder, Disk::Access::owner_only);
    return folder;
}

/// A form of a saved point: whoever may work on that point. Any other: whoever may define.
Result<void> Engine::State::allow_account_of(const point::Point& form) {
    return form.id.empty() ? definitions.allow_definition() : Result<void>();
}

Result<oauth::Account> Engine::State::sign_in(const Authorize& command, JobId job,
                                              const Wait& wait) {
    const point::Connection& connection = command.point.connection;
    const Wait store_wait = wait.within(store_keeps_in);
    if (auto works = try_store(*setup.secrets, oauth::account_key(connection), store_wait); !works)
        return tl::unexpected(std::move(works.error()));
    auto client_secret =
        command.client_secret ? command.client_secret : Result<std::optional<Secret>>(std::nullopt);
    if (!command.client_secret)
        client_secret = keeper.client_secret(connection, store_wait);
    if (!client_secret)
        return tl::unexpected(std::move(client_secret.error()));
    oauth::SignIn request;
    request.connection = connection;
    request.client_secret = std::move(*client_secret);
    request.language = command.language;
    request.open_browser = setup.open_browser;
    request.page = [this, &command](const Error* error) {
        return setup.sign_in_page ? setup.sign_in_page(error, command.language) : std::string();
    };
    request.observer = [this, job](const oauth::Progress& progress) {
        board.change_job(job, [&](JobView& view) {
            view.authorization = std::make_shared<const AuthorizationView>(shown(progress));
        });
    };
    if (connection.oauth.flow == "app")
        return oauth::sign_in_as_application(request, wait);
    const bool device = command.by == Authorize::By::device || connection.oauth.flow == "device";
    return device ? oauth::sign_in_by_device(request, wait)
                  : oauth::sign_in_by_browser(request, wait);
}

Result<void> Engine::State::run(const Authorize& command, JobId job, const StopToken& stop) {
    if (auto allowed = allow_account_of(command.point); !allowed)
        return allowed;
    // A form may hold what no stored point does.
    if (const auto wrong = point::first_obstacle(command.point))
        return tl::unexpected(point::error_of(*wrong));
    const Wait wait{Clock::time_point::max(), stop};
    const point::Connection& connection = command.point.connection;
    const auto account = sign_in(command, job, wait);
    if (!account)
        return tl::unexpected(account.error());
    board.change_job(job, [](JobView& view) {
        AuthorizationView now;
        now.stage = AuthorizationView::Stage::mailbox;
        view.authorization = std::make_shared<const AuthorizationView>(now);
    });
    const auto opened =
        open_mailbox(connection, *account, setup.transcript, wait.within(mailbox_opens_in));
    // What the mailbox refuses is of no use, and what was there before may still be.
    if (!opened && exit_class_of(opened.error().cause) == ExitClass::signin)
        return tl::unexpected(mailbox_error(opened.error(), *account));
    // From here on it is theirs: not to be lost by a Cancel that comes too late.
    const Wait keeping = Wait::for_at_most(store_keeps_in);
    if (command.client_secret)
        if (auto kept = setup.secrets->put(oauth::client_secret_key(connection),
                                           *command.client_secret, keeping);
            !kept)
            return kept;
    if (auto kept = keeper.keep(oauth::account_key(connection), *account,
                                Wait::for_at_most(account_is_kept_in));
        !kept)
        return kept;
    forget_session(command.point.id);
    board.change_job(job, [&](JobView& view) {
        view.account = std::make_shared<const AccountView>(shown(*account));
    });
    return opened;
}

Result<void> Engine::State::run(const LookUpAccount& command, JobId job, const StopToken& stop) {
    if (auto allowed = allow_account_of(command.point); !allowed)
        return allowed;
    auto account = keeper.find(oauth::account_key(command.point.connection),
                               Wait::for_at_most(store_keeps_in, stop));
    if (!account)
        return tl::unexpected(std::move(account.error()));
    const auto client_secret =
        keeper.client_secret(command.point.connection, Wait::for_at_most(store_keeps_in, stop));
    board.change_job(job, [&](JobView& view) {
        if (*account)
            view.account = std::make_shared<const AccountView>(shown(**account));
        view.has_client_secret = client_secret && *client_secret;
    });
    return {};
}

Result<void> Engine::State::run(const HandOverAnswer& command, JobId, const StopToken& stop) {
    return oauth::hand_over_answer(command.address.reveal(),
                                   Wait::for_at_most(answer_is_looked_at_in, stop));
}

Result<void> Engine::State::run(const ForgetClientSecret& command, JobId, const StopToken& stop) {
    // It is the office's, not the point's.
    if (auto allowed = definitions.allow_definition(); !allowed)
        return allowed;
    return setup.secrets->remove(oauth::client_secret_key(command.point.connection),
                                 Wait::for_at_most(store_keeps_in, stop));
}

Result<void> Engine::State::run(const SignOut& command, JobId, const StopToken& stop) {
    if (auto allowed = allow_account_of(command.point); !allowed)
        return allowed;
    forget_session(command.point.id);
    return keeper.sign_out(command.point.connection, Wait::for_at_most(sign_out_takes, stop));
}

}  // namespace mail
