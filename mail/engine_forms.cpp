// The engine's work on what is in a form, saved or not.

#include "mail/diagnose/ladder.h"
#include "mail/engine_state.h"
#include "mail/look_ahead.h"
#include "mail/token_session.h"

namespace mail {

namespace {

// All that is asked together; each has a limit of its own.
constexpr auto proposal_takes = std::chrono::seconds(20);
constexpr auto store_answers_in = std::chrono::seconds(30);
constexpr auto folders_come_in = std::chrono::seconds(90);
constexpr auto forecast_comes_in = std::chrono::minutes(5);

bool refuses_token(const Diagnosis& diagnosis) {
    const diagnose::Step* failed = diagnosis.first_failure();
    return failed != nullptr && failed->error && failed->error->cause == Cause::token_refused;
}

}  // namespace

/// As PointSession takes them; but a password that is in the form goes before all others.
Result<imap::Credentials> Engine::State::credentials_for(const point::Point& form,
                                                         const std::optional<Secret>& typed,
                                                         const Wait& wait) {
    const point::Connection& connection = form.connection;
    if (connection.authentication == point::Authentication::oauth2)
        return keeper.access_token(connection, nullptr, wait).map([&](Secret token) {
            return token_credentials(connection, std::move(token));
        });
    if (connection.shared_mailbox)
        return fail(Cause::point_invalid, Layer::auth, Reach::point,
                    {{"field", "connection.shared_mailbox"}});
    std::optional<Secret> secret = typed;
    if (!secret) {
        const std::scoped_lock lock(mutex);
        secret = given_password(form.id);
    }
    if (!secret) {
        auto stored = stored_password(form, wait.within(store_answers_in));
        if (!stored)
            return fail(stored.error().cause, Layer::auth, Reach::point, stored.error().facts);
        secret = std::move(*stored);
    }
    if (!secret)
        return fail(Cause::password_needed, Layer::auth, Reach::point,
                    {{"login", connection.login}});
    return imap::Credentials{imap::Credentials::Kind::password, connection.login,
                             std::move(*secret)};
}

Result<std::unique_ptr<imap::Session>>
Engine::State::session_for(const point::Point& form, const std::optional<Secret>& typed,
                           const Wait& wait) {
    const point::Connection& connection = form.connection;
    if (connection.authentication == point::Authentication::oauth2)
        return open_with_token(keeper, connection, setup.transcript, wait);
    const auto credentials = credentials_for(form, typed, wait);
    if (!credentials)
        return tl::unexpected(credentials.error());
    return imap::Session::open(point::endpoint_of(connection), *credentials, setup.transcript,
                               wait);
}

Result<void> Engine::State::run(const ListFolders& command, JobId job, const StopToken& stop) {
    // For filling in a definition, and for nothing else.
    if (auto allowed = definitions.allow_definition(command.point.id); !allowed)
        return allowed;
    const auto wait = Wait::for_at_most(folders_come_in, stop);
    const auto session = session_for(command.point, command.password, wait);
    if (!session)
        return tl::unexpected(session.error());
    const auto folders = (*session)->folders(wait);
    if (!folders)
        return tl::unexpected(folders.error());
    (*session)->sign_out(wait);
    board.change_job(job, [&](JobView& view) {
        for (const imap::Folder& folder : *folders)
            if (folder.selectable)
                view.folders.push_back(folder.name);
    });
    return {};
}

Result<void> Engine::State::run(const WhatIf& command, JobId job, const StopToken& stop) {
    const auto wait = Wait::for_at_most(forecast_comes_in, stop);
    auto found = look_ahead([&] { return session_for(command.point, command.password, wait); },
                            command.point, command.last, *ledger, wait);
    if (!found)
        return tl::unexpected(std::move(found.error()));
    board.change_job(job, [&](JobView& view) {
        view.forecast = std::make_shared<const work::Forecast>(std::move(*found));
    });
    return {};
}

Result<void> Engine::State::run(const Diagnose& command, JobId job, const StopToken& stop) {
    const Wait wait{Clock::time_point::max(), stop};
    diagnose::Plan plan{point::endpoint_of(command.point.connection),
                        credentials_for(command.point, command.password, wait),
                        command.point.connection.folder, target_folder_of(command.point),
                        command.point.general.set_folder_while_working
                            ? diagnose::Plan::Target::chosen_at_work
                            : diagnose::Plan::Target::fixed};
    const auto show = [&](const Diagnosis& now) {
        board.change_job(
            job, [&](JobView& view) { view.diagnosis = std::make_shared<const Diagnosis>(now); });
    };
    const auto climb = [&] {
        return diagnose::climb(plan, setup.workspace.disk(), setup.transcript, show, wait);
    };
    Diagnosis found = climb();
    // As work does it: a token that the server refuses is renewed once. Where that can't be done,
    // the ladder says why.
    if (plan.credentials && refuses_token(found)) {
        const Secret refused = plan.credentials->secret;
        plan.credentials =
            keeper.access_token(command.point.connection, &refused, wait).map([&](Secret token) {
                return token_credentials(command.point.connection, std::move(token));
            });
        if (!plan.credentials || plan.credentials->secret.reveal() != refused.reveal())
            found = climb();
    }
    if (found.state == Diagnosis::State::cancelled)
        return fail(Cause::cancelled, Layer::point, Reach::point);
    return {};
}

Result<void> Engine::State::run(const Propose& command, JobId job, const StopToken& stop) {
    auto found = proposal::propose(command.address, setup.proposals,
                                   Wait::for_at_most(proposal_takes, stop));
    if (!found)
        return tl::unexpected(std::move(found.error()));
    board.change_job(job, [&](JobView& view) {
        view.proposal = std::make_shared<const Proposal>(std::move(*found));
    });
    return {};
}

}  // namespace mail
