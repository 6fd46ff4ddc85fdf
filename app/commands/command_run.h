#pragma once
// What every command on a mailbox or on the definitions works with: the engine, its jobs, the
// passwords that are asked for between them, and how an error is told.

#include <memory>
#include <optional>
#include <vector>

#include "app/arguments.h"
#include "app/cli.h"
#include "app/cli_output.h"
#include "app/job_watch.h"
#include "app/master_prompt.h"
#include "app/terminal.h"
#include "app/wiring.h"

namespace app {

ExitCode fail_with(const mail::Error& error, const Arguments& arguments,
                   gui::text::Language language);

/// One command from its start to its exit code. Of one thread.
class CommandRun {
public:
    CommandRun(const Arguments& of_command, gui::text::Language in)
        : arguments(of_command), language(in), style{in, output_columns()} {}
    CommandRun(const CommandRun&) = delete;
    CommandRun& operator=(const CommandRun&) = delete;

    /// The workspace and its engine; before all that follows.
    [[nodiscard]] mail::Result<void> start();

    /// What the command works on; a point without permission is not there.
    [[nodiscard]] mail::Result<std::shared_ptr<const mail::point::Point>> definition() const;
    /// The messages of its mailbox; they point into `shown`.
    [[nodiscard]] std::vector<Listed> messages();

    mail::JobView do_once(const mail::Command& command, const JobWatch::Observer& observer = {});
    /// The job's end; a password that is missing is asked for, that of the stored ones first.
    mail::JobView do_job(const mail::Command& command, const JobWatch::Observer& observer = {});

    [[nodiscard]] std::optional<mail::Secret> ask_password() const;
    [[nodiscard]] MasterPrompt master_prompt();
    /// The store as it can be used now, or why it can't.
    [[nodiscard]] mail::Result<mail::SecretsView> open_secrets();

    ExitCode fail_with(const mail::Error& error) const;
    /// After what was done before the job failed.
    ExitCode finish_failed(const mail::JobView& job, const std::vector<Listed>& done = {}) const;
    ExitCode tell_failed(const mail::JobView& job) const;

    const Arguments& arguments;
    const gui::text::Language language;
    const OutputStyle style;
    Running running;
    std::shared_ptr<const mail::Snapshot> shown;

private:
    JobWatch watch_;
};

/// Of somebody who may not see what he asks for.
[[nodiscard]] mail::Error refusal(const mail::Snapshot& snapshot);
[[nodiscard]] bool wants(const mail::JobView& ended, mail::Cause cause);
[[nodiscard]] mail::Error error_of(const mail::JobView& failed);
[[nodiscard]] mail::Error no_such_message(std::uint32_t uid);

}  // namespace app
