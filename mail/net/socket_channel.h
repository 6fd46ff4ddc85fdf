#pragma once
// A bare socket as a Channel: what a listener's peers are. Private to mail/net.

#include "mail/net/channel.h"

namespace mail::net {

class SocketChannel final : public Channel {
public:
    explicit SocketChannel(Socket socket) : socket_(std::move(socket)) {}

    [[nodiscard]] Result<std::optional<std::size_t>> receive(char* to, std::size_t room) override;
    [[nodiscard]] Result<std::size_t> send(std::string_view raw) override;
    void abort() override { reset_when_closed(socket_.handle()); }
    [[nodiscard]] SocketHandle socket() const override { return socket_.handle(); }

private:
    Socket socket_;
};

}  // namespace mail::net
