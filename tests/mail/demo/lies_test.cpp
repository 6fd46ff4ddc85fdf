// What the tests of removal make the server do.

#include <gtest/gtest.h>

#include "tests/mail/demo/client.h"

namespace mail::demo {
namespace {

using test::Client;
using test::in_inbox;
using test::Reply;
using test::small_mail;
using test::started;

/// Treats the first command that holds `words` so.
Options treating(const std::string& words, Manner manner) {
    Options options;
    options.manner = [words, manner](const std::string& command) {
        return command.find(words) == std::string::npos ? Manner::honest : manner;
    };
    return options;
}

TEST(DemoLies, ok_may_be_all_that_it_does) {
    const auto server = started({small_mail("a")}, treating("UID STORE", Manner::only_say));
    Client client = in_inbox(*server, "SELECT");
    EXPECT_TRUE(client.ask("UID STORE 1 +FLAGS (\\Deleted)").ok());
    EXPECT_TRUE(server->inbox().at(0).flags.empty());
    EXPECT_TRUE(client.ask("STORE 1 +FLAGS (\\Deleted)").ok());
    EXPECT_EQ(server->inbox().at(0).flags, (std::set<std::string>{"\\Deleted"}));
}

TEST(DemoLies, it_hangs_up_before_or_after_it_has_done_it) {
    for (const Manner manner : {Manner::hang_up, Manner::hang_up_after}) {
        const auto server = started({small_mail("a")}, treating("EXPUNGE", manner));
        Client client = in_inbox(*server, "SELECT");
        EXPECT_TRUE(client.ask("UID STORE 1 +FLAGS (\\Deleted)").ok());
        const Reply reply = client.ask("EXPUNGE");
        EXPECT_EQ(reply.tagged, "");
        EXPECT_EQ(reply.untagged, "");
        EXPECT_EQ(server->inbox().size(), manner == Manner::hang_up ? 1U : 0U);
    }
}

TEST(DemoLies, it_puts_off_or_sends_away) {
    const auto busy = started({small_mail("a")}, treating("UID FETCH", Manner::busy));
    Client client = in_inbox(*busy, "SELECT");
    EXPECT_NE(client.ask("UID FETCH 1 ENVELOPE").tagged.find("NO [UNAVAILABLE]"),
              std::string::npos);
    EXPECT_TRUE(client.ask("NOOP").ok()) << "it goes on";
    const auto gone = started({small_mail("a")}, treating("UID FETCH", Manner::bye));
    Client other = in_inbox(*gone, "SELECT");
    const Reply reply = other.ask("UID FETCH 1 ENVELOPE");
    EXPECT_TRUE(reply.untagged.starts_with("* BYE")) << reply.untagged;
    EXPECT_EQ(reply.tagged, "");
}

TEST(DemoLies, a_server_that_was_restarted_is_where_it_was) {
    Options options;
    auto server = started({small_mail("a")}, options);
    options.port = server->endpoint().port;
    server.reset();
    server = started({small_mail("a")}, options);
    EXPECT_EQ(server->endpoint().port, options.port);
}

TEST(DemoLies, another_mail_comes_under_a_uid) {
    const auto server =
        started({small_mail("a"), small_mail("b")}, treating("nothing", Manner::honest));
    Client client = in_inbox(*server, "SELECT");
    server->mark_message(1, "\\Seen");
    server->replace_message(1, small_mail("another"));
    EXPECT_TRUE(client.ask("UID FETCH 1 ENVELOPE").contains("another"));
    EXPECT_EQ(server->inbox().at(0).flags, (std::set<std::string>{"\\Seen"}));
    EXPECT_FALSE(client.ask("UID FETCH 2 ENVELOPE").contains("another"));
}

TEST(DemoLies, a_uid_that_is_not_there_means_the_last_message) {
    Options options;
    options.clamps_uids = true;
    const auto server = started({small_mail("a"), small_mail("b")}, options);
    Client client = in_inbox(*server, "SELECT");
    EXPECT_TRUE(client.ask("UID STORE 777 +FLAGS (\\Deleted)").contains("UID 2"));
    EXPECT_TRUE(server->inbox().at(0).flags.empty());
    EXPECT_EQ(server->inbox().at(1).flags.size(), 1U);
    EXPECT_TRUE(client.ask("UID STORE 1 +FLAGS (\\Seen)").contains("UID 1"));
}

TEST(DemoLies, nobody_may_write) {
    Options options;
    options.read_only = true;
    const auto server = started({small_mail("a")}, options);
    Client client = in_inbox(*server, "SELECT");
    EXPECT_TRUE(client.ask("SELECT INBOX").tagged.starts_with("OK [READ-ONLY]"));
    EXPECT_TRUE(client.ask("UID STORE 1 +FLAGS (\\Deleted)").tagged.starts_with("NO"));
}

}  // namespace
}  // namespace mail::demo
