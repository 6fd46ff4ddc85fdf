#pragma once
// Whether a process that wrote into the ledger still runs: process_{linux,macos,windows}.cpp.

#include <cstdint>
#include <string>

namespace mail::store {

struct ProcessName {
    /// The computer, and what else must be the same for process numbers to mean the same.
    std::string host;
    std::int64_t number = 0;
    /// When it started, in the system's own words: a later process of that number has another.
    std::string started;
    bool operator==(const ProcessName&) const = default;
};

[[nodiscard]] ProcessName this_process();

/// Only for one of this host. In doubt it runs.
[[nodiscard]] bool is_running(const ProcessName& process);

}  // namespace mail::store
