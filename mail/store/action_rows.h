#pragma once
// Rows of action ↔ Action: the activity log. Within a transaction of the caller.

#include <chrono>
#include <vector>

#include "mail/store/action.h"
#include "mail/store/database.h"

namespace mail::store {

/// However short the log is to be: lines by which the time of a copy in a quarantine is counted
/// (borne_time.h) stay for so long.
inline constexpr std::chrono::days lines_of_copies_kept{400};

/// Prepared once for many.
class ActionWriter {
public:
    [[nodiscard]] static Result<ActionWriter> on(Database& database);
    /// One without `when` is of now; `number` is given by the table.
    [[nodiscard]] Result<void> add(const Action& action);

private:
    explicit ActionWriter(Statement insert) : insert_(std::move(insert)) {}
    Statement insert_;
};

/// Newest first.
[[nodiscard]] Result<std::vector<Action>> actions_of(Database& database, const ActionQuery& query);
/// How many there are in all: neither `before` nor `at_most` counts.
[[nodiscard]] Result<std::size_t> count_actions(Database& database, const ActionQuery& query);

/// Those older than `kept` that no copy needs. Whether there are any: one look into an index,
/// without a lock for writing.
[[nodiscard]] Result<bool> any_old_action(Database& database, std::chrono::days kept,
                                          std::chrono::sys_seconds now);
[[nodiscard]] Result<void> purge_actions(Database& database, std::chrono::days kept,
                                         std::chrono::sys_seconds now);

}  // namespace mail::store
