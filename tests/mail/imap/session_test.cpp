#include "mail/imap/session.h"

#include <gtest/gtest.h>

#include "mail/base/base64.h"
#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using namespace std::string_literals;
using fakes::any_line;
using fakes::client;
using fakes::hang_up;
using fakes::raw_client;
using fakes::raw_server;
using fakes::server;
using tests::play;
using tests::Play;
using tests::Script;

const std::string plain_response = to_base64("\0ala\0Tajne-7f3a"s);

void expect_played(const Play& result) {
    EXPECT_TRUE(result.opened) << name_of(result.cause());
    EXPECT_EQ(result.played->complaint, "");
}

TEST(Session, signs_in_with_plain_in_one_step_where_it_can) {
    const Play result = play({
        server("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready"),
        client("A1 AUTHENTICATE PLAIN " + plain_response),
        server("A1 OK [CAPABILITY IMAP4rev1 UIDPLUS BINARY] in"),
    });
    expect_played(result);
    EXPECT_TRUE(result.session().capabilities().binary);
    EXPECT_EQ(result.played->waits, 2U);
}

TEST(Session, signs_in_with_plain_in_two_steps_and_asks_for_capabilities) {
    const Play result = play({
        server("* OK ready"),
        client("A1 CAPABILITY"),
        server("* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN\r\nA1 OK"),
        client("A2 AUTHENTICATE PLAIN"),
        server("+ "),
        client(plain_response),
        server("A2 OK in"),
        client("A3 CAPABILITY"),
        server("* CAPABILITY IMAP4rev1 ESEARCH\r\nA3 OK"),
    });
    expect_played(result);
    EXPECT_TRUE(result.session().capabilities().esearch);
}

TEST(Session, a_lone_lf_ends_the_answer_to_a_login_and_no_line_after_it) {
    Script signing_in{
        server("* OK ready"),
        client("A1 CAPABILITY"),
        server("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA1 OK"),
        client("A2 AUTHENTICATE PLAIN"),
        server("+ "),
        client(plain_response),
        raw_server("A2 OK AUTHENTICATE PLAIN authentication successful\n"),
        client("A3 CAPABILITY"),
    };
    Script strict = signing_in;
    signing_in.push_back(server("* CAPABILITY IMAP4rev1 ESEARCH\r\nA3 OK"));
    expect_played(play(signing_in));
    strict.push_back(raw_server("* CAPABILITY IMAP4rev1 ESEARCH\nA3 OK\n"));
    strict.push_back(hang_up());
    EXPECT_EQ(play(strict).cause(), Cause::connection_lost);
}

TEST(Session, signs_in_with_login_where_there_is_no_plain) {
    const Play result = play({
        server("* OK [CAPABILITY IMAP4rev1 AUTH=GSSAPI AUTH=SECURID] ready"),
        client("A1 LOGIN \"ala\" \"Tajne-7f3a\""),
        server("* CAPABILITY IMAP4rev1\r\nA1 OK in"),
    });
    expect_played(result);
}

TEST(Session, a_mechanism_that_is_not_there_leads_to_login) {
    for (const std::string said : {"NO no mechanism available", "BAD Command not recognised",
                                   "NO Mechanism is not enabled"}) {
        const Play result = play({
            server("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready"),
            any_line(),
            server("A1 " + said),
            client("A2 LOGIN \"ala\" \"Tajne-7f3a\""),
            server("A2 OK [CAPABILITY IMAP4rev1] in"),
        });
        expect_played(result);
    }
}

TEST(Session, a_response_in_the_command_that_is_passed_over_is_given_again_once) {
    const Play result = play({
        server("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready"),
        client("A1 AUTHENTICATE PLAIN " + plain_response),
        server("+ "),
        client(plain_response),
        server("A1 OK [CAPABILITY IMAP4rev1] in"),
    });
    expect_played(result);
    const Play asked_again = play({
        server("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready"),
        any_line(),
        server("+ "),
        client(plain_response),
        server("+ "),
        client(""),
        server("A1 NO no"),
    });
    EXPECT_EQ(asked_again.played->complaint, "");
    EXPECT_EQ(asked_again.cause(), Cause::login_refused);
}

