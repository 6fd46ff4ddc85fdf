#include "app/terminal.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include <windows.h>

#include <conio.h>
#include <fcntl.h>
#include <io.h>
#include <lmcons.h>
#include <shellapi.h>

#include "mail/base/utf8.h"

namespace app {

namespace {

std::atomic<int> signals_seen{0};

// Also an address with a code in it.
constexpr DWORD longest_secret = 4096;

BOOL WINAPI on_console_event(DWORD) {
    if (signals_seen.exchange(1) != 0)
        ExitProcess(130);
    return TRUE;
}

std::u16string_view wide_view(const wchar_t* text, std::size_t length) {
    return {reinterpret_cast<const char16_t*>(text), length};
}

std::string from_wide(const wchar_t* text) {
    return mail::utf8::from_utf16(wide_view(text, std::char_traits<wchar_t>::length(text)));
}

}  // namespace

std::vector<std::string> program_arguments(int, char**) {
    int count = 0;
    wchar_t** wide = CommandLineToArgvW(GetCommandLineW(), &count);
    std::vector<std::string> words;
    for (int i = 1; wide != nullptr && i < count; ++i)
        words.push_back(from_wide(wide[i]));
    LocalFree(wide);
    return words;
}

bool input_stream_is_terminal() {
    return _isatty(_fileno(stdin)) != 0;
}

bool error_stream_is_terminal() {
    return _isatty(_fileno(stderr)) != 0;
}

int output_columns() {
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info) != 0) {
        const int columns = info.srWindow.Right - info.srWindow.Left + 1;
        if (columns >= 40)
            return columns;
    }
    return 120;
}

struct TypedLines::State {
    State() { text.reserve(longest_secret); }
    ~State() { mail::wipe(text); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    std::string text;
};

TypedLines::TypedLines() : state_(std::make_unique<State>()) {}
TypedLines::~TypedLines() = default;

std::optional<mail::Secret> TypedLines::next() {
    constexpr wint_t enter = L'\r', first_letter = L' ', past_ascii = 0x7F;
    // Without echo. An address is ASCII; arrows and the like come as two, the first of them 0 or
    // 0xE0.
    while (_kbhit() != 0) {
        const wint_t letter = _getwch();
        if (letter == enter) {
            mail::Secret line(state_->text);
            mail::wipe(state_->text);
            state_->text.clear();
            return line;
        }
        if (letter == 0 || letter == 0xE0)
            (void)_getwch();
        else if (letter >= first_letter && letter < past_ascii &&
                 state_->text.size() < longest_secret)
            state_->text += static_cast<char>(letter);
    }
    return std::nullopt;
}

std::optional<mail::Secret> ask_secret(const std::string& prompt) {
    const HANDLE input = CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ,
                                     nullptr, OPEN_EXISTING, 0, nullptr);
    if (input == INVALID_HANDLE_VALUE)
        return std::nullopt;
    DWORD mode = 0;
    std::optional<mail::Secret> secret;
    if (GetConsoleMode(input, &mode) != 0 &&
        SetConsoleMode(input, mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT)) != 0) {
        std::fputs(prompt.c_str(), stderr);
        wchar_t line[longest_secret];
        DWORD got = 0;
        if (ReadConsoleW(input, line, longest_secret - 1, &got, nullptr) != 0) {
            while (got > 0 && (line[got - 1] == L'\n' || line[got - 1] == L'\r'))
                --got;
            std::string text = mail::utf8::from_utf16(wide_view(line, got));
            secret.emplace(text);
            mail::wipe(text);
        }
        SecureZeroMemory(line, sizeof line);
        SetConsoleMode(input, mode);
        std::fputs("\n", stderr);
    }
    CloseHandle(input);
    return secret;
}

std::optional<mail::Secret> read_secret_input() {
    _setmode(_fileno(stdin), _O_BINARY);
    char text[4096];
    std::size_t size = std::fread(text, 1, sizeof text, stdin);
    const bool whole = size < sizeof text;
    for (const char end : {'\n', '\r'})
        if (size > 0 && text[size - 1] == end)
            --size;
    std::optional<mail::Secret> secret;
    if (whole)
        secret.emplace(std::string_view(text, size));
    SecureZeroMemory(text, sizeof text);
    return secret;
}

std::optional<mail::Secret> secret_from_environment(const char* name) {
    auto value = environment(name);
    if (!value)
        return std::nullopt;
    mail::Secret secret(*value);
    mail::wipe(*value);
    const std::u16string utf16 = mail::utf8::to_utf16(name);
    // The C library has a copy of its own.
    _wputenv_s(std::wstring(utf16.begin(), utf16.end()).c_str(), L"");
    return secret;
}

std::optional<std::string> environment(const char* name) {
    const std::u16string wide = mail::utf8::to_utf16(name);
    const wchar_t* value = _wgetenv(reinterpret_cast<const wchar_t*>(wide.c_str()));
    if (value == nullptr || *value == L'\0')
        return std::nullopt;
    return from_wide(value);
}

gui::text::Language system_language() {
    return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_POLISH ? gui::text::Language::pl
                                                                    : gui::text::Language::en;
}

std::string system_user_name() {
    wchar_t name[UNLEN + 1];
    DWORD length = UNLEN + 1;
    return GetUserNameW(name, &length) != 0 ? from_wide(name) : std::string();
}

void catch_stop_signals() {
    SetConsoleCtrlHandler(on_console_event, TRUE);
}

bool stop_signalled() {
    return signals_seen != 0;
}

std::optional<std::string> read_standard_input(std::size_t limit_octets) {
    _setmode(_fileno(stdin), _O_BINARY);
    std::string content;
    char piece[65536];
    for (std::size_t got = 0; (got = std::fread(piece, 1, sizeof piece, stdin)) > 0;) {
        content.append(piece, got);
        if (content.size() > limit_octets)
            return std::nullopt;
    }
    return content;
}

void leave_own_console() {
    DWORD processes[2];
    if (GetConsoleProcessList(processes, 2) == 1)
        FreeConsole();
}

void prepare_output() {
    // Started detached (see the manifest): take the console of who started it, if it has one.
    if (GetStdHandle(STD_OUTPUT_HANDLE) == nullptr && AttachConsole(ATTACH_PARENT_PROCESS) != 0) {
        std::freopen("CONOUT$", "w", stdout);
        std::freopen("CONOUT$", "w", stderr);
    }
    SetConsoleOutputCP(CP_UTF8);
    _setmode(_fileno(stdout), _O_BINARY);
    _setmode(_fileno(stderr), _O_BINARY);
}

}  // namespace app
