#include "mail/board.h"

#include <atomic>
#include <chrono>
#include <future>

#include <gtest/gtest.h>

namespace mail {

namespace {

std::shared_ptr<const PointView> point_named(const std::string& id) {
    auto definition = std::make_shared<point::Point>();
    definition->id = id;
    auto view = std::make_shared<PointView>();
    view->definition = std::move(definition);
    return view;
}

}  // namespace

TEST(Board, a_change_is_published_and_told) {
    std::promise<void> told;
    bool first = true;
    Board board([&] {
        if (std::exchange(first, false))
            told.set_value();
    });
    const auto before = board.snapshot();
    board.change([](Snapshot& draft) { draft.points.push_back(point_named("a")); });
    told.get_future().wait();
    EXPECT_NE(board.snapshot()->point("a"), nullptr);
    EXPECT_EQ(before->point("a"), nullptr) << "what is held never changes";
}

TEST(Board, many_changes_are_told_together_and_the_end_of_a_job_is_among_them) {
    using namespace std::chrono_literals;
    std::promise<void> ended;
    const Board* told = nullptr;
    std::atomic<int> times = 0;
    Board board([&] {
        ++times;
        const auto snapshot = told->snapshot();
        if (snapshot->jobs.front()->state == JobView::State::done)
            ended.set_value();
    });
    told = &board;
    const auto began = std::chrono::steady_clock::now();
    const JobId job = board.add_job({});
    for (int i = 0; i < 1000; ++i)
        board.change_job(job, [](JobView& view) { ++view.messages_done; });
    board.change_job(job, [](JobView& view) { view.state = JobView::State::done; });
    ended.get_future().wait();
    EXPECT_LE(times, 2 + (std::chrono::steady_clock::now() - began) / 33ms);
    EXPECT_EQ(board.snapshot()->job(job)->messages_done, 1000U);
}

TEST(Board, what_has_not_changed_is_shared) {
    Board board({});
    board.change([](Snapshot& draft) { draft.points = {point_named("a"), point_named("b")}; });
    board.publish_now();
    const auto before = board.snapshot();
    board.change_point("a", [](PointView& view) { view.health = PointHealth::ok; });
    board.change_point("none", [](PointView&) { FAIL(); });
    board.publish_now();
    const auto after = board.snapshot();
    EXPECT_NE(before->points[0], after->points[0]);
    EXPECT_EQ(before->points[1], after->points[1]);
    EXPECT_EQ(after->points[0]->health, PointHealth::ok);
}

TEST(Board, old_jobs_are_forgotten_but_never_a_running_one) {
    Board board({});
    const JobId running = board.add_job({});
    for (int i = 0; i < 200; ++i) {
        const JobId id = board.add_job({});
        board.change_job(id, [](JobView& job) { job.state = JobView::State::done; });
    }
    board.publish_now();
    const auto snapshot = board.snapshot();
    EXPECT_NE(snapshot->job(running), nullptr);
    EXPECT_LE(snapshot->jobs.size(), 53U);
    EXPECT_NE(snapshot->job(running + 200), nullptr);
}

}  // namespace mail
