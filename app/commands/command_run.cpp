#include "app/commands/command_run.h"

#include <cstdio>
#include <string>
#include <utility>

#include "app/commands/printed.h"
#include "app/messages_table.h"
#include "app/terminal.h"
#include "gui/text/cli.h"
#include "mail/base/utf8.h"
#include "mail/point/operators.h"

namespace app {

namespace text = gui::text;
using mail::JobView;

mail::Error refusal(const mail::Snapshot& snapshot) {
    if (snapshot.operators_error)
        return *snapshot.operators_error;
    return {mail::Cause::no_permission,
            mail::Layer::workspace,
            mail::Reach::point,
            {{"administrators", mail::point::administrators_of(*snapshot.operators)}}};
}

bool wants(const JobView& ended, mail::Cause cause) {
    return ended.state == JobView::State::failed && ended.error && ended.error->cause == cause;
}

mail::Error error_of(const JobView& failed) {
    return failed.error.value_or(
        mail::Error{mail::Cause::cancelled, mail::Layer::point, mail::Reach::point, {}});
}

mail::Error no_such_message(std::uint32_t uid) {
    return {mail::Cause::no_such_message,
            mail::Layer::list,
            mail::Reach::message,
            {{"uid", std::to_string(uid)}}};
}

ExitCode fail_with(const mail::Error& error, const Arguments& arguments, text::Language language) {
    if (arguments.json)
        print(error_json(error));
    std::fputs(error_text(error, language).c_str(), stderr);
    return exit_code_of(error);
}

mail::Result<void> CommandRun::start() {
    auto started = app::start(arguments, [this] { watch_.wake(); });
    if (!started)
        return tl::unexpected(std::move(started.error()));
    running = std::move(*started);
    return {};
}

mail::Result<std::shared_ptr<const mail::point::Point>> CommandRun::definition() const {
    const auto snapshot = running.engine->snapshot();
    if (const mail::PointView* point = snapshot->point(running.point))
        return point->definition;
    return tl::unexpected(refusal(*snapshot));
}

std::vector<Listed> CommandRun::messages() {
    shown = running.engine->snapshot();
    return listed_messages(*shown, running.point);
}

JobView CommandRun::do_once(const mail::Command& command, const JobWatch::Observer& observer) {
    return watch_.wait(*running.engine, running.engine->post(command), language, observer);
}

JobView CommandRun::do_job(const mail::Command& command, const JobWatch::Observer& observer) {
    JobView ended = do_once(command, observer);
    if (is_locked(ended.error)) {
        if (const auto unlocked = master_prompt().unlock(); unlocked)
            ended = do_once(command, observer);
        else
            ended.error = unlocked.error();
    }
    if (!wants(ended, mail::Cause::password_needed))
        return ended;
    auto password = ask_password();
    if (!password)
        return ended;
    static_cast<void>(do_once(mail::GivePassword{running.point, std::move(*password), false}));
    return do_once(command, observer);
}

std::optional<mail::Secret> CommandRun::ask_password() const {
    const auto point = definition();
    if (!point)
        return std::nullopt;
    const auto& connection = (*point)->connection;
    return ask_secret(text::fill(text::ask_password, language,
                                 {{"login", mail::utf8::one_line(connection.login)},
                                  {"host", mail::utf8::one_line(connection.server)}}));
}

MasterPrompt CommandRun::master_prompt() {
    return {[this](mail::Secret given) { return do_once(mail::UnlockSecrets{std::move(given)}); },
            language};
}

mail::Result<mail::SecretsView> CommandRun::open_secrets() {
    // The office's jobs come one after the other: when this one is done, the system has answered.
    static_cast<void>(do_once(mail::ReloadPoints{}));
    if (auto open = master_prompt().open(running.engine->snapshot()->secrets); !open)
        return tl::unexpected(std::move(open.error()));
    return running.engine->snapshot()->secrets;
}

ExitCode CommandRun::fail_with(const mail::Error& error) const {
    return app::fail_with(error, arguments, language);
}

ExitCode CommandRun::finish_failed(const JobView& job, const std::vector<Listed>& done) const {
    if (arguments.json)
        write_messages_json(
            done, {error_of(job), job.kind == JobView::Kind::take ? &job : nullptr, ""}, print);
    else if (!done.empty())
        print(taken_table(done, style));
    return tell_failed(job);
}

ExitCode CommandRun::tell_failed(const JobView& job) const {
    const mail::Error error = error_of(job);
    if (job.state == JobView::State::cancelled)
        say(std::string(text::run_stopped.in(language)));
    else
        std::fputs(error_text(error, language).c_str(), stderr);
    return exit_code_of(error);
}

}  // namespace app
