#include "tests/servers/other_session.h"

#include <array>
#include <ctime>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <set>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace servers {

namespace {

std::string wire_date(std::chrono::sys_seconds when) {
    const std::time_t seconds = when.time_since_epoch().count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    const auto length =
        std::strftime(text.data(), text.size(), "\"%d-%b-%Y %H:%M:%S +0000\"", &parts);
    return {text.data(), length};
}

}  // namespace

OtherSession::OtherSession(std::uint16_t port, const std::string& login,
                           const std::string& password)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int at_once = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("the other session could not connect");
    }
    line();
    command("LOGIN " + login + " " + password);
    literal_plus_ = command("CAPABILITY").find(" LITERAL+") != std::string::npos;
}

OtherSession::~OtherSession() {
    ::close(socket_);
}

void OtherSession::send(const std::string& raw) const {
    for (std::size_t sent = 0; sent < raw.size();) {
        const auto more = ::send(socket_, raw.data() + sent, raw.size() - sent, MSG_NOSIGNAL);
        if (more <= 0)
            throw std::runtime_error("the other session was hung up on");
        sent += static_cast<std::size_t>(more);
    }
}

std::string OtherSession::line() {
    for (;;) {
        if (const auto end = received_.find('\n'); end != std::string::npos) {
            std::string one = received_.substr(0, end + 1);
            received_.erase(0, end + 1);
            return one;
        }
        std::array<char, 65536> piece{};
        const auto got = ::recv(socket_, piece.data(), piece.size(), 0);
        if (got <= 0)
            throw std::runtime_error("the other session was hung up on, after: " + received_);
        received_.append(piece.data(), static_cast<std::size_t>(got));
    }
}

std::string OtherSession::reply() {
    std::string all;
    for (;;) {
        const std::string one = line();
        all += one;
        if (one.starts_with("x OK"))
            return all;
        if (one.starts_with("x "))
            throw std::runtime_error("the other session was refused: " + all);
    }
}

std::string OtherSession::command(const std::string& text) {
    send("x " + text + "\r\n");
    return reply();
}

void OtherSession::wait_for_continuation() {
    for (std::string one = line(); !one.starts_with("+"); one = line())
        if (one.starts_with("x ") && !one.starts_with("x OK"))
            throw std::runtime_error("a mail was refused: " + one);
}

// Few switches between us and the server: a busy machine has others to run in between.
void OtherSession::append(const std::string& folder, const std::vector<std::string>& mails,
                          std::chrono::sys_seconds received) {
    constexpr std::size_t most_unanswered = 50;
    const std::string before = "x APPEND \"" + folder + "\" " + wire_date(received) + " {";
    std::string unsent;
    std::size_t unanswered = 0;
    for (const std::string& raw : mails) {
        unsent += before + std::to_string(raw.size()) + (literal_plus_ ? "+}\r\n" : "}\r\n");
        if (!literal_plus_) {
            // With the end of the mail before it, whose OK comes before the "+".
            send(unsent);
            wait_for_continuation();
            unsent.clear();
        }
        unsent += raw + "\r\n";
        if (!literal_plus_ || ++unanswered < most_unanswered)
            continue;
        send(std::exchange(unsent, {}));
        for (; unanswered > 0; --unanswered)
            reply();
    }
    send(unsent);
    for (unanswered = literal_plus_ || mails.empty() ? unanswered : 1; unanswered > 0; --unanswered)
        reply();
}

void OtherSession::remove_keywords(const std::string& beginning) {
    const std::string told = command("FETCH 1:* (FLAGS)");
    std::set<std::string> keywords;
    for (std::size_t at = 0; (at = told.find(beginning, at)) != std::string::npos; ++at)
        keywords.insert(told.substr(at, told.find_first_of(" )\r\n", at) - at));
    for (const std::string& keyword : keywords)
        command("STORE 1:* -FLAGS.SILENT (" + keyword + ")");
}

std::uint32_t OtherSession::uid_validity(const std::string& folder) {
    const std::string said = command("STATUS \"" + folder + "\" (UIDVALIDITY)");
    const std::string key = "(UIDVALIDITY ";
    return static_cast<std::uint32_t>(std::stoul(said.substr(said.find(key) + key.size())));
}

}  // namespace servers
