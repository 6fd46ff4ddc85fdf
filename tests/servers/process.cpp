#include "tests/servers/process.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace servers {

namespace {

[[noreturn]] void become(const std::vector<std::string>& command, const char* output_file,
                         pid_t test) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The test may have died before the line above.
    if (::getppid() != test)
        ::_exit(127);
    const int output = ::open(output_file, O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments.front(), arguments.data());
    ::_exit(127);
}

constexpr const char* prefix = "mailpoint-server-";  // of no other test's folder

// A test that was killed could not remove its own.
void remove_folders_of_dead_tests() {
    std::error_code ignored;
    const std::filesystem::path all = std::filesystem::temp_directory_path();
    for (const auto& entry : std::filesystem::directory_iterator(all, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.rfind(prefix, 0) != 0)
            continue;
        const int pid = std::atoi(name.c_str() + std::strlen(prefix));
        if (pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH)
            std::filesystem::remove_all(entry.path(), ignored);
    }
}

}  // namespace

Process::Process(const std::vector<std::string>& command,
                 const std::filesystem::path& output_file) {
    const pid_t test = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0)
        become(command, output_file.c_str(), test);
    if (pid_ < 0)
        throw std::runtime_error("fork failed");
}

Process::~Process() {
    if (pid_ < 0)
        return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

bool Process::still_runs() {
    if (pid_ < 0)
        return false;
    constexpr int moment_milliseconds = 20;
    const int watched = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    pollfd ends{watched, POLLIN, 0};
    const bool ended = ::poll(&ends, 1, moment_milliseconds) > 0;
    ::close(watched);
    return !ended;
}

int Process::exit_code() {
    if (pid_ < 0)
        return exit_code_;
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return exit_code_;
}

TemporaryFolder::TemporaryFolder() {
    remove_folders_of_dead_tests();
    std::string name =
        (std::filesystem::temp_directory_path() / (prefix + std::to_string(::getpid()) + "-XXXXXX"))
            .string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("no temporary folder can be made at " + name);
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    // A server that is being killed may still write: then what it wrote goes with the second try.
    std::error_code error;
    std::filesystem::remove_all(path_, error);
    if (error)
        std::filesystem::remove_all(path_, error);
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace servers
