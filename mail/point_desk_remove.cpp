// What a PointDesk does to take messages off its list or out of its mailbox, and to bring them
// back.

#include <algorithm>
#include <chrono>
#include <iterator>
#include <set>
#include <utility>

#include "mail/point_desk.h"
#include "mail/work/gate.h"
#include "mail/work/known.h"
#include "mail/work/refresh.h"

namespace mail {

namespace {

using store::Action;

// A document that was made earlier, and its mail is still there: that has been seen by somebody.
constexpr std::chrono::days runs_taken_up_again{7};
constexpr std::size_t most_lines_read = 100'000;

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// Rows that nobody is shown.
struct Rows final : work::RefreshObserver {
    void found(const store::MailboxId& of, std::size_t) override { mailbox = of; }
    void rows(std::vector<MessageRow> chunk) override {
        std::ranges::move(chunk, std::back_inserter(all));
    }
    store::MailboxId mailbox;
    std::vector<MessageRow> all;
};

}  // namespace

bool PointDesk::finish_removals(const point::Point& point, JobId job, const Wait& wait) {
    const auto any = removals_.any_unfinished(work::mailbox_of(point, session_.opened()));
    if (!any || !*any)
        return false;
    const auto finished = removals_.finish(job, point, wait);
    // Whoever lists or takes is not kept from it: these messages show as in use, and the next finds
    // them again.
    if (!finished && finished.error().reach >= Reach::connection)
        session_.drop();
    return finished.has_value();
}

Result<void> PointDesk::list_to_change(const point::Point& point, const Take& about, JobId job,
                                       const Wait& wait) {
    auto listed = finish_and_list_for(point, about, job, wait);
    // What was listed is not what was done.
    setup_.board.change_job(job,
                            [](JobView& view) { view.messages_done = view.messages_total = 0; });
    return listed;
}

Result<std::vector<std::uint32_t>>
PointDesk::left_by_earlier_runs(const store::MailboxId& mailbox,
                                const std::vector<MessageRow>& but_not) const {
    const auto since = now() - runs_taken_up_again;
    const auto messages = setup_.ledger.messages(mailbox);
    const auto removals = setup_.ledger.removals(mailbox);
    if (!messages || !removals)
        return tl::unexpected(!messages ? messages.error() : removals.error());
    std::set<std::uint32_t> others;
    for (const MessageRow& row : but_not)
        others.insert(row.uid);
    for (const store::RemovalEntry& entry : *removals)
        others.insert(entry.id.uid);
    std::vector<std::uint32_t> uids;
    for (const store::MessageEntry& message : *messages)
        if (message.is_due && message.step == store::Step::stored && message.when >= since &&
            !others.contains(message.id.uid))
            uids.push_back(message.id.uid);
    return uids;
}

Result<std::vector<MessageRow>>
PointDesk::rows_left_by_earlier_runs(const point::Point& point,
                                     const std::vector<MessageRow>& but_not, const Wait& wait) {
    const auto mailbox = work::mailbox_of(point, session_.opened());
    auto uids = left_by_earlier_runs(mailbox, but_not);
    if (!uids || uids->empty())
        return uids.map([](const auto&) { return std::vector<MessageRow>(); });
    std::ranges::sort(*uids);
    auto contents = session_.open_for_listing(point, wait);
    if (!contents)
        return tl::unexpected(std::move(contents.error()));
    work::RefreshContext context{setup_.ledger, point};
    context.uids = std::move(*uids);
    Rows listed;
    if (auto done = work::refresh(*session_, context, std::move(*contents), listed, wait); !done)
        return tl::unexpected(std::move(done.error()));
    const auto actions =
        setup_.ledger.actions({point.id, now() - runs_taken_up_again, 0, most_lines_read});
    if (!actions)
        return tl::unexpected(actions.error());
    // One that was put back may have a number by now that nobody has told: by its subject, too.
    std::erase_if(listed.all, [&](const MessageRow& row) {
        return listed.mailbox != mailbox || row.initial.status != Status::taken ||
               std::ranges::any_of(*actions, [&](const Action& action) {
                   return action.what == Action::What::restored &&
                          (action.uid == row.uid || action.subject == row.subject);
               });
    });
    // Where a file has gone its way, nothing is asked of anybody at every run.
    std::erase_if(listed.all, [&](const MessageRow& row) {
        return work::check_gate(setup_.disk, row, row.initial, wait).lock != work::Gate::Lock::open;
    });
    return std::move(listed.all);
}

void PointDesk::tell_staying(JobId job, const MessageRow& row, const MessageState& now) {
    const bool was_worked_on = now.status == Status::partial || now.status == Status::check ||
                               now.status == Status::failed;
    if (was_worked_on)
        setup_.board.change_job(job, [&](JobView& view) {
            view.kept.emplace_back(row.uid, work::error_of(row.uid, work::gate_of(row, now)));
        });
}

Result<void> PointDesk::remove_taken(const point::Point& point, JobId job, const Take& command,
                                     const std::vector<MessageRow>& rows, const Wait& wait) {
    RemovalDesk::Leaving leaving;
    leaving.uid_validity = listed_uid_validity_.value_or(0);
    leaving.is_asked_for = false;
    leaving.order.delivered = std::exchange(delivered_, {});
    const auto shown = rows_.mailbox();
    // What nobody shows any more stays where it is: the next run asks for it again.
    if (!shown)
        return {};
    for (const MessageRow& row : rows) {
        const MessageState& now = shown->state_of(row);
        if (now.status != Status::taken) {
            tell_staying(job, row, now);
            continue;
        }
        // Taken again it came to nothing, and is as it was before this run.
        if (row.initial.status == Status::taken && row.initial.taken_at == now.taken_at)
            continue;
        leaving.rows.push_back(row);
        leaving.rows.back().initial = now;
    }
    const bool is_all = command.by_itself || (command.uids.empty() && !command.again);
    if (is_all && session_.opened().uid_validity == leaving.uid_validity) {
        auto left = rows_left_by_earlier_runs(point, rows, wait);
        // The next run asks again.
        if (!left && left.error().reach >= Reach::connection)
            session_.drop();
        if (left)
            std::ranges::move(*left, std::back_inserter(leaving.rows));
    }
    return leaving.rows.empty() ? Result<void>() : removals_.remove(job, point, leaving, wait);
}

PointDesk::Meant PointDesk::meant_by(const Take& about) const {
    Meant meant;
    rows_.each([&](const MessageRow& row) {
        if (is_about(about, row.uid))
            meant.emplace(row.uid, work::id_of(row));
    });
    return meant;
}

std::vector<MessageRow> PointDesk::rows_to_remove(const Take& about, const Meant& meant,
                                                  JobId job) const {
    std::vector<MessageRow> rows = rows_.to_take(about);
    const std::vector<std::uint32_t> held = rows_.held(about);
    std::erase_if(rows, [](const MessageRow& row) {
        const Status status = row.initial.status;
        return status == Status::quarantined || status == Status::gone;
    });
    // The server may have numbered them anew since somebody chose these.
    const auto is_another = [&](const MessageRow& row) {
        const auto chosen = meant.find(row.uid);
        return chosen != meant.end() && (chosen->second.message_id != row.message_id ||
                                         chosen->second.received != work::id_of(row).received);
    };
    std::vector<std::uint32_t> others;
    for (const MessageRow& row : rows)
        if (is_another(row))
            others.push_back(row.uid);
    std::erase_if(rows, is_another);
    setup_.board.change_job(job, [&](JobView& view) {
        for (const std::uint32_t uid : about.uids) {
            if (std::ranges::find(rows, uid, &MessageRow::uid) != rows.end())
                continue;
            ++view.messages_total;
            ++view.messages_done;
            // This job has ended what an earlier one had begun.
            if (std::ranges::find(view.removed, uid, &Restore::Which::uid) != view.removed.end())
                continue;
            ++view.messages_failed;
            const bool is_other = std::ranges::find(others, uid) != others.end();
            const Cause why = is_other                                ? Cause::message_changed
                              : std::ranges::binary_search(held, uid) ? Cause::busy_elsewhere
                              : rows_.has(uid)                        ? Cause::message_gone
                                                                      : Cause::no_such_message;
            view.kept.emplace_back(
                uid, Error{why, Layer::list, Reach::message, {{"uid", std::to_string(uid)}}});
        }
    });
    return rows;
}

Result<void> PointDesk::remove(JobId job, const Remove& command, const StopToken& stop) {
    const Wait wait = session_.begin(job, PointSession::Purpose::look, stop);
    const point::Point point = definition();
    if (command.from_mailbox && !point.general.allow_delete_from_mailbox)
        return fail(Cause::removal_not_allowed, Layer::point, Reach::point, {{"name", point.name}});
    Take about{command.point, command.uids, true};
    std::ranges::sort(about.uids);
    // None would mean all.
    if (about.uids.empty())
        return {};
    const Meant meant = meant_by(about);
    const bool is_listed = listed_uid_validity_ && std::ranges::all_of(about.uids, [&](auto uid) {
                               return rows_.has(uid);
                           });
    if (!is_listed || command.from_mailbox)
        if (auto listed = list_to_change(point, about, job, wait); !listed)
            return listed;
    if (auto asked = ask_for_held(point, about); !asked)
        return asked;
    RemovalDesk::Leaving leaving{listed_uid_validity_.value_or(0),
                                 rows_to_remove(about, meant, job),
                                 {command.despite_gate, command.others}};
    auto mailbox = work::mailbox_of(point, session_.opened());
    mailbox.uid_validity = leaving.uid_validity;
    auto outcome = command.from_mailbox ? removals_.remove(job, point, leaving, wait)
                                        : removals_.hide(job, mailbox, leaving.rows);
    // What it has removed is shown as such until the list is brought up to date for another reason.
    if (outcome && session_.is_open())
        changes_seen_ = (*session_).changes_seen();
    if (!outcome && outcome.error().reach >= Reach::connection)
        session_.drop();
    return outcome;
}

Result<void> PointDesk::restore(JobId job, const Restore& command, const StopToken& stop) {
    const Wait wait = session_.begin(job, PointSession::Purpose::look, stop);
    const point::Point point = definition();
    if (command.messages.empty())
        return {};
    Take about{command.point, {}, true};
    for (const Restore::Which& which : command.messages)
        about.uids.push_back(which.uid);
    std::ranges::sort(about.uids);
    const bool watched = rows_.any() && !listed_for_;
    if (!watched || !listed_uid_validity_)
        if (auto listed = list_to_change(point, about, job, wait); !listed)
            return listed;
    const std::uint32_t now = listed_uid_validity_.value_or(0);
    std::vector<std::uint32_t> hidden;
    std::vector<Restore::Which> left;
    for (const Restore::Which& which : command.messages) {
        const bool is_of_now = which.uid_validity == 0 || which.uid_validity == now;
        if (is_of_now && rows_.has(which.uid) && rows_.statuses().at(which.uid) == Status::hidden)
            hidden.push_back(which.uid);
        else
            left.push_back(which);
    }
    std::ranges::sort(hidden);
    auto mailbox = work::mailbox_of(point, session_.opened());
    mailbox.uid_validity = now;
    auto outcome =
        removals_.show(mailbox, hidden).and_then([&] { return show_as_recorded(point, hidden); });
    setup_.board.change_job(job, [&](JobView& view) {
        view.messages_total += hidden.size();
        view.messages_done += outcome ? hidden.size() : 0;
    });
    if (!outcome || left.empty())
        return outcome;
    outcome = removals_.put_back(job, point, left, wait);
    // They are new messages of the mailbox. What is listed is not what was done: of no job.
    if (outcome && watched)
        outcome = refresh({setup_.ledger, point}, 0, wait).map([&] {
            find_text_files_in_list(point, wait);
        });
    if (!outcome && outcome.error().reach >= Reach::connection)
        session_.drop();
    return outcome;
}

}  // namespace mail
