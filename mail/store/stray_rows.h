#pragma once
// Copies in the quarantine that no removal names. Within a transaction of the caller.

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mail/store/database.h"

namespace mail::store {

struct StraysSeen {
    /// Those there are, and the first line of the log after each was first seen.
    std::map<std::string, std::int64_t> strays;
    bool is_news = false;           ///< note_strays() has something to write
    std::vector<std::string> over;  ///< seen for long enough
};
/// `copies` are all whose names begin with `prefix`.
[[nodiscard]] Result<StraysSeen> look_at_strays(Database& database, const std::string& prefix,
                                                const std::vector<std::string>& copies,
                                                std::chrono::seconds kept,
                                                std::chrono::sys_seconds now);
/// Those of this prefix are these from now on.
[[nodiscard]] Result<void> note_strays(Database& database, const std::string& prefix,
                                       const std::map<std::string, std::int64_t>& strays);

}  // namespace mail::store
