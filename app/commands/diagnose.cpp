#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "gui/text/cli.h"
#include "gui/text/format.h"
#include "gui/text/ladder.h"

namespace app {

namespace text = gui::text;
using mail::JobView;

namespace {

JobView do_diagnosis(CommandRun& run, const mail::point::Point& point,
                     std::optional<mail::Secret> password) {
    const mail::Diagnose command{point, std::move(password)};
    return run.do_once(command);
}

}  // namespace

ExitCode diagnose(CommandRun& run, const mail::point::Point& point) {
    JobView job = do_diagnosis(run, point, std::nullopt);
    const auto fault = [&job] {
        const mail::diagnose::Step* failed =
            job.diagnosis ? job.diagnosis->first_failure() : nullptr;
        return failed != nullptr ? failed->error : job.error;
    };
    if (is_locked(fault())) {
        const auto unlocked = run.master_prompt().unlock();
        if (unlocked)
            job = do_diagnosis(run, point, std::nullopt);
        else if (!is_locked(unlocked.error()))
            std::fputs(error_text(unlocked.error(), run.language).c_str(), stderr);
    }
    if (fault() && fault()->cause == mail::Cause::password_needed) {
        auto password = run.ask_password();
        if (password)
            job = do_diagnosis(run, point, std::move(password));
    }
    if (!job.diagnosis)
        return run.fail_with(*fault());
    print(run.arguments.json ? diagnosis_json(*job.diagnosis)
                             : diagnosis_text(*job.diagnosis, run.style));
    if (job.diagnosis->state == mail::Diagnosis::State::ended)
        say(text::fill(text::diagnosis_done, run.language,
                       {{"time", text::duration(job.diagnosis->time, run.language)}}));
    return fault() ? exit_code_of(*fault()) : ExitCode::done;
}

}  // namespace app
