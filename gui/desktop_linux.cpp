#include "gui/desktop.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace gui::desktop {
namespace {

constexpr int patience_ms = 2000;
constexpr std::size_t longest_answer = 4096;

/// A program that was started, and the end of a pipe that closes when it ends.
struct Started {
    pid_t child = -1;
    int pipe_end = -1;
};

/// Found in PATH and run without a shell. `report_as`: the descriptor that the pipe is in the
/// child; 1 reads its output, another one only tells when it ends.
enum class Stays { with_us, when_we_go };
Started start(const std::vector<std::string>& words, int report_as, Stays stays) {
    std::vector<char*> argv;
    for (const std::string& word : words)
        argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    std::array<int, 2> pipe_ends{};
    if (::pipe2(pipe_ends.data(), O_CLOEXEC) != 0)
        return {};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], report_as);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    // Ctrl+C at our terminal is not meant for the browser.
    if (stays == Stays::when_we_go)
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    Started started{-1, pipe_ends[0]};
    if (::posix_spawnp(&started.child, argv[0], &actions, &attributes, argv.data(), environ) != 0)
        started.child = -1;
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe_ends[1]);
    return started;
}

/// Whether it came to its end in time; what it wrote is added to `answer`.
bool read_to_end(int pipe_end, std::string& answer) {
    std::array<char, 512> piece{};
    while (answer.size() < longest_answer) {
        pollfd waiting{pipe_end, POLLIN, 0};
        if (::poll(&waiting, 1, patience_ms) != 1)
            return false;
        const ssize_t got = ::read(pipe_end, piece.data(), piece.size());
        if (got <= 0)
            return got == 0;
        answer.append(piece.data(), static_cast<std::size_t>(got));
    }
    return true;
}

std::string answer_of(const std::vector<std::string>& words) {
    std::string answer;
    const Started started = start(words, STDOUT_FILENO, Stays::with_us);
    const bool ended = started.child > 0 && read_to_end(started.pipe_end, answer);
    ::close(started.pipe_end);
    if (started.child > 0) {
        if (!ended)
            ::kill(started.child, SIGKILL);
        ::waitpid(started.child, nullptr, 0);
    }
    return ended ? answer : std::string();
}

}  // namespace

namespace {

/// Whether it was started and did not fail at once.
bool hand_over(const std::vector<std::string>& words) {
    const Started started = start(words, STDERR_FILENO + 1, Stays::when_we_go);
    std::string nothing;
    const bool ended = started.child > 0 && read_to_end(started.pipe_end, nothing);
    ::close(started.pipe_end);
    if (!ended)
        return started.child > 0;  // a program that runs on in its place: that is success
    int status = 0;
    return ::waitpid(started.child, &status, 0) == started.child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

/// One entry of BROWSER: words without quoting, %s for the address; where it is missing, the
/// address comes last.
std::vector<std::string> browser_call(std::string_view entry, const std::string& address) {
    std::vector<std::string> words;
    bool placed = false;
    while (!entry.empty()) {
        const std::string_view word = entry.substr(0, entry.find(' '));
        entry.remove_prefix(std::min(entry.size(), word.size() + 1));
        if (word.empty())
            continue;
        std::string full(word);
        if (const std::size_t hole = full.find("%s"); hole != std::string::npos) {
            full.replace(hole, 2, address);
            placed = true;
        }
        words.push_back(std::move(full));
    }
    if (!placed && !words.empty())
        words.push_back(address);
    return words;
}

}  // namespace

bool open_path(const std::string& path) {
    return path.starts_with('/') && hand_over({"xdg-open", path});
}

bool open_address(const std::string& address) {
    if (!address.starts_with("https://") && !address.starts_with("http://"))
        return false;
    const char* wished = std::getenv("BROWSER");
    std::string_view browsers = wished == nullptr ? std::string_view() : wished;
    while (!browsers.empty()) {
        const std::string_view entry = browsers.substr(0, browsers.find(':'));
        browsers.remove_prefix(std::min(browsers.size(), entry.size() + 1));
        const auto words = browser_call(entry, address);
        if (!words.empty() && hand_over(words))
            return true;
    }
    // Without a screen xdg-open looks for a browser of the terminal, which nobody would see here.
    const bool screen =
        std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
    return screen && hand_over({"xdg-open", address});
}

std::string documents() {
    // It prints a line, the home folder where nothing else is set.
    std::string said = answer_of({"xdg-user-dir", "DOCUMENTS"});
    while (!said.empty() && (said.back() == '\n' || said.back() == '/'))
        said.pop_back();
    if (said.starts_with('/') && ::access(said.c_str(), W_OK | X_OK) == 0)
        return said;
    const char* const home = std::getenv("HOME");
    return home != nullptr && *home == '/' ? home : "";
}

Theme theme() {
    // Programs take a GTK theme of this name as a wish, whatever the desktop.
    const char* gtk = std::getenv("GTK_THEME");
    const std::string_view wish = gtk == nullptr ? std::string_view() : gtk;
    const std::string name =
        answer_of({"gsettings", "get", "org.gnome.desktop.interface", "gtk-theme"});
    if (wish.find("HighContrast") != std::string_view::npos ||
        name.find("HighContrast") != std::string::npos)
        return Theme::contrast;
    const std::string scheme =
        answer_of({"gsettings", "get", "org.gnome.desktop.interface", "color-scheme"});
    const bool dark =
        wish.find("dark") != std::string_view::npos || scheme.find("dark") != std::string::npos;
    return dark ? Theme::dark : Theme::light;
}

}  // namespace gui::desktop
