#include "tests/mail/demo/client.h"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include "mail/net/connection.h"

namespace mail::demo::test {
namespace {

Wait patience() {
    return Wait::for_at_most(std::chrono::seconds(30));
}

/// "…{12}\r\n" → 12; 0 where the line announces none.
std::size_t literal_octets(std::string_view line) {
    const std::size_t open = line.rfind('{');
    if (!line.ends_with("}\r\n") || open == std::string_view::npos)
        return 0;
    return std::strtoul(line.data() + open + 1, nullptr, 10);
}

}  // namespace

Client::Client(const Server& server) {
    net::initialise();
    auto connection = net::Connection::open(server.endpoint(), net::FirstByte::clear, patience());
    if (!connection)
        throw std::runtime_error("no connection to the demo server");
    stream_ = std::move(*connection);
}

void Client::send(std::string_view raw) {
    if (!net::write_all(*stream_, raw, patience()))
        throw std::runtime_error("the demo server took no more");
}

bool Client::fill() {
    std::array<char, 65536> buffer{};
    const auto count = stream_->read(buffer.data(), buffer.size(), patience());
    if (!count || *count == 0)
        return false;
    inbox_.append(buffer.data(), *count);
    return true;
}

std::string Client::read_line() {
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = inbox_.find("\r\n", searched);
        if (end == std::string::npos) {
            if (!fill())
                return {};
            continue;
        }
        const std::size_t literal = literal_octets(std::string_view(inbox_).substr(0, end + 2));
        searched = end + 2 + literal;
        while (inbox_.size() < searched)
            if (!fill())
                return {};
        if (literal != 0)
            continue;
        std::string line = inbox_.substr(0, searched);
        inbox_.erase(0, searched);
        return line;
    }
}

Reply Client::read_reply(const std::string& tag) {
    Reply reply;
    for (std::string line = read_line(); !line.empty(); line = read_line()) {
        if (line.starts_with(tag + " ")) {
            reply.tagged = line.substr(tag.size() + 1, line.size() - tag.size() - 3);
            break;
        }
        reply.untagged += line;
    }
    return reply;
}

Reply Client::ask(std::string_view command) {
    const std::string tag = "T" + std::to_string(++tags_);
    send(tag + " " + std::string(command) + "\r\n");
    return read_reply(tag);
}

Client signed_in(const Server& server) {
    Client client(server);
    static_cast<void>(client.read_line());
    client.ask("LOGIN demo demo");
    return client;
}

Client in_inbox(const Server& server, std::string_view command) {
    Client client = signed_in(server);
    client.ask(std::string(command) + " INBOX");
    return client;
}

std::string first_literal(const Reply& reply) {
    const std::size_t end = reply.untagged.find("}\r\n");
    if (end == std::string::npos)
        return {};
    return reply.untagged.substr(end + 3, literal_octets(reply.untagged.substr(0, end + 3)));
}

std::unique_ptr<Server> started(std::vector<Mail> mails, const Options& options) {
    auto server = Server::start(std::move(mails), options);
    if (!server)
        throw std::runtime_error("the demo server does not start");
    return std::move(*server);
}

Mail small_mail(std::string_view subject) {
    return {"Subject: " + std::string(subject) + "\r\nMessage-ID: <" + std::string(subject) +
                "@firma.example>\r\n\r\nTekst.\r\n",
            std::chrono::sys_days(std::chrono::year(2026) / 11 / 5) + std::chrono::hours(8)};
}

}  // namespace mail::demo::test
