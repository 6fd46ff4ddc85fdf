// The tabs Ogólne, Lista and Uprawnienia, and the form of an OCR point.

#include "gui/screens/editor.h"

#include <gtest/gtest.h>

#include "tests/gui/editor_bench.h"

namespace gui {
namespace {

using mail::JobView;
using test::editor_of;
using test::good_point;
using test::Opened;

TEST(Editor, name_and_target_folder_are_saved) {
    Opened editor(editor_of(good_point()));
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    editor.d().replace("##name", "Żółte faktury");
    editor.d().replace("##target_folder", "/srv/faktury");
    editor.d().click("only_graphic");
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.name, "Żółte faktury");
    EXPECT_EQ(save->point.general.folder, "/srv/faktury");
    EXPECT_TRUE(save->point.general.only_graphic_attachments);
    EXPECT_EQ(save->point.id, "7");
}

TEST(Editor, the_mark_of_a_fault_moves_no_tab) {
    Opened editor(editor_of(good_point()));
    const auto left_of = [&editor](const char* tab) {
        const test::Item* found = editor.d().find(tab);
        return found == nullptr ? 0.F : found->rect.Min.x;
    };
    const float list = left_of("##tab_list"), permissions = left_of("##tab_permissions");
    ASSERT_GT(list, 0.F);
    editor.d().click("##tab_general");
    editor.d().replace("##name", "");
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    editor.d().frames(3);
    EXPECT_EQ(left_of("##tab_list"), list);
    EXPECT_EQ(left_of("##tab_permissions"), permissions);
}

TEST(Editor, what_is_typed_right_after_tab_is_not_lost) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##tab_general");
    editor.d().replace("##name", "Faktury");
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiKey_Tab, true);
    io.AddKeyEvent(ImGuiKey_Tab, false);
    // By a program that fills in forms, or on a machine that draws slowly.
    io.AddInputCharactersUTF8("/srv");
    editor.d().frames(10);
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.general.folder, "/srv");
}

float width_of(Opened& editor, const char* item) {
    const test::Item* found = editor.d().find(item);
    return found == nullptr ? 0.F : found->rect.GetWidth();
}

/// Answers what the form has asked about its folder.
void answer_folder(Opened& editor, std::optional<mail::Cause> fault, mail::Facts more = {}) {
    more.emplace_back("path", "/srv/faktury");
    editor.bench.job(
        fault ? mail::JobView::State::failed : mail::JobView::State::done, [&](mail::JobView& job) {
            if (fault)
                job.error =
                    mail::Error{*fault, mail::Layer::target, mail::Reach::point, std::move(more)};
        });
    editor.d().frames(2);
}

TEST(Editor, a_target_folder_that_is_not_there_is_told_and_made_by_the_button) {
    mail::point::Point point = good_point();
    point.general.folder = "/srv/faktury";
    Opened editor(editor_of(point));
    const auto* asked = editor.bench.last<mail::CheckFolder>();
    ASSERT_NE(asked, nullptr) << "also before its tab is seen: it marks that";
    EXPECT_EQ(asked->folder, "/srv/faktury");
    EXPECT_FALSE(asked->make);
    const float unmarked = width_of(editor, "##tab_general");
    answer_folder(editor, mail::Cause::folder_not_found);
    EXPECT_GT(width_of(editor, "##tab_general"), unmarked) << "the mark";
    editor.d().click("##tab_general");
    EXPECT_TRUE(editor.d().says("Taki folder nie istnieje."));
    editor.d().click("Utwórz");
    asked = editor.bench.last<mail::CheckFolder>();
    ASSERT_NE(asked, nullptr);
    EXPECT_EQ(asked->folder, "/srv/faktury");
    EXPECT_TRUE(asked->make);
    answer_folder(editor, std::nullopt);
    EXPECT_FALSE(editor.d().says("Taki folder nie istnieje."));
    EXPECT_TRUE(editor.d().says("Tam trafiają załączniki."));
    EXPECT_EQ(width_of(editor, "##tab_general"), unmarked);
}

