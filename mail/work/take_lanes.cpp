#include "mail/work/take_lanes.h"

#include <algorithm>
#include <numeric>
#include <thread>
#include <vector>

#include "mail/work/take_group.h"

namespace mail::work {

namespace {

// Signing in costs a server more than a few messages do: another session is only for what nobody
// has asked for yet.
constexpr std::uint64_t octets_worth_a_lane = 4ULL << 20;
constexpr std::size_t messages_worth_a_lane = 32;
constexpr auto time_between_looks = std::chrono::milliseconds(100);
constexpr auto goodbye_time = std::chrono::milliseconds(300);

/// One session's way through the requests of a group.
class Lane final : public imap::PartSink {
public:
    Lane(Group& group, std::size_t number) : group_(group), number_(number) {
        const std::size_t count = group.requests().size();
        order_.resize(count);
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        if (number != Group::first_lane)
            std::ranges::reverse(order_);
        for (const std::size_t request : order_)
            requests_.push_back(group.requests()[request]);
    }
    [[nodiscard]] Result<void> run(imap::Session& session, const Wait& wait,
                                   const imap::Claim* claim = nullptr) {
        return claim != nullptr ? imap::fetch_parts(session, *claim, requests_, *this, wait)
                                : imap::fetch_parts(session, requests_, *this, wait);
    }

    bool wants(std::size_t request) override { return group_.wants(number_, order_[request]); }
    Result<void> begin(std::size_t request, Form form) override {
        return group_.begin(order_[request], form);
    }
    Result<void> data(std::size_t request, std::string_view raw) override {
        return group_.data(order_[request], raw);
    }
    Result<void> end(std::size_t request, Result<void> outcome) override {
        return group_.end(order_[request], std::move(outcome));
    }

private:
    Group& group_;
    std::size_t number_;
    std::vector<std::size_t> order_;
    std::vector<imap::PartRequest> requests_;
};

}  // namespace

Lanes::~Lanes() {
    for (const Further& lane : further_)
        if (lane.session)
            lane.session->sign_out(Wait::for_at_most(goodbye_time));
}

bool Lanes::wait_until_worth(std::size_t number, const Group& group, const Wait& wait) {
    auto next_look = begun_at_ + more_.after * static_cast<int>(number);
    for (; !is_enough_ && !wait.stopped(); next_look = Clock::now() + time_between_looks) {
        // Real time: a taking that is slow by another clock gains nothing.
        real_time().sleep_until(next_look, wait.stop);
        const Group::Unasked unasked = group.unasked();
        if (unasked.octets >= octets_worth_a_lane || unasked.messages >= messages_worth_a_lane)
            return !wait.stopped();
    }
    return false;
}

bool Lanes::have_session(Further& lane, const Wait& wait) {
    if (lane.session)
        return true;
    auto opened = more_.sessions->open(wait);
    // Whatever the reason is: no limit is run against.
    if (!opened && !wait.stopped())
        is_enough_ = true;
    if (opened)
        lane.session = std::move(*opened);
    return lane.session != nullptr;
}

bool Lanes::enter(Further& lane) {
    const std::lock_guard lock(door_);
    lane.is_in = !is_closed_;
    return lane.is_in;
}

/// Who is not in by now has nothing left to do. Who is goes on to its end.
void Lanes::close_door() {
    const std::lock_guard lock(door_);
    is_closed_ = true;
    for (Further& lane : further_)
        if (!lane.is_in)
            lane.stop.request_stop();
}

void Lanes::go_along(std::size_t number, Group& group, const Wait& wait) {
    Further& lane = further_[number - 1];
    if (!wait_until_worth(number, group, wait) || !have_session(lane, wait) || !enter(lane))
        return;
    if (Lane(group, number).run(*lane.session, wait))
        return;
    lane.session.reset();
    is_enough_ = true;
    group.release(number);
}

Result<void> Lanes::first_run(Group& group, const Wait& wait, const imap::Claim* claim) {
    return Lane(group, Group::first_lane).run(*first_, wait, claim);
}

Result<void> Lanes::fetch(Group& group, const Wait& wait, const imap::Claim* claim) {
    if (more_.sessions == nullptr || is_enough_)
        return first_run(group, wait, claim);
    const auto stop_all = [this] {
        for (Further& lane : further_)
            lane.stop.request_stop();
    };
    is_closed_ = false;
    std::vector<std::jthread> threads;
    for (std::size_t number = 1; number <= most_further; ++number) {
        Further& lane = further_[number - 1];
        lane.stop = StopSource();
        lane.is_in = false;
        const Wait theirs{wait.deadline, lane.stop.get_token(), wait.time};
        threads.emplace_back([this, number, &group, theirs] { go_along(number, group, theirs); });
    }
    const StopCallback on_stop(wait.stop, stop_all);
    auto fetched = first_run(group, wait, claim);
    if (fetched)
        close_door();
    else
        stop_all();
    threads.clear();
    if (group.failure())
        return tl::unexpected(*group.failure());
    // What one has left that broke; mostly nothing, and then nothing is said to the server.
    return fetched ? first_run(group, wait) : fetched;
}

}  // namespace mail::work
