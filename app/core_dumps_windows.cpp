#include "app/core_dumps.h"

#include <windows.h>

#include <werapi.h>

namespace app {

void forbid_core_dumps() {
    // A crash then ends the process without Windows Error Reporting; should a report be made all
    // the same, then without the heap.
    SetErrorMode(SetErrorMode(0) | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP);
}

}  // namespace app
