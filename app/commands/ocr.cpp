#include <algorithm>
#include <string>

#include "app/cli_ocr.h"
#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "gui/text/ocr.h"

namespace app {

namespace text = gui::text;
using mail::JobView;

ExitCode allow_command(CommandRun& run, const mail::point::Point& point) {
    const JobView job = run.do_job(mail::AllowOcrCommand{run.running.point, point.ocr.command});
    if (job.state != JobView::State::done)
        return run.fail_with(error_of(job));
    say(point.ocr.command.empty()
            ? std::string(text::ocr_no_command.in(run.language))
            : text::fill(text::ocr_allowed, run.language, {{"command", point.ocr.command}}));
    return ExitCode::done;
}

ExitCode ocr(CommandRun& run, const mail::point::Point& point) {
    using Until = mail::RunOcr::Until;
    const bool runs = !run.arguments.show;
    const JobView job =
        runs ? run.do_job(mail::RunOcr{run.running.point,
                                       run.arguments.watch ? Until::stopped : Until::empty,
                                       run.arguments.retry})
             : run.do_job(mail::LookAtOcr{run.running.point});
    const auto snapshot = run.running.engine->snapshot();
    const mail::PointView* view = snapshot->point(run.running.point);
    const bool was_stopped = job.state == JobView::State::cancelled;
    // It was deleted, or is not this person's any more: to look at it is refused for that reason.
    if (was_stopped && view == nullptr)
        return run.fail_with(error_of(run.do_job(mail::LookAtOcr{run.running.point})));
    if ((job.state != JobView::State::done && !was_stopped) || view == nullptr || !view->ocr)
        return run.fail_with(error_of(job));
    if (run.arguments.json)
        print(ocr_json(*view->ocr));
    else if (view->ocr->files.empty())
        say(text::fill(text::ocr_no_files, run.language, {{"folder", point.general.folder}}));
    else
        print(ocr_table(*view->ocr, run.style));
    if (was_stopped && !run.arguments.watch)
        return ExitCode::failed;
    const bool any_failed =
        std::ranges::any_of(view->ocr->files, [](const mail::OcrView::File& file) {
            return file.job.state == mail::store::OcrJob::State::failed;
        });
    return runs && any_failed ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace app
