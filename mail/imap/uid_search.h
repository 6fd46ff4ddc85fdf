#pragma once
// UID SEARCH in whichever form the server knows, and the UIDs it answers with. Private to
// mail/imap.

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/pipeline.h"

namespace mail::imap {

/// What several searches found together.
class UidSearch {
public:
    explicit UidSearch(bool esearch) : esearch_(esearch) {}

    /// `criteria`: search keys of RFC 9051, 6.4.4, ours: nothing is quoted here.
    [[nodiscard]] Command command(std::string_view criteria) const;
    /// The server does not know the form that it said it knows: SEARCH without RETURN remains.
    [[nodiscard]] bool is_unknown(const Status& status) const {
        return esearch_ && status.kind == Status::Kind::bad;
    }
    /// A command of the above got this tag.
    void sent(const std::string& tag) { tags_.insert(tag); }
    /// It is an answer to such a search.
    [[nodiscard]] bool is_answer(const Response& response) const;
    /// Error: reply_too_long, more UIDs than any folder has.
    [[nodiscard]] Result<void> take(const Response& response);
    /// So many, or fewer if the server has told some twice.
    [[nodiscard]] std::size_t found() const { return uids_.size(); }
    /// Ascending, each once.
    [[nodiscard]] std::vector<Uid> uids() &&;

private:
    bool esearch_;
    std::set<std::string> tags_;
    std::vector<Uid> uids_;
};

/// Is shown all that comes meanwhile: counts, for example.
using SeenBeside = std::function<void(const Response&)>;

struct SearchManner {
    bool esearch = false;         ///< the server says that it knows RETURN
    Reach reach = Reach::folder;  ///< of the error that a refusal is
    SeenBeside beside;
};

/// What all of `criteria` find together, in one wait; in two where the server doesn't know RETURN
/// after all.
[[nodiscard]] Result<std::vector<Uid>> search_uids(Pipeline& pipeline,
                                                   std::vector<std::string> criteria,
                                                   SearchManner manner, const Wait& wait);

}  // namespace mail::imap
