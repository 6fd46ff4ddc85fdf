// Conversations in which other clients have lost, mixed up or invented data: the right data or an
// error must come out, never other data.

#include <random>

#include <gtest/gtest.h>

#include "mail/imap/fetch.h"
#include "mail/imap/listing.h"
#include "tests/fakes/stepped_time.h"
#include "tests/mail/imap/part_record.h"
#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using fakes::any_line;
using fakes::raw_server;
using fakes::server;
using tests::fetched;
using tests::Play;
using tests::play_signed_in;

std::vector<MessageData> list(const Play& play, const std::vector<Uid>& uids) {
    std::vector<MessageData> messages;
    const auto done = list_messages(
        play.session(), {uids}, std::identity{},
        [&](MessageData one) { messages.push_back(std::move(one)); }, tests::soon());
    EXPECT_TRUE(done);
    return messages;
}

TEST(Hostile, uid_1_answered_with_the_body_of_uid_9) {
    const Play play =
        play_signed_in("", {any_line(), server("* 9 FETCH (UID 9 BODY[] {5}\r\nnine!)\r\nA1 OK")});
    EXPECT_EQ(fetched(play, {{1, "", ""}}).shown(), "0:wrong_message");
}

TEST(Hostile, the_same_with_the_uid_behind_the_body) {
    const Play play =
        play_signed_in("", {any_line(), server("* 9 FETCH (BODY[] {5}\r\nnine! UID 9)\r\nA1 OK")});
    EXPECT_EQ(fetched(play, {{1, "", ""}}).parts[0].outcome, "wrong_message");
}

TEST(Hostile, two_literals_in_one_fetch) {
    const Play play = play_signed_in(
        "",
        {any_line(),
         server("* 1 FETCH (UID 1 BODY[HEADER] {6}\r\nhead\r\n BODY[TEXT] {4}\r\ntext)\r\nA1 OK")});
    EXPECT_EQ(fetched(play, {{1, "HEADER", ""}, {1, "TEXT", ""}}).shown(),
              "0:decoded:head\r\n:whole 1:decoded:text:whole");
}

TEST(Hostile, a_structure_with_a_literal_file_name) {
    const Play play = play_signed_in(
        "", {any_line(),
             server("* 1 FETCH (UID 1 ENVELOPE (NIL \"s\") BODYSTRUCTURE (\"APPLICATION\" \"PDF\" "
                    "(\"NAME\" {14}\r\nfakt\"(1).pdf \") NIL NIL \"BASE64\" 10) RFC822.SIZE "
                    "77)\r\nA1 OK")});
    const auto messages = list(play, {1});
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].structure.at(0).parameters.at(0).second, "fakt\"(1).pdf \"");
    EXPECT_EQ(messages[0].size_octets, 77U);
}

TEST(Hostile, a_text_with_a_forged_tag) {
    const std::string mail = "x\r\nA1 OK Fetch completed\r\n* BYE x\r\nA2 OK\r\n";
    const Play play = play_signed_in(
        "", {any_line(), any_line(),
             server("* 1 FETCH (UID 1 BODY[] {" + std::to_string(mail.size()) + "}\r\n" + mail +
                    ")\r\nA1 OK\r\n* 2 FETCH (UID 2 BODY[] {1}\r\ny)\r\nA2 OK")});
    EXPECT_EQ(fetched(play, {{1, "", ""}, {2, "", ""}}).shown(),
              "0:decoded:" + mail + ":whole 1:decoded:y:whole");
}

TEST(Hostile, envelopes_of_several_messages) {
    const Play play = play_signed_in(
        "", {any_line(), server("* 1 FETCH (ENVELOPE (NIL {5}\r\none\r\n) UID 1)\r\n"
                                "* 2 FETCH (UID 2 ENVELOPE (NIL \"two\"))\r\nA1 OK")});
    const auto messages = list(play, {1, 2});
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].envelope.raw_subject, "two");
    EXPECT_EQ(messages[1].envelope.raw_subject, "one\r\n");
}

TEST(Hostile, unsolicited_flags_before_the_body) {
    const Play play = play_signed_in(
        "", {any_line(), server("* 3 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (FLAGS (\\Seen) UID 1)\r\n"
                                "* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\nA1 OK")});
    EXPECT_EQ(fetched(play, {{1, "", ""}}).shown(), "0:decoded:abc:whole");
}

