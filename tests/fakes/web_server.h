#pragma once
// A web server on loopback, in clear: it has the documents which a test gives it, every other
// address is 404; or answers as the test says. What may go over it is asked for at 127.0.0.1 alone.

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
        : WebServer(Whole{[handler = std::move(handler)](const std::string& request) {
              return handler(path_of(request), request.substr(request.find("\r\n\r\n") + 4));
          }}) {}
    /// The whole answer to a whole request.
    using Answer = std::function<std::string(const std::string& request)>;
    /// One after the other, of texts or of Answers; who comes then is given none.
    template <class Each>
    explicit WebServer(const std::vector<Each>& answers)
        : WebServer(Whole{[answers, next = std::size_t{0}](const std::string& request) mutable {
              return next < answers.size() ? answered(answers[next++], request) : std::string();
          }}) {}
    ~WebServer() {
        stop_.request_stop();
        thread_.join();
    }
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

    [[nodiscard]] std::string url(const std::string& path = "") const {
        return "http://127.0.0.1:" + std::to_string(listener_->port()) + path;
    }
    /// All so far, in their order.
    [[nodiscard]] std::vector<std::string> requests() const {
        const std::scoped_lock lock(mutex_);
        return requests_;
    }
    /// The paths that were asked for, in their order.
    [[nodiscard]] std::vector<std::string> asked() const {
        std::vector<std::string> paths = requests();
        for (std::string& each : paths)
            each = path_of(each);
        return paths;
    }

    [[nodiscard]] static std::string answer(const std::string& body,
                                            const std::string& headers = {},
                                            const std::string& status = "200 OK") {
        return "HTTP/1.1 " + status + "\r\n" + headers +
               "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
               body;
    }

private:
    struct Whole {
        Answer answer;
    };
    explicit WebServer(Whole whole)
        : answer_(std::move(whole.answer)), listener_(*net::Listener::open()), thread_([this] {
              while (serve_one()) {
              }
          }) {}

    static std::string answered(const std::string& text, const std::string&) { return text; }
    static std::string answered(const Answer& answer, const std::string& request) {
        return answer(request);
    }
    static std::string path_of(const std::string& request) {
        const std::size_t begin = request.find(' ') + 1;
        return request.substr(begin, request.find(' ', begin) - begin);
    }
    /// With all of the body that its head promises.
    static bool is_whole(const std::string& request) {
        const std::size_t head = request.find("\r\n\r\n");
        if (head == std::string::npos)
            return false;
        const std::size_t length = request.find("Content-Length: ");
        return length == std::string::npos ||
               request.size() >= head + 4 + std::stoul(request.substr(length + 16));
    }
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
                return !stop_.get_token().stop_requested();
            request.append(octets, *read);
        }
        {
            const std::scoped_lock lock(mutex_);
            requests_.push_back(request);
        }
        static_cast<void>(net::write_all(**peer, answer_(request), wait));
        return true;
    }

    Answer answer_;  ///< used by the thread alone
    std::unique_ptr<net::Listener> listener_;
    StopSource stop_;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

}  // namespace mail::fakes
