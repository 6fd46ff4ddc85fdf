#include "mail/net/socket.h"

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace mail::net {

namespace {

// macOS has no such flag; there own() sets it for the whole socket.
#ifdef MSG_NOSIGNAL
constexpr int no_signal = MSG_NOSIGNAL;
#else
constexpr int no_signal = 0;
#endif

int fd_of(SocketHandle socket) {
    return static_cast<int>(socket);
}

Socket own(int fd) {
    if (fd < 0)
        return {};
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    return Socket(SocketHandle{fd});
}

void make_non_blocking(SocketHandle socket) {
    ::fcntl(fd_of(socket), F_SETFL, ::fcntl(fd_of(socket), F_GETFL) | O_NONBLOCK);
}

Moved moved(ssize_t result) {
    if (result >= 0)
        return {Moved::Kind::done, static_cast<std::size_t>(result), 0};
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return {Moved::Kind::would_block, 0, 0};
    return {Moved::Kind::failed, 0, errno};
}

}  // namespace

Socket& Socket::operator=(Socket&& other) noexcept {
    if (this != &other) {
        Socket closed_here(release());
        handle_ = other.release();
    }
    return *this;
}

Socket::~Socket() {
    if (is_open())
        ::close(fd_of(handle_));
}

SocketHandle Socket::release() {
    const SocketHandle handle = handle_;
    handle_ = SocketHandle::none;
    return handle;
}

Moved receive_now(SocketHandle socket, char* to, std::size_t room, Receive how) {
    const int flags = MSG_DONTWAIT | (how == Receive::peek ? MSG_PEEK : 0);
    return moved(::recv(fd_of(socket), to, room, flags));
}

Moved send_now(SocketHandle socket, std::string_view raw) {
    return moved(::send(fd_of(socket), raw.data(), raw.size(), MSG_DONTWAIT | no_signal));
}

Socket make_socket(int family, int type, int protocol) {
    return own(::socket(family, type, protocol));
}

Socket duplicate(SocketHandle socket) {
    return own(::dup(fd_of(socket)));
}

Socket listen_on_loopback(std::uint16_t port, Family family) {
    Socket socket = own(::socket(family == Family::v4 ? AF_INET : AF_INET6, SOCK_STREAM, 0));
    if (!socket.is_open())
        return {};
    const int fd = fd_of(socket.handle());
    const int on = 1;
    // A port of ours that is still in TIME_WAIT can be had again at once.
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    v6.sin6_addr = in6addr_loopback;
    const bool bound = family == Family::v4
                           ? ::bind(fd, reinterpret_cast<const sockaddr*>(&v4), sizeof v4) == 0
                           : ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == 0 &&
                                 ::bind(fd, reinterpret_cast<const sockaddr*>(&v6), sizeof v6) == 0;
    if (!bound || ::listen(fd, SOMAXCONN) != 0) {
        const int error = errno;
        socket = Socket();
        errno = error;
        return {};
    }
    make_non_blocking(socket.handle());
    return socket;
}

std::uint16_t local_port(SocketHandle socket) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    ::getsockname(fd_of(socket), reinterpret_cast<sockaddr*>(&address), &length);
    // The port lies at the same place in both (RFC 3493, 3.3).
    return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

bool has_peer(SocketHandle socket) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    return ::getpeername(fd_of(socket), reinterpret_cast<sockaddr*>(&address), &length) == 0;
}

Accepted accept_now(SocketHandle listening) {
    Socket peer = own(::accept(fd_of(listening), nullptr, nullptr));
    if (peer.is_open()) {
        make_non_blocking(peer.handle());
        return {std::move(peer), 0};
    }
    const bool none = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ||
                      errno == ECONNABORTED || errno == EPROTO;
    return {Socket(), none ? 0 : errno};
}

void reset_when_closed(SocketHandle socket) {
    const linger at_once{1, 0};
    ::setsockopt(fd_of(socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

int system_error() {
    return errno;
}

std::string words_of_system_error(int code) {
    return std::generic_category().message(code);
}

std::string numeric_address(const void* address, std::size_t length) {
    char text[NI_MAXHOST] = "";
    const auto* socket_address = static_cast<const sockaddr*>(address);
    if (::getnameinfo(socket_address, static_cast<socklen_t>(length), text, sizeof text, nullptr, 0,
                      NI_NUMERICHOST) != 0)
        return {};
    return text;
}

ConnectFault connect_fault_of(int code) {
    switch (code) {
    case ECONNREFUSED:
        return ConnectFault::refused;
    case ETIMEDOUT:
        return ConnectFault::timed_out;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
        return ConnectFault::unreachable;
    default:
        return ConnectFault::other;
    }
}

NameFault name_fault_of(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (code == 0)
        ::freeaddrinfo(found);
    const bool temporary = code == 0 || code == EAI_AGAIN || code == EAI_SYSTEM;
    return temporary ? NameFault::unavailable : NameFault::not_found;
}

void start_sockets() {}

}  // namespace mail::net
