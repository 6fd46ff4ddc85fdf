#include "mail/net/poller.h"

#include <algorithm>
#include <cstdlib>

#include <curl/curl.h>

namespace mail::net {

namespace {

void destroy(void* multi) {
    curl_multi_cleanup(multi);
}

}  // namespace

int poll_time(const Wait& wait) {
    using std::chrono::milliseconds;
    const milliseconds longest = std::chrono::hours(1);
    return static_cast<int>(std::min(wait.left(), longest).count());
}

Poller::Poller() : multi_(curl_multi_init(), &destroy) {
    // Only without memory: nothing to go on with.
    if (multi_ == nullptr)
        std::abort();
}

Stream::Ready Poller::poll(SocketHandle socket, Stream::Interest interest, int milliseconds) {
    curl_waitfd on{};
    on.fd = static_cast<curl_socket_t>(socket);
    const bool reads = interest != Stream::Interest::write;
    const bool writes = interest != Stream::Interest::read;
    if (reads)
        on.events = CURL_WAIT_POLLIN;
    if (writes)
        on.events = static_cast<short>(on.events | CURL_WAIT_POLLOUT);
    int ready = 0;
    if (curl_multi_poll(multi_.get(), &on, 1, milliseconds, &ready) != CURLM_OK || ready <= 0)
        return {};
    // curl passes on neither POLLERR nor POLLHUP when they come alone.
    if (on.revents == 0)
        return {reads, writes};
    return {(on.revents & CURL_WAIT_POLLIN) != 0, (on.revents & CURL_WAIT_POLLOUT) != 0};
}

Result<Stream::Ready> Poller::wait(SocketHandle socket, Stream::Interest interest,
                                   const Wait& wait) {
    const StopCallback wake(wait.stop, [this] { curl_multi_wakeup(multi_.get()); });
    for (;;) {
        if (auto over = wait.check(Layer::tcp, Reach::connection); !over)
            return tl::unexpected(over.error());
        const Stream::Ready ready = poll(socket, interest, poll_time(wait));
        if (ready.can_read || ready.can_write)
            return ready;
    }
}

Stream::Ready Poller::now(SocketHandle socket, Stream::Interest interest) {
    return poll(socket, interest, 0);
}

}  // namespace mail::net
