#include "app/cli.h"

#include <cerrno>
#include <string>

#include "app/cli_watch.h"
#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "gui/text/authorization.h"
#include "gui/text/cli.h"
#include "gui/text/cli_decide.h"
#include "gui/text/cli_removal.h"
#include "gui/text/cli_save.h"
#include "gui/text/cli_watch.h"
#include "gui/text/ocr.h"
#include "gui/text/report.h"
#include "gui/text/retention.h"
#include "gui/text/screens.h"
#include "gui/text/what_if.h"
#include "mail/base/utf8.h"

namespace app {

namespace {

namespace text = gui::text;

using OfDefinition = ExitCode (*)(CommandRun&, const mail::point::Point&);

OfDefinition command_of(Arguments::Way way) {
    using Way = Arguments::Way;
    switch (way) {
    case Way::answer:
        return hand_over_answer;
    case Way::status:
        return show_account;
    case Way::sign_out:
        return sign_out;
    case Way::admin_page:
        return print_admin_page;
    case Way::browser:
    case Way::device:
        break;
    }
    return authorize;
}

/// Asks nobody for a password of what is not theirs to see.
ExitCode with_definition(CommandRun& run, OfDefinition command) {
    const auto point = run.definition();
    return point ? command(run, **point) : run.fail_with(point.error());
}

/// That somebody wrote into a definition by hand: it works, until it is to be saved.
void tell_of_secrets(const CommandRun& run, const mail::Snapshot& snapshot) {
    for (const auto& point : snapshot.points)
        if (!point->secret_field.empty() &&
            (run.arguments.action == Action::points || point->definition->id == run.running.point))
            say(mail::utf8::one_line(point->path) + ": " +
                text::fill(text::secret_in_file, run.language,
                           {{"field", mail::utf8::one_line(point->secret_field, 100)}}));
}

bool needs_ledger(Action action) {
    return action == Action::list || action == Action::run || action == Action::remove ||
           action == Action::restore || action == Action::log || action == Action::report ||
           action == Action::ocr || action == Action::decide;
}

ExitCode do_action(CommandRun& run, const mail::Snapshot& snapshot) {
    const Arguments& arguments = run.arguments;
    switch (arguments.action) {
    case Action::points:
        return points(run, snapshot);
    case Action::list:
        return list(run);
    case Action::export_:
        return export_point(run);
    case Action::import:
        return import_point(run);
    case Action::password:
        return with_definition(run, arguments.remove ? forget_password : store_password);
    case Action::diagnose:
        return with_definition(run, diagnose);
    case Action::propose:
        return propose(run);
    case Action::remove:
        return remove(run);
    case Action::restore:
        return arguments.uids.empty() ? show_quarantine(run) : restore(run);
    case Action::log:
        return show_log(run);
    case Action::report:
        return report(run);
    case Action::ocr:
        return with_definition(run, arguments.allow_command ? allow_command : ocr);
    case Action::retention:
        return retention(run, snapshot);
    case Action::what_if:
        return with_definition(run, what_if);
    case Action::decide:
        return decide(run);
    case Action::save:
        return save(run);
    case Action::authorize:
        return with_definition(run, command_of(arguments.way));
    default:
        return take(run);
    }
}

ExitCode run_with_engine(const Arguments& arguments, text::Language language) {
    CommandRun run(arguments, language);
    if (const auto started = run.start(); !started)
        return run.fail_with(started.error());
    const auto snapshot = run.running.engine->snapshot();
    if (snapshot->damaged_ledger_copy)
        say(text::fill(text::ledger_set_aside, language,
                       {{"path", *snapshot->damaged_ledger_copy}}));
    tell_of_secrets(run, *snapshot);
    if (needs_ledger(arguments.action) && snapshot->ledger_error)
        return run.fail_with(*snapshot->ledger_error);
    return do_action(run, *snapshot);
}

const text::Text& help_of(Action action) {
    switch (action) {
    case Action::window:
        break;
    case Action::points:
        return text::points_help;
    case Action::list:
        return text::list_help;
    case Action::run:
        return text::run_help;
    case Action::extract:
        return text::extract_help;
    case Action::password:
        return text::password_help;
    case Action::diagnose:
        return text::diagnose_help;
    case Action::export_:
        return text::export_help;
    case Action::import:
        return text::import_help;
    case Action::propose:
        return text::propose_help;
    case Action::authorize:
        return text::authorize_help;
    case Action::remove:
        return text::remove_help;
    case Action::restore:
        return text::restore_help;
    case Action::log:
        return text::log_help;
    case Action::ocr:
        return text::ocr_help;
    case Action::what_if:
        return text::what_if_help;
    case Action::report:
        return text::report_help;
    case Action::watch:
        return text::watch_help;
    case Action::decide:
        return text::decide_help;
    case Action::save:
        return text::save_help;
    case Action::retention:
        return text::retention_help;
    }
    return text::program_help;
}

}  // namespace

ExitCode exit_code_of(const mail::Error& error) {
    switch (mail::exit_class_of(error.cause)) {
    case mail::ExitClass::general:
        return ExitCode::failed;
    case mail::ExitClass::signin:
        return ExitCode::signin;
    case mail::ExitClass::connection:
        return ExitCode::connection;
    case mail::ExitClass::permission:
        return ExitCode::permission;
    }
    return ExitCode::failed;
}

ExitCode run_command(const Arguments& arguments, text::Language language) {
    const auto write = [](const std::string& line) {
        print(line);
        return output_error() == 0;
    };
    const ExitCode code = arguments.action == Action::extract ? extract(arguments, language)
                          : arguments.action == Action::watch
                              ? watch(arguments, language, write)
                              : run_with_engine(arguments, language);
    if (output_error() == 0)
        return code;
    // A reader that has enough (`| head`) knows what it did; anybody else is told.
    if (output_error() != EPIPE)
        say(std::string(text::output_failed.in(language)));
    return code == ExitCode::done ? ExitCode::failed : code;
}

void print_info(const Arguments& arguments, text::Language language) {
    if (arguments.info == Arguments::Info::version)
        print(text::fill(text::version_line, language, {{"version", MAILPOINT_VERSION}}) + "\n");
    else
        print(std::string(help_of(arguments.action).in(language)));
}

void print_usage_error(const UsageError& error, text::Language language) {
    std::string line(error.text->in(language));
    for (const auto& [hole, value] : error.holes)
        line = text::fill(line, {{hole, value}});
    say(line);
    if (!error.did_you_mean.empty())
        say(text::fill(text::usage_did_you_mean, language, {{"x", error.did_you_mean}}));
    const std::string command = error.action == Action::window
                                    ? std::string("mailpoint")
                                    : "mailpoint " + std::string(name_of(error.action));
    say(text::fill(text::usage_see_help, language, {{"command", command}}));
}

}  // namespace app
