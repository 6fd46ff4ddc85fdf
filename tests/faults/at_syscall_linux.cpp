// at_syscall REPORT count|kill:N|tear:N|fail:N:ERRNO[:CALL:FILE]|fail_on:… PROGRAM [ARGUMENT…]
// Runs a program and numbers its system calls that change something, those of all threads together
// and from 1: those that write, flush, make, rename or remove a file, and those that send (and, for
// fail, of the files alone). At the N-th, before the system does anything, the program is killed;
// or, if it is a write, half of it is done, and then the program is killed; or the call fails.
// (And, for fail_on, all that are called alike from then on.) With a CALL and the end of a FILE's
// path only such are counted and fail. REPORT gets a line for each: number, name and path. Ends
// with the exit code of the program, 128 + signal. Linux on x86-64.

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// What the first argument of a call is, for the report.
enum class Subject { file, path, folder_and_path };

struct Call {
    const char* name;
    Subject subject;
};

const std::map<unsigned, Call>& calls() {
    static const std::map<unsigned, Call> all{
        {SYS_write, {"write", Subject::file}},
        {SYS_pwrite64, {"pwrite64", Subject::file}},
        {SYS_writev, {"writev", Subject::file}},
        {SYS_pwritev, {"pwritev", Subject::file}},
        {SYS_sendto, {"sendto", Subject::file}},
        {SYS_sendmsg, {"sendmsg", Subject::file}},
        {SYS_sendmmsg, {"sendmmsg", Subject::file}},
        {SYS_fsync, {"fsync", Subject::file}},
        {SYS_fdatasync, {"fdatasync", Subject::file}},
        {SYS_sync_file_range, {"sync_file_range", Subject::file}},
        {SYS_ftruncate, {"ftruncate", Subject::file}},
        {SYS_fallocate, {"fallocate", Subject::file}},
        {SYS_copy_file_range, {"copy_file_range", Subject::file}},
        {SYS_truncate, {"truncate", Subject::path}},
        {SYS_rename, {"rename", Subject::path}},
        {SYS_renameat, {"renameat", Subject::folder_and_path}},
        {SYS_renameat2, {"renameat2", Subject::folder_and_path}},
        {SYS_link, {"link", Subject::path}},
        {SYS_linkat, {"linkat", Subject::folder_and_path}},
        {SYS_unlink, {"unlink", Subject::path}},
        {SYS_unlinkat, {"unlinkat", Subject::folder_and_path}},
        {SYS_rmdir, {"rmdir", Subject::path}},
        {SYS_mkdir, {"mkdir", Subject::path}},
        {SYS_mkdirat, {"mkdirat", Subject::folder_and_path}},
        {SYS_creat, {"creat", Subject::path}},
        {SYS_open, {"open", Subject::path}},
        {SYS_openat, {"openat", Subject::folder_and_path}},
    };
    return all;
}

/// Only what is in the table stops, and of the calls that open only those that may create or empty.
std::vector<sock_filter> filter() {
    constexpr auto number = static_cast<unsigned>(offsetof(seccomp_data, nr));
    const auto argument = [](unsigned n) {
        return static_cast<unsigned>(offsetof(seccomp_data, args) + n * sizeof(std::uint64_t));
    };
    std::vector<sock_filter> code{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number)};
    for (const auto& [call, told] : calls()) {
        if (call == SYS_open || call == SYS_openat) {
            code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4));
            code.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument(call == SYS_open ? 1 : 2)));
            code.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_CREAT | O_TRUNC, 0, 1));
            code.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE));
            code.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
        } else {
            code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
            code.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE));
        }
    }
    code.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    return code;
}

[[noreturn]] void become(char** words) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    ::raise(SIGSTOP);  // until its tracer is ready
    std::vector<sock_filter> code = filter();
    const sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
        ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0)
        ::execvp(words[0], words);
    ::_exit(127);
}

std::string linked(const std::string& path) {
    std::array<char, 4096> target{};
    const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
    return size < 0 ? "" : std::string(target.data(), static_cast<std::size_t>(size));
}

std::string text_at(pid_t thread, std::uint64_t address) {
    std::ifstream memory("/proc/" + std::to_string(thread) + "/mem", std::ios::binary);
    memory.seekg(static_cast<std::streamoff>(address));
    std::string text;
    std::getline(memory, text, '\0');
    return text;
}

std::string target_of(pid_t thread, const Call& call, const user_regs_struct& registers) {
    const std::string folder = "/proc/" + std::to_string(thread) + "/";
    if (call.subject == Subject::path)
        return text_at(thread, registers.rdi);
    const int descriptor = static_cast<int>(registers.rdi);
    const std::string open = descriptor == AT_FDCWD
                                 ? linked(folder + "cwd")
                                 : linked(folder + "fd/" + std::to_string(descriptor));
    if (call.subject == Subject::file)
        return open;
    const std::string name = text_at(thread, registers.rsi);
    return name.starts_with('/') ? name : open + "/" + name;
}

enum class Action { count, kill, tear, fail, fail_on };

class Run {
public:
    /// Which calls are meant; all, where nothing is named.
    struct Meant {
        std::string_view call, file;
    };
    Run(Action action, unsigned at, int error, Meant meant)
        : action_(action), at_(at), error_(error), meant_(meant) {}