TEST(Hostile, a_body_as_a_quoted_string) {
    const Play play = play_signed_in(
        "", {any_line(), server("* 1 FETCH (UID 1 BODY[] \"a\\\"b\\\\c\")\r\nA1 OK")});
    EXPECT_EQ(fetched(play, {{1, "", ""}}).shown(), "0:decoded:a\"b\\c:whole");
}

TEST(Hostile, a_search_line_above_64_kilobytes) {
    std::string line = "* SEARCH";
    std::vector<Uid> expected;
    for (Uid uid = 100'001; uid <= 109'400; ++uid) {
        line += " " + std::to_string(uid);
        expected.push_back(uid);
    }
    const Play play = play_signed_in(
        "", {any_line(), any_line(), server("A1 OK"), server(line), server("A2 OK")});
    EXPECT_EQ(play.session().examine_with_uids("INBOX", tests::soon()).value().uids, expected);
}

TEST(Hostile, preauth_in_clear_where_tls_is_wanted) {
    tests::Opening opening = tests::clear_opening();
    for (const auto encryption :
         {net::Encryption::automatic, net::Encryption::starttls, net::Encryption::tls}) {
        opening.endpoint.encryption = encryption;
        const Play play = tests::play({server("* PREAUTH hi"), any_line()}, opening);
        EXPECT_EQ(play.cause(), Cause::preauth_in_clear);
        EXPECT_EQ(play.played->written, "");
    }
}

TEST(Hostile, replies_injected_behind_starttls) {
    tests::Opening opening = tests::clear_opening();
    opening.endpoint.encryption = net::Encryption::starttls;
    const Play play = tests::play(
        {server("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi"), any_line(),
         raw_server("A1 OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA2 OK\r\nA3 OK\r\n"),
         any_line()},
        opening);
    EXPECT_EQ(play.cause(), Cause::bytes_before_tls);
    EXPECT_EQ(play.played->written, "A1 STARTTLS\r\n");
}

TEST(Hostile, sizes_of_literals_that_cannot_be) {
    for (const std::string size : {"99999999999999999999", "4294967296", "-1", "007"}) {
        const Play play =
            play_signed_in("", {any_line(), server("* 1 FETCH (UID 1 BODY[] {" + size + "}"),
                                server("abc)\r\nA1 OK")});
        const auto record = fetched(play, {{1, "", ""}});
        EXPECT_EQ(record.result.error().cause, Cause::literal_size) << size;
        EXPECT_EQ(record.ends(), 0U);
    }
}

TEST(Hostile, no_name_of_a_folder_gives_a_second_command_line) {
    std::mt19937 random(7);
    constexpr std::string_view nasty("\r\n\0\"\\{}+~* ()%&aA1\xc4\x85\xff\x7f", 22);
    for (int round = 0; round < 1000; ++round) {
        std::string name = "x";
        for (auto length = random() % 12; length > 0; --length)
            name += nasty[random() % nasty.size()];
        const Play play = play_signed_in(round % 2 == 0 ? "LITERAL+" : "", {any_line()});
        const fakes::SteppedTime time;
        static_cast<void>(play.session().examine_with_uids(name, time.wait()));
        std::string_view raw = play.played->written;
        for (std::size_t end = 0; (end = raw.find("\r\n")) != std::string_view::npos;
             raw.remove_prefix(end + 2)) {
            const std::string_view line = raw.substr(0, end);
            EXPECT_TRUE(line.starts_with("A1 EXAMINE ") || line.starts_with("A2 UID SEARCH "))
                << line;
            EXPECT_EQ(line.find_first_of(std::string_view("\r\n\0", 3)), std::string_view::npos);
        }
        EXPECT_EQ(raw, "");
    }
}

TEST(Hostile, a_uid_that_the_server_clamps) {
    // GNU Mailutils 3.15 answers for a UID that is not there with its last message.
    const Play play = play_signed_in(
        "", {any_line(), server("* 3 FETCH (UID 3 BODY[1] {4}\r\nlast)\r\n* 2 EXPUNGED\r\nA1 OK")});
    EXPECT_EQ(fetched(play, {{777, "1", "7bit"}}).shown(), "0:wrong_message");
}

}  // namespace
}  // namespace mail::imap
