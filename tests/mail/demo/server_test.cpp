#include <gtest/gtest.h>

#include "tests/mail/demo/client.h"

namespace mail::demo {
namespace {

using test::Client;
using test::in_inbox;
using test::Reply;
using test::signed_in;
using test::small_mail;
using test::started;

TEST(DemoServer, greets_with_what_it_can_do) {
    const auto server = started({});
    Client client(*server);
    const std::string greeting = client.read_line();
    EXPECT_TRUE(greeting.starts_with("* OK [CAPABILITY IMAP4rev1 "));
    for (const char* word : {" LITERAL+", " SASL-IR", " IDLE", " UIDPLUS", " ESEARCH", " BINARY"})
        EXPECT_NE(greeting.find(word), std::string::npos) << word;
}

TEST(DemoServer, what_an_option_switches_off_is_neither_offered_nor_known) {
    Options options;
    options.binary = options.esearch = options.uidplus = options.sasl_ir = false;
    const auto server = started({small_mail("a")}, options);
    Client client(*server);
    const std::string greeting = client.read_line();
    for (const char* word : {"SASL-IR", "UIDPLUS", "ESEARCH", "BINARY"})
        EXPECT_EQ(greeting.find(word), std::string::npos) << word;
    EXPECT_TRUE(client.ask("AUTHENTICATE PLAIN AGRlbW8AZGVtbw==").tagged.starts_with("BAD"));
    EXPECT_TRUE(client.ask("LOGIN demo demo").ok());
    EXPECT_TRUE(client.ask("SELECT INBOX").ok());
    EXPECT_TRUE(client.ask("UID FETCH 1 BINARY.PEEK[1]").tagged.starts_with("BAD"));
    EXPECT_TRUE(client.ask("UID SEARCH RETURN (ALL) ALL").tagged.starts_with("BAD"));
    EXPECT_TRUE(client.ask("UID EXPUNGE 1").tagged.starts_with("BAD"));
}

TEST(DemoServer, a_wrong_password_is_refused_by_name_and_counted_as_no_login) {
    const auto server = started({});
    Client client(*server);
    static_cast<void>(client.read_line());
    EXPECT_TRUE(client.ask("LOGIN demo zle").tagged.starts_with("NO [AUTHENTICATIONFAILED]"));
    EXPECT_EQ(server->counts().logins, 0U);
    EXPECT_TRUE(client.ask("LOGIN demo demo").ok());
    EXPECT_EQ(server->counts().logins, 1U);
    EXPECT_TRUE(client.ask("LOGIN demo demo").tagged.starts_with("BAD"));
}

TEST(DemoServer, login_takes_quoted_strings_and_both_kinds_of_literals) {
    Options options;
    options.login = "żuraw@firma.example";
    options.password = "a \"b\\c";
    const auto server = started({}, options);
    Client quoted(*server);
    EXPECT_TRUE(quoted.ask("LOGIN \"żuraw@firma.example\" \"a \\\"b\\\\c\"").ok());
    Client literal(*server);
    EXPECT_TRUE(literal.ask("LOGIN {20+}\r\nżuraw@firma.example {6+}\r\na \"b\\c").ok());
    Client waiting(*server);
    static_cast<void>(waiting.read_line());
    waiting.send("a LOGIN {20}\r\n");
    EXPECT_TRUE(waiting.read_line().starts_with("+ "));
    waiting.send("żuraw@firma.example {6}\r\n");
    EXPECT_TRUE(waiting.read_line().starts_with("+ "));
    waiting.send("a \"b\\c\r\n");
    EXPECT_TRUE(waiting.read_reply("a").ok());
}

TEST(DemoServer, authenticates_plain_at_once_and_when_asked) {
    const auto server = started({});
    Client at_once(*server);
    EXPECT_TRUE(at_once.ask("AUTHENTICATE PLAIN AGRlbW8AZGVtbw==").ok());
    Client asked(*server);
    static_cast<void>(asked.read_line());
    asked.send("a AUTHENTICATE PLAIN\r\n");
    EXPECT_EQ(asked.read_line(), "+ \r\n");
    asked.send("AGRlbW8AZGVtbw==\r\n");
    EXPECT_TRUE(asked.read_reply("a").ok());
    Client wrong(*server);
    EXPECT_TRUE(wrong.ask("AUTHENTICATE PLAIN AGRlbW8AemxlCg==")
                    .tagged.starts_with("NO [AUTHENTICATIONFAILED]"));
    EXPECT_TRUE(wrong.ask("AUTHENTICATE PLAIN *").tagged.starts_with("BAD"));
    EXPECT_TRUE(wrong.ask("AUTHENTICATE XOAUTH2 AAAA").tagged.starts_with("NO [CANNOT]"));
}

TEST(DemoServer, what_it_does_not_know_or_not_yet_is_bad) {
    const auto server = started({});
    Client client(*server);
    static_cast<void>(client.read_line());
    EXPECT_TRUE(client.ask("FROBNICATE").tagged.starts_with("BAD"));
    EXPECT_TRUE(client.ask("LIST \"\" *").tagged.starts_with("BAD"));
    EXPECT_TRUE(client.ask("NOOP now").tagged.starts_with("BAD"));
    client.ask("LOGIN demo demo");
    EXPECT_TRUE(client.ask("UID FETCH 1 FLAGS").tagged.starts_with("BAD"));
    client.ask("EXAMINE INBOX");
    for (const char* command :
         {"UID FETCH 0 FLAGS", "UID FETCH 1 (FOO)", "UID FETCH 1 BODY[1", "UID FETCH 1 BODY[MIME]",
          "UID FETCH 1 (FLAGS", "UID FETCH 99999999999 FLAGS", "UID SEARCH FOO", "UID SEARCH NOT",
          "STATUS INBOX", "STATUS INBOX (FOO)", "LIST a", "EXAMINE", "APPEND INBOX", "LOGIN a"})
        EXPECT_TRUE(client.ask(command).tagged.starts_with("BAD")) << command;
    client.send("\r\n");
    EXPECT_TRUE(client.read_line().starts_with("* BAD"));
    EXPECT_TRUE(client.ask("NOOP").ok());
}

TEST(DemoServer, says_goodbye) {
    const auto server = started({});
    Client client = signed_in(*server);
    const Reply reply = client.ask("LOGOUT");
    EXPECT_TRUE(reply.contains("* BYE"));
    EXPECT_TRUE(reply.ok());
    EXPECT_EQ(client.read_line(), "");
}

TEST(DemoServer, a_pipeline_is_answered_in_order) {
    const auto server = started({small_mail("a")});
    Client client = in_inbox(*server);
    std::string pipeline;
    for (int i = 0; i < 500; ++i)
        pipeline += "p" + std::to_string(i) + " UID FETCH 1 (FLAGS)\r\n";
    client.send(pipeline);
    for (int i = 0; i < 500; ++i)
        EXPECT_EQ(client.read_reply("p" + std::to_string(i)).untagged,
                  "* 1 FETCH (UID 1 FLAGS ())\r\n");
}

TEST(DemoServer, a_client_that_does_not_read_holds_up_neither_its_pipeline_nor_the_end) {
    Mail large = small_mail("duża");
    large.raw += std::string(8'000'000, 'x') + "\r\n";
    auto server = started({large});
    Client client = in_inbox(*server);
    std::string pipeline;
    for (int i = 0; i < 5'000; ++i)
        pipeline += "p" + std::to_string(i) + " UID FETCH 1 (UID RFC822.SIZE BODY.PEEK[])\r\n";
    client.send(pipeline);
    const auto start = Clock::now();
    server.reset();
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(1));
}

TEST(DemoServer, tests_see_what_was_sent) {
    const auto server = started({});
    Client client = signed_in(*server);
    client.ask("ID NIL");
    const std::vector<std::string> wanted{"T1 LOGIN demo demo", "T2 ID NIL"};
    EXPECT_EQ(server->commands(), wanted);
    const auto counts = server->counts();
    EXPECT_EQ(counts.connections, 1U);
    EXPECT_EQ(counts.commands, 2U);
    EXPECT_GT(counts.octets_sent, 0U);
}

TEST(DemoServer, a_literal_that_is_too_large_ends_the_connection_unread) {
    const auto server = started({});
    Client client = signed_in(*server);
    client.send("a APPEND INBOX {99999999999999999999+}\r\n");
    EXPECT_TRUE(client.read_line().starts_with("* BYE"));
    EXPECT_EQ(client.read_line(), "");
}

}  // namespace
}  // namespace mail::demo
