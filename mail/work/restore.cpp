#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <sstream>

#include "mail/base/utf8.h"
#include "mail/imap/quirks.h"
#include "mail/work/grace.h"
#include "mail/work/remove.h"
#include "mail/work/same_message.h"
#include "mail/work/take_out.h"

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

/// The copy's octets, piece by piece. It is opened when the first is asked for: many wait for their
/// turn.
imap::Pieces pieces_of(const RemoveContext& context, std::string path) {
    return [&context, path = std::move(path),
            file = std::shared_ptr<OldFile>()]() mutable -> Result<std::string> {
        if (!file) {
            auto opened = context.disk.open(path);
            if (!opened)
                return tl::unexpected(std::move(opened.error()));
            file = std::move(*opened);
        }
        std::string piece(64U << 10U, '\0');
        const auto got = file->read(piece.data(), piece.size());
        if (!got)
            return tl::unexpected(got.error());
        piece.resize(*got);
        context.moved(*got);
        return piece;
    };
}

/// One of a batch.
struct Candidate {
    const Entry* entry = nullptr;
    bool was_begun = false;             ///< by a run that was cut off
    std::optional<Error> without_copy;  ///< there is none that could be put back
    std::optional<imap::Marks> there;   ///< it is in the mailbox
    imap::Uid told = 0;                 ///< by APPENDUID
    bool was_there = false;             ///< before anything was sent
    bool was_sent = false;              ///< or begun to be
    bool ended = false;
};

class Restoring {
public:
    Restoring(imap::Session& session, const RemoveContext& context, const Wait& wait)
        : session_(session), context_(context), asked_(wait), grace_(wait), wait_(grace_.wait()) {}

    RestoreOutcome run(const std::vector<Entry>& entries) {
        if (auto prepared = prepare(); !prepared) {
            outcome_.error = std::move(prepared.error());
            return std::move(outcome_);
        }
        for (std::size_t first = 0; first < entries.size() && !outcome_.error;) {
            if (auto go_on = asked_.check(Layer::list, Reach::point); !go_on) {
                outcome_.error = std::move(go_on.error());
                break;
            }
            const std::size_t last = std::min(entries.size(), first + messages_a_batch);
            if (auto done = restore_some(std::span(entries).subspan(first, last - first)); !done)
                outcome_.error = std::move(done.error());
            first = last;
        }
        return std::move(outcome_);
    }

private:
    using Candidates = std::vector<Candidate>;
    using Uids = std::set<imap::Uid>;

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

    /// What the server said of some stays on record, whatever comes after it.
    Result<void> restore_some(std::span<const Entry> entries) {
        auto some = with_copies(entries);
        auto done = claim(some).and_then([&] { return find_those_there(some); }).and_then([&] {
            return append(some);
        });
        if (auto recorded = record(some); !recorded)
            return recorded;
        if (done)
            return {};
        // Of what was not sent nothing has become; after a lost connection that is not known, nor
        // after a stop of what was on its way.
        const bool lives = done.error().reach <= Reach::folder;
        if (lives || done.error().cause == Cause::cancelled)
            for (Candidate& one : some)
                if (lives || !one.was_sent)
                    if (auto noted = give_up(one, done.error(), Told::no); !noted)
                        return noted;
        return done;
    }

    Candidates with_copies(std::span<const Entry> entries) {
        Candidates some;
        for (const Entry& one : entries) {
            Candidate candidate;
            candidate.entry = &one;
            candidate.was_begun = one.second.stage == Stage::restoring;
            if (auto checked = check_copy_of(one.second); !checked)
                candidate.without_copy = std::move(checked.error());
            // One that was begun may be there already, copy or not; and so is one that was marked.
            if (candidate.without_copy && one.second.stage == Stage::removed)
                outcome_.failed.push_back({one.second.id.uid, std::move(*candidate.without_copy)});
            else
                some.push_back(std::move(candidate));
        }
        return some;
    }

