#include "mail/imap/fetch.h"

#include <gtest/gtest.h>

#include "tests/fakes/stepped_time.h"
#include "tests/mail/imap/part_record.h"
#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using fakes::any_line;
using fakes::client;
using fakes::hang_up;
using fakes::raw_server;
using fakes::server;
using tests::fetched;
using tests::PartRecord;
using tests::Play;
using tests::play_signed_in;

TEST(FetchParts, one_message_takes_one_command) {
    const Play play = play_signed_in(
        "BINARY", {client("A1 UID FETCH 7 (UID BINARY.PEEK[1.2] BODY.PEEK[2] BODY.PEEK[])"),
                   server("* 1 FETCH (UID 7 BINARY[1.2] ~{3}\r\nabc BODY[2] {2}\r\nde BODY[] "
                          "{4}\r\nfghi)\r\nA1 OK")});
    const PartRecord record = fetched(play, {{7, "1.2", "base64"}, {7, "2", "7bit"}, {7, "", ""}});
    EXPECT_EQ(record.shown(), "0:decoded:abc:whole 1:decoded:de:whole 2:decoded:fghi:whole");
    EXPECT_EQ(play.played->complaint, "");
}

TEST(FetchParts, what_the_sink_does_not_want_any_more_is_not_asked_for) {
    const Play play = play_signed_in("", {client("A1 UID FETCH 7 (UID BODY.PEEK[1])"),
                                          client("A2 UID FETCH 9 (UID BODY.PEEK[1])"),
                                          server("* 1 FETCH (UID 7 BODY[1] {3}\r\nabc)\r\nA1 OK"),
                                          server("* 1 FETCH (UID 9 BODY[1] {3}\r\nghi)\r\nA2 OK")});
    PartRecord record;
    record.unwanted = {1, 2};
    ASSERT_TRUE(fetch_parts(
        play.session(), {{7, "1", "7bit"}, {7, "2", "7bit"}, {8, "1", "7bit"}, {9, "1", "7bit"}},
        record, tests::soon()));
    EXPECT_EQ(record.wholes(), 2U);
    EXPECT_EQ(record.ends(), 2U);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(FetchParts, bodies_that_nobody_asked_for_buy_no_time) {
    tests::Script script{any_line()};
    for (int i = 0; i < 1000; ++i) {
        script.push_back(fakes::later(std::chrono::seconds(50)));
        script.push_back(server("* 9 FETCH (UID 9 BODY[2] {3}\r\nabc)"));
    }
    const Play play = play_signed_in("", script);
    const fakes::SteppedTime time;
    PartRecord record;
    const auto fetched = fetch_parts(play.session(), {{7, "2", "7bit"}}, record, time.wait());
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().cause, Cause::deadline);
}

TEST(FetchParts, encoded_parts_are_named_so) {
    const Play without =
        play_signed_in("", {client("A1 UID FETCH 7 (UID BODY.PEEK[1])"),
                            server("* 1 FETCH (UID 7 BODY[1] {4}\r\nYWJj)\r\nA1 OK")});
    EXPECT_EQ(fetched(without, {{7, "1", "base64"}}).shown(), "0:encoded:YWJj:whole");
    const Play unwanted =
        play_signed_in("BINARY", {client("A1 UID FETCH 7 (UID BODY.PEEK[1])"),
                                  server("* 1 FETCH (BODY[1] {1}\r\nx UID 7)\r\nA1 OK")});
    EXPECT_EQ(fetched(unwanted, {{7, "1", "base64", false}}).shown(), "0:encoded:x:whole");
    const Play uuencoded =
        play_signed_in("BINARY", {client("A1 UID FETCH 7 (UID BODY.PEEK[1])"),
                                  server("* 1 FETCH (BODY[1] {1}\r\nx UID 7)\r\nA1 OK")});
    EXPECT_EQ(fetched(uuencoded, {{7, "1", "x-uuencode"}}).shown(), "0:encoded:x:whole");
}