TEST(Editor, a_target_folder_that_cannot_be_made_says_why) {
    using mail::Cause;
    for (const auto& [fault, words] :
         {std::pair{Cause::no_permission_there, "Brak prawa zapisu lub odczytu: /srv/faktury."},
          std::pair{Cause::disk_full, "Na dysku"},
          std::pair{Cause::folder_not_found, "System nie pozwala na to w tym miejscu"}}) {
        mail::point::Point point = good_point();
        point.general.folder = "/srv/faktury";
        Opened editor(editor_of(point));
        editor.d().click("##tab_general");
        answer_folder(editor, Cause::folder_not_found);
        EXPECT_FALSE(editor.d().says("Nie udało się utworzyć folderu."));
        editor.d().click("Utwórz");
        answer_folder(editor, fault);
        EXPECT_TRUE(editor.d().says("Nie udało się utworzyć folderu.")) << words;
        EXPECT_TRUE(editor.d().says(words)) << words;
        editor.d().replace("##target_folder", "/srv/inne");
        EXPECT_FALSE(editor.d().says("Nie udało się utworzyć folderu.")) << "another question";
    }
}

TEST(Editor, a_relative_target_folder_says_where_it_is_and_a_home_folder_that_it_is_none) {
    mail::point::Point ocr;
    ocr.type = mail::point::Type::ocr;
    ocr.id = "ocr";
    Opened editor(editor_of(good_point()));
    editor.bench.add_point(ocr);  // else there is a button for making one
    editor.bench.snapshot.workspace = "/home/ala/mailpoint";
    editor.d().click("##tab_general");
    const float unmarked = width_of(editor, "##tab_general");
    EXPECT_FALSE(editor.d().says("Teraz oznacza to"));
    editor.d().replace("##target_folder", "Faktury/2026");
    EXPECT_TRUE(editor.d().says("Teraz oznacza to /home/ala/mailpoint/Faktury/2026"));
    EXPECT_FALSE(editor.d().says("folderu domowego"));
    editor.d().key(ImGuiKey_Tab);
    answer_folder(editor, mail::Cause::folder_not_found);
    EXPECT_TRUE(editor.d().says("Teraz oznacza to /home/ala/mailpoint/Faktury/2026"));
    EXPECT_TRUE(editor.d().shown("Utwórz"));
    editor.d().replace("##target_folder", "/srv/faktury");
    EXPECT_FALSE(editor.d().says("Teraz oznacza to"));

    for (const char* folder : {"~", "~/Faktury"}) {
        editor.d().replace("##target_folder", folder);
        EXPECT_TRUE(editor.d().says("Znak „~” nie oznacza tu folderu domowego."));
        EXPECT_TRUE(editor.d().says("Teraz oznacza to /home/ala/mailpoint/" + std::string(folder)));
        editor.d().key(ImGuiKey_Tab);
        answer_folder(editor, mail::Cause::folder_not_found);
        EXPECT_FALSE(editor.d().shown("Utwórz")) << "a folder of that name is not what is meant";
        EXPECT_GT(width_of(editor, "##tab_general"), unmarked) << "the mark";
    }
    editor.d().replace("##target_folder", "~kopia");
    EXPECT_FALSE(editor.d().says("folderu domowego"));
    editor.d().replace("##target_folder", "~/Faktury");
    editor.d().click("save");
    EXPECT_NE(editor.bench.last<mail::SavePoint>(), nullptr) << "a warning only";
}

TEST(Editor, a_secret_that_somebody_wrote_into_the_file_is_told) {
    mail::PointView view;
    view.definition = std::make_shared<const mail::point::Point>(good_point());
    view.secret_field = "connection.client_secret";
    Opened editor(Editor::for_point(view));
    EXPECT_TRUE(editor.d().says("w „connection.client_secret”, jest coś, co wygląda na sekret"));
}

TEST(Editor, of_a_password_in_a_proxys_address_its_field_speaks) {
    mail::PointView view;
    view.definition = std::make_shared<const mail::point::Point>(good_point());
    view.secret_field = "connection.proxy";
    Opened editor(Editor::for_point(view));
    EXPECT_TRUE(editor.d().says("Serwer poczty przychodzącej"));
    EXPECT_FALSE(editor.d().says("wygląda na sekret"));
}

TEST(Editor, a_target_folder_with_a_password_in_it_is_not_saved) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##tab_general");
    editor.d().replace("##target_folder", "smb://ala:tajne@nas/skany");
    editor.d().click("save");
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Hasło nie może stać w definicji. Podaj adres bez niego."));
    EXPECT_TRUE(editor.d().has_focus("##target_folder"));
    EXPECT_TRUE(editor.bench.posted.empty() || editor.bench.last<mail::SavePoint>() == nullptr);
}

