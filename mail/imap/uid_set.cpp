#include "mail/imap/uid_set.h"

#include <algorithm>
#include <utility>

#include "mail/imap/ascii.h"

namespace mail::imap {

UidSet::UidSet(std::vector<Uid> uids) {
    // They nearly always are.
    if (!std::ranges::is_sorted(uids))
        std::ranges::sort(uids);
    for (const Uid uid : uids)
        add_last({uid, uid});
}

UidSet UidSet::of_ranges(std::vector<UidRange> ranges) {
    for (UidRange& range : ranges)
        if (range.first > range.last)
            std::swap(range.first, range.last);
    if (!std::ranges::is_sorted(ranges, {}, &UidRange::first))
        std::ranges::sort(ranges, {}, &UidRange::first);
    UidSet set;
    for (const UidRange& range : ranges)
        set.add_last(range);
    return set;
}

Result<UidSet> UidSet::parse(std::string_view raw) {
    std::vector<UidRange> ranges;
    for (;;) {
        const std::size_t comma = raw.find(',');
        const std::string_view range = raw.substr(0, comma);
        const std::size_t colon = range.find(':');
        const auto first = number_of<Uid>(range.substr(0, colon));
        const auto last =
            colon == std::string_view::npos ? first : number_of<Uid>(range.substr(colon + 1));
        if (!first || !last || *first == 0 || *last == 0)
            return fail(Cause::reply_malformed, Layer::list, Reach::folder,
                        {{"set", std::string(range.substr(0, 40))}});
        ranges.push_back({*first, *last});
        if (comma == std::string_view::npos)
            return of_ranges(std::move(ranges));
        raw.remove_prefix(comma + 1);
    }
}

/// `range` begins where the last one does, or behind.
void UidSet::add_last(UidRange range) {
    if (!ranges_.empty()) {
        UidRange& before = ranges_.back();
        if (range.last <= before.last)
            return;
        if (range.first <= before.last || range.first - before.last == 1) {
            size_ += range.last - before.last;
            before.last = range.last;
            return;
        }
    }
    ranges_.push_back(range);
    size_ += std::uint64_t{range.last} - range.first + 1;
}

bool UidSet::contains(Uid uid) const {
    const auto at = std::ranges::lower_bound(ranges_, uid, {}, &UidRange::last);
    return at != ranges_.end() && at->first <= uid;
}

UidSet UidSet::intersected(const UidSet& other) const {
    if (other.ranges_.size() > ranges_.size())
        return other.intersected(*this);
    UidSet both;
    for (const UidRange& range : other.ranges_) {
        auto at = std::ranges::lower_bound(ranges_, range.first, {}, &UidRange::last);
        for (; at != ranges_.end() && at->first <= range.last; ++at)
            both.add_last({std::max(at->first, range.first), std::min(at->last, range.last)});
    }
    return both;
}

UidSet UidSet::without(const UidSet& other) const {
    UidSet rest;
    auto out = other.ranges_.begin();
    for (UidRange range : ranges_) {
        while (out != other.ranges_.end() && out->last < range.first)
            ++out;
        bool is_left = true;
        for (auto cut = out; cut != other.ranges_.end() && cut->first <= range.last; ++cut) {
            if (cut->first > range.first)
                rest.add_last({range.first, cut->first - 1});
            is_left = cut->last < range.last;
            if (!is_left)
                break;
            range.first = cut->last + 1;
        }
        if (is_left)
            rest.add_last(range);
    }
    return rest;
}

std::vector<Uid> UidSet::uids() const {
    std::vector<Uid> all;
    all.reserve(size_);
    for (const UidRange& range : ranges_)
        for (std::uint64_t uid = range.first; uid <= range.last; ++uid)
            all.push_back(static_cast<Uid>(uid));
    return all;
}

std::string UidSet::text() const {
    std::string text;
    for (const UidRange& range : ranges_) {
        if (!text.empty())
            text += ',';
        text += std::to_string(range.first);
        if (range.last > range.first)
            text += ':' + std::to_string(range.last);
    }
    return text;
}

}  // namespace mail::imap
