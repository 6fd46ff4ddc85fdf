#include "mail/imap/sync.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "mail/base/utf8.h"
#include "mail/imap/ascii.h"
#include "mail/imap/ask.h"
#include "mail/imap/claim.h"
#include "mail/imap/examine.h"
#include "mail/imap/pipeline.h"
#include "mail/imap/quirks.h"
#include "mail/imap/utf7.h"

namespace mail::imap {

namespace {

/// So many UIDs behind the remembered ones are listed with the same wait. A set without an end
/// could be a whole folder, if its UIDs are others now; and "*" is never nothing.
constexpr Uid most_at_once = 200;
/// A longer set of known UIDs costs more than what it saves.
constexpr std::size_t most_ranges_told = 60;
/// A server may tell one thing twice, and not for ever.
constexpr std::size_t ranges_beside_known = 1'000;
constexpr Pipeline::Pace pace{Pipeline::Patience::idle, std::chrono::seconds(60), 5};

UidRange next_uids(const Remembered& remembered) {
    const auto& ranges = remembered.uids.ranges();
    const Uid behind =
        ranges.empty() || ranges.back().last == UINT32_MAX ? Uid{1} : ranges.back().last + 1;
    const Uid first = std::max(remembered.uid_next, behind);
    return {first, first + std::min(most_at_once - 1, UINT32_MAX - first)};
}

/// Those known, or where that is long, all between the first and the last of them.
std::string known_set(const UidSet& uids) {
    const auto& ranges = uids.ranges();
    if (ranges.size() <= most_ranges_told)
        return uids.text();
    return std::to_string(ranges.front().first) + ":" + std::to_string(ranges.back().last);
}

/// Some forty octets a message, where a list takes five hundred.
std::string flags_command(const Remembered& remembered) {
    return "UID FETCH " + known_set(remembered.uids) + " (UID FLAGS)";
}

std::string changed_since_command(const Remembered& remembered) {
    return flags_command(remembered) + " (CHANGEDSINCE " +
           std::to_string(remembered.highest_mod_sequence) + ")";
}

bool has_deleted(const std::vector<std::string>& flags) {
    return std::ranges::any_of(
        flags, [](const std::string& flag) { return same_word(flag, "\\deleted"); });
}

/// What replies say about messages that are remembered.
class KnownOnes {
public:
    explicit KnownOnes(const UidSet& uids) : uids_(uids) {}

    /// The flags of all were asked for: those of which nothing is told are not there.
    [[nodiscard]] UidSet not_told() const {
        std::vector<Uid> told;
        told.reserve(flagged_.size());
        for (const auto& [uid, one] : flagged_)
            told.push_back(uid);
        return uids_.without(UidSet(std::move(told)));
    }

    /// Whether it tells something new of one of them.
    bool take_flags(const FetchData& data) {
        if (!data.uid || !data.flags || !uids_.contains(*data.uid))
            return false;
        return flagged_
            .insert_or_assign(*data.uid, Synced::Flagged{*data.uid, claimants_of(*data.flags),
                                                         has_deleted(*data.flags)})
            .second;
    }
    Result<void> take_vanished(const VanishedData& data) {
        const UidSet ours = uids_.intersected(data.uids);
        gone_.insert(gone_.end(), ours.ranges().begin(), ours.ranges().end());
        if (gone_.size() > 2 * uids_.size() + ranges_beside_known)
            return fail(Cause::reply_too_long, Layer::list, Reach::connection,
                        {{"vanished", std::to_string(gone_.size())}});
        return {};
    }
    [[nodiscard]] UidSet vanished() const { return UidSet::of_ranges(gone_); }
    [[nodiscard]] std::vector<Synced::Flagged> flagged(const UidSet& vanished) const {
        std::vector<Synced::Flagged> flagged;
        for (const auto& [uid, one] : flagged_)
            if (!vanished.contains(uid))
                flagged.push_back(one);
        return flagged;
    }

private:
    const UidSet& uids_;
    std::map<Uid, Synced::Flagged> flagged_;
    std::vector<UidRange> gone_;
};

/// How the server is asked for what has changed. all_flags: it does not know, and tells them all.
enum class Manner { qresync, changed_since, all_flags };

/// Everything with one wait: the folder opened, changes of what is remembered, the new ones.
class Syncing final : public Exchange {
public:
    Syncing(Pipeline& pipeline, std::vector<Command> commands, std::size_t opening,
            const Remembered& remembered, Manner manner)
        : pipeline_(pipeline), commands_(std::move(commands)), opening_(opening),
          next_(next_uids(remembered)), manner_(manner), known_(remembered.uids),
          statuses_(commands_.size()) {}

