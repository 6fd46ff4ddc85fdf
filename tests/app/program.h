#pragma once
// The program itself, started as a user or a scheduler starts it. POSIX.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace program {

struct Outcome {
    int exit_code = -1;  ///< 128 + signal where one ended it
    std::string out, error;
    std::uint64_t peak_octets =
        0;  ///< of its memory; never less than that of who started it. Linux
};

using Environment = std::map<std::string, std::string>;  ///< added to ours

/// Runs it to its end.
[[nodiscard]] Outcome run(const std::vector<std::string>& arguments,
                          const Environment& environment = {}, const std::string& input = {});
/// The same, by another program, which gets ours and its arguments behind its own (`runner`).
[[nodiscard]] Outcome run_by(const std::vector<std::string>& runner,
                             const std::vector<std::string>& arguments,
                             const Environment& environment = {});

/// Runs it on a terminal of its own, whose user answers each question (what ends with ": ") with
/// the next of `answers`. `out` is all that the terminal showed.
[[nodiscard]] Outcome run_on_terminal(const std::vector<std::string>& arguments,
                                      const std::vector<std::string>& answers,
                                      const Environment& environment = {});

/// The same; its user sees all that was shown so far and types what `person` says, or nothing;
/// asked now and then even when nothing new is shown. After two minutes it is killed.
using Person = std::function<std::string(const std::string& shown)>;
[[nodiscard]] Outcome run_on_terminal(const std::vector<std::string>& arguments,
                                      const Person& person, const Environment& environment = {});

/// Starts it; its output goes to that file, its messages nowhere.
class Started {
public:
    explicit Started(const std::vector<std::string>& arguments, const Environment& environment = {},
                     const std::string& out = "/dev/null");
    ~Started();  ///< kills it if it still runs
    Started(const Started&) = delete;
    Started& operator=(const Started&) = delete;
    void signal(int number) const;
    /// The exit code as above.
    int wait();

private:
    pid_t pid_ = -1;
    bool ended_ = false;
};

}  // namespace program
