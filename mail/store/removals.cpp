#include "mail/store/removals.h"

#include <array>
#include <optional>
#include <sstream>

#include "mail/base/utf8.h"
#include "mail/store/mailbox_rows.h"
#include "mail/store/message_rows.h"

namespace mail::store {

namespace {

using Stage = RemovalEntry::Stage;
using Found = std::optional<RemovalRow>;

/// As for documents: only two Message-IDs that differ tell messages of one UID apart.
bool is_same(const MessageId& one, const MessageId& other) {
    return one.message_id.empty() || other.message_id.empty() || one.message_id == other.message_id;
}

/// What a server that gave the UID to another message has left: nothing is lost with it.
bool is_spent(const RemovalRow& row, const MessageId& id) {
    return !is_same(row.entry.id, id) &&
           (row.entry.stage == Stage::hidden ||
            (row.entry.stage == Stage::removed && row.entry.copy.empty()));
}

Result<void> unless_held(const Found& found, const Living& living) {
    if (found && living.contains(found->instance))
        return tl::unexpected(held_error(found->entry.id.uid, found->instance, living));
    return {};
}

/// Nobody holds it: what had its number before waits for the end of its copy's time.
Error why_not_removing(const MessageId& id, const Found& found, const std::string& taker,
                       const Living& living) {
    Error error = held_error(id.uid, taker.empty() && found ? found->instance : taker, living);
    if (taker.empty() && found && found->entry.stage == Stage::removed &&
        !is_same(found->entry.id, id))
        error.facts.emplace_back("of", "copy");
    return error;
}

/// What is being removed already only goes on being so, by its holder or, if that is dead, by
/// whoever ends its work.
bool may_be_removed(const Found& found, const MessageId& id, const Living& living) {
    if (!found || found->entry.stage == Stage::hidden || is_spent(*found, id))
        return true;
    return found->entry.stage == Stage::removing && is_same(found->entry.id, id) &&
           !living.contains(found->instance);
}

std::optional<Error> why_not_restore(std::uint32_t uid, const Found& found, const Living& living) {
    const auto error = [&](Cause cause) {
        return Error{cause, Layer::ledger, Reach::message, {{"uid", std::to_string(uid)}}};
    };
    if (!found || found->entry.stage == Stage::hidden)
        return error(Cause::no_such_message);
    if (found->entry.stage == Stage::removing || living.contains(found->instance))
        return held_error(uid, found->instance, living);
    if (found->entry.copy.empty())
        return error(Cause::copy_missing);
    return std::nullopt;
}

/// Whoever says less than the row knew must not make it forget a copy.
void keep_copy_of(const Found& found, RemovalEntry& entry) {
    if (!found || !entry.copy.empty() || !is_same(found->entry.id, entry.id))
        return;
    entry.copy = found->entry.copy;
    entry.copy_octets = found->entry.copy_octets;
    entry.copy_sha256 = found->entry.copy_sha256;
    entry.keep_until = found->entry.keep_until;
}

std::uint32_t uid_of(const RemovalEntry& entry) {
    return entry.id.uid;
}
std::uint32_t uid_of(std::uint32_t uid) {
    return uid;
}

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Action action_of(const MailboxId& mailbox, const RemovalEntry& entry, Action::What what) {
    Action action;
    if (what == Action::What::removed && was_marked(entry)) {
        what = Action::What::taken_along;
        action.detail = utf8::one_line(entry.id.message_id);
    }
    action.when = entry.when;
    action.who = entry.who;
    action.point = mailbox.point;
    action.what = what;
    action.uid = entry.id.uid;
    action.subject = entry.subject;
    return action;
}

/// What `who` does now with what somebody else, perhaps, removed.
Action action_by(const std::string& who, const MailboxId& mailbox, const RemovalEntry& entry,
                 Action::What what) {
    Action action = action_of(mailbox, entry, what);
    action.who = who;
    action.when = now();
    return action;
}

}  // namespace

bool was_marked(const RemovalEntry& entry) {
    std::istringstream words(entry.flags);
    for (std::string word; words >> word;)
        if (utf8::folded(word) == "\\deleted")
            return true;
    return false;
}

Result<Removals::Writing> Removals::open_for_writing(const MailboxId& mailbox) {
    auto living = instance_->others(*database_);
    const auto number = find_or_add_mailbox(*database_, mailbox);
    auto log = ActionWriter::on(*database_);
    if (!living || !number || !log)
        return tl::unexpected(!living ? living.error() : !number ? number.error() : log.error());
    return RemovalWriter::on(*database_, *number).map([&](RemovalWriter rows) {
        return Writing{std::move(*living), std::move(rows), std::move(*log)};
    });
}

template <class Items, class Step>
Result<void> Removals::each(const MailboxId& mailbox, const Items& items, const Step& step) {
    if (items.empty())
        return {};
    auto writing = open_for_writing(mailbox);
    if (!writing)
        return tl::unexpected(std::move(writing.error()));
    for (const auto& item : items) {
        const auto found = writing->rows.find(uid_of(item));
        if (!found)
            return tl::unexpected(found.error());
        if (Result<void> done = step(*writing, item, *found); !done)
            return done;
    }
    return {};
}

Result<void> Removals::hide(const MailboxId& mailbox, const Entries& messages, Refused& refused) {
    return each(
        mailbox, messages,
        [&](Writing& writing, RemovalEntry entry, const Found& found) -> Result<void> {
            const auto taker = writing.rows.taker(entry.id.uid);
            if (!taker)
                return tl::unexpected(taker.error());
            const bool is_known = found && !is_spent(*found, entry.id);
            if (is_known && found->entry.stage == Stage::hidden)
                return {};
            if (is_known || writing.living.contains(*taker)) {
                refused.push_back(
                    {entry.id.uid, held_error(entry.id.uid, is_known ? found->instance : *taker,
                                              writing.living)});
                return {};
            }
            entry.stage = Stage::hidden;
            return writing.rows.write(entry, "").and_then(
                [&] { return writing.log.add(action_of(mailbox, entry, Action::What::hidden)); });
        });
}

Result<void> Removals::show(const MailboxId& mailbox, const std::vector<std::uint32_t>& uids,
                            const std::string& who) {
    return each(mailbox, uids, [&](Writing& writing, std::uint32_t uid, const Found& found) {
        if (!found || found->entry.stage != Stage::hidden)
            return Result<void>();
        return writing.rows.forget(uid).and_then([&] {
            return writing.log.add(action_by(who, mailbox, found->entry, Action::What::shown));
        });
    });
}

Result<void> Removals::begin_removing(const MailboxId& mailbox, const Entries& messages,
                                      Refused& refused) {
    return each(mailbox, messages,
                [&](Writing& writing, RemovalEntry entry, const Found& found) -> Result<void> {
                    // A document under way bars the removal, even one's own, and one that a dead
                    // program left: its files may still be in the mail alone.
                    const auto taker = writing.rows.taker(entry.id.uid);
                    if (!taker)
                        return tl::unexpected(taker.error());
                    if (!taker->empty() || !may_be_removed(found, entry.id, writing.living)) {
                        refused.push_back({entry.id.uid, why_not_removing(entry.id, found, *taker,
                                                                          writing.living)});
                        return {};
                    }
                    keep_copy_of(found, entry);
                    entry.stage = Stage::removing;
                    return writing.rows.write(entry, instance_->id());
                });
}

Result<void> Removals::removed(const MailboxId& mailbox, const Entries& messages) {
    return each(
        mailbox, messages,
        [&](Writing& writing, RemovalEntry entry, const Found& found) -> Result<void> {
            if (found && found->entry.stage == Stage::removed && is_same(found->entry.id, entry.id))
                return {};
            if (!may_be_removed(found, entry.id, writing.living))
                return tl::unexpected(held_error(entry.id.uid, found->instance, writing.living));
            keep_copy_of(found, entry);
            entry.stage = Stage::removed;
            return writing.rows.write(entry, "").and_then(
                [&] { return writing.log.add(action_of(mailbox, entry, Action::What::removed)); });
        });
}

Result<void> Removals::not_removed(const MailboxId& mailbox, const Entries& messages,
                                   Action::What what, const std::string& result) {
    return each(mailbox, messages,
                [&](Writing& writing, const RemovalEntry& entry, const Found& found) {
                    auto done = unless_held(found, writing.living);
                    if (done && found && found->entry.stage == Stage::removing)
                        done = writing.rows.forget(entry.id.uid);
                    Action action = action_of(mailbox, entry, what);
                    action.result = result;
                    return done.and_then([&] { return writing.log.add(action); });
                });
}

Result<void> Removals::begin_restoring(const MailboxId& mailbox,
                                       const std::vector<std::uint32_t>& uids,
                                       const std::string& who, Refused& refused) {
    return each(mailbox, uids,
                [&](Writing& writing, std::uint32_t uid, const Found& found) -> Result<void> {
                    if (auto obstacle = why_not_restore(uid, found, writing.living)) {
                        refused.push_back({uid, std::move(*obstacle)});
                        return {};
                    }
                    return writing.rows.restoring(uid, who, instance_->id());
                });
}

Result<void> Removals::restored(const MailboxId& mailbox, std::uint32_t uid,
                                const MailboxId& mailbox_now, const MessageId& now,
                                const std::string& who) {
    return each(
        mailbox, std::array{uid},
        [&](Writing& writing, std::uint32_t, const Found& found) -> Result<void> {
            // Without an entry somebody has said so already.
            if (auto allowed = unless_held(found, writing.living); !allowed || !found)
                return allowed;
            if (found->entry.stage == Stage::hidden || found->entry.stage == Stage::removing)
                return {};
            Action action = action_by(who, mailbox, found->entry, Action::What::restored);
            if (now.uid != 0)
                action.uid = now.uid;
            return writing.rows.forget(uid)
                .and_then([&] { return move_message(*database_, mailbox, uid, mailbox_now, now); })
                .and_then([&] { return writing.log.add(action); });
        });
}

Result<void> Removals::not_restored(const MailboxId& mailbox, std::uint32_t uid,
                                    const std::string& result) {
    return each(mailbox, std::array{uid},
                [&](Writing& writing, std::uint32_t, const Found& found) -> Result<void> {
                    if (auto allowed = unless_held(found, writing.living); !allowed)
                        return allowed;
                    if (!found || found->entry.stage != Stage::restoring)
                        return {};
                    Action action =
                        action_by(found->entry.who, mailbox, found->entry, Action::What::restored);
                    action.result = result;
                    return writing.rows.not_restored(uid).and_then(
                        [&] { return writing.log.add(action); });
                });
}

Result<void> Removals::purged(const MailboxId& mailbox, std::uint32_t uid, const std::string& who) {
    return each(mailbox, std::array{uid},
                [&](Writing& writing, std::uint32_t, const Found& found) -> Result<void> {
                    if (!found || found->entry.stage != Stage::removed || found->entry.copy.empty())
                        return {};
                    RemovalEntry entry = found->entry;
                    entry.copy.clear();
                    entry.copy_octets = 0;
                    entry.copy_sha256.clear();
                    return writing.rows.write(entry, "").and_then([&] {
                        return writing.log.add(
                            action_by(who, mailbox, entry, Action::What::purged));
                    });
                });
}

Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
Removals::abandoned(const std::string& point) {
    const auto living = instance_->others(*database_);
    auto held = held_removals_of(*database_, point);
    if (!living || !held)
        return tl::unexpected(!living ? living.error() : held.error());
    std::vector<std::pair<MailboxId, RemovalEntry>> abandoned;
    for (RemovalRow& row : *held)
        if (!living->contains(row.instance))
            abandoned.emplace_back(std::move(row.mailbox), std::move(row.entry));
    return abandoned;
}

}  // namespace mail::store
