#include <algorithm>

#include "mail/imap/ask.h"
#include "mail/imap/pipeline_run.h"

namespace mail::imap {

namespace {

// After a stop, for an answer to a DONE that was said before it.
constexpr std::chrono::seconds late_answer_after_stop{1};

}  // namespace

/// What lives as long as one call of idle().
struct Pipeline::Idling {
    Run& run;
    const IdleLimits& limits;
    Clock::time_point until;          ///< of the period, then of the answer that is awaited
    std::optional<IdleEnd> end = {};  ///< DONE is said, or to be said as soon as it may be
    bool is_late_stop = false;        ///< DONE was said before, and had no answer when it came

    [[nodiscard]] bool is_stopped() const { return end == IdleEnd::stopped; }
};

Result<Pipeline::IdleEnd> Pipeline::idle(Exchange& exchange, const IdleLimits& limits,
                                         const Wait& wait) {
    if (broken_)
        return fail(Cause::connection_lost, exchange.layer(), Reach::connection);
    // Between two conversations a stop does no harm to this one.
    if (wait.stopped())
        return IdleEnd::stopped;
    Run run{exchange, {Patience::total, ask_time, 1}, {wait.deadline, {}, wait.time}};
    Idling idling{run, limits, {}};
    auto ended = take_unasked(run).and_then([&]() -> Result<IdleEnd> {
        if (limits.is_enough())
            return IdleEnd::enough;
        run.idles = true;
        queue(plain_command("IDLE"), run);
        idling.until = wait.now() + limits.answer;
        run.wait.stop = wait.stop;
        return converse_idly(idling);
    });
    broken_ = !ended;
    return ended;
}

Result<Pipeline::IdleEnd> Pipeline::converse_idly(Idling& idling) {
    Run& run = idling.run;
    bool was_idling = false;
    for (;;) {
        if (auto taken = take_pieces(run, Until::all_completed); !taken)
            return tl::unexpected(std::move(taken.error()));
        if (outstanding_.empty())
            return idling.end.value_or(IdleEnd::refused);
        if (run.is_idling && !was_idling) {
            was_idling = true;
            idling.until = run.wait.now() + idling.limits.period;
            if (idling.end)
                end_idling(idling, *idling.end);
        }
        if (run.is_idling && !idling.end && idling.limits.is_enough())
            end_idling(idling, IdleEnd::enough);
        if (auto waited = wait_idly(idling); !waited) {
            // A line that owes an answer for some time may be dead: it is not left to the next.
            const bool is_left = idling.is_stopped() && !idling.is_late_stop && run.is_idling &&
                                 output_.empty() && waited.error().cause == Cause::deadline;
            if (!is_left) {
                if (idling.is_stopped() && waited.error().cause == Cause::deadline)
                    waited.error().cause = Cause::cancelled;
                return tl::unexpected(at_layer(std::move(waited.error()), run.exchange.layer()));
            }
            left_idle_ = outstanding_.front().tag;
            outstanding_.clear();
            return IdleEnd::stopped;
        }
    }
}

/// For octets, the end of the time, or a stop: the last two say DONE, and are no errors.
Result<void> Pipeline::wait_idly(Idling& idling) {
    if (auto written = write_some(); !written)
        return written;
    Run& run = idling.run;
    Wait wait = run.wait;
    wait.deadline = std::min(wait.deadline, idling.until);
    const auto octets = wait_for_octets(wait);
    if (octets)
        return {};
    const Cause cause = octets.error().cause;
    if (cause == Cause::cancelled && !idling.end) {
        end_idling(idling, IdleEnd::stopped);
        return {};
    }
    if (cause == Cause::cancelled) {
        idling.end = IdleEnd::stopped;
        idling.is_late_stop = true;
        run.wait.stop = {};
        idling.until = std::min(idling.until, run.wait.now() + late_answer_after_stop);
        return {};
    }
    if (cause != Cause::deadline || idling.end || !run.is_idling) {
        Error error = octets.error();
        if (cause == Cause::deadline)
            error.facts.emplace_back("awaited", run.is_idling ? "OK" : "+");
        return tl::unexpected(std::move(error));
    }
    end_idling(idling, IdleEnd::time_over);
    return {};
}

void Pipeline::end_idling(Idling& idling, IdleEnd end) {
    idling.end = end;
    Run& run = idling.run;
    // From now on only the answer is waited for. A stop that comes meanwhile cuts that short.
    if (end == IdleEnd::stopped)
        run.wait.stop = {};
    run.wait.deadline = Clock::time_point::max();
    idling.until = run.wait.now() + (end == IdleEnd::stopped ? idling.limits.answer_after_stop
                                                             : idling.limits.answer);
    if (!run.is_idling)
        return;
    transcript_.sent("DONE");
    queue_octets("DONE\r\n");
    outstanding_.back().ends_at = queued_octets_;
}

}  // namespace mail::imap