    [[nodiscard]] Layer layer() const override { return opened_ ? Layer::list : Layer::select; }

    Result<std::optional<Command>> next_command() override {
        if (given_ == commands_.size())
            return std::nullopt;
        return std::move(commands_[given_++]);
    }

    Result<Use> untagged(Response& response) override {
        note(mailbox_, response);
        if (const auto* vanished = std::get_if<VanishedData>(&response))
            return known_.take_vanished(*vanished).map([] { return Use::unused; });
        auto* data = std::get_if<FetchData>(&response);
        if (data == nullptr)
            return Use::unused;
        const bool is_new = take_new(*data);
        return is_new || known_.take_flags(*data) ? Use::used : Use::unused;
    }

    /// What can't be read is found by comparing.
    bool goes_on_after(const Error& error) override {
        is_doubtful_ = true;
        return error.reach == Reach::folder && error.cause == Cause::reply_malformed;
    }

    Result<void> completed(std::size_t command, const Status& status) override {
        statuses_[command] = status;
        if (command == opening_) {
            pipeline_.folder_is_open();
            opened_ = status.is_ok();
        }
        is_doubtful_ = is_doubtful_ || (command > opening_ && !opened_);
        return {};
    }

    [[nodiscard]] const Status& opening_status() const { return statuses_[opening_]; }
    /// Of what came behind the opening of the folder.
    [[nodiscard]] bool all_ok() const {
        return std::all_of(statuses_.begin() + static_cast<std::ptrdiff_t>(opening_),
                           statuses_.end(), [](const Status& one) { return one.is_ok(); });
    }
    [[nodiscard]] Mailbox& mailbox() { return mailbox_; }
    /// What was told is all that happened: it leads to the number of messages that exist.
    [[nodiscard]] bool adds_up(const UidSet& remembered) const {
        const bool has_more = mailbox_.uid_next != 0 && mailbox_.uid_next - 1 > next_.last;
        // Gone again by now, or kept from us.
        const bool lacks_new = added_.empty() && mailbox_.uid_next > next_.first;
        return !is_doubtful_ && !has_more && !lacks_new &&
               remembered.size() - vanished().size() + added_.size() == mailbox_.exists;
    }
    [[nodiscard]] Synced synced() && {
        Synced synced;
        synced.mailbox = std::move(mailbox_);
        synced.vanished = vanished();
        synced.flagged = known_.flagged(synced.vanished);
        synced.tells_all_flags = manner_ == Manner::all_flags;
        for (auto& [uid, message] : added_) {
            synced.added.push_back(uid);
            if (message)
                synced.arrived.push_back(std::move(*message));
        }
        return synced;
    }

private:
    [[nodiscard]] UidSet vanished() const {
        return manner_ == Manner::all_flags ? known_.not_told() : known_.vanished();
    }
    /// What comes before the folder is open may be of another one.
    bool take_new(FetchData& data) {
        if (!opened_ || !data.uid || *data.uid < next_.first || *data.uid > next_.last)
            return false;
        const auto [at, is_first] = added_.try_emplace(*data.uid);
        if (!at->second)
            at->second = whole_message(data);
        return is_first;
    }

    Pipeline& pipeline_;
    std::vector<Command> commands_;
    const std::size_t opening_;  ///< which command opens the folder
    const UidRange next_;
    const Manner manner_;
    KnownOnes known_;
    std::vector<Status> statuses_;
    std::size_t given_ = 0;
    bool opened_ = false, is_doubtful_ = false;
    Mailbox mailbox_;
    std::map<Uid, std::optional<MessageData>> added_;
};

/// Flags of what is remembered, in a wait of their own.
class AskingFlags final : public Exchange {
public:
    AskingFlags(const Remembered& remembered, Manner manner)
        : command_(plain_command(manner == Manner::all_flags ? flags_command(remembered)
                                                             : changed_since_command(remembered))),
          manner_(manner), known_(remembered.uids) {}

