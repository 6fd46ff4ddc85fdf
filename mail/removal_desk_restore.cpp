// What a RemovalDesk does to bring messages back into their mailbox.

#include "mail/removal_desk.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "mail/work/refresh.h"

namespace mail {

namespace {

using Entry = std::pair<store::MailboxId, store::RemovalEntry>;

bool is_same(const Entry& one, const Entry& other) {
    return one.first == other.first &&
           store::RemovalKey(one.second) == store::RemovalKey(other.second);
}

bool is_meant(const Restore::Which& which, const Entry& entry) {
    return entry.second.id.uid == which.uid &&
           (which.uid_validity == 0 || (entry.first.uid_validity == which.uid_validity &&
                                        entry.second.number == which.number));
}

/// Of the same login, whatever the server is called or its numbers are.
bool is_same_folder(const store::MailboxId& one, const store::MailboxId& other) {
    const auto login_of = [](const store::MailboxId& mailbox) {
        return std::string_view(mailbox.account).substr(0, mailbox.account.rfind('@'));
    };
    return one.folder == other.folder && login_of(one) == login_of(other);
}

std::uint64_t octets_of(const std::vector<Entry>& entries) {
    std::uint64_t octets = 0;
    for (const Entry& entry : entries)
        octets += entry.second.copy_octets;
    return octets;
}

/// What comes back is told by its UID alone, and two numberings may share one.
std::vector<Entry> of_different_numbers(const std::vector<Entry>& entries) {
    std::vector<Entry> some;
    std::set<std::uint32_t> uids;
    for (const Entry& entry : entries)
        if (uids.insert(entry.second.id.uid).second)
            some.push_back(entry);
    return some;
}

/// When that message was put back, as far as the log tells: it has another number since, so that
/// the subject has to lead there, and all that were removed under it must be back.
std::optional<std::chrono::sys_seconds> when_put_back(store::Ledger& ledger,
                                                      const std::string& point, std::uint32_t uid) {
    using What = store::Action::What;
    store::ActionQuery query;
    query.point = point;
    query.kinds = {What::removed, What::marked, What::restored};
    query.at_most = 10'000;
    auto actions = ledger.actions(query);
    if (!actions)
        return std::nullopt;
    std::erase_if(*actions, [](const store::Action& action) { return !action.result.empty(); });
    const auto left = std::ranges::find_if(*actions, [&](const store::Action& action) {
        return action.uid == uid && action.what != What::restored;
    });
    std::ptrdiff_t still_away = 0;
    std::optional<std::chrono::sys_seconds> back;
    for (auto action = actions->begin(); left != actions->end() && action <= left; ++action) {
        if (action->subject != left->subject)
            continue;
        still_away += action->what == What::restored ? -1 : 1;
        if (action->what == What::restored && !back)
            back = action->when;
    }
    return still_away <= 0 ? back : std::nullopt;
}

/// Why a message can't be put back that has no copy in the quarantine.
Error without_copy(store::Ledger& ledger, const std::string& point, std::uint32_t uid) {
    Error error{Cause::copy_missing, Layer::ledger, Reach::message, {{"uid", std::to_string(uid)}}};
    if (const auto back = when_put_back(ledger, point, uid))
        error.facts.emplace_back("put_back_at", std::to_string(back->time_since_epoch().count()));
    return error;
}

}  // namespace

Result<RemovalDesk::Entries>
RemovalDesk::entries_of(const point::Point& point,
                        const std::vector<Restore::Which>& messages) const {
    auto all = setup_.ledger.quarantined(point.id);
    if (!all)
        return all;
    // Newest first: a number without its UIDVALIDITY means the message that had it last. What is
    // of this mailbox before what is of another that the point named once.
    const auto here = work::mailbox_of(point, session_.opened());
    std::stable_partition(all->begin(), all->end(),
                          [&](const auto& one) { return is_same_folder(one.first, here); });
    Entries wanted;
    for (const Restore::Which& which : messages) {
        const auto found =
            std::ranges::find_if(*all, [&](const auto& one) { return is_meant(which, one); });
        if (found != all->end())
            wanted.push_back(*found);
    }
    return wanted;
}

Result<RemovalDesk::Entries>
RemovalDesk::entries_to_put_back(JobId job, const point::Point& point,
                                 const std::vector<Restore::Which>& messages) {
    auto entries = entries_of(point, messages);
    if (!entries)
        return entries;
    std::vector<std::pair<std::uint32_t, Error>> kept;
    std::size_t there = 0;
    const auto restored = std::exchange(restored_by_finish_, {});
    for (const Restore::Which& which : messages) {
        const auto is_it = [&](const auto& one) { return is_meant(which, one); };
        if (std::ranges::any_of(*entries, is_it))
            continue;
        if (std::ranges::any_of(restored, is_it))
            ++there;
        else
            kept.emplace_back(which.uid, without_copy(setup_.ledger, point.id, which.uid));
    }
    // Whoever works with this mailbox has no business with another's mails.
    const auto here = work::mailbox_of(point, session_.opened());
    std::erase_if(*entries, [&](const auto& one) {
        const auto& [mailbox, entry] = one;
        const bool is_other = !is_same_folder(mailbox, here);
        if (is_other)
            kept.emplace_back(entry.id.uid, Error{Cause::other_mailbox,
                                                  Layer::ledger,
                                                  Reach::message,
                                                  {{"uid", std::to_string(entry.id.uid)},
                                                   {"account", mailbox.account},
                                                   {"folder", mailbox.folder}}});
        return is_other;
    });
    setup_.board.change_job(job, [&](JobView& view) {
        view.messages_total += entries->size() + there + kept.size();
        view.messages_done += there + kept.size();
        view.messages_failed += kept.size();
        std::ranges::copy(kept, std::back_inserter(view.kept));
    });
    return entries;
}

Result<void> RemovalDesk::put_back(JobId job, const point::Point& point,
                                   const std::vector<Restore::Which>& messages, const Wait& wait) {
    if (auto opened = session_.open_for_changes_patiently(point, wait); !opened)
        return opened;
    auto entries = entries_to_put_back(job, point, messages);
    if (!entries)
        return tl::unexpected(std::move(entries.error()));
    if (entries->empty())
        return {};
    auto quarantine = work::Quarantine::open(setup_.disk, setup_.quarantine);
    if (!quarantine)
        return tl::unexpected(std::move(quarantine.error()));
    // Each gets the next number: of one time they stand in the order that they had.
    std::ranges::stable_sort(*entries, {}, [](const auto& one) {
        return std::pair(one.first.uid_validity, one.second.id.uid);
    });
    auto now = context(point, &*quarantine);
    now.moved = moved_of(job, octets_of(*entries));
    while (!entries->empty()) {
        if (auto opened = session_.open_for_changes_patiently(point, wait); !opened)
            return opened;
        now.mailbox = work::mailbox_of(point, session_.opened());
        const Entries some = of_different_numbers(*entries);
        const auto outcome = work::restore(*session_, now, some, wait);
        setup_.board.change_job(job, [&](JobView& view) {
            view.messages_done += outcome.restored.size() + outcome.failed.size();
            view.messages_failed += outcome.failed.size();
            view.were_there += outcome.were_there;
            for (const auto& refusal : outcome.failed)
                view.kept.emplace_back(refusal.uid, refusal.error);
        });
        std::erase_if(*entries, [&](const auto& entry) {
            const std::uint32_t uid = entry.second.id.uid;
            const bool is_done =
                std::ranges::find(outcome.restored, uid) != outcome.restored.end() ||
                std::ranges::find(outcome.failed, uid, &store::Ledger::Refusal::uid) !=
                    outcome.failed.end();
            return is_done &&
                   std::ranges::any_of(some, [&](const auto& one) { return is_same(one, entry); });
        });
        if (!outcome.error)
            continue;
        if (outcome.error->reach >= Reach::connection)
            session_.drop();
        if (auto waited = session_.hold_off(*outcome.error, wait); !waited)
            return waited;
        // One whose outcome is not known may be there by now.
        if (auto ended = finish(job, point, wait); !ended)
            return ended;
        auto still = setup_.ledger.quarantined(point.id);
        if (!still)
            return tl::unexpected(std::move(still.error()));
        const std::size_t found = std::erase_if(*entries, [&](const auto& entry) {
            return std::ranges::none_of(*still,
                                        [&](const auto& one) { return is_same(one, entry); });
        });
        setup_.board.change_job(job, [&](JobView& view) { view.messages_done += found; });
    }
    return {};
}

Result<void> RemovalDesk::remember_restored(const point::Point& point, const Entries& begun) {
    const auto kept = setup_.ledger.quarantined(point.id);
    const auto open = setup_.ledger.unfinished_removals(point.id);
    if (!kept || !open)
        return tl::unexpected(kept ? open.error() : kept.error());
    for (const auto& one : begun) {
        const auto is_it = [&](const auto& other) { return is_same(other, one); };
        if (one.second.stage == store::RemovalEntry::Stage::restoring &&
            std::ranges::none_of(*kept, is_it) && std::ranges::none_of(*open, is_it))
            restored_by_finish_.push_back(one);
    }
    return {};
}

}  // namespace mail
