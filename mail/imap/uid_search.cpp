#include "mail/imap/uid_search.h"

#include <algorithm>
#include <utility>

#include "mail/imap/ascii.h"
#include "mail/imap/ask.h"

namespace mail::imap {

namespace {

/// Some octets of ESEARCH name millions; a server may send any number of such lines.
constexpr std::size_t max_uids = 20'000'000;
constexpr Pipeline::Pace pace{Pipeline::Patience::idle, std::chrono::seconds(60), 100};

class Searching final : public Exchange {
public:
    Searching(bool esearch, std::vector<std::string> criteria, SeenBeside beside)
        : search_(esearch), criteria_(std::move(criteria)), beside_(std::move(beside)) {}

    [[nodiscard]] Layer layer() const override { return Layer::list; }

    Result<std::optional<Command>> next_command() override {
        if (given_ == criteria_.size())
            return std::nullopt;
        return search_.command(criteria_[given_++]);
    }

    void sent(std::size_t /*command*/, const std::string& tag) override { search_.sent(tag); }

    Result<Use> untagged(Response& response) override {
        if (beside_)
            beside_(response);
        // Taken or not, it must not hold us for ever.
        return search_.take(response).map([] { return Use::unused; });
    }

    Result<void> completed(std::size_t /*command*/, const Status& status) override {
        if (status_.is_ok())
            status_ = status;
        return {};
    }

    [[nodiscard]] const Status& status() const { return status_; }
    [[nodiscard]] bool is_unknown() const { return search_.is_unknown(status_); }
    [[nodiscard]] std::vector<Uid> uids() && { return std::move(search_).uids(); }

private:
    UidSearch search_;
    std::vector<std::string> criteria_;
    SeenBeside beside_;
    std::size_t given_ = 0;
    Status status_;  ///< the first that is not OK
};

}  // namespace

Command UidSearch::command(std::string_view criteria) const {
    return plain_command((esearch_ ? "UID SEARCH RETURN (ALL) " : "UID SEARCH ") +
                         std::string(criteria));
}

bool UidSearch::is_answer(const Response& response) const {
    if (std::holds_alternative<SearchData>(response))
        return true;
    const auto* extended = std::get_if<EsearchData>(&response);
    return extended != nullptr && extended->of_uids &&
           std::ranges::any_of(
               tags_, [&](const std::string& tag) { return same_word(tag, extended->tag); });
}

Result<void> UidSearch::take(const Response& response) {
    if (!is_answer(response))
        return {};
    const auto* plain = std::get_if<SearchData>(&response);
    const std::vector<Uid>& found = plain ? plain->uids : std::get<EsearchData>(response).all;
    if (found.size() > max_uids - uids_.size())
        return fail(Cause::reply_too_long, Layer::list, Reach::connection,
                    {{"uids", std::to_string(uids_.size() + found.size())}});
    // Servers may cut a long answer into several.
    uids_.insert(uids_.end(), found.begin(), found.end());
    return {};
}

std::vector<Uid> UidSearch::uids() && {
    // Nearly every server gives them so.
    if (!std::is_sorted(uids_.begin(), uids_.end()))
        std::sort(uids_.begin(), uids_.end());
    uids_.erase(std::unique(uids_.begin(), uids_.end()), uids_.end());
    return std::move(uids_);
}

Result<std::vector<Uid>> search_uids(Pipeline& pipeline, std::vector<std::string> criteria,
                                     SearchManner manner, const Wait& wait) {
    Searching searching(manner.esearch, criteria, manner.beside);
    if (auto done = pipeline.run(searching, pace, wait); !done)
        return tl::unexpected(std::move(done.error()));
    if (searching.is_unknown()) {
        manner.esearch = false;
        return search_uids(pipeline, std::move(criteria), std::move(manner), wait);
    }
    if (!searching.status().is_ok())
        return tl::unexpected(
            pipeline.refusal(Cause::server_refused, Layer::list, manner.reach, searching.status()));
    return std::move(searching).uids();
}

}  // namespace mail::imap
