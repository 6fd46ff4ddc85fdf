#include "app/terminal.h"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace app {

namespace {

// Set in a signal handler, read by another thread: so it must be atomic, and without a lock.
std::atomic<int> signals_seen{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void on_stop_signal(int number) {
    if (signals_seen.exchange(1) != 0)
        _exit(128 + number);
}

/// A terminal whose echo is off until this goes.
class Silence {
public:
    explicit Silence(int terminal) : terminal_(terminal) {
        if (tcgetattr(terminal_, &before_) != 0)
            return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
    }
    ~Silence() {
        if (changed_)
            tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    int terminal_;
    termios before_{};
    bool changed_ = false;
};

bool write_whole(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// Room from the start: what grows leaves copies behind.
constexpr std::size_t longest_secret = 4096;

std::optional<mail::Secret> read_line(int terminal) {
    std::string line;
    line.reserve(longest_secret);
    for (char c = 0;;) {
        const ssize_t got = ::read(terminal, &c, 1);
        if (got <= 0 || stop_signalled() || line.size() == longest_secret) {
            mail::wipe(line);
            return std::nullopt;
        }
        if (c == '\n')
            break;
        line += c;
    }
    mail::Secret secret(line);
    mail::wipe(line);
    return secret;
}

}  // namespace

struct TypedLines::State {
    std::optional<Silence> silence;
    bool ended = false;

    /// Whoever asks a terminal in the background is stopped by it.
    bool listens() {
        if (tcgetpgrp(STDIN_FILENO) != getpgrp())
            return false;
        if (!silence)
            silence.emplace(STDIN_FILENO);
        return true;
    }
};

TypedLines::TypedLines() : state_(std::make_unique<State>()) {
    state_->listens();
}
TypedLines::~TypedLines() = default;

std::optional<mail::Secret> TypedLines::next() {
    if (state_->ended || !state_->listens())
        return std::nullopt;
    pollfd input{STDIN_FILENO, POLLIN, 0};
    if (poll(&input, 1, 0) != 1)
        return std::nullopt;
    // A terminal gives whole lines.
    auto line = read_line(STDIN_FILENO);
    state_->ended = !line;
    return line;
}

std::vector<std::string> program_arguments(int count, char** values) {
    return {values + (count > 0 ? 1 : 0), values + count};
}

bool input_stream_is_terminal() {
    return isatty(STDIN_FILENO) == 1;
}

bool error_stream_is_terminal() {
    return isatty(STDERR_FILENO) == 1;
}

int output_columns() {
    winsize size{};
    if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
        size.ws_col >= 40)
        return size.ws_col;
    return 120;
}

std::optional<mail::Secret> ask_secret(const std::string& prompt) {
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0)
        return std::nullopt;
    std::optional<mail::Secret> secret;
    {
        const Silence silence(terminal);
        if (write_whole(terminal, prompt))
            secret = read_line(terminal);
        write_whole(terminal, "\n");
    }
    ::close(terminal);
    return secret;
}

std::optional<mail::Secret> read_secret_input() {
    std::string text(longest_secret, '\0');
    std::size_t size = 0;
    ssize_t got = 0;
    do {
        got = ::read(STDIN_FILENO, text.data() + size, text.size() - size);
        size += got > 0 ? static_cast<std::size_t>(got) : 0;
    } while (got > 0 && size < text.size());
    std::string_view read(text.data(), size);
    for (const char end : {'\n', '\r'})
        if (read.ends_with(end))
            read.remove_suffix(1);
    std::optional<mail::Secret> secret;
    if (got == 0)
        secret.emplace(read);
    mail::wipe(text);
    return secret;
}

std::optional<mail::Secret> secret_from_environment(const char* name) {
    char* value = std::getenv(name);
    if (value == nullptr || *value == '\0')
        return std::nullopt;
    mail::Secret secret{std::string_view(value)};
    // Removed only, it would still be where others see the environment that we were started with.
    for (volatile char* at = value; *at != '\0'; ++at)
        *at = ' ';
    unsetenv(name);
    return secret;
}

std::optional<std::string> environment(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0')
        return std::nullopt;
    return value;
}

gui::text::Language system_language() {
    // Of language[_territory][.codeset][@modifier] the language decides.
    const auto is_polish = [](const std::string& locale) {
        return locale.substr(0, locale.find_first_of("_.@")) == "pl";
    };
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const auto value = environment(name))
            return is_polish(*value) ? gui::text::Language::pl : gui::text::Language::en;
    return gui::text::Language::en;
}

std::string system_user_name() {
    const passwd* user = getpwuid(geteuid());
    return user != nullptr ? user->pw_name : std::to_string(geteuid());
}

void catch_stop_signals() {
    struct sigaction action {};
    action.sa_handler = on_stop_signal;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    // A reader of our output that goes away is an error of that write, not the end in mid-work.
    std::signal(SIGPIPE, SIG_IGN);
}

bool stop_signalled() {
    return signals_seen != 0;
}

std::optional<std::string> read_standard_input(std::size_t limit_octets) {
    std::string content;
    std::array<char, 65536> piece{};
    for (;;) {
        const ssize_t got = ::read(STDIN_FILENO, piece.data(), piece.size());
        if (got <= 0)
            return content;
        content.append(piece.data(), static_cast<std::size_t>(got));
        if (content.size() > limit_octets)
            return std::nullopt;
    }
}

void leave_own_console() {}

void prepare_output() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (fcntl(stream, F_GETFD) < 0)
            // The lowest free number is this one.
            static_cast<void>(::open("/dev/null", O_RDWR));
}

}  // namespace app
