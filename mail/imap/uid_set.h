#pragma once
// A set of UIDs as its ranges: what a server says of a hundred thousand messages in twenty octets
// stays that small, and what a hostile one says of four milliards, too. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/types.h"

namespace mail::imap {

/// Both ends belong to it.
struct UidRange {
    Uid first = 0, last = 0;
    bool operator==(const UidRange&) const = default;
};

class UidSet {
public:
    UidSet() = default;
    /// In any order, also twice.
    explicit UidSet(std::vector<Uid> uids);
    /// Likewise; ranges may overlap, and their ends be swapped.
    [[nodiscard]] static UidSet of_ranges(std::vector<UidRange> ranges);
    /// "1:3,7" (RFC 9051, sequence-set). Error reply_malformed where it is none; "*" is none here.
    [[nodiscard]] static Result<UidSet> parse(std::string_view raw);

    /// Ascending, with a gap between each two.
    [[nodiscard]] const std::vector<UidRange>& ranges() const { return ranges_; }
    [[nodiscard]] bool empty() const { return ranges_.empty(); }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] bool contains(Uid uid) const;
    /// Takes about as long as the smaller of the two has ranges, and the result.
    [[nodiscard]] UidSet intersected(const UidSet& other) const;
    [[nodiscard]] UidSet without(const UidSet& other) const;
    /// Ascending. Of what a server says, only as much as is known to be there.
    [[nodiscard]] std::vector<Uid> uids() const;
    [[nodiscard]] std::string text() const;  ///< as parse() reads it; "" for none
    bool operator==(const UidSet& other) const { return ranges_ == other.ranges_; }

private:
    void add_last(UidRange range);

    std::vector<UidRange> ranges_;
    std::uint64_t size_ = 0;
};

}  // namespace mail::imap
