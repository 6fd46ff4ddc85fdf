#pragma once
// Another program, run to its end without a shell: what it says is kept within a limit, it gets
// nothing of ours but its arguments, and it ends, with all that it has started, when its time is
// over or it is to stop. run_program_{posix,windows}.cpp.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/base/wait.h"

namespace mail {

struct Program {
    /// Its path, or a name that is looked for where the system looks for programs (PATH).
    std::string name;
    /// UTF-8, each what the program gets as one argument. A file's name in it is to be an absolute
    /// path: that is no option, whatever the file is called.
    std::vector<std::string> arguments;
    std::string folder;  ///< which it works in; absolute
    /// Set besides what is handed on of our own environment (is_handed_on()).
    std::vector<std::pair<std::string, std::string>> environment;
    std::size_t words_kept = 4096;  ///< octets of each of its two outputs: the last ones
};

struct ProgramEnd {
    enum class How {
        exited,
        crashed,  ///< ended by a signal, or by an exception of Windows
        out_of_time,
        stopped
    };
    How how = How::exited;
    int code = 0;                ///< exit code; of a crash the signal, or the exception's number
    std::string output, errors;  ///< what it said last, octets
};

/// Returns once it has ended. The deadline of `wait` and its token end it: politely first where the
/// system can (SIGTERM to its process group), by force a moment later. What it has left running
/// ends with it, unless that has taken leave of its group. Any thread. Errors, if it was not
/// started: file_not_found, no_permission_there, folder_not_found, internal; facts "path",
/// "reason".
[[nodiscard]] Result<ProgramEnd> run_program(const Program& program, const Wait& wait);

/// Of our environment a program gets only what says where things are and how people write: no
/// secret that somebody has put there for us.
[[nodiscard]] bool is_handed_on(std::string_view variable);

/// The last octets of a stream.
class LastWords {
public:
    explicit LastWords(std::size_t limit) : limit_(limit) {}
    void add(std::string_view raw);
    [[nodiscard]] std::string text() const;

private:
    std::size_t limit_;
    std::string kept_;  ///< up to twice the limit, so that octets are seldom moved
};

}  // namespace mail
