#pragma once
// How much time has passed as far as the activity log bears it out. A computer's clock may be wrong
// by years; what it leapt over is no time that somebody had to ask for a copy. Within a transaction
// of the caller.

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "mail/store/database.h"
#include "mail/store/ledger.h"

namespace mail::store {

class BorneTime {
public:
    /// Two lines that are farther apart bear out nothing of the time between them.
    static constexpr std::chrono::days longest_gap{25};
    /// The log is kept for little longer: no more can be borne out.
    static constexpr std::chrono::days most_needed{365};

    [[nodiscard]] static Result<BorneTime> read(Database& database, std::chrono::sys_seconds now);
    /// Whether that is so of the newest line and now.
    [[nodiscard]] bool leaps_now() const { return leaps_now_; }
    /// Whether the copy has been kept for as long as it was to be.
    [[nodiscard]] bool is_over(const MailboxId& mailbox, const RemovalEntry& entry) const;
    /// Since the line of that number was written, or the first one after it that there is still.
    [[nodiscard]] std::chrono::seconds since(std::int64_t line) const;

private:
    /// Counts the time up to `at`; false where it counts none of it.
    bool go_on_to(std::chrono::sys_seconds at);

    std::chrono::seconds total_{0};
    std::chrono::sys_seconds last_{};
    bool leaps_now_ = true;
    using Removal = std::tuple<std::string, std::uint32_t, std::int64_t>;  ///< point, UID, when
    std::map<Removal, std::chrono::seconds> at_removals_;
    std::map<std::int64_t, std::chrono::seconds> at_lines_;
};

}  // namespace mail::store
