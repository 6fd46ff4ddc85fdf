#include "mail/demo/channel.h"

#include <array>
#include <utility>

namespace mail::demo {
namespace {

constexpr std::size_t outbox_octets = 64 * 1024;
constexpr std::size_t longest_line = 8 * 1024 * 1024;
/// More than this unread means that the client only writes.
constexpr std::size_t inbox_octets = 64 * 1024 * 1024;
/// RFC 3501, 5.4: at least half an hour.
constexpr std::chrono::minutes idle_time{31};

}  // namespace

Wait Channel::patience() const {
    return Wait::for_at_most(idle_time, stop_);
}

void Channel::write(std::string_view raw) {
    while (!raw.empty() && alive()) {
        const std::string_view piece = raw.substr(0, outbox_octets);
        outbox_ += piece;
        raw.remove_prefix(piece.size());
        if (outbox_.size() >= outbox_octets)
            flush();
    }
}

void Channel::flush() {
    std::string_view rest = outbox_;
    while (!rest.empty() && alive()) {
        const auto written = stream_.write_some(rest);
        if (!written) {
            alive_ = false;
            break;
        }
        sent_ += *written;
        rest.remove_prefix(*written);
        if (*written != 0)
            continue;
        const auto ready = stream_.wait_ready(net::Stream::Interest::read_or_write, patience());
        alive_ = ready.has_value();
        if (alive_ && ready->can_read && !ready->can_write)
            fill();
    }
    outbox_.clear();
}

bool Channel::fill() {
    std::array<char, 16 * 1024> buffer{};
    if (taken_ > inbox_.size() / 2) {
        inbox_.erase(0, taken_);
        taken_ = 0;
    }
    const auto count =
        alive() ? stream_.read(buffer.data(), buffer.size(), patience()) : Result<std::size_t>(0);
    alive_ = alive() && count && *count > 0 && inbox_.size() - taken_ < inbox_octets;
    if (alive_)
        inbox_.append(buffer.data(), *count);
    return alive_;
}

std::optional<std::string> Channel::read_line() {
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = inbox_.find('\n', taken_ + searched);
        if (end != std::string::npos) {
            std::string line = inbox_.substr(taken_, end - taken_);
            taken_ = end + 1;
            if (line.ends_with('\r'))
                line.pop_back();
            return line;
        }
        searched = inbox_.size() - taken_;
        flush();
        if (searched > longest_line || !fill())
            return std::nullopt;
    }
}

std::optional<std::string> Channel::read_octets(std::size_t count) {
    flush();
    while (inbox_.size() - taken_ < count)
        if (!fill())
            return std::nullopt;
    taken_ += count;
    return inbox_.substr(taken_ - count, count);
}

void Channel::wait_for_input(const StopToken& wake) {
    flush();
    if (has_input() || !alive())
        return;
    StopSource either;
    const auto stop = [&either] { either.request_stop(); };
    const StopCallback on_stop(stop_, stop);
    const StopCallback on_wake(wake, stop);
    const auto ready = stream_.wait_ready(net::Stream::Interest::read,
                                          Wait::for_at_most(idle_time, either.get_token()));
    if (ready)
        fill();
    else if (!wake.stop_requested())
        alive_ = false;
}

}  // namespace mail::demo
