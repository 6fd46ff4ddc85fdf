#include "mail/demo/traffic.h"

#include <utility>

namespace mail::demo {
namespace {

/// A demo that runs for weeks must not grow: the latest commands are kept, of long ones the start.
constexpr std::size_t commands_kept = 100'000;
constexpr std::size_t octets_kept = 64 * 1024;

}  // namespace

void Traffic::command(std::string text) {
    if (text.size() > octets_kept)
        text.resize(octets_kept);
    const std::lock_guard lock(mutex_);
    ++count_;
    commands_.push_back(std::move(text));
    if (commands_.size() > commands_kept)
        commands_.pop_front();
}

Server::Counts Traffic::counts() const {
    const std::lock_guard lock(mutex_);
    return {connections, logins, count_, octets_sent};
}

std::vector<std::string> Traffic::commands() const {
    const std::lock_guard lock(mutex_);
    return {commands_.begin(), commands_.end()};
}

}  // namespace mail::demo
