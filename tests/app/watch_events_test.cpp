// What `mailpoint watch` tells, from snapshot to snapshot.

#include "app/watch_events.h"

#include <gtest/gtest.h>

namespace app {
namespace {

using mail::Status;
using What = WatchEvent::What;

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'780'000'000)};

mail::MessageRow row(std::uint32_t uid, Status status = Status::new_) {
    mail::MessageRow row;
    row.uid = uid;
    row.initial.status = status;
    return row;
}

class WatchEventsTest : public testing::Test {
protected:
    WatchEventsTest() {
        mail::point::Point point;
        point.id = "p";
        view_.definition = std::make_shared<const mail::point::Point>(point);
        view_.health = mail::PointHealth::ok;
    }
    void list(std::vector<mail::MessageRow> rows, std::uint32_t uid_validity = 1) {
        mailbox_.chunks = {std::make_shared<const std::vector<mail::MessageRow>>(std::move(rows))};
        mailbox_.changes = {};
        mailbox_.uid_validity = uid_validity;
        mailbox_.complete = true;
        ++mailbox_.rows_version;
    }
    void set(std::uint32_t uid, Status status) {
        mail::MessageState state;
        state.status = status;
        mailbox_.changes = mailbox_.changes.with({{uid, state}});
        ++mailbox_.states_version;
    }
    void set(mail::PointHealth health, mail::Cause cause) {
        view_.health = health;
        view_.error = mail::Error{cause, mail::Layer::auth, mail::Reach::connection, {}};
    }
    /// What it tells now; of messages with their UIDs.
    std::vector<std::pair<What, std::uint32_t>> look() {
        snapshot_ = {};
        if (mailbox_.rows_version > 0)
            view_.mailbox = std::make_shared<const mail::MailboxView>(mailbox_);
        snapshot_.points = {std::make_shared<const mail::PointView>(view_)};
        for (const mail::JobView& job : jobs_)
            snapshot_.jobs.push_back(std::make_shared<const mail::JobView>(job));
        std::vector<std::pair<What, std::uint32_t>> told;
        for (const WatchEvent& event : events_.look(snapshot_, now))
            told.emplace_back(event.what, event.message ? event.message->row->uid : 0);
        return told;
    }
    using Told = std::vector<std::pair<What, std::uint32_t>>;

