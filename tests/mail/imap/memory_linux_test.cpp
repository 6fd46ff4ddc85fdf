// What a server announces costs nothing before it comes, and what comes is not kept: sizes that are
// refused, sizes that would be right and never come, and a mail of 100 MB.

#include <chrono>

#include <gtest/gtest.h>

#include "mail/imap/fetch.h"
#include "tests/fakes/heap_linux.h"
#include "tests/mail/imap/part_record.h"
#include "tests/mail/imap/play.h"
#include "tests/mail/imap/replies.h"

namespace mail::imap {
namespace {

using fakes::any_line;
using fakes::HeapGrowth;
using fakes::raw_server;
using fakes::server;
using tests::Play;
using tests::play_signed_in;

constexpr std::size_t megabyte = 1'000'000;

/// What became of a part that was asked for, where the server answers so and hangs up.
struct Answered {
    std::string outcome;  ///< "whole", or the cause
    std::size_t peak_octets = 0;
    std::chrono::steady_clock::duration time{};
};

/// Counts and forgets.
class Counting final : public PartSink {
public:
    Result<void> begin(std::size_t, Form) override { return {}; }
    Result<void> data(std::size_t, std::string_view raw) override {
        octets += raw.size();
        return {};
    }
    Result<void> end(std::size_t, Result<void> result) override {
        outcome = result ? "whole" : name_of(result.error().cause);
        return {};
    }
    std::uint64_t octets = 0;
    std::string outcome = "never ended";
};

Answered answered(const std::vector<fakes::ScriptStep>& said, Counting& sink) {
    tests::Script script{any_line()};
    script.insert(script.end(), said.begin(), said.end());
    script.push_back(fakes::hang_up());
    const Play play = play_signed_in("BINARY", script);
    const auto begin = std::chrono::steady_clock::now();
    const HeapGrowth growth;
    const auto done = fetch_parts(play.session(), {{1, "2", "7bit"}}, sink, tests::soon());
    return {done ? sink.outcome : std::string(name_of(done.error().cause)), growth.peak_octets(),
            std::chrono::steady_clock::now() - begin};
}

Answered answered(const std::string& line) {
    Counting sink;
    return answered({server(line)}, sink);
}

const std::vector<std::string> before_a_size{
    "* 1 FETCH (UID 1 BODY[2] ", "* 1 FETCH (UID 1 BINARY[2] ~",     "* 1 FETCH (ENVELOPE (NIL ",
    "* LIST () \"/\" ",          "* 1 FETCH (BODYSTRUCTURE (\"A\" ", "A1 XFOO "};

TEST(HostileMemory, sizes_that_can_not_be_are_refused_at_once_and_cost_nothing) {
    for (const std::string& before : before_a_size)
        for (const std::string size :
             {"9999999999999999999", "99999999999999999999", "18446744073709551617", "4294967296",
              "-1", "-4294967295", "007", "00"}) {
            const Answered one = answered(before + "{" + size + "}");
            EXPECT_EQ(one.outcome, "literal_size") << before << size;
            EXPECT_LT(one.peak_octets, megabyte) << before << size;
            EXPECT_LT(one.time, std::chrono::seconds(1)) << before << size;
        }
}

TEST(HostileMemory, sizes_that_are_never_kept_whole_cost_nothing) {
    for (const std::string& before : before_a_size)
        for (const std::string size : {"33000000", "40000000", "4294967295"}) {
            const bool streams = before.ends_with("[2] ") || before.ends_with("~");
            const bool is_too_long = !streams && size != "33000000";
            const Answered one = answered(before + "{" + size + "}");
            EXPECT_EQ(one.outcome, is_too_long ? "reply_too_long" : "connection_lost")
                << before << size;
            EXPECT_LT(one.peak_octets, megabyte) << before << size << ": nothing of it has come";
            EXPECT_LT(one.time, std::chrono::seconds(1)) << before << size;
        }
}

TEST(HostileMemory, a_part_of_100_megabytes_passes_through_less_than_one) {
    constexpr std::size_t octets = 100 * megabyte;
    for (const std::string item : {"BODY[2] {", "BINARY[2] ~{"}) {
        Counting sink;
        const Answered one =
            answered({raw_server("* 1 FETCH (UID 1 " + item + std::to_string(octets) + "}\r\n"),
                      raw_server(std::string(octets, 'x')), server(")\r\nA1 OK")},
                     sink);
        EXPECT_EQ(one.outcome, "whole") << item;
        EXPECT_EQ(sink.octets, octets);
        EXPECT_LT(one.peak_octets, megabyte) << item;
    }
}

TEST(HostileMemory, many_small_literals_take_linear_time) {
    // As long as a reply may be, and nearly all of it announcements.
    const auto time_of = [](std::size_t literals) {
        std::string raw = "* XFOO (";
        for (std::size_t i = 0; i < literals; ++i)
            raw += "{1}\r\nx ";
        const auto begin = std::chrono::steady_clock::now();
        const Reply reply = tests::reply_of(raw + ")");
        EXPECT_TRUE(parse_response(reply));
        EXPECT_GT(reply.raw.size(), literals * 6);
        return std::chrono::steady_clock::now() - begin;
    };
    const auto few = time_of(100'000);
    const auto many = time_of(1'000'000);
    // Ten times as many; were it quadratic, it would take a hundred times as long.
    EXPECT_LT(many, 40 * few + std::chrono::milliseconds(500));
}

}  // namespace
}  // namespace mail::imap
