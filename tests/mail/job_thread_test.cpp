#include "mail/job_thread.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

namespace mail {

TEST(JobThread, does_jobs_in_their_order) {
    std::vector<int> done;
    {
        JobThread worker;
        std::promise<void> last;
        worker.post(1, [&](const StopToken&) { done.push_back(1); });
        worker.post(2, [&](const StopToken&) { done.push_back(2); });
        worker.post(3, [&](const StopToken&) { last.set_value(); });
        last.get_future().wait();
    }
    EXPECT_EQ(done, (std::vector<int>{1, 2}));
}

TEST(JobThread, cancels_the_running_job_and_those_that_wait) {
    JobThread worker;
    std::promise<void> begun;
    std::promise<bool> first_stopped;
    std::promise<bool> second_stopped;
    worker.post(1, [&](const StopToken& stop) {
        begun.set_value();
        std::promise<void> stopped;
        const StopCallback on_stop(stop, [&] { stopped.set_value(); });
        stopped.get_future().wait();
        first_stopped.set_value(stop.stop_requested());
    });
    worker.post(2, [&](const StopToken& stop) { second_stopped.set_value(stop.stop_requested()); });
    begun.get_future().wait();
    EXPECT_TRUE(worker.cancel(2));
    EXPECT_TRUE(worker.cancel(1));
    EXPECT_TRUE(first_stopped.get_future().get());
    EXPECT_TRUE(second_stopped.get_future().get());
    EXPECT_FALSE(worker.cancel(7));
}

TEST(JobThread, at_the_end_every_job_has_been_called) {
    std::atomic<int> called{0};
    std::atomic<int> stopped{0};
    {
        JobThread worker;
        std::promise<void> begun;
        worker.post(1, [&](const StopToken& stop) {
            std::promise<void> end;
            const StopCallback on_stop(stop, [&] { end.set_value(); });
            begun.set_value();
            end.get_future().wait();
            ++called;
        });
        for (JobId id = 2; id < 6; ++id)
            worker.post(id, [&](const StopToken& stop) {
                ++called;
                stopped += stop.stop_requested() ? 1 : 0;
            });
        begun.get_future().wait();
    }
    EXPECT_EQ(called, 5);
    EXPECT_EQ(stopped, 4);
}

TEST(JobThread, says_when_it_has_nothing_to_do) {
    std::promise<void> idle;
    std::atomic<bool> told{false};
    const JobThread worker(std::chrono::milliseconds(1), [&] {
        if (!told.exchange(true))
            idle.set_value();
    });
    idle.get_future().wait();
}

TEST(JobThread, does_its_chore_before_the_next_job_though_it_is_never_idle) {
    std::atomic<bool> done{false};
    std::promise<void> begun, go_on;
    // Due in a moment: while the first job still runs.
    const auto due = Clock::now() + std::chrono::milliseconds(20);
    std::atomic<bool> waits{true};
    JobThread worker(
        JobThread::Chore{[&] { return waits ? due : Clock::now() + std::chrono::hours(1); },
                         [&] {
                             waits = false;
                             done = true;
                         }});
    std::promise<bool> was_done;
    worker.post(1, [&](const StopToken&) {
        begun.set_value();
        go_on.get_future().wait();
    });
    worker.post(2, [&](const StopToken&) { was_done.set_value(done); });
    begun.get_future().wait();
    std::this_thread::sleep_until(due);
    go_on.set_value();
    EXPECT_TRUE(was_done.get_future().get());
}

TEST(JobThread, does_its_chore_at_its_time_and_not_a_while_after_the_last_job) {
    std::promise<Clock::time_point> done;
    std::atomic<bool> waits{true};
    const auto due = Clock::now() + std::chrono::milliseconds(50);
    JobThread worker(
        JobThread::Chore{[&] { return waits ? due : Clock::now() + std::chrono::hours(1); },
                         [&] {
                             waits = false;
                             done.set_value(Clock::now());
                         }});
    worker.post(1, [](const StopToken&) {});
    EXPECT_GE(done.get_future().get(), due);
}

TEST(JobThread, what_uses_the_time_between_jobs_is_stopped_by_a_job_and_by_the_end) {
    std::atomic<int> begun = 0, stopped = 0;
    std::promise<void> first;
    {
        JobThread worker(
            JobThread::Chore{[] { return Clock::now() + std::chrono::hours(1); }, [] {}},
            [&](const StopToken& stop) {
                if (begun++ == 0)
                    first.set_value();
                std::promise<void> stops;
                const StopCallback on_stop(stop, [&] { stops.set_value(); });
                stops.get_future().wait();
                ++stopped;
            });
        first.get_future().wait();
        std::promise<int> when_done;
        worker.post(1, [&](const StopToken&) { when_done.set_value(stopped); });
        EXPECT_EQ(when_done.get_future().get(), 1);
    }
    EXPECT_EQ(begun, stopped);
}

}  // namespace mail
