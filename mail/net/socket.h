#pragma once
// The few socket calls that we make ourselves, in one wording for both families of systems:
// socket_posix.cpp, socket_windows.cpp. Private to mail/net. Nothing here waits; errors are the
// system's codes, because only the caller knows what they mean there.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mail::net {

/// A descriptor or a SOCKET; not owned.
enum class SocketHandle : std::intptr_t { none = -1 };

/// Owns one and closes it.
class Socket {
public:
    Socket() = default;
    explicit Socket(SocketHandle handle) : handle_(handle) {}
    Socket(Socket&& other) noexcept : handle_(other.release()) {}
    Socket& operator=(Socket&& other) noexcept;
    ~Socket();

    [[nodiscard]] SocketHandle handle() const { return handle_; }
    [[nodiscard]] bool is_open() const { return handle_ != SocketHandle::none; }
    [[nodiscard]] SocketHandle release();

private:
    SocketHandle handle_ = SocketHandle::none;
};

/// What one call moved. `octets` counts where it is done: 0 of a receive means that the peer has
/// closed. `error` is the system's code where it failed.
struct Moved {
    enum class Kind { done, would_block, failed };
    Kind kind = Kind::done;
    std::size_t octets = 0;
    int error = 0;
};

enum class Receive { take, peek };
/// Does not block, whatever mode the socket is in.
[[nodiscard]] Moved receive_now(SocketHandle socket, char* to, std::size_t room, Receive how);
/// Never raises SIGPIPE. The socket must be one of ours, non-blocking.
[[nodiscard]] Moved send_now(SocketHandle socket, std::string_view raw);

/// All three: not inherited by child processes. An empty one (is_open() false): `system_error()`.
[[nodiscard]] Socket make_socket(int family, int type, int protocol);
[[nodiscard]] Socket duplicate(SocketHandle socket);
/// Bound to 127.0.0.1 or ::1 and to nothing else, listening, non-blocking.
enum class Family { v4, v6 };
[[nodiscard]] Socket listen_on_loopback(std::uint16_t port, Family family = Family::v4);
[[nodiscard]] std::uint16_t local_port(SocketHandle socket);
/// Connected, not just about to be.
[[nodiscard]] bool has_peer(SocketHandle socket);
/// The next peer, non-blocking. An empty one without an error: none waits (any more).
struct Accepted {
    Socket peer;
    int error = 0;
};
[[nodiscard]] Accepted accept_now(SocketHandle listening);

/// When it is closed the peer gets a reset, whether or not all was sent and read.
void reset_when_closed(SocketHandle socket);

/// Of the call that just failed on this thread, and what the system says about a code.
[[nodiscard]] int system_error();
[[nodiscard]] std::string words_of_system_error(int code);

/// Numeric form of a `sockaddr` of `length` octets, without the port; empty if it is none of ours.
[[nodiscard]] std::string numeric_address(const void* address, std::size_t length);

/// Which kind of failure a system's code of connect() means.
enum class ConnectFault { refused, timed_out, unreachable, other };
[[nodiscard]] ConnectFault connect_fault_of(int code);

/// What the system's resolver says about a name that curl could not look up (curl drops the code).
enum class NameFault { not_found, unavailable };
[[nodiscard]] NameFault name_fault_of(const std::string& host);

/// Before the first socket: Winsock wants it.
void start_sockets();

}  // namespace mail::net
