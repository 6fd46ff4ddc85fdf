#include "mail/demo/acceptor.h"

#include <utility>

namespace mail::demo {

Acceptor::Acceptor(std::unique_ptr<net::Listener> listener, Serve serve)
    : listener_(std::move(listener)), serve_(std::move(serve)), thread_([this] { accept_all(); }) {}

Acceptor::~Acceptor() {
    stop_.request_stop();
    thread_.join();
    clients_.clear();
}

void Acceptor::accept_all() {
    const Wait wait{Clock::time_point::max(), stop_.get_token()};
    while (!wait.stopped()) {
        auto stream = listener_->accept(wait);
        // A client that has gone again before it was taken is no reason to end.
        if (!stream && stream.error().cause != Cause::connection_lost)
            break;
        clients_.remove_if([](const Client& client) { return client.done.load(); });
        if (stream && clients_.size() < most_clients)
            take_in(std::move(*stream));
    }
}

void Acceptor::take_in(std::unique_ptr<net::Stream> stream) {
    Client& client = clients_.emplace_back();
    client.thread = std::jthread([this, &client, owned = std::move(stream)]() mutable {
        serve_(std::move(owned), stop_.get_token());
        client.done = true;
    });
}

}  // namespace mail::demo