    int watch(pid_t program) {
        program_ = program;
        int status = 0;
        ::waitpid(program, &status, 0);
        ::ptrace(PTRACE_SETOPTIONS, program, nullptr,
                 PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
                     PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL);
        ::ptrace(PTRACE_CONT, program, nullptr, nullptr);
        int outcome = -1;
        for (pid_t thread = 0; (thread = ::waitpid(-1, &status, __WALL)) > 0;) {
            if (WIFSTOPPED(status))
                stopped(thread, status);
            else if (thread == program)
                outcome = status;
        }
        return WIFEXITED(outcome) ? WEXITSTATUS(outcome) : 128 + WTERMSIG(outcome);
    }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

private:
    void stopped(pid_t thread, int status) {
        const int event = status >> 16;
        if (torn_ == thread) {
            ::kill(program_, SIGKILL);
            return;
        }
        if (event == PTRACE_EVENT_SECCOMP) {
            seen(thread);
            return;
        }
        // A new thread begins with a SIGSTOP of the tracer's.
        const int signal = event != 0 || WSTOPSIG(status) == SIGSTOP ? 0 : WSTOPSIG(status);
        ::ptrace(PTRACE_CONT, thread, nullptr, signal);
    }

    void seen(pid_t thread) {
        user_regs_struct registers{};
        ::ptrace(PTRACE_GETREGS, thread, nullptr, &registers);
        const Call& call = calls().at(static_cast<unsigned>(registers.orig_rax));
        const std::string target = target_of(thread, call, registers);
        const bool of_files = target.starts_with("/dev/shm/") ||
                              (target.starts_with('/') && !target.starts_with("/dev/"));
        const bool failing = action_ == Action::fail || action_ == Action::fail_on;
        // What wakes another thread of its own changes nothing that anybody else could see.
        const bool counts = of_files || (!failing && target.starts_with("socket:"));
        if (counts)
            lines_.push_back(std::to_string(lines_.size() + 1) + " " + call.name + " " + target);
        const bool is_meant = counts && (meant_.call.empty() || meant_.call == call.name) &&
                              target.ends_with(meant_.file);
        seen_ += is_meant ? 1U : 0U;
        const bool its_turn = is_meant && at_ != 0 && seen_ == at_;
        if (its_turn && action_ == Action::kill) {
            ::kill(program_, SIGKILL);
            return;
        }
        if (its_turn && action_ == Action::tear)
            return tear(thread, registers);
        if (its_turn && action_ == Action::fail_on)
            failing_ = call.name;
        if ((its_turn && action_ == Action::fail) || (is_meant && failing_ == call.name))
            fail(thread, registers);
        ::ptrace(PTRACE_CONT, thread, nullptr, nullptr);
    }

    void tear(pid_t thread, user_regs_struct registers) {
        if (registers.orig_rax != SYS_write && registers.orig_rax != SYS_pwrite64 &&
            registers.orig_rax != SYS_sendto) {
            ::kill(program_, SIGKILL);
            return;
        }
        registers.rdx /= 2;
        ::ptrace(PTRACE_SETREGS, thread, nullptr, &registers);
        torn_ = thread;
        ::ptrace(PTRACE_SYSCALL, thread, nullptr, nullptr);  // to its end
    }

    void fail(pid_t thread, user_regs_struct registers) const {
        registers.orig_rax = static_cast<unsigned long long>(-1);  // none: nothing is done
        registers.rax = static_cast<unsigned long long>(-error_);
        ::ptrace(PTRACE_SETREGS, thread, nullptr, &registers);
    }

    Action action_;
    unsigned at_;
    int error_;
    Meant meant_;
    unsigned seen_ = 0;  ///< of those that are meant
    pid_t program_ = -1, torn_ = -1;
    std::string_view failing_;
    std::vector<std::string> lines_;
};

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> words;
    for (;;) {
        const std::size_t colon = text.find(':');
        words.push_back(text.substr(0, colon));
        if (colon == std::string_view::npos)
            return words;
        text.remove_prefix(colon + 1);
    }
}

int number_in(const std::vector<std::string_view>& words, std::size_t place) {
    int number = 0;
    if (place < words.size())
        std::from_chars(words[place].data(), words[place].data() + words[place].size(), number);
    return number;
}

}  // namespace

int main(int count, char** arguments) {
    static const std::map<std::string_view, Action> actions{{"count", Action::count},
                                                            {"kill", Action::kill},
                                                            {"tear", Action::tear},
                                                            {"fail", Action::fail},
                                                            {"fail_on", Action::fail_on}};
    const auto words = split(count > 3 ? arguments[2] : "");
    const auto action = actions.find(words.front());
    if (action == actions.end()) {
        std::cerr << "at_syscall REPORT count|kill:N|tear:N|fail:N:ERRNO|fail_on:N:ERRNO PROGRAM "
                     "[ARGUMENT…]\n";
        return 2;
    }
    const pid_t program = ::fork();
    if (program == 0)
        become(arguments + 3);
    const Run::Meant meant = words.size() > 4 ? Run::Meant{words[3], words[4]} : Run::Meant{};
    Run run(action->second, static_cast<unsigned>(number_in(words, 1)), number_in(words, 2), meant);
    const int outcome = run.watch(program);
    std::ofstream report(arguments[1]);
    for (const std::string& line : run.lines())
        report << line << "\n";
    return outcome;
}