    WatchEvents events_{"p"};
    mail::PointView view_;
    mail::MailboxView mailbox_;
    std::vector<mail::JobView> jobs_;
    mail::Snapshot snapshot_;
};

TEST_F(WatchEventsTest, the_first_list_is_one_event_and_each_message_after_it_one) {
    mailbox_.complete = false;
    EXPECT_EQ(look(), Told{});
    list({row(1), row(2, Status::taken)});
    EXPECT_EQ(look(), (Told{{What::opened, 0}}));
    EXPECT_EQ(look(), Told{});
    list({row(1), row(2, Status::taken), row(3)});
    EXPECT_EQ(look(), (Told{{What::mail, 3}}));
}

TEST_F(WatchEventsTest, what_becomes_of_a_message_is_told_once) {
    list({row(1), row(2)});
    static_cast<void>(look());
    set(1, Status::queued);
    set(2, Status::taking);
    EXPECT_EQ(look(), Told{});
    set(1, Status::taken);
    set(2, Status::failed);
    EXPECT_EQ(look(), (Told{{What::taken, 1}, {What::failed, 2}}));
    list({row(1, Status::taken), row(2, Status::failed)});
    EXPECT_EQ(look(), Told{}) << "the same, from the next list";
    set(2, Status::taking);
    EXPECT_EQ(look(), Told{});
    set(2, Status::check);
    set(1, Status::quarantined);
    EXPECT_EQ(look(), (Told{{What::removed, 1}, {What::check, 2}}));
}

TEST_F(WatchEventsTest, what_was_taken_before_anybody_looked_is_told_all_the_same) {
    list({row(1)});
    set(1, Status::taken);
    EXPECT_EQ(look(), (Told{{What::opened, 0}, {What::taken, 1}}));
    list({row(1, Status::taken), row(2, Status::taken)});
    EXPECT_EQ(look(), (Told{{What::mail, 2}, {What::taken, 2}}));
}

TEST_F(WatchEventsTest, what_was_put_back_and_what_got_other_numbers_is_no_news) {
    list({row(1)});
    static_cast<void>(look());
    mailbox_.put_back = std::make_shared<const std::set<std::uint32_t>>(std::set<std::uint32_t>{7});
    list({row(1), row(7, Status::taken)});
    EXPECT_EQ(look(), Told{});
    list({row(8), row(9, Status::taken)}, 2);
    EXPECT_EQ(look(), (Told{{What::opened, 0}}));
}

TEST_F(WatchEventsTest, a_lost_line_is_told_once_and_when_it_is_back) {
    static_cast<void>(look());
    set(mail::PointHealth::down, mail::Cause::connection_lost);
    EXPECT_EQ(look(), (Told{{What::lost, 0}}));
    view_.health = mail::PointHealth::checking;
    EXPECT_EQ(look(), Told{});
    set(mail::PointHealth::down, mail::Cause::connection_refused);
    EXPECT_EQ(look(), Told{});
    view_.health = mail::PointHealth::ok;
    EXPECT_EQ(look(), (Told{{What::back, 0}}));
}

TEST_F(WatchEventsTest, who_is_refused_is_not_watched_any_more) {
    set(mail::PointHealth::signin, mail::Cause::login_refused);
    EXPECT_EQ(look(), (Told{{What::refused, 0}}));
    ASSERT_TRUE(events_.ended_by());
    EXPECT_EQ(events_.ended_by()->cause, mail::Cause::login_refused);
    EXPECT_EQ(look(), Told{});
    events_.begin_anew();
    view_.health = mail::PointHealth::ok;
    EXPECT_EQ(look(), Told{});
    EXPECT_FALSE(events_.ended_by());
}

TEST_F(WatchEventsTest, a_right_that_was_taken_away_ends_it_too) {
    mail::JobView job;
    job.id = 4;
    job.point = "p";
    job.state = mail::JobView::State::failed;
    job.error =
        mail::Error{mail::Cause::no_permission, mail::Layer::workspace, mail::Reach::point, {}};
    jobs_ = {job};
    EXPECT_EQ(look(), (Told{{What::refused, 0}}));
}

TEST_F(WatchEventsTest, that_its_point_has_gone_is_said_once) {
    const mail::Snapshot without;
    mail::Snapshot with;
    mail::PointView view;
    mail::point::Point point;
    point.id = "p";
    view.definition = std::make_shared<const mail::point::Point>(point);
    with.points.push_back(std::make_shared<const mail::PointView>(view));
    EXPECT_FALSE(events_.has_gone(without)) << "it was never there";
    EXPECT_FALSE(events_.has_gone(with));
    EXPECT_TRUE(events_.has_gone(without));
    EXPECT_FALSE(events_.has_gone(without));
    EXPECT_FALSE(events_.has_gone(with));
    EXPECT_TRUE(events_.has_gone(without));
}

TEST_F(WatchEventsTest, why_it_has_gone_is_asked_again_where_the_question_was_stopped) {
    EXPECT_EQ(look(), Told{});
    EXPECT_FALSE(events_.has_gone(snapshot_));
    mail::Snapshot without;
    EXPECT_TRUE(events_.has_gone(without));
    mail::JobView job;
    job.id = 4;
    job.point = "p";
    job.state = mail::JobView::State::cancelled;
    without.jobs = {std::make_shared<const mail::JobView>(job)};
    EXPECT_TRUE(events_.look(without, now).empty());
    EXPECT_TRUE(events_.has_gone(without));
    EXPECT_TRUE(events_.look(without, now).empty());
    EXPECT_FALSE(events_.has_gone(without)) << "it is stopped once";
}

TEST_F(WatchEventsTest, what_keeps_it_from_taking_and_a_silence_are_told_once) {
    list({row(1)});
    static_cast<void>(look());
    view_.not_taken =
        mail::Error{mail::Cause::disk_full, mail::Layer::target, mail::Reach::point, {}};
    view_.silence = mail::Silence{now - std::chrono::hours(30), now};
    EXPECT_EQ(look(), (Told{{What::stuck, 0}, {What::silent, 0}}));
    EXPECT_EQ(look(), Told{});
    view_.silence->unusual_from = now + std::chrono::hours(1);
    view_.not_taken.reset();
    EXPECT_EQ(look(), Told{});
}

}  // namespace
}  // namespace app
