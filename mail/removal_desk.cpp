#include "mail/removal_desk.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "mail/work/known.h"
#include "mail/work/refresh.h"

namespace mail {

namespace {

/// Writes what becomes of the messages into the job and the rows.
class RemovalProgress final : public work::RemoveObserver {
public:
    struct Of {
        JobId job = 0;
        std::uint32_t uid_validity = 0;
        Status gone_as = Status::gone;  ///< with a copy in the quarantine, or without
        bool counts = true;             ///< as the job's messages
    };
    /// `leaving`: what is known of their documents is known of them when they have left, too.
    RemovalProgress(Board& board, ListedRows& rows, const Of& of,
                    const std::vector<MessageRow>& leaving)
        : board_(board), rows_(rows), of_(of), leaving_(leaving) {}

    void removed(std::uint32_t uid) override {
        const auto row = std::ranges::find(leaving_, uid, &MessageRow::uid);
        MessageState state = row == leaving_.end() ? rows_.state_of(uid) : row->initial;
        state.status = of_.gone_as;
        state.error.reset();
        if (rows_.has(uid))
            rows_.change({{uid, state}});
        board_.change_job(of_.job, [&](JobView& job) {
            job.messages_done += of_.counts ? 1 : 0;
            job.removed.push_back({uid, of_.uid_validity});
        });
    }
    void taken_along(const store::RemovalEntry& message) override {
        const std::uint32_t uid = message.id.uid;
        if (rows_.has(uid)) {
            MessageState state;
            state.status = of_.gone_as;
            rows_.change({{uid, state}});
        }
        board_.change_job(of_.job, [&](JobView& job) {
            job.taken_along.push_back({uid, message.subject, message.id.message_id});
        });
    }
    void kept(std::uint32_t uid, const Error& why) override {
        if (work::has_more_than_taken(why) && rows_.has(uid)) {
            const auto row = std::ranges::find(leaving_, uid, &MessageRow::uid);
            MessageState state = row == leaving_.end() ? MessageState() : row->initial;
            state.status = Status::partial;
            state.error = why;
            rows_.change({{uid, state}});
        }
        if (why.cause == Cause::message_gone && rows_.has(uid)) {
            MessageState state = rows_.state_of(uid);
            state.status = Status::gone;
            state.error = why;
            rows_.change({{uid, state}});
        }
        board_.change_job(of_.job, [&](JobView& job) {
            job.messages_done += of_.counts ? 1 : 0;
            job.messages_failed += of_.counts ? 1 : 0;
            job.kept.emplace_back(uid, why);
        });
    }
    void marked(std::uint32_t uid) override {
        if (rows_.has(uid)) {
            MessageState state = rows_.state_of(uid);
            state.is_marked = true;
            rows_.change({{uid, state}});
        }
        board_.change_job(of_.job, [&](JobView& job) {
            job.messages_done += of_.counts ? 1 : 0;
            ++job.marked;
            job.marked_uids.push_back(uid);
            job.removed.push_back({uid, of_.uid_validity});
        });
    }

private:
    Board& board_;
    ListedRows& rows_;
    const Of of_;
    const std::vector<MessageRow>& leaving_;
};

store::RemovalEntry entry_of(const MessageRow& row, const std::string& who) {
    store::RemovalEntry entry;
    entry.id = work::id_of(row);
    entry.subject = row.subject;
    entry.sender = row.sender_name.empty() ? row.sender_address : row.sender_name;
    entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    entry.who = who;
    return entry;
}

/// The connection ended, which may be one message's fault. A stop is not.
bool session_broke(const Error& error) {
    return error.cause != Cause::cancelled && error.reach >= Reach::connection &&
           error.layer < Layer::target;
}

Status status_after(const point::Point& point) {
    return point.general.quarantine_days > 0 ? Status::quarantined : Status::gone;
}

/// An EXPUNGE would take others' messages along, and nobody has said what is to be done.
Result<void> leave_for_others(const work::RemoveOutcome& outcome, bool is_asked_for,
                              RemovalProgress& progress) {
    const Error asks{Cause::others_marked,
                     Layer::fetch,
                     Reach::point,
                     {{"count", std::to_string(outcome.others_marked)}}};
    if (is_asked_for)
        return tl::unexpected(asks);
    // Nobody is there to be asked: they stay, and the next run asks again.
    for (const std::uint32_t uid : outcome.left)
        progress.kept(uid, asks);
    return {};
}

/// The messages that are still to leave. One at which the connection ends must not keep the others:
/// from the first loss on they go one by one, and one that loses it twice in a row stays.
class StillToLeave {
public:
    explicit StillToLeave(const std::vector<MessageRow>& rows) {
        for (const MessageRow& row : rows)
            rows_.push_back(&row);
    }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] std::vector<const MessageRow*> next() const {
        return {rows_.begin(), one_by_one_ ? rows_.begin() + 1 : rows_.end()};
    }
    /// Of those that next() gave, these are left. Whether any is not.
    bool tried(const std::vector<std::uint32_t>& left) {
        const auto tried = rows_.begin() + (one_by_one_ ? 1 : std::ssize(rows_));
        const auto settled = std::remove_if(rows_.begin(), tried, [&](const MessageRow* row) {
            return std::ranges::find(left, row->uid) == left.end();
        });
        const bool any = settled != tried;
        rows_.erase(settled, tried);
        return any;
    }
    /// An error has ended the try, perhaps (`broke`) with the connection. Who stays for it.
    std::optional<std::uint32_t> failed(bool broke) {
        std::optional<std::uint32_t> stays;
        if (broke && one_by_one_ && !rows_.empty() && rows_.front()->uid == suspect_) {
            stays = suspect_;
            rows_.erase(rows_.begin());
        }
        suspect_ = one_by_one_ && !rows_.empty() ? rows_.front()->uid : 0;
        one_by_one_ = one_by_one_ || broke;
        return stays;
    }

private:
    std::vector<const MessageRow*> rows_;
    bool one_by_one_ = false;
    std::uint32_t suspect_ = 0;
};

}  // namespace

