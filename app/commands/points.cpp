#include <string>

#include "app/cli_what_if.h"
#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "gui/text/cli.h"
#include "mail/base/utf8.h"

namespace app {

namespace text = gui::text;
using mail::JobView;

ExitCode points(CommandRun& run, const mail::Snapshot& snapshot) {
    if (snapshot.operators_error || !snapshot.may_see_points)
        return run.fail_with(refusal(snapshot));
    print(run.arguments.json ? points_json(snapshot, run.running.workspace)
                             : points_table(snapshot, run.running.workspace, run.style));
    return ExitCode::done;
}

ExitCode export_point(CommandRun& run) {
    const std::string path = mail::absolute_path(*run.arguments.out);
    const JobView job = run.do_job(mail::ExportPoint{run.running.point, path});
    if (job.state != JobView::State::done)
        return run.finish_failed(job);
    print(text::fill(text::export_done, run.language, {{"path", path}}) + "\n");
    return ExitCode::done;
}

ExitCode import_point(CommandRun& run) {
    const JobView job = run.do_job(mail::ImportPoint{run.arguments.file});
    if (job.state != JobView::State::done)
        return run.finish_failed(job);
    const auto snapshot = run.running.engine->snapshot();
    const mail::PointView* point = snapshot->point(job.saved_point);
    if (point == nullptr)
        return run.fail_with(refusal(*snapshot));
    print(text::fill(
              text::import_done, run.language,
              {{"name", mail::utf8::one_line(point->definition->name)}, {"path", point->path}}) +
          "\n");
    return ExitCode::done;
}

ExitCode propose(CommandRun& run) {
    const JobView job = run.do_once(mail::Propose{run.arguments.address});
    if (!job.proposal)
        return run.fail_with(job.error.value_or(mail::Error{}));
    print(run.arguments.json ? proposal_json(*job.proposal)
                             : proposal_text(*job.proposal, run.style));
    return ExitCode::done;
}

ExitCode what_if(CommandRun& run, const mail::point::Point& point) {
    mail::WhatIf question{point, std::nullopt, run.arguments.last};
    JobView job = run.do_once(question);
    if (is_locked(job.error) && run.master_prompt().unlock())
        job = run.do_once(question);
    if (wants(job, mail::Cause::password_needed)) {
        question.password = run.ask_password();
        if (question.password)
            job = run.do_once(question);
    }
    if (!job.forecast)
        return run.fail_with(error_of(job));
    print(run.arguments.json ? what_if_json(*job.forecast)
                             : what_if_text(*job.forecast, run.style));
    return ExitCode::done;
}

}  // namespace app
