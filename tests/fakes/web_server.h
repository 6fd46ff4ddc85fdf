#pragma once
// A web server on loopback, in clear, that has the documents which a test gives it; every other
// address is 404.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "mail/net/listener.h"

namespace mail::fakes {

class WebServer {
public:
    using Documents = std::map<std::string, std::string>;  ///< by path, with the query
    explicit WebServer(Documents documents)
        : documents_(std::move(documents)), listener_(*net::Listener::open()), thread_([this] {
              while (serve_one()) {
              }
          }) {}
    ~WebServer() {
        stop_.request_stop();
        thread_.join();
    }
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(listener_->port());
    }
    /// The paths that were asked for, in their order.
    [[nodiscard]] std::vector<std::string> asked() const {
        const std::scoped_lock lock(mutex_);
        return asked_;
    }

private:
    bool serve_one() {
        const Wait wait{Clock::time_point::max(), stop_.get_token()};
        auto peer = listener_->accept(wait);
        if (!peer)
            return false;
        std::string request;
        while (request.find("\r\n\r\n") == std::string::npos) {
            char octets[4096];
            const auto read = (*peer)->read(octets, sizeof octets, wait);
            if (!read || *read == 0)
                return read.has_value();
            request.append(octets, *read);
        }
        const std::string path = request.substr(4, request.find(' ', 4) - 4);
        {
            const std::scoped_lock lock(mutex_);
            asked_.push_back(path);
        }
        const auto found = documents_.find(path);
        const std::string body = found == documents_.end() ? "no" : found->second;
        static_cast<void>(net::write_all(
            **peer,
            std::string("HTTP/1.1 ") + (found == documents_.end() ? "404 Not Found" : "200 OK") +
                "\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\nConnection: close\r\n\r\n" + body,
            wait));
        return true;
    }

    const Documents documents_;
    std::unique_ptr<net::Listener> listener_;
    StopSource stop_;
    mutable std::mutex mutex_;
    std::vector<std::string> asked_;
    std::thread thread_;
};

}  // namespace mail::fakes