work::RemoveContext RemovalDesk::context(const point::Point& point,
                                         const work::Quarantine* quarantine) const {
    return {setup_.disk,
            setup_.ledger,
            quarantine,
            work::mailbox_of(point, session_.opened()),
            point.name,
            setup_.who,
            point.general.quarantine_days,
            setup_.ledger.damaged_copy().empty(),
            point.general.allow_delete_from_mailbox || point.general.delete_after_document,
            point.general};
}

std::function<void(std::uint64_t)> RemovalDesk::moved_of(JobId job, std::uint64_t octets) {
    setup_.board.change_job(job, [&](JobView& view) { view.octets_total += octets; });
    // A job holds the names of all its messages: it is not copied for every piece of a mail.
    constexpr std::uint64_t most_steps = 500;
    return [&board = setup_.board, job, step = octets / most_steps,
            pending = std::uint64_t{0}](std::uint64_t more) mutable {
        pending += more;
        if (pending <= step)
            return;
        board.change_job(job, [&](JobView& view) {
            // Some come twice, after a lost connection.
            view.octets_done = std::min(view.octets_done + pending, view.octets_total);
        });
        pending = 0;
    };
}

/// The UIDs of the list must still mean its messages.
Result<void> RemovalDesk::open_as_listed(const point::Point& point, std::uint32_t uid_validity,
                                         const Wait& wait) {
    if (auto opened = session_.open_for_changes_patiently(point, wait); !opened)
        return opened;
    if (session_.opened().uid_validity == uid_validity)
        return {};
    return fail(Cause::uidvalidity_changed, Layer::select, Reach::folder,
                {{"folder", point.connection.folder}});
}

Result<void> RemovalDesk::hide(JobId job, const store::MailboxId& mailbox,
                               const std::vector<MessageRow>& rows) {
    std::vector<store::RemovalEntry> entries;
    for (const MessageRow& row : rows)
        entries.push_back(entry_of(row, setup_.who));
    const auto refused = setup_.ledger.hide(mailbox, entries);
    if (!refused)
        return tl::unexpected(refused.error());
    ListedRows::States states;
    std::vector<Restore::Which> hidden;
    for (const MessageRow& row : rows) {
        // What was off the list before is nothing that an undo brings back.
        const bool was_hidden = row.initial.status == Status::hidden;
        if (was_hidden ||
            std::ranges::find(*refused, row.uid, &store::Ledger::Refusal::uid) != refused->end())
            continue;
        states.emplace_back(row.uid, row.initial);
        states.back().second.status = Status::hidden;
        hidden.push_back({row.uid, mailbox.uid_validity});
    }
    rows_.change(states);
    setup_.board.change_job(job, [&](JobView& view) {
        view.messages_total += rows.size();
        view.messages_done += rows.size();
        view.messages_failed += refused->size();
        view.removed = std::move(hidden);
        for (const auto& refusal : *refused)
            view.kept.emplace_back(refusal.uid, refusal.error);
    });
    return {};
}

