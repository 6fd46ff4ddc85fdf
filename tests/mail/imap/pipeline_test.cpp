#include "mail/imap/pipeline.h"

#include <gtest/gtest.h>

#include "mail/imap/ask.h"
#include "tests/fakes/scripted_stream.h"

namespace mail::imap {
namespace {

using fakes::any_line;
using fakes::client;
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

TEST(Pipeline, unknown_untagged_replies_are_passed_over) {
    Rig rig(
        {any_line(), server("* XFOO (\"\r\n* ENABLED\r\n* 4 XBAR\r\n* OK [XCODE a] x\r\nA1 OK")});
    Noops noops(1);
    EXPECT_TRUE(run(rig, noops, 1));
}

}  // namespace
}  // namespace mail::imap
