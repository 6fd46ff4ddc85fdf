#include "mail/base/worker.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mail {
namespace {

using namespace std::chrono_literals;

/// A call that ends only when it is abandoned.
struct Stuck {
    std::shared_ptr<std::promise<void>> started = std::make_shared<std::promise<void>>();
    std::shared_ptr<std::atomic<bool>> released = std::make_shared<std::atomic<bool>>(false);

    [[nodiscard]] Worker::Call call() const {
        return {[*this] {
                    started->set_value();
                    released->wait(false);
                },
                [*this] {
                    *released = true;
                    released->notify_all();
                }};
    }
};

Worker::Call setting(std::shared_ptr<std::atomic<int>> value) {
    return {[value] { value->store(1); }, [] {}};
}

TEST(Worker, runs_the_call_and_waits_for_it) {
    Worker worker;
    const auto value = std::make_shared<std::atomic<int>>(0);
    EXPECT_TRUE(worker.run(setting(value), Wait()));
    EXPECT_EQ(value->load(), 1);
}

TEST(Worker, a_call_that_blocks_ends_at_the_deadline) {
    Worker worker;
    const auto ran = worker.run(Stuck().call(), Wait::for_at_most(1ms));
    ASSERT_FALSE(ran);
    EXPECT_EQ(ran.error().cause, Cause::deadline);
}

TEST(Worker, a_call_that_blocks_ends_by_a_stop) {
    Worker worker;
    const Stuck stuck;
    StopSource stop;
    std::jthread stopper([&] {
        stuck.started->get_future().wait();
        stop.request_stop();
    });
    const auto ran = worker.run(stuck.call(), Wait{Clock::time_point::max(), stop.get_token()});
    ASSERT_FALSE(ran);
    EXPECT_EQ(ran.error().cause, Cause::cancelled);
}

TEST(Worker, works_again_after_an_abandoned_call) {
    Worker worker;
    ASSERT_FALSE(worker.run(Stuck().call(), Wait::for_at_most(1ms)));
    const auto value = std::make_shared<std::atomic<int>>(0);
    EXPECT_TRUE(worker.run(setting(value), Wait::for_at_most(30s)));
    EXPECT_EQ(value->load(), 1);
}

TEST(Worker, a_call_that_nothing_ends_is_left_behind_and_owns_what_it_touches) {
    const auto begun = std::make_shared<std::promise<void>>();
    const auto goes_on = std::make_shared<std::promise<void>>();
    const auto over = std::make_shared<std::promise<void>>();
    {
        Worker worker;
        const auto ran = worker.run({[=] {
                                         begun->set_value();
                                         goes_on->get_future().wait();
                                         over->set_value();
                                     },
                                     {}},
                                    Wait::for_at_most(20ms));
        ASSERT_FALSE(ran);
        EXPECT_EQ(ran.error().cause, Cause::deadline);
        begun->get_future().wait();
    }
    const auto left_behind = over->get_future();
    EXPECT_EQ(left_behind.wait_for(0s), std::future_status::timeout);
    goes_on->set_value();
    left_behind.wait();
}

TEST(Worker, calls_from_many_threads_run_one_after_the_other) {
    Worker worker;
    const auto at_once = std::make_shared<std::atomic<int>>(0);
    const auto most = std::make_shared<std::atomic<int>>(0);
    const auto count = std::make_shared<std::atomic<int>>(0);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int j = 0; j < 50; ++j)
                EXPECT_TRUE(worker.run({[=] {
                                            most->store(std::max(most->load(), ++*at_once));
                                            ++*count;
                                            --*at_once;
                                        },
                                        [] {}},
                                       Wait::for_at_most(30s)));
        });
    threads.clear();
    EXPECT_EQ(count->load(), 400);
    EXPECT_EQ(most->load(), 1);
}

}  // namespace
}  // namespace mail