Result<void> RemovalDesk::remove(JobId job, const point::Point& point, const Leaving& leaving,
                                 const Wait& wait) {
    // Where no copy is kept, each is looked at there before it leaves.
    auto folder = work::Quarantine::open(setup_.disk, setup_.quarantine);
    if (!folder)
        return tl::unexpected(std::move(folder.error()));
    if (leaving.is_asked_for)
        setup_.board.change_job(job,
                                [&](JobView& view) { view.messages_total += leaving.rows.size(); });
    RemovalProgress progress(setup_.board, rows_,
                             {job, leaving.uid_validity, status_after(point), leaving.is_asked_for},
                             leaving.rows);
    StillToLeave left(leaving.rows);
    std::uint64_t octets = 0;
    for (const MessageRow& row : leaving.rows)
        octets += row.size_octets;
    // A taking counts octets of its own.
    const auto moved = leaving.is_asked_for ? moved_of(job, octets) : [](std::uint64_t) {};
    while (!left.empty()) {
        if (auto opened = open_as_listed(point, leaving.uid_validity, wait); !opened)
            return opened;
        auto now = context(point, point.general.quarantine_days > 0 ? &*folder : nullptr);
        now.spool = &*folder;
        now.moved = moved;
        // What can't be dropped now, the next removal drops.
        static_cast<void>(work::drop_strays(now));
        const auto outcome =
            work::remove(*session_, now, left.next(), leaving.order, progress, wait);
        if (outcome.others_marked > 0)
            return leave_for_others(outcome, leaving.is_asked_for, progress);
        if (left.tried(outcome.left))
            session_.progressed();
        if (!outcome.error) {
            // The server lives, and did not show what became of them: it is asked anew.
            auto ended = outcome.unknown.empty() ? Result<void>() : finish(job, point, wait);
            tell_unknown(point, leaving.uid_validity, outcome.unknown, progress);
            if (!ended)
                return ended;
            continue;
        }
        const Error& error = *outcome.error;
        if (error.reach >= Reach::connection)
            session_.drop();
        // What became of them is found out as soon as the server answers again.
        if (left.empty() && outcome.unknown.empty())
            return tl::unexpected(error);
        if (const auto stays = left.failed(session_broke(error))) {
            progress.kept(*stays, error);
            session_.did_without_one(error);
        }
        auto ended = session_.hold_off(error, wait);
        if (ended && (left.empty() || !outcome.unknown.empty()))
            ended = finish(job, point, wait);
        // Those that are still removing by now.
        tell_unknown(point, leaving.uid_validity, outcome.unknown, progress);
        if (!ended || left.empty())
            return ended;
    }
    return {};
}

void RemovalDesk::tell_unknown(const point::Point& point, std::uint32_t uid_validity,
                               const std::vector<std::uint32_t>& uids,
                               work::RemoveObserver& observer) {
    if (uids.empty())
        return;
    const auto open = setup_.ledger.unfinished_removals(point.id);
    for (const std::uint32_t uid : uids)
        if (!open || std::ranges::any_of(*open, [&](const auto& one) {
                return one.first.uid_validity == uid_validity && one.second.id.uid == uid;
            }))
            observer.kept(uid, {Cause::removal_unknown,
                                Layer::list,
                                Reach::message,
                                {{"uid", std::to_string(uid)}}});
}

Result<void> RemovalDesk::show(const store::MailboxId& mailbox,
                               const std::vector<std::uint32_t>& uids) {
    return uids.empty() ? Result<void>() : setup_.ledger.show(mailbox, uids, setup_.who);
}

Result<bool> RemovalDesk::any_unfinished(const store::MailboxId& mailbox) const {
    return work::any_unfinished_removal(setup_.ledger, mailbox);
}

Result<void> RemovalDesk::finish(JobId job, const point::Point& point, const Wait& wait) {
    if (auto opened = session_.open_for_changes_patiently(point, wait); !opened)
        return opened;
    auto quarantine = work::Quarantine::open(setup_.disk, setup_.quarantine);
    if (!quarantine)
        return tl::unexpected(std::move(quarantine.error()));
    const std::vector<MessageRow> not_known;
    RemovalProgress progress(setup_.board, rows_,
                             {job, session_.opened().uid_validity, status_after(point), false},
                             not_known);
    const auto begun = setup_.ledger.unfinished_removals(point.id);
    if (!begun)
        return tl::unexpected(begun.error());
    return work::finish_removals(*session_, context(point, &*quarantine), progress, wait)
        .and_then([&] { return remember_restored(point, *begun); });
}

}  // namespace mail
