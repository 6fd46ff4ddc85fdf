// The fixture itself: what later tests take for granted about the mailbox that they read.

#include "tests/servers/dovecot.h"

#include <gtest/gtest.h>

#include "mail/net/connection.h"

namespace servers {
namespace {

using namespace std::chrono_literals;

mail::Wait patient() {
    return mail::Wait::for_at_most(30s);
}

/// All that the server says to these commands and LOGOUT.
std::string conversation(const Dovecot& dovecot, const std::string& commands) {
    mail::net::Endpoint endpoint;
    endpoint.host = "127.0.0.1";
    endpoint.port = dovecot.clear_port();
    auto connection =
        mail::net::Connection::open(endpoint, mail::net::FirstByte::clear, patient()).value();
    if (!write_all(*connection, commands + "z LOGOUT\r\n", patient()))
        return "not sent";
    std::string said;
    char raw[4096];
    for (;;) {
        const auto got = connection->read(raw, sizeof raw, patient());
        if (!got || *got == 0)
            return said;
        said.append(raw, *got);
    }
}

TEST(Dovecot, mails_written_as_files_have_their_order_date_and_octets) {
    auto started = Dovecot::start();
    ASSERT_TRUE(started) << started.error();
    Dovecot& dovecot = **started;
    const std::chrono::sys_days day = std::chrono::year(2026) / 11 / 3;
    dovecot.append("ala", "INBOX", "Subject: first\r\n\r\none\r\n", day + 10h);
    dovecot.append("ala", "INBOX", "Subject: second\r\n\r\ntwo\r\n", day + 9h);
    const std::string said =
        conversation(dovecot, "a LOGIN ala tajne\r\nb EXAMINE INBOX\r\n"
                              "c UID FETCH 1:* (INTERNALDATE BODY.PEEK[])\r\n");
    EXPECT_NE(said.find("* 2 EXISTS"), std::string::npos) << said << dovecot.log();
    EXPECT_NE(
        said.find("* 1 FETCH (UID 1 INTERNALDATE \"03-Nov-2026 10:00:00 +0000\" BODY[] {23}\r\n"
                  "Subject: first\r\n\r\none\r\n)"),
        std::string::npos)
        << said;
    EXPECT_NE(said.find("* 2 FETCH (UID 2 INTERNALDATE \"03-Nov-2026 09:00:00 +0000\""),
              std::string::npos)
        << said;
}

TEST(Dovecot, folders_have_polish_names_and_subfolders) {
    auto started = Dovecot::start();
    ASSERT_TRUE(started) << started.error();
    Dovecot& dovecot = **started;
    const std::chrono::sys_seconds when(1'790'000'000s);
    dovecot.append("ala", "Zażółć", "Subject: x\n\nx\n", when);
    dovecot.append("ala", "Faktury/2026/Listopad", "Subject: y\n\ny\n", when);
    const std::string said = conversation(
        dovecot, "a LOGIN ala tajne\r\nb LIST \"\" \"*\"\r\n"
                 "c EXAMINE \"Faktury/2026/Listopad\"\r\nd EXAMINE Za&AXwA8wFCAQc-\r\n");
    EXPECT_NE(said.find("\"/\" Za&AXwA8wFCAQc-"), std::string::npos) << said << dovecot.log();
    EXPECT_NE(said.find("\"/\" Faktury/2026/Listopad"), std::string::npos) << said;
    EXPECT_NE(said.find("c OK [READ-ONLY]"), std::string::npos) << said;
    EXPECT_NE(said.find("d OK [READ-ONLY]"), std::string::npos) << said;
}

TEST(Dovecot, a_wrong_password_is_refused_at_once) {
    auto started = Dovecot::start();
    ASSERT_TRUE(started) << started.error();
    const std::string said = conversation(**started, "a LOGIN ala wrong\r\n");
    EXPECT_NE(said.find("a NO [AUTHENTICATIONFAILED]"), std::string::npos) << said;
}

}  // namespace
}  // namespace servers
