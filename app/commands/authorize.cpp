#include <optional>
#include <string>
#include <utility>

#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "app/terminal.h"
#include "gui/text/admin_page.h"
#include "gui/text/authorization.h"
#include "gui/text/causes.h"
#include "gui/text/cli.h"
#include "mail/base/utf8.h"

namespace app {

namespace text = gui::text;
using mail::JobView;

namespace {

/// While the browser is waited for, its address may be that of another computer: it is typed
/// here then. So may be what it shows in place of an answer.
void take_typed(CommandRun& run, const JobView& now, std::optional<TypedLines>& typed) {
    const bool waits =
        now.authorization && now.authorization->stage == mail::AuthorizationView::Stage::browser;
    if (!waits || !input_stream_is_terminal())
        return typed.reset();
    if (!typed) {
        typed.emplace();
        say(std::string(text::auth_paste_here.in(run.language)));
    }
    auto line = typed->next();
    if (!line || line->empty())
        return;
    if (const std::string words = text::words_of_browser_error(line->reveal(), run.language);
        !words.empty())
        return say(words);
    const JobView handed = run.do_once(mail::HandOverAnswer{std::move(*line)});
    if (handed.state == JobView::State::failed && handed.error)
        say(text::words_of(*handed.error, run.language).cause);
}

}  // namespace

ExitCode authorize(CommandRun& run, const mail::point::Point& point) {
    if (point.connection.authentication != mail::point::Authentication::oauth2)
        return run.fail_with(
            {mail::Cause::not_by_oauth, mail::Layer::oauth, mail::Reach::point, {}});
    // In memory only it would be lost with the end of this command.
    if (const auto secrets = run.open_secrets(); !secrets)
        return run.fail_with(secrets.error());
    const auto by = run.arguments.way == Arguments::Way::device ? mail::Authorize::By::device
                                                                : mail::Authorize::By::browser;
    std::string told;
    std::optional<TypedLines> typed;
    const JobView job =
        run.do_job(mail::Authorize{point, by, std::string(text::code_of(run.language)),
                                   std::exchange(run.running.client_secret, std::nullopt)},
                   [&](const JobView& now) {
                       const std::string line = text::authorization_line(now, run.language);
                       if (!line.empty() && line != told)
                           say(line);
                       told = line.empty() ? told : line;
                       take_typed(run, now, typed);
                   });
    typed.reset();
    if (job.state == JobView::State::failed)
        say(text::fill(text::auth_failed, run.language,
                       {{"login", mail::utf8::one_line(point.connection.login)}}));
    if (job.state != JobView::State::done)
        return run.finish_failed(job);
    print(run.arguments.json ? account_json(job.account.get())
                             : text::signed_in_line(*job.account, run.language) + "\n");
    return ExitCode::done;
}

ExitCode show_account(CommandRun& run, const mail::point::Point& point) {
    const JobView job = run.do_job(mail::LookUpAccount{point});
    if (job.state != JobView::State::done)
        return run.finish_failed(job);
    print(run.arguments.json ? account_json(job.account.get())
                             : text::account_lines(job.account.get(), run.language));
    const bool usable = job.account && !job.account->error;
    return usable ? ExitCode::done : ExitCode::signin;
}

ExitCode sign_out(CommandRun& run, const mail::point::Point& point) {
    const JobView job = run.do_job(mail::SignOut{point});
    if (job.state != JobView::State::done)
        return run.finish_failed(job);
    say(text::fill(text::signed_out, run.language,
                   {{"login", mail::utf8::one_line(point.connection.login)}}));
    return ExitCode::done;
}

ExitCode hand_over_answer(CommandRun& run, const mail::point::Point&) {
    const std::string question = std::string(text::auth_paste_ask.in(run.language)) + ": ";
    auto pasted = input_stream_is_terminal() ? ask_secret(question) : read_secret_input();
    const JobView job =
        run.do_job(mail::HandOverAnswer{std::move(pasted).value_or(mail::Secret())});
    if (job.state != JobView::State::done)
        return run.finish_failed(job);
    say(std::string(text::auth_pasted.in(run.language)));
    return ExitCode::done;
}

ExitCode print_admin_page(CommandRun& run, const mail::point::Point& point) {
    mail::point::Connection connection = point.connection;
    if (connection.oauth.client_id.empty())
        connection.oauth.client_id =
            mail::point::client_of(*run.running.engine->snapshot()->office, connection.oauth);
    print(text::admin_page(connection, run.language));
    return ExitCode::done;
}

}  // namespace app