TEST(Session, a_refused_password_is_tried_once) {
    for (const std::string said :
         {"NO [AUTHENTICATIONFAILED] Authentication failed.", "NO Login failed.",
          "BAD [AUTHENTICATIONFAILED] invalid", "BAD AUTHENTICATE failed",
          "NO [AUTHENTICATIONFAILED] Login failed, please try again later",
          "NO [EXPIRED] try again", "NO LOGIN failed, too many failed attempts", "NO no, try again",
          "NO [REFERRAL imap://elsewhere/] go there"}) {
        const Play result = play({
            server("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready"),
            any_line(),
            server("A1 " + said),
            any_line(),
        });
        EXPECT_EQ(result.cause(), Cause::login_refused) << said;
        EXPECT_EQ(result.opened.error().layer, Layer::auth);
        EXPECT_EQ(result.opened.error().reach, Reach::point);
        EXPECT_EQ(result.opened.error().fact("try_again"), "") << said;
        EXPECT_NE(said.find(result.opened.error().fact("server_said")), std::string::npos) << said;
        EXPECT_EQ(result.played->steps_left, 1U) << "a second attempt was made";
    }
}

TEST(Session, refusals_have_their_causes) {
    const std::vector<std::pair<std::string, Cause>> table{
        {"A1 NO [UNAVAILABLE] later", Cause::server_refused},
        {"A1 NO [LIMIT] enough", Cause::server_limit},
        {"A1 NO [ALERT] Too many simultaneous connections", Cause::server_limit},
        {"A1 NO [PRIVACYREQUIRED] no", Cause::login_disabled},
        {"* BYE Too many bad logins", Cause::login_refused},
        {"* BYE Authentication failed", Cause::login_refused},
        {"* BYE [AUTHENTICATIONFAILED] try again later", Cause::login_refused},
        {"* BYE Too many connections", Cause::server_limit},
        {"* BYE go away", Cause::server_says_bye},
        {"A9 OK in", Cause::unexpected_tag},
        {"nonsense", Cause::reply_malformed},
    };
    for (const auto& [said, cause] : table) {
        const Play result =
            play({server("* OK [CAPABILITY IMAP4rev1] ready"), any_line(), server(said)});
        EXPECT_EQ(result.cause(), cause) << said;
        EXPECT_EQ(result.opened.error().layer, Layer::auth) << said;
        if (cause == Cause::login_refused) {
            EXPECT_EQ(result.opened.error().fact("try_again"), "") << said;
            EXPECT_EQ(result.opened.error().reach, Reach::point) << said;
        }
    }
    const Play of_token = play({server("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready"),
                                any_line(), server("* BYE Authentication failed")},
                               tests::token_opening());
    EXPECT_EQ(of_token.cause(), Cause::token_refused);
}

TEST(Session, a_server_that_takes_no_login_is_named) {
    const Play result =
        play({server("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready"), any_line()});
    EXPECT_EQ(result.cause(), Cause::login_disabled);
    EXPECT_EQ(result.played->written, "");
}

TEST(Session, logins_outside_ascii_are_literals) {
    tests::Opening opening = tests::usual_opening();
    opening.credentials.login = "łoś";
    const Play waited =
        play({server("* OK [CAPABILITY IMAP4rev1] ready"), client("A1 LOGIN {5}"), server("+ go"),
              client("łoś \"Tajne-7f3a\""), server("A1 OK [CAPABILITY X] in")},
             opening);
    expect_played(waited);
    const Play refused = play({server("* OK [CAPABILITY IMAP4rev1] ready"), client("A1 LOGIN {5}"),
                               server("A1 NO no"), any_line()},
                              opening);
    EXPECT_EQ(refused.cause(), Cause::login_refused);
    const Play at_once = play({server("* OK [CAPABILITY IMAP4rev1 LITERAL+] ready"),
                               raw_client("A1 LOGIN {5+}\r\nłoś \"Tajne-7f3a\"\r\n"),
                               server("A1 OK [CAPABILITY X] in")},
                              opening);
    expect_played(at_once);
}

