#pragma once
// Takes clients in on loopback, a thread each, and ends them all when it is destroyed.

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <thread>

#include "mail/base/wait.h"
#include "mail/net/listener.h"

namespace mail::demo {

/// What is done with each client, on a thread of its own. It must come back soon after the token is
/// stopped.
using Serve = std::function<void(std::unique_ptr<net::Stream>, const StopToken&)>;

class Acceptor {
public:
    /// More clients than this are turned away at once: the demo serves one program.
    static constexpr std::size_t most_clients = 64;

    Acceptor(std::unique_ptr<net::Listener> listener, Serve serve);
    ~Acceptor();
    Acceptor(const Acceptor&) = delete;
    Acceptor& operator=(const Acceptor&) = delete;

    [[nodiscard]] std::uint16_t port() const { return listener_->port(); }

private:
    struct Client {
        std::atomic<bool> done = false;
        std::jthread thread;
    };
    void accept_all();
    void take_in(std::unique_ptr<net::Stream> stream);

    std::unique_ptr<net::Listener> listener_;
    Serve serve_;
    StopSource stop_;
    std::list<Client> clients_;  ///< of the accepting thread
    std::jthread thread_;
};

}  // namespace mail::demo