TEST(FetchParts, a_very_large_part_is_not_decoded_by_the_server) {
    const Play play = play_signed_in(
        "BINARY", {client("A1 UID FETCH 7 (UID BINARY.PEEK[1] BODY.PEEK[2] BINARY.PEEK[3])"),
                   server("A1 NO not now")});
    static_cast<void>(fetched(play, {{7, "1", "base64", true, 34'211'480},
                                     {7, "2", "base64", true, 68'422'004},
                                     {7, "3", "base64", true, 0}}));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(FetchParts, silence_before_a_large_part_is_no_fault) {
    const auto after = [](std::chrono::seconds silence, std::uint64_t octets) {
        const Play play = play_signed_in(
            "BINARY", {any_line(), fakes::later(silence),
                       server("* 1 FETCH (UID 7 BODY[1] {" + std::to_string(octets) + "}"),
                       raw_server(std::string(octets, 'x')), server(")\r\nA1 OK")});
        const fakes::SteppedTime time;
        PartRecord record;
        const auto done =
            fetch_parts(play.session(), {{7, "1", "7bit", true, octets}}, record, time.wait());
        return done ? record.parts[0].outcome : std::string(name_of(done.error().cause));
    };
    using std::chrono::seconds;
    EXPECT_EQ(after(seconds(55), 1000), "whole");
    EXPECT_EQ(after(seconds(65), 1000), "deadline");
    EXPECT_EQ(after(seconds(80), 50'000'000), "whole");
    // One that has to be asked for again, since the server decoded it otherwise.
    const Play play = play_signed_in(
        "BINARY", {client("A1 UID FETCH 7 (UID BINARY.PEEK[1])"), fakes::later(seconds(50)),
                   server("* 1 FETCH (UID 7 BINARY[1] NIL)\r\nA1 OK"),
                   client("A2 UID FETCH 7 (UID BODY.PEEK[1])"), fakes::later(seconds(50)),
                   server("* 1 FETCH (UID 7 BODY[1] {4}\r\nYWJj)\r\nA2 OK")});
    const fakes::SteppedTime time;
    PartRecord record;
    EXPECT_TRUE(fetch_parts(play.session(), {{7, "1", "base64", true, 4}}, record, time.wait()));
    EXPECT_EQ(record.shown(), "0:encoded:YWJj:whole");
}

TEST(FetchParts, messages_do_not_wait_for_each_other) {
    tests::Script script;
    std::vector<PartRequest> requests;
    for (Uid uid = 1; uid <= 90; ++uid) {
        script.push_back(client("A" + std::to_string(uid) + " UID FETCH " + std::to_string(uid) +
                                " (UID BODY.PEEK[2])"));
        requests.push_back({uid, "2", "7bit"});
    }
    for (Uid uid = 1; uid <= 90; ++uid)
        script.push_back(server("* 1 FETCH (UID " + std::to_string(uid) +
                                " BODY[2] {2}\r\nab)\r\nA" + std::to_string(uid) + " OK"));
    const Play play = play_signed_in("", script);
    EXPECT_EQ(fetched(play, requests).wholes(), 90U);
    EXPECT_EQ(play.played->complaint, "");
    EXPECT_EQ(play.played->waits, 2U);
}

TEST(FetchParts, a_server_that_cannot_decode_is_asked_for_the_octets) {
    for (const std::string said :
         {"A1 NO [UNKNOWN-CTE] no", "* 1 FETCH (UID 7 BINARY[1] NIL)\r\nA1 OK", "A1 BAD no",
          "* 1 FETCH (UID 7)\r\nA1 OK"}) {
        const Play play =
            play_signed_in("BINARY", {client("A1 UID FETCH 7 (UID BINARY.PEEK[1])"), server(said),
                                      client("A2 UID FETCH 7 (UID BODY.PEEK[1])"),
                                      server("* 1 FETCH (UID 7 BODY[1] {4}\r\nYWJj)\r\nA2 OK")});
        EXPECT_EQ(fetched(play, {{7, "1", "base64"}}).shown(), "0:encoded:YWJj:whole") << said;
        EXPECT_EQ(play.played->complaint, "");
    }
}

TEST(FetchParts, every_form_of_a_body_is_taken) {
    for (const std::string form :
         {"UID 7 BODY[1] {3}\r\nabc", "BODY[1] {3}\r\nabc UID 7", "UID 7 BODY[1] \"abc\"",
          "BODY[1] \"abc\" UID 7", "UID 7 BODY[1]<0> {3}\r\nabc", "uid 7 body[1] ~{3}\r\nabc",
          "UID 7 BODY.PEEK[1] {3}\r\nabc", "BINARY.peek[1] {3}\r\nabc UID 7",
          "FLAGS (\\Seen) BODY[1] {3+}\r\nabc X (\")\") UID 7"}) {
        const Play play = play_signed_in(
            "", {any_line(), server("* 3 FETCH (FLAGS ())\r\n* 1 FETCH (" + form + ")\r\nA1 OK")});
        EXPECT_EQ(fetched(play, {{7, "1", "7bit"}}).shown(), "0:decoded:abc:whole") << form;
    }
}

TEST(FetchParts, what_is_missing_or_foreign_is_never_whole) {
    const std::vector<std::pair<std::string, std::string>> table{
        // Another message's body, told before or behind it, or not at all.
        {"* 1 FETCH (UID 9 BODY[1] {3}\r\nabc)\r\nA1 OK", "0:wrong_message"},
        {"* 1 FETCH (BODY[1] {3}\r\nabc UID 9)\r\nA1 OK", "0:decoded:abc:wrong_message"},
        {"* 1 FETCH (BODY[1] {3}\r\nabc)\r\nA1 OK", "0:decoded:abc:wrong_message"},
        {"* 1 FETCH (UID 9 BODY[1] \"abc\")\r\nA1 OK", "0:wrong_message"},
        {"* 1 FETCH (BODY[1] \"abc\")\r\nA1 OK", "0:wrong_message"},
        // The right message, but another section, or a piece from the middle.
        {"* 1 FETCH (UID 7 BODY[2] {3}\r\nabc)\r\nA1 OK", "0:part_missing"},
        {"* 1 FETCH (UID 7 BODY[1]<5> {3}\r\nabc)\r\nA1 OK", "0:part_missing"},
        // Removed by another client: Dovecot, Hoodiecrow; or only the part is not there.
        {"* 1 FETCH (UID 7 BODY[1] NIL)\r\nA1 OK [EXPUNGEISSUED] x", "0:message_gone"},
        {"A1 OK", "0:message_gone"},
        {"A1 NO [NONEXISTENT] x", "0:message_gone"},
        {"* 1 FETCH (UID 7 BODY[1] NIL)\r\nA1 OK", "0:part_missing"},
        {"* 1 FETCH (UID 7 BODY[1] {0}\r\n)\r\nA1 OK", "0:decoded::part_missing"},
        {"* 1 FETCH (UID 7 BODY[1] \"\")\r\nA1 OK", "0:decoded::part_missing"},
        {"* 1 FETCH (UID 7)\r\nA1 OK", "0:part_missing"},
        {"A1 NO no", "0:server_refused"},
        {"A1 BAD no", "0:server_refused"},
        // The rest of the reply is damaged.
        {"* 1 FETCH (UID 7 BODY[1] {3}\r\nabc X (\r\nA1 OK", "0:decoded:abc:part_incomplete"},
    };
    for (const auto& [said, expected] : table) {
        const Play play = play_signed_in("", {any_line(), server(said)});
        EXPECT_EQ(fetched(play, {{7, "1", "7bit", true, 3}}).shown(), expected) << said;
    }
}

TEST(FetchParts, a_size_that_is_not_the_structures_is_never_whole) {
    const auto outcome = [](const std::string& said, const PartRequest& request) {
        const Play play = play_signed_in("BINARY", {any_line(), server(said)});
        return fetched(play, {request}).parts.at(0).outcome;
    };
    const std::string three = "* 1 FETCH (UID 7 BODY[1] {3}\r\nabc)\r\nA1 OK";
    EXPECT_EQ(outcome(three, {7, "1", "7bit", true, 3}), "whole");
    EXPECT_EQ(outcome(three, {7, "1", "7bit", true, 0}), "whole");
    EXPECT_EQ(outcome(three, {7, "1", "7bit", true, 4}), "part_incomplete");
    EXPECT_EQ(outcome(three, {7, "1", "7bit", true, 2}), "part_incomplete");
    EXPECT_EQ(outcome(three, {7, "1", "base64", false, 4}), "part_incomplete");
    EXPECT_EQ(outcome("* 1 FETCH (UID 7 BODY[1] \"abc\")\r\nA1 OK", {7, "1", "7bit", true, 4}),
              "part_incomplete");
    // A mail with two line ends, as servers count them that keep LF alone.
    const std::string lines = "* 1 FETCH (UID 7 BODY[1] {6}\r\na\r\nb\r\n)\r\nA1 OK";
    for (const auto& [size, expected] :
         {std::pair{4U, "whole"}, std::pair{8U, "whole"}, std::pair{5U, "part_incomplete"},
          std::pair{7U, "part_incomplete"}})
        EXPECT_EQ(outcome(lines, {7, "1", "7bit", true, size}), expected) << size;
}

/// What becomes of a part of `said` octets of which the server has decoded so many: "whole", or
/// "again" where it is asked for as it is.
std::string decoded(std::size_t came, std::uint64_t said) {
    const std::string body(said, 'A');
    const Play play =
        play_signed_in("BINARY", {any_line(),
                                  server("* 1 FETCH (UID 7 BINARY[1] ~{" + std::to_string(came) +
                                         "}\r\n" + std::string(came, 'x') + ")\r\nA1 OK"),
                                  client("A2 UID FETCH 7 (UID BODY.PEEK[1])"),
                                  server("* 1 FETCH (UID 7 BODY[1] {" + std::to_string(said) +
                                         "}\r\n" + body + ")\r\nA2 OK")});
    const PartRecord::Part part = fetched(play, {{7, "1", "base64", true, said}}).parts.at(0);
    if (part.outcome == "whole" && part.ends == 1 && part.data == body)
        return "again";
    return part.outcome == "whole" && part.data.size() == came ? "whole" : "neither";
}

TEST(FetchParts, what_the_server_decoded_counts_where_usual_lines_give_just_that) {
    // 1,000 octets are 1,336 letters: 18 lines of 76, 19 of 72, 21 of 64, 23 of 60, or one.
    for (const std::uint64_t lines : {18U, 19U, 21U, 23U, 1U})
        for (const std::uint64_t line_end : {1U, 2U})
            for (const std::uint64_t at_the_end : {0U, 1U, 2U})
                EXPECT_EQ(decoded(1'000, 1'336 + (lines - 1 + at_the_end) * line_end), "whole")
                    << lines << ' ' << line_end << ' ' << at_the_end;
    for (const std::size_t octets : {1U, 2U, 3U, 56U, 57U, 58U})
        EXPECT_EQ(decoded(octets, (octets + 2) / 3 * 4 + (octets > 57 ? 4 : 2)), "whole") << octets;
}

TEST(FetchParts, what_the_server_decoded_and_cut_is_asked_for_again_as_it_is) {
    for (const std::size_t came :
         {9'997U, 9'980U, 9'900U, 9'600U, 7'000U, 1U, 0U, 10'003U, 13'336U})
        EXPECT_EQ(decoded(came, 13'336 + 2 * 176), "again") << came;
    EXPECT_EQ(decoded(837, 1'272), "again");
    EXPECT_EQ(decoded(1'000, 1'336 + 2 * 13), "again") << "lines of 100 letters";
    EXPECT_EQ(decoded(0, 2), "again");
}

TEST(FetchParts, a_foreign_or_cut_short_answer_leaves_the_part_to_be_asked_for_again) {
    // It is refused at its first octet, before its UID has come.
    const Play play = play_signed_in(
        "BINARY", {any_line(), server("* 1 FETCH (BINARY[1] {5}\r\nabcde UID 9)\r\nA1 OK"),
                   client("A2 UID FETCH 7 (UID BODY.PEEK[1])"),
                   server("* 1 FETCH (UID 7 BODY[1] {4}\r\nYWJj)\r\nA2 OK")});
    EXPECT_EQ(fetched(play, {{7, "1", "base64", true, 4}}).shown(), "0:encoded:YWJj:whole");
    // The tag of a message that is gone speaks for all.
    const Play gone = play_signed_in(
        "BINARY",
        {any_line(), server("* 1 FETCH (UID 7 BINARY[1] {5}\r\nabcde)\r\nA1 NO [EXPUNGEISSUED]")});
    EXPECT_EQ(fetched(gone, {{7, "1", "base64", true, 4}}).shown(), "0:message_gone");
}

TEST(FetchParts, only_base64_is_left_to_the_server_to_decode) {
    // What quoted-printable decodes to says nothing about what was cut; its own size does.
    const Play play =
        play_signed_in("BINARY", {client("A1 UID FETCH 7 (UID BODY.PEEK[1])"),
                                  server("* 1 FETCH (UID 7 BODY[1] {3}\r\na=3)\r\nA1 OK")});
    EXPECT_EQ(fetched(play, {{7, "1", "quoted-printable", true, 6}}).shown(),
              "0:encoded:a=3:part_incomplete");
}

TEST(FetchParts, an_empty_part_is_whole_where_nothing_else_was_promised) {
    const Play play =
        play_signed_in("", {any_line(), server("* 1 FETCH (UID 7 BODY[1] {0}\r\n)\r\nA1 OK")});
    EXPECT_EQ(fetched(play, {{7, "1", "7bit"}}).shown(), "0:decoded::whole");
}

TEST(FetchParts, a_cut_connection_leaves_the_rest_without_end) {
    const std::string whole =
        "* 1 FETCH (UID 7 BODY[1] {3}\r\nabc BODY[2] {3}\r\ndef)\r\nA1 OK\r\n";
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        const Play play =
            play_signed_in("", {any_line(), raw_server(whole.substr(0, cut)), hang_up()});
        const PartRecord record = fetched(play, {{7, "1", "7bit"}, {7, "2", "7bit"}});
        const bool reply_came = cut >= whole.find(")\r\n") + 3;
        EXPECT_EQ(record.result.error().cause, Cause::connection_lost) << cut;
        EXPECT_EQ(record.wholes(), reply_came ? 2U : 0U) << cut;
        EXPECT_EQ(record.ends(), record.wholes()) << cut;
    }
}

TEST(FetchParts, fewer_messages_without_an_expunge_mean_that_numbers_mean_others) {
    const auto played = [](const std::string& counts) {
        const Play play = play_signed_in(
            "", {any_line(), any_line(),
                 raw_server("* 1 FETCH (UID 7 BODY[1] {3}\r\nabc)\r\nA1 OK\r\n" + counts +
                            "* 2 FETCH (UID 8 BODY[1] {3}\r\ndef)\r\nA2 OK\r\n")});
        return fetched(play, {{7, "1", "7bit"}, {8, "1", "7bit"}});
    };
    const PartRecord anew = played("* 5 EXISTS\r\n* 4 EXISTS\r\n");
    EXPECT_EQ(anew.result.error().cause, Cause::uidvalidity_changed);
    EXPECT_EQ(anew.result.error().reach, Reach::connection);
    EXPECT_EQ(anew.wholes(), 1U);
    EXPECT_EQ(played("* 5 EXISTS\r\n* 3 EXPUNGE\r\n* 4 EXISTS\r\n* 6 EXISTS\r\n").wholes(), 2U);
}

TEST(FetchParts, a_sink_may_refuse_a_part_and_the_others_go_on) {
    for (const std::size_t refuse_at : {0U, 1U, 2U}) {
        PartRecord record;
        record.refuse_request = 0;
        record.refuse_call = refuse_at;
        record.refusal = Error{Cause::part_too_large, Layer::fetch, Reach::part, {}};
        const Play play = play_signed_in(
            "", {any_line(),
                 server("* 1 FETCH (UID 7 BODY[1] {3}\r\nabc BODY[2] {3}\r\ndef)\r\nA1 OK")});
        record.result = fetch_parts(play.session(), {{7, "1", "7bit"}, {7, "2", "7bit"}}, record,
                                    tests::soon());
        EXPECT_TRUE(record.result);
        EXPECT_EQ(record.parts[1].data, "def");
        EXPECT_EQ(record.parts[0].ends, 1U);
        EXPECT_EQ(record.parts[0].outcome, refuse_at == 2 ? "whole" : "part_too_large");
    }
}

TEST(FetchParts, a_sink_may_stop_all) {
    for (const std::size_t refuse_at : {0U, 1U, 2U}) {
        PartRecord record;
        record.refuse_request = 0;
        record.refuse_call = refuse_at;
        record.refusal = Error{Cause::disk_full, Layer::target, Reach::point, {}};
        const Play play = play_signed_in(
            "", {any_line(),
                 server("* 1 FETCH (UID 7 BODY[1] {3}\r\nabc BODY[2] {3}\r\ndef)\r\nA1 OK")});
        record.result = fetch_parts(play.session(), {{7, "1", "7bit"}, {7, "2", "7bit"}}, record,
                                    tests::soon());
        EXPECT_EQ(record.result.error().cause, Cause::disk_full);
        // What was underway cannot be told from what comes: nothing more is said on this line.
        EXPECT_FALSE(play.session().folders(tests::soon()));
    }
}

TEST(FetchParts, sections_that_are_none_are_never_sent) {
    const Play play = play_signed_in("", {any_line()});
    const PartRecord record =
        fetched(play, {{7, "1]\r\nA2 LOGOUT", ""}, {7, "1] {5}", ""}, {0, "1", ""}});
    EXPECT_EQ(record.shown(), "0:part_missing 1:part_missing 2:part_missing");
    EXPECT_EQ(play.played->written, "");
}

TEST(FetchParts, a_large_part_passes_in_pieces) {
    constexpr std::size_t octets = 50'000'000;
    const Play play = play_signed_in(
        "",
        {any_line(), raw_server("* 1 FETCH (UID 7 BODY[1] {" + std::to_string(octets) + "}\r\n"),
         raw_server(std::string(octets, 'x')), server(")\r\nA1 OK")});
    const PartRecord record = fetched(play, {{7, "1", "7bit"}});
    EXPECT_EQ(record.parts[0].data.size(), octets);
    EXPECT_LE(record.largest, 256U << 10U);
    EXPECT_EQ(record.wholes(), 1U);
}

TEST(FetchParts, any_split_gives_the_same) {
    const std::string said =
        "* 3 FETCH (FLAGS ())\r\n* 1 FETCH (BODY[1] {14}\r\n)\r\nA1 OK done\r UID "
        "7 BODY[2] \"d\")\r\nA1 OK\r\n";
    for (std::size_t octets = 1; octets < said.size(); ++octets) {
        const Play play =
            play_signed_in("", {any_line(), raw_server(said)},
                           {fakes::ScriptedStream::Begins::encrypted, octets, octets});
        EXPECT_EQ(fetched(play, {{7, "1", "7bit"}, {7, "2", "7bit"}}).shown(),
                  "0:decoded:)\r\nA1 OK done\r:whole 1:decoded:d:whole")
            << octets;
    }
}

}  // namespace
}  // namespace mail::imap
