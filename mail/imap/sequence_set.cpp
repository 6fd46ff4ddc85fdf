#include "mail/imap/sequence_set.h"

#include <algorithm>

#include "mail/imap/ascii.h"

namespace mail::imap {

std::string to_sequence_set(const std::vector<Uid>& uids) {
    std::string set;
    for (std::size_t first = 0; first < uids.size();) {
        std::size_t last = first;
        while (last + 1 < uids.size() && uids[last + 1] == uids[last] + 1)
            ++last;
        if (!set.empty())
            set += ',';
        set += std::to_string(uids[first]);
        if (last > first)
            set += ':' + std::to_string(uids[last]);
        first = last + 1;
    }
    return set;
}

Result<std::vector<Uid>> parse_sequence_set(std::string_view raw, std::size_t max_uids) {
    std::vector<Uid> uids;
    for (;;) {
        const std::size_t comma = raw.find(',');
        const std::string_view range = raw.substr(0, comma);
        const std::size_t colon = range.find(':');
        auto first = number_of<Uid>(range.substr(0, colon));
        auto last =
            colon == std::string_view::npos ? first : number_of<Uid>(range.substr(colon + 1));
        if (!first || !last || *first == 0 || *last == 0)
            return fail(Cause::reply_malformed, Layer::list, Reach::folder,
                        {{"set", std::string(range.substr(0, 40))}});
        // The order within a range means nothing: "4:2" is 2, 3, 4.
        if (*first > *last)
            std::swap(first, last);
        const std::uint64_t count = std::uint64_t{*last} - *first + 1;
        if (count > max_uids - uids.size())
            return fail(Cause::reply_too_long, Layer::list, Reach::folder,
                        {{"limit_uids", std::to_string(max_uids)}});
        for (std::uint64_t uid = *first; uid <= *last; ++uid)
            uids.push_back(static_cast<Uid>(uid));
        if (comma == std::string_view::npos)
            return uids;
        raw.remove_prefix(comma + 1);
    }
}

}  // namespace mail::imap
