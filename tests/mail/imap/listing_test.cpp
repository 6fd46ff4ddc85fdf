#include "mail/imap/listing.h"

#include <gtest/gtest.h>

#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using fakes::any_line;
using fakes::client;
using fakes::server;
using tests::Play;
using tests::play_signed_in;
using tests::Script;

const std::string items = " (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)";

std::string fetched(Uid uid, const std::string& subject = "s") {
    return "* 1 FETCH (UID " + std::to_string(uid) +
           " FLAGS (\\Seen) INTERNALDATE \"03-Nov-2026 10:00:00 +0000\" RFC822.SIZE 10 ENVELOPE "
           "(NIL \"" +
           subject +
           "\" NIL NIL NIL NIL NIL NIL NIL NIL) BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL "
           "NIL \"7BIT\" 1 1))\r\n";
}

struct Listed {
    std::vector<MessageData> messages;
    Result<std::vector<Unlisted>> unlisted;
    [[nodiscard]] std::vector<Uid> uids() const {
        std::vector<Uid> all;
        for (const MessageData& message : messages)
            all.push_back(message.uid);
        return all;
    }
};

using Portions = ListRequest::Portions;

Listed list(const Play& play, const std::vector<Uid>& uids, Portions portions = Portions::large) {
    Listed listed;
    listed.unlisted = list_messages(
        play.session(), {uids, portions}, std::identity{},
        [&](MessageData data) { listed.messages.push_back(std::move(data)); }, tests::soon());
    return listed;
}

TEST(UidsMatching, a_refusal_is_not_the_answer_that_there_are_none) {
    for (const std::string said : {"A1 NO [UNAVAILABLE] later", "A1 BAD no"}) {
        const Play play = play_signed_in("", {any_line(), server(said)});
        const auto found = uids_matching(play.session(), {1, 2}, "BODY x", tests::soon());
        ASSERT_FALSE(found) << said;
        EXPECT_EQ(found.error().reach, Reach::message) << "listing and taking go on";
    }
}

TEST(UidsMatching, where_the_set_would_mean_sequence_numbers_all_are_searched) {
    const Play mailutils =
        play_signed_in("", {client("A1 UID SEARCH BODY x"), server("* SEARCH 4 5 7\r\nA1 OK")});
    EXPECT_EQ(uids_matching(mailutils.session(), {7, 6, 5}, "BODY x", tests::soon()).value(),
              (std::vector<Uid>{5, 7}));
    EXPECT_EQ(mailutils.played->complaint, "");
    const Play other = play_signed_in(
        "UIDPLUS", {client("A1 UID SEARCH UID 5:7 BODY x"), server("* SEARCH 5 7\r\nA1 OK")});
    EXPECT_EQ(uids_matching(other.session(), {7, 6, 5}, "BODY x", tests::soon()).value(),
              (std::vector<Uid>{5, 7}));
    EXPECT_EQ(other.played->complaint, "");
}

