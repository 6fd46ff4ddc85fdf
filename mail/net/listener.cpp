#include "mail/net/listener.h"

#include <utility>

#include "mail/net/connection.h"
#include "mail/net/polled_stream.h"
#include "mail/net/socket_channel.h"

namespace mail::net {

namespace {

class LoopbackListener final : public Listener {
public:
    explicit LoopbackListener(Socket socket)
        : socket_(std::move(socket)), port_(local_port(socket_.handle())) {}

    std::uint16_t port() const override { return port_; }

    Result<std::unique_ptr<Stream>> accept(const Wait& wait) override {
        for (;;) {
            Accepted accepted = accept_now(socket_.handle());
            if (accepted.error != 0)
                return fail(Cause::listen_failed, Layer::tcp, Reach::point,
                            {{"system", words_of_system_error(accepted.error)}});
            if (accepted.peer.is_open())
                return std::make_unique<PolledStream>(
                    std::make_unique<SocketChannel>(std::move(accepted.peer)));
            const auto ready = poller_.wait(socket_.handle(), Stream::Interest::read, wait);
            if (!ready)
                return tl::unexpected(ready.error());
        }
    }

private:
    Socket socket_;
    std::uint16_t port_;
    Poller poller_;
};

}  // namespace

Result<std::unique_ptr<Listener>> Listener::open(std::uint16_t port) {
    initialise();
    Socket socket = listen_on_loopback(port);
    if (!socket.is_open())
        return fail(Cause::listen_failed, Layer::tcp, Reach::point,
                    {{"host", "127.0.0.1"},
                     {"port", std::to_string(port)},
                     {"system", words_of_system_error(system_error())}});
    return std::make_unique<LoopbackListener>(std::move(socket));
}

}  // namespace mail::net
