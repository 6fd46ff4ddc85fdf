#include "mail/imap/idle.h"

#include <algorithm>

#include "mail/imap/pipeline.h"
#include "mail/imap/quirks.h"

namespace mail::imap {

namespace {

using namespace std::chrono_literals;

constexpr Clock::duration shortest_period = 1min;
// Of the 100 ms that a stop may take; where it is not enough the session goes on all the same.
constexpr Clock::duration time_to_answer_after_stop = 80ms;

class Listening final : public Exchange {
public:
    Listening(const Pipeline& pipeline, std::uint64_t changes_seen)
        : pipeline_(pipeline), changes_seen_(changes_seen) {}

    [[nodiscard]] Layer layer() const override { return Layer::list; }
    Result<std::optional<Command>> next_command() override { return std::nullopt; }
    Result<void> completed(std::size_t /*command*/, const Status& /*status*/) override {
        return {};
    }
    // Nobody has asked for any of it: a server may say only so much of it a period.
    Result<Use> untagged(Response& response) override {
        flags_ = flags_ || std::holds_alternative<FetchData>(response);
        return Use::unused;
    }

    [[nodiscard]] bool heard_of_messages() const {
        return pipeline_.changes_seen() != changes_seen_;
    }
    [[nodiscard]] bool heard() const { return flags_ || heard_of_messages(); }

private:
    const Pipeline& pipeline_;
    const std::uint64_t changes_seen_;
    bool flags_ = false;
};

}  // namespace

void IdlePeriod::lost_after(Clock::duration silent) {
    // A little less than what was too long, and not the same again and again.
    length_ = std::max(shortest_period, std::min(length_ / 2, silent / 4 * 3));
}

Result<Heard> idle(Session& session, const IdleFor& wanted, const Wait& wait) {
    using Why = Heard::Why;
    Pipeline& pipeline = session.pipeline();
    Listening listening(pipeline, wanted.changes_seen);
    if (listening.heard())
        return Heard{Why::changed, true};
    if (!session.capabilities().idle)
        return Heard{Why::not_supported};
    const Clock::time_point until =
        std::min(wait.deadline, wait.now() + std::min<Clock::duration>(wanted.how_long, 24h * 365));
    const Clock::duration period =
        std::min<Clock::duration>(wanted.period, quirks::longest_idle(session.capabilities()));
    while (wait.now() < until) {
        const Pipeline::IdleLimits limits{std::min<Clock::duration>(period, until - wait.now()),
                                          wanted.answer, time_to_answer_after_stop,
                                          [&] { return listening.heard(); }};
        const auto end =
            pipeline.idle(listening, limits, {Clock::time_point::max(), wait.stop, wait.time});
        if (!end)
            return tl::unexpected(end.error());
        // Whatever ended it: what was heard counts.
        if (listening.heard())
            return Heard{Why::changed, listening.heard_of_messages()};
        if (*end == Pipeline::IdleEnd::refused)
            return Heard{Why::not_supported};
        if (*end == Pipeline::IdleEnd::stopped)
            return Heard{Why::stopped};
    }
    return Heard{Why::time_over};
}

}  // namespace mail::imap
