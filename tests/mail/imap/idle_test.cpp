#include "mail/imap/idle.h"

#include <gtest/gtest.h>

#include "mail/imap/quirks.h"
#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using namespace std::chrono_literals;
using fakes::any_line;
using fakes::client;
using fakes::hang_up;
using fakes::server;
using tests::Play;
using tests::play_signed_in;
using Why = Heard::Why;

/// A second passes at each look, so that no wait is for ever.
class HurryingTime final : public TimeSource {
public:
    Clock::time_point now() const override { return now_ += 1s; }
    void sleep_until(Clock::time_point time, const StopToken& /*stop*/) const override {
        now_ = std::max(now_, time);
    }

private:
    mutable Clock::time_point now_ = Clock::now();
};

/// Whoever waits is stopped.
class StoppingTime final : public TimeSource {
public:
    explicit StoppingTime(StopSource& stop) : stop_(stop) {}
    Clock::time_point now() const override { return now_; }
    void sleep_until(Clock::time_point /*time*/, const StopToken& /*stop*/) const override {
        stop_.request_stop();
    }

private:
    StopSource& stop_;
    Clock::time_point now_ = Clock::now();
};

Result<Heard> idle_for_an_hour(const Play& play) {
    return idle(play.session(), {1h, 28min, play.session().changes_seen()}, tests::soon());
}

TEST(Idle, ends_at_what_it_hears) {
    for (const auto& [said, messages] :
         std::vector<std::pair<std::string, bool>>{{"* 5 EXISTS", true},
                                                   {"* 3 EXPUNGE", true},
                                                   {"* VANISHED 7", true},
                                                   {"* 2 FETCH (FLAGS (\\Seen))", false},
                                                   {"* OK Still here\r\n* 5 EXISTS", true}}) {
        const Play play =
            play_signed_in("IDLE", {client("A1 IDLE"), server("+ idling\r\n" + said),
                                    client("DONE"), server("* 1 RECENT\r\nA1 OK done")});
        const auto heard = idle_for_an_hour(play);
        ASSERT_TRUE(heard) << said;
        EXPECT_EQ(heard->why, Why::changed);
        EXPECT_EQ(heard->is_other_messages, messages) << said;
        EXPECT_EQ(play.played->complaint, "");
        EXPECT_EQ(play.played->steps_left, 0U);
    }
}

TEST(Idle, what_was_told_before_is_not_waited_for_again) {
    const Play early = play_signed_in("IDLE", {server("* 5 EXISTS"), any_line()});
    EXPECT_EQ(idle_for_an_hour(early)->why, Why::changed);
    EXPECT_EQ(early.played->written, "");
    // To another command, after the list was made.
    const Play play =
        play_signed_in("IDLE", {any_line(), server("* 5 EXISTS\r\nA1 OK"), any_line()});
    const std::uint64_t listed_at = play.session().changes_seen();
    ASSERT_TRUE(play.session().folders(tests::soon()));
    const auto heard = idle(play.session(), {1h, 28min, listed_at}, tests::soon());
    EXPECT_EQ(heard->why, Why::changed);
    EXPECT_TRUE(heard->is_other_messages);
}

TEST(Idle, is_made_again_until_its_time_is_over) {
    tests::Script script;
    for (int i = 1; i < 60; ++i) {
        const std::string tag = "A" + std::to_string(i);
        script.insert(script.end(), {client(tag + " IDLE"), server("+ idling"), client("DONE"),
                                     server(tag + " OK done")});
    }
    const Play play = play_signed_in("IDLE", script);
    const HurryingTime time;
    const auto heard = idle(play.session(), {2min, 20s, play.session().changes_seen()},
                            {Clock::time_point::max(), {}, &time});
    ASSERT_TRUE(heard) << name_of(heard.error().cause);
    EXPECT_EQ(heard->why, Why::time_over);
    EXPECT_EQ(play.played->complaint, "");
    EXPECT_NE(play.played->written.find("A2 IDLE\r\nDONE\r\n"), std::string::npos);
}

TEST(Idle, a_server_without_it_is_told_apart) {
    const Play without = play_signed_in("", {any_line()});
    EXPECT_EQ(idle_for_an_hour(without)->why, Why::not_supported);
    EXPECT_EQ(without.played->written, "");
    for (const std::string said : {"A1 BAD what", "A1 NO not now", "A1 OK done",
                                   "+ idling\r\nA1 OK done", "+ idling\r\nA1 NO too long"}) {
        const Play play = play_signed_in(
            "IDLE", {any_line(), server(said), client("A2 LIST \"\" \"*\""), server("A2 OK")});
        const auto heard = idle_for_an_hour(play);
        ASSERT_TRUE(heard) << said;
        EXPECT_EQ(heard->why, Why::not_supported) << said;
        EXPECT_TRUE(play.session().folders(tests::soon())) << said;
        EXPECT_EQ(play.played->complaint, "") << said;
    }
}