TEST(Session, tokens_go_by_oauthbearer_or_xoauth2) {
    const Play bearer =
        play({server("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER] ready"),
              client("A1 AUTHENTICATE OAUTHBEARER " +
                     to_base64("n,a=ala@x,\1host=127.0.0.1\1port=993\1auth=Bearer TOK-9c1b\1\1")),
              server("A1 OK [CAPABILITY X] in")},
             tests::token_opening());
    expect_played(bearer);
    const Play xoauth2 = play({server("* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready"),
                               client("A1 AUTHENTICATE XOAUTH2"), server("+"),
                               client(to_base64("user=ala@x\1auth=Bearer TOK-9c1b\1\1")),
                               server("A1 OK [CAPABILITY X] in")},
                              tests::token_opening());
    expect_played(xoauth2);
    EXPECT_EQ(play({server("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")}, tests::token_opening())
                  .cause(),
              Cause::mechanism_missing);
}

TEST(Session, a_mechanism_that_is_not_to_be_had_is_followed_by_the_other_a_refused_token_is_not) {
    const std::string both = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER]";
    for (const char* said :
         {"A1 NO Unsupported authentication mechanism.", "A1 BAD Unknown command"})
        expect_played(play(
            {server(both), any_line(), server(said),
             client("A2 AUTHENTICATE XOAUTH2 " + to_base64("user=ala@x\1auth=Bearer TOK-9c1b\1\1")),
             server("A2 OK [CAPABILITY X] in")},
            tests::token_opening()));
    const Play alone = play({server("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2]"), any_line(),
                             server("A1 NO Unsupported authentication mechanism.")},
                            tests::token_opening());
    EXPECT_EQ(alone.cause(), Cause::token_refused);
    const Play refused = play({server(both), any_line(), server("A1 NO AUTHENTICATE failed.")},
                              tests::token_opening());
    EXPECT_EQ(refused.cause(), Cause::token_refused);
    EXPECT_EQ(refused.played->complaint, "") << "nothing more is sent";
}

TEST(Session, a_server_that_hangs_up_at_a_long_token_is_told_from_a_line_that_broke) {
    for (const auto& [octets, cause] :
         {std::pair{7000U, Cause::token_too_long}, std::pair{2000U, Cause::connection_lost}}) {
        tests::Opening opening = tests::token_opening();
        opening.credentials.secret = Secret(std::string(octets, 't'));
        const Play result = play(
            {server("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2]"), any_line(), hang_up()},
            opening);
        EXPECT_EQ(result.cause(), cause) << octets;
    }
}

TEST(Session, error_challenges_are_answered_and_told) {
    const std::string challenge = to_base64(R"({"status":"400","schemes":"Bearer"})");
    for (const auto& [mechanism, answer] :
         {std::pair{"XOAUTH2"s, ""s}, std::pair{"OAUTHBEARER"s, "AQ=="s}}) {
        const Play result =
            play({server("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=" + mechanism + "]"), any_line(),
                  server("+ " + challenge), client(answer), server("A1 NO AUTHENTICATE failed.")},
                 tests::token_opening());
        EXPECT_EQ(result.played->complaint, "");
        EXPECT_EQ(result.cause(), Cause::token_refused);
        EXPECT_EQ(result.opened.error().fact("challenge"),
                  R"({"status":"400","schemes":"Bearer"})");
        EXPECT_EQ(result.opened.error().fact("server_said"), "AUTHENTICATE failed.");
    }
}

TEST(Session, challenges_are_not_answered_for_ever) {
    const Play result = play({server("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN]"), any_line(),
                              raw_server("+ \r\n+ \r\n+ \r\n+ \r\n"), any_line()});
    EXPECT_EQ(result.cause(), Cause::reply_malformed);
}

