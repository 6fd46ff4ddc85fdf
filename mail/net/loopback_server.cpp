#include "mail/net/loopback_server.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <list>
#include <utility>
#include <vector>

#include <curl/curl.h>

#include "mail/net/connection.h"
#include "mail/net/polled_stream.h"
#include "mail/net/poller.h"
#include "mail/net/socket_channel.h"

namespace mail::net {

namespace {

constexpr std::size_t most_peers = 32;
// So many from each of two addresses before they are looked at: those of one round are all there.
constexpr std::size_t most_at_once = most_peers / 2;
constexpr std::chrono::seconds peer_time{5};
// Another port is tried so often where one of the two addresses is taken.
constexpr int most_tries = 16;

tl::unexpected<Error> cannot_listen(std::uint16_t port) {
    return fail(Cause::listen_failed, Layer::tcp, Reach::point,
                {{"host", "127.0.0.1"},
                 {"port", std::to_string(port)},
                 {"system", words_of_system_error(system_error())}});
}

struct Peer {
    Socket socket;
    Clock::time_point since = Clock::now();
    std::string received;
    std::string answer;  ///< what is still to be sent of it
    bool answering = false;
};

class Server final : public LoopbackServer {
public:
    explicit Server(std::vector<Socket> sockets)
        : sockets_(std::move(sockets)), port_(local_port(sockets_.front().handle())),
          multi_(curl_multi_init(), [](void* multi) { curl_multi_cleanup(multi); }) {
        if (multi_ == nullptr)
            std::abort();
    }

    std::uint16_t port() const override { return port_; }

    Result<std::unique_ptr<Stream>> serve(const Judge& judge, const Wait& wait) override {
        const StopCallback wake(wait.stop, [this] { curl_multi_wakeup(multi_.get()); });
        for (;;) {
            if (auto over = wait.check(Layer::tcp, Reach::connection); !over)
                return tl::unexpected(std::move(over.error()));
            drop_slow_ones();
            for (const Socket& socket : sockets_)
                if (auto accepted = accept_some(socket); !accepted)
                    return tl::unexpected(std::move(accepted.error()));
            if (auto awaited = look_at_peers(judge))
                return std::make_unique<PolledStream>(
                    std::make_unique<SocketChannel>(std::move(*awaited)));
            rest(wait);
        }
    }

private:
    /// Not all: who knocks without end would keep the others, and Cancel, from being looked at.
    Result<void> accept_some(const Socket& listening) {
        for (std::size_t taken = 0; taken < most_at_once; ++taken) {
            Accepted accepted = accept_now(listening.handle());
            if (accepted.error != 0)
                return fail(Cause::listen_failed, Layer::tcp, Reach::point,
                            {{"system", words_of_system_error(accepted.error)}});
            if (!accepted.peer.is_open())
                return {};
            if (peers_.size() >= most_peers)
                peers_.pop_front();
            peers_.push_back({});
            peers_.back().socket = std::move(accepted.peer);
        }
        return {};
    }

    void drop_slow_ones() {
        const auto now = Clock::now();
        std::erase_if(peers_, [now](const Peer& peer) { return now - peer.since > peer_time; });
    }

    /// The connection of the one that is waited for.
    std::optional<Socket> look_at_peers(const Judge& judge) {
        for (auto peer = peers_.begin(); peer != peers_.end();) {
            bool alive = peer->answering ? send_more(*peer) : receive_more(*peer);
            if (alive && !peer->answering && !peer->received.empty()) {
                Judgement judgement = judge(peer->received);
                if (judgement.kind == Judgement::Kind::awaited) {
                    Socket awaited = std::move(peer->socket);
                    peers_.clear();
                    return awaited;
                }
                peer->answering = judgement.kind == Judgement::Kind::answered;
                peer->answer = std::move(judgement.answer);
                alive = !peer->answering || send_more(*peer);
            }
            peer = alive ? std::next(peer) : peers_.erase(peer);
        }
        return std::nullopt;
    }

    /// Whether the peer is still worth waiting for.
    static bool receive_more(Peer& peer) {
        std::array<char, 4096> octets{};
        const Moved moved =
            receive_now(peer.socket.handle(), octets.data(), octets.size(), Receive::take);
        if (moved.kind == Moved::Kind::would_block)
            return true;
        if (moved.kind == Moved::Kind::failed || moved.octets == 0)
            return false;
        peer.received.append(octets.data(), moved.octets);
        return true;
    }

    static bool send_more(Peer& peer) {
        const Moved moved = send_now(peer.socket.handle(), peer.answer);
        if (moved.kind == Moved::Kind::failed)
            return false;
        peer.answer.erase(0, moved.octets);
        return !peer.answer.empty();
    }

    void rest(const Wait& wait) {
        std::vector<curl_waitfd> all;
        const auto watch = [&all](const Socket& socket, short events) {
            curl_waitfd one{};
            one.fd = static_cast<curl_socket_t>(socket.handle());
            one.events = events;
            all.push_back(one);
        };
        for (const Socket& socket : sockets_)
            watch(socket, CURL_WAIT_POLLIN);
        for (const Peer& peer : peers_)
            watch(peer.socket, peer.answering ? CURL_WAIT_POLLOUT : CURL_WAIT_POLLIN);
        Wait until = wait;
        if (!peers_.empty())
            until = wait.within(peer_time);
        curl_multi_poll(multi_.get(), all.data(), static_cast<unsigned>(all.size()),
                        poll_time(until), nullptr);
    }

    std::vector<Socket> sockets_;
    std::uint16_t port_;
    std::unique_ptr<void, void (*)(void*)> multi_;
    std::list<Peer> peers_;  ///< the oldest first
};

}  // namespace

Result<std::unique_ptr<LoopbackServer>> LoopbackServer::open(Addresses addresses,
                                                             std::uint16_t port) {
    initialise();
    for (int tries = 0; tries < most_tries; ++tries) {
        std::vector<Socket> sockets;
        sockets.push_back(listen_on_loopback(port));
        if (!sockets.front().is_open())
            return cannot_listen(port);
        if (addresses == Addresses::v4 || !listen_on_loopback(0, Family::v6).is_open())
            return std::make_unique<Server>(std::move(sockets));
        // Who has ::1 at that port would be given what the browser sends to "localhost".
        sockets.push_back(listen_on_loopback(local_port(sockets.front().handle()), Family::v6));
        if (sockets.back().is_open())
            return std::make_unique<Server>(std::move(sockets));
        if (port != 0)
            break;
    }
    return cannot_listen(port);
}

}  // namespace mail::net
