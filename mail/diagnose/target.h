#pragma once
// Whether files can come into a folder as mail/work/filing.h brings them there: tried, and taken
// back. Private to mail/diagnose.

#include <string>

#include "mail/base/disk.h"
#include "mail/base/wait.h"

namespace mail::diagnose {

/// Facts: "path", "free_octets", "will_be_made" where only the folder above is there (it is tried
/// then; nothing is made). Errors: no_target_folder for "", folder_not_found, not_a_folder,
/// no_permission_there, disk_full, disk_error; cancelled or deadline where `wait` was over before
/// anything was written: whoever asks may have gone by the time a share answers.
[[nodiscard]] Result<Facts> try_target(Disk& disk, const std::string& folder, const Wait& wait);

/// Room for a day's mails at least.
inline constexpr std::uint64_t little_room_octets = 200ULL << 20U;

}  // namespace mail::diagnose
