#pragma once
// Which programs are at work on one ledger. A lease is worth as much as its holder lives: on this
// computer the system says whether it does, of another one only its heartbeat.

#include <chrono>
#include <map>
#include <string>

#include "mail/store/database.h"
#include "mail/store/process.h"

namespace mail::store {

/// Another computer's program without a heartbeat for so long is dead.
inline constexpr std::chrono::seconds heartbeat_limit{120};

/// Instances by id, and the computers they run on.
using Living = std::map<std::string, std::string>;

/// busy_elsewhere for a message that `instance` holds; names its computer where it lives.
[[nodiscard]] Error held_error(std::uint32_t uid, const std::string& instance,
                               const Living& living);

/// The row of one Ledger object; two in one process are two.
class Instance {
public:
    explicit Instance(ProcessName process);

    [[nodiscard]] const std::string& id() const { return id_; }

    /// Writes the row or its heartbeat, and drops rows of the dead that hold nothing. Within a
    /// transaction of the caller.
    [[nodiscard]] Result<void> sign_in(Database& database);
    /// The heartbeat, if there is something that others might take for abandoned.
    [[nodiscard]] Result<void> beat(Database& database);
    [[nodiscard]] Result<void> sign_out(Database& database);

    /// The instances other than this one that live.
    [[nodiscard]] Result<Living> others(Database& database) const;

private:
    std::string id_;
    ProcessName process_;
};

}  // namespace mail::store
