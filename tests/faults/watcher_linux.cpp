#include "tests/faults/watcher_linux.h"

#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "mail/base/hash.h"

namespace mail::faults {

Watcher::Watcher(std::string folder, std::set<std::string> whole)
    : folder_(std::move(folder)), whole_(std::move(whole)),
      notices_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    if (notices_ < 0 || ::inotify_add_watch(notices_, folder_.c_str(), IN_CREATE | IN_MOVED_TO) < 0)
        throw std::runtime_error("cannot be watched: " + folder_);
    thread_ = std::thread([this] { watch(); });
}

Watcher::~Watcher() {
    ends_ = true;
    thread_.join();
    ::close(notices_);
}

unsigned Watcher::seen() {
    const unsigned mine = ++asked_;
    while (answered_ < mine)
        std::this_thread::yield();
    return seen_;
}

void Watcher::watch() {
    constexpr int milliseconds = 5;
    while (!ends_) {
        const unsigned asked = asked_;
        pollfd notice{notices_, POLLIN, 0};
        ::poll(&notice, 1, milliseconds);
        read_all();
        answered_ = asked;
    }
}

void Watcher::read_all() {
    alignas(inotify_event) std::array<char, 65536> raw{};
    for (ssize_t got = 0; (got = ::read(notices_, raw.data(), raw.size())) > 0;)
        for (ssize_t at = 0; at < got;) {
            inotify_event event{};
            std::memcpy(&event, raw.data() + at, sizeof event);
            if (event.len > 0)
                look(raw.data() + at + sizeof event);
            at += static_cast<ssize_t>(sizeof event) + event.len;
        }
}

void Watcher::look(const std::string& name) {
    // What the OCR program is told to pass over.
    if (name.starts_with(".mailpoint-"))
        return;
    std::ifstream in(folder_ + "/" + name, std::ios::binary);
    if (!in)
        return;  // a test has cleared up meanwhile
    ++seen_;
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    bad_ += whole_.contains(sha256_hex(content)) ? 0U : 1U;
}

}  // namespace mail::faults
