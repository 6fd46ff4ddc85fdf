// Window or command: everything else is in the files this includes.

#include <chrono>
#include <cstdio>
#include <optional>
#include <tuple>

#include "app/cli.h"
#include "app/cli_output.h"
#include "app/core_dumps.h"
#include "app/settings_file.h"
#include "app/terminal.h"
#include "app/wiring.h"
#include "gui/text/cli.h"
#include "gui/window.h"
#include "mail/base/disk.h"

namespace {

void apply_overrides(gui::Settings& settings, const app::Arguments& arguments) {
    if (arguments.language)
        settings.language = *arguments.language;
    if (arguments.theme)
        settings.theme = *arguments.theme == "dark"    ? gui::Theme::dark
                         : *arguments.theme == "light" ? gui::Theme::light
                                                       : gui::Theme::contrast;
    if (arguments.scale)
        settings.scale_percent = *arguments.scale;
    if (arguments.window_size)
        std::tie(settings.window_width, settings.window_height) = *arguments.window_size;
}

app::ExitCode show_window(const app::Arguments& arguments, gui::text::Language language) {
    app::leave_own_console();
    if (!gui::display_present()) {
        std::fprintf(stderr, "%s\n", gui::text::no_display.in(language).data());
        return app::ExitCode::failed;
    }
    gui::prepare_window();
    auto running = app::start(arguments, gui::wake_window);
    if (!running) {
        std::fputs(app::error_text(running.error(), language).c_str(), stderr);
        return app::exit_code_of(running.error());
    }
    const std::string settings_path = mail::join_path(running->workspace, "settings.json");
    gui::Settings settings = app::load_settings(settings_path, language);
    apply_overrides(settings, arguments);
    std::optional<app::SettingsSaver> saver;
    if (!arguments.screenshot)
        saver.emplace(settings_path, std::chrono::seconds(2));
    const gui::WindowOutcome outcome = gui::run_window(
        {*running->engine,
         settings,
         [&](const gui::Settings& changed) {
             if (saver)
                 saver->changed(changed);
         },
         running->point,
         arguments.screenshot.value_or(""),
         arguments.demo ? gui::WindowSetup::Begin::with_demo : gui::WindowSetup::Begin::with_points,
         {}});
    if (outcome.shown)
        return app::ExitCode::done;
    std::fprintf(stderr, "%s\n%s\n", gui::text::no_display.in(language).data(),
                 outcome.why.c_str());
    return app::ExitCode::failed;
}

}  // namespace

int main(int count, char** values) {
    app::forbid_core_dumps();
    app::prepare_output();
    const auto arguments = app::parse_arguments(app::program_arguments(count, values));
    const auto language = (arguments ? arguments->language : arguments.error().language)
                              .value_or(app::system_language());
    if (!arguments) {
        app::print_usage_error(arguments.error(), language);
        return static_cast<int>(app::ExitCode::usage);
    }
    if (arguments->info != app::Arguments::Info::none) {
        app::print_info(*arguments, language);
        return static_cast<int>(app::ExitCode::done);
    }
    if (arguments->action == app::Action::window)
        return static_cast<int>(show_window(*arguments, language));
    app::catch_stop_signals();
    return static_cast<int>(app::run_command(*arguments, language));
}