TEST(Editor, an_ocr_point_that_has_gone_is_told_and_one_that_is_not_shown_is_no_such) {
    mail::point::Point point = good_point();
    point.general.ocr_point = "gone";
    for (const bool may_define : {true, false}) {
        mail::PointView view;
        view.definition = std::make_shared<const mail::point::Point>(point);
        Opened editor(may_define ? Editor::for_point(view) : Editor::for_viewing(view));
        editor.bench.snapshot.may_define = may_define;
        editor.d().click("##tab_general");
        EXPECT_EQ(editor.d().says("Wybranego punktu OCR nie ma"), may_define);
        EXPECT_EQ(editor.d().says("(punkt, którego nie ma)"), may_define);
        EXPECT_EQ(editor.d().says("(punkt, którego nie możesz zobaczyć)"), !may_define);
    }
}

TEST(Editor, the_preview_numbers_the_files_of_each_mail) {
    mail::point::Point point = good_point();
    point.general.naming = "{number} {sender_address}";
    Opened editor(editor_of(point));
    editor.d().click("##tab_general");
    EXPECT_TRUE(editor.d().says("1 faktury@transbud.example.pdf"));
    EXPECT_TRUE(editor.d().says("1 rechnung@mueller.example.pdf"));
}

TEST(Editor, what_no_file_may_be_called_is_told_at_the_template) {
    mail::point::Point point = good_point();
    point.general.naming = "{sender}/{name}";
    Opened editor(editor_of(point));
    editor.d().click("##tab_general");
    editor.d().replace("##naming", "{sender}/{received:%H:%M}");
    editor.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(editor.d().says("Znak „/” jest niedozwolony w nazwie pliku; będzie „_”."));
    EXPECT_TRUE(editor.d().says("Transbud Łódź_08_12.pdf")) << "as the preview shows";
    editor.d().click("save");
    EXPECT_NE(editor.bench.last<mail::SavePoint>(), nullptr) << "a warning only";
}

TEST(Editor, where_there_is_no_ocr_point_a_button_leads_to_a_new_one) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##tab_general");
    editor.d().click("Utwórz");
    editor.d().frames(2);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::closed);
    EXPECT_TRUE(editor.outcome.then_ocr);
}

TEST(Editor, who_keeps_editing_is_not_led_to_a_new_ocr_point_later) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##tab_general");
    editor.d().replace("##name", "Inna");
    editor.d().click("Utwórz");
    editor.d().frames(2);
    editor.d().click("###question_stay");
    editor.d().frames(2);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::editing);
    editor.d().key(ImGuiKey_Escape);
    editor.d().frames(2);
    editor.d().click("###question_discard");
    editor.d().frames(2);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::closed);
    EXPECT_FALSE(editor.outcome.then_ocr) << "that was another time";
}

TEST(Editor, little_room_and_another_point_in_the_folder_are_warned_of) {
    mail::point::Point point = good_point();
    point.general.folder = "/srv/faktury";
    for (const auto& [facts, words] :
         {std::pair{mail::Facts{{"free_octets", "5767168"}, {"used_by", "Zamówienia"}},
                    "Zostało tylko 5,5\u00A0MB miejsca."},
          std::pair{mail::Facts{{"used_by", "Zamówienia"}},
                    "Tego folderu używa już punkt Zamówienia."}}) {
        Opened editor(editor_of(point));
        editor.d().click("##tab_general");
        editor.d().frames(2);
        const auto* asked = editor.bench.last<mail::CheckFolder>();
        ASSERT_NE(asked, nullptr);
        EXPECT_EQ(asked->form_of, "7");
        editor.bench.job(mail::JobView::State::done,
                         [&told = facts](mail::JobView& job) { job.folder_facts = told; });
        editor.d().frames(2);
        EXPECT_TRUE(editor.d().says(words)) << editor.d().words();
        editor.d().click("save");
        EXPECT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    }
}

TEST(Editor, a_target_folder_below_one_that_is_missing_is_not_offered_to_be_made) {
    mail::point::Point point = good_point(), ocr;
    point.general.folder = "/srv/faktury";
    ocr.type = mail::point::Type::ocr;
    ocr.id = "ocr";
    Opened editor(editor_of(point));
    editor.bench.add_point(ocr);  // else there is a button for making one
    editor.d().click("##tab_general");
    editor.d().frames(2);
    answer_folder(editor, mail::Cause::folder_not_found, {{"missing", "/srv"}});
    EXPECT_TRUE(editor.d().says("Folder /srv nie istnieje."));
    EXPECT_FALSE(editor.d().shown("Utwórz"));
    editor.d().replace("##target_folder", "/srv/faktury2");
    editor.d().key(ImGuiKey_Tab);
    editor.d().frames(2);
    answer_folder(editor, mail::Cause::folder_not_found);
    EXPECT_TRUE(editor.d().shown("Utwórz"));
}

