#include "mail/net/socket_channel.h"

namespace mail::net {

namespace {

tl::unexpected<Error> lost(int error) {
    return fail(Cause::connection_lost, Layer::tcp, Reach::connection,
                {{"system", words_of_system_error(error)}});
}

}  // namespace

Result<std::optional<std::size_t>> SocketChannel::receive(char* to, std::size_t room) {
    const Moved moved = receive_now(socket_.handle(), to, room, Receive::take);
    if (moved.kind == Moved::Kind::failed)
        return lost(moved.error);
    if (moved.kind == Moved::Kind::would_block)
        return std::optional<std::size_t>{};
    return std::optional{moved.octets};
}

Result<std::size_t> SocketChannel::send(std::string_view raw) {
    const Moved moved = send_now(socket_.handle(), raw);
    if (moved.kind == Moved::Kind::failed)
        return lost(moved.error);
    return moved.octets;
}

}  // namespace mail::net
