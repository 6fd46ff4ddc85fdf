#include "app/wiring.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "app/cli_removal.h"
#include "app/cli_report.h"
#include "app/terminal.h"
#include "gui/desktop.h"
#include "gui/text/authorization.h"
#include "mail/base/disk.h"
#include "mail/base/secret.h"
#include "mail/demo/server.h"
#include "mail/point/workspace_places.h"

namespace app {

namespace {

constexpr std::string_view demo_id = "demo";

/// Starts the sample mailbox. `kept` holds its server for as long as the engine lives.
mail::Result<mail::Engine::Guest> make_demo(std::unique_ptr<mail::demo::Server>& kept,
                                            const std::string& workspace) {
    mail::demo::Options options;
    // Each start is another mailbox: what was removed from the one before is there again.
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    options.uid_validity =
        static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
    auto server = mail::demo::Server::start(mail::demo::sample_mails(), options);
    if (!server)
        return tl::unexpected(std::move(server.error()));
    kept = std::move(*server);
    mail::Engine::Guest guest;
    guest.demo = true;
    guest.password.emplace(options.password);
    guest.point.id = demo_id;
    guest.point.name = "Demo";
    guest.point.general.allow_delete_from_mailbox = true;
    guest.point.general.set_folder_while_working = true;
    guest.point.columns = {"subject", "sender", "received", "attachments", "size"};
    mail::point::Connection& connection = guest.point.connection;
    const mail::net::Endpoint endpoint = kept->endpoint();
    connection.server = endpoint.host;
    connection.port = endpoint.port;
    connection.encryption = endpoint.encryption;
    connection.login = options.login;
    guest.target_folder = mail::join_path(workspace, "demo");
    return guest;
}

void print_conversation(const mail::imap::TranscriptLine& line) {
    using From = mail::imap::TranscriptLine::From;
    const char* who = line.from == From::us ? "> " : line.from == From::server ? "< " : "  ";
    std::fprintf(stderr, "%s%s\n", who, line.text.c_str());
}

/// The point that --point names: one of the workspace by its id, or a file as a guest.
mail::Result<void> add_point(mail::Engine::Setup& setup, Running& running, const std::string& named,
                             mail::point::Workspace::For use) {
    auto found = setup.workspace.find(named, use, setup.account);
    if (!found)
        return tl::unexpected(std::move(found.error()));
    if (!found->point)
        return tl::unexpected(std::move(found->point.error()));
    running.point = found->point->id;
    if (std::ranges::find(running.points, running.point) != running.points.end())
        return {};
    running.points.push_back(running.point);
    auto stored = setup.workspace.points();
    if (!stored)
        return tl::unexpected(std::move(stored.error()));
    for (const mail::point::StoredPoint& point : *stored)
        if (point.path == found->path)
            return {};
    mail::Engine::Guest guest;
    guest.point = *found->point;
    guest.path = found->path;
    setup.guests.push_back(std::move(guest));
    return {};
}

}  // namespace

mail::Result<Running> start(const Arguments& arguments, std::function<void()> on_change) {
    auto workspace = mail::point::Workspace::open(mail::real_disk(), arguments.workspace);
    if (!workspace)
        return tl::unexpected(std::move(workspace.error()));
    Running running;
    running.workspace = workspace->folder();
    auto secrets = mail::open_secret_store({mail::real_disk(), running.workspace,
                                            secret_from_environment("MAILPOINT_MASTER_PASSWORD")});
    mail::Engine::Setup setup{std::move(*workspace), std::move(secrets), {}, system_user_name()};
    setup.own_folder = mail::point::user_data_folder().value_or("");
    setup.password = secret_from_environment("MAILPOINT_PASSWORD");
    running.client_secret = secret_from_environment("MAILPOINT_CLIENT_SECRET");
    if (arguments.verbose)
        setup.transcript = print_conversation;
    setup.make_demo = [kept = std::make_shared<std::unique_ptr<mail::demo::Server>>(),
                       workspace = running.workspace] { return make_demo(*kept, workspace); };
    // Whoever looks at a list sees what a command does meanwhile.
    const bool watches = arguments.action == Action::window || arguments.action == Action::watch;
    if (watches || (arguments.action == Action::ocr && arguments.watch))
        setup.follows_definitions_every = std::chrono::seconds(5);
    if (watches) {
        setup.follows_ledger_every = std::chrono::seconds(1);
        setup.keeps_lists_of = MAILPOINT_VERSION;
        setup.keeps_live = true;
        setup.takes_new = arguments.take;
    }
    setup.open_browser = &gui::desktop::open_address;
    setup.sign_in_page = [](const mail::Error* error, const std::string& language) {
        return gui::text::sign_in_page(error, language == "pl" ? gui::text::Language::pl
                                                               : gui::text::Language::en);
    };
    setup.log_text = [](const std::vector<mail::store::Action>& actions,
                        mail::ExportLog::Form form) {
        return form == mail::ExportLog::Form::json ? log_json(actions) : log_csv(actions);
    };
    setup.report_text = [](const mail::DayReport& report, mail::ExportLog::Form form) {
        return form == mail::ExportLog::Form::json ? report_json(report) : report_csv(report);
    };
    // The window asks for it by itself, when it is there: its mails take a while to make.
    if (arguments.demo && arguments.action == Action::window) {
        running.point = demo_id;
    } else if (arguments.demo) {
        auto guest = setup.make_demo();
        if (!guest)
            return tl::unexpected(std::move(guest.error()));
        running.point = demo_id;
        running.points = {running.point};
        setup.guests.push_back(std::move(*guest));
    } else if (arguments.point) {
        // What these need of a definition the engine sees itself.
        const bool reads = arguments.action == Action::export_ || arguments.action == Action::ocr;
        const auto use =
            reads ? mail::point::Workspace::For::reading : mail::point::Workspace::For::work;
        const bool several = arguments.action == Action::watch;
        for (const std::string& named :
             several ? arguments.points : std::vector<std::string>{*arguments.point})
            if (auto added = add_point(setup, running, named, use); !added)
                return tl::unexpected(std::move(added.error()));
    }
    setup.remembers_chosen_folders = arguments.action == Action::window;
    if (arguments.out && !running.point.empty())
        setup.target_folders[running.point] = mail::absolute_path(*arguments.out);
    if (arguments.out)
        for (const std::string& point : running.points)
            setup.target_folders[point] = mail::absolute_path(*arguments.out);
    auto engine = mail::Engine::start(std::move(setup), std::move(on_change));
    if (!engine)
        return tl::unexpected(std::move(engine.error()));
    running.engine = std::move(*engine);
    return running;
}

}  // namespace app
