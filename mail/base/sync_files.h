#pragma once
// Several files made durable at once. A file system joins syncs that wait at the same time into one
// commit, so that thirty files cost little more than one.

#include <vector>

#include "mail/base/disk.h"

namespace mail {

/// sync() of each, on threads of its own; in the order of `files`.
[[nodiscard]] std::vector<Result<void>> sync_in_parallel(const std::vector<NewFile*>& files);

}  // namespace mail
