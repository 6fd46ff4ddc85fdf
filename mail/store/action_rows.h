#pragma once
// Rows of action ↔ Action: the activity log. Within a transaction of the caller.

#include <chrono>
#include <vector>

#include "mail/store/action.h"
#include "mail/store/database.h"

namespace mail::store {

/// What is older is purged.
inline constexpr std::chrono::days log_kept{400};

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

/// Whether there is anything to purge: one look into an index, without a lock for writing.
[[nodiscard]] Result<bool> any_old_action(Database& database, std::chrono::sys_seconds now);
[[nodiscard]] Result<void> purge_actions(Database& database, std::chrono::sys_seconds now);

}  // namespace mail::store