TEST(Editor, a_folder_that_cannot_be_used_is_warned_of_and_can_be_saved) {
    using mail::Cause;
    for (const auto& [fault, words] :
         {std::pair{Cause::not_a_folder, "To jest plik, a nie folder."},
          std::pair{Cause::no_permission_there, "Brak prawa zapisu w tym folderze."},
          std::pair{Cause::disk_full, "/srv/faktury"}}) {
        Opened editor(editor_of(good_point()));
        editor.d().click("##tab_general");
        editor.d().frames(2);
        EXPECT_EQ(editor.bench.last<mail::CheckFolder>(), nullptr) << "it names none";
        editor.d().replace("##target_folder", "/srv/faktury");
        EXPECT_EQ(editor.bench.last<mail::CheckFolder>(), nullptr) << "while it is typed in";
        editor.d().key(ImGuiKey_Tab);
        editor.d().frames(2);
        ASSERT_NE(editor.bench.last<mail::CheckFolder>(), nullptr);
        answer_folder(editor, fault);
        EXPECT_TRUE(editor.d().says(words)) << words;
        // Another one is another question.
        editor.d().replace("##target_folder", "/srv/inne");
        EXPECT_FALSE(editor.d().says(words)) << words;
        editor.d().click("save");
        EXPECT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    }
}

TEST(Editor, who_may_only_look_has_no_folder_tried) {
    mail::PointView view;
    mail::point::Point point = good_point();
    point.general.folder = "/srv/faktury";
    view.definition = std::make_shared<const mail::point::Point>(point);
    Opened editor(Editor::for_viewing(view));
    editor.d().click("##tab_general");
    editor.d().frames(2);
    EXPECT_TRUE(editor.bench.posted.empty());
}

TEST(Editor, the_switches_of_the_manual_are_saved_and_say_what_they_do) {
    Opened editor(editor_of(good_point()));
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    EXPECT_TRUE(editor.d().says("przez 30\u00A0dni leży w kwarantannie"));
    std::vector<std::string> switches;
    for (const std::string& label : editor.d().labels())
        for (const char* id :
             {"allow_delete", "delete_after", "set_path", "only_graphic", "take_by_itself"})
            if (label.ends_with(std::string("###") + id))
                switches.emplace_back(id);
    EXPECT_EQ(switches, (std::vector<std::string>{"allow_delete", "delete_after", "set_path",
                                                  "only_graphic", "take_by_itself"}))
        << "those of the manual first";
    for (const char* id : {"allow_delete", "delete_after", "take_by_itself", "set_path"})
        editor.d().click(id);
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_TRUE(save->point.general.allow_delete_from_mailbox);
    EXPECT_TRUE(save->point.general.delete_after_document);
    EXPECT_TRUE(save->point.general.take_by_itself);
    EXPECT_TRUE(save->point.general.set_folder_while_working);
}

TEST(Editor, taking_without_asking_wants_a_folder_that_nobody_has_to_choose) {
    mail::point::Point point = good_point();
    point.general.folder.clear();
    Opened editor(editor_of(point));
    editor.d().click("##tab_general");
    EXPECT_TRUE(editor.d().says("potem każda po nadejściu"));
    editor.d().click("take_by_itself");
    EXPECT_TRUE(editor.d().says("Bez folderu docelowego nic nie zostanie pobrane samo"));
    editor.d().replace("##target_folder", "/srv/faktury");
    EXPECT_FALSE(editor.d().says("Bez folderu docelowego"));
    EXPECT_TRUE(editor.d().says("potem każda po nadejściu"));
}

TEST(Editor, days_out_of_range_are_led_to_and_mended) {
    mail::point::Point point = good_point();
    point.general.quarantine_days = 900;
    Opened editor(editor_of(point));
    editor.d().click("save");
    EXPECT_TRUE(editor.bench.posted.empty());
    editor.d().frames(3);
    EXPECT_TRUE(editor.d().has_focus("##quarantine_days"));
    EXPECT_TRUE(editor.d().says("Od 0 do 365 dni."));
    editor.d().replace("##quarantine_days", "x");
    EXPECT_TRUE(editor.d().says("Od 0 do 365 dni."));
    editor.d().replace("##quarantine_days", "0");
    EXPECT_FALSE(editor.d().says("Od 0 do 365 dni."));
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.general.quarantine_days, 0);
}

TEST(Editor, without_quarantine_it_says_that_nothing_comes_back) {
    mail::point::Point point = good_point();
    point.general.quarantine_days = 0;
    Opened editor(editor_of(point));
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    EXPECT_TRUE(editor.d().says("nie da się jej przywrócić"));
}

