#include <algorithm>
#include <cstdio>
#include <string>

#include "app/cli_removal.h"
#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "gui/text/cli_removal.h"
#include "gui/text/plurals.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"

namespace app {

namespace text = gui::text;
using mail::JobView;

namespace {

/// What stayed is told also where the rest failed.
ExitCode finish_removal(CommandRun& run, const JobView& job, const std::string& done) {
    if (run.arguments.json)
        print(removal_json(job));
    else if (job.state == JobView::State::done || !job.removed.empty() || job.marked > 0)
        print(done);
    ExitCode exit_code = job.kept.empty() ? ExitCode::done : ExitCode::failed;
    if (job.state == JobView::State::cancelled) {
        say(std::string(text::removal_stopped.in(run.language)));
        exit_code = exit_code_of(error_of(job));
    } else if (job.state != JobView::State::done) {
        exit_code = run.tell_failed(job);
    }
    std::fputs(kept_text(job, run.language).c_str(), stderr);
    const bool any = !job.removed.empty() || job.marked > 0 || job.messages_done > job.kept.size();
    return exit_code == ExitCode::failed && any ? ExitCode::some_failed : exit_code;
}

}  // namespace

ExitCode remove(CommandRun& run) {
    using Others = mail::Remove::Others;
    using Marked = Arguments::Marked;
    const Others others = run.arguments.marked == Marked::ask     ? Others::ask
                          : run.arguments.marked == Marked::leave ? Others::only_mark
                                                                  : Others::take_along;
    const JobView job =
        run.do_job(mail::Remove{run.running.point, run.arguments.uids, run.arguments.from_mailbox,
                                run.arguments.anyway, others});
    return finish_removal(run, job, removed_text(job, run.arguments.from_mailbox, run.language));
}

ExitCode restore(CommandRun& run) {
    mail::Restore command{run.running.point, {}};
    for (const std::uint32_t uid : run.arguments.uids)
        command.messages.push_back({uid, 0});
    const JobView job = run.do_job(command);
    const auto done = job.messages_done - std::min(job.messages_done, job.messages_failed);
    return finish_removal(
        run, job,
        text::fill(text::toast_restored, run.language,
                   {{"messages", text::counted(text::message, run.language, done)}}) +
            "\n");
}

ExitCode show_quarantine(CommandRun& run) {
    const JobView job = run.do_job(mail::LookUpQuarantine{run.running.point});
    if (job.state != JobView::State::done)
        return run.fail_with(error_of(job));
    if (run.arguments.json)
        print(quarantine_json(*job.quarantine));
    else if (job.quarantine->empty())
        say(std::string(text::empty_quarantine.in(run.language)));
    else
        print(quarantine_table(*job.quarantine, run.style));
    return ExitCode::done;
}

}  // namespace app
