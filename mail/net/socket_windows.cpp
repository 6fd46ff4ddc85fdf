#include "mail/net/socket.h"

#include <system_error>
#include <utility>

#include <winsock2.h>
#include <ws2tcpip.h>

namespace mail::net {

namespace {

SOCKET native(SocketHandle socket) {
    return static_cast<SOCKET>(socket);
}

Socket own(SOCKET socket) {
    if (socket == INVALID_SOCKET)
        return {};
    SetHandleInformation(reinterpret_cast<HANDLE>(socket), HANDLE_FLAG_INHERIT, 0);
    return Socket(SocketHandle{static_cast<std::intptr_t>(socket)});
}

void make_non_blocking(SocketHandle socket) {
    u_long on = 1;
    ::ioctlsocket(native(socket), static_cast<long>(FIONBIO), &on);
}

// One call takes at most an int of octets; the rest goes with the next.
int clamped(std::size_t octets) {
    constexpr std::size_t limit = 1U << 30U;
    return static_cast<int>(octets < limit ? octets : limit);
}

Moved moved(int result) {
    if (result >= 0)
        return {Moved::Kind::done, static_cast<std::size_t>(result), 0};
    const int error = ::WSAGetLastError();
    if (error == WSAEWOULDBLOCK || error == WSAEINTR)
        return {Moved::Kind::would_block, 0, 0};
    return {Moved::Kind::failed, 0, error};
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
        ::closesocket(native(handle_));
}

SocketHandle Socket::release() {
    const SocketHandle handle = handle_;
    handle_ = SocketHandle::none;
    return handle;
}

Moved receive_now(SocketHandle socket, char* to, std::size_t room, Receive how) {
    // No flag for one call here: curl's sockets and ours are non-blocking anyway.
    return moved(::recv(native(socket), to, clamped(room), how == Receive::peek ? MSG_PEEK : 0));
}

Moved send_now(SocketHandle socket, std::string_view raw) {
    return moved(::send(native(socket), raw.data(), clamped(raw.size()), 0));
}

Socket make_socket(int family, int type, int protocol) {
    return own(::WSASocketW(family, type, protocol, nullptr, 0, WSA_FLAG_OVERLAPPED));
}

Socket duplicate(SocketHandle socket) {
    WSAPROTOCOL_INFOW information{};
    if (::WSADuplicateSocketW(native(socket), ::GetCurrentProcessId(), &information) != 0)
        return {};
    return own(::WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO,
                            &information, 0, WSA_FLAG_OVERLAPPED));
}

Socket listen_on_loopback(std::uint16_t port, Family family) {
    Socket socket =
        make_socket(family == Family::v4 ? AF_INET : AF_INET6, SOCK_STREAM, IPPROTO_TCP);
    if (!socket.is_open())
        return {};
    const SOCKET listening = native(socket.handle());
    // SO_REUSEADDR would let another program take the port over on Windows.
    const BOOL on = TRUE;
    const auto* yes = reinterpret_cast<const char*>(&on);
    ::setsockopt(listening, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, yes, sizeof on);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    v6.sin6_addr = in6addr_loopback;
    const bool bound =
        family == Family::v4
            ? ::bind(listening, reinterpret_cast<const sockaddr*>(&v4), sizeof v4) == 0
            : ::setsockopt(listening, IPPROTO_IPV6, IPV6_V6ONLY, yes, sizeof on) == 0 &&
                  ::bind(listening, reinterpret_cast<const sockaddr*>(&v6), sizeof v6) == 0;
    if (!bound || ::listen(listening, SOMAXCONN) != 0) {
        const int error = ::WSAGetLastError();
        socket = Socket();
        ::WSASetLastError(error);
        return {};
    }
    make_non_blocking(socket.handle());
    return socket;
}

std::uint16_t local_port(SocketHandle socket) {
    sockaddr_storage address{};
    int length = sizeof address;
    ::getsockname(native(socket), reinterpret_cast<sockaddr*>(&address), &length);
    // The port lies at the same place in both (RFC 3493, 3.3).
    return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

bool has_peer(SocketHandle socket) {
    sockaddr_storage address{};
    int length = sizeof address;
    return ::getpeername(native(socket), reinterpret_cast<sockaddr*>(&address), &length) == 0;
}

Accepted accept_now(SocketHandle listening) {
    Socket peer = own(::accept(native(listening), nullptr, nullptr));
    if (peer.is_open()) {
        make_non_blocking(peer.handle());
        return {std::move(peer), 0};
    }
    const int error = ::WSAGetLastError();
    const bool none = error == WSAEWOULDBLOCK || error == WSAEINTR || error == WSAECONNRESET;
    return {Socket(), none ? 0 : error};
}

void reset_when_closed(SocketHandle socket) {
    const linger at_once{1, 0};
    ::setsockopt(native(socket), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&at_once),
                 sizeof at_once);
}

int system_error() {
    return ::WSAGetLastError();
}

std::string words_of_system_error(int code) {
    return std::system_category().message(code);
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
    case WSAECONNREFUSED:
        return ConnectFault::refused;
    case WSAETIMEDOUT:
        return ConnectFault::timed_out;
    case WSAENETUNREACH:
    case WSAEHOSTUNREACH:
    case WSAENETDOWN:
    case WSAEADDRNOTAVAIL:
    case WSAEAFNOSUPPORT:
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
    return code == 0 || code == WSATRY_AGAIN ? NameFault::unavailable : NameFault::not_found;
}

void start_sockets() {
    WSADATA data{};
    ::WSAStartup(MAKEWORD(2, 2), &data);
}

}  // namespace mail::net
