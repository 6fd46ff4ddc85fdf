#include <algorithm>
#include <memory>
#include <set>
#include <sstream>

#include "mail/base/utf8.h"
#include "mail/imap/quirks.h"
#include "mail/work/remove.h"
#include "mail/work/same_message.h"

namespace mail::work {

namespace {

using Entry = std::pair<store::MailboxId, store::RemovalEntry>;
using Stage = store::RemovalEntry::Stage;

std::vector<std::string> words_of(const std::string& flags) {
    std::istringstream in(flags);
    std::vector<std::string> words;
    // Who wants it back does not want it marked.
    for (std::string word; in >> word;)
        if (utf8::folded(word) != "\\deleted")
            words.push_back(std::move(word));
    return words;
}

std::chrono::sys_seconds received_of(const store::RemovalEntry& entry) {
    return std::chrono::sys_seconds(std::chrono::seconds(entry.id.received));
}

/// The copy's octets, piece by piece.
imap::Pieces pieces_of(std::unique_ptr<OldFile> file) {
    return [file = std::shared_ptr<OldFile>(std::move(file))]() -> Result<std::string> {
        std::string piece(64U << 10U, '\0');
        const auto got = file->read(piece.data(), piece.size());
        if (!got)
            return tl::unexpected(got.error());
        piece.resize(*got);
        return piece;
    };
}

class Restoring {
public:
    Restoring(imap::Session& session, const RemoveContext& context, const Wait& wait)
        : session_(session), context_(context), wait_(wait) {}

    RestoreOutcome run(const std::vector<Entry>& entries) {
        if (auto prepared = prepare(); !prepared) {
            outcome_.error = std::move(prepared.error());
            return std::move(outcome_);
        }
        for (const Entry& entry : entries) {
            if (auto go_on = wait_.check(Layer::list, Reach::point); !go_on) {
                outcome_.error = std::move(go_on.error());
                break;
            }
            auto done = restore_one(entry);
            if (done) {
                outcome_.restored.push_back(entry.second.id.uid);
                continue;
            }
            if (done.error().reach > Reach::message) {
                outcome_.error = std::move(done.error());
                break;
            }
            outcome_.failed.push_back({entry.second.id.uid, std::move(done.error())});
        }
        return std::move(outcome_);
    }

private:
    Result<void> prepare() {
        if (!session_.selected())
            return fail(Cause::internal, Layer::select, Reach::folder, {{"reason", "not open"}});
        now_ = context_.mailbox;
        now_.uid_validity = session_.selected()->uid_validity;
        const auto known = context_.ledger.messages(now_);
        if (!known)
            return tl::unexpected(known.error());
        for (const store::MessageEntry& message : *known)
            known_.insert(message.id.uid);
        return {};
    }

    Result<void> restore_one(const Entry& one) {
        const auto& [mailbox, entry] = one;
        auto copy = checked_copy(entry);
        // One that was begun may be there already, copy or not.
        if (!copy && entry.stage != Stage::restoring)
            return tl::unexpected(std::move(copy.error()));
        const auto refused = context_.ledger.restoring(mailbox, {entry.id.uid}, context_.who);
        if (!refused)
            return tl::unexpected(refused.error());
        if (!refused->empty())
            return tl::unexpected(refused->front().error);
        auto there = find(one, entry.stage == Stage::restoring ? After::append : After::nothing);
        if (!there)
            return give_up(one, std::move(there.error()));
        if (*there)
            return record(one, **there);
        if (!copy)
            return give_up(one, std::move(copy.error()));
        return append(one, std::move(*copy));
    }

    [[nodiscard]] Result<std::unique_ptr<OldFile>>
    checked_copy(const store::RemovalEntry& entry) const {
        if (context_.quarantine == nullptr || entry.copy.empty())
            return fail(Cause::copy_missing, Layer::workspace, Reach::message);
        auto checked =
            context_.quarantine->check({entry.copy, entry.copy_octets, entry.copy_sha256}, wait_);
        if (!checked && checked.error().cause == Cause::file_not_found)
            checked.error().cause = Cause::copy_missing;
        if (!checked)
            return tl::unexpected(std::move(checked.error()));
        return context_.disk.open(context_.quarantine->path_of(entry.copy));
    }

    enum class After { nothing, append };
    /// The message, if it is in the folder. What has a document of its own is another one, however
    /// alike, and so is what was there beside it. Before an APPEND it must be the same in every
    /// octet, and known by a Message-ID: rather one too many is put back than one too few. What an
    /// APPEND has made may have a new date, and the size of the copy.
    Result<std::optional<imap::Marks>> find(const Entry& one, After after) {
        const store::RemovalEntry& entry = one.second;
        if (after == After::nothing && entry.id.message_id.empty())
            return std::nullopt;
        const bool same_numbers = one.first == now_;
        return first_of(entry, [&](const imap::Marks& now) -> Result<bool> {
            if (claimed_.contains(now.uid) || (same_numbers && now.uid <= entry.id.uid) ||
                (after == After::nothing && known_.contains(now.uid)))
                return false;
            const bool same = is_same(session_.capabilities(), entry.id, now);
            if (after == After::append && !entry.id.message_id.empty())
                return is_copy(entry, now);
            return same ? has_content(session_, now.uid, entry.copy_sha256, wait_)
                        : Result<bool>(false);
        });
    }

