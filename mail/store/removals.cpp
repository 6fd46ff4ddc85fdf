#include "mail/store/removals.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <sstream>

#include "mail/base/utf8.h"
#include "mail/store/decision_rows.h"
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

/// The lock is one of work::Gate.
Error wanted_error(std::uint32_t uid, const PartDecision& wish) {
    return {Cause::gate_locked,
            Layer::ledger,
            Reach::message,
            {{"lock", "part_wanted"},
             {"uid", std::to_string(uid)},
             {"path", wish.name.empty() ? wish.part : wish.name}}};
}

/// Somebody has begun to remove it, and since then nobody can have wanted anything of it.
bool is_being_removed(const Found& found, const MessageId& id) {
    return found && found->entry.stage == Stage::removing && is_same(found->entry.id, id);
}

Result<void> unless_held(const Found& found, const Living& living) {
    if (found && living.contains(found->instance))
        return tl::unexpected(held_error(found->entry.id.uid, found->instance, living));
    return {};
}

/// What is being removed already only goes on being so, by its holder or, if that is dead, by
/// whoever ends its work.
bool may_be_removed(const Found& found, const MessageId& id, const Living& living) {
    if (!found || found->entry.stage == Stage::hidden || found->entry.stage == Stage::marked ||
        is_spent(*found, id))
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

/// What was said before of the message that `entry` is about now.
void go_on_from(const Found& found, RemovalEntry& entry) {
    keep_copy_of(found, entry);
    entry.is_hidden_too = found && is_same(found->entry.id, entry.id) &&
                          (found->entry.stage == Stage::hidden || found->entry.is_hidden_too);
}

/// The UID has come to mean another message, and the copy of the first is kept.
bool must_make_room(const Found& found, const MessageId& id) {
    return found && !is_same(found->entry.id, id) && !found->entry.copy.empty() &&
           (found->entry.stage == Stage::removed || found->entry.stage == Stage::marked);
}

RemovalKey key_of(const RemovalEntry& entry) {
    return {entry};
}
RemovalKey key_of(RemovalKey key) {
    return key;
}
RemovalKey key_of(const Ledger::Restored& message) {
    return message.key;
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

/// Whoever removes the message takes back what was wanted of it.
Action action_of(const MailboxId& mailbox, const RemovalEntry& entry, const PartDecision& wish) {
    Action action;
    action.when = entry.when;
    action.who = entry.who;
    action.point = mailbox.point;
    action.what = Action::What::part_by_rules;
    action.uid = entry.id.uid;
    action.subject = entry.subject;
    action.detail = wish.name;
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

Result<Removals::Found> Removals::make_room(Writing& writing, const Found& found,
                                            const MessageId& id) {
    if (!must_make_room(found, id))
        return found;
    return writing.rows.give_up_its_uid(id.uid).map([] { return Found(); });
}

/// As it was before the removal; or marked, which is on record with its copy.
Result<void> Removals::stay(Writing& writing, RemovalEntry entry, Action::What what) {
    if (what == Action::What::marked) {
        entry.stage = Stage::marked;
        return writing.rows.write(entry, "");
    }
    if (!entry.is_hidden_too)
        return writing.rows.forget(entry);
    entry.stage = Stage::hidden;
    entry.is_hidden_too = false;
    entry.copy.clear();
    entry.copy_octets = 0;
    entry.copy_sha256.clear();
    entry.keep_until = {};
    return writing.rows.write(entry, "");
}

template <class Items, class Step>
Result<void> Removals::each(const MailboxId& mailbox, const Items& items, const Step& step) {
    if (items.empty())
        return {};
    auto writing = open_for_writing(mailbox);
    if (!writing)
        return tl::unexpected(std::move(writing.error()));
    for (const auto& item : items) {
        const auto found = writing->rows.find(key_of(item));
        if (!found)
            return tl::unexpected(found.error());
        if (Result<void> done = step(*writing, item, *found); !done)
            return done;
    }
    return {};
}

Result<void> Removals::hide(const MailboxId& mailbox, const Entries& messages, Refused& refused) {
    return each(mailbox, messages,
                [&](Writing& writing, RemovalEntry entry, const Found& row) -> Result<void> {
                    const auto found = make_room(writing, row, entry.id);
                    if (!found)
                        return tl::unexpected(found.error());
                    return hide_one(mailbox, writing, std::move(entry), *found, refused);
                });
}

Result<void> Removals::hide_one(const MailboxId& mailbox, Writing& writing, RemovalEntry entry,
                                const Found& found, Refused& refused) {
    const auto taker = writing.rows.taker(entry.id.uid);
    if (!taker)
        return tl::unexpected(taker.error());
    const bool is_known = found && !is_spent(*found, entry.id);
    if (is_known && (found->entry.stage == Stage::hidden ||
                     (found->entry.stage == Stage::marked && found->entry.is_hidden_too)))
        return {};
    const bool is_marked = is_known && found->entry.stage == Stage::marked;
    if ((is_known && !is_marked) || writing.living.contains(*taker)) {
        refused.push_back(
            {entry.id.uid,
             held_error(entry.id.uid, is_known ? found->instance : *taker, writing.living)});
        return {};
    }
    const Action hidden = action_of(mailbox, entry, Action::What::hidden);
    entry.stage = Stage::hidden;
    if (is_marked) {
        entry = found->entry;
        entry.is_hidden_too = true;
    }
    return writing.rows.write(entry, "").and_then([&] { return writing.log.add(hidden); });
}

Result<void> Removals::show(const MailboxId& mailbox, const std::vector<std::uint32_t>& uids,
                            const std::string& who) {
    return each(mailbox, uids, [&](Writing& writing, std::uint32_t uid, const Found& found) {
        const bool is_marked =
            found && found->entry.stage == Stage::marked && found->entry.is_hidden_too;
        if (!is_marked && (!found || found->entry.stage != Stage::hidden))
            return Result<void>();
        RemovalEntry entry = found->entry;
        entry.is_hidden_too = false;
        return (is_marked ? writing.rows.write(entry, "") : writing.rows.forget(uid)).and_then([&] {
            return writing.log.add(action_by(who, mailbox, found->entry, Action::What::shown));
        });
    });
}

Result<void> Removals::begin_removing(const MailboxId& mailbox, const Entries& messages,
                                      Refused& refused) {
    auto wishes = prepare_unmet_wishes(*database_);
    if (!wishes)
        return tl::unexpected(std::move(wishes.error()));
    return each(
        mailbox, messages,
        [&](Writing& writing, RemovalEntry entry, const Found& row) -> Result<void> {
            const auto made = make_room(writing, row, entry.id);
            if (!made)
                return tl::unexpected(made.error());
            const Found& found = *made;
            // Somebody may have wanted a part since the gate was looked at.
            const auto wanted = unmet_wishes(*wishes, mailbox, entry.id);
            if (!wanted)
                return tl::unexpected(wanted.error());
            if (!wanted->empty() && !entry.despite_wish && !is_being_removed(found, entry.id)) {
                refused.push_back({entry.id.uid, wanted_error(entry.id.uid, wanted->front())});
                return {};
            }
            // A document under way bars the removal, even one's own, and one that a dead
            // program left: its files may still be in the mail alone.
            const auto taker = writing.rows.taker(entry.id.uid);
            if (!taker)
                return tl::unexpected(taker.error());
            if (!taker->empty() || !may_be_removed(found, entry.id, writing.living)) {
                const std::string& holder = taker->empty() && found ? found->instance : *taker;
                refused.push_back({entry.id.uid, held_error(entry.id.uid, holder, writing.living)});
                return {};
            }
            go_on_from(found, entry);
            entry.stage = Stage::removing;
            return writing.rows.write(entry, instance_->id());
        });
}

Result<void> Removals::drop_wishes(const MailboxId& mailbox, Writing& writing, Statement& wishes,
                                   const RemovalEntry& entry) {
    auto wanted = unmet_wishes(wishes, mailbox, entry.id);
    if (!wanted)
        return tl::unexpected(std::move(wanted.error()));
    for (PartDecision& wish : *wanted) {
        wish.decision = Decision::by_rules;
        wish.who = entry.who;
        wish.when = entry.when;
        auto done = write_decision(*database_, mailbox, wish).and_then([&] {
            return writing.log.add(action_of(mailbox, entry, wish));
        });
        if (!done)
            return done;
    }
    return {};
}

Result<void> Removals::removed(const MailboxId& mailbox, const Entries& messages) {
    auto wishes = prepare_unmet_wishes(*database_);
    if (!wishes)
        return tl::unexpected(std::move(wishes.error()));
    return each(
        mailbox, messages,
        [&](Writing& writing, RemovalEntry entry, const Found& found) -> Result<void> {
            if (found && found->entry.stage == Stage::removed && is_same(found->entry.id, entry.id))
                return {};
            if (!may_be_removed(found, entry.id, writing.living))
                return tl::unexpected(held_error(entry.id.uid, found->instance, writing.living));
            go_on_from(found, entry);
            entry.stage = Stage::removed;
            return writing.rows.write(entry, "")
                .and_then([&] { return drop_wishes(mailbox, writing, *wishes, entry); })
                .and_then([&] {
                    return writing.log.add(action_of(mailbox, entry, Action::What::removed));
                });
        });
}

Result<void> Removals::not_removed(const MailboxId& mailbox, const Entries& messages,
                                   Action::What what, const std::string& result) {
    return each(mailbox, messages,
                [&](Writing& writing, const RemovalEntry& entry, const Found& found) {
                    auto done = unless_held(found, writing.living);
                    if (done && found && found->entry.stage == Stage::removing)
                        done = stay(writing, found->entry, what);
                    Action action = action_of(mailbox, entry, what);
                    action.result = result;
                    return done.and_then([&] { return writing.log.add(action); });
                });
}

Result<void> Removals::begin_restoring(const MailboxId& mailbox,
                                       const std::vector<RemovalKey>& keys, const std::string& who,
                                       const NextUid& next, Refused& refused) {
    return each(mailbox, keys,
                [&](Writing& writing, RemovalKey key, const Found& found) -> Result<void> {
                    if (auto obstacle = why_not_restore(key.uid, found, writing.living)) {
                        refused.push_back({key.uid, std::move(*obstacle)});
                        return {};
                    }
                    // Whoever goes on with it looks for what was put back since it was begun.
                    const bool was_begun = found->entry.stage == Stage::restoring;
                    return writing.rows.restoring(key, who, was_begun ? found->entry.next : next,
                                                  instance_->id());
                });
}

Result<void> Removals::restored_one(Writing& writing, const Ledger::Restored& message,
                                    const Found& found, const MailboxId& mailbox_now,
                                    const std::string& who) {
    const auto& [mailbox, key, now] = message;
    // Without an entry somebody has said so already.
    if (auto allowed = unless_held(found, writing.living); !allowed || !found)
        return allowed;
    if (found->entry.stage == Stage::hidden || found->entry.stage == Stage::removing)
        return {};
    Action action = action_by(who, mailbox, found->entry, Action::What::restored);
    if (now.uid != 0)
        action.uid = now.uid;
    auto done = writing.rows.forget(key);
    // What had the UID before has left its document to the message that has it now.
    if (done && key.number == 0)
        done = move_message(*database_, mailbox, key.uid, mailbox_now, now);
    return done.and_then([&] { return writing.log.add(action); });
}

Result<void> Removals::restored(const std::vector<Ledger::Restored>& messages,
                                const MailboxId& mailbox_now, const std::string& who) {
    for (auto first = messages.begin(); first != messages.end();) {
        const auto last = std::find_if(first, messages.end(), [&](const Ledger::Restored& one) {
            return !(one.mailbox == first->mailbox);
        });
        auto done = each(first->mailbox, std::span(first, last),
                         [&](Writing& writing, const Ledger::Restored& one, const Found& found) {
                             return restored_one(writing, one, found, mailbox_now, who);
                         });
        if (!done)
            return done;
        first = last;
    }
    return {};
}

Result<void> Removals::not_restored(const MailboxId& mailbox, RemovalKey key,
                                    const std::string& result) {
    return each(mailbox, std::array{key},
                [&](Writing& writing, RemovalKey, const Found& found) -> Result<void> {
                    if (auto allowed = unless_held(found, writing.living); !allowed)
                        return allowed;
                    if (!found || found->entry.stage != Stage::restoring)
                        return {};
                    Action action =
                        action_by(found->entry.who, mailbox, found->entry, Action::What::restored);
                    action.result = result;
                    auto done = writing.rows.not_restored(key);
                    // It did not come to that one.
                    if (result == mail::name_of(Cause::cancelled))
                        return done;
                    return done.and_then([&] { return writing.log.add(action); });
                });
}

Result<void> Removals::purged(const MailboxId& mailbox, RemovalKey key, const std::string& who) {
    return each(
        mailbox, std::array{key},
        [&](Writing& writing, RemovalKey, const Found& found) -> Result<void> {
            if (!found || found->entry.copy.empty() ||
                (found->entry.stage != Stage::removed && found->entry.stage != Stage::marked))
                return {};
            RemovalEntry entry = found->entry;
            entry.copy.clear();
            entry.copy_octets = 0;
            entry.copy_sha256.clear();
            // Nothing is left to be said of one whose UID is another's.
            auto done = key.number == 0 ? writing.rows.write(entry, "") : writing.rows.forget(key);
            return done.and_then([&] {
                return writing.log.add(action_by(who, mailbox, entry, Action::What::purged));
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
