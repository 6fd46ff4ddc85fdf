#include "mail/imap/uid_search.h"

#include <algorithm>
#include <utility>

#include "mail/imap/ask.h"

namespace mail::imap {

Command UidSearch::command(std::string_view criteria) const {
    return plain_command((esearch_ ? "UID SEARCH RETURN (ALL) " : "UID SEARCH ") +
                         std::string(criteria));
}

Exchange::Use UidSearch::take(const Response& response) {
    if (const auto* found = std::get_if<SearchData>(&response)) {
        // Servers may cut a long answer into several.
        uids_.insert(uids_.end(), found->uids.begin(), found->uids.end());
        return Exchange::Use::used;
    }
    const auto* extended = std::get_if<EsearchData>(&response);
    if (extended == nullptr || !extended->of_uids || !tags_.contains(extended->tag))
        return Exchange::Use::unused;
    uids_.insert(uids_.end(), extended->all.begin(), extended->all.end());
    return Exchange::Use::used;
}

std::vector<Uid> UidSearch::uids() && {
    std::sort(uids_.begin(), uids_.end());
    uids_.erase(std::unique(uids_.begin(), uids_.end()), uids_.end());
    return std::move(uids_);
}

}  // namespace mail::imap
