#include "tests/fakes/dns_server.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mail::fakes {

namespace {

constexpr std::size_t header = 12;

std::string two_octets(std::uint16_t number) {
    return {static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
}

/// In the form of RFC 1035, 3.1.
std::string labels_of(std::string_view name) {
    std::string raw;
    while (!name.empty() && name != ".") {
        const std::size_t dot = std::min(name.find('.'), name.size());
        raw += static_cast<char>(dot);
        raw += name.substr(0, dot);
        name.remove_prefix(std::min(dot + 1, name.size()));
    }
    return raw + '\0';
}

/// Of the one question; `at` comes to stand behind it.
std::string name_in(const std::string& query, std::size_t& at) {
    std::string name;
    while (at < query.size() && query[at] != 0) {
        const std::size_t length = static_cast<unsigned char>(query[at]);
        name += (name.empty() ? "" : ".") + query.substr(at + 1, length);
        at += length + 1;
    }
    ++at;
    std::ranges::transform(name, name.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return name;
}

}  // namespace

DnsServer::DnsServer(Manner manner) : manner_(manner), socket_(socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof here;
    auto* address = reinterpret_cast<sockaddr*>(&here);
    if (bind(socket_, address, length) != 0 || getsockname(socket_, address, &length) != 0)
        throw std::runtime_error("no UDP port on loopback");
    port_ = ntohs(here.sin_port);
    thread_ = std::thread([this] { serve(); });
}

DnsServer::~DnsServer() {
    ending_ = true;
    thread_.join();
    close(socket_);
}

void DnsServer::add_srv(const std::string& name, const std::string& target, std::uint16_t port,
                        std::uint16_t priority, std::uint16_t weight) {
    const std::scoped_lock lock(mutex_);
    records_[{name, Type::srv}].push_back(two_octets(priority) + two_octets(weight) +
                                          two_octets(port) + labels_of(target));
}

void DnsServer::add_mx(const std::string& name, const std::string& exchanger,
                       std::uint16_t preference) {
    const std::scoped_lock lock(mutex_);
    records_[{name, Type::mx}].push_back(two_octets(preference) + labels_of(exchanger));
}

std::set<std::string> DnsServer::asked() const {
    const std::scoped_lock lock(mutex_);
    return asked_;
}

std::string DnsServer::answer_to(const std::string& query) {
    const std::scoped_lock lock(mutex_);
    std::size_t at = header;
    const std::string name = name_in(query, at);
    asked_.insert(name);
    if (query.size() < at + 4)
        return {};
    const auto type = static_cast<Type>(static_cast<unsigned char>(query[at + 1]));
    const std::string question = query.substr(header, at + 4 - header);
    const auto found = records_.find({name, type});
    const std::size_t count = found == records_.end() ? 0 : found->second.size();
    const char code = manner_ == Manner::refuses ? 5 : count == 0 ? 3 : 0;
    std::string reply = query.substr(0, 2) + '\x81' + static_cast<char>(0x80 | code) +
                        two_octets(1) + two_octets(static_cast<std::uint16_t>(count)) +
                        std::string(4, '\0') + question;
    if (manner_ == Manner::babbles)
        return query.substr(0, 2) + '\x81' + '\x80' + two_octets(1) + two_octets(40) +
               std::string(4, '\0') + question + "\xC0\x0C\xFF\xFF\xC0\x0C";
    for (std::size_t i = 0; i < count; ++i) {
        const std::string& data = found->second[i];
        reply += "\xC0\x0C" + question.substr(question.size() - 4) + std::string(3, '\0') + '\x3C' +
                 two_octets(static_cast<std::uint16_t>(data.size())) + data;
    }
    return reply;
}

void DnsServer::serve() {
    while (!ending_) {
        pollfd on{socket_, POLLIN, 0};
        if (poll(&on, 1, 20) <= 0)
            continue;
        std::array<char, 1500> buffer{};
        sockaddr_storage from{};
        socklen_t length = sizeof from;
        auto* peer = reinterpret_cast<sockaddr*>(&from);
        const auto got = recvfrom(socket_, buffer.data(), buffer.size(), 0, peer, &length);
        if (got < static_cast<ssize_t>(header))
            continue;
        const std::string reply = answer_to({buffer.data(), static_cast<std::size_t>(got)});
        if (manner_ != Manner::silent)
            sendto(socket_, reply.data(), reply.size(), 0, peer, length);
    }
}

}  // namespace mail::fakes
