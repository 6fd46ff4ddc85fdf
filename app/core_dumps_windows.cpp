#include "app/core_dumps.h"

#include <windows.h>

// As in werapi.h, which does not compile with mingw-w64 10.
extern "C" HRESULT WINAPI WerSetFlags(DWORD flags);

namespace app {

namespace {
constexpr DWORD report_without_heap = 1;  // WER_FAULT_REPORTING_FLAG_NOHEAP
}  // namespace

void forbid_core_dumps() {
    // A crash then ends the process without Windows Error Reporting; should a report be made all
    // the same, then without the heap.
    SetErrorMode(SetErrorMode(0) | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    WerSetFlags(report_without_heap);
}

}  // namespace app