    [[nodiscard]] Layer layer() const override { return Layer::list; }
    Result<std::optional<Command>> next_command() override {
        return std::exchange(command_, std::nullopt);
    }
    Result<void> completed(std::size_t /*command*/, const Status& status) override {
        is_ok_ = status.is_ok();
        return {};
    }
    Result<Use> untagged(Response& response) override {
        const auto* data = std::get_if<FetchData>(&response);
        return data != nullptr && known_.take_flags(*data) ? Use::used : Use::unused;
    }
    /// One of all that can't be read is one of which nothing is told.
    bool goes_on_after(const Error& error) override {
        return manner_ == Manner::all_flags && error.reach == Reach::folder &&
               error.cause == Cause::reply_malformed;
    }

    [[nodiscard]] bool is_ok() const { return is_ok_; }
    [[nodiscard]] const KnownOnes& known() const { return known_; }

private:
    std::optional<Command> command_;
    const Manner manner_;
    KnownOnes known_;
    bool is_ok_ = false;
};

class Synchronisation {
public:
    Synchronisation(Pipeline& pipeline, const Capabilities& capabilities,
                    const SyncRequest& request, const Wait& wait)
        : pipeline_(pipeline), capabilities_(capabilities), request_(request),
          remembered_(request.remembered), wait_(wait) {}

    Result<Synced> run() {
        if (is_worth_asking()) {
            auto quick = quickly();
            if (!quick)
                return tl::unexpected(std::move(quick.error()));
            if (*quick)
                return std::move(**quick);
        }
        return by_comparing();
    }

private:
    /// An empty list is as quickly made by listing.
    [[nodiscard]] bool is_worth_asking() const {
        return capabilities_.uidplus && remembered_.uid_validity != 0 && !remembered_.uids.empty();
    }
    /// What is remembered means the same messages still, and the server goes on from that state.
    [[nodiscard]] bool goes_on(const Mailbox& mailbox) const {
        const std::uint64_t before = remembered_.highest_mod_sequence;
        const std::uint64_t now = mailbox.highest_mod_sequence;
        return quirks::keeps_its_numbers(capabilities_, mailbox) &&
               mailbox.uid_validity == remembered_.uid_validity && (now == 0 || now >= before);
    }

    [[nodiscard]] Manner manner() const {
        if (!capabilities_.condstore || remembered_.highest_mod_sequence == 0)
            return Manner::all_flags;
        const bool has_qresync =
            std::ranges::find(capabilities_.all, "QRESYNC") != capabilities_.all.end();
        // ENABLE is for a session that has opened no folder yet.
        const bool may = pipeline_.speaks_qresync() || !pipeline_.opened_any();
        return has_qresync && may ? Manner::qresync : Manner::changed_since;
    }

    [[nodiscard]] Result<Command> opening_command(Manner manner) const {
        CommandBuilder builder(is_to_claim(request_, capabilities_) ? "SELECT" : "EXAMINE",
                               capabilities_);
        builder.astring(to_modified_utf7(request_.folder));
        if (manner == Manner::qresync)
            builder.words(" (QRESYNC (" + std::to_string(remembered_.uid_validity) + " " +
                          std::to_string(remembered_.highest_mod_sequence) + " " +
                          known_set(remembered_.uids) + "))");
        else if (capabilities_.condstore)
            builder.words(" (CONDSTORE)");
        return builder.finish(Cause::bad_folder_name, Layer::select);
    }

