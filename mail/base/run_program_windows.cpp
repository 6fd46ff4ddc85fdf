#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include <windows.h>

#include "mail/base/ascii.h"
#include "mail/base/run_program.h"
#include "mail/base/utf8.h"

namespace mail {

namespace {

constexpr DWORD look_again_ms = 20;
/// What a stray of the program still writes is not waited for.
constexpr int last_reads = 64;

std::wstring wide(std::string_view text) {
    const std::u16string utf16 = utf8::to_utf16(text);
    return {utf16.begin(), utf16.end()};
}

std::string narrow(std::wstring_view text) {
    return utf8::from_utf16(std::u16string(text.begin(), text.end()));
}

tl::unexpected<Error> not_started(DWORD error, const std::string& path) {
    const Cause cause =
        error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND  ? Cause::file_not_found
        : error == ERROR_ACCESS_DENIED || error == ERROR_BAD_EXE_FORMAT ? Cause::no_permission_there
                                                                        : Cause::internal;
    return fail(
        cause, Layer::point, Reach::part,
        {{"path", path}, {"reason", std::system_category().message(static_cast<int>(error))}});
}

class Handle {
public:
    explicit Handle(HANDLE handle = nullptr) : handle_(handle) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { reset(nullptr); }
    void reset(HANDLE handle) {
        if (handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE)
            CloseHandle(handle_);
        handle_ = handle;
    }
    [[nodiscard]] HANDLE get() const { return handle_; }

private:
    HANDLE handle_;
};

/// One output of the program: its end of the pipe, ours, and what came.
class Output {
public:
    explicit Output(std::size_t limit) : words_(limit) {}

