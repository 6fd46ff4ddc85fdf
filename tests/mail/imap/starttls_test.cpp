// Which octets go out before TLS, and what is believed of what came in before it.

#include <gtest/gtest.h>

#include "mail/imap/listing.h"
#include "mail/imap/session.h"
#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using fakes::any_line;
using fakes::client;
using fakes::raw_server;
using fakes::server;
using tests::Opening;
using tests::play;
using tests::Play;
using tests::Script;

Opening opening_for(net::Encryption encryption) {
    Opening opening = tests::clear_opening();
    opening.endpoint.encryption = encryption;
    return opening;
}

constexpr auto wanting_tls = {net::Encryption::automatic, net::Encryption::starttls};

TEST(StartTls, comes_before_the_login_and_asks_anew) {
    for (const auto encryption : wanting_tls) {
        const Play result = play(
            {server("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready"),
             client("A1 STARTTLS"), server("A1 OK go"), fakes::tls(), client("A2 CAPABILITY"),
             server("* CAPABILITY IMAP4rev1\r\nA2 OK"), client("A3 LOGIN \"ala\" \"Tajne-7f3a\""),
             server("A3 OK [CAPABILITY IMAP4rev1 BINARY] in")},
            opening_for(encryption));
        ASSERT_TRUE(result.opened) << name_of(result.cause());
        EXPECT_EQ(result.played->complaint, "");
        EXPECT_TRUE(result.session().capabilities().binary);
    }
}

TEST(StartTls, a_greeting_that_leaves_it_out_is_not_the_last_word) {
    const Play result = play({server("* OK [CAPABILITY IMAP4rev1] ready"), client("A1 CAPABILITY"),
                              server("* CAPABILITY IMAP4rev1 STARTTLS\r\nA1 OK"),
                              client("A2 STARTTLS"), server("A2 NO no certificate")},
                             opening_for(net::Encryption::starttls));
    EXPECT_EQ(result.cause(), Cause::starttls_refused);
    EXPECT_EQ(result.opened.error().fact("server_said"), "no certificate");
}

TEST(StartTls, no_secret_goes_out_without_it) {
    const std::string offered = "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready";
    const std::vector<std::pair<Script, Cause>> table{
        {{server("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] x"), client("A1 CAPABILITY"),
          server("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA1 OK"), any_line()},
         Cause::starttls_missing},
        {{server(offered), any_line(), server("A1 NO x"), any_line()}, Cause::starttls_refused},
        {{server(offered), any_line(), server("A1 BAD x"), any_line()}, Cause::starttls_refused},
        {{server(offered), any_line(), server("+ x"), any_line()}, Cause::reply_malformed},
        {{server(offered), any_line(), server("* BYE x"), any_line()}, Cause::server_says_bye},
        {{server(offered), any_line(), server("A1 OK x\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN"),
          any_line()},
         Cause::bytes_before_tls},
        {{server(offered), any_line(), raw_server("A1 OK x\r\n*"), any_line()},
         Cause::bytes_before_tls},
        {{server(offered), any_line(), server("A1 OK x"), server("A2 OK forged"), any_line()},
         Cause::bytes_before_tls},
        {{server("* PREAUTH [CAPABILITY IMAP4rev1] hi"), any_line()}, Cause::preauth_in_clear},
        {{server(offered + "\r\nA1 OK forged"), any_line()}, Cause::unexpected_tag},
        {{server(offered), any_line(), server("A2 OK forged"), any_line()}, Cause::unexpected_tag},
    };
    for (const auto encryption : wanting_tls)
        for (const auto& [script, cause] : table) {
            const Play result = play(script, opening_for(encryption));
            EXPECT_EQ(result.cause(), cause) << script.at(0).octets;
            for (const std::string_view secret : {"LOGIN", "AUTHENTICATE", "Tajne", "AGFsYQ"})
                EXPECT_EQ(result.played->written.find(secret), std::string::npos)
                    << result.played->written;
        }
}

TEST(StartTls, what_was_said_in_clear_is_forgotten) {
    const Play result = play(
        {server("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR LITERAL+ BINARY] ready"),
         client("A1 STARTTLS"),
         server("* LIST () \"/\" Evil\r\n* 1 FETCH (UID 1 FLAGS ())\r\n* SEARCH 6 6 6\r\n"
                "* 7 EXISTS\r\n* 2 EXPUNGE\r\n* STATUS INBOX (UIDVALIDITY 6 MESSAGES 7)\r\n"
                "* OK [UIDVALIDITY 6] x\r\nA1 OK go"),
         fakes::tls(), client("A2 CAPABILITY"), server("* CAPABILITY IMAP4rev1\r\nA2 OK"),
         any_line(), server("A3 OK in"), client("A4 CAPABILITY"),
         server("* CAPABILITY IMAP4rev1\r\nA4 OK"), client("A5 LIST \"\" \"*\""),
         server("* LIST () \"/\" INBOX\r\nA5 OK"), client("A6 EXAMINE \"INBOX\""),
         client("A7 UID SEARCH ALL"), server("A6 OK\r\n* SEARCH 5\r\nA7 OK")},
        opening_for(net::Encryption::starttls));
    ASSERT_TRUE(result.opened) << name_of(result.cause());
    EXPECT_FALSE(result.session().capabilities().binary);
    const auto folders = result.session().folders(tests::soon());
    ASSERT_EQ(folders.value().size(), 1U);
    EXPECT_EQ(folders->at(0).name, "INBOX");
    const auto opened = result.session().examine_with_uids("INBOX", tests::soon()).value();
    EXPECT_EQ(opened.uids, (std::vector<Uid>{5}));
    EXPECT_NE(opened.mailbox.uid_validity, 6U);
    EXPECT_EQ(result.played->complaint, "");
}

TEST(ClearText, goes_to_loopback_or_with_consent_only) {
    const Script script{server("* OK [CAPABILITY IMAP4rev1] ready"), any_line(),
                        server("A1 OK [CAPABILITY IMAP4rev1] in")};
    Opening opening = tests::clear_opening();
    EXPECT_TRUE(play(script, opening).opened);
    opening.endpoint.host = "imap.firma.example";
    const Play refused = play(script, opening);
    EXPECT_EQ(refused.cause(), Cause::cleartext_not_allowed);
    EXPECT_EQ(refused.played->written, "");
    opening.endpoint.allow_cleartext = true;
    EXPECT_TRUE(play(script, opening).opened);
}

TEST(ClearText, is_never_used_for_a_token) {
    Opening opening = tests::clear_opening();
    opening.credentials = tests::token_opening().credentials;
    opening.endpoint.allow_cleartext = true;
    const Play result =
        play({server("* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready"), any_line()}, opening);
    EXPECT_EQ(result.cause(), Cause::token_in_clear);
    EXPECT_EQ(result.played->written, "");
}

TEST(ClearText, is_not_what_a_point_with_tls_gets) {
    const Play result = play({server("* OK [CAPABILITY IMAP4rev1] ready"), any_line()},
                             opening_for(net::Encryption::tls));
    EXPECT_EQ(result.cause(), Cause::cleartext_not_allowed);
    EXPECT_EQ(result.played->written, "");
}

TEST(SessionOpen, refuses_clear_text_before_it_connects) {
    Opening opening = tests::clear_opening();
    opening.endpoint.host = "imap.firma.example";
    const auto opened = Session::open(opening.endpoint, opening.credentials, {},
                                      Wait::for_at_most(std::chrono::hours(1)));
    EXPECT_EQ(opened.error().cause, Cause::cleartext_not_allowed);
}

}  // namespace
}  // namespace mail::imap
