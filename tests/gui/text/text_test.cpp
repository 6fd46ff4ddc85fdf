#include "gui/text/text.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "gui/text/cli.h"
#include "gui/text/cli_decide.h"
#include "gui/text/cli_removal.h"
#include "gui/text/cli_save.h"
#include "gui/text/cli_watch.h"
#include "gui/text/ocr.h"
#include "gui/text/plurals.h"
#include "gui/text/report.h"
#include "gui/text/retention.h"
#include "gui/text/screens.h"
#include "gui/text/what_if.h"

namespace gui::text {

namespace {

TEST(Plural, polish_has_one_few_and_many) {
    struct Row {
        std::uint64_t n;
        std::string_view form;
    };
    constexpr std::array rows{
        Row{0, "plików"},  Row{1, "plik"},     Row{2, "pliki"},   Row{4, "pliki"},
        Row{5, "plików"},  Row{11, "plików"},  Row{12, "plików"}, Row{14, "plików"},
        Row{21, "plików"}, Row{22, "pliki"},   Row{25, "plików"}, Row{101, "plików"},
        Row{102, "pliki"}, Row{112, "plików"}, Row{122, "pliki"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(file.in(Language::pl, row.n), row.form) << row.n;
}

TEST(Plural, english_has_one_and_other) {
    EXPECT_EQ(message.in(Language::en, 1), "message");
    for (const std::uint64_t n : {0U, 2U, 5U, 11U, 21U, 101U})
        EXPECT_EQ(message.in(Language::en, n), "messages") << n;
}

TEST(Plural, a_count_keeps_number_and_noun_on_one_line) {
    EXPECT_EQ(counted(document, Language::pl, 22), "22\u00A0dokumenty");
    EXPECT_EQ(counted(new_message, Language::pl, 12), "12\u00A0nowych");
    EXPECT_EQ(counted(new_message, Language::en, 12), "12\u00A0new");
    EXPECT_EQ(counted(message, Language::pl, 10'000), "10\u00A0000\u00A0wiadomości");
}

TEST(Fill, holes_are_filled_by_name_in_the_order_of_the_language) {
    constexpr Text text{"{k} of {n}", "z {n} już {k}"};
    EXPECT_EQ(fill(text, Language::en, {{"n", "3"}, {"k", "1"}}), "1 of 3");
    EXPECT_EQ(fill(text, Language::pl, {{"n", "3"}, {"k", "1"}}), "z 3 już 1");
}

TEST(Fill, a_value_with_braces_is_not_filled_again) {
    EXPECT_EQ(fill("{a} {b}", {{"a", "{b}"}, {"b", "x"}}), "{b} x");
}

TEST(Fill, a_hole_without_a_value_and_a_lone_brace_stay) {
    EXPECT_EQ(fill("{a} {b", {{"b", "x"}}), "{a} {b");
    EXPECT_EQ(fill("", {}), "");
}

// The labels that the manual prints; whoever changes one has to mean it.
TEST(Screens, labels_of_the_manual_are_kept_letter_by_letter) {
    EXPECT_EQ(set_folder.pl, "Ustaw folder");
    EXPECT_EQ(editor_title.pl, "Punkt konfiguracyjny");
    EXPECT_EQ(tab_connection.pl, "Tryb współpracy");
    EXPECT_EQ(tab_general.pl, "Ogólne");
    EXPECT_EQ(save.pl, "Zapisz");
    EXPECT_EQ(close.pl, "Zamknij");
    EXPECT_EQ(mode.pl, "Tryb współpracy");
    EXPECT_EQ(mode_mailbox.pl, "Współpraca ze skrzynką pocztową (pobieranie załączników)");
    EXPECT_EQ(account_type.pl, "Typ konta");
    EXPECT_EQ(server.pl, "Serwer poczty przychodzącej");
    EXPECT_EQ(port.pl, "Port");
    EXPECT_EQ(authentication.pl, "Metoda uwierzytelniania");
    EXPECT_EQ(authentication_password.pl, "Login i hasło");
    EXPECT_EQ(authentication_oauth2.pl, "OAuth2");
    EXPECT_EQ(encryption.pl, "Metoda szyfrowania");
    EXPECT_EQ(encryption_automatic.pl, "Automatyczne");
    EXPECT_EQ(encryption_none.pl, "Brak");
    EXPECT_EQ(login.pl, "Login");
    EXPECT_EQ(password.pl, "Hasło");
    EXPECT_EQ(show_password.pl, "Pokaż hasło");
    EXPECT_EQ(point_name.pl, "Nazwa punktu");
    EXPECT_EQ(only_graphic.pl, "Kopiuj tylko załączniki graficzne");
}

TEST(Help, every_line_fits_a_terminal) {
    const auto columns = [](std::string_view line) {
        return std::count_if(line.begin(), line.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
        });
    };
    for (const Text& help :
         {program_help, points_help, list_help, run_help, extract_help, password_help,
          diagnose_help, export_help, import_help, propose_help, watch_help, retention_help,
          decide_help, save_help, what_if_help, remove_help, restore_help, ocr_help, report_help})
        for (const Language language : {Language::en, Language::pl}) {
            std::string_view rest = help.in(language);
            EXPECT_TRUE(rest.ends_with('\n'));
            while (!rest.empty()) {
                const std::size_t end = rest.find('\n');
                EXPECT_LE(columns(rest.substr(0, end)), 80) << rest.substr(0, end);
                rest.remove_prefix(end + 1);
            }
        }
}

}  // namespace

}  // namespace gui::text