    [[nodiscard]] Result<void> check_copy_of(const store::RemovalEntry& entry) const {
        if (context_.quarantine == nullptr || entry.copy.empty())
            return fail(Cause::copy_missing, Layer::workspace, Reach::message);
        auto checked =
            context_.quarantine->check({entry.copy, entry.copy_octets, entry.copy_sha256}, asked_);
        if (!checked && checked.error().cause == Cause::file_not_found)
            checked.error().cause = Cause::copy_missing;
        return checked;
    }

    /// They become ours in one commit for each numbering that they come from.
    Result<void> claim(Candidates& some) {
        for (auto first = some.begin(); first != some.end();) {
            const store::MailboxId& mailbox = first->entry->first;
            const auto last = std::find_if(first, some.end(), [&](const Candidate& one) {
                return !(one.entry->first == mailbox);
            });
            std::vector<store::RemovalKey> keys;
            for (auto one = first; one != last; ++one)
                keys.emplace_back(one->entry->second);
            const auto refused =
                context_.ledger.restoring(mailbox, keys, context_.who, next_uid_of(session_));
            if (!refused) {
                // Nobody else knows of those before, either.
                std::for_each(first, some.end(), [](Candidate& one) { one.ended = true; });
                return tl::unexpected(refused.error());
            }
            for (const auto& refusal : *refused) {
                const auto one = std::find_if(first, last, [&](const Candidate& candidate) {
                    return candidate.entry->second.id.uid == refusal.uid;
                });
                one->ended = true;
                outcome_.failed.push_back(refusal);
            }
            first = last;
        }
        std::erase_if(some, [](const Candidate& one) { return one.ended; });
        return {};
    }

    /// Where numbers last, what is new can be told from what was there before.
    [[nodiscard]] bool numbers_last() const { return next_uid_of(session_).uid != 0; }

    [[nodiscard]] bool is_numbered_anew(const Candidate& one) const {
        return one.entry->first.uid_validity != now_.uid_validity;
    }

    /// From this UID on it may be what was put back; 0: any. Nothing: none can be.
    [[nodiscard]] std::optional<imap::Uid> first_possible(const Candidate& one) const {
        const auto& [mailbox, entry] = *one.entry;
        // When it was expunged nobody knows, and a twin may have come before.
        if (entry.stage == Stage::marked)
            return std::nullopt;
        const bool is_told =
            numbers_last() && entry.next.uid != 0 && entry.next.uid_validity == now_.uid_validity;
        if (is_told)
            return entry.next.uid < next_uid_of(session_).uid ? std::optional(entry.next.uid)
                                                              : std::nullopt;
        // Rather one too many is put back than one too few: what is alike may always have been
        // there. But in a folder that was made anew it is the message itself.
        if (!one.was_begun)
            return is_numbered_anew(one) ? std::optional<imap::Uid>(0) : std::nullopt;
        return mailbox == now_ ? entry.id.uid + 1 : 0;
    }

    /// Those that are in the mailbox: still, or since somebody has put them back.
    Result<void> find_those_there(Candidates& some) {
        if (auto found = find_those_left(some); !found)
            return found;
        std::vector<imap::Like> likes;
        std::optional<imap::Uid> first;
        for (const Candidate& one : some)
            if (const auto from = one.there ? std::nullopt : first_possible(one)) {
                likes.push_back(like_of(one));
                first = std::min(first.value_or(*from), *from);
            }
        if (!first)
            return {};
        const auto marks = marks_like(likes, *first);
        if (!marks)
            return tl::unexpected(marks.error());
        for (Candidate& one : some)
            if (const auto from = one.there ? std::nullopt : first_possible(one)) {
                if (auto found =
                        pick(one, *marks,
                             [&](const imap::Marks& now) { return may_be(one, *from, now); });
                    !found)
                    return found;
                one.was_there = one.there && !one.was_begun;
            }
        return {};
    }

