// Looks at messages in the window: the preview of a part, a message saved as a file, a mail in a
// file that was dropped.

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

constexpr double rests = 0.4;  ///< longer than the selection has to

/// What the engine shows of the last look that was asked for.
void answer(ShellBench& bench, std::optional<mail::preview::Preview> content,
            std::optional<mail::Error> error = {}) {
    const mail::Preview asked = bench.previews.back();
    static mail::JobId look = 0;
    // In the place of the one before, as memory is used again.
    static mail::PreviewView place;
    place = {};
    const std::shared_ptr<mail::PreviewView> view(&place, [](mail::PreviewView*) {});
    view->job = ++look;
    view->point = asked.point;
    view->uid = asked.uid;
    view->uid_validity = asked.uid_validity;
    view->part = asked.part;
    view->content = std::move(content);
    view->error = std::move(error);
    bench.snapshot.preview = view;
    ++bench.snapshot.version;
    bench.settle();
}

void look_at(ShellBench& bench, const std::string& row) {
    bench.click(row);
    bench.driver->seconds(rests);
    bench.settle();
}

mail::Picture picture_of(std::uint8_t red, std::uint32_t width, std::uint32_t height) {
    mail::Picture picture;
    picture.width = picture.original_width = width;
    picture.height = picture.original_height = height;
    for (std::uint32_t i = 0; i < width * height; ++i)
        picture.rgba.insert(picture.rgba.end(), {red, 0, 0, 255});
    return picture;
}

/// The first octet of the texture that pictures are drawn from; -1: there is none.
int red_on_texture() {
    for (const ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        if (texture->Width == 1024 && texture->Height == 1024 && texture->BytesPerPixel == 4 &&
            texture->RefCount == 1 && texture->UseColors)
            return texture->Pixels[0];
    return -1;
}

/// The job of the command that was posted last.
mail::JobView last_job(const ShellBench& bench, mail::JobView::Kind kind) {
    mail::JobView job;
    job.id = 100 + bench.posted.size();
    job.kind = kind;
    job.state = mail::JobView::State::done;
    return job;
}

void put_job(ShellBench& bench, mail::JobView job) {
    std::erase_if(bench.snapshot.jobs, [&](const auto& one) { return one->id == job.id; });
    bench.snapshot.jobs.push_back(std::make_shared<const mail::JobView>(std::move(job)));
    ++bench.snapshot.version;
    bench.settle();
}

}  // namespace

TEST(Preview, a_message_is_looked_at_once_the_selection_rests) {
    ShellBench bench(office_snapshot());
    bench.driver->click("##1");
    bench.driver->frames(2);
    EXPECT_TRUE(bench.previews.empty());
    bench.driver->seconds(rests);
    const auto asked = bench.previews;
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].point, bench.snapshot.points[0]->definition->id);
    EXPECT_EQ(asked[0].uid, 1U);
    EXPECT_EQ(asked[0].part, "") << "its text";
    EXPECT_TRUE(bench.driver->says("Wczytywanie podglądu"));
    bench.driver->seconds(2 * rests);
    EXPECT_EQ(bench.previews.size(), 1U) << "once";
}

TEST(Preview, waits_for_the_lists_own_sign_in) {
    mail::Snapshot snapshot = office_snapshot();
    auto first = std::make_shared<mail::PointView>(*snapshot.points.at(0));
    first->health = mail::PointHealth::checking;
    snapshot.points[0] = first;
    ShellBench bench(snapshot);
    bench.driver->click("##1");
    bench.driver->seconds(rests);
    EXPECT_TRUE(bench.previews.empty());
    EXPECT_TRUE(bench.driver->says("gdy skrzynka odpowie"));
    bench.point(0).health = mail::PointHealth::ok;
    bench.driver->seconds(rests);
    bench.driver->seconds(rests);
    EXPECT_EQ(bench.previews.size(), 1U);
    // A refresh is no new sign-in.
    bench.point(0).health = mail::PointHealth::checking;
    bench.driver->click("##2");
    bench.driver->seconds(rests);
    EXPECT_EQ(bench.previews.size(), 2U);
}