TEST(Editor, the_template_shows_what_it_leads_to) {
    Opened editor(editor_of(good_point()));
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    editor.d().replace("##naming", "{received} {sender} {name}");
    EXPECT_TRUE(editor.d().says("2026-11-24 Transbud Łódź FV_0412.pdf"));
    EXPECT_TRUE(editor.d().says("2026-11-20 skaner@biuro.example Skan z kopiarki.tif"));
    editor.d().replace("##naming", "{sneder}");
    editor.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(editor.d().says("Nieznane pole sneder. Dostępne: received, sender, "));
    EXPECT_FALSE(editor.d().says("Skan z kopiarki.tif"));
}

TEST(Editor, the_path_of_an_ocr_point_is_chosen_from_those_there_are) {
    Opened none(editor_of(good_point()));
    none.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    EXPECT_TRUE(none.d().says("Nie ma jeszcze punktu OCR."));
    EXPECT_FALSE(none.d().enabled("use_ocr_path"));

    Opened editor(editor_of(good_point()));
    mail::point::Point ocr;
    ocr.type = mail::point::Type::ocr;
    ocr.id = "ocr-1";
    ocr.name = "Faktury \u2013 OCR";
    editor.bench.add_point(ocr);
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    editor.d().click("use_ocr_path");
    EXPECT_TRUE(editor.d().shown("##ocr_point"));
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.general.ocr_point, "ocr-1");
}

TEST(Editor, the_last_of_the_three_columns_is_locked) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##tab_list");
    editor.d().click("column_subject");
    editor.d().click("column_sender");
    EXPECT_FALSE(editor.d().enabled("column_received"));
    EXPECT_TRUE(editor.d().says("Przynajmniej jedna z trzech kolumn musi być widoczna."));
    editor.d().click("column_size");
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.columns, (std::vector<std::string>{"received", "size"}));
}

mail::point::Operator person(const std::string& id, const std::string& name) {
    mail::point::Operator one;
    one.id = one.account_name = id;
    one.account = "1000";
    one.name = name;
    return one;
}

TEST(Editor, people_are_named_and_withdrawn) {
    mail::point::Point point = good_point();
    point.operators = {"ala", "dawny"};
    Opened editor(editor_of(point));
    auto people = std::make_shared<mail::point::Operators>();
    people->push_back(person("ala", "Ala Źrebiec"));
    people->back().administrator = true;
    people->push_back(person("jan", "Jan Żak"));
    editor.bench.snapshot.operators = people;
    editor.bench.snapshot.me = "ala";
    editor.d().click("##tab_permissions");
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Ala Źrebiec (to Ty) · administrator"));
    EXPECT_TRUE(editor.d().says("dawny (nie ma takiej osoby w tym obszarze roboczym)"));
    EXPECT_TRUE(editor.d().says("bez działów i stanowisk"));
    editor.d().click("withdraw_dawny");
    editor.d().click("add_person");
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.operators, (std::vector<std::string>{"ala", "jan"}));
}

TEST(Editor, somebody_else_joins_the_workspace_first) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##tab_permissions");
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().enabled("add_person"));
    editor.d().replace("##person_login", "ewa");
    editor.d().replace("##person_name", "Ewa Świt");
    editor.d().click("add_person");
    const auto* people = editor.bench.last<mail::SaveOperators>();
    ASSERT_NE(people, nullptr);
    ASSERT_EQ(people->operators.size(), 1U);
    EXPECT_EQ(people->operators[0].account_name, "ewa");
    EXPECT_EQ(people->operators[0].name, "Ewa Świt");
    auto joined = std::make_shared<mail::point::Operators>();
    joined->push_back(person("ewa", "Ewa Świt"));
    editor.bench.snapshot.operators = joined;
    editor.bench.job(JobView::State::done);
    editor.d().frames(2);
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.operators,
              (std::vector<std::string>{"ewa"}));
}

TEST(Editor, an_ocr_point_is_a_name_and_a_folder) {
    mail::point::Point point = good_point();
    point.type = mail::point::Type::ocr;
    Opened editor(editor_of(point));
    EXPECT_FALSE(editor.d().shown("##server"));
    EXPECT_FALSE(editor.d().shown("##tab_list"));
    editor.d().click("save");
    EXPECT_TRUE(editor.bench.posted.empty());
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().has_focus("##target_folder"));
    EXPECT_FALSE(editor.d().shown("##naming"));
    editor.d().replace("##target_folder", "/srv/ocr");
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.general.folder, "/srv/ocr");
}

}  // namespace
}  // namespace gui
