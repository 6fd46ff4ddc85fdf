#include "tests/app/program.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/fakes/scratch_folder.h"

extern char** environ;

namespace program {

namespace {

std::vector<std::string> words_of(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{MAILPOINT_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

/// As execve wants it; points into `words`.
std::vector<char*> pointers_to(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> variables_with(const Environment& added) {
    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable)
        variables.emplace_back(*variable);
    // No desktop's password store, no display: what the test gives is all there is.
    std::erase_if(variables, [&](const std::string& variable) {
        const std::string name = variable.substr(0, variable.find('='));
        return name.starts_with("DBUS_") || name == "XDG_RUNTIME_DIR" ||
               name.starts_with("MAILPOINT_") || added.contains(name);
    });
    for (const auto& [name, value] : added)
        variables.push_back(name + "=" + value);
    return variables;
}

pid_t spawn(std::vector<std::string> words, const Environment& added, const std::string& input,
            const std::string& out, const std::string& error) {
    std::vector<std::string> variables = variables_with(added);
    const std::vector<char*> argv = pointers_to(words), envp = pointers_to(variables);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, input.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, error.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    // Away from the terminal of whoever runs the tests: nobody there is to be asked anything.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    pid_t pid = -1;
    if (posix_spawn(&pid, words.front().c_str(), &actions, &attributes, argv.data(), envp.data()) !=
        0)
        pid = -1;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

int exit_code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Outcome run_words(const std::vector<std::string>& words, const Environment& environment,
                  const std::string& input) {
    const mail::fakes::ScratchFolder folder;
    std::ofstream(folder / "in", std::ios::binary) << input;
    const pid_t pid = spawn(words, environment, folder / "in", folder / "out", folder / "error");
    int status = 0;
    rusage used{};
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
        return {};
    return {exit_code_of(status), content_of(folder / "out"), content_of(folder / "error"),
            static_cast<std::uint64_t>(used.ru_maxrss) << 10U};
}

}  // namespace

Outcome run(const std::vector<std::string>& arguments, const Environment& environment,
            const std::string& input) {
    return run_words(words_of(arguments), environment, input);
}

Outcome run_by(const std::vector<std::string>& runner, const std::vector<std::string>& arguments,
               const Environment& environment) {
    std::vector<std::string> words = runner;
    const std::vector<std::string> ours = words_of(arguments);
    words.insert(words.end(), ours.begin(), ours.end());
    return run_words(words, environment, {});
}

Outcome run_on_terminal(const std::vector<std::string>& arguments,
                        const std::vector<std::string>& answers, const Environment& environment) {
    auto answer = answers.begin();
    std::size_t answered = 0;
    const auto person = [&](const std::string& shown) -> std::string {
        if (!shown.ends_with(": ") || shown.size() == answered)
            return {};
        answered = shown.size();
        // Without an answer left: end of input.
        return answer != answers.end() ? *answer++ + "\n" : "\x04";
    };
    return run_on_terminal(arguments, Person(person), environment);
}

Outcome run_on_terminal(const std::vector<std::string>& arguments, const Person& person,
                        const Environment& environment) {
    std::vector<std::string> words = words_of(arguments), variables = variables_with(environment);
    const std::vector<char*> argv = pointers_to(words), envp = pointers_to(variables);
    const int user = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (user < 0 || grantpt(user) != 0 || unlockpt(user) != 0)
        return {};
    const std::string terminal = ptsname(user);
    const pid_t pid = fork();
    if (pid == 0) {
        // The first terminal that a session opens is its own.
        setsid();
        const int opened = ::open(terminal.c_str(), O_RDWR);
        for (const int stream : {0, 1, 2})
            dup2(opened, stream);
        execve(MAILPOINT_PROGRAM, argv.data(), envp.data());
        _exit(127);
    }
    Outcome outcome;
    std::array<char, 4096> piece{};
    const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    for (bool gave_up = false;;) {
        // Somebody who waits for something else than a word looks again after a while.
        pollfd terminal_of_user{user, POLLIN, 0};
        if (poll(&terminal_of_user, 1, 50) == 1) {
            const ssize_t got = ::read(user, piece.data(), piece.size());
            // The terminal is at its end (EIO) when nobody has it open any more.
            if (got <= 0)
                break;
            outcome.out.append(piece.data(), static_cast<std::size_t>(got));
        }
        if (!gave_up && pid > 0 && std::chrono::steady_clock::now() > patience) {
            gave_up = true;
            kill(pid, SIGKILL);
        }
        const std::string typed = person(outcome.out);
        if (::write(user, typed.data(), typed.size()) < 0)
            break;
    }
    close(user);
    int status = 0;
    if (pid > 0 && waitpid(pid, &status, 0) == pid)
        outcome.exit_code = exit_code_of(status);
    return outcome;
}

Started::Started(const std::vector<std::string>& arguments, const Environment& environment,
                 const std::string& out)
    : pid_(spawn(words_of(arguments), environment, "/dev/null", out, "/dev/null")) {}

Started::~Started() {
    if (!ended_ && pid_ > 0) {
        signal(SIGKILL);
        wait();
    }
}

void Started::signal(int number) const {
    if (pid_ > 0 && !ended_)
        kill(pid_, number);
}

int Started::wait() {
    int status = 0;
    if (pid_ < 0 || ended_ || waitpid(pid_, &status, 0) != pid_)
        return -1;
    ended_ = true;
    return exit_code_of(status);
}

}  // namespace program