TEST(Preview, a_text_is_shown_of_its_own_message_only) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    answer(bench, mail::Text{"Dzień dobry,\n\nw załączniku faktura.", {}, true});
    EXPECT_TRUE(bench.driver->says("Podgląd: Treść wiadomości"));
    EXPECT_TRUE(bench.driver->says("Dzień dobry,"));
    EXPECT_TRUE(bench.driver->says("w załączniku faktura."));
    EXPECT_TRUE(bench.driver->says("Pokazano tylko początek"));
    bench.click("##2");
    EXPECT_FALSE(bench.driver->says("Dzień dobry,"));
}

TEST(Preview, a_text_in_the_memory_of_the_one_before_is_its_own) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    answer(bench, mail::Text{"pierwszy", {}, false});
    EXPECT_TRUE(bench.driver->says("pierwszy"));
    look_at(bench, "##2");
    answer(bench, mail::Text{"drugi", {}, false});
    EXPECT_TRUE(bench.driver->says("drugi"));
    EXPECT_FALSE(bench.driver->says("pierwszy"));
}

TEST(Preview, a_long_text_is_scrolled_by_the_keyboard) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    bench.key(ImGuiKey_Enter);
    bench.driver->seconds(rests);
    std::string lines;
    for (int i = 0; i < 500; ++i)
        lines += "wiersz " + std::to_string(i) + "\n";
    answer(bench, mail::Text{lines, {}, false});
    const auto scrolled = [] {
        for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
            if (std::string_view(window->Name).find("##preview_text") != std::string_view::npos)
                return window->Scroll.y;
        return -1.F;
    };
    EXPECT_EQ(scrolled(), 0.F);
    bench.key(ImGuiKey_PageDown);
    EXPECT_GT(scrolled(), 0.F);
    EXPECT_TRUE(bench.driver->says("Podgląd: treść wiadomości")) << "no other part";
    bench.key(ImGuiKey_PageUp);
    EXPECT_EQ(scrolled(), 0.F);
}

TEST(Preview, a_text_is_selected_and_copied_without_the_list_hearing_of_it) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    const std::string words = "Dzień dobry,\n\nw załączniku faktura.\nZażółć gęślą jaźń.";
    answer(bench, mail::Text{words, {}, false});
    bench.click("##words");
    bench.key(ImGuiKey_A, ImGuiMod_Ctrl);
    Driver::clipboard().clear();
    bench.key(ImGuiKey_C, ImGuiMod_Ctrl);
    EXPECT_EQ(Driver::clipboard(), words);
    EXPECT_TRUE(bench.driver->has_focus("##words"));
    EXPECT_TRUE(bench.driver->says("Podgląd: Treść wiadomości")) << "one message, as before";
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->has_focus("##1"));
    look_at(bench, "##2");
    answer(bench, mail::Text{"drugi", {}, false});
    bench.click("##words");
    bench.key(ImGuiKey_C, ImGuiMod_Ctrl);
    EXPECT_EQ(Driver::clipboard(), words) << "of another text nothing is selected";
}

TEST(Preview, a_part_that_is_chosen_is_looked_at) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    bench.click("FV_2026_11_412.pdf");
    bench.driver->seconds(rests);
    EXPECT_EQ(bench.previews.back().part, "2");
    EXPECT_TRUE(bench.driver->says("Podgląd: FV_2026_11_412.pdf"));
    answer(bench, mail::NoPreview::other_type);
    EXPECT_TRUE(bench.driver->says("Brak podglądu dla tego typu pliku."));
    look_at(bench, "##2");
    EXPECT_EQ(bench.previews.back().part, "") << "another message begins with its text";
}

