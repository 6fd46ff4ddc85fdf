#pragma once
// Removals that wait for the work of their point to end: their rows say so, and until then they can
// be called off.

#include <cstdint>
#include <string>
#include <vector>

#include "mail/snapshot.h"

namespace gui {

struct WaitingRemovals {
    std::vector<mail::JobId> jobs;
    std::vector<std::uint32_t> uids;  ///< ascending
};
/// Nothing while no other work of the point is under way: they begin at once then.
[[nodiscard]] WaitingRemovals waiting_removals(const mail::Snapshot& snapshot,
                                               const std::string& point);

}  // namespace gui
