#include "mail/imap/quirks.h"

#include <gtest/gtest.h>

#include "tests/mail/imap/replies.h"

namespace mail::imap {
namespace {

Status status(std::string_view raw) {
    return tests::parsed<Tagged>("A1 " + std::string(raw)).status;
}

TEST(Quirks, other_protocols_are_known_by_their_first_line) {
    const std::vector<std::pair<std::string_view, std::optional<std::string>>> table{
        {"* OK IMAP4rev1", std::nullopt},
        {"* BYE", std::nullopt},
        {"220 mx.example ESMTP", "smtp"},
        {"220 FTP server", "ftp"},
        {"+OK POP3", "pop3"},
        {"HTTP/1.1 400 Bad Request", "http"},
        {"<html>", "http"},
        {"SSH-2.0-OpenSSH", "ssh"},
        {"hello", "unknown"},
        {"", "unknown"},
    };
    for (const auto& [line, protocol] : table)
        EXPECT_EQ(quirks::foreign_protocol(line), protocol) << line;
}

TEST(Quirks, a_missing_mechanism_is_not_a_wrong_password) {
    for (const std::string_view raw :
         {"NO no mechanism available", "NO [ALERT] Unsupported authentication mechanism.",
          "BAD Unknown command", "NO mechanism not supported", "NO Mechanism is not enabled",
          "NO AUTHENTICATE PLAIN is disabled here", "BAD Command not recognised",
          "BAD invalid arguments"})
        EXPECT_TRUE(quirks::says_mechanism_unavailable(status(raw))) << raw;
    for (const std::string_view raw :
         {"NO [AUTHENTICATIONFAILED] Authentication failed.", "NO Login failed.",
          "BAD AUTHENTICATE failed", "NO Account is disabled",
          "NO [PRIVACYREQUIRED] Plaintext authentication mechanism not allowed",
          "NO [AUTHENTICATIONFAILED] unknown mechanism or password"})
        EXPECT_FALSE(quirks::says_mechanism_unavailable(status(raw))) << raw;
}

TEST(Quirks, limits_are_known_by_code_and_by_words) {
    for (const std::string_view raw :
         {"NO [LIMIT] x", "NO [UNAVAILABLE] x",
          "NO [ALERT] Too many simultaneous connections. (Failure)",
          "NO Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)",
          "NO Request is throttled. Suggested Backoff Time: 299961 milliseconds"})
        EXPECT_TRUE(quirks::says_limit(status(raw))) << raw;
    EXPECT_FALSE(quirks::says_limit(status("NO [AUTHENTICATIONFAILED] no")));
}

TEST(Quirks, a_refused_login_is_known_whatever_else_is_said) {
    for (const std::string_view raw :
         {"NO [AUTHENTICATIONFAILED] Login failed, please try again later", "NO [EXPIRED] x",
          "NO [AUTHORIZATIONFAILED] Temporary", "NO LOGIN failed, too many failed attempts",
          "NO Authentication failed, try again later", "NO Too many bad logins",
          "NO Too many invalid passwords, account locked for 5 minutes"})
        EXPECT_TRUE(quirks::says_login_refused(status(raw))) << raw;
    for (const std::string_view raw :
         {"NO [UNAVAILABLE] Temporary authentication failure", "NO [LIMIT] Login failed",
          "NO [INUSE] Login failed", "NO Login failed: too many simultaneous connections",
          "NO Too many connection attempts", "NO Internal error, login failed",
          "NO Request is throttled", "NO Server busy, please try again later"})
        EXPECT_FALSE(quirks::says_login_refused(status(raw))) << raw;
}

TEST(Quirks, a_removed_message_is_known_by_its_code) {
    EXPECT_TRUE(
        quirks::says_gone(status("OK [EXPUNGEISSUED] Some messages were already expunged")));
    EXPECT_FALSE(quirks::says_gone(status("OK Fetch completed")));
    EXPECT_TRUE(quirks::says_try_later(status("NO [UNAVAILABLE] later")));
    EXPECT_FALSE(quirks::says_try_later(status("NO Login failed.")));
}

TEST(Quirks, line_ends_may_be_counted_in_any_way_and_nothing_else) {
    EXPECT_TRUE(quirks::same_octets({10, 10, 2}));
    EXPECT_TRUE(quirks::same_octets({8, 10, 2}));
    EXPECT_TRUE(quirks::same_octets({12, 10, 2}));
    EXPECT_FALSE(quirks::same_octets({11, 10, 2}));
    EXPECT_FALSE(quirks::same_octets({9, 10, 0}));
}

TEST(Quirks, silence_may_come_of_commands_that_were_dropped) {
    Error silent{Cause::deadline, Layer::list, Reach::connection, {}};
    EXPECT_TRUE(quirks::may_have_dropped_commands(silent));
    silent.layer = Layer::auth;
    EXPECT_FALSE(quirks::may_have_dropped_commands(silent)) << "there one waits for the other";
    EXPECT_FALSE(quirks::may_have_dropped_commands(
        {Cause::deadline, Layer::fetch, Reach::connection, {{"octets_came", "9"}}}));
    EXPECT_FALSE(quirks::may_have_dropped_commands(
        {Cause::connection_lost, Layer::fetch, Reach::connection, {}}));
}

TEST(Quirks, couriers_substitute_is_known) {
    EXPECT_TRUE(quirks::is_substitute("message unavailable", "root@localhost"));
    EXPECT_FALSE(quirks::is_substitute("Faktura", "root@localhost"));
    EXPECT_FALSE(quirks::is_substitute("message unavailable", "biuro@firma.example"));
}

}  // namespace
}  // namespace mail::imap