TEST(Preview, parts_are_looked_at_by_keyboard) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    bench.key(ImGuiKey_Enter);
    bench.key(ImGuiKey_DownArrow);
    bench.driver->seconds(rests);
    EXPECT_EQ(bench.previews.back().part, "2");
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->has_focus("##1"));
}

TEST(Preview, is_named_in_the_language_of_now) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    bench.key(ImGuiKey_Enter);
    bench.driver->seconds(rests);
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->says("Podgląd: treść wiadomości"));
    bench.settings.language = text::Language::en;
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Preview: message text"));
}

TEST(Preview, pictures_share_one_texture) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    EXPECT_EQ(red_on_texture(), -1);
    answer(bench, picture_of(200, 2, 3));
    EXPECT_TRUE(bench.driver->says("2 × 3 pikseli"));
    EXPECT_EQ(red_on_texture(), 200);
    look_at(bench, "##2");
    answer(bench, picture_of(100, 1024, 1024));
    EXPECT_EQ(red_on_texture(), 100);
}

TEST(Preview, why_there_is_none_is_said_in_words) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    const std::vector<std::pair<mail::NoPreview, const char*>> all{
        {mail::NoPreview::empty, "Nie ma tu tekstu do pokazania."},
        {mail::NoPreview::encrypted, "Zaszyfrowane"},
        {mail::NoPreview::too_large, "Za duże na podgląd."},
        {mail::NoPreview::broken, "Uszkodzone"},
        {mail::NoPreview::other_type, "Brak podglądu"},
    };
    for (const auto& [reason, words] : all) {
        answer(bench, reason);
        EXPECT_TRUE(bench.driver->says(words)) << words;
    }
}

TEST(Preview, an_error_can_be_tried_again) {
    ShellBench bench(office_snapshot());
    look_at(bench, "##1");
    answer(bench, {},
           mail::Error{mail::Cause::message_gone, mail::Layer::fetch, mail::Reach::message, {}});
    bench.click("###preview_again");
    ASSERT_EQ(bench.previews.size(), 2U);
    EXPECT_EQ(bench.previews.back().uid, 1U);
}

TEST(Preview, nothing_is_asked_for_while_the_mailbox_cannot_be_reached) {
    ShellBench bench(office_snapshot());
    bench.point(0).health = mail::PointHealth::down;
    look_at(bench, "##1");
    EXPECT_TRUE(bench.previews.empty());
    EXPECT_TRUE(bench.driver->says("nie ma połączenia"));
    bench.point(0).health = mail::PointHealth::ok;
    bench.driver->seconds(rests);
    EXPECT_EQ(bench.previews.size(), 1U);
}

TEST(SaveMessage, the_selected_message_is_saved_where_somebody_says) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.click("###save_message");
    bench.driver->replace("###file_path", "/home/biuro/a.eml");
    bench.click("###file_yes");
    auto saves = bench.all<mail::SaveMessage>();
    ASSERT_EQ(saves.size(), 1U);
    EXPECT_EQ(saves[0].uid, 1U);
    EXPECT_EQ(saves[0].path, "/home/biuro/a.eml");
    EXPECT_FALSE(saves[0].replace);
    mail::JobView refused = last_job(bench, mail::JobView::Kind::save_message);
    refused.state = mail::JobView::State::failed;
    refused.error =
        mail::Error{mail::Cause::file_exists, mail::Layer::target, mail::Reach::message, {}};
    put_job(bench, refused);
    EXPECT_TRUE(bench.driver->shown("Zastąp###file_yes"));
    bench.click("###file_yes");
    EXPECT_TRUE(bench.all<mail::SaveMessage>().back().replace);
    mail::JobView job = last_job(bench, mail::JobView::Kind::save_message);
    job.state = mail::JobView::State::running;
    job.octets_done = 1 << 20;
    job.octets_total = 4 << 20;
    put_job(bench, job);
    EXPECT_TRUE(bench.driver->says("1 MB z 4,2 MB") || bench.driver->says("z 4"));
    job.state = mail::JobView::State::done;
    job.saved_path = "/home/biuro/a.eml";
    put_job(bench, job);
    EXPECT_TRUE(bench.driver->says("Wiadomość zapisano jako /home/biuro/a.eml"));
    EXPECT_FALSE(bench.driver->shown("###file_yes"));
    bench.click("Otwórz folder");
    EXPECT_EQ(bench.opened(), "/home/biuro");
}

