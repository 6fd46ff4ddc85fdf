#include "mail/imap/listing.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "mail/imap/ask.h"
#include "mail/imap/pipeline.h"
#include "mail/imap/quirks.h"
#include "mail/imap/sequence_set.h"

namespace mail::imap {

namespace {

/// The first rows should show at once; then fewer, longer commands.
constexpr std::size_t first_chunk = 50;
constexpr std::size_t chunk = 500;
constexpr Pipeline::Pace pace{Pipeline::Patience::idle, std::chrono::seconds(60), 100};

/// UID SEARCH, in whichever form the server knows.
class Search final : public Exchange {
public:
    Search(bool esearch, std::vector<std::string> criteria)
        : esearch_(esearch), criteria_(std::move(criteria)) {}

    [[nodiscard]] Layer layer() const override { return Layer::list; }

    Result<std::optional<Command>> next_command() override {
        if (given_ == criteria_.size())
            return std::nullopt;
        return plain_command((esearch_ ? "UID SEARCH RETURN (ALL) " : "UID SEARCH ") +
                             criteria_[given_++]);
    }

    void sent(std::size_t /*command*/, const std::string& tag) override { tags_.insert(tag); }

    Result<Use> untagged(Response& response) override {
        if (auto* found = std::get_if<SearchData>(&response)) {
            // Servers may cut a long answer into several.
            uids_.insert(uids_.end(), found->uids.begin(), found->uids.end());
            return Use::used;
        }
        auto* extended = std::get_if<EsearchData>(&response);
        if (extended == nullptr || !extended->of_uids || !tags_.contains(extended->tag))
            return Use::unused;
        uids_.insert(uids_.end(), extended->all.begin(), extended->all.end());
        return Use::used;
    }

    Result<void> completed(std::size_t /*command*/, const Status& status) override {
        if (status_.is_ok())
            status_ = status;
        return {};
    }

    [[nodiscard]] const Status& status() const { return status_; }
    [[nodiscard]] std::vector<Uid> uids() && {
        std::sort(uids_.begin(), uids_.end());
        uids_.erase(std::unique(uids_.begin(), uids_.end()), uids_.end());
        return std::move(uids_);
    }

private:
    bool esearch_;
    std::vector<std::string> criteria_;
    std::size_t given_ = 0;
    std::set<std::string> tags_;
    std::vector<Uid> uids_;
    Status status_;  ///< the first that is not OK
};

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

class Listing final : public Exchange {
public:
    Listing(const Pipeline& pipeline, std::vector<Uid> uids,
            const std::function<void(MessageData)>& take)
        : pipeline_(pipeline), uids_(std::move(uids)), take_(take), left_(uids_.size()) {}

    [[nodiscard]] Layer layer() const override { return Layer::list; }

    Result<std::optional<Command>> next_command() override {
        if (left_ == 0)
            return std::nullopt;
        const std::size_t count = std::min(left_, chunks_.empty() ? first_chunk : chunk);
        const auto end = uids_.begin() + static_cast<std::ptrdiff_t>(left_);
        std::vector<Uid> some(end - static_cast<std::ptrdiff_t>(count), end);
        left_ -= count;
        const std::string set = to_sequence_set(some);
        chunks_.push_back(std::move(some));
        return plain_command("UID FETCH " + set +
                             " (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)");
    }

    Result<Use> untagged(Response& response) override {
        auto* data = std::get_if<FetchData>(&response);
        if (data == nullptr)
            return Use::unused;
        const bool asked = data->uid && std::binary_search(uids_.begin(), uids_.end(), *data->uid);
        if (!asked) {
            // Flags of others may change at any time; a reply that nobody can read is told.
            if (data->error && !data->uid)
                unlisted_.push_back({0, *data->error});
            return Use::unused;
        }
        const auto [known, is_new] = arrived_.try_emplace(*data->uid, FetchData{});
        add(known->second, *data);
        return is_new ? Use::used : Use::unused;
    }

