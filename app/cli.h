#pragma once
// The commands: what they do, in which order, and the exit code they end with.

#include "app/arguments.h"
#include "mail/base/result.h"

namespace app {

enum class ExitCode : int {
    done = 0,
    failed = 1,
    usage = 2,
    signin = 3,
    connection = 4,
    some_failed = 5,
    permission = 6,
};

/// Any but the window.
[[nodiscard]] ExitCode run_command(const Arguments& arguments, gui::text::Language language);

/// --help and --version, on standard output.
void print_info(const Arguments& arguments, gui::text::Language language);
void print_usage_error(const UsageError& error, gui::text::Language language);

[[nodiscard]] ExitCode exit_code_of(const mail::Error& error);

}  // namespace app
