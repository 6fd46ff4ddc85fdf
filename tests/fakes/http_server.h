#pragma once
// A server on loopback that answers one request after the other with what the test says, and keeps
// what was asked. Clear text: what may go over it is asked for at 127.0.0.1 alone.

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "mail/net/listener.h"
#include "tests/fakes/web_server.h"

namespace mail::fakes {

class HttpServer {
public:
    using Answer = std::function<std::string(const std::string& request)>;

    explicit HttpServer(std::vector<Answer> answers)
        : listener_(*net::Listener::open()),
          thread_([this, answers = std::move(answers)](const StopToken& stop) {
              for (const Answer& answer : answers)
                  serve(answer, stop);
          }) {}
    explicit HttpServer(const std::vector<std::string>& answers) : HttpServer(fixed(answers)) {}

    [[nodiscard]] std::string url(const std::string& path = "") const {
        return "http://127.0.0.1:" + std::to_string(listener_->port()) + path;
    }
    /// All so far; it serves no more.
    [[nodiscard]] std::vector<std::string> requests() {
        thread_ = {};
        return requests_;
    }

    [[nodiscard]] static std::string answer(const std::string& body,
                                            const std::string& headers = {},
                                            const std::string& status = "200 OK") {
        return WebServer::answer(body, headers, status);
    }

private:
    static std::vector<Answer> fixed(const std::vector<std::string>& answers) {
        std::vector<Answer> all;
        for (const std::string& answer : answers)
            all.push_back([answer](const std::string&) { return answer; });
        return all;
    }
    void serve(const Answer& answer, const StopToken& stop) {
        const Wait wait{Clock::now() + std::chrono::seconds(20), stop};
        auto peer = listener_->accept(wait);
        if (!peer)
            return;
        std::string request;
        char octets[4096];
        while (!WebServer::is_whole(request)) {
            const auto read = (*peer)->read(octets, sizeof octets, wait);
            if (!read || *read == 0)
                break;
            request.append(octets, *read);
        }
        requests_.push_back(request);
        (void)net::write_all(**peer, answer(request), wait);
    }

    std::unique_ptr<net::Listener> listener_;
    std::vector<std::string> requests_;
    std::jthread thread_;
};

}  // namespace mail::fakes