    [[nodiscard]] bool open() {
        SECURITY_ATTRIBUTES inherited{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
        HANDLE ours = nullptr, theirs = nullptr;
        if (CreatePipe(&ours, &theirs, &inherited, 1U << 16U) == 0)
            return false;
        ours_.reset(ours);
        theirs_.reset(theirs);
        return SetHandleInformation(ours, HANDLE_FLAG_INHERIT, 0) != 0;
    }
    [[nodiscard]] HANDLE theirs() const { return theirs_.get(); }
    void started() { theirs_.reset(nullptr); }
    /// Whether there may be more at once. Never waits.
    bool read() {
        DWORD there = 0, done = 0;
        std::array<char, 1U << 16U> piece;
        if (PeekNamedPipe(ours_.get(), nullptr, 0, nullptr, &there, nullptr) == 0 || there == 0 ||
            ReadFile(ours_.get(), piece.data(), static_cast<DWORD>(piece.size()), &done, nullptr) ==
                0)
            return false;
        words_.add({piece.data(), done});
        return done > 0;
    }
    [[nodiscard]] std::string text() const { return words_.text(); }

private:
    Handle ours_, theirs_;
    LastWords words_;
};

/// As CommandLineToArgvW and the C library take it apart again.
void append_quoted(std::wstring& line, const std::wstring& word) {
    if (!line.empty())
        line += L' ';
    line += L'"';
    std::size_t slashes = 0;
    for (const wchar_t c : word) {
        if (c == L'"')
            line.append(slashes + 1, L'\\');
        slashes = c == L'\\' ? slashes + 1 : 0;
        line += c;
    }
    line.append(slashes, L'\\');
    line += L'"';
}

bool is_file(const std::wstring& path) {
    const DWORD attributes = GetFileAttributesW(path.c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

/// In the folders of PATH only: Windows itself would look in the current folder first.
std::optional<std::wstring> found(const std::wstring& name) {
    const auto with_ending = [](const std::wstring& path) -> std::optional<std::wstring> {
        if (is_file(path))
            return path;
        if (is_file(path + L".exe"))
            return path + L".exe";
        return std::nullopt;
    };
    if (name.find_first_of(L"\\/:") != std::wstring::npos)
        return with_ending(name);
    std::wstring folders(32768, L'\0');
    folders.resize(GetEnvironmentVariableW(L"PATH", folders.data(), 32768));
    for (std::size_t at = 0; at < folders.size();) {
        const std::size_t end = std::min(folders.find(L';', at), folders.size());
        const std::wstring folder = folders.substr(at, end - at);
        at = end + 1;
        if (!folder.empty())
            if (auto path = with_ending(folder + L"\\" + name))
                return path;
    }
    return std::nullopt;
}

/// cmd.exe reads the arguments of these by rules of its own, in which a name can be a command.
bool is_batch(const std::wstring& path) {
    const std::string name = lower_case(narrow(path));
    return name.ends_with(".bat") || name.ends_with(".cmd");
}

std::wstring environment_of(const Program& program) {
    std::wstring block;
    wchar_t* const all = GetEnvironmentStringsW();
    for (const wchar_t* one = all; one != nullptr && *one != L'\0';) {
        const std::wstring_view text = one;
        one += text.size() + 1;
        const std::string name = narrow(text.substr(0, text.find(L'=', 1)));
        bool is_set = false;
        for (const auto& [other, value] : program.environment)
            is_set = is_set || lower_case(other) == lower_case(name);
        if (is_handed_on(name) && !is_set)
            block.append(text).push_back(L'\0');
    }
    if (all != nullptr)
        FreeEnvironmentStringsW(all);
    for (const auto& [name, value] : program.environment)
        block.append(wide(name + "=" + value)).push_back(L'\0');
    block.push_back(L'\0');
    return block;
}

/// STARTUPINFOEX that hands over just these handles.
class Startup {
public:
    Startup(HANDLE input, HANDLE output, HANDLE errors) : handles_{input, output, errors} {
        info_.StartupInfo.cb = sizeof(info_);
        info_.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
        info_.StartupInfo.hStdInput = input;
        info_.StartupInfo.hStdOutput = output;
        info_.StartupInfo.hStdError = errors;
        SIZE_T size = 0;
        InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
        room_ = std::make_unique<char[]>(size);
        auto* list = reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(room_.get());
        if (InitializeProcThreadAttributeList(list, 1, 0, &size) == 0)
            return;
        info_.lpAttributeList = list;
        is_good_ =
            UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles_.data(),
                                      sizeof(handles_), nullptr, nullptr) != 0;
    }
    Startup(const Startup&) = delete;
    Startup& operator=(const Startup&) = delete;
    ~Startup() {
        if (info_.lpAttributeList != nullptr)
            DeleteProcThreadAttributeList(info_.lpAttributeList);
    }
    [[nodiscard]] bool is_good() const { return is_good_; }
    [[nodiscard]] STARTUPINFOW* info() { return &info_.StartupInfo; }

private:
    std::array<HANDLE, 3> handles_;
    std::unique_ptr<char[]> room_;
    STARTUPINFOEXW info_{};
    bool is_good_ = false;
};

class Running {
public:
    explicit Running(const Program& program)
        : output_(program.words_kept), errors_(program.words_kept) {}

    /// ERROR_SUCCESS or why not.
    [[nodiscard]] DWORD start(const Program& program, const std::wstring& path) {
        SECURITY_ATTRIBUTES inherited{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
        const Handle input(CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                       &inherited, OPEN_EXISTING, 0, nullptr));
        job_.reset(CreateJobObjectW(nullptr, nullptr));
        JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
        limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
        if (!output_.open() || !errors_.open() || job_.get() == nullptr ||
            SetInformationJobObject(job_.get(), JobObjectExtendedLimitInformation, &limits,
                                    sizeof(limits)) == 0)
            return GetLastError();
        Startup startup(input.get(), output_.theirs(), errors_.theirs());
        if (!startup.is_good())
            return GetLastError();
        return create(program, path, startup);
    }

    ProgramEnd to_its_end(const Wait& wait) {
        ProgramEnd end;
        bool heard = false;
        while (WaitForSingleObject(process_.get(), heard ? 0 : look_again_ms) == WAIT_TIMEOUT) {
            const bool stopped = wait.stopped();
            if (end.how == ProgramEnd::How::exited && (stopped || wait.now() >= wait.deadline)) {
                end.how = stopped ? ProgramEnd::How::stopped : ProgramEnd::How::out_of_time;
                TerminateJobObject(job_.get(), 1);
            }
            heard = output_.read();
            heard = errors_.read() || heard;
        }
        TerminateJobObject(job_.get(), 1);
        for (Output* words : {&output_, &errors_})
            for (int i = 0; i < last_reads && words->read(); ++i) {
            }
        DWORD code = 1;
        GetExitCodeProcess(process_.get(), &code);
        end.code = static_cast<int>(code);
        // NTSTATUS of an error: nobody exits so of his own accord.
        if (end.how == ProgramEnd::How::exited && code >= 0xC000'0000U)
            end.how = ProgramEnd::How::crashed;
        end.output = output_.text();
        end.errors = errors_.text();
        return end;
    }

private:
    DWORD create(const Program& program, const std::wstring& path, Startup& startup) {
        std::wstring line, environment = environment_of(program);
        append_quoted(line, path);
        for (const std::string& argument : program.arguments)
            append_quoted(line, wide(argument));
        PROCESS_INFORMATION made{};
        const DWORD flags = CREATE_SUSPENDED | CREATE_NO_WINDOW | CREATE_UNICODE_ENVIRONMENT |
                            EXTENDED_STARTUPINFO_PRESENT;
        if (CreateProcessW(path.c_str(), line.data(), nullptr, nullptr, TRUE, flags,
                           environment.data(), wide(program.folder).c_str(), startup.info(),
                           &made) == 0)
            return GetLastError();
        process_.reset(made.hProcess);
        const Handle thread(made.hThread);
        // It has not run yet: all that it starts will be in the job, too.
        if (AssignProcessToJobObject(job_.get(), made.hProcess) == 0) {
            const DWORD error = GetLastError();
            TerminateProcess(made.hProcess, 1);
            return error;
        }
        ResumeThread(made.hThread);
        output_.started();
        errors_.started();
        return ERROR_SUCCESS;
    }

    Output output_, errors_;
    Handle job_, process_;
};

}  // namespace

Result<ProgramEnd> run_program(const Program& program, const Wait& wait) {
    const DWORD attributes = GetFileAttributesW(wide(program.folder).c_str());
    if (attributes == INVALID_FILE_ATTRIBUTES || (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
        return fail(Cause::folder_not_found, Layer::point, Reach::part, {{"path", program.folder}});
    const auto path = found(wide(program.name));
    if (!path)
        return not_started(ERROR_FILE_NOT_FOUND, program.name);
    if (is_batch(*path))
        return fail(Cause::no_permission_there, Layer::point, Reach::part,
                    {{"path", program.name}, {"reason", "a batch file"}});
    Running running(program);
    if (const DWORD error = running.start(program, *path); error != ERROR_SUCCESS)
        return not_started(error, program.name);
    return running.to_its_end(wait);
}

}  // namespace mail