    Result<void> completed(std::size_t command, const Status& status) override {
        const std::vector<Uid> asked = std::move(chunks_[command]);
        // What it refuses for now is no fault of the messages.
        if (!status.is_ok() && quirks::asks_to_wait(status))
            return tl::unexpected(
                pipeline_.refusal(Cause::server_limit, Layer::list, Reach::connection, status));
        for (auto uid = asked.rbegin(); uid != asked.rend(); ++uid)
            deliver(*uid, status);
        return {};
    }

    [[nodiscard]] std::vector<Unlisted> unlisted() && { return std::move(unlisted_); }

private:
    void deliver(Uid uid, const Status& status) {
        const auto found = arrived_.find(uid);
        const bool told =
            found != arrived_.end() && (found->second.error || tells_something(found->second));
        if (told)
            tell(uid, found->second);
        // Under OK a message without a reply has been removed meanwhile: that is no error.
        else if (!status.is_ok())
            unlisted_.push_back({uid, pipeline_.refusal(Cause::server_refused, Layer::list,
                                                        Reach::message, status)});
        if (found != arrived_.end())
            arrived_.erase(found);
    }

    void tell(Uid uid, FetchData& data) {
        if (data.envelope && !data.error)
            take_(message_of(uid, data));
        else
            unlisted_.push_back({uid, data.error.value_or(Error{Cause::reply_malformed,
                                                                Layer::list,
                                                                Reach::message,
                                                                {{"missing", "ENVELOPE"}}})});
    }

    const Pipeline& pipeline_;
    std::vector<Uid> uids_;  ///< ascending
    const std::function<void(MessageData)>& take_;
    std::size_t left_;  ///< of uids_, from the front: not asked for yet
    std::vector<std::vector<Uid>> chunks_;
    std::map<Uid, FetchData> arrived_;
    std::vector<Unlisted> unlisted_;
};

}  // namespace

Result<std::vector<Uid>> all_uids(Session& session, const Wait& wait) {
    Search search(session.capabilities().esearch, {"ALL"});
    if (auto done = session.pipeline().run(search, pace, wait); !done)
        return tl::unexpected(std::move(done.error()));
    if (!search.status().is_ok())
        return tl::unexpected(session.pipeline().refusal(Cause::server_refused, Layer::list,
                                                         Reach::folder, search.status()));
    return std::move(search).uids();
}

Result<std::vector<Uid>> uids_matching(Session& session, const std::vector<Uid>& among,
                                       std::string_view criteria, const Wait& wait) {
    std::vector<Uid> sorted = among;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string> searches;
    for (std::size_t first = 0; first < sorted.size(); first += chunk) {
        const auto begin = sorted.begin() + static_cast<std::ptrdiff_t>(first);
        const auto count = std::min(chunk, sorted.size() - first);
        const std::vector<Uid> some(begin, begin + static_cast<std::ptrdiff_t>(count));
        searches.push_back("UID " + to_sequence_set(some) + " " + std::string(criteria));
    }
    Search search(session.capabilities().esearch, std::move(searches));
    if (auto done = session.pipeline().run(search, pace, wait); !done)
        return tl::unexpected(std::move(done.error()));
    if (!search.status().is_ok())
        return tl::unexpected(session.pipeline().refusal(Cause::server_refused, Layer::list,
                                                         Reach::message, search.status()));
    // Some servers answer with more than was asked for.
    std::vector<Uid> found = std::move(search).uids();
    std::erase_if(found,
                  [&](Uid uid) { return !std::binary_search(sorted.begin(), sorted.end(), uid); });
    return found;
}

Result<std::vector<Unlisted>> list_messages(Session& session, const std::vector<Uid>& uids,
                                            const std::function<void(MessageData)>& take,
                                            const Wait& wait) {
    std::vector<Uid> sorted = uids;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    Listing listing(session.pipeline(), std::move(sorted), take);
    if (auto done = session.pipeline().run(listing, pace, wait); !done)
        return tl::unexpected(std::move(done.error()));
    return std::move(listing).unlisted();
}

}  // namespace mail::imap
