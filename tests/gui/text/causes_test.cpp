#include "gui/text/causes.h"

#include <array>

#include <gtest/gtest.h>

#include "gui/text/authorization.h"
#include "mail/point/validate.h"

namespace gui::text {

namespace {

using mail::Cause;
using mail::Error;

constexpr std::array every_cause{
#define CAUSE(name, exit, retry) Cause::name,
#include "mail/base/causes.def"
};
constexpr std::array both{Language::en, Language::pl};

Error error_of(Cause cause, mail::Facts facts = {}) {
    return {cause, mail::Layer::auth, mail::Reach::point, std::move(facts)};
}

/// One sentence or more for people: not empty, ends as a sentence does, no hole left open.
void expect_sentence(const std::string& text) {
    ASSERT_FALSE(text.empty());
    EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
    EXPECT_EQ(text.find("  "), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with('.') || text.ends_with("”")) << text;
}

TEST(Causes, every_cause_without_facts_is_whole_sentences_in_both_languages) {
    for (const Cause cause : every_cause)
        for (const Language language : both) {
            SCOPED_TRACE(mail::name_of(cause));
            const ErrorWords words = words_of(error_of(cause), language);
            expect_sentence(words.cause);
            expect_sentence(words.next_step);
        }
}

TEST(Causes, the_dates_of_a_certificate_are_in_the_readers_language) {
    const Error error =
        error_of(Cause::certificate_expired, {{"valid_from", "Nov  1 00:00:00 2025 GMT"},
                                              {"valid_until", "Nov 30 16:55:50 2026 GMT"}});
    const ErrorWords words = words_of(error, Language::pl);
    EXPECT_NE(words.cause.find("od 01.11.2025 do 30.11.2026"), std::string::npos) << words.cause;
    EXPECT_NE(words.details.find("Nov 30 16:55:50 2026 GMT"), std::string::npos) << words.details;
}

TEST(Causes, of_a_part_that_is_wanted_the_way_out_is_named) {
    const Error error =
        error_of(Cause::gate_locked, {{"lock", "part_wanted"}, {"path", "logo.png"}});
    for (const Language language : both) {
        const ErrorWords words = words_of(error, language);
        expect_sentence(words.cause);
        expect_sentence(words.next_step);
        EXPECT_NE(words.cause, words_of(error_of(Cause::gate_locked), language).cause);
    }
    EXPECT_NE(words_of(error, Language::en).next_step.find("undo the decision"), std::string::npos);
}

TEST(Causes, every_fault_of_a_sign_in_is_whole_sentences_in_both_languages) {
    constexpr std::array faults{
#define FAULT(name, remedy) #name,
#include "mail/oauth/faults.def"
    };
    for (const char* fault : faults) {
        SCOPED_TRACE(fault);
        const Error error = error_of(Cause::sign_in_fault, {{"fault", fault}});
        const ErrorWords english = words_of(error, Language::en),
                         polish = words_of(error, Language::pl);
        for (const std::string& text :
             {english.cause, english.next_step, polish.cause, polish.next_step})
            expect_sentence(text);
        EXPECT_NE(english.cause, polish.cause);
    }
}

TEST(Causes, a_code_that_nobody_knows_is_named) {
    const Error error = error_of(
        Cause::sign_in_fault,
        {{"fault", "unknown"}, {"error", "quota_gone"}, {"number", "999"}, {"trace", "t-1"}});
    const ErrorWords words = words_of(error, Language::en);
    EXPECT_NE(words.cause.find("quota_gone"), std::string::npos);
    EXPECT_NE(words.details.find("999"), std::string::npos);
    EXPECT_NE(words.details.find("t-1"), std::string::npos);
}

TEST(Causes, a_number_that_nobody_knows_is_named_beside_the_words_of_its_class) {
    const auto words = [](const char* number, Language language) {
        return words_of(error_of(Cause::sign_in_fault, {{"fault", "grant_ended"},
                                                        {"error", "invalid_grant"},
                                                        {"number", number},
                                                        {"trace", "t-1"}}),
                        language)
            .cause;
    };
    EXPECT_EQ(words("999", Language::en),
              "The authorization has expired or was revoked. The provider's code: invalid_grant, "
              "999; trace id t-1.");
    EXPECT_EQ(words("999", Language::pl),
              "Autoryzacja wygasła albo została cofnięta. Kod dostawcy: invalid_grant, 999; "
              "identyfikator śledzenia t-1.");
    EXPECT_EQ(words("50173", Language::en), "The authorization has expired or was revoked.")
        << "what is known has words of its own";
}

TEST(Causes, a_token_that_was_new_is_not_mended_by_another) {
    const auto next = [](mail::Facts facts) {
        return words_of(error_of(Cause::token_refused, std::move(facts)), Language::en).next_step;
    };
    EXPECT_EQ(next({}), "Sign in again.");
    EXPECT_NE(next({{"fresh", "yes"}}).find("another sign-in will not help"), std::string::npos);
    EXPECT_NE(next({{"challenge", R"({"status":"insufficient_scope"})"}}).find("ticked"),
              std::string::npos);
}

TEST(Causes, what_nobody_tries_again_is_not_said_to_be) {
    const mail::Facts busy{{"fault", "provider_busy"}};
    mail::Facts signing_in = busy;
    signing_in.emplace_back("signing_in", "yes");
    EXPECT_NE(
        words_of(error_of(Cause::provider_busy, busy), Language::en).next_step.find("by itself"),
        std::string::npos);
    EXPECT_NE(words_of(error_of(Cause::provider_busy, signing_in), Language::pl)
                  .next_step.find("ponownie naciśnij"),
              std::string::npos);
}

TEST(Causes, what_the_provider_shows_in_the_browser_is_explained) {
    const auto words = [](std::string_view shown) {
        return words_of_browser_error(shown, Language::en);
    };
    for (const char* shown : {"AADSTS50011: The redirect URI 'http://localhost' …", "AADSTS50011",
                              "Error 400: redirect_uri_mismatch\n", "redirect_uri_mismatch"})
        EXPECT_TRUE(words(shown).starts_with("The redirect address is not registered")) << shown;
    EXPECT_NE(words("AADSTS123456: x").find("AADSTS123456"), std::string::npos);
    for (const char* shown : {"", "hello", "http://localhost:1/?code=x&state=y",
                              "http://localhost:1/?error=access_denied&state=y"})
        EXPECT_EQ(words(shown), "") << shown;
    EXPECT_NE(words_of_browser_error("AADSTS50105", Language::pl), words("AADSTS50105"));
}

TEST(Causes, every_cause_with_all_facts_is_whole_sentences_in_both_languages) {
    mail::Facts facts;
    for (const char* key :
         {"host",           "port",  "folder",     "server_said", "path",
          "reason",         "line",  "file",       "nearest",     "proxy",
          "issuer",         "names", "fresh",      "login",       "mechanisms",
          "octets_missing", "limit", "valid_from", "valid_until", "sha256",
          "name",           "known", "field",      "point",       "administrators"})
        facts.emplace_back(key, std::string("<") + key + ">");
    for (const Cause cause : every_cause)
        for (const Language language : both) {
            SCOPED_TRACE(mail::name_of(cause));
            const ErrorWords words = words_of(error_of(cause, facts), language);
            expect_sentence(words.cause);
            expect_sentence(words.next_step);
        }
}

TEST(Causes, a_folder_that_stands_empty_where_a_share_was_is_not_said_to_be_silent) {
    const mail::Facts facts{{"path", "/skany"}, {"stands_empty", "yes"}};
    for (const Language language : both) {
        const ErrorWords words = words_of(error_of(Cause::folder_silent, facts), language);
        expect_sentence(words.cause);
        expect_sentence(words.next_step);
        EXPECT_NE(words.cause.find("/skany"), std::string::npos);
        EXPECT_NE(words.cause,
                  words_of(error_of(Cause::folder_silent, {{"path", "/skany"}}), language).cause);
    }
}

TEST(Causes, the_two_languages_differ) {
    for (const Cause cause : every_cause)
        EXPECT_NE(words_of(error_of(cause), Language::en).cause,
                  words_of(error_of(cause), Language::pl).cause)
            << mail::name_of(cause);
}

TEST(Causes, facts_stand_in_the_sentence) {
    const Error error =
        error_of(Cause::connection_refused, {{"host", "imap.firma.example"}, {"port", "994"}});
    EXPECT_EQ(words_of(error, Language::pl).cause,
              "Serwer imap.firma.example działa, ale na porcie 994 nic nie nasłuchuje.");
    EXPECT_EQ(words_of(error, Language::en).cause,
              "imap.firma.example is reachable, but nothing listens on port 994.");
    EXPECT_EQ(words_of(error_of(Cause::folder_missing, {{"folder", "X"}, {"nearest", "INBOX.X"}}),
                       Language::pl)
                  .cause,
              "Na serwerze nie ma folderu „X”; najbliższy to „INBOX.X”.");
}

TEST(Causes, the_servers_words_are_quoted_and_harmless) {
    const Error error = error_of(Cause::login_refused,
                                 {{"server_said", "NO {host} wrong\r\nA1 OK \x1b[31m\u202Egnp"}});
    const ErrorWords words = words_of(error, Language::en);
    EXPECT_NE(words.cause.find("“NO {host} wrong"), std::string::npos) << words.cause;
    for (const std::string& text : {words.cause, words.details}) {
        EXPECT_EQ(text.find('\r'), std::string::npos);
        EXPECT_EQ(text.find('\x1b'), std::string::npos);
        EXPECT_EQ(text.find("\u202E"), std::string::npos);
    }
}

TEST(Causes, details_name_code_and_layer_and_one_fact_a_line) {
    const Error error = error_of(Cause::login_refused,
                                 {{"host", "imap.a.example"}, {"server_said", "NO"}, {"odd", "1"}});
    EXPECT_EQ(words_of(error, Language::pl).details,
              "kod: login_refused (auth)\nserwer: imap.a.example\nserwer powiedział: „NO”\nodd: 1");
}

TEST(Causes, what_a_missing_point_or_permission_names_has_a_label_in_both_languages) {
    const Error error = error_of(
        Cause::point_not_found,
        {{"name", "x"}, {"point", "x"}, {"administrators", "x"}, {"known", "x"}, {"damaged", "x"}});
    const std::string details = words_of(error, Language::pl).details;
    for (const char* line : {"nazwa: x", "punkt: x", "administratorzy: x", "istniejące punkty: x",
                             "pliki, których nie można odczytać: x"})
        EXPECT_NE(details.find(line), std::string::npos) << line;
    EXPECT_NE(words_of(error, Language::en).details.find("points that are there: x"),
              std::string::npos);
}

TEST(Causes, a_value_that_is_not_right_is_told_as_the_form_tells_it) {
    for (const std::string_view fault : mail::point::fault_names) {
        SCOPED_TRACE(fault);
        const Error error = error_of(
            Cause::point_invalid,
            {{"field", "connection.port"}, {"reason", std::string(fault)}, {"file", "/b/a.json"}});
        const std::string polish = words_of(error, Language::pl).cause,
                          english = words_of(error, Language::en).cause;
        for (std::string text : {polish, english}) {
            // These are no holes but what people type into a command.
            for (const std::string_view typed : {"{in}", "{out}"})
                for (std::size_t at = 0; (at = text.find(typed)) != std::string::npos;)
                    text.erase(at, typed.size());
            EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
        }
        EXPECT_EQ(english.find(fault), std::string::npos) << english;
        EXPECT_NE(polish, english);
    }
    const Error port =
        error_of(Cause::point_invalid, {{"field", "connection.port"}, {"reason", "port_range"}});
    EXPECT_EQ(words_of(port, Language::pl).cause,
              "W polu connection.port jest błąd: Port musi być liczbą od 1 do 65535.");
    const Error template_field = error_of(
        Cause::point_invalid,
        {{"field", "general.naming"}, {"reason", "unknown_template_field"}, {"seen", "sendr"}});
    EXPECT_NE(words_of(template_field, Language::en).cause.find("sendr"), std::string::npos);
}

TEST(Causes, of_a_secret_in_a_definition_the_field_is_named_and_where_it_goes) {
    const auto said = [](const char* field) {
        return words_of(error_of(Cause::point_invalid, {{"field", field}, {"secret", "yes"}}),
                        Language::en);
    };
    EXPECT_NE(said("connection.password").cause.find("connection.password"), std::string::npos);
    EXPECT_NE(said("connection.password").next_step.find("mailpoint password"), std::string::npos);
    EXPECT_NE(said("connection.proxy").next_step.find("https_proxy"), std::string::npos);
}

}  // namespace

}  // namespace gui::text
