// What an Engine remembers of what was done: the activity log, and the quarantine.

#include <algorithm>
#include <iterator>
#include <limits>

#include "mail/engine_state.h"
#include "mail/work/quarantine.h"

namespace mail {

namespace {

using store::Action;

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// What a command that is done has changed beside messages: those the ledger logs itself.
struct ActionOf {
    std::optional<Action> operator()(const SetFolder& command) const {
        return about(Action::What::folder_set, command.point);
    }
    std::optional<Action> operator()(const GivePassword& command) const {
        if (!command.remember)
            return std::nullopt;
        return about(Action::What::password_saved, command.point);
    }
    std::optional<Action> operator()(const ForgetPassword& command) const {
        return about(Action::What::password_deleted, command.point);
    }
    std::optional<Action> operator()(const SavePoint& command) const {
        return about(Action::What::point_saved, command.point.id);
    }
    std::optional<Action> operator()(const ImportPoint&) const {
        return about(Action::What::point_saved, {});
    }
    std::optional<Action> operator()(const DeletePoint& command) const {
        return about(Action::What::point_deleted, command.point);
    }
    std::optional<Action> operator()(const RestorePoint& command) const {
        return about(Action::What::point_restored, command.point);
    }
    std::optional<Action> operator()(const SaveOperators&) const {
        return about(Action::What::operators_saved, {});
    }
    std::optional<Action> operator()(const SaveRetention& command) const {
        return about(Action::What::retention_saved, {},
                     std::to_string(command.retention.log_days) + "/" +
                         std::to_string(command.retention.list_days));
    }
    std::optional<Action> operator()(const Authorize& command) const {
        return about(Action::What::signed_in, command.point.id, command.point.connection.login);
    }
    std::optional<Action> operator()(const SignOut& command) const {
        return about(Action::What::signed_out, command.point.id, command.point.connection.login);
    }
    std::optional<Action> operator()(const AllowOcrCommand& command) const {
        return about(Action::What::ocr_command_allowed, command.point, command.command);
    }
    template <class Other>
    std::optional<Action> operator()(const Other&) const {
        return std::nullopt;
    }

private:
    static Action about(Action::What what, const std::string& point, std::string detail = {}) {
        Action action;
        action.what = what;
        action.point = point;
        action.detail = std::move(detail);
        return action;
    }
};

QuarantineView shown_of(const store::MailboxId& mailbox, const store::RemovalEntry& entry) {
    return {entry.id.uid,        mailbox.uid_validity,
            entry.number,        entry.stage == store::RemovalEntry::Stage::marked,
            entry.id.message_id, entry.subject,
            entry.sender,        entry.who,
            entry.when,          entry.keep_until,
            entry.copy_octets};
}

}  // namespace

std::string Engine::State::name_of_point(const std::string& point) const {
    const auto view = board.point(point);
    return view ? view->definition->name : std::string();
}

void Engine::State::note(const Command& command, JobId job, const std::string& name_before) {
    auto action = std::visit(ActionOf(), command);
    if (!action)
        return;
    // A new point's id is known to the job only, and the last snapshot may not have it yet.
    if (action->point.empty())
        board.change_job(job, [&](const JobView& view) { action->point = view.saved_point; });
    action->when = now();
    action->who = setup.operator_name;
    // Whole, however it was typed.
    if (action->what == Action::What::folder_set)
        if (const auto view = board.point(action->point))
            action->detail = view->target_folder;
    const std::string name = name_of_point(action->point);
    action->point_name = name.empty() ? name_before : name;
    // What was done is done; a log that can't be written shows when it is looked at.
    static_cast<void>(ledger->note(*action));
    forget_old_actions();
}

void Engine::State::forget_old_actions() {
    // As long as nobody can tell how long it is to be kept, it is; and a log that is too long is no
    // reason not to work.
    if (const auto retention = definitions.retention())
        static_cast<void>(ledger->forget_actions(std::chrono::days(retention->log_days), now()));
}

void Engine::State::forget_lists_of_none() {
    const auto retention = definitions.retention();
    if (retention && retention->list_days == 0)
        forget_lists(setup.workspace.disk(), setup.workspace.lists_path(), std::chrono::days(0));
}

Result<void> Engine::State::drop_copies(
    const std::vector<std::pair<store::MailboxId, store::RemovalEntry>>& entries,
    const std::string& who) {
    if (entries.empty())
        return {};
    auto quarantine =
        work::Quarantine::open(setup.workspace.disk(), setup.workspace.quarantine_folder());
    if (!quarantine)
        return tl::unexpected(std::move(quarantine.error()));
    for (const auto& [mailbox, entry] : entries) {
        if (auto dropped = quarantine->drop(entry.copy); !dropped)
            return dropped;
        if (auto said = ledger->purged(mailbox, entry, who); !said)
            return said;
    }
    return {};
}

void Engine::State::purge_expired() {
    // What can't be purged now is found again the next time.
    if (const auto expired = ledger->expired(now()))
        // Whoever happens to run the program has not asked for it.
        static_cast<void>(drop_copies(*expired, ""));
}

Clock::time_point Engine::State::tidying_due() const {
    return tidied_at + setup.tidies_every;
}

void Engine::State::tidy() {
    tidied_at = Clock::now();
    purge_expired();
    forget_old_actions();
    if (const auto retention = definitions.retention())
        forget_lists(setup.workspace.disk(), setup.workspace.lists_path(),
                     std::chrono::days(retention->list_days));
}

Result<void> Engine::State::run(const Remove& command, JobId job, const StopToken& stop) {
    return desk(command.point).work.remove(job, command, stop);
}

Result<void> Engine::State::run(const Restore& command, JobId job, const StopToken& stop) {
    return desk(command.point).work.restore(job, command, stop);
}

Result<void> Engine::State::run(const LookUpQuarantine& command, JobId job, const StopToken&) {
    const auto entries = ledger->quarantined(command.point);
    if (!entries)
        return tl::unexpected(entries.error());
    auto views = std::make_shared<std::vector<QuarantineView>>();
    for (const auto& [mailbox, entry] : *entries)
        views->push_back(shown_of(mailbox, entry));
    board.change_job(job, [&](JobView& view) { view.quarantine = std::move(views); });
    return {};
}

Result<void> Engine::State::run(const EmptyQuarantine& command, JobId, const StopToken&) {
    auto entries = ledger->quarantined(command.point);
    if (!entries)
        return tl::unexpected(entries.error());
    // What is being put back needs its copy.
    std::erase_if(*entries, [](const auto& one) {
        return one.second.stage == store::RemovalEntry::Stage::restoring;
    });
    return drop_copies(*entries, setup.operator_name);
}

Result<Engine::State::LogPage> Engine::State::log_page(const store::ActionQuery& query) {
    auto actions = ledger->actions(query);
    if (!actions)
        return tl::unexpected(std::move(actions.error()));
    const std::int64_t last = actions->empty() ? 0 : actions->back().number;
    // Whoever may not see a point doesn't read of it, either.
    const auto known = definitions.known();
    std::erase_if(*actions, [&](const Action& action) {
        return !action.point.empty() && !known->may_define() &&
               !definitions.allow_work(action.point);
    });
    // What the ledger logged itself knows the point by its id only.
    for (Action& action : *actions)
        if (action.point_name.empty())
            action.point_name = name_of_point(action.point);
    return LogPage{std::move(*actions), last};
}

Result<Engine::State::LogPage> Engine::State::read_log(store::ActionQuery query, std::size_t enough,
                                                       const StopToken& stop) {
    LogPage all;
    do {
        if (stop.stop_requested())
            return fail(Cause::cancelled, Layer::ledger, Reach::point);
        auto page = log_page(query);
        if (!page)
            return page;
        // A page may be short, or empty, though older ones follow: of others' points, or with words
        // of a newer program, which are passed over.
        std::ranges::move(page->actions, std::back_inserter(all.actions));
        query.before = all.last = page->last;
    } while (all.last != 0 && all.actions.size() < enough);
    return all;
}

Result<void> Engine::State::run(const LookUpLog& command, JobId job, const StopToken& stop) {
    const std::size_t enough = command.query.at_most;
    auto found = read_log(command.query, enough, stop);
    if (!found)
        return tl::unexpected(std::move(found.error()));
    if (found->actions.size() > enough) {
        found->actions.resize(enough);
        found->last = enough == 0 ? 0 : found->actions.back().number;
    }
    auto log = std::make_shared<const std::vector<Action>>(std::move(found->actions));
    // Of what others may not read they are not told how much there is.
    std::size_t total = 0;
    if (definitions.known()->may_define())
        total = ledger->action_count(command.query).value_or(0);
    board.change_job(job, [&](JobView& view) {
        view.log = std::move(log);
        view.log_older = found->last;
        view.log_total = total;
    });
    return {};
}

Result<void> Engine::State::run(const ExportLog& command, JobId, const StopToken& stop) {
    if (!setup.log_text)
        return fail(Cause::internal, Layer::workspace, Reach::point);
    const auto log = read_log(command.query, std::numeric_limits<std::size_t>::max(), stop);
    if (!log)
        return tl::unexpected(log.error());
    const std::string content = setup.log_text(log->actions, command.form);
    return hand_out(command.path, command.replace, content, stop);
}

}  // namespace mail
