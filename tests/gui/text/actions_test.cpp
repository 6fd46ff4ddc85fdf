#include "gui/text/actions.h"

#include <set>

#include <gtest/gtest.h>

namespace gui::text {

namespace {

using mail::store::Action;
using Lock = mail::work::Gate::Lock;

// One behind the last of each, as mail/ declares them.
constexpr int deeds = static_cast<int>(Action::What::clock_leapt) + 1;
constexpr int locks = static_cast<int>(Lock::ledger_damaged) + 1;

template <class Value>
std::set<std::string> all_words(int count, Language language) {
    std::set<std::string> words;
    for (int i = 0; i < count; ++i)
        words.emplace(words_of(static_cast<Value>(i), language));
    return words;
}

TEST(Actions, every_deed_and_lock_has_words_of_its_own_in_both_languages) {
    for (const Language language : {Language::en, Language::pl}) {
        EXPECT_EQ(all_words<Action::What>(deeds, language).size(), deeds);
        EXPECT_EQ(all_words<Lock>(locks, language).size(), locks);
        EXPECT_FALSE(all_words<Action::What>(deeds, language).contains(""));
        EXPECT_FALSE(all_words<Lock>(locks, language).contains(""));
    }
}

std::string result(const char* cause, const char* detail, Language language = Language::pl) {
    Action action;
    action.result = cause;
    action.detail = detail;
    return result_of(action, language);
}

TEST(Actions, a_result_is_a_sentence_and_its_detail) {
    EXPECT_EQ(result("", ""), "Wykonano");
    EXPECT_EQ(result("", "2/3"), "Zapisano 2 z 3\u00a0plików");
    EXPECT_EQ(result("", "1/1"), "Zapisano 1 z 1\u00a0pliku");
    EXPECT_EQ(result("", "2/3", Language::en), "2 of 3\u00a0files saved");
    EXPECT_EQ(result("", "0/1/1"), "1\u00a0plik był już zapisany");
    EXPECT_EQ(result("", "0/5/5"), "5\u00a0plików było już zapisanych");
    EXPECT_EQ(result("", "1/3/2"), "Zapisano 1 z 3\u00a0plików; 2\u00a0pliki były już zapisane");
    EXPECT_EQ(result("", "0/2/1", Language::en),
              "0 of 2\u00a0files saved; 1\u00a0file was saved already");
    EXPECT_EQ(result("", "1/2/3/4"), "1/2/3/4");
    EXPECT_EQ(result("", "/srv/2/3"), "/srv/2/3");
    EXPECT_EQ(result("", "2/3/"), "2/3/");
    EXPECT_EQ(result("append_refused", ""), "Serwer nie przyjął wiadomości z powrotem.");
    EXPECT_EQ(result("append_refused", "0/2", Language::en),
              "The server did not take the message back. 0 of 2\u00a0files saved");
    EXPECT_EQ(result("from_a_newer_version", ""), "from_a_newer_version");
}

TEST(Actions, why_a_file_of_an_ocr_point_failed_is_told) {
    Action action;
    action.what = Action::What::ocr_failed;
    action.result = "command_failed";
    action.detail = "8";
    EXPECT_EQ(result_of(action, Language::pl), "polecenie zakończyło się kodem 8");
    // As older lines have it.
    action.detail = "8: no text: page 2";
    EXPECT_EQ(result_of(action, Language::pl), "polecenie zakończyło się kodem 8: no text: page 2");
    action.result = "too_large";
    action.detail = "0";
    EXPECT_EQ(result_of(action, Language::en), "it is larger than the point accepts");
    // Of a newer version.
    action.result = "unheard_of";
    action.detail = "no number";
    EXPECT_NE(result_of(action, Language::en), "");
}

TEST(Actions, a_gate_names_its_file) {
    EXPECT_EQ(words_of(mail::work::Gate{Lock::file_missing, "/srv/a.pdf", {}}, Language::pl),
              "zapisanego pliku nie ma już w folderze (/srv/a.pdf)");
    EXPECT_NE(words_of(mail::work::Gate{Lock::part_wanted, "a.exe", {}}, Language::en)
                  .find("undo that decision (a.exe)"),
              std::string::npos);
    EXPECT_EQ(words_of(mail::work::Gate{Lock::not_taken, "", {}}, Language::en),
              "its attachments were not taken");
}

TEST(Actions, how_long_things_are_kept_is_told_in_days) {
    Action action;
    action.what = Action::What::retention_saved;
    action.detail = "60/1";
    EXPECT_EQ(result_of(action, Language::pl), "Dziennik: 60\u00a0dni, listy: 1\u00a0dzień");
    EXPECT_EQ(result_of(action, Language::en), "Log: 60\u00a0days, lists: 1\u00a0day");
}

}  // namespace

}  // namespace gui::text
