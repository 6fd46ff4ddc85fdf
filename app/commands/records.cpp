#include <chrono>
#include <string>

#include "app/cli_removal.h"
#include "app/cli_report.h"
#include "app/cli_retention.h"
#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "gui/text/local_time.h"
#include "gui/text/removal.h"

namespace app {

namespace text = gui::text;
using mail::JobView;

ExitCode report(CommandRun& run) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto day = std::chrono::sys_days(run.arguments.date.value_or(text::local_time(now).date));
    const JobView job =
        run.do_job(mail::MakeReport{run.running.point, text::local_midnight(day),
                                    text::local_midnight(day + std::chrono::days(1))});
    if (!job.report)
        return run.fail_with(error_of(job));
    print(run.arguments.json  ? report_json(*job.report)
          : run.arguments.csv ? report_csv(*job.report)
                              : report_text(*job.report, run.style));
    return ExitCode::done;
}

ExitCode retention(CommandRun& run, const mail::Snapshot& snapshot) {
    if (snapshot.office_error)
        return run.fail_with(*snapshot.office_error);
    const mail::point::Retention before = snapshot.office->retention;
    const mail::point::Retention wanted{run.arguments.log_days.value_or(before.log_days),
                                        run.arguments.list_days.value_or(before.list_days)};
    if (run.arguments.log_days || run.arguments.list_days) {
        const JobView job = run.do_job(mail::SaveRetention{wanted, before});
        if (job.state != JobView::State::done)
            return run.fail_with(error_of(job));
    }
    print(run.arguments.json ? retention_json(wanted) : retention_text(wanted, run.language));
    return ExitCode::done;
}

ExitCode show_log(CommandRun& run) {
    mail::store::ActionQuery query;
    query.point = run.running.point;
    query.at_most = 10'000;
    LogPrinter printer(run.arguments.json  ? LogPrinter::Form::json
                       : run.arguments.csv ? LogPrinter::Form::csv
                                           : LogPrinter::Form::table,
                       run.style, print);
    do {
        const JobView job = run.do_job(mail::LookUpLog{query});
        if (job.state != JobView::State::done)
            return run.fail_with(error_of(job));
        printer.add(*job.log);
        query.before = job.log_older;
    } while (query.before != 0);
    if (!printer.end())
        say(std::string(text::empty_log.in(run.language)));
    return ExitCode::done;
}

}  // namespace app
