#include "gui/desktop.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <spawn.h>
#include <sys/wait.h>

extern char** environ;

namespace gui::desktop {

namespace {

bool hand_over(std::string target) {
    std::array<char, 5> program{"open"};
    std::array<char*, 3> argv{program.data(), target.data(), nullptr};
    pid_t child = 0;
    if (::posix_spawnp(&child, program.data(), nullptr, nullptr, argv.data(), environ) != 0)
        return false;
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

bool open_path(const std::string& path) {
    return path.starts_with('/') && hand_over(path);
}

bool open_address(const std::string& address) {
    const bool web = address.starts_with("https://") || address.starts_with("http://");
    return web && hand_over(address);
}

std::string documents() {
    const char* const home = std::getenv("HOME");
    return home != nullptr && *home == '/' ? std::string(home) + "/Documents" : std::string();
}

Theme theme() {
    // The key exists only while the system is dark.
    std::FILE* answer = ::popen("defaults read -g AppleInterfaceStyle 2>/dev/null", "r");
    if (answer == nullptr)
        return Theme::light;
    std::array<char, 16> word{};
    const bool dark = std::fgets(word.data(), word.size(), answer) != nullptr && word[0] == 'D';
    ::pclose(answer);
    return dark ? Theme::dark : Theme::light;
}

}  // namespace gui::desktop
