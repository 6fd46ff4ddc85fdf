#include "tests/app/program.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/fakes/scratch_folder.h"

extern char** environ;

namespace program {

namespace {

pid_t spawn(const std::vector<std::string>& arguments, const Environment& added,
            const std::string& input, const std::string& out, const std::string& error) {
    std::vector<std::string> words{MAILPOINT_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable)
        variables.emplace_back(*variable);
    // No desktop's password store, no display: what the test gives is all there is.
    std::erase_if(variables, [&](const std::string& variable) {
        const std::string name = variable.substr(0, variable.find('='));
        return name.starts_with("DBUS_") || name == "MAILPOINT_PASSWORD" || added.contains(name);
    });
    for (const auto& [name, value] : added)
        variables.push_back(name + "=" + value);
    std::vector<char*> envp;
    for (std::string& variable : variables)
        envp.push_back(variable.data());
    envp.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, input.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, error.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    pid_t pid = -1;
    if (posix_spawn(&pid, MAILPOINT_PROGRAM, &actions, nullptr, argv.data(), envp.data()) != 0)
        pid = -1;
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

}  // namespace

Outcome run(const std::vector<std::string>& arguments, const Environment& environment,
            const std::string& input) {
    const mail::fakes::ScratchFolder folder;
    std::ofstream(folder / "in", std::ios::binary) << input;
    const pid_t pid =
        spawn(arguments, environment, folder / "in", folder / "out", folder / "error");
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return {};
    return {exit_code_of(status), content_of(folder / "out"), content_of(folder / "error")};
}

Started::Started(const std::vector<std::string>& arguments, const Environment& environment)
    : pid_(spawn(arguments, environment, "/dev/null", "/dev/null", "/dev/null")) {}

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
