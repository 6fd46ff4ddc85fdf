#pragma once
// A program that a test starts and that cannot outlive it, also when the test is killed. Linux.

#include <filesystem>
#include <string>
#include <vector>

namespace servers {

class Process {
public:
    /// `command.front()` is looked for in PATH; both outputs go to `output_file`. From the test's
    /// main thread: the program dies with the thread that started it.
    Process(const std::vector<std::string>& command, const std::filesystem::path& output_file);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// Waits a moment: false as soon as it has ended.
    [[nodiscard]] bool still_runs();
    /// Waits for its end; 127 if it could not be started.
    [[nodiscard]] int exit_code();

private:
    int pid_ = -1;
    int exit_code_ = -1;
};

/// A folder under the system's temporary one, removed with all that is in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

[[nodiscard]] std::string text_of(const std::filesystem::path& file);

}  // namespace servers
