#include <string_view>
#include <utility>

#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "app/terminal.h"
#include "gui/text/cli.h"
#include "mail/base/utf8.h"

namespace app {

namespace text = gui::text;
using mail::JobView;

ExitCode store_password(CommandRun& run, const mail::point::Point& point) {
    const auto secrets = run.open_secrets();
    if (!secrets)
        return run.fail_with(secrets.error());
    auto password = input_stream_is_terminal() ? run.ask_password() : read_secret_input();
    if (!password || password->empty()) {
        say(std::string(text::password_not_stored.in(run.language)));
        return ExitCode::failed;
    }
    if (password->reveal().find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
        return run.fail_with(
            {mail::Cause::bad_credentials_text, mail::Layer::auth, mail::Reach::point, {}});
    const JobView stored =
        run.do_once(mail::GivePassword{run.running.point, std::move(*password), true});
    if (stored.state != JobView::State::done)
        return run.finish_failed(stored);
    const auto& where = secrets->kind == mail::SecretsView::Kind::system ? text::password_in_system
                                                                         : text::password_in_file;
    say(text::fill(where, run.language,
                   {{"login", mail::utf8::one_line(point.connection.login)},
                    {"folder", run.running.workspace}}));
    return ExitCode::done;
}

ExitCode forget_password(CommandRun& run, const mail::point::Point& point) {
    const JobView forgotten = run.do_job(mail::ForgetPassword{run.running.point});
    if (forgotten.state != JobView::State::done)
        return run.finish_failed(forgotten);
    say(text::fill(text::password_removed, run.language,
                   {{"login", mail::utf8::one_line(point.connection.login)}}));
    return ExitCode::done;
}

}  // namespace app
