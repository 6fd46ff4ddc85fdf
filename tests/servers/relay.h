#pragma once
// Stands between a client and a server on loopback: delays what passes, counts it, and lets a test
// act at a moment that it could not meet from outside. Linux.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace servers {

class RelayedConnection;

class Relay {
public:
    struct Options {
        std::chrono::microseconds one_way{0};
        /// Of what the server says; 0: as fast as it goes.
        std::uint64_t octets_per_second = 0;
        /// Takes BINARY out of what the server says that it can. In clear only.
        bool hide_binary = false;
        /// Told what the client says before the server is, on the relay's thread.
        std::function<void(std::string_view raw)> before_server_hears = {};
    };
    /// All connections together. `waits`: how often the client had the answers to all that it had
    /// asked, or the greeting, and only then said more. In clear only.
    struct Counts {
        std::uint64_t waits = 0, octets_from_client = 0, octets_from_server = 0, connections = 0;
    };

    Relay(std::uint16_t server_port, Options options);
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// Once: the connection ends behind so many more octets of the server's.
    void cut_after(std::uint64_t octets) { octets_to_cut_ = octets; }
    /// Once: the connection ends at the first of the client's words that hold `words`.
    enum class Cut { before_it_is_heard, before_it_is_answered };
    void cut_at(std::string words, Cut cut);
    /// Whether what was asked for has not come to pass, and will not any more.
    [[nodiscard]] bool take_back_cut();
    /// The lines that there are now are lost without a word: nothing passes any more, and neither
    /// side is told. Those made later are as good as ever.
    void stall() { stalled_ = accepted_.load(); }
    /// When no client is connected any more.
    [[nodiscard]] Counts counts() const;

private:
    void serve();
    void accept_one();
    void move(RelayedConnection& connection, bool client_spoke, bool server_spoke);
    void from_client(RelayedConnection& connection, std::string_view raw);
    void from_server(RelayedConnection& connection, std::string_view raw);
    /// What is to happen at these words; they are forgotten then.
    [[nodiscard]] std::optional<Cut> cut_at_these(std::string_view raw);

    std::uint16_t server_port_;
    Options options_;
    int listener_ = -1;
    int stop_read_ = -1, stop_write_ = -1;
    std::uint16_t port_ = 0;
    std::vector<char> buffer_;
    std::list<RelayedConnection> connections_;
    std::atomic<std::uint64_t> waits_ = 0, from_client_ = 0, from_server_ = 0, accepted_ = 0;
    std::atomic<std::uint64_t> stalled_ = 0;  ///< the connections up to this one
    std::atomic<int> open_ = 0;
    std::atomic<std::uint64_t> octets_to_cut_ = 0;
    std::mutex mutex_;
    std::string words_to_cut_at_;
    Cut cut_ = Cut::before_it_is_heard;
    std::thread thread_;
};

}  // namespace servers
