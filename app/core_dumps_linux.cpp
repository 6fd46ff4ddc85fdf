#include "app/core_dumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace app {

void forbid_core_dumps() {
    // The limit alone is not heeded where the kernel hands dumps to a program.
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    // It keeps other processes of the user from reading our memory, too.
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace app
