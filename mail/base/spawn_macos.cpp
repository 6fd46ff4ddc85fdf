#include "mail/base/spawn_unix.h"

namespace mail::unix_spawn {

int close_all_others(posix_spawn_file_actions_t&, posix_spawnattr_t&, short& flags) {
    flags = static_cast<short>(flags | POSIX_SPAWN_CLOEXEC_DEFAULT);
    return 0;
}

}  // namespace mail::unix_spawn
