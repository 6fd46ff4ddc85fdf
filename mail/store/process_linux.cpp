#include "mail/store/process.h"

#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>

#include <signal.h>
#include <unistd.h>

namespace mail::store {

namespace {

std::string first_line_of(const std::string& path) {
    std::string line;
    std::ifstream file(path);
    std::getline(file, line);
    return line;
}

/// Field 22 of proc(5) stat. The name before it may hold blanks and brackets, so it is counted from
/// the last bracket.
std::string start_ticks(std::int64_t number) {
    const std::string stat = first_line_of("/proc/" + std::to_string(number) + "/stat");
    const std::size_t name_end = stat.rfind(')');
    if (name_end == std::string::npos)
        return {};
    std::istringstream fields(stat.substr(name_end + 1));
    std::string field;
    std::string state;
    for (int index = 3; index <= 22 && fields >> field; ++index)
        if (index == 3)
            state = field;
    // A zombie has ended; only its parent has not yet asked.
    return state == "Z" || state == "X" ? "" : field;
}

/// Ticks count from the start of the system, so a start says which one.
std::string started(std::int64_t number) {
    const std::string ticks = start_ticks(number);
    return ticks.empty() ? "" : first_line_of("/proc/sys/kernel/random/boot_id") + " " + ticks;
}

std::string host_name() {
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0)
        return "localhost";
    return name.data();
}

/// Containers on one computer count their processes apart.
std::string process_namespace() {
    std::array<char, 64> name{};
    const ssize_t length = readlink("/proc/self/ns/pid", name.data(), name.size());
    return length > 0 ? std::string(name.data(), static_cast<std::size_t>(length)) : "";
}

}  // namespace

ProcessName this_process() {
    const auto number = static_cast<std::int64_t>(getpid());
    return {host_name() + " " + process_namespace(), number, started(number)};
}

bool is_running(const ProcessName& process) {
    if (kill(static_cast<pid_t>(process.number), 0) != 0 && errno == ESRCH)
        return false;
    // Without /proc only the number can be judged by.
    return process.started.empty() || started(process.number) == process.started;
}

}  // namespace mail::store
