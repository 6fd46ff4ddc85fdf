#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "gui/about_dialog.h"
#include "gui/fuzzy.h"
#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

TEST(FuzzyFit, what_begins_the_name_goes_before_what_is_within_it) {
    const auto begin = fuzzy_fit("gen", "Generuj dokument"),
               word = fuzzy_fit("dok", "Generuj dokument"),
               within = fuzzy_fit("kum", "Generuj dokument"),
               letters = fuzzy_fit("gdk", "Generuj dokument");
    ASSERT_TRUE(begin && word && within && letters);
    EXPECT_GT(*begin, *word);
    EXPECT_GT(*word, *within);
    EXPECT_GT(*within, *letters);
}

TEST(FuzzyFit, letters_have_to_come_in_their_order_and_begin_with_a_word) {
    EXPECT_FALSE(fuzzy_fit("kdg", "Generuj dokument"));
    EXPECT_FALSE(fuzzy_fit("ejd", "Generuj dokument"));
    EXPECT_FALSE(fuzzy_fit("genx", "Generuj dokument"));
    EXPECT_FALSE(fuzzy_fit("x", ""));
}

TEST(FuzzyFit, case_and_diacritics_do_not_count) {
    EXPECT_TRUE(fuzzy_fit("ODSWIEZ", "Odśwież"));
    EXPECT_TRUE(fuzzy_fit("odśw", "Odśwież"));
    EXPECT_TRUE(fuzzy_fit("skroty", "Skróty klawiszowe"));
}

TEST(FuzzyFit, each_word_has_to_be_found_in_whatever_order) {
    EXPECT_TRUE(fuzzy_fit("dok gen", "Generuj dokument"));
    EXPECT_FALSE(fuzzy_fit("dok punkt", "Generuj dokument"));
    EXPECT_EQ(fuzzy_fit("", "Generuj dokument"), fuzzy_fit("  ", "Odśwież"));
}

TEST(Palette, a_part_of_the_name_and_enter_do_it) {
    ShellBench bench(office_snapshot());
    bench.posted.clear();
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    bench.type("odsw");
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::OpenPoint>().size(), 1U);
    EXPECT_FALSE(bench.driver->shown("###palette_words"));
}

TEST(Palette, the_other_language_is_known_too) {
    ShellBench bench(office_snapshot());
    bench.posted.clear();
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    bench.type("refresh");
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(bench.all<mail::OpenPoint>().size(), 1U);
}

TEST(Palette, points_are_opened_by_their_name) {
    ShellBench bench(office_snapshot());
    EXPECT_EQ(bench.shell.title(), "Faktury kosztowe");
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    bench.type("zamow");
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(bench.shell.title(), "Zamówienia \u2013 Oddział Północ-Wschód");
}

TEST(Palette, what_can_not_be_done_says_why_comes_last_and_is_not_done) {
    ShellBench bench(office_snapshot());
    bench.posted.clear();
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    bench.type("generuj");
    EXPECT_TRUE(bench.driver->says("Zaznacz wiadomość"));
    bench.key(ImGuiKey_Enter);
    EXPECT_TRUE(bench.all<mail::Take>().empty());
    EXPECT_TRUE(bench.driver->shown("###palette_words"));
}

TEST(Palette, arrows_choose_and_go_around) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    bench.key(ImGuiKey_DownArrow);  // the second point
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(bench.shell.title(), "Zamówienia \u2013 Oddział Północ-Wschód");
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    bench.key(ImGuiKey_UpArrow);  // the last of all: something that can't be done
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(bench.shell.title(), "Faktury kosztowe");
}

TEST(Palette, what_was_done_last_comes_before_the_other_commands) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    bench.type("klawisz");
    bench.key(ImGuiKey_Enter);
    EXPECT_TRUE(bench.driver->shown("###keys_close"));
    bench.key(ImGuiKey_Escape);
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    for (std::size_t i = 0; i < bench.snapshot.points.size(); ++i)
        bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Enter);
    EXPECT_TRUE(bench.driver->shown("###keys_close"));
}

TEST(Palette, escape_leaves_it_and_nothing_is_done) {
    ShellBench bench(office_snapshot());
    bench.posted.clear();
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    bench.type("odsw");
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###palette_words"));
    EXPECT_TRUE(bench.all<mail::OpenPoint>().empty());
}

