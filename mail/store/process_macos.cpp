#include "mail/store/process.h"

#include <array>

#include <sys/sysctl.h>
#include <unistd.h>

namespace mail::store {

namespace {

/// "" for a number that no process has.
std::string started(std::int64_t number) {
    std::array<int, 4> name{CTL_KERN, KERN_PROC, KERN_PROC_PID, static_cast<int>(number)};
    kinfo_proc found{};
    std::size_t size = sizeof found;
    if (sysctl(name.data(), static_cast<unsigned>(name.size()), &found, &size, nullptr, 0) != 0 ||
        size == 0)
        return {};
    const timeval& start = found.kp_proc.p_starttime;
    return std::to_string(start.tv_sec) + "." + std::to_string(start.tv_usec);
}

}  // namespace

ProcessName this_process() {
    std::array<char, 256> host{};
    gethostname(host.data(), host.size() - 1);
    const auto number = static_cast<std::int64_t>(getpid());
    return {host.data(), number, started(number)};
}

bool is_running(const ProcessName& process) {
    return started(process.number) == process.started;
}

}  // namespace mail::store
