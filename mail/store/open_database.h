#pragma once
// Opening a database that must be right before anything is believed: version, integrity, schema. A
// damaged file is set aside and never deleted; one of a newer program is left alone; an older one
// is copied before it is changed.

#include <string>
#include <vector>

#include "mail/store/database.h"

namespace mail::store {

/// `steps[n]` is the SQL that makes version n + 1 out of version n; version 0 is an empty file.
struct Schema {
    std::int32_t application_id = 0;  ///< written into the file's head, so that ours is known
    std::vector<std::string> steps;

    [[nodiscard]] std::int64_t version() const { return static_cast<std::int64_t>(steps.size()); }
};

struct OpenedDatabase {
    Database database;
    std::string damaged_copy;  ///< where the damaged file was put; "" if it was sound
    std::string backup;        ///< copy made before a migration; "" if none was needed
};

/// Errors: point_newer (fact "version"), ledger_busy, ledger_failed, disk_full.
[[nodiscard]] Result<OpenedDatabase> open_database(const std::string& path, const Schema& schema);

}  // namespace mail::store