TEST(Palette, a_click_beside_leaves_it_too) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
    bench.click("###palette_words");
    ASSERT_TRUE(bench.driver->shown("###palette_words"));
    bench.driver->click("###generate");
    bench.settle();
    EXPECT_FALSE(bench.driver->shown("###palette_words"));
    EXPECT_TRUE(bench.all<mail::Take>().empty());
}

TEST(AboutDialog, tells_what_helps_somebody_to_help_and_copies_it) {
    ShellBench bench(office_snapshot());
    bench.snapshot.workspace = "/home/biuro/mailpoint";
    bench.click("###menu");
    bench.click("O programie");
    EXPECT_TRUE(bench.driver->says("Wersja "));
    EXPECT_TRUE(bench.driver->says("Licencja MIT"));
    EXPECT_TRUE(bench.driver->says("/home/biuro/mailpoint"));
    EXPECT_TRUE(bench.driver->says("Dear ImGui"));
    bench.click("###about_copy");
    EXPECT_TRUE(bench.driver->says("Skopiowano"));
    const std::string copied = Driver::clipboard();
    EXPECT_TRUE(copied.starts_with("Mailpoint "));
    EXPECT_NE(copied.find("\nObszar roboczy: /home/biuro/mailpoint\n"), std::string::npos);
    EXPECT_NE(copied.find("\nSQLite z systemu (public domain)\n"), std::string::npos);
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###about_close"));
}

// Whoever adds a library, or another version of one, says so to those who use the program.
TEST(AboutDialog, has_the_libraries_of_the_table_that_names_their_licences) {
    std::ifstream file(MAILPOINT_SOURCE_DIR "/third_party/README.md");
    std::size_t rows = 0;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("| ") || line.starts_with("| library |") ||
            line.find("| tests only") != std::string::npos)
            continue;
        std::vector<std::string> cells;
        std::istringstream in(line.substr(2));
        for (std::string cell; std::getline(in, cell, '|');)
            cells.push_back(
                cell.substr(cell.starts_with(' ') ? 1 : 0,
                            cell.find_last_not_of(' ') + (cell.starts_with(' ') ? 0 : 1)));
        ASSERT_LT(rows, libraries().size()) << line;
        const Library& ours = libraries()[rows++];
        EXPECT_TRUE(cells[0].find(ours.name.substr(0, ours.name.find_first_of(", "))) !=
                    std::string::npos)
            << cells[0] << " / " << ours.name;
        EXPECT_EQ(cells[2], ours.licence) << ours.name;
        EXPECT_TRUE(cells[1].find(ours.version) != std::string::npos) << cells[1];
        EXPECT_TRUE(!ours.version.empty() || cells[1].starts_with("the system's")) << cells[1];
    }
    EXPECT_EQ(rows, libraries().size());
}

TEST(SettingsDialog, the_language_is_changed_at_once) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_Comma, ImGuiMod_Ctrl);
    bench.click("##language");
    bench.click("English");
    EXPECT_EQ(bench.settings.language, text::Language::en);
    EXPECT_TRUE(bench.driver->says("Row density"));
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->shown("Generate document###generate"));
    EXPECT_TRUE(bench.driver->says("16\u00a0messages"));
}

TEST(SettingsDialog, theme_size_and_density_are_chosen_by_mouse_and_by_letter) {
    ShellBench bench(office_snapshot());
    bench.click("###menu");
    bench.click("Ustawienia…");
    bench.click("##theme");
    bench.click("Ciemny");
    EXPECT_EQ(bench.settings.theme, Theme::dark);
    bench.click("##density");
    bench.click("Gęsta");
    EXPECT_TRUE(bench.settings.dense_rows);
    bench.click("##scale");
    bench.click("125\u00a0%");
    EXPECT_EQ(bench.settings.scale_percent, 125);
    bench.click("###settings_close");
    EXPECT_FALSE(bench.driver->shown("##theme"));
}

void end_saving(ShellBench& bench, std::optional<mail::Error> error) {
    auto job = std::make_shared<mail::JobView>();
    job->id = 100 + bench.posted.size();
    job->state = error ? mail::JobView::State::failed : mail::JobView::State::done;
    job->error = std::move(error);
    bench.snapshot.jobs = {job};
    bench.settle();
}