    /// Under its own UID: it was only marked, or the server has not removed it after all.
    Result<void> find_those_left(Candidates& some) {
        // What was only marked is there still, mostly, on servers whose numbers don't last, too.
        const auto may_be_left = [&](const Candidate& one) {
            const store::RemovalEntry& entry = one.entry->second;
            return one.entry->first == now_ && entry.number == 0 &&
                   (numbers_last() || entry.stage == Stage::marked);
        };
        RemovalEntries ours;
        for (const Candidate& one : some)
            if (may_be_left(one))
                ours.push_back(one.entry->second);
        auto seen = look_at(session_, std::move(ours), wait_);
        if (!seen)
            return tl::unexpected(std::move(seen.error()));
        std::vector<imap::Uid> uids;
        for (const store::RemovalEntry& entry : seen->same)
            uids.push_back(entry.id.uid);
        if (uids.empty())
            return {};
        std::ranges::sort(uids);
        const auto cleared = imap::mark_deleted(session_, uids, imap::Mark::clear, wait_);
        if (!cleared)
            return tl::unexpected(cleared.error());
        for (Candidate& one : some) {
            const imap::Uid uid = one.entry->second.id.uid;
            if (may_be_left(one) && std::ranges::binary_search(uids, uid) &&
                std::ranges::binary_search(cleared->done, uid))
                take_as_there(one, *std::ranges::find(seen->marks, uid, &imap::Marks::uid));
        }
        return {};
    }

    [[nodiscard]] static imap::Like like_of(const Candidate& one) {
        return {one.entry->second.id.message_id, received_of(one.entry->second)};
    }

    Result<std::vector<imap::Marks>> marks_like(const std::vector<imap::Like>& likes,
                                                imap::Uid first) {
        auto uids = imap::uids_like_any(session_, likes, first, wait_);
        if (!uids)
            return tl::unexpected(std::move(uids.error()));
        return uids->empty() ? std::vector<imap::Marks>()
                             : imap::marks_of(session_, std::move(*uids), wait_);
    }

    /// The first of these that it is.
    template <typename Is>
    Result<void> pick(Candidate& one, const std::vector<imap::Marks>& marks, const Is& is) {
        for (const imap::Marks& now : marks) {
            if (claimed_.contains(now.uid))
                continue;
            const auto it_is = is(now);
            if (!it_is)
                return tl::unexpected(it_is.error());
            if (!*it_is)
                continue;
            take_as_there(one, now);
            return {};
        }
        return {};
    }

    void take_as_there(Candidate& one, const imap::Marks& now) {
        claimed_.insert(now.uid);
        one.there = now;
    }

    /// What has a document of its own is another one, however alike. Before an APPEND it must be
    /// the same in every octet, and known by a Message-ID. What an APPEND has made may have a new
    /// date, and the size of the copy.
    Result<bool> may_be(const Candidate& one, imap::Uid first, const imap::Marks& now) {
        const store::RemovalEntry& entry = one.entry->second;
        // After new numbers its own document may have been found again already.
        const bool is_known = !one.was_begun && !is_numbered_anew(one) && known_.contains(now.uid);
        if (now.uid < first || is_known)
            return false;
        if (one.was_begun && !entry.id.message_id.empty())
            return is_copy(entry, now);
        if (!one.was_begun && entry.id.message_id.empty())
            return false;
        return is_same(session_.capabilities(), entry.id, now)
                   ? has_content(session_, now.uid, entry.copy_sha256, wait_)
                   : Result<bool>(false);
    }

    /// What an APPEND of ours made: neither a part of it, nor another one.
    Result<bool> is_copy(const store::RemovalEntry& entry, const imap::Marks& now) {
        if (now.raw_message_id != entry.id.message_id)
            return false;
        if (!entry.id.message_id.empty() && has_size_of(entry, now))
            return true;
        return has_content(session_, now.uid, entry.copy_sha256, wait_);
    }

