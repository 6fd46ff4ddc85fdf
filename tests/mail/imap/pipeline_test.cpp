#include "mail/imap/pipeline.h"

#include <gtest/gtest.h>

#include "mail/imap/ask.h"
#include "tests/fakes/scripted_stream.h"
#include "tests/fakes/stepped_time.h"

namespace mail::imap {
namespace {

using namespace std::chrono_literals;
using fakes::any_line;
using fakes::client;
using fakes::later;
using fakes::raw_server;
using fakes::server;

/// Sends so many NOOPs and remembers in which order they were completed.
class Noops final : public Exchange {
public:
    explicit Noops(std::size_t count) : left_(count) {}
    [[nodiscard]] Layer layer() const override { return Layer::list; }
    Result<std::optional<Command>> next_command() override {
        if (left_ == 0)
            return std::nullopt;
        --left_;
        return plain_command("NOOP");
    }
    Result<void> completed(std::size_t command, const Status& /*status*/) override {
        order += std::to_string(command) + " ";
        return {};
    }
    Result<Use> untagged(Response& /*response*/) override { return Use::unused; }

    std::string order;

private:
    std::size_t left_;
};

struct Rig {
    explicit Rig(std::vector<fakes::ScriptStep> script,
                 const fakes::ScriptedStream::Habits& habits = {})
        : pipeline(std::make_unique<fakes::ScriptedStream>(std::move(script), habits, played), {}) {
    }
    std::shared_ptr<fakes::Played> played = std::make_shared<fakes::Played>();
    Pipeline pipeline;
};

Result<void> run(Rig& rig, Exchange& exchange, std::size_t window) {
    return rig.pipeline.run(exchange, {Pipeline::Patience::idle, std::chrono::seconds(60), window},
                            Wait::for_at_most(std::chrono::minutes(10)));
}

TEST(Pipeline, keeps_its_window_full) {
    Rig rig({client("A1 NOOP"), client("A2 NOOP"), server("A1 OK"), client("A3 NOOP"),
             server("A2 OK"), server("A3 OK")});
    Noops noops(3);
    EXPECT_TRUE(run(rig, noops, 2));
    EXPECT_EQ(noops.order, "0 1 2 ");
    EXPECT_EQ(rig.played->complaint, "");
}

TEST(Pipeline, takes_tags_in_any_order) {
    Rig rig({any_line(), any_line(), server("A2 OK\r\nA1 NO")});
    Noops noops(2);
    EXPECT_TRUE(run(rig, noops, 2));
    EXPECT_EQ(noops.order, "1 0 ");
}

TEST(Pipeline, reads_while_it_writes) {
    // This server does not read while it has something to say: who writes first and reads later
    // waits for ever.
    std::vector<fakes::ScriptStep> script;
    std::string tags;
    for (int command = 1; command <= 200; ++command) {
        script.push_back(any_line());
        script.push_back(server("* " + std::to_string(command) + " EXISTS"));
        tags += "A" + std::to_string(command) + " OK\r\n";
    }
    script.push_back(raw_server(tags));
    for (const std::size_t octets : {1U, 3U, 1000U}) {
        Rig rig(script, {fakes::ScriptedStream::Begins::encrypted, octets, octets, true});
        Noops noops(200);
        EXPECT_TRUE(run(rig, noops, 1000)) << octets;
    }
}

TEST(Pipeline, a_tag_that_was_never_sent_ends_it) {
    const std::vector<std::vector<fakes::ScriptStep>> table{
        {server("A1 OK"), any_line()},
        {any_line(), server("A2 OK")},
        {any_line(), server("A1 OK\r\nA1 OK"), any_line()},
        {any_line(), server("B1 OK")},
    };
    for (const auto& script : table) {
        Rig rig(script);
        Noops noops(2);
        EXPECT_EQ(run(rig, noops, 1).error().cause, Cause::unexpected_tag);
        Noops more(1);
        EXPECT_EQ(run(rig, more, 1).error().cause, Cause::connection_lost);
    }
}

TEST(Pipeline, a_flood_that_nobody_asked_for_ends) {
    std::string flood;
    for (int i = 0; i < 100'002; ++i)
        flood += "* 1 EXISTS\r\n";
    Rig rig({any_line(), raw_server(flood), server("A1 OK")});
    Noops noops(1);
    EXPECT_EQ(run(rig, noops, 1).error().cause, Cause::reply_too_long);

    const std::string bodies(70U << 20U, 'x');
    Rig other({any_line(),
               raw_server("* 1 FETCH (UID 1 BODY[] {" + std::to_string(bodies.size()) + "}\r\n"),
               raw_server(bodies), server(")\r\nA1 OK")});
    Noops more(1);
    EXPECT_EQ(run(other, more, 1).error().cause, Cause::reply_too_long);
}

TEST(Pipeline, silence_is_a_deadline_and_bye_an_end) {
    Rig silent({any_line()});
    Noops noops(1);
    const auto waited = run(silent, noops, 1);
    EXPECT_EQ(waited.error().cause, Cause::deadline);
    EXPECT_EQ(waited.error().layer, Layer::list);

    Rig ending({any_line(), server("* BYE Session invalidated - AccessTokenExpired")});
    Noops more(1);
    const auto ended = run(ending, more, 1);
    EXPECT_EQ(ended.error().cause, Cause::server_says_bye);
    EXPECT_EQ(ended.error().fact("server_said"), "Session invalidated - AccessTokenExpired");
}

/// One command over a server that sends `octets` at once, again and again, with `pause` before
/// each: `times` of it, then the end.
Result<void> drip(std::string_view octets, Clock::duration pause, std::size_t times,
                  std::vector<fakes::ScriptStep> end) {
    std::vector<fakes::ScriptStep> script{any_line()};
    for (std::size_t i = 0; i < times; ++i) {
        script.push_back(later(pause));
        script.push_back(raw_server(octets));
    }
    script.insert(script.end(), end.begin(), end.end());
    Rig rig(std::move(script));
    Noops noops(1);
    const fakes::SteppedTime time;
    return rig.pipeline.run(noops, {Pipeline::Patience::idle, 60s, 1}, time.wait());
}

TEST(Pipeline, a_server_that_drips_is_not_waited_for) {
    const auto dripped = drip("*", 10s, 100, {server(" OK\r\nA1 OK")});
    EXPECT_EQ(dripped.error().cause, Cause::deadline);
    EXPECT_EQ(dripped.error().layer, Layer::list);
    EXPECT_EQ(dripped.error().fact("octets_came"), "11");
    EXPECT_EQ(dripped.error().fact("seconds"), "120");
    // Nor is one that sends what nobody asked for, a little at a time.
    EXPECT_EQ(drip("* 1 EXISTS\r\n", 50s, 100, {server("A1 OK")}).error().cause, Cause::deadline);
    EXPECT_EQ(drip("A1 OK\r\n", 61s, 1, {}).error().cause, Cause::deadline);
}

TEST(Pipeline, a_slow_line_and_a_slow_server_are_waited_for) {
    // 2 kB/s for an hour, a packet every ten seconds.
    const std::string packet(20'000, 'x');
    std::vector<fakes::ScriptStep> script{any_line(), raw_server("* 1 XFOO \"")};
    for (int i = 0; i < 360; ++i) {
        script.push_back(later(10s));
        script.push_back(raw_server(packet));
    }
    script.push_back(server("\"\r\nA1 OK"));
    Rig rig(std::move(script));
    Noops noops(1);
    const fakes::SteppedTime time;
    EXPECT_TRUE(rig.pipeline.run(noops, {Pipeline::Patience::idle, 60s, 1}, time.wait()));
    EXPECT_EQ(time.slept(), 1h);
    // Silent while it decodes a large part, and searching for twenty minutes.
    EXPECT_TRUE(drip("A1 OK\r\n", 55s, 1, {}));
    EXPECT_TRUE(drip("* OK Searched 9% of the mailbox\r\n", 50s, 24, {server("A1 OK")}));
    EXPECT_EQ(drip("* OK Searched 9% of the mailbox\r\n", 50s, 60, {server("A1 OK")}).error().cause,
              Cause::deadline);
}

TEST(Pipeline, each_answer_gives_a_slow_server_new_time) {
    // Throttled to a command every 50 seconds.
    std::vector<fakes::ScriptStep> script;
    for (int i = 1; i <= 20; ++i)
        script.push_back(any_line());
    for (int i = 1; i <= 20; ++i) {
        script.push_back(later(50s));
        script.push_back(server("A" + std::to_string(i) + " OK"));
    }
    Rig rig(std::move(script));
    Noops noops(20);
    const fakes::SteppedTime time;
    EXPECT_TRUE(rig.pipeline.run(noops, {Pipeline::Patience::idle, 60s, 100}, time.wait()));
}

TEST(Pipeline, empty_lines_between_replies_are_passed_over) {
    Rig rig({any_line(), server("\r\n* 1 EXISTS\r\n\r\nA1 OK\r\n"), any_line(),
             server("\r\nA2 OK\r\n")});
    Noops noops(2);
    EXPECT_TRUE(run(rig, noops, 1));
    EXPECT_EQ(noops.order, "0 1 ");
    std::string flood;
    for (int i = 0; i < 100'002; ++i)
        flood += "\r\n";
    Rig endless({any_line(), raw_server(flood), server("A1 OK")});
    Noops more(1);
    EXPECT_EQ(run(endless, more, 1).error().cause, Cause::reply_too_long);
}

TEST(Pipeline, unknown_untagged_replies_are_passed_over) {
    Rig rig(
        {any_line(), server("* XFOO (\"\r\n* ENABLED\r\n* 4 XBAR\r\n* OK [XCODE a] x\r\nA1 OK")});
    Noops noops(1);
    EXPECT_TRUE(run(rig, noops, 1));
}

}  // namespace
}  // namespace mail::imap
