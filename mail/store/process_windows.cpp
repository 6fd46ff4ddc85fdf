#include "mail/store/process.h"

#include <array>

#include <windows.h>

#include "mail/base/utf8.h"

namespace mail::store {

namespace {

std::string started(HANDLE process) {
    FILETIME created{}, ended{}, kernel{}, user{};
    if (GetProcessTimes(process, &created, &ended, &kernel, &user) == 0)
        return {};
    return std::to_string((std::uint64_t{created.dwHighDateTime} << 32U) | created.dwLowDateTime);
}

std::string host_name() {
    std::array<wchar_t, MAX_COMPUTERNAME_LENGTH + 1> name{};
    DWORD length = DWORD{name.size()};
    if (GetComputerNameW(name.data(), &length) == 0)
        return "localhost";
    return utf8::from_utf16(std::u16string(name.data(), name.data() + length));
}

}  // namespace

ProcessName this_process() {
    return {host_name(), GetCurrentProcessId(), started(GetCurrentProcess())};
}

bool is_running(const ProcessName& process) {
    const HANDLE opened =
        OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, static_cast<DWORD>(process.number));
    // No such number is ERROR_INVALID_PARAMETER; a process that may not be looked at runs.
    if (opened == nullptr)
        return GetLastError() != ERROR_INVALID_PARAMETER;
    DWORD code = 0;
    const bool ended = GetExitCodeProcess(opened, &code) != 0 && code != STILL_ACTIVE;
    const bool same = started(opened) == process.started;
    CloseHandle(opened);
    return !ended && same;
}

}  // namespace mail::store