TEST(SaveMessage, is_proposed_where_documents_are_kept_and_then_where_the_last_one_went) {
    ShellBench bench(office_snapshot());
    bench.desk.ask_documents();
    while (bench.desk.documents().empty())
        std::this_thread::yield();
    bench.click("##1");
    bench.key(ImGuiKey_S, ImGuiMod_Ctrl);
    bench.click("###file_yes");
    ASSERT_EQ(bench.all<mail::SaveMessage>().size(), 1U);
    EXPECT_EQ(mail::parent_path(bench.all<mail::SaveMessage>()[0].path), "/home/ala/Dokumenty");
    bench.click("###file_no");
    bench.key(ImGuiKey_S, ImGuiMod_Ctrl);
    bench.driver->replace("###file_path", "/srv/listy/a.eml");
    bench.click("###file_yes");
    mail::JobView job = last_job(bench, mail::JobView::Kind::save_message);
    job.state = mail::JobView::State::done;
    job.saved_path = "/srv/listy/a.eml";
    put_job(bench, job);
    bench.key(ImGuiKey_S, ImGuiMod_Ctrl);
    bench.click("###file_yes");
    EXPECT_EQ(mail::parent_path(bench.all<mail::SaveMessage>().back().path), "/srv/listy");
}

TEST(SaveMessage, what_may_not_be_whole_is_told_and_a_save_can_be_stopped) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.key(ImGuiKey_S, ImGuiMod_Ctrl);
    bench.click("###file_yes");
    ASSERT_EQ(bench.all<mail::SaveMessage>().size(), 1U);
    EXPECT_TRUE(bench.all<mail::SaveMessage>()[0].path.ends_with(".eml"));
    const mail::JobView job = last_job(bench, mail::JobView::Kind::save_message);
    bench.click("###file_no");
    EXPECT_EQ(bench.cancelled, (std::vector<mail::JobId>{job.id}));
    bench.key(ImGuiKey_S, ImGuiMod_Ctrl);
    bench.click("###file_yes");
    mail::JobView doubted = last_job(bench, mail::JobView::Kind::save_message);
    doubted.saved_path = "/home/biuro/b.eml";
    doubted.doubt =
        mail::Error{mail::Cause::part_incomplete, mail::Layer::fetch, mail::Reach::message, {}};
    put_job(bench, doubted);
    EXPECT_TRUE(bench.driver->says("ale może nie być cała"));
}

TEST(DroppedMail, shows_what_extract_sees_and_a_look_at_its_parts) {
    ShellBench bench(office_snapshot());
    bench.shell.dropped({"/home/biuro/list.eml"});
    bench.settle();
    ASSERT_EQ(bench.all<mail::LookInto>().size(), 1U);
    EXPECT_EQ(bench.all<mail::LookInto>()[0].path, "/home/biuro/list.eml");
    EXPECT_TRUE(bench.driver->says("Odczytywanie pliku"));
    mail::JobView job = last_job(bench, mail::JobView::Kind::look_into);
    auto letter = std::make_shared<mail::LetterView>();
    letter->path = "/home/biuro/list.eml";
    letter->subject = "Faktura 7/2026";
    letter->parts =
        mail::work::parts_of(*bench.snapshot.points[0]->mailbox->chunks[0]->begin(), {}).unpack();
    job.letter = letter;
    put_job(bench, job);
    EXPECT_TRUE(bench.driver->says("Faktura 7/2026"));
    EXPECT_TRUE(bench.driver->says("Do pobrania"));
    bench.driver->seconds(rests);
    ASSERT_EQ(bench.all<mail::PreviewInFile>().size(), 1U);
    EXPECT_EQ(bench.all<mail::PreviewInFile>()[0].path, "/home/biuro/list.eml");
    bench.click("FV_2026_11_412.pdf");
    bench.driver->seconds(rests);
    EXPECT_EQ(bench.all<mail::PreviewInFile>().back().part, "2");
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###letter_close"));
}

