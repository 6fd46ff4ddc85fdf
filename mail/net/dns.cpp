#include "mail/net/dns.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include <ares.h>
#include <curl/curl.h>

#include "mail/net/idn.h"
#include "mail/net/poller.h"

namespace mail::net {

namespace {

// A server that has not answered by then is asked once more, or the next one is.
constexpr int milliseconds_a_try = 1500, tries = 2;

struct Question {
    std::string name;
    ares_dns_rec_type_t type = ARES_REC_TYPE_SRV;
    bool ended = false;
    ares_status_t status = ARES_ENODATA;
    std::vector<Service> services = {};
    std::vector<std::pair<std::uint16_t, std::string>> exchangers = {};

    [[nodiscard]] bool answered() const {
        return ended &&
               (status == ARES_SUCCESS || status == ARES_ENODATA || status == ARES_ENOTFOUND);
    }
};

/// Nothing for what is no host name; "" for the root, which is what "." is read as.
std::optional<std::string> host_in(const ares_dns_rr_t* record, ares_dns_rr_key_t key) {
    const char* raw_name = ares_dns_rr_get_str(record, key);
    const std::string_view name = raw_name == nullptr ? "" : raw_name;
    if (name.empty() || name == ".")
        return std::string();
    return ascii_host(name);
}

void take_record(Question& question, const ares_dns_rr_t* record) {
    if (ares_dns_rr_get_type(record) != question.type)
        return;  // an alias on the way
    if (question.type == ARES_REC_TYPE_MX) {
        const auto host = host_in(record, ARES_RR_MX_EXCHANGE);
        if (host && !host->empty())
            question.exchangers.emplace_back(ares_dns_rr_get_u16(record, ARES_RR_MX_PREFERENCE),
                                             *host);
        return;
    }
    const auto target = host_in(record, ARES_RR_SRV_TARGET);
    if (target)
        question.services.push_back({*target, ares_dns_rr_get_u16(record, ARES_RR_SRV_PORT),
                                     ares_dns_rr_get_u16(record, ARES_RR_SRV_PRIORITY),
                                     ares_dns_rr_get_u16(record, ARES_RR_SRV_WEIGHT)});
}

void take_answer(void* given, ares_status_t status, std::size_t, const ares_dns_record_t* answer) {
    auto& question = *static_cast<Question*>(given);
    question.ended = true;
    question.status = status;
    if (status != ARES_SUCCESS || answer == nullptr)
        return;
    const std::size_t count = ares_dns_record_rr_cnt(answer, ARES_SECTION_ANSWER);
    for (std::size_t i = 0; i < count; ++i)
        if (const auto* record = ares_dns_record_rr_get_const(answer, ARES_SECTION_ANSWER, i))
            take_record(question, record);
}

/// The sockets of a channel, with what it waits for on each.
using Sockets = std::vector<curl_waitfd>;

void note_socket(void* given, ares_socket_t socket, int reads, int writes) {
    auto& sockets = *static_cast<Sockets*>(given);
    std::erase_if(sockets, [&](const curl_waitfd& one) { return one.fd == socket; });
    if (reads == 0 && writes == 0)
        return;
    const int events = (reads != 0 ? CURL_WAIT_POLLIN : 0) | (writes != 0 ? CURL_WAIT_POLLOUT : 0);
    sockets.push_back({socket, static_cast<short>(events), 0});
}

/// curl passes on neither POLLERR nor POLLHUP when they come alone: then all have something to say.
std::vector<ares_fd_events_t> events_of(const Sockets& sockets, int ready) {
    const bool told =
        std::ranges::any_of(sockets, [](const auto& one) { return one.revents != 0; });
    std::vector<ares_fd_events_t> events;
    for (const curl_waitfd& one : sockets) {
        unsigned int here = ARES_FD_EVENT_NONE;
        if ((one.revents & CURL_WAIT_POLLIN) != 0 || (ready > 0 && !told))
            here |= ARES_FD_EVENT_READ;
        if ((one.revents & CURL_WAIT_POLLOUT) != 0)
            here |= ARES_FD_EVENT_WRITE;
        if (here != ARES_FD_EVENT_NONE)
            events.push_back({one.fd, here});
    }
    return events;
}

using Channel = std::unique_ptr<ares_channel_t, void (*)(ares_channel_t*)>;
using Multi = std::unique_ptr<void, void (*)(void*)>;

Channel open_channel(const std::string& name_servers, Sockets& sockets) {
    static const int prepared = ares_library_init(ARES_LIB_INIT_ALL);
    ares_options options{};
    options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_EDNS;
    options.timeout = milliseconds_a_try;
    options.tries = tries;
    options.sock_state_cb = &note_socket;
    options.sock_state_cb_data = &sockets;
    ares_channel_t* opened = nullptr;
    if (prepared != ARES_SUCCESS ||
        ares_init_options(&opened, &options,
                          ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
                              ARES_OPT_SOCK_STATE_CB) != ARES_SUCCESS)
        return {nullptr, &ares_destroy};
    Channel channel(opened, &ares_destroy);
    if (!name_servers.empty() &&
        ares_set_servers_ports_csv(channel.get(), name_servers.c_str()) != ARES_SUCCESS)
        channel.reset();
    return channel;
}

/// How long the channel wants to be left alone, at most as long as we may wait.
int pause_of(ares_channel_t* channel, const Wait& wait) {
    const int longest = poll_time(wait);
    timeval most{longest / 1000, (longest % 1000) * 1000};
    timeval room{};
    const timeval* until = ares_timeout(channel, &most, &room);
    // Rounded up, so that it is not asked again a moment too early.
    return static_cast<int>(until->tv_sec * 1000 + (until->tv_usec + 999) / 1000);
}

template <class Questions>
Result<void> follow(ares_channel_t* channel, const Questions& questions, Sockets& sockets,
                    const Wait& wait) {
    const Multi multi(curl_multi_init(), [](void* one) { curl_multi_cleanup(one); });
    const StopCallback wake(wait.stop, [&] { curl_multi_wakeup(multi.get()); });
    while (!std::ranges::all_of(questions, &Question::ended)) {
        if (auto over = wait.check(Layer::dns, Reach::point); !over)
            return over;
        for (curl_waitfd& one : sockets)
            one.revents = 0;
        int ready = 0;
        curl_multi_poll(multi.get(), sockets.data(), static_cast<unsigned int>(sockets.size()),
                        pause_of(channel, wait), &ready);
        const auto events = events_of(sockets, ready);
        ares_process_fds(channel, events.data(), events.size(), ARES_PROCESS_FLAG_NONE);
    }
    return {};
}

}  // namespace

Result<MailRecords> mail_records(std::string_view domain, const std::string& name_servers,
                                 const Wait& wait) {
    const auto host = ascii_host(domain);
    if (!host)
        return fail(Cause::bad_host_name, Layer::dns, Reach::point,
                    {{"host", std::string(domain)}});
    // Before the channel, which tells them of their end when it goes.
    std::array<Question, 3> questions{
        {{"_imaps._tcp." + *host}, {"_imap._tcp." + *host}, {*host, ARES_REC_TYPE_MX}}};
    Sockets sockets;
    const Channel channel = open_channel(name_servers, sockets);
    if (!channel)
        return fail(Cause::dns_unavailable, Layer::dns, Reach::point, {{"host", *host}});
    for (Question& question : questions)
        ares_query_dnsrec(channel.get(), question.name.c_str(), ARES_CLASS_IN, question.type,
                          &take_answer, &question, nullptr);
    const auto followed = follow(channel.get(), questions, sockets, wait);
    if (!followed && followed.error().cause == Cause::cancelled)
        return tl::unexpected(followed.error());
    if (std::ranges::none_of(questions, &Question::answered))
        return followed ? fail(Cause::dns_unavailable, Layer::dns, Reach::point,
                               {{"host", *host},
                                {"reason", ares_strerror(static_cast<int>(questions[0].status))}})
                        : tl::unexpected(followed.error());
    auto& [imaps, imap, mx] = questions;
    std::ranges::stable_sort(mx.exchangers, {}, &std::pair<std::uint16_t, std::string>::first);
    MailRecords records{std::move(imaps.services), std::move(imap.services), {}};
    for (auto& [preference, exchanger] : mx.exchangers)
        records.exchangers.push_back(std::move(exchanger));
    return records;
}

}  // namespace mail::net