void keep_for(ShellBench& bench, mail::point::Retention retention) {
    auto office = std::make_shared<mail::point::Office>(*bench.snapshot.office);
    office->retention = retention;
    bench.snapshot.office = office;
}

TEST(SettingsDialog, an_administrator_says_how_long_things_are_kept_and_is_warned_before) {
    ShellBench bench(office_snapshot());
    keep_for(bench, {500, 90});
    bench.key(ImGuiKey_Comma, ImGuiMod_Ctrl);
    EXPECT_FALSE(bench.driver->enabled("###retention_save")) << "nothing was changed";
    bench.driver->replace("##log_days", "29");
    EXPECT_TRUE(bench.driver->says("Od 30 do 3650 dni."));
    EXPECT_FALSE(bench.driver->enabled("###retention_save"));
    bench.driver->replace("##log_days", "60");
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Wpisy starsze niż 60\u00a0dni zostaną usunięte"));
    bench.driver->replace("##list_days", "366");
    EXPECT_TRUE(bench.driver->says("Od 0 do 365 dni."));
    EXPECT_FALSE(bench.driver->enabled("###retention_save"));
    bench.driver->replace("##list_days", "0");
    bench.settle();
    EXPECT_TRUE(bench.all<mail::SaveRetention>().empty()) << "not before it is asked for";
    bench.click("###retention_save");
    ASSERT_EQ(bench.all<mail::SaveRetention>().size(), 1U);
    EXPECT_EQ(bench.all<mail::SaveRetention>()[0].retention, (mail::point::Retention{60, 0}));
    EXPECT_EQ(bench.all<mail::SaveRetention>()[0].based_on, (mail::point::Retention{500, 90}));
    keep_for(bench, {60, 0});
    end_saving(bench, std::nullopt);
    EXPECT_TRUE(bench.driver->says("Zapisano."));
    EXPECT_FALSE(bench.driver->enabled("###retention_save"));
}

TEST(SettingsDialog, what_others_have_set_meanwhile_is_shown_before_it_is_written_over) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_Comma, ImGuiMod_Ctrl);
    bench.driver->replace("##log_days", "60");
    bench.click("###retention_save");
    keep_for(bench, {1000, 90});
    end_saving(
        bench,
        mail::Error{mail::Cause::point_changed, mail::Layer::workspace, mail::Reach::point, {}});
    bench.driver->replace("##list_days", "10");
    bench.click("###retention_save");
    ASSERT_EQ(bench.all<mail::SaveRetention>().size(), 2U);
    EXPECT_EQ(bench.all<mail::SaveRetention>()[1].retention, (mail::point::Retention{1000, 10}));
}

TEST(SettingsDialog, others_see_how_long_things_are_kept_and_who_can_change_it) {
    mail::Snapshot snapshot = office_snapshot();
    mail::point::Operator ala;
    ala.id = ala.account_name = "ala";
    ala.name = "Ala Nowak";
    ala.administrator = true;
    snapshot.operators =
        std::make_shared<mail::point::Operators>(mail::point::Operators{std::move(ala)});
    snapshot.may_define = false;
    ShellBench bench(std::move(snapshot));
    keep_for(bench, {400, 0});
    bench.key(ImGuiKey_Comma, ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.driver->says("400\u00a0dni"));
    EXPECT_TRUE(bench.driver->says("niezapamiętywane"));
    EXPECT_TRUE(bench.driver->says("administratorzy: Ala Nowak"));
    EXPECT_FALSE(bench.driver->shown("##log_days"));
    EXPECT_FALSE(bench.driver->shown("###retention_save"));
}

TEST(SettingsDialog, a_workspace_file_that_cannot_be_read_is_told_and_not_written_over) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.office_error = mail::Error{mail::Cause::point_damaged,
                                        mail::Layer::point,
                                        mail::Reach::point,
                                        {{"file", "/biuro/workspace.json"},
                                         {"line", "3"},
                                         {"field", "log_kept_days"},
                                         {"reason", "out_of_range"},
                                         {"expected", "30–3650"}}};
    ShellBench bench(std::move(snapshot));
    bench.key(ImGuiKey_Comma, ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.driver->says("/biuro/workspace.json"));
    EXPECT_TRUE(bench.driver->says("musi mieścić się w granicach 30–3650"));
    EXPECT_FALSE(bench.driver->shown("##log_days"));
}

}  // namespace
}  // namespace gui::test