TEST(Idle, what_ends_the_session_is_an_error) {
    const Play bye = play_signed_in("IDLE", {any_line(), server("+ idling\r\n* BYE going down")});
    EXPECT_EQ(idle_for_an_hour(bye).error().cause, Cause::server_says_bye);
    for (const std::string said : {"", "+ idling\r\n"}) {
        const Play cut =
            play_signed_in("IDLE", {any_line(), fakes::raw_server(said + "* O"), hang_up()});
        EXPECT_EQ(idle_for_an_hour(cut).error().cause, Cause::connection_lost);
        EXPECT_FALSE(idle_for_an_hour(cut));
    }
    const Play silent = play_signed_in("IDLE", {any_line()});
    const auto no_answer = idle_for_an_hour(silent);
    EXPECT_EQ(no_answer.error().cause, Cause::deadline);
    EXPECT_EQ(no_answer.error().fact("awaited"), "+");
    const Play deaf = play_signed_in("IDLE", {any_line(), server("+ idling"), client("DONE")});
    EXPECT_EQ(idle_for_an_hour(deaf).error().fact("awaited"), "OK");
    const Play other = play_signed_in("IDLE", {any_line(), server("+ idling\r\nA7 OK")});
    EXPECT_EQ(idle_for_an_hour(other).error().cause, Cause::unexpected_tag);
}

TEST(Idle, a_stop_is_no_harm_to_the_session) {
    StopSource stop;
    const StoppingTime time(stop);
    const Play play = play_signed_in(
        "IDLE", {client("A1 IDLE"), server("+ idling"), fakes::later(1h), client("DONE"),
                 client("A2 LIST \"\" \"*\""), server("A1 OK done\r\nA2 OK")});
    const Wait wait{Clock::time_point::max(), stop.get_token(), &time};
    const IdleFor wanted{1h, 28min, play.session().changes_seen()};
    // The end that the server says too late is not waited for, and not mistaken for another.
    EXPECT_EQ(idle(play.session(), wanted, wait)->why, Why::stopped);
    EXPECT_NE(play.played->written.find("DONE\r\n"), std::string::npos);
    EXPECT_EQ(idle(play.session(), wanted, wait)->why, Why::stopped);
    EXPECT_TRUE(play.session().folders(tests::soon()));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(Idle, a_stop_is_obeyed_though_an_end_that_was_said_before_has_no_answer) {
    StopSource stop;
    const StoppingTime time(stop);
    const Play dead = play_signed_in(
        "IDLE", {client("A1 IDLE"), server("+ idling"), client("DONE"), fakes::later(1h)});
    const auto stopped = idle(dead.session(), {1h, 5min, dead.session().changes_seen()},
                              {Clock::time_point::max(), stop.get_token(), &time});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().cause, Cause::cancelled);
    EXPECT_NE(dead.played->written.find("DONE\r\n"), std::string::npos);
}

TEST(Idle, a_stop_before_it_has_begun_ends_the_session) {
    StopSource stop;
    const StoppingTime time(stop);
    const Play play = play_signed_in("IDLE", {client("A1 IDLE"), fakes::later(1h), any_line()});
    const Wait wait{Clock::time_point::max(), stop.get_token(), &time};
    const auto stopped = idle(play.session(), {1h, 28min, play.session().changes_seen()}, wait);
    EXPECT_EQ(stopped.error().cause, Cause::cancelled);
}

TEST(Idle, a_server_that_tells_only_at_its_end_is_asked_every_half_minute) {
    tests::Script script;
    for (int i = 1; i < 60; ++i) {
        const std::string tag = "A" + std::to_string(i);
        script.insert(script.end(), {client(tag + " IDLE"), server("+ idling"), client("DONE"),
                                     server(i < 3 ? tag + " OK" : "* 5 EXISTS\r\n" + tag + " OK")});
    }
    const Play play = play_signed_in("IDLE", script);
    const HurryingTime time;
    const auto heard = idle(play.session(), {1h, 28min, play.session().changes_seen()},
                            {Clock::time_point::max(), {}, &time});
    EXPECT_EQ(heard->why, Why::changed);
    Capabilities capabilities;
    EXPECT_EQ(quirks::longest_idle(capabilities), 30s);
    capabilities.uidplus = true;
    EXPECT_EQ(quirks::longest_idle(capabilities), 28min);
}

TEST(Idle, shorter_periods_follow_a_lost_connection) {
    IdlePeriod period;
    EXPECT_EQ(period.length(), 28min);
    period.lost_after(10min);
    EXPECT_EQ(period.length(), 7min + 30s);
    period.lost_after(28min);
    EXPECT_EQ(period.length(), 3min + 45s);
    for (int i = 0; i < 5; ++i)
        period.lost_after(1s);
    EXPECT_EQ(period.length(), 1min);
}

}  // namespace
}  // namespace mail::imap
