#include "mail/imap/listing.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "mail/imap/ask.h"
#include "mail/imap/pipeline.h"
#include "mail/imap/quirks.h"
#include "mail/imap/sequence_set.h"
#include "mail/imap/uid_search.h"

namespace mail::imap {

namespace {

/// The first rows should show at once; then fewer, longer commands.
constexpr std::size_t first_chunk = 50;
constexpr std::size_t chunk = 500;
/// What is missing is asked for again as long as something comes: a server may tell only so many
/// messages at a time (RFC 9738).
constexpr std::size_t max_rounds = 100;

using Portions = ListRequest::Portions;

Pipeline::Pace pace_of(Portions portions) {
    // A server that is silent about one message has been waited for before.
    const std::chrono::seconds time(portions == Portions::large ? 60 : 30);
    return {Pipeline::Patience::idle, time, 100};
}

bool tells_something(const FetchData& data) {
    return data.size_octets || data.internal_date || data.envelope || data.structure ||
           data.structure_error;
}

/// Servers may tell the attributes of one message in several replies.
void add(FetchData& known, FetchData& more) {
    const auto move_in = [](auto& to, auto& from) {
        if (from)
            to = std::move(from);
    };
    move_in(known.flags, more.flags);
    move_in(known.size_octets, more.size_octets);
    move_in(known.internal_date, more.internal_date);
    move_in(known.envelope, more.envelope);
    move_in(known.structure, more.structure);
    move_in(known.structure_error, more.structure_error);
    move_in(known.error, more.error);
}

MessageData message_of(Uid uid, FetchData& data) {
    MessageData message;
    message.uid = uid;
    message.size_octets = data.size_octets.value_or(0);
    message.internal_date = data.internal_date.value_or(std::chrono::sys_seconds{});
    message.flags = std::move(data.flags).value_or(std::vector<std::string>{});
    message.envelope = std::move(*data.envelope);
    message.structure = std::move(data.structure).value_or(BodyStructure{});
    if (message.structure.empty())
        message.structure_error = data.structure_error.value_or(
            Error{Cause::reply_malformed, Layer::list, Reach::message, {}});
    return message;
}

/// Nothing of it can still come in another reply.
bool is_whole(const FetchData& data) {
    return !data.error && data.flags && data.size_octets && data.internal_date && data.envelope &&
           (data.structure || data.structure_error);
}

class Listing final : public Exchange {
public:
    Listing(const Pipeline& pipeline, ListRequest request, const ListedMessages& messages)
        : pipeline_(pipeline), uids_(std::move(request.uids)), portions_(request.portions),
          messages_(messages), left_(uids_.size()), stages_(uids_.size(), Stage::open) {}

    [[nodiscard]] Layer layer() const override { return Layer::list; }

    Result<std::optional<Command>> next_command() override {
        if (left_ == 0)
            return std::nullopt;
        const std::size_t count = std::min(left_, next_portion());
        const auto end = uids_.begin() + static_cast<std::ptrdiff_t>(left_);
        const std::vector<Uid> some(end - static_cast<std::ptrdiff_t>(count), end);
        left_ -= count;
        chunk_begins_.push_back(left_);
        return plain_command(list_command(to_sequence_set(some)));
    }

    Result<Use> untagged(Response& response) override {
        auto* data = std::get_if<FetchData>(&response);
        if (data == nullptr)
            return Use::unused;
        const auto index = data->uid ? index_of(*data->uid) : std::nullopt;
        if (!index) {
            // Flags of others may change at any time. Of one whose reply nobody can read the UID is
            // among those that are missing in the end.
            if (data->error && !data->uid)
                unreadable_ = *data->error;
            return Use::unused;
        }
        if (stages_[*index] != Stage::open)
            return Use::unused;
        const auto known = partial_.find(*index);
        if (known != partial_.end()) {
            add(known->second, *data);
            return Use::unused;
        }
        if (is_whole(*data))
            arrive(*index, *data);
        else
            partial_.emplace(*index, std::move(*data));
        return Use::used;
    }

    bool goes_on_after(const Error& error) override {
        if (portions_ != Portions::single)
            return false;
        unreadable_ = error;
        unreadable_->reach = Reach::message;
        return true;
    }

    Result<void> completed(std::size_t command, const Status& status) override {
        // What it refuses for now is no fault of the messages.
        if (!status.is_ok() && quirks::asks_to_wait(status))
            return tl::unexpected(
                pipeline_.refusal(Cause::server_limit, Layer::list, Reach::connection, status));
        const std::size_t begin = chunk_begins_[command];
        const std::size_t end = command == 0 ? uids_.size() : chunk_begins_[command - 1];
        for (std::size_t index = end; index > begin; --index)
            settle(index - 1, status);
        return {};
    }

    /// The conversation has ended: what was whole before is whole.
    void keep_arrived() {
        for (std::size_t index = uids_.size(); index > 0; --index)
            if (stages_[index - 1] == Stage::arrived)
                messages_.next(uids_[index - 1]);
    }

    /// `error` has ended the conversation: with the message that it was about, where that is known.
    [[nodiscard]] Error blaming(Error error) const {
        std::size_t end = uids_.size();
        for (const std::size_t begin : chunk_begins_) {
            if (stages_[begin] != Stage::settled) {
                if (portions_ != Portions::large && end - begin == 1)
                    error.facts.emplace_back("uid", std::to_string(uids_[begin]));
                break;
            }
            end = begin;
        }
        return error;
    }

