#include "gui/screens/selection.h"

#include <algorithm>
#include <iterator>

namespace gui {
namespace {

std::vector<std::uint32_t> sorted(std::span<const std::uint32_t> uids) {
    std::vector<std::uint32_t> result(uids.begin(), uids.end());
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

}  // namespace

bool Selection::contains(std::uint32_t uid) const {
    return std::binary_search(uids_.begin(), uids_.end(), uid);
}

void Selection::clear() {
    uids_.clear();
    ++version_;
}

void Selection::add(std::span<const std::uint32_t> uids) {
    const std::vector<std::uint32_t> more = sorted(uids);
    std::vector<std::uint32_t> both;
    both.reserve(uids_.size() + more.size());
    std::set_union(uids_.begin(), uids_.end(), more.begin(), more.end(), std::back_inserter(both));
    uids_ = std::move(both);
    ++version_;
}

void Selection::remove(std::span<const std::uint32_t> uids) {
    const std::vector<std::uint32_t> less = sorted(uids);
    std::vector<std::uint32_t> rest;
    std::set_difference(uids_.begin(), uids_.end(), less.begin(), less.end(),
                        std::back_inserter(rest));
    uids_ = std::move(rest);
    ++version_;
}

}  // namespace gui