    /// Of those in the folder that may be it.
    template <typename Is>
    Result<std::optional<imap::Marks>> first_of(const store::RemovalEntry& entry, const Is& is) {
        auto uids = imap::uids_like(session_, entry.id.message_id, received_of(entry), wait_);
        if (!uids)
            return tl::unexpected(std::move(uids.error()));
        if (uids->empty())
            return std::nullopt;
        auto marks = imap::marks_of(session_, std::move(*uids), wait_);
        if (!marks)
            return tl::unexpected(std::move(marks.error()));
        for (imap::Marks& now : *marks) {
            const auto it_is = is(now);
            if (!it_is)
                return tl::unexpected(it_is.error());
            if (*it_is)
                return std::optional(std::move(now));
        }
        return std::nullopt;
    }

    /// What an APPEND of ours made: neither a part of it, nor another one.
    Result<bool> is_copy(const store::RemovalEntry& entry, const imap::Marks& now) {
        if (now.raw_message_id != entry.id.message_id)
            return false;
        if (!entry.id.message_id.empty() && has_size_of(entry, now))
            return true;
        return has_content(session_, now.uid, entry.copy_sha256, wait_);
    }

    [[nodiscard]] bool has_size_of(const store::RemovalEntry& entry, const imap::Marks& now) const {
        return now.size_octets == entry.copy_octets ||
               imap::quirks::sizes_may_be_of_one(session_.capabilities(), now.size_octets,
                                                 entry.id.size_octets);
    }

    /// Nothing has become of it; after a lost connection that is not known.
    Result<void> give_up(const Entry& one, Error why) {
        if (why.reach <= Reach::folder)
            if (auto noted = context_.ledger.not_restored(one.first, one.second.id.uid,
                                                          std::string(name_of(why.cause)));
                !noted)
                return noted;
        return tl::unexpected(std::move(why));
    }

    Result<void> append(const Entry& one, std::unique_ptr<OldFile> copy) {
        const store::RemovalEntry& entry = one.second;
        const imap::NewMessage message{now_.folder, words_of(entry.flags), received_of(entry),
                                       entry.copy_octets, pieces_of(std::move(copy))};
        const auto before = there_before(entry);
        if (!before)
            return give_up(one, before.error());
        const auto appended = imap::append(session_, message, wait_);
        if (!appended)
            return give_up(one, appended.error());
        if (auto looked = imap::look_again(session_, wait_); !looked)
            return looked;
        // An OK alone is not a mail.
        auto there = *appended && (*appended)->uid_validity == now_.uid_validity
                         ? look_under((*appended)->uid, entry, *before)
                         : Result<std::optional<imap::Marks>>();
        if (there && !*there)
            there = first_of(entry, [&](const imap::Marks& now) -> Result<bool> {
                return is_new(now.uid, *before) ? is_copy(entry, now) : false;
            });
        if (!there)
            return tl::unexpected(std::move(there.error()));
        if (*there)
            return record(one, **there);
        return give_up(one, {Cause::append_refused,
                             Layer::list,
                             Reach::message,
                             {{"reason", "OK, and it is not there"}}});
    }

    using Uids = std::set<imap::Uid>;
    /// Where numbers last, UIDNEXT tells what is new; elsewhere only what was there before.
    [[nodiscard]] imap::Uid first_new() const {
        const auto& selected = session_.selected();
        return selected && imap::quirks::keeps_its_numbers(session_.capabilities(), *selected)
                   ? selected->uid_next
                   : 0;
    }
    Result<Uids> there_before(const store::RemovalEntry& entry) {
        if (first_new() != 0)
            return Uids();
        return imap::uids_like(session_, entry.id.message_id, received_of(entry), wait_)
            .map([](const std::vector<imap::Uid>& uids) { return Uids(uids.begin(), uids.end()); });
    }
    [[nodiscard]] bool is_new(imap::Uid uid, const Uids& before) const {
        return uid >= first_new() && !before.contains(uid) && !claimed_.contains(uid);
    }

    Result<std::optional<imap::Marks>> look_under(imap::Uid uid, const store::RemovalEntry& entry,
                                                  const Uids& before) {
        if (!is_new(uid, before))
            return std::nullopt;
        auto marks = imap::marks_of(session_, {uid}, wait_);
        if (!marks)
            return tl::unexpected(std::move(marks.error()));
        if (marks->empty())
            return std::nullopt;
        const auto is_it = is_copy(entry, marks->front());
        if (!is_it)
            return tl::unexpected(is_it.error());
        return *is_it ? std::optional(std::move(marks->front())) : std::nullopt;
    }

    Result<void> record(const Entry& one, const imap::Marks& there) {
        claimed_.insert(there.uid);
        const store::MessageId now{there.uid, there.raw_message_id,
                                   there.internal_date.time_since_epoch().count(),
                                   there.size_octets};
        return context_.ledger.restored(one.first, one.second.id.uid, now_, now, context_.who);
    }

    imap::Session& session_;
    const RemoveContext& context_;
    const Wait& wait_;
    store::MailboxId now_;         ///< the folder that is open
    std::set<imap::Uid> known_;    ///< in it, with a document
    std::set<imap::Uid> claimed_;  ///< in it, put back by us
    RestoreOutcome outcome_;
};

}  // namespace

RestoreOutcome restore(imap::Session& session, const RemoveContext& context,
                       const std::vector<Entry>& entries, const Wait& wait) {
    return Restoring(session, context, wait).run(entries);
}

}  // namespace mail::work
