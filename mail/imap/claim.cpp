#include "mail/imap/claim.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "mail/imap/ascii.h"
#include "mail/imap/ask.h"
#include "mail/imap/claiming.h"
#include "mail/imap/pipeline.h"
#include "mail/imap/sequence_set.h"

namespace mail::imap {

namespace {

constexpr Pipeline::Pace pace{Pipeline::Patience::idle, std::chrono::seconds(60), 20};
constexpr std::size_t uids_a_command = 500;
/// Whoever changes flags between each look and its STORE so often keeps the message.
constexpr std::size_t most_rounds = 5;

/// Commands of one form about many messages, and the flags that the answers tell.
class FlagsExchange final : public Exchange {
public:
    /// stale_until_noop: some tell the flags as they were, until they are asked for nothing.
    enum class Flags { as_told, stale_until_noop };
    FlagsExchange(std::string before, std::vector<Uid> uids, std::string after,
                  Flags flags = Flags::as_told)
        : before_(std::move(before)), uids_(std::move(uids)), after_(std::move(after)),
          needs_noop_(flags == Flags::stale_until_noop) {}

    [[nodiscard]] Layer layer() const override { return Layer::list; }
    Result<std::optional<Command>> next_command() override {
        if (std::exchange(needs_noop_, false))
            return plain_command("NOOP");
        if (given_ == uids_.size())
            return std::nullopt;
        const auto begin = uids_.begin() + static_cast<std::ptrdiff_t>(given_);
        const std::size_t count = std::min(uids_a_command, uids_.size() - given_);
        given_ += count;
        const std::vector<Uid> some(begin, begin + static_cast<std::ptrdiff_t>(count));
        return plain_command(before_ + to_sequence_set(some) + after_);
    }
    Result<void> completed(std::size_t /*command*/, const Status& status) override {
        if (status_.is_ok())
            status_ = status;
        return {};
    }
    Result<Use> untagged(Response& response) override {
        auto* data = std::get_if<FetchData>(&response);
        if (data == nullptr || !data->uid || !std::ranges::binary_search(uids_, *data->uid))
            return Use::unused;
        if (data->flags)
            seen_[*data->uid] = {claimant_of(*data->flags), data->mod_sequence.value_or(0)};
        return Use::used;
    }

    struct Seen {
        std::optional<Claimant> claimant;
        std::uint64_t mod_sequence = 0;
    };
    [[nodiscard]] const std::map<Uid, Seen>& seen() const { return seen_; }
    [[nodiscard]] const Status& status() const { return status_; }

private:
    std::string before_;
    std::vector<Uid> uids_;
    std::string after_;
    bool needs_noop_;
    std::size_t given_ = 0;
    std::map<Uid, Seen> seen_;
    Status status_;
};

std::vector<Uid> sorted(std::vector<Uid> uids) {
    std::ranges::sort(uids);
    uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
    return uids;
}

class Settling {
public:
    Settling(Session& session, Claimant claimant, const Wait& wait)
        : session_(session), claimant_(claimant), wait_(wait) {}

    Result<ClaimsSettled> run(std::vector<Uid> uids) {
        for (std::size_t round = 0; !uids.empty() && round < most_rounds; ++round) {
            auto by_sequence = look(std::exchange(uids, {}));
            if (!by_sequence)
                return tl::unexpected(std::move(by_sequence.error()));
            for (auto& [sequence, some] : *by_sequence) {
                auto changed = mark(sequence, std::move(some));
                if (!changed)
                    return tl::unexpected(std::move(changed.error()));
                std::ranges::move(*changed, std::back_inserter(uids));
            }
            std::ranges::sort(uids);
        }
        std::ranges::move(uids, std::back_inserter(settled_.lost));
        std::ranges::sort(settled_.ours);
        std::ranges::sort(settled_.lost);
        return std::move(settled_);
    }

private:
    /// Those without a mark, by their mod-sequence.
    using BySequence = std::map<std::uint64_t, std::vector<Uid>>;

    Result<FlagsExchange> flags_of(const std::vector<Uid>& uids, std::string items) {
        FlagsExchange looking("UID FETCH ", uids, std::move(items));
        return session_.pipeline().run(looking, pace, wait_).map([&] {
            return std::move(looking);
        });
    }

    Result<BySequence> look(std::vector<Uid> uids) {
        const bool condstore = session_.capabilities().condstore;
        auto looking = flags_of(uids, condstore ? " (UID FLAGS MODSEQ)" : " (UID FLAGS)");
        // Some say CONDSTORE and don't know it.
        if (looking && condstore && !looking->status().is_ok())
            looking = flags_of(uids, " (UID FLAGS)");
        if (!looking)
            return tl::unexpected(std::move(looking.error()));
        BySequence by_sequence;
        for (const Uid uid : uids) {
            const auto seen = looking->seen().find(uid);
            // Contested ones have changed; where the server does not say how, another may have it.
            if (seen == looking->seen().end())
                (looking->status().is_ok() ? settled_.ours : settled_.lost).push_back(uid);
            else if (const auto& whose = seen->second.claimant)
                (*whose == claimant_ && *whose != 0 ? settled_.ours : settled_.lost).push_back(uid);
            else
                by_sequence[seen->second.mod_sequence].push_back(uid);
        }
        return by_sequence;
    }

