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
    [[nodiscard]] Exchange::Use take(const Response& response);
    /// Ascending, each once.
    [[nodiscard]] std::vector<Uid> uids() &&;

private:
    bool esearch_;
    std::set<std::string> tags_;
    std::vector<Uid> uids_;
};

}  // namespace mail::imap
