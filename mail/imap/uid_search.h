#pragma once
// UID SEARCH in whichever form the server knows, and the UIDs it answers with. Private to
// mail/imap.

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
    /// A command of the above got this tag.
    void sent(const std::string& tag) { tags_.insert(tag); }
    /// It is an answer to such a search.
    [[nodiscard]] bool is_answer(const Response& response) const;
    /// Error: reply_too_long, more UIDs than any folder has.
    [[nodiscard]] Result<void> take(const Response& response);
    [[nodiscard]] bool found_nothing() const { return uids_.empty(); }
    /// Ascending, each once.
    [[nodiscard]] std::vector<Uid> uids() &&;

private:
    bool esearch_;
    std::set<std::string> tags_;
    std::vector<Uid> uids_;
};

/// What all of `criteria` find together, in one wait. A refusal is an error of that reach.
[[nodiscard]] Result<std::vector<Uid>> search_uids(Pipeline& pipeline, bool esearch,
                                                   std::vector<std::string> criteria, Reach reach,
                                                   const Wait& wait);

}  // namespace mail::imap
