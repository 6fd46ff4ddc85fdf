#include "gui/text/json_faults.h"

#include <gtest/gtest.h>

#include "gui/text/causes.h"
#include "mail/point/json_fault.h"

namespace gui::text {

namespace {

mail::Error damaged(mail::Facts facts) {
    facts.emplace_back("line", "3");
    facts.emplace_back("file", "/b/a.json");
    return {mail::Cause::point_damaged, mail::Layer::point, mail::Reach::point, std::move(facts)};
}

}  // namespace

TEST(JsonFaults, each_is_said_in_both_languages_with_what_it_names) {
    for (const std::string_view code : mail::point::json_fault_names) {
        mail::Facts facts{{"reason", std::string(code)}};
        for (const char* key : {"field", "column", "limit", "expected", "other", "seen"})
            facts.emplace_back(key, "<" + std::string(key) + ">");
        const std::string polish = words_of(damaged(facts), Language::pl).cause;
        const std::string english = words_of(damaged(facts), Language::en).cause;
        EXPECT_NE(polish, english) << code;
        for (const std::string& words : {polish, english}) {
            EXPECT_EQ(words.find('_'), std::string::npos) << words;
            EXPECT_EQ(words.find_first_of("{}"), std::string::npos) << words;
            EXPECT_TRUE(words.ends_with('.')) << words;
        }
    }
}

TEST(JsonFaults, a_value_of_the_wrong_kind_is_told_with_what_is_there) {
    const mail::Error error = damaged(
        {{"reason", "must_be_whole_number"}, {"field", "connection.port"}, {"seen", "text"}});
    EXPECT_EQ(words_of(error, Language::pl).cause,
              "Plik /b/a.json jest uszkodzony (wiersz 3); nie zmieniono go. Powód: "
              "„connection.port” musi być liczbą całkowitą, najwyżej 32-bitową (jest: tekst).");
    EXPECT_EQ(words_of(error, Language::en).cause,
              "/b/a.json is damaged (line 3); it was not changed. Reason: “connection.port” must "
              "be a whole number of at most 32 bits (found: a text).");
}

TEST(JsonFaults, every_kind_of_value_has_words_in_both_languages) {
    for (const std::string_view kind : mail::point::json_kind_names) {
        const mail::Error error =
            damaged({{"reason", "must_be_text"}, {"field", "name"}, {"seen", std::string(kind)}});
        EXPECT_NE(words_of(error, Language::pl).cause.find("(jest: "), std::string::npos) << kind;
        EXPECT_NE(words_of(error, Language::en).cause.find("(found: "), std::string::npos) << kind;
    }
}

TEST(JsonFaults, a_wrong_version_is_told_with_what_is_there) {
    const auto said = [](const char* seen) {
        return std::string(with_reason_in_words(damaged({{"reason", "wrong_version"},
                                                         {"field", "version"},
                                                         {"expected", "1"},
                                                         {"seen", seen}}),
                                                Language::en)
                               .fact("reason"));
    };
    EXPECT_EQ(said("text"), "“version” must be 1 (found: a text)");
    EXPECT_EQ(said("1.5"), "“version” must be 1 (found: 1.5)");
}

TEST(JsonFaults, a_character_that_is_called_like_a_kind_is_just_itself) {
    const mail::Error error =
        damaged({{"reason", "unexpected_character"}, {"column", "9"}, {"seen", "}"}});
    EXPECT_EQ(with_reason_in_words(error, Language::pl).fact("reason"),
              "nieoczekiwany znak „}” w kolumnie 9");
}

TEST(JsonFaults, the_details_say_the_reason_in_words_and_once) {
    const mail::Error error = damaged(
        {{"reason", "must_be_one_of"}, {"field", "type"}, {"expected", "\"mailbox\", \"ocr\""}});
    EXPECT_EQ(words_of(error, Language::pl).details,
              "kod: point_damaged (point)\n"
              "powód: „type” musi mieć jedną z wartości \"mailbox\", \"ocr\"\n"
              "pole: type\nwiersz: 3\nplik: /b/a.json");
}

TEST(JsonFaults, a_reason_that_is_no_code_stays_as_it_is) {
    EXPECT_EQ(with_reason_in_words(damaged({{"reason", "odd"}}), Language::pl).fact("reason"),
              "odd");
}

}  // namespace gui::text
