#pragma once
// What starting a program takes that POSIX has no words for: spawn_{linux,macos}.cpp.

#include <spawn.h>

namespace mail::unix_spawn {

/// The program gets the three descriptors of its input and outputs and none besides, though one of
/// ours may not be marked to be closed. 0 or an errno.
[[nodiscard]] int close_all_others(posix_spawn_file_actions_t& actions,
                                   posix_spawnattr_t& attributes, short& flags);

}  // namespace mail::unix_spawn