void show_letter(ShellBench& bench, mail::Parts parts) {
    bench.shell.dropped({"/home/biuro/list 7.eml"});
    bench.settle();
    mail::JobView job = last_job(bench, mail::JobView::Kind::look_into);
    auto letter = std::make_shared<mail::LetterView>();
    letter->path = "/home/biuro/list 7.eml";
    letter->parts = std::move(parts);
    job.letter = letter;
    put_job(bench, job);
}

TEST(DroppedMail, its_files_are_saved_into_a_folder_that_is_asked_for) {
    ShellBench bench(office_snapshot());
    show_letter(
        bench,
        mail::work::parts_of(*bench.snapshot.points[0]->mailbox->chunks[0]->begin(), {}).unpack());
    bench.click("###letter_save");
    EXPECT_TRUE(bench.driver->says("Żaden istniejący plik nie zostanie nadpisany."));
    bench.click("###file_yes");
    ASSERT_EQ(bench.all<mail::SaveFiles>().size(), 1U);
    EXPECT_EQ(bench.all<mail::SaveFiles>()[0].path, "/home/biuro/list 7.eml");
    EXPECT_EQ(bench.all<mail::SaveFiles>()[0].folder, "/home/biuro/list 7") << "beside the mail";
    mail::JobView refused = last_job(bench, mail::JobView::Kind::save_files);
    refused.state = mail::JobView::State::failed;
    refused.error = mail::Error{mail::Cause::not_a_folder,
                                mail::Layer::target,
                                mail::Reach::point,
                                {{"path", "/home/biuro/list 7"}}};
    put_job(bench, refused);
    EXPECT_FALSE(bench.driver->shown("Zastąp###file_yes"));
    bench.driver->replace("###file_path", "/faktury");
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::SaveFiles>().size(), 2U);
    mail::JobView job = last_job(bench, mail::JobView::Kind::save_files);
    job.saved_path = "/faktury";
    job.files = 2;
    job.files_there = 1;
    put_job(bench, job);
    EXPECT_TRUE(
        bench.driver->says("Zapisano 2\u00a0pliki w /faktury; 1\u00a0plik był już zapisany"));
    EXPECT_FALSE(bench.driver->shown("###letter_close"));
    bench.click("Otwórz folder");
    EXPECT_EQ(bench.opened(), "/faktury");
}

TEST(DroppedMail, a_file_that_could_not_be_saved_is_told_and_escape_leaves_the_question_only) {
    ShellBench bench(office_snapshot());
    mail::Parts parts =
        mail::work::parts_of(*bench.snapshot.points[0]->mailbox->chunks[0]->begin(), {}).unpack();
    show_letter(bench, parts);
    bench.click("###letter_save");
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###file_yes"));
    ASSERT_TRUE(bench.driver->shown("###letter_close"));
    bench.click("###letter_save");
    bench.click("###file_yes");
    mail::JobView job = last_job(bench, mail::JobView::Kind::save_files);
    job.saved_path = "/home/biuro/list 7";
    job.files = job.parts_failed = 1;
    auto letter = std::make_shared<mail::LetterView>();
    letter->parts = parts;
    letter->parts.back().error =
        mail::Error{mail::Cause::part_incomplete, mail::Layer::mime, mail::Reach::part, {}};
    job.letter = letter;
    put_job(bench, job);
    EXPECT_TRUE(bench.driver->says("Nie udało się zapisać: 1\u00a0część – "));
}