    /// Some servers and gateways write fields of their own above what is appended.
    [[nodiscard]] bool has_size_of(const store::RemovalEntry& entry, const imap::Marks& now) const {
        constexpr std::uint64_t own_fields = 64U << 10U;
        const bool is_whole = now.size_octets >= entry.copy_octets &&
                              now.size_octets - entry.copy_octets <= own_fields;
        return is_whole || imap::quirks::sizes_may_be_of_one(session_.capabilities(),
                                                             now.size_octets, entry.id.size_octets);
    }

    [[nodiscard]] static bool is_open(const Candidate& one) { return !one.there && !one.ended; }

    Result<void> append(Candidates& some) {
        std::vector<Candidate*> to_send;
        for (Candidate& one : some)
            if (is_open(one) && !one.without_copy)
                to_send.push_back(&one);
            else if (is_open(one))
                if (auto noted = give_up(one, *one.without_copy, Told::yes); !noted)
                    return noted;
        if (to_send.empty())
            return {};
        const auto before = there_before(to_send);
        if (!before)
            return tl::unexpected(before.error());
        auto sent = send(to_send);
        if (!sent)
            return sent;
        if (auto looked = imap::look_again(session_, wait_); !looked)
            return looked;
        if (auto found = find_appended(to_send, *before); !found)
            return found;
        for (Candidate* one : to_send)
            // An OK alone is not a mail.
            if (is_open(*one))
                if (auto noted = give_up(*one,
                                         {Cause::append_refused,
                                          Layer::list,
                                          Reach::message,
                                          {{"reason", "OK, and it is not there"}}},
                                         Told::yes);
                    !noted)
                    return noted;
        return stopped_ ? asked_.check(Layer::list, Reach::point) : Result<void>();
    }

    /// Those that were refused, or not come to, are left out of `to_send`.
    Result<void> send(std::vector<Candidate*>& to_send) {
        std::vector<imap::NewMessage> messages;
        for (const Candidate* one : to_send) {
            const store::RemovalEntry& entry = one->entry->second;
            messages.push_back({now_.folder, words_of(entry.flags), received_of(entry),
                                entry.copy_octets,
                                pieces_of(context_, context_.quarantine->path_of(entry.copy))});
        }
        auto appended = imap::append_all(session_, std::move(messages), asked_, wait_);
        std::optional<Error> refused;
        for (std::size_t i = 0; i < to_send.size(); ++i) {
            Candidate& one = *to_send[i];
            const auto& each = appended.each[i];
            one.was_sent = i < appended.sent;
            if (each && *each && **each && (**each)->uid_validity == now_.uid_validity)
                one.told = (**each)->uid;
            if (each && !*each) {
                const Error& why = each->error();
                if (auto noted =
                        give_up(one, why, why.reach > Reach::message ? Told::no : Told::yes);
                    !noted)
                    return noted;
                if (why.reach > Reach::message && !refused)
                    refused = why;
            }
            if (i >= appended.sent && !appended.error) {
                stopped_ = true;
                if (auto noted =
                        give_up(one, {Cause::cancelled, Layer::list, Reach::point, {}}, Told::no);
                    !noted)
                    return noted;
            }
        }
        std::erase_if(to_send, [](const Candidate* one) { return one->ended; });
        if (appended.error)
            return tl::unexpected(std::move(*appended.error));
        return refused ? tl::unexpected(std::move(*refused)) : Result<void>();
    }

    /// Where numbers last, UIDNEXT tells what is new; elsewhere only what was there before.
    Result<Uids> there_before(const std::vector<Candidate*>& to_send) {
        if (numbers_last())
            return Uids();
        return imap::uids_like_any(session_, likes_of(to_send), 0, wait_)
            .map([](const std::vector<imap::Uid>& uids) { return Uids(uids.begin(), uids.end()); });
    }

