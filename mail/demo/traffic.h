#pragma once
// What went on at a server: for its counters, and for tests that ask what a client sent. Any
// thread.

#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "mail/demo/server.h"

namespace mail::demo {

class Traffic {
public:
    std::atomic<std::uint64_t> connections = 0, logins = 0, octets_sent = 0;

    void command(std::string text);
    [[nodiscard]] Server::Counts counts() const;
    [[nodiscard]] std::vector<std::string> commands() const;

private:
    mutable std::mutex mutex_;
    std::uint64_t count_ = 0;
    std::deque<std::string> commands_;
};

}  // namespace mail::demo