TEST(Session, greetings_have_their_causes) {
    struct Case {
        Script script;
        Cause cause;
        std::string protocol;
    };
    std::string over_long_line;
    over_long_line.resize(20'000'000, 'x');
    const std::vector<Case> table{
        {{server("220 mx ESMTP")}, Cause::not_imap, "smtp"},
        {{server("+OK POP3")}, Cause::not_imap, "pop3"},
        {{server("HTTP/1.1 400 Bad Request")}, Cause::not_imap, "http"},
        {{server("* 5 EXISTS")}, Cause::not_imap, "unknown"},
        {{server("* BYE Too many connections")}, Cause::server_limit, ""},
        {{server("* BYE [UNAVAILABLE] later")}, Cause::server_limit, ""},
        {{server("* BYE no")}, Cause::server_says_bye, ""},
        {{}, Cause::no_greeting, ""},
        {{raw_server("* OK lines end in LF\n")}, Cause::not_imap, "unknown"},
        {{hang_up()}, Cause::closed_before_greeting, ""},
        {{raw_server("* OK ha"), hang_up()}, Cause::closed_before_greeting, ""},
        {{server(over_long_line)}, Cause::reply_too_long, ""},
    };
    for (const Case& one : table) {
        const Play result = play(one.script);
        EXPECT_EQ(result.cause(), one.cause) << name_of(one.cause);
        EXPECT_EQ(result.opened.error().layer, Layer::greeting);
        EXPECT_EQ(result.opened.error().fact("protocol"), one.protocol);
        EXPECT_EQ(result.played->written, "");
    }
}

TEST(Session, a_greeting_may_have_a_blank_or_a_line_too_many) {
    expect_played(play({server("\r\n*  OK  [CAPABILITY IMAP4rev1] ready\r\n"),
                        client("A1 LOGIN \"ala\" \"Tajne-7f3a\""),
                        server("A1 OK [CAPABILITY IMAP4rev1] in\r\n")}));
    EXPECT_EQ(play({raw_server("* OK hi\n")}).opened.error().fact("server_said"), "* OK hi ");
}

TEST(Session, a_stop_is_not_a_lost_connection) {
    StopSource source;
    source.request_stop();
    tests::Opening opening = tests::usual_opening();
    opening.stop = source.get_token();
    EXPECT_EQ(play({server("* OK hi")}, opening).cause(), Cause::cancelled);
}

TEST(Session, credentials_are_checked_before_anything_is_said) {
    tests::Opening opening = tests::usual_opening();
    opening.credentials.secret = Secret("a\r\nA2 LOGOUT");
    const Play result = play({server("* OK hi")}, opening);
    EXPECT_EQ(result.cause(), Cause::bad_credentials_text);
    EXPECT_EQ(result.played->written, "");
}

TEST(Session, signs_out_with_logout) {
    Play result = tests::play_signed_in(
        "", {client("A1 LOGOUT"), server("* BYE bye\r\nA1 OK done"), hang_up()});
    expect_played(result);
    result.session().sign_out(tests::soon());
    result.opened = nullptr;
    EXPECT_EQ(result.played->written, "A1 LOGOUT\r\n");
}

TEST(Session, secrets_are_in_nothing_that_is_shown) {
    const std::string echo = "Tajne-7f3a TOK-9c1b " + plain_response;
    for (const auto& opening : {tests::usual_opening(), tests::token_opening()})
        for (const std::string capabilities :
             {"AUTH=PLAIN AUTH=XOAUTH2 SASL-IR", "AUTH=PLAIN AUTH=OAUTHBEARER", "AUTH=XOAUTH2", ""})
            for (const std::string said : {"NO ", "OK ", "BAD "}) {
                const Play result =
                    play({server("* OK [CAPABILITY " + capabilities + "] ready"), any_line(),
                          server("+ " + echo), any_line(), server("+ " + to_base64(echo)),
                          any_line(), server("A1 " + said + echo), any_line()},
                         opening);
                std::string seen = result.conversation();
                if (!result.opened)
                    for (const auto& [key, value] : result.opened.error().facts)
                        seen += key + value;
                const std::string secret(opening.credentials.secret.reveal());
                EXPECT_EQ(seen.find(secret), std::string::npos) << seen;
                for (const std::string before : {"", "u", "uu"}) {
                    const std::string encoded = to_base64(before + secret);
                    const std::string middle = encoded.substr(4, encoded.size() - 8);
                    EXPECT_EQ(seen.find(middle), std::string::npos) << seen;
                }
            }
}

}  // namespace
}  // namespace mail::imap
