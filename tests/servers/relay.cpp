#include "tests/servers/relay.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "tests/servers/free_port.h"
#include "tests/servers/reply_count.h"

namespace servers {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t piece_octets = 256U << 10U;
/// What is due and can't be sent yet: a client that doesn't read must slow its server down.
constexpr std::size_t most_due_octets = 1U << 20U;
/// So much of a narrow line's time is taken ahead.
constexpr auto most_ahead = std::chrono::milliseconds(50);

void make_ready(int socket) {
    const int at_once = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
}

/// Octets on their way from one socket to the other.
class Direction {
public:
    Direction(int from, int to, std::chrono::microseconds delay,
              std::uint64_t octets_per_second = 0)
        : from_(from), to_(to), delay_(delay), octets_per_second_(octets_per_second) {}

    /// What has come now; nothing at all: the end.
    [[nodiscard]] std::string_view receive(std::vector<char>& buffer) {
        const auto got = ::recv(from_, buffer.data(), buffer.size(), 0);
        if (got <= 0) {
            ended_ = got == 0 || errno != EAGAIN;
            return {};
        }
        return {buffer.data(), static_cast<std::size_t>(got)};
    }
    void send_on(std::string_view raw) {
        const auto now = Clock::now();
        free_at_ = std::max(free_at_, now);
        if (octets_per_second_ > 0)
            free_at_ += std::chrono::nanoseconds(raw.size() * 1'000'000'000 / octets_per_second_);
        queue_.push_back({free_at_ + delay_, std::string(raw)});
    }

    /// Sends what is due and has room; told() sees what has gone.
    template <class Told>
    void flush(Told told) {
        while (!queue_.empty() && queue_.front().due <= Clock::now()) {
            const std::string& octets = queue_.front().octets;
            const auto sent =
                ::send(to_, octets.data() + sent_, octets.size() - sent_, MSG_NOSIGNAL);
            if (sent < 0) {
                ended_ = ended_ || errno != EAGAIN;
                blocked_ = true;
                return;
            }
            told(std::string_view(octets).substr(sent_, static_cast<std::size_t>(sent)));
            sent_ += static_cast<std::size_t>(sent);
            if (sent_ == octets.size()) {
                queue_.pop_front();
                sent_ = 0;
            }
        }
        blocked_ = false;
    }

    [[nodiscard]] bool wants_to_read() const {
        return !ended_ && due_octets() < most_due_octets && free_at_ < Clock::now() + most_ahead;
    }
    [[nodiscard]] bool wants_to_write() const { return blocked_; }
    [[nodiscard]] bool ended() const { return ended_ && queue_.empty(); }
    [[nodiscard]] bool broken() const { return ended_ && blocked_; }
    [[nodiscard]] Clock::time_point next_due() const {
        return queue_.empty() || blocked_ ? Clock::time_point::max() : queue_.front().due;
    }

private:
    struct Piece {
        Clock::time_point due;
        std::string octets;
    };
    [[nodiscard]] std::size_t due_octets() const {
        if (!blocked_)
            return 0;
        std::size_t octets = 0;
        const auto now = Clock::now();
        for (const Piece& piece : queue_)
            octets += piece.due <= now ? piece.octets.size() : 0;
        return octets;
    }

    int from_, to_;
    std::chrono::microseconds delay_;
    std::uint64_t octets_per_second_;
    Clock::time_point free_at_;  ///< the line, for the next octet
    std::deque<Piece> queue_;
    std::size_t sent_ = 0;
    bool ended_ = false;
    bool blocked_ = false;
};

timespec until(Clock::time_point due) {
    const auto left = std::max(due - Clock::now(), Clock::duration::zero());
    return {left.count() / 1'000'000'000, left.count() % 1'000'000'000};
}

/// The same number of octets, so that nothing else changes.
std::string without_binary(std::string_view raw) {
    std::string text(raw);
    if (text.find("CAPABILITY") != std::string::npos)
        for (std::size_t at = 0; (at = text.find(" BINARY", at)) != std::string::npos; ++at)
            text.replace(at, 7, " XINARY");
    return text;
}

}  // namespace

class RelayedConnection {
public:
    RelayedConnection(int client, int server, std::uint64_t ordinal, const Relay::Options& options)
        : number(ordinal), client_(client), server_(server), up_(client, server, options.one_way),
          down_(server, client, options.one_way, options.octets_per_second) {}
    ~RelayedConnection() {
        ::close(client_);
        ::close(server_);
    }
    RelayedConnection(const RelayedConnection&) = delete;
    RelayedConnection& operator=(const RelayedConnection&) = delete;

    const std::uint64_t number;  ///< from 1