TEST(ListMessages, come_newest_first_with_all_they_have) {
    const Play play =
        play_signed_in("", {client("A1 UID FETCH 3,5:6" + items),
                            server(fetched(3) + fetched(5, "five") + fetched(6) + "A1 OK")});
    const Listed listed = list(play, {5, 3, 6, 5});
    EXPECT_TRUE(listed.unlisted.value().empty());
    EXPECT_EQ(listed.uids(), (std::vector<Uid>{6, 5, 3}));
    EXPECT_EQ(listed.messages[1].envelope.raw_subject, "five");
    EXPECT_EQ(listed.messages[1].structure.size(), 1U);
    EXPECT_EQ(listed.messages[1].flags, (std::vector<std::string>{"\\Seen"}));
    EXPECT_FALSE(listed.messages[1].structure_error);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(ListMessages, are_made_as_the_server_tells_them_and_taken_newest_first) {
    const Play play = play_signed_in("", {any_line(), server(fetched(1) + fetched(3) + fetched(2) +
                                                             fetched(3, "again") + "A1 OK")});
    std::vector<Uid> made;
    std::vector<std::string> taken;
    const auto unlisted = list_messages(
        play.session(), {{1, 2, 3}},
        [&](const MessageData& data) {
            made.push_back(data.uid);
            return std::to_string(data.uid) + data.envelope.raw_subject;
        },
        [&](std::string row) { taken.push_back(std::move(row)); }, tests::soon());
    EXPECT_TRUE(unlisted.value().empty());
    EXPECT_EQ(made, (std::vector<Uid>{1, 3, 2}));
    EXPECT_EQ(taken, (std::vector<std::string>{"3s", "2s", "1s"}));
}

TEST(ListMessages, nothing_asked_is_nothing_said) {
    const Play play = play_signed_in("", {any_line()});
    EXPECT_TRUE(list(play, {}).unlisted.value().empty());
    EXPECT_EQ(play.played->written, "");
}

TEST(ListMessages, a_damaged_structure_leaves_the_message) {
    const Play play = play_signed_in(
        "", {any_line(), server("* 1 FETCH (BODYSTRUCTURE (\"A\" (((\"x\")))) UID 3 ENVELOPE (NIL "
                                "\"s\"))\r\nA1 OK")});
    const Listed listed = list(play, {3});
    EXPECT_TRUE(listed.unlisted.value().empty());
    ASSERT_EQ(listed.messages.size(), 1U);
    EXPECT_TRUE(listed.messages[0].structure_error);
    EXPECT_EQ(listed.messages[0].envelope.raw_subject, "s");
}

TEST(ListMessages, a_damaged_message_condemns_itself_only) {
    const std::string damaged = "* 4 FETCH (ENVELOPE \"\r\n";
    const Play play = play_signed_in(
        "UIDPLUS",
        {any_line(),
         server(fetched(1) + "* 2 FETCH (UID 2 ENVELOPE (x (\r\n" + fetched(3) + damaged + "A1 OK"),
         client("A2 UID SEARCH UID 4 ALL"), server("* SEARCH 4\r\nA2 OK"), any_line(),
         server(damaged + "A3 OK"), any_line(), server("* SEARCH 4\r\nA4 OK")});
    const Listed listed = list(play, {1, 2, 3, 4});
    EXPECT_EQ(listed.uids(), (std::vector<Uid>{3, 1}));
    const auto unlisted = listed.unlisted.value();
    ASSERT_EQ(unlisted.size(), 2U);
    EXPECT_EQ(unlisted[0].uid, 2U);
    EXPECT_EQ(unlisted[0].error.reach, Reach::message);
    EXPECT_EQ(unlisted[1].uid, 4U) << "the server has it: it must not vanish";
    EXPECT_NE(unlisted[1].error.fact("offset"), "");
    EXPECT_EQ(play.played->complaint, "");
}

TEST(ListMessages, one_that_the_server_leaves_out_and_still_has_does_not_vanish) {
    for (const std::string said : {"", "* 1 FETCH (UID 5 FLAGS ())\r\n"}) {
        const Play play = play_signed_in(
            "UIDPLUS",
            {any_line(), server(fetched(3) + said + "A1 OK"), client("A2 UID SEARCH UID 5 ALL"),
             server("* SEARCH 5\r\nA2 OK"), client("A3 UID FETCH 5" + items),
             server(said + "A3 OK"), any_line(), server("* SEARCH 5\r\nA4 OK")});
        const Listed listed = list(play, {3, 5});
        EXPECT_EQ(listed.uids(), (std::vector<Uid>{3}));
        ASSERT_EQ(listed.unlisted.value().size(), 1U);
        EXPECT_EQ(listed.unlisted->at(0).uid, 5U);
        EXPECT_EQ(listed.unlisted->at(0).error.cause, Cause::reply_malformed);
    }
}

TEST(ListMessages, a_server_that_tells_two_at_a_time_tells_all_in_the_end) {
    const Play play = play_signed_in(
        "UIDPLUS",
        {any_line(), server(fetched(5) + fetched(4) + "A1 OK [MESSAGELIMIT 2 4] partial"),
         client("A2 UID SEARCH UID 1:3 ALL"), server("* SEARCH 1 2 3\r\nA2 OK"), any_line(),
         server(fetched(3) + fetched(2) + "A3 OK"), any_line(), server("* SEARCH 1\r\nA4 OK"),
         any_line(), server(fetched(1) + "A5 OK")});
    const Listed listed = list(play, {1, 2, 3, 4, 5});
    EXPECT_EQ(listed.uids(), (std::vector<Uid>{5, 4, 3, 2, 1}));
    EXPECT_TRUE(listed.unlisted.value().empty());
    EXPECT_EQ(play.played->complaint, "");
}

TEST(ListMessages, blanks_too_many_are_passed_over) {
    const Play play = play_signed_in(
        "",
        {any_line(),
         server("* 1 FETCH (UID  3  FLAGS  () INTERNALDATE \"03-Nov-2026 10:00:00 +0000\" "
                "RFC822.SIZE  10 ENVELOPE  (NIL  \"s\" NIL NIL NIL ((NIL  NIL \"a\"  \"b\")) NIL "
                "NIL NIL NIL) BODYSTRUCTURE  (\"TEXT\"  \"PLAIN\" NIL NIL  NIL \"7BIT\" 1  1))\r\n"
                "A1 OK")});
    const Listed listed = list(play, {3});
    ASSERT_EQ(listed.messages.size(), 1U);
    EXPECT_EQ(listed.messages[0].envelope.raw_subject, "s");
    EXPECT_FALSE(listed.messages[0].structure_error);
}

TEST(ListMessages, gone_ones_are_left_out_and_foreign_ones_ignored) {
    const Play play = play_signed_in(
        "UIDPLUS", {any_line(),
                    server("* 9 FETCH (FLAGS (\\Seen))\r\n* 9 FETCH (UID 5 FLAGS ())\r\n" +
                           fetched(777) + fetched(3) + "* 2 EXPUNGE\r\nA1 OK"),
                    client("A2 UID SEARCH UID 5 ALL"), server("* SEARCH\r\nA2 OK")});
    const Listed listed = list(play, {3, 5});
    EXPECT_EQ(listed.uids(), (std::vector<Uid>{3}));
    EXPECT_TRUE(listed.unlisted.value().empty());
}

TEST(ListMessages, a_refusal_names_those_that_did_not_come) {
    const Play play = play_signed_in("", {any_line(), server(fetched(3) + "A1 NO some failed")});
    const Listed listed = list(play, {3, 5});
    EXPECT_EQ(listed.uids(), (std::vector<Uid>{3}));
    ASSERT_EQ(listed.unlisted.value().size(), 1U);
    EXPECT_EQ(listed.unlisted->at(0).uid, 5U);
    EXPECT_EQ(listed.unlisted->at(0).error.fact("server_said"), "some failed");
}

TEST(ListMessages, attributes_in_several_replies_are_one_message) {
    const Play play = play_signed_in(
        "",
        {any_line(), server("* 1 FETCH (UID 3 FLAGS (\\Seen))\r\n* 1 FETCH (UID 3 ENVELOPE (NIL "
                            "\"s\"))\r\n* 1 FETCH (UID 3 RFC822.SIZE 9)\r\nA1 OK")});
    const Listed listed = list(play, {3});
    ASSERT_EQ(listed.messages.size(), 1U);
    EXPECT_EQ(listed.messages[0].size_octets, 9U);
    EXPECT_EQ(listed.messages[0].flags.size(), 1U);
    EXPECT_TRUE(listed.messages[0].structure_error);
}

// A line end within a quoted subject cuts a reply in two.
const std::string cut = "* 2 FETCH (UID 2 ENVELOPE (NIL \"Mail\r\n 2\" NIL))\r\n";

TEST(ListMessages, a_line_that_is_no_reply_ends_the_session_where_it_may_be_of_any_message) {
    const Play play =
        play_signed_in("", {any_line(), server(fetched(1) + cut + fetched(3) + "A1 OK")});
    const Listed listed = list(play, {1, 2, 3});
    EXPECT_EQ(listed.unlisted.error().cause, Cause::reply_malformed);
    EXPECT_EQ(listed.unlisted.error().fact("uid"), "");
    EXPECT_EQ(listed.uids(), (std::vector<Uid>{1})) << "what came before is good";
}

TEST(ListMessages, one_by_one_it_is_of_the_message_that_it_came_with) {
    const std::string unknown = "* 2 FETCH (ENVELOPE (NIL \"Mail\r\n2\" NIL))\r\n";
    const std::vector<std::string> table{cut, cut + "+ x\r\nAnd so on\r\nA7 OK bye\r\n"};
    for (const std::string& damaged : table) {
        const Play play = play_signed_in(
            "", {client("A1 UID FETCH 3" + items), client("A2 UID FETCH 2" + items),
                 client("A3 UID FETCH 1" + items),
                 server(fetched(3) + "A1 OK\r\n" + damaged + "A2 OK\r\n" + fetched(1) + "A3 OK")});
        const Listed listed = list(play, {1, 2, 3}, Portions::single);
        EXPECT_EQ(listed.uids(), (std::vector<Uid>{3, 1})) << damaged;
        ASSERT_EQ(listed.unlisted.value().size(), 1U);
        EXPECT_EQ(listed.unlisted->at(0).uid, 2U);
        EXPECT_EQ(listed.unlisted->at(0).error.reach, Reach::message);
        EXPECT_EQ(play.played->complaint, "");
    }
    // Cut before its UID: nothing came for it, and yet it is there.
    const Play play = play_signed_in(
        "UIDPLUS", {any_line(), any_line(), server(unknown + "A1 OK\r\n" + fetched(1) + "A2 OK"),
                    client("A3 UID SEARCH UID 2 ALL"), server("* SEARCH 2\r\nA3 OK"),
                    client("A4 UID FETCH 2" + items), server(unknown + "A4 OK"), any_line(),
                    server("* SEARCH 2\r\nA5 OK")});
    const Listed listed = list(play, {1, 2}, Portions::single);
    EXPECT_EQ(listed.uids(), (std::vector<Uid>{1}));
    ASSERT_EQ(listed.unlisted.value().size(), 1U);
    EXPECT_EQ(listed.unlisted->at(0).uid, 2U);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(ListMessages, one_by_one_the_message_is_named_at_which_the_session_ended) {
    for (const std::string said :
         {"* 2 FETCH (UID 2 ENVELOPE (NIL {99999999999999999999}", "* BYE Internal error",
          "* 2 FETCH (UID 2 ENVELOPE (NIL {5000}\r\nThe rest never comes"}) {
        const Play play = play_signed_in(
            "", {any_line(), any_line(), any_line(), server(fetched(3) + "A1 OK"), server(said)});
        const Listed listed = list(play, {1, 2, 3}, Portions::single);
        EXPECT_EQ(listed.uids(), (std::vector<Uid>{3}));
        ASSERT_FALSE(listed.unlisted) << said;
        EXPECT_EQ(listed.unlisted.error().fact("uid"), "2") << said;
    }
    const Play large = play_signed_in("", {any_line(), server("* BYE Internal error")});
    EXPECT_EQ(list(large, {1}).unlisted.error().fact("uid"), "") << "perhaps by chance";
}

TEST(ListMessages, commands_may_wait_for_the_answer_to_the_one_before) {
    for (const bool waits : {false, true}) {
        const Play play = play_signed_in("", {any_line(), server(fetched(2) + "A1 OK"), any_line(),
                                              server(fetched(1) + "A2 OK")});
        if (waits)
            play.session().send_one_after_another();
        EXPECT_EQ(list(play, {1, 2}, Portions::single).uids(), (std::vector<Uid>{2, 1}));
        const std::string said = play.conversation();
        EXPECT_EQ(said.find("C: A2 ") > said.find("S: A1 OK"), waits) << said;
    }
}

TEST(ListMessages, single_portions_may_be_for_the_messages_of_one_large_command_only) {
    constexpr Uid last = 600;
    Script script;
    std::vector<Uid> uids;
    std::string rest;
    for (Uid uid = last; uid > 100; --uid) {
        const std::string tag = "A" + std::to_string(last - uid + 1);
        script.push_back(client(tag + " UID FETCH " + std::to_string(uid) + items));
        script.push_back(server(fetched(uid) + tag + " OK"));
        uids.push_back(uid);
    }
    for (Uid uid = 1; uid <= 100; ++uid) {
        rest += fetched(uid);
        uids.push_back(uid);
    }
    script.push_back(client("A501 UID FETCH 1:100" + items));
    script.push_back(server(rest + "A501 OK"));
    const Play play = play_signed_in("", script);
    play.session().send_one_after_another();
    EXPECT_EQ(list(play, uids, Portions::single_first).messages.size(), last);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(ListMessages, fifty_thousand_take_a_single_wait) {
    constexpr Uid last = 50'000;
    Script script;
    std::vector<Uid> uids;
    for (Uid uid = 1; uid <= last; ++uid)
        uids.push_back(uid);
    const std::size_t commands = 1 + (last - 50 + 499) / 500;
    ASSERT_LE(commands, 101U);
    // A server that answers nothing before it has heard all that one window holds.
    for (std::size_t command = 0; command < 100; ++command)
        script.push_back(any_line());
    std::string replies;
    Uid from = last;
    for (std::size_t command = 0; command < commands; ++command) {
        const Uid count = std::min<Uid>(from, command == 0 ? 50 : 500);
        for (Uid uid = from - count + 1; uid <= from; ++uid)
            replies += fetched(uid);
        from -= count;
        replies += "A" + std::to_string(command + 1) + " OK\r\n";
        if (command == 0)
            for (std::size_t extra = 100; extra < commands; ++extra) {
                script.push_back(fakes::raw_server(std::exchange(replies, "")));
                script.push_back(any_line());
            }
    }
    script.push_back(fakes::raw_server(replies));
    const Play play = play_signed_in("", script);
    const Listed listed = list(play, uids);
    ASSERT_EQ(listed.messages.size(), last);
    EXPECT_EQ(listed.messages.front().uid, last);
    EXPECT_EQ(listed.messages.back().uid, 1U);
    EXPECT_LE(play.played->waits, 8U);
}

}  // namespace
}  // namespace mail::imap