    [[nodiscard]] std::vector<Unlisted> unlisted() && { return std::move(unlisted_); }
    /// Asked for, and under OK nothing came that could be used. Ascending.
    [[nodiscard]] const std::vector<Uid>& missing() const { return missing_; }
    /// What is wrong with those of them that are there.
    [[nodiscard]] Error fault_of_missing() const {
        return unreadable_.value_or(
            Error{Cause::reply_malformed, Layer::list, Reach::message, {{"missing", "FETCH"}}});
    }

private:
    enum class Stage : std::uint8_t { open, arrived, settled };

    [[nodiscard]] std::size_t next_portion() const {
        const std::size_t given = chunk_begins_.size();
        if (portions_ == Portions::single || (portions_ == Portions::single_first && given < chunk))
            return 1;
        return given == 0 ? first_chunk : chunk;
    }

    [[nodiscard]] std::optional<std::size_t> index_of(Uid uid) const {
        const auto at = std::lower_bound(uids_.begin(), uids_.end(), uid);
        if (at == uids_.end() || *at != uid)
            return std::nullopt;
        return static_cast<std::size_t>(at - uids_.begin());
    }

    void arrive(std::size_t index, FetchData& data) {
        messages_.arrived(message_of(uids_[index], data));
        stages_[index] = Stage::arrived;
    }

    void settle(std::size_t index, const Status& status) {
        if (const auto found = partial_.find(index); found != partial_.end()) {
            if (found->second.error || tells_something(found->second))
                tell(index, found->second);
            else
                tell_nothing(index, status);
            partial_.erase(found);
        } else if (stages_[index] == Stage::open) {
            tell_nothing(index, status);
        }
        if (stages_[index] == Stage::arrived)
            messages_.next(uids_[index]);
        stages_[index] = Stage::settled;
    }

    void tell(std::size_t index, FetchData& data) {
        if (data.envelope && !data.error)
            arrive(index, data);
        else
            unlisted_.push_back(
                {uids_[index], data.error.value_or(Error{Cause::reply_malformed,
                                                         Layer::list,
                                                         Reach::message,
                                                         {{"missing", "ENVELOPE"}}})});
    }

    /// Under OK a message without a reply has been removed meanwhile, or the server has left it
    /// out.
    void tell_nothing(std::size_t index, const Status& status) {
        if (status.is_ok())
            missing_.push_back(uids_[index]);
        else
            unlisted_.push_back({uids_[index], pipeline_.refusal(Cause::server_refused, Layer::list,
                                                                 Reach::message, status)});
    }

    const Pipeline& pipeline_;
    std::vector<Uid> uids_;  ///< ascending
    const Portions portions_;
    const ListedMessages& messages_;
    std::size_t left_;                       ///< of uids_, from the front: not asked for yet
    std::vector<Stage> stages_;              ///< of uids_
    std::vector<std::size_t> chunk_begins_;  ///< in uids_; each ends where that before it begins
    std::map<std::size_t, FetchData> partial_;
    std::vector<Unlisted> unlisted_;
    std::vector<Uid> missing_;
    std::optional<Error> unreadable_;
};

}  // namespace

std::string list_command(const std::string& uids) {
    return "UID FETCH " + uids + " (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)";
}

std::optional<MessageData> whole_message(FetchData& data) {
    if (!data.uid || !is_whole(data))
        return std::nullopt;
    return message_of(*data.uid, data);
}

Result<std::vector<Uid>> uids_matching(Session& session, const std::vector<Uid>& among,
                                       std::string_view criteria, const Wait& wait) {
    std::vector<Uid> sorted = among;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string> searches;
    const bool among_all = quirks::searches_numbers_for_uids(session.capabilities());
    if (among_all && !sorted.empty())
        searches.emplace_back(criteria);
    for (std::size_t first = 0; !among_all && first < sorted.size(); first += chunk) {
        const auto begin = sorted.begin() + static_cast<std::ptrdiff_t>(first);
        const auto count = std::min(chunk, sorted.size() - first);
        const std::vector<Uid> some(begin, begin + static_cast<std::ptrdiff_t>(count));
        searches.push_back("UID " + to_sequence_set(some) + " " + std::string(criteria));
    }
    auto found = search_uids(session.pipeline(), std::move(searches),
                             {session.capabilities().esearch, Reach::message, {}}, wait);
    // Some servers answer with more than was asked for.
    if (found)
        std::erase_if(*found, [&](Uid uid) {
            return !std::binary_search(sorted.begin(), sorted.end(), uid);
        });
    return found;
}

Result<std::vector<Unlisted>> list_messages(Session& session, ListRequest request,
                                            const ListedMessages& messages, const Wait& wait) {
    std::vector<Uid>& sorted = request.uids;
    // They nearly always are.
    if (!std::is_sorted(sorted.begin(), sorted.end()))
        std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::vector<Unlisted> unlisted;
    for (std::size_t round = 1;; ++round) {
        const std::size_t asked = sorted.size();
        Listing listing(session.pipeline(), {std::move(sorted), request.portions}, messages);
        if (auto done = session.pipeline().run(listing, pace_of(request.portions), wait); !done) {
            listing.keep_arrived();
            return tl::unexpected(listing.blaming(std::move(done.error())));
        }
        const std::vector<Uid> missing = listing.missing();
        const Error fault = listing.fault_of_missing();
        std::ranges::move(std::move(listing).unlisted(), std::back_inserter(unlisted));
        if (missing.empty())
            return unlisted;
        // Those that the server still finds are not gone: none may vanish silently.
        auto there = uids_matching(session, missing, "ALL", wait);
        if (!there && there.error().reach > Reach::message)
            return tl::unexpected(std::move(there.error()));
        if (there)
            sorted = std::move(*there);
        else
            sorted = missing;
        if (!sorted.empty() && sorted.size() < asked && round < max_rounds)
            continue;
        for (const Uid uid : sorted)
            unlisted.push_back({uid, fault});
        return unlisted;
    }
}

}  // namespace mail::imap