    [[nodiscard]] std::array<pollfd, 2> watched() const {
        const auto watch = [](int socket, const Direction& in, const Direction& out) {
            const int events =
                (in.wants_to_read() ? POLLIN : 0) | (out.wants_to_write() ? POLLOUT : 0);
            return pollfd{events == 0 ? -1 : socket, static_cast<short>(events), 0};
        };
        return {watch(client_, up_, down_), watch(server_, down_, up_)};
    }
    [[nodiscard]] Clock::time_point next_due() const {
        return std::min(up_.next_due(), down_.next_due());
    }
    [[nodiscard]] std::string_view from_client(std::vector<char>& buffer) {
        return up_.receive(buffer);
    }
    [[nodiscard]] std::string_view from_server(std::vector<char>& buffer) {
        return down_.receive(buffer);
    }
    [[nodiscard]] bool client_waited_for(std::string_view raw) { return replies_.client_says(raw); }
    void to_server(std::string_view raw) { up_.send_on(raw); }
    void to_client(std::string_view raw) { down_.send_on(raw); }
    void flush() {
        up_.flush([](std::string_view) {});
        down_.flush([this](std::string_view raw) { replies_.server_says(raw); });
    }
    /// At once, whatever is on its way.
    void cut() { cut_ = true; }
    void lose_answers() { answers_are_lost_ = true; }
    [[nodiscard]] bool answers_are_lost() const { return answers_are_lost_; }
    [[nodiscard]] bool over() const {
        return cut_ || up_.ended() || down_.ended() || up_.broken() || down_.broken();
    }

private:
    int client_, server_;
    Direction up_, down_;
    ReplyCount replies_;
    bool cut_ = false, answers_are_lost_ = false;
};

Relay::Relay(std::uint16_t server_port, Options options)
    : server_port_(server_port), options_(std::move(options)),
      listener_(::socket(AF_INET, SOCK_STREAM, 0)), buffer_(piece_octets) {
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    int ends[2] = {-1, -1};
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0 ||
        ::pipe(ends) != 0)
        throw std::runtime_error("the relay can't listen");
    port_ = ntohs(address.sin_port);
    stop_read_ = ends[0];
    stop_write_ = ends[1];
    thread_ = std::thread([this] { serve(); });
}

Relay::~Relay() {
    ::close(stop_write_);
    thread_.join();
    ::close(stop_read_);
    ::close(listener_);
}

Relay::Counts Relay::counts() const {
    for (int open = open_; open > 0; open = open_)
        open_.wait(open);
    return {waits_, from_client_, from_server_, accepted_};
}

void Relay::accept_one() {
    const int client = ::accept(listener_, nullptr, nullptr);
    const int server = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(server_port_);
    if (client < 0 ||
        ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(client);
        ::close(server);
        return;
    }
    make_ready(client);
    make_ready(server);
    connections_.emplace_back(client, server, ++accepted_, options_);
    ++open_;
}

void Relay::cut_at(std::string words, Cut cut) {
    const std::scoped_lock lock(mutex_);
    words_to_cut_at_ = std::move(words);
    cut_ = cut;
}

bool Relay::take_back_cut() {
    const std::scoped_lock lock(mutex_);
    const bool words_left = !std::exchange(words_to_cut_at_, {}).empty();
    return octets_to_cut_.exchange(0) > 0 || words_left;
}

std::optional<Relay::Cut> Relay::cut_at_these(std::string_view raw) {
    const std::scoped_lock lock(mutex_);
    if (words_to_cut_at_.empty() || raw.find(words_to_cut_at_) == std::string_view::npos)
        return std::nullopt;
    words_to_cut_at_.clear();
    return cut_;
}

void Relay::from_client(RelayedConnection& connection, std::string_view raw) {
    from_client_ += raw.size();
    waits_ += connection.client_waited_for(raw) ? 1 : 0;
    if (options_.before_server_hears)
        options_.before_server_hears(raw);
    const auto cut = cut_at_these(raw);
    if (cut == Cut::before_it_is_heard)
        return connection.cut();
    if (cut == Cut::before_it_is_answered)
        connection.lose_answers();
    connection.to_server(raw);
}

void Relay::from_server(RelayedConnection& connection, std::string_view raw) {
    from_server_ += raw.size();
    if (connection.answers_are_lost())
        return connection.cut();
    if (const std::uint64_t left = octets_to_cut_; left > 0) {
        octets_to_cut_ = left > raw.size() ? left - raw.size() : 0;
        if (octets_to_cut_ == 0) {
            connection.to_client(raw.substr(0, left));
            connection.flush();
            return connection.cut();
        }
    }
    connection.to_client(options_.hide_binary ? without_binary(raw) : std::string(raw));
}

void Relay::move(RelayedConnection& connection, bool client_spoke, bool server_spoke) {
    const bool passes = connection.number > stalled_;
    if (client_spoke)
        if (const auto raw = connection.from_client(buffer_); !raw.empty() && passes)
            from_client(connection, raw);
    if (server_spoke)
        if (const auto raw = connection.from_server(buffer_); !raw.empty() && passes)
            from_server(connection, raw);
    connection.flush();
}

void Relay::serve() {
    for (;;) {
        std::vector<pollfd> watched{{stop_read_, POLLIN, 0}, {listener_, POLLIN, 0}};
        auto due = Clock::time_point::max();
        for (const RelayedConnection& one : connections_) {
            const auto both = one.watched();
            watched.insert(watched.end(), both.begin(), both.end());
            due = std::min(due, one.next_due());
        }
        const timespec patience = until(due);
        ::ppoll(watched.data(), watched.size(),
                due == Clock::time_point::max() ? nullptr : &patience, nullptr);
        if (watched[0].revents != 0)
            break;
        std::size_t at = 2;
        for (auto one = connections_.begin(); one != connections_.end(); at += 2) {
            constexpr int spoke = POLLIN | POLLHUP | POLLERR;
            move(*one, (watched[at].revents & spoke) != 0, (watched[at + 1].revents & spoke) != 0);
            if (!one->over()) {
                ++one;
                continue;
            }
            one = connections_.erase(one);
            --open_;
            open_.notify_all();
        }
        if (watched[1].revents != 0)
            accept_one();
    }
    connections_.clear();
}

}  // namespace servers