    /// Nothing: to be done the long way.
    Result<std::optional<Synced>> quickly() {
        if (request_.folder.empty() || !utf8::valid(request_.folder))
            return std::nullopt;  // the long way says why
        const Manner how = manner();
        auto open = opening_command(how);
        if (!open)
            return tl::unexpected(std::move(open.error()));
        std::vector<Command> commands;
        if (how == Manner::qresync && !pipeline_.speaks_qresync())
            commands.push_back(plain_command("ENABLE QRESYNC"));
        const std::size_t opening = commands.size();
        commands.push_back(std::move(*open));
        if (how == Manner::changed_since)
            commands.push_back(plain_command(changed_since_command(remembered_)));
        if (how == Manner::all_flags)
            commands.push_back(plain_command(flags_command(remembered_)));
        const UidRange next = next_uids(remembered_);
        commands.push_back(plain_command(
            list_command(std::to_string(next.first) + ":" + std::to_string(next.last))));
        pipeline_.folder_changes();
        Syncing syncing(pipeline_, std::move(commands), opening, remembered_, how);
        if (auto done = pipeline_.run(syncing, pace, wait_); !done)
            return tl::unexpected(std::move(done.error()));
        return judged(std::move(syncing), how);
    }

    Result<std::optional<Synced>> judged(Syncing syncing, Manner how) {
        Mailbox& mailbox = syncing.mailbox();
        if (!syncing.all_ok() || !goes_on(mailbox) || !syncing.adds_up(remembered_.uids))
            return std::nullopt;
        if (syncing.opening_status().has_code("READ-ONLY"))
            mailbox.can_claim = false;
        mailbox.folder = request_.folder;
        Synced synced = std::move(syncing).synced();
        if (is_to_claim(request_, capabilities_))
            guard_if_claimable(pipeline_, capabilities_, synced.mailbox);
        const bool was_told = how == Manner::all_flags ||
                              (synced.mailbox.highest_mod_sequence != 0 &&
                               (how == Manner::changed_since || pipeline_.speaks_qresync()));
        if (!was_told)
            if (auto told = ask_flags(synced); !told)
                return tl::unexpected(std::move(told.error()));
        return std::optional(std::move(synced));
    }

    /// All UIDs are asked for, and compared with those remembered.
    Result<Synced> by_comparing() {
        auto contents =
            is_to_claim(request_, capabilities_)
                ? open_to_claim_with_uids_of(pipeline_, capabilities_, request_.folder, wait_)
                : examine_with_uids_and_changes_of(pipeline_, capabilities_, request_.folder,
                                                   wait_);
        if (!contents)
            return tl::unexpected(std::move(contents.error()));
        Synced synced;
        synced.mailbox = std::move(contents->mailbox);
        synced.is_anew = !goes_on(synced.mailbox);
        if (synced.is_anew) {
            synced.added = std::move(contents->uids);
            return synced;
        }
        const UidSet there(contents->uids);
        synced.vanished = remembered_.uids.without(there);
        synced.added = there.without(remembered_.uids).uids();
        return ask_flags(synced).map([&] { return std::move(synced); });
    }

    /// In a wait of its own. A server that refuses is done without.
    Result<void> ask_flags(Synced& synced) {
        if (remembered_.uids.empty())
            return {};
        // NOMODSEQ may be said of a single folder.
        const bool has_changes =
            remembered_.highest_mod_sequence != 0 && synced.mailbox.highest_mod_sequence != 0;
        const Manner how = has_changes ? Manner::changed_since : Manner::all_flags;
        AskingFlags asking(remembered_, how);
        if (auto asked = pipeline_.run(asking, pace, wait_); !asked)
            return asked;
        synced.flagged = asking.known().flagged(synced.vanished);
        synced.tells_all_flags = how == Manner::all_flags;
        // Of all, those that were told are right, whatever became of the others.
        synced.flags_are_known = asking.is_ok() || synced.tells_all_flags;
        if (!synced.flags_are_known)
            synced.mailbox.highest_mod_sequence = 0;
        return {};
    }

    Pipeline& pipeline_;
    const Capabilities& capabilities_;
    const SyncRequest& request_;
    const Remembered& remembered_;
    const Wait& wait_;
};

}  // namespace

bool is_to_claim(const SyncRequest& request, const Capabilities& capabilities) {
    return request.access == SyncRequest::Access::to_claim && capabilities.uidplus;
}

Result<Synced> sync_folder(Pipeline& pipeline, const Capabilities& capabilities,
                           const SyncRequest& request, const Wait& wait) {
    return Synchronisation(pipeline, capabilities, request, wait).run();
}

}  // namespace mail::imap
