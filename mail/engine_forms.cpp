// The engine's work on what is in a form, saved or not.

#include "mail/base/ask_folder.h"
#include "mail/diagnose/ladder.h"
#include "mail/diagnose/target.h"
#include "mail/engine_state.h"
#include "mail/token_session.h"

namespace mail {

namespace {

// All that is asked together; each has a limit of its own.
constexpr auto proposal_takes = std::chrono::seconds(20);
constexpr auto store_answers_in = std::chrono::seconds(30);
constexpr auto folders_come_in = std::chrono::seconds(90);

/// The highest that is not there, of the folder and those above it; "" if it is there.
std::string first_missing(Disk& disk, std::string folder) {
    std::string missing;
    for (;;) {
        const auto there = disk.look(folder);
        if (there || (there.error().cause != Cause::file_not_found &&
                      there.error().cause != Cause::folder_not_found))
            return missing;
        missing = folder;
        folder = parent_path(folder);
        if (folder.empty() || folder == missing)
            return missing;
    }
}

/// Asked on a thread that nobody may be waiting for any more: of a network share that has gone the
/// system says nothing for minutes.
struct FolderQuestion {
    Disk& disk;
    std::string folder;
    bool make;
    Wait wait;
    Result<Facts> found;

    void ask() {
        found =
            ready().and_then([&] { return diagnose::try_target(disk, folder); }).map(little_room);
    }

private:
    [[nodiscard]] Result<void> ready() const {
        const std::string missing = first_missing(disk, folder);
        if (missing.empty())
            return {};
        if (missing != folder)
            return fail(Cause::folder_not_found, Layer::target, Reach::point,
                        {{"path", folder}, {"missing", missing}});
        if (!make)
            return fail(Cause::folder_not_found, Layer::target, Reach::point, {{"path", folder}});
        // Who has given up must not find it made later.
        return wait.check(Layer::target, Reach::point).and_then([&] {
            return disk.make_folder(folder, Disk::Access::usual);
        });
    }

    static Facts little_room(const Facts& tried) {
        for (const auto& [key, value] : tried)
            if (key == "free_octets" && std::stoull(value) < diagnose::little_room_octets)
                return {{key, value}};
        return {};
    }
};

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

/// The folder that work would use now, where the form names no other.
std::string Engine::State::target_folder_of(const point::Point& form) const {
    const auto shown = board.point(form.id);
    const bool unchanged = shown && shown->definition->general.folder == form.general.folder &&
                           shown->definition->general.ocr_point == form.general.ocr_point;
    return unchanged ? shown->target_folder : given_folder_or(form.id, defined_folder(form));
}

Result<std::unique_ptr<imap::Session>> Engine::State::session_for(const ListFolders& command,
                                                                  const Wait& wait) {
    const point::Connection& connection = command.point.connection;
    if (connection.authentication == point::Authentication::oauth2)
        return open_with_token(keeper, connection, setup.transcript, wait);
    const auto credentials = credentials_for(command.point, command.password, wait);
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
    const auto session = session_for(command, wait);
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

/// The name of another point that files into that folder, or "".
std::string Engine::State::other_user_of(const std::string& folder,
                                         const std::string& form_of) const {
    const auto whole = [](const std::string& path) { return join_path(absolute_path(path), ""); };
    const auto known = definitions.known();
    for (const point::StoredPoint& stored : known->points) {
        if (!stored.point || stored.point->id == form_of)
            continue;
        const point::General& general = stored.point->general;
        if (!general.folder.empty() && !general.ocr_point &&
            whole(absolute_in_workspace(general.folder)) == whole(folder))
            return stored.point->name;
    }
    return "";
}

Result<void> Engine::State::run(const CheckFolder& command, JobId job, const StopToken& stop) {
    // As was read last: to read it anew is for the thread that changes definitions.
    if (const auto known = definitions.known(); !known->may_define())
        return fail(Cause::no_permission, Layer::workspace, Reach::point,
                    {{"administrators", point::administrators_of(*known->operators)}});
    const auto wait = Wait::for_at_most(setup.folder_answers_in, stop);
    const std::string folder = absolute_in_workspace(command.folder);
    const auto question = std::make_shared<FolderQuestion>(
        FolderQuestion{setup.workspace.disk(), folder, command.make, wait, Facts()});
    auto asked = ask_folder(
        folder, [question] { question->ask(); }, wait);
    if (!asked)
        return asked;
    if (!question->found)
        return tl::unexpected(question->found.error());
    Facts facts = std::move(*question->found);
    if (std::string other = other_user_of(folder, command.form_of); !other.empty())
        facts.emplace_back("used_by", std::move(other));
    board.change_job(job, [&](JobView& view) { view.folder_facts = std::move(facts); });
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
