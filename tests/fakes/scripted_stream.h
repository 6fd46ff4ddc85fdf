#pragma once
// A connection whose server plays a script: it says what the script says when the client has said
// what the script wants. No time passes but what the script has pass on a stepped clock: a client
// that would wait for ever gets `deadline` at once.

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mail/net/connection.h"

namespace mail::fakes {

struct ScriptStep {
    enum class Kind {
        server,       ///< the server sends these octets
        client,       ///< the server waits for exactly these octets
        client_line,  ///< the server waits for any line
        tls,          ///< the server waits for the handshake
        close,        ///< the server hangs up
        later,        ///< the server lets time pass, of the Wait that the client has
    };
    Kind kind = Kind::server;
    std::string octets = {};
    Clock::duration time{0};
};

[[nodiscard]] ScriptStep server(std::string_view octets);  ///< CRLF is added
[[nodiscard]] ScriptStep raw_server(std::string_view octets);
[[nodiscard]] ScriptStep client(std::string_view octets);  ///< CRLF is added
[[nodiscard]] ScriptStep raw_client(std::string_view octets);
[[nodiscard]] ScriptStep any_line();
[[nodiscard]] ScriptStep tls();
[[nodiscard]] ScriptStep hang_up();
[[nodiscard]] ScriptStep later(Clock::duration time);

/// What happened, readable after the connection has died.
struct Played {
    std::string written;    ///< every octet of the client
    std::string complaint;  ///< the first departure from the script; "" if none
    std::size_t steps_left = 0;
    std::size_t waits = 0;  ///< how often the client had nothing to read and everything was said
};

class ScriptedStream final : public net::Connection {
public:
    enum class Begins { clear, encrypted };
    struct Habits {
        Begins begins = Begins::encrypted;
        std::size_t read_octets = 1U << 20U;   ///< at most so many a read
        std::size_t write_octets = 1U << 20U;  ///< at most so many a write
        /// The server reads nothing while it has something to say: the deadlock of a client that
        /// writes everything first.
        bool deaf_while_talking = false;
    };

    ScriptedStream(std::vector<ScriptStep> script, const Habits& habits,
                   std::shared_ptr<Played> played);
    ~ScriptedStream() override;

    Result<std::size_t> read(char* to, std::size_t room, const Wait& wait) override;
    Result<std::size_t> write_some(std::string_view raw) override;
    Result<Ready> wait_ready(Interest interest, const Wait& wait) override;
    void abort() override {}
    Result<void> start_tls(const Wait& wait) override;
    [[nodiscard]] bool encrypted() const override { return encrypted_; }
    [[nodiscard]] const net::Evidence& evidence() const override { return evidence_; }

private:
    [[nodiscard]] const ScriptStep* current() const;
    [[nodiscard]] bool can_read() const;
    [[nodiscard]] Result<void> let_time_pass(const Wait& wait);
    void match_client();
    void complain(const std::string& what);

    std::deque<ScriptStep> script_;
    Habits habits_;
    std::shared_ptr<Played> played_;
    std::size_t said_ = 0;   ///< octets of the current server step
    std::string unmatched_;  ///< written, and not yet asked for by the script
    bool encrypted_;
    net::Evidence evidence_;
};

}  // namespace mail::fakes
