#include "mail/base/run_program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mail/base/spawn_unix.h"

extern char** environ;

namespace mail {

namespace {

constexpr std::chrono::seconds grace{2};  ///< from SIGTERM to SIGKILL
constexpr std::chrono::seconds held_at_most{10};
/// There is no call that waits for a process, its pipes and a stop token at once.
constexpr std::chrono::milliseconds look_again{20};
/// What a stray of the program still writes is not waited for.
constexpr int last_reads = 64;

tl::unexpected<Error> not_started(int error, const std::string& path) {
    const Cause cause = error == ENOENT || error == ENOTDIR   ? Cause::file_not_found
                        : error == EACCES || error == ENOEXEC ? Cause::no_permission_there
                                                              : Cause::internal;
    return fail(cause, Layer::point, Reach::part,
                {{"path", path}, {"reason", std::generic_category().message(error)}});
}

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { close(); }
    void close() {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1));
    }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// One output of the program: its end of the pipe, ours, and what came.
class Output {
public:
    explicit Output(std::size_t limit) : words_(limit) {}

    [[nodiscard]] int open() {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0)
            return errno;
        ours_ = Descriptor(ends[0]);
        theirs_ = Descriptor(ends[1]);
        for (const int end : ends)
            if (fcntl(end, F_SETFD, FD_CLOEXEC) != 0)
                return errno;
        return fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 ? 0 : errno;
    }
    [[nodiscard]] int theirs() const { return theirs_.number(); }
    void started() { theirs_.close(); }
    [[nodiscard]] pollfd watched() const { return {ours_.number(), POLLIN, 0}; }
    /// Whether there may be more at once.
    bool read() {
        std::array<char, 65536> piece;
        if (ours_.number() < 0)
            return false;
        const ssize_t done = ::read(ours_.number(), piece.data(), piece.size());
        if (done > 0)
            words_.add({piece.data(), static_cast<std::size_t>(done)});
        else if (done == 0 || (errno != EAGAIN && errno != EINTR))
            ours_.close();
        return done > 0;
    }
    [[nodiscard]] std::string text() const { return words_.text(); }

private:
    Descriptor ours_, theirs_;
    LastWords words_;
};

/// posix_spawn's two lists of wishes.
struct Wishes {
    Wishes() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
    }
    Wishes(const Wishes&) = delete;
    Wishes& operator=(const Wishes&) = delete;
    ~Wishes() {
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
    }
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

/// A group of its own, so that all of it can be ended; no signal that we ignore or hold back.
int wish(Wishes& wishes, const Program& program, const Output& output, const Output& errors) {
    auto& [actions, attributes] = wishes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    int error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    const auto then = [&](int result) { error = error != 0 ? error : result; };
    then(posix_spawn_file_actions_adddup2(&actions, output.theirs(), 1));
    then(posix_spawn_file_actions_adddup2(&actions, errors.theirs(), 2));
    then(posix_spawn_file_actions_addchdir_np(&actions, program.folder.c_str()));
    then(unix_spawn::close_all_others(actions, attributes, flags));
    then(posix_spawnattr_setpgroup(&attributes, 0));
    then(posix_spawnattr_setsigmask(&attributes, &none));
    then(posix_spawnattr_setsigdefault(&attributes, &all));
    then(posix_spawnattr_setflags(&attributes, flags));
    return error;
}

std::vector<std::string> environment_of(const Program& program) {
    std::vector<std::string> made;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        const std::string_view name = text.substr(0, text.find('='));
        bool is_set = false;
        for (const auto& [other, value] : program.environment)
            is_set = is_set || other == name;
        if (is_handed_on(name) && !is_set)
            made.emplace_back(text);
    }
    for (const auto& [name, value] : program.environment)
        made.push_back(name + "=" + value);
    return made;
}

/// As execve wants them; they stay owned by `texts`.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

class Running {
public:
    explicit Running(const Program& program)
        : output_(program.words_kept), errors_(program.words_kept) {}

    /// 0 or an errno.
    [[nodiscard]] int start(const Program& program) {
        Wishes wishes;
        int error = output_.open();
        error = error != 0 ? error : errors_.open();
        error = error != 0 ? error : wish(wishes, program, output_, errors_);
        if (error != 0)
            return error;
        std::vector<std::string> words{program.name}, environment = environment_of(program);
        words.insert(words.end(), program.arguments.begin(), program.arguments.end());
        error = posix_spawnp(&process_, program.name.c_str(), &wishes.actions, &wishes.attributes,
                             pointers_to(words).data(), pointers_to(environment).data());
        output_.started();
        errors_.started();
        return error;
    }

    ProgramEnd to_its_end(const Wait& wait) {
        std::optional<ProgramEnd::How> ended_by_us;
        Clock::time_point force = Clock::time_point::max();
        while (!has_ended()) {
            if (!ended_by_us && (wait.stopped() || wait.now() >= wait.deadline)) {
                ended_by_us =
                    wait.stopped() ? ProgramEnd::How::stopped : ProgramEnd::How::out_of_time;
                force = wait.now() + grace;
                kill(-process_, SIGTERM);
                // One that is halted hears nothing.
                kill(-process_, SIGCONT);
            }
            if (wait.now() >= force)
                kill(-process_, SIGKILL);
            // The system holds it, on a share that has gone: it dies whenever that answers.
            if (ended_by_us && wait.now() - held_at_most >= force)
                break;
            listen();
        }
        return end(ended_by_us);
    }

private:
    /// It stays a zombie, so that its number, and its group's, can be nobody else's yet.
    [[nodiscard]] bool has_ended() const {
        siginfo_t info{};
        int done = 0;
        do
            done = waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT);
        while (done != 0 && errno == EINTR);
        return done != 0 || info.si_pid == process_;
    }
    void listen() {
        std::array<pollfd, 2> watched{output_.watched(), errors_.watched()};
        if (poll(watched.data(), watched.size(), static_cast<int>(look_again.count())) <= 0)
            return;
        output_.read();
        errors_.read();
    }
    ProgramEnd end(std::optional<ProgramEnd::How> ended_by_us) {
        kill(-process_, SIGKILL);
        for (Output* words : {&output_, &errors_})
            for (int i = 0; i < last_reads && words->read(); ++i) {
            }
        ProgramEnd made{ProgramEnd::How::crashed, 0, output_.text(), errors_.text()};
        int status = 0;
        pid_t reaped = -1;
        do
            reaped = waitpid(process_, &status, WNOHANG);
        while (reaped < 0 && errno == EINTR);
        // Not known how it ended is not ended well.
        if (reaped == process_ && WIFEXITED(status)) {
            made.how = ProgramEnd::How::exited;
            made.code = WEXITSTATUS(status);
        } else if (reaped == process_ && WIFSIGNALED(status)) {
            made.code = WTERMSIG(status);
        }
        made.how = ended_by_us.value_or(made.how);
        return made;
    }

    Output output_, errors_;
    pid_t process_ = -1;
};

}  // namespace

Result<ProgramEnd> run_program(const Program& program, const Wait& wait) {
    if (access(program.folder.c_str(), X_OK) != 0)
        return fail(Cause::folder_not_found, Layer::point, Reach::part,
                    {{"path", program.folder}, {"reason", std::generic_category().message(errno)}});
    Running running(program);
    if (const int error = running.start(program); error != 0)
        return not_started(error, program.name);
    return running.to_its_end(wait);
}

}  // namespace mail
