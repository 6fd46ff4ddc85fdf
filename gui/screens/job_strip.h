#pragma once
// How far the taking of a point's messages has come, or their removal; with Cancel.

#include <chrono>
#include <deque>

#include "gui/screen.h"
#include "gui/waiting_removals.h"

namespace gui {

class JobStrip {
public:
    static constexpr float height = 48.F;
    /// The job that takes messages of the point, if there is one under way.
    [[nodiscard]] static const mail::JobView* find(const mail::Snapshot& snapshot,
                                                   const std::string& point);
    /// The one that is worth a strip: that, or a removal or its undoing that takes its time.
    [[nodiscard]] static const mail::JobView* shown(const mail::Snapshot& snapshot,
                                                    const std::string& point);
    void draw(Frame& frame, const mail::JobView& job);
    [[nodiscard]] bool is_stopping(const mail::JobView& job) const;
    void cancel(Frame& frame, const mail::JobView& job);

private:
    using Clock = std::chrono::steady_clock;
    struct Sample {
        Clock::time_point when;
        std::uint64_t octets;
    };
    void sample(const mail::JobView& job);
    [[nodiscard]] std::string rate(const Frame& frame, const mail::JobView& job) const;

    mail::JobId job_ = 0;
    bool stopping_ = false;  ///< Cancel was pressed: said at once, before the engine answers
    std::deque<Sample> samples_;
    std::chrono::seconds left_{0};
    Clock::time_point left_at_{};
};

void call_off(Frame& frame, const WaitingRemovals& waiting);
/// The strip of removals that wait, with what calls them off.
void draw_waiting(Frame& frame, const WaitingRemovals& waiting);

}  // namespace gui
