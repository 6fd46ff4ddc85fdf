#include "tests/fakes/scripted_stream.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace mail::fakes {

ScriptStep server(std::string_view octets) {
    return {ScriptStep::Kind::server, std::string(octets) + "\r\n"};
}

ScriptStep raw_server(std::string_view octets) {
    return {ScriptStep::Kind::server, std::string(octets)};
}

ScriptStep client(std::string_view octets) {
    return {ScriptStep::Kind::client, std::string(octets) + "\r\n"};
}

ScriptStep raw_client(std::string_view octets) {
    return {ScriptStep::Kind::client, std::string(octets)};
}

ScriptStep any_line() {
    return {ScriptStep::Kind::client_line, {}};
}

ScriptStep tls() {
    return {ScriptStep::Kind::tls, {}};
}

ScriptStep hang_up() {
    return {ScriptStep::Kind::close, {}};
}

ScriptStep later(Clock::duration time) {
    return {ScriptStep::Kind::later, {}, time};
}

ScriptedStream::ScriptedStream(std::vector<ScriptStep> script, const Habits& habits,
                               std::shared_ptr<Played> played)
    : script_(script.begin(), script.end()), habits_(habits), played_(std::move(played)),
      encrypted_(habits.begins == Begins::encrypted) {}

ScriptedStream::~ScriptedStream() {
    played_->steps_left = script_.size();
}

const ScriptStep* ScriptedStream::current() const {
    return script_.empty() ? nullptr : &script_.front();
}

bool ScriptedStream::can_read() const {
    return current() != nullptr && (current()->kind == ScriptStep::Kind::server ||
                                    current()->kind == ScriptStep::Kind::close);
}

void ScriptedStream::complain(const std::string& what) {
    if (played_->complaint.empty())
        played_->complaint = what;
}

void ScriptedStream::match_client() {
    while (const ScriptStep* step = current()) {
        std::size_t octets = 0;
        if (step->kind == ScriptStep::Kind::client) {
            octets = step->octets.size();
            const std::string_view seen = std::string_view(unmatched_).substr(0, octets);
            if (std::string_view(step->octets).substr(0, seen.size()) != seen)
                complain("expected " + step->octets + "got " + unmatched_);
        } else if (step->kind == ScriptStep::Kind::client_line) {
            octets = unmatched_.find("\r\n") + 2;
            if (octets == 1)
                return;
        } else {
            return;
        }
        if (unmatched_.size() < octets)
            return;
        unmatched_.erase(0, octets);
        script_.pop_front();
    }
}

/// The client waits for something: it comes after the time that the script wants, or too late.
Result<void> ScriptedStream::let_time_pass(const Wait& wait) {
    while (current() != nullptr && current()->kind == ScriptStep::Kind::later) {
        const Clock::time_point there = wait.now() + current()->time;
        wait.time->sleep_until(std::min(there, wait.deadline), wait.stop);
        if (auto over = wait.check(Layer::tcp, Reach::connection); !over)
            return over;
        script_.pop_front();
    }
    return {};
}

Result<std::size_t> ScriptedStream::read(char* to, std::size_t room, const Wait& wait) {
    if (auto over = wait.check(Layer::tcp, Reach::connection); !over)
        return tl::unexpected(over.error());
    match_client();
    if (auto passed = let_time_pass(wait); !passed)
        return tl::unexpected(passed.error());
    if (!can_read())
        return fail(Cause::deadline, Layer::tcp, Reach::connection);
    ScriptStep& step = script_.front();
    if (step.kind == ScriptStep::Kind::close)
        return 0;
    const std::size_t octets = std::min({room, habits_.read_octets, step.octets.size() - said_});
    std::memcpy(to, step.octets.data() + said_, octets);
    said_ += octets;
    if (said_ == step.octets.size()) {
        said_ = 0;
        script_.pop_front();
        if (!can_read())
            ++played_->waits;
    }
    match_client();
    return octets;
}

Result<std::size_t> ScriptedStream::write_some(std::string_view raw) {
    if (habits_.deaf_while_talking && can_read())
        return 0;
    const std::string_view taken = raw.substr(0, habits_.write_octets);
    played_->written += taken;
    unmatched_ += taken;
    match_client();
    return taken.size();
}

Result<net::Stream::Ready> ScriptedStream::wait_ready(Interest interest, const Wait& wait) {
    if (wait.stopped())
        return fail(Cause::cancelled, Layer::tcp, Reach::connection);
    const bool can_write = !(habits_.deaf_while_talking && can_read());
    if (!can_read() && (interest == Interest::read || !can_write))
        return fail(Cause::deadline, Layer::tcp, Reach::connection);
    return Ready{can_read(), can_write};
}

Result<void> ScriptedStream::start_tls(const Wait& /*wait*/) {
    if (can_read())
        return fail(Cause::bytes_before_tls, Layer::starttls, Reach::connection);
    if (current() == nullptr || current()->kind != ScriptStep::Kind::tls)
        complain("unexpected handshake");
    else
        script_.pop_front();
    encrypted_ = true;
    return {};
}

}  // namespace mail::fakes