TEST(DroppedMail, without_a_part_that_becomes_a_file_there_is_nothing_to_save) {
    ShellBench bench(office_snapshot());
    show_letter(bench, {});
    EXPECT_FALSE(bench.driver->enabled("###letter_save"));
}

TEST(DroppedMail, says_why_it_cannot_be_read_and_waits_for_no_dialog) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_F1);
    bench.shell.dropped({"/home/biuro/list.eml"});
    bench.settle();
    EXPECT_TRUE(bench.all<mail::LookInto>().empty()) << "something else is asked";
    EXPECT_TRUE(bench.driver->says("Nie otwarto: 1\u00a0plik. Zamknij to, co jest nad oknem"))
        << bench.driver->words();
    for (int i = 0; i < 40; ++i)
        bench.driver->seconds(0.25);
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->says("Nie otwarto")) << "it was behind the dialog all the time";
    bench.shell.dropped({"/home/biuro/brak.eml"});
    bench.settle();
    mail::JobView job = last_job(bench, mail::JobView::Kind::look_into);
    job.state = mail::JobView::State::failed;
    job.error = mail::Error{mail::Cause::file_not_found,
                            mail::Layer::target,
                            mail::Reach::point,
                            {{"path", "/home/biuro/brak.eml"}}};
    put_job(bench, job);
    EXPECT_TRUE(bench.driver->says("brak.eml"));
    bench.click("###letter_close");
    EXPECT_FALSE(bench.driver->shown("###letter_close"));
}

TEST(DroppedMail, of_several_each_is_shown_in_turn) {
    ShellBench bench(office_snapshot());
    const mail::Parts parts =
        mail::work::parts_of(*bench.snapshot.points[0]->mailbox->chunks[0]->begin(), {}).unpack();
    const auto show = [&](const std::string& path) {
        const auto posted = bench.all<mail::LookInto>();
        ASSERT_FALSE(posted.empty());
        ASSERT_EQ(posted.back().path, path);
        mail::JobView job = last_job(bench, mail::JobView::Kind::look_into);
        auto letter = std::make_shared<mail::LetterView>();
        letter->path = path;
        letter->subject = "Temat " + path;
        letter->parts = parts;
        job.letter = letter;
        put_job(bench, job);
        EXPECT_TRUE(bench.driver->says("Temat " + path));
    };
    bench.shell.dropped({"/a.eml", "/b.eml", "/c.eml"});
    bench.settle();
    show("/a.eml");
    EXPECT_TRUE(bench.driver->shown("Następny plik (jeszcze 2)###letter_next"));
    bench.click("###letter_next");
    EXPECT_FALSE(bench.driver->says("Temat /a.eml"));
    show("/b.eml");
    // Who saves the files of one goes on, too.
    bench.click("###letter_save");
    bench.click("###file_yes");
    ASSERT_EQ(bench.all<mail::SaveFiles>().size(), 1U);
    EXPECT_EQ(bench.all<mail::SaveFiles>()[0].path, "/b.eml");
    mail::JobView saved = last_job(bench, mail::JobView::Kind::save_files);
    saved.saved_path = "/b";
    saved.files = 2;
    put_job(bench, saved);
    EXPECT_TRUE(bench.driver->says("Zapisano 2\u00a0pliki w /b"));
    show("/c.eml");
    EXPECT_FALSE(bench.driver->shown("###letter_next")) << "it is the last";
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###letter_close"));
    EXPECT_EQ(bench.all<mail::LookInto>().size(), 3U);
}

TEST(DroppedMail, leaving_one_leaves_those_behind_it) {
    ShellBench bench(office_snapshot());
    bench.shell.dropped({"/a.eml", "/b.eml"});
    bench.settle();
    bench.click("###letter_close");
    EXPECT_FALSE(bench.driver->shown("###letter_close"));
    EXPECT_EQ(bench.all<mail::LookInto>().size(), 1U);
    EXPECT_EQ(bench.cancelled.size(), 1U);
}

}  // namespace gui::test
