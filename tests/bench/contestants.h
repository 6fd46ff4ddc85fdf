#pragma once
// Who is measured at a job, and one measured run of it: through a relay, as a process of its own.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/servers/relay.h"

namespace bench {

struct Wire {
    std::chrono::milliseconds round_trip{0};
    bool binary = true;                   ///< the server's BINARY can be seen
    std::uint64_t octets_per_second = 0;  ///< 0: as fast as it goes
};

/// What one run took.
struct Measured {
    double wall_seconds = 0, cpu_seconds = 0;
    std::uint64_t peak_octets = 0;
    servers::Relay::Counts wire;
};

/// A job as one contestant does it. In `command` these words are replaced: {port}, {out} (an empty
/// folder), {workspace} (an empty folder, or one that is kept), {point} (a definition for the
/// relay).
struct Contestant {
    std::string name;
    std::vector<std::string> command;
    std::filesystem::path kept_workspace;  ///< empty: a fresh one for each run
};

struct Account {
    std::uint16_t server_port = 0;
    std::string login, password;
};

/// Ends the program with what was said if it fails: a figure of a failure is none.
[[nodiscard]] Measured run_once(const Contestant& contestant, const Account& account,
                                const Wire& wire, const std::filesystem::path& folder);

}  // namespace bench