    /// Those that have changed since, and are to be looked at again.
    Result<std::vector<Uid>> mark(std::uint64_t mod_sequence, std::vector<Uid> uids) {
        std::vector<Uid> changed;
        const auto note = [&](const std::vector<Uid>& some) {
            std::ranges::copy(some, std::back_inserter(changed));
        };
        Claim marking{uids, {}, mod_sequence, note, [] {}};
        marking.claimant = claimant_;
        auto looked = look_before_claiming(session_, std::move(marking), wait_);
        if (!looked)
            return tl::unexpected(std::move(looked.error()));
        Claim& claim = *looked;
        // A server that tells no number for a message of its own can't be asked on condition.
        if (session_.capabilities().condstore && mod_sequence == 0)
            std::swap(claim.uids, claim.owned);
        ClaimExchange claiming(claim, session_.capabilities());
        if (auto done = session_.pipeline().run(claiming, pace, wait_); !done)
            return tl::unexpected(std::move(done.error()));
        changed = sorted(std::move(changed));
        std::ranges::set_difference(uids, changed, std::back_inserter(settled_.ours));
        return changed;
    }

    Session& session_;
    const Claimant claimant_;
    const Wait& wait_;
    ClaimsSettled settled_;
};

/// Of one that is a mark.
std::optional<Claimant> claimant_of(std::string_view flag) {
    if (!same_word(flag.substr(0, claim_keyword.size()), claim_keyword))
        return std::nullopt;
    const std::string_view rest = flag.substr(claim_keyword.size());
    if (!rest.empty() && rest.front() != '-')
        return std::nullopt;
    Claimant claimant = 0;
    if (!rest.empty())
        std::from_chars(rest.data() + 1, rest.data() + rest.size(), claimant, 16);
    return claimant;
}

}  // namespace

std::string keyword_of(Claimant claimant) {
    std::string keyword(claim_keyword);
    if (claimant == 0)
        return keyword;
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), claimant, 16).ptr;
    const std::string_view number(digits.data(), static_cast<std::size_t>(end - digits.data()));
    return keyword + "-" + std::string(digits.size() - number.size(), '0') + std::string(number);
}

std::optional<Claimant> claimant_of(const std::vector<std::string>& flags) {
    std::optional<Claimant> lowest;
    for (const std::string& flag : flags)
        if (const auto one = claimant_of(std::string_view(flag)))
            lowest = std::min(lowest.value_or(*one), *one);
    return lowest;
}

std::vector<Claimant> claimants_of(const std::vector<std::string>& flags) {
    std::vector<Claimant> claimants;
    for (const std::string& flag : flags)
        if (const auto one = claimant_of(std::string_view(flag)); one && *one != 0)
            claimants.push_back(*one);
    return sorted(std::move(claimants));
}

Claimant claimant_in(const Mailbox& folder, Claimant own) {
    const bool is_known = std::ranges::binary_search(folder.claimants, own);
    const bool has_room = folder.can_store_keywords && folder.claimants.size() < most_claimants;
    return is_known || has_room ? own : 0;
}

bool has_claim(const std::vector<std::string>& flags) {
    return claimant_of(flags).has_value();
}

Result<Claim> look_before_claiming(Session& session, Claim claim, const Wait& wait) {
    if (session.capabilities().condstore || claim.uids.empty())
        return claim;
    FlagsExchange looking("UID FETCH ", sorted(claim.uids), " (UID FLAGS)",
                          FlagsExchange::Flags::stale_until_noop);
    if (auto done = session.pipeline().run(looking, pace, wait); !done)
        return tl::unexpected(std::move(done.error()));
    const auto is_marked = [&](Uid uid) {
        const auto seen = looking.seen().find(uid);
        return seen != looking.seen().end() && seen->second.claimant;
    };
    std::vector<Uid> marked;
    std::ranges::copy_if(claim.uids, std::back_inserter(marked), is_marked);
    std::erase_if(claim.uids, is_marked);
    if (!marked.empty())
        claim.contested(sorted(std::move(marked)));
    return claim;
}

Result<ClaimsSettled> settle_claims(Session& session, std::vector<Uid> uids, Claimant claimant,
                                    const Wait& wait) {
    return Settling(session, claimant, wait).run(sorted(std::move(uids)));
}

Result<void> give_back_claims(Session& session, std::vector<Uid> uids, Claimant claimant,
                              const Wait& wait) {
    FlagsExchange storing("UID STORE ", sorted(std::move(uids)),
                          " -FLAGS.SILENT (" + keyword_of(claimant) + ")");
    if (auto done = session.pipeline().run(storing, pace, wait); !done)
        return done;
    if (!storing.status().is_ok())
        return tl::unexpected(session.pipeline().refusal(Cause::server_refused, Layer::list,
                                                         Reach::folder, storing.status()));
    return {};
}

}  // namespace mail::imap
