#pragma once
// The selected messages, by their UIDs: a selection belongs to messages, not to rows, and so
// survives sorting, filtering and new mail. Pure.

#include <cstdint>
#include <span>
#include <vector>

namespace gui {

class Selection {
public:
    [[nodiscard]] bool contains(std::uint32_t uid) const;
    [[nodiscard]] bool empty() const { return uids_.empty(); }
    [[nodiscard]] const std::vector<std::uint32_t>& uids() const { return uids_; }  ///< ascending
    [[nodiscard]] std::uint64_t version() const { return version_; }  ///< changes when it does

    void clear();
    void add(std::span<const std::uint32_t> uids);  ///< in any order
    void remove(std::span<const std::uint32_t> uids);

private:
    std::vector<std::uint32_t> uids_;
    std::uint64_t version_ = 0;
};

}  // namespace gui
