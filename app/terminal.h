#pragma once
// What a command needs of the terminal and the system around it; terminal_{posix,windows}.cpp.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/text/text.h"
#include "mail/base/secret.h"

namespace app {

/// The program's arguments without its name, in UTF-8 (Windows gives them in UTF-16).
[[nodiscard]] std::vector<std::string> program_arguments(int count, char** values);

[[nodiscard]] bool input_stream_is_terminal();
[[nodiscard]] bool error_stream_is_terminal();
[[nodiscard]] int output_columns();  ///< of a terminal; else a width that suits files

/// Asks on the terminal without showing what is typed; nothing where there is none.
[[nodiscard]] std::optional<mail::Secret> ask_secret(const std::string& prompt);

/// What somebody types on the terminal of standard input while the program is at something else. It
/// is not shown: an address with a code in it may be.
class TypedLines {
public:
    TypedLines();
    ~TypedLines();
    TypedLines(const TypedLines&) = delete;
    TypedLines& operator=(const TypedLines&) = delete;
    /// A line that is whole by now, without its end. Never waits. Nothing also where the terminal
    /// is another program's at the moment.
    [[nodiscard]] std::optional<mail::Secret> next();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Standard input to its end, but for one line end there; nothing if that is no password by its
/// length.
[[nodiscard]] std::optional<mail::Secret> read_secret_input();

/// Takes it out of the environment, where other programs of the user's and what we start could read
/// it. Before there are threads.
[[nodiscard]] std::optional<mail::Secret> secret_from_environment(const char* name);
/// UTF-8, or nothing if it isn't set or empty.
[[nodiscard]] std::optional<std::string> environment(const char* name);
[[nodiscard]] gui::text::Language system_language();
[[nodiscard]] std::string system_user_name();

/// From now on SIGINT and SIGTERM (Ctrl+C, closing the console) only set a flag; a second one ends
/// the program.
void catch_stop_signals();
[[nodiscard]] bool stop_signalled();

/// Standard input as octets, up to `limit_octets`; nothing if there is more.
[[nodiscard]] std::optional<std::string> read_standard_input(std::size_t limit_octets);
/// Before anything is opened. Standard output takes octets as they are (Windows: no CR added, UTF-8
/// code page); a standard stream that is closed leads nowhere, lest a file of ours get its number
/// and our messages.
void prepare_output();
/// The window needs no console: one that the system opened for this program alone goes (Windows
/// before 11 24H2; later ones read the manifest).
void leave_own_console();

}  // namespace app
