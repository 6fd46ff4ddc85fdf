#include "tests/hostile/against_server.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace mail::hostile {

void AgainstServer::serve(std::vector<Script> scripts) {
    engine_.reset();
    auto server = demo::Server::start_scripts(std::move(scripts));
    ASSERT_TRUE(server);
    server_ = std::move(*server);
    start();
}

void AgainstServer::restart() {
    engine_.reset();
    start();
}

void AgainstServer::start() {
    const net::Endpoint endpoint = server_->endpoint();
    point::Point point;
    point.id = "point";
    point.name = "Point";
    point.connection.server = endpoint.host;
    point.connection.port = endpoint.port;
    point.connection.encryption = endpoint.encryption;
    point.connection.login = "ala";
    auto workspace = point::Workspace::open(real_disk(), folder_ / "workspace");
    ASSERT_TRUE(workspace);
    const Engine::Guest guest{point, "", false, Secret("Tajne-7f3a"), folder_ / "target"};
    Engine::Setup setup{std::move(*workspace), memory_secret_store(), {guest}, "tester"};
    auto engine = Engine::start(std::move(setup), [this] {
        const std::scoped_lock lock(mutex_);
        changed_.notify_all();
    });
    ASSERT_TRUE(engine);
    engine_ = std::move(*engine);
}

JobView AgainstServer::do_job(Command command) {
    const JobId id = engine_->post(std::move(command));
    for (;;) {
        const auto snapshot = engine_->snapshot();
        if (const JobView* job = snapshot->job(id); job && job->state >= JobView::State::done)
            return *job;
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::milliseconds(5));
    }
}

std::map<std::string, std::string> AgainstServer::files() const {
    std::map<std::string, std::string> found;
    if (!std::filesystem::exists(folder_ / "target"))
        return found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "target")) {
        std::ifstream in(entry.path(), std::ios::binary);
        found[entry.path().filename().string()] =
            std::string(std::istreambuf_iterator<char>(in), {});
    }
    return found;
}

std::vector<MessageRow> AgainstServer::rows() const {
    std::vector<MessageRow> all;
    const auto snapshot = engine_->snapshot();
    const PointView* view = snapshot->point("point");
    if (view == nullptr || !view->mailbox)
        return all;
    for (const auto& chunk : view->mailbox->chunks)
        all.insert(all.end(), chunk->begin(), chunk->end());
    std::ranges::sort(all, {}, &MessageRow::uid);
    return all;
}

std::string AgainstServer::statuses() const {
    std::string all;
    const auto snapshot = engine_->snapshot();
    for (const MessageRow& row : rows()) {
        const MessageState& state = snapshot->point("point")->mailbox->state_of(row);
        all += (all.empty() ? "" : " ") + std::to_string(row.uid) + ":" +
               std::string(name_of(state.status));
        if (state.error)
            all += "(" + std::string(name_of(state.error->cause)) + ")";
    }
    return all;
}

std::size_t AgainstServer::commands_with(std::string_view words) const {
    const auto commands = server_->commands();
    return static_cast<std::size_t>(std::ranges::count_if(
        commands, [&](const std::string& one) { return one.find(words) != std::string::npos; }));
}

}  // namespace mail::hostile