    [[nodiscard]] static std::vector<imap::Like>
    likes_of(const std::vector<Candidate*>& candidates) {
        std::vector<imap::Like> likes;
        for (const Candidate* one : candidates)
            likes.push_back(like_of(*one));
        return likes;
    }

    /// Under the number that was told, or else wherever it is among what is new.
    Result<void> find_appended(const std::vector<Candidate*>& sent, const Uids& before) {
        const auto is_new = [&](imap::Uid uid) {
            return uid >= next_uid_of(session_).uid && !before.contains(uid);
        };
        std::vector<imap::Uid> told;
        for (const Candidate* one : sent)
            if (one->told != 0 && is_new(one->told))
                told.push_back(one->told);
        const auto marks = told.empty() ? Result<std::vector<imap::Marks>>()
                                        : imap::marks_of(session_, std::move(told), wait_);
        if (!marks)
            return tl::unexpected(marks.error());
        for (Candidate* one : sent)
            if (auto found = pick(*one, *marks,
                                  [&](const imap::Marks& now) -> Result<bool> {
                                      return now.uid == one->told ? is_copy(one->entry->second, now)
                                                                  : Result<bool>(false);
                                  });
                !found)
                return found;
        std::vector<Candidate*> left = sent;
        std::erase_if(left, [](const Candidate* one) { return !is_open(*one); });
        if (left.empty())
            return {};
        const auto like = marks_like(likes_of(left), next_uid_of(session_).uid);
        if (!like)
            return tl::unexpected(like.error());
        for (Candidate* one : left)
            if (auto found = pick(*one, *like,
                                  [&](const imap::Marks& now) -> Result<bool> {
                                      return is_new(now.uid) ? is_copy(one->entry->second, now)
                                                             : Result<bool>(false);
                                  });
                !found)
                return found;
        return {};
    }

    enum class Told { yes, no };  ///< as one that failed; else it is left for another try
    /// Nothing has become of it.
    Result<void> give_up(Candidate& one, const Error& why, Told told) {
        if (!is_open(one))
            return {};
        one.ended = true;
        const auto& [mailbox, entry] = *one.entry;
        auto noted = context_.ledger.not_restored(mailbox, entry, std::string(name_of(why.cause)));
        if (noted && told == Told::yes)
            outcome_.failed.push_back({entry.id.uid, why});
        return noted;
    }

    /// All that are there, in one commit.
    Result<void> record(Candidates& some) {
        std::vector<store::Ledger::Restored> restored;
        for (Candidate& one : some)
            if (one.there) {
                const imap::Marks& there = *one.there;
                restored.push_back(
                    {one.entry->first,
                     one.entry->second,
                     {there.uid, there.raw_message_id,
                      there.internal_date.time_since_epoch().count(), there.size_octets}});
            }
        return context_.ledger.restored(restored, now_, context_.who).map([&] {
            outcome_.were_there += static_cast<std::size_t>(
                std::ranges::count_if(some, [](const Candidate& one) { return one.was_there; }));
            for (const store::Ledger::Restored& one : restored)
                outcome_.restored.push_back(one.key.uid);
        });
    }

    // So many share their looks at the server and the ledger's commits.
    static constexpr std::size_t messages_a_batch = 256;

    imap::Session& session_;
    const RemoveContext& context_;
    const Wait& asked_;  ///< ends at once when the operator says so
    const Grace grace_;
    const Wait& wait_;      ///< of what was begun
    store::MailboxId now_;  ///< the folder that is open
    Uids known_;            ///< in it, with a document
    Uids claimed_;          ///< in it, put back by us
    bool stopped_ = false;
    RestoreOutcome outcome_;
};

}  // namespace

RestoreOutcome restore(imap::Session& session, const RemoveContext& context,
                       const std::vector<Entry>& entries, const Wait& wait) {
    return Restoring(session, context, wait).run(entries);
}

}  // namespace mail::work
