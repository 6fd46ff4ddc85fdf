#pragma once
// A web server on loopback, in clear: it has the documents which a test gives it, every other
// address is 404; or answers as the test says.

#include <functional>
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
        : WebServer(
              [documents = std::move(documents)](const std::string& path, const std::string&) {
                  const auto found = documents.find(path);
                  return found == documents.end() ? answer("no", {}, "404 Not Found")
                                                  : answer(found->second);
              }) {}
    /// The whole answer to a request for that path, with its query, and that body. Called on the
    /// server's thread.
    using Handler = std::function<std::string(const std::string& path, const std::string& body)>;
    explicit WebServer(Handler handler)
        : handler_(std::move(handler)), listener_(*net::Listener::open()), thread_([this] {
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

    [[nodiscard]] static std::string answer(const std::string& body,
                                            const std::string& headers = {},
                                            const std::string& status = "200 OK") {
        return "HTTP/1.1 " + status + "\r\n" + headers +
               "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
               body;
    }

    /// With all of the body that its head promises.
    [[nodiscard]] static bool is_whole(const std::string& request) {
        const std::size_t head = request.find("\r\n\r\n");
        if (head == std::string::npos)
            return false;
        const std::size_t length = request.find("Content-Length: ");
        return length == std::string::npos ||
               request.size() >= head + 4 + std::stoul(request.substr(length + 16));
    }

private:
    bool serve_one() {
        const Wait wait{Clock::time_point::max(), stop_.get_token()};
        auto peer = listener_->accept(wait);
        if (!peer)
            return false;
        std::string request;
        while (!is_whole(request)) {
            char octets[4096];
            const auto read = (*peer)->read(octets, sizeof octets, wait);
            if (!read || *read == 0)
                return read.has_value();
            request.append(octets, *read);
        }
        const std::size_t path_at = request.find(' ') + 1;
        const std::string path = request.substr(path_at, request.find(' ', path_at) - path_at);
        {
            const std::scoped_lock lock(mutex_);
            asked_.push_back(path);
        }
        static_cast<void>(net::write_all(
            **peer, handler_(path, request.substr(request.find("\r\n\r\n") + 4)), wait));
        return true;
    }

    const Handler handler_;
    std::unique_ptr<net::Listener> listener_;
    StopSource stop_;
    mutable std::mutex mutex_;
    std::vector<std::string> asked_;
    std::thread thread_;
};

}  // namespace mail::fakes
