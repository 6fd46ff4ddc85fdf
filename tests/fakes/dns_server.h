#pragma once
// A name server on a loopback UDP port that knows what a test tells it. POSIX only.

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace mail::fakes {

class DnsServer {
public:
    enum class Type : std::uint16_t { mx = 15, srv = 33 };
    enum class Manner { answers, refuses, silent, babbles };
    explicit DnsServer(Manner manner = Manner::answers);
    ~DnsServer();
    DnsServer(const DnsServer&) = delete;
    DnsServer& operator=(const DnsServer&) = delete;

    // Before the first question. A name without records does not exist. Target ".": the root.
    void add_srv(const std::string& name, const std::string& target, std::uint16_t port,
                 std::uint16_t priority = 0, std::uint16_t weight = 0);
    void add_mx(const std::string& name, const std::string& exchanger, std::uint16_t preference);

    /// As the system's settings would name it.
    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    /// The names that were asked for so far.
    [[nodiscard]] std::set<std::string> asked() const;

private:
    void serve();
    [[nodiscard]] std::string answer_to(const std::string& query);

    const Manner manner_;
    int socket_ = -1;
    std::uint16_t port_ = 0;
    std::map<std::pair<std::string, Type>, std::vector<std::string>> records_;  ///< raw RDATA
    mutable std::mutex mutex_;
    std::set<std::string> asked_;
    std::atomic<bool> ending_ = false;
    std::thread thread_;
};

}  // namespace mail::fakes
