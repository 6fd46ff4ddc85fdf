#include "mail/base/spawn_unix.h"

namespace mail::unix_spawn {

int close_all_others(posix_spawn_file_actions_t& actions, posix_spawnattr_t&, short&) {
    return posix_spawn_file_actions_addclosefrom_np(&actions, 3);
}

}  // namespace mail::unix_spawn
