#include "app/core_dumps.h"

#include <sys/resource.h>

namespace app {

void forbid_core_dumps() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

}  // namespace app
