// What a client sees of messages that come, change and go.
#include <gtest/gtest.h>

#include "tests/mail/demo/client.h"

namespace mail::demo {
namespace {

using test::Client;
using test::in_inbox;
using test::Reply;
using test::small_mail;
using test::started;

std::unique_ptr<Server> with_three() {
    return started({small_mail("a"), small_mail("b"), small_mail("c")});
}

TEST(DemoMessages, one_removed_meanwhile_is_left_out_and_said) {
    const auto server = with_three();
    Client client = in_inbox(*server);
    server->remove_message(2);
    const Reply by_number = client.ask("FETCH 1:3 UID");
    EXPECT_EQ(by_number.untagged, "* 1 FETCH (UID 1)\r\n* 3 FETCH (UID 3)\r\n");
    EXPECT_TRUE(by_number.tagged.starts_with("OK [EXPUNGEISSUED]"));
    const Reply by_uid = client.ask("UID FETCH 2 FLAGS");
    EXPECT_EQ(by_uid.untagged, "* 2 EXPUNGE\r\n");
    EXPECT_TRUE(by_uid.tagged.starts_with("OK [EXPUNGEISSUED]"));
    EXPECT_EQ(client.ask("FETCH 2 UID").untagged, "* 2 FETCH (UID 3)\r\n");
}

TEST(DemoMessages, one_added_meanwhile_is_told_at_the_next_command) {
    const auto server = with_three();
    Client client = in_inbox(*server);
    server->add_message(small_mail("d"));
    EXPECT_EQ(client.ask("NOOP").untagged, "* 4 EXISTS\r\n");
    EXPECT_EQ(client.ask("UID FETCH 4:* UID").untagged, "* 4 FETCH (UID 4)\r\n");
    EXPECT_EQ(client.ask("UID FETCH 9:* UID").untagged, "* 4 FETCH (UID 4)\r\n");
}

TEST(DemoMessages, idle_tells_changes_as_they_come) {
    const auto server = with_three();
    Client client = in_inbox(*server);
    client.send("i IDLE\r\n");
    EXPECT_TRUE(client.read_line().starts_with("+ "));
    server->add_message(small_mail("d"));
    EXPECT_EQ(client.read_line(), "* 4 EXISTS\r\n");
    server->remove_message(1);
    EXPECT_EQ(client.read_line(), "* 1 EXPUNGE\r\n");
    client.send("done\r\n");
    EXPECT_TRUE(client.read_reply("i").ok());
    client.send("j IDLE\r\n");
    EXPECT_TRUE(client.read_line().starts_with("+ "));
    client.send("k NOOP\r\n");
    EXPECT_TRUE(client.read_reply("j").tagged.starts_with("BAD"));
}

TEST(DemoMessages, the_server_ends_while_a_client_idles) {
    auto server = with_three();
    Client client = in_inbox(*server);
    client.send("i IDLE\r\n");
    EXPECT_TRUE(client.read_line().starts_with("+ "));
    server.reset();
    EXPECT_EQ(client.read_line(), "");
}

TEST(DemoMessages, uid_expunge_takes_only_what_is_both_named_and_deleted) {
    const auto server = with_three();
    Client client = in_inbox(*server, "SELECT");
    EXPECT_EQ(client.ask("UID STORE 1,3 +FLAGS (\\Deleted)").untagged,
              "* 1 FETCH (UID 1 FLAGS (\\Deleted))\r\n* 3 FETCH (UID 3 FLAGS (\\Deleted))\r\n");
    EXPECT_EQ(client.ask("UID EXPUNGE 2:3").untagged, "* 3 EXPUNGE\r\n");
    EXPECT_EQ(client.ask("UID SEARCH ALL").untagged, "* SEARCH 1 2\r\n");
    EXPECT_EQ(client.ask("EXPUNGE").untagged, "* 1 EXPUNGE\r\n");
}

TEST(DemoMessages, flags_are_set_added_and_taken_away) {
    const auto server = with_three();
    Client client = in_inbox(*server, "SELECT");
    EXPECT_EQ(client.ask("UID STORE 2 FLAGS (\\Seen $MailpointTaken)").untagged,
              "* 2 FETCH (UID 2 FLAGS ($MailpointTaken \\Seen))\r\n");
    EXPECT_EQ(client.ask("STORE 2 -FLAGS \\Seen").untagged,
              "* 2 FETCH (FLAGS ($MailpointTaken))\r\n");
    EXPECT_EQ(client.ask("UID STORE 2 +FLAGS.SILENT (\\Flagged)").untagged, "");
    EXPECT_EQ(client.ask("UID SEARCH FLAGGED KEYWORD $MailpointTaken UNSEEN").untagged,
              "* SEARCH 2\r\n");
    EXPECT_TRUE(client.ask("UID STORE 2 LABELS (a)").tagged.starts_with("BAD"));
}

TEST(DemoMessages, search_answers_as_it_is_asked) {
    const auto server = with_three();
    Client client = in_inbox(*server);
    server->remove_message(2);
    client.ask("NOOP");
    server->add_message(small_mail("d"));
    client.ask("NOOP");
    EXPECT_EQ(client.ask("UID SEARCH ALL").untagged, "* SEARCH 1 3 4\r\n");
    EXPECT_EQ(client.ask("SEARCH UID 3:*").untagged, "* SEARCH 2 3\r\n");
    EXPECT_EQ(client.ask("UID SEARCH RETURN (ALL COUNT) ALL").untagged,
              "* ESEARCH (TAG \"T7\") UID ALL 1,3:4 COUNT 3\r\n");
    EXPECT_EQ(client.ask("UID SEARCH RETURN (MIN MAX) ALL").untagged,
              "* ESEARCH (TAG \"T8\") UID MIN 1 MAX 4\r\n");
    EXPECT_EQ(client.ask("UID SEARCH RETURN () UID 9").untagged, "* ESEARCH (TAG \"T9\") UID\r\n");
}

TEST(DemoMessages, search_knows_the_usual_criteria) {
    const auto server = with_three();
    Client client = in_inbox(*server);
    const std::pair<const char*, const char*> table[] = {
        {"HEADER Message-ID <b@firma.example>", " 2"},
        {"HEADER Message-ID \"\"", " 1 2 3"},
        {"SUBJECT C", " 3"},
        {"UNSEEN NOT SUBJECT a", " 2 3"},
        {"OR UID 1 UID 3", " 1 3"},
        {"(UID 1:2) (UID 2:3)", " 2"},
        {"SINCE 5-Nov-2026", " 1 2 3"},
        {"BEFORE 5-Nov-2026", ""},
        {"ON 05-nov-2026 2:*", " 2 3"},
        {"LARGER 10 SMALLER 10000 UNDELETED", " 1 2 3"},
        {"SEEN", ""},
    };
    for (const auto& [criteria, found] : table)
        EXPECT_EQ(client.ask(std::string("UID SEARCH ") + criteria).untagged,
                  std::string("* SEARCH") + found + "\r\n")
            << criteria;
    EXPECT_TRUE(client.ask("UID SEARCH ON yesterday").tagged.starts_with("BAD"));
    EXPECT_TRUE(client.ask("UID SEARCH " + std::string(5000, '(')).tagged.starts_with("BAD"));
}

}  // namespace
}  // namespace mail::demo
