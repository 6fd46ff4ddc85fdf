#include "tests/hostile/against_server.h"

#include <algorithm>
#include <filesystem>

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
    point.connection.encryption = encryption_;
    point.connection.login = "ala";
    auto workspace = point::Workspace::open(real_disk(), folder_ / "workspace");
    ASSERT_TRUE(workspace);
    const Engine::Guest guest{point, "", false, Secret("Tajne-7f3a"), folder_ / "target"};
    Engine::Setup setup{std::move(*workspace), memory_secret_store(), {guest}, "tester"};
    setup.time = time_;
    auto engine = Engine::start(std::move(setup), [this] {
        const std::scoped_lock lock(mutex_);
        changed_.notify_all();
    });
    ASSERT_TRUE(engine);
    engine_ = std::move(*engine);
}

JobView AgainstServer::do_job(Command command) {
    return wait_for(engine_->post(std::move(command)),
                    [](const JobView& job) { return job.state >= JobView::State::done; });
}

JobView AgainstServer::wait_for(JobId id, const std::function<bool(const JobView&)>& holds) {
    for (;;) {
        const auto snapshot = engine_->snapshot();
        if (const JobView* job = snapshot->job(id); job && holds(*job))
            return *job;
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::milliseconds(5));
    }
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

std::size_t AgainstServer::everything_outside_the_target() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
        count += entry.path().filename() != "target" && entry.path().filename() != "workspace";
    return count;
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
