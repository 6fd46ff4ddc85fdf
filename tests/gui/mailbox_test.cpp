// The list of messages by mouse and keyboard, in the whole window.

#include <gtest/gtest.h>

#include "gui/text/format.h"
#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

using Uids = std::vector<std::uint32_t>;
using mail::Status;

// In the office's mailbox, newest first, UID n is the n-th row: 1, 2 and 5 are new, 3 is taken, 4
// is to be checked, 8 is in use by somebody else.

TEST(MailGrid, rows_that_are_clicked_are_what_generate_takes) {
    ShellBench bench(office_snapshot());
    EXPECT_FALSE(bench.driver->enabled("###generate"));
    bench.click("##1");
    bench.click("##5", ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.driver->enabled("Generuj dokument (2)"));
    bench.click("Generuj dokument (2)");
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].point, "koszty");
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, (Uids{1, 5}));
    EXPECT_FALSE(bench.all<mail::Take>()[0].again);
}

TEST(MailGrid, generate_says_of_how_many_and_why_not_of_the_others) {
    ShellBench bench(office_snapshot());
    for (const char* row : {"##1", "##3", "##4", "##8"})
        bench.click(row, std::string_view(row) == "##1" ? 0 : ImGuiMod_Ctrl);
    const auto tells = [&](const std::string& words) {
        bench.driver->hover("###generate");
        for (int i = 0; i < 4; ++i)
            bench.driver->seconds(0.5);
        return bench.driver->says(words);
    };
    const std::string label = bench.driver->find("###generate")->label;
    EXPECT_TRUE(label.find(" z 4)") != std::string::npos) << label;
    EXPECT_TRUE(tells("Pominięte: ")) << bench.driver->words();
    EXPECT_TRUE(tells("Pobrana: 1"));
    EXPECT_TRUE(tells("Zajęta: 1"));
    // What the filter hides is not acted on, either.
    bench.key(ImGuiKey_A, ImGuiMod_Ctrl);
    bench.click("###chip1");
    EXPECT_TRUE(tells("ukrytych filtrem")) << bench.driver->words();
}

TEST(MailGrid, the_keyboard_alone_selects_and_generates) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_UpArrow);
    bench.key(ImGuiKey_DownArrow, ImGuiMod_Shift);
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, (Uids{1, 2}));
}

TEST(MailGrid, a_click_counts_though_the_pointer_has_come_only_with_it) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.driver->click_at_once("##5");
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, (Uids{5}));
}

TEST(MailGrid, what_is_taken_or_in_use_is_left_out) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    bench.click("##8", ImGuiMod_Shift);
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, (Uids{2, 4, 5, 6}));
}

TEST(MailGrid, taken_messages_alone_are_taken_again) {
    ShellBench bench(office_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, Uids{3});
    EXPECT_TRUE(bench.all<mail::Take>()[0].again);
}

TEST(MailGrid, select_all_means_all_that_are_shown) {
    ShellBench bench(office_snapshot());
    bench.click("Nowe###chip1");
    EXPECT_EQ(bench.rows(), (Uids{1, 2, 5}));
    bench.click("##2");
    bench.key(ImGuiKey_A, ImGuiMod_Ctrl);
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, (Uids{1, 2, 5}));
}

TEST(MailGrid, a_chord_that_comes_and_goes_at_once_is_not_missed) {
    ShellBench bench(office_snapshot());
    bench.click("Nowe###chip1");
    bench.click("##2");
    ImGuiIO& io = ImGui::GetIO();
    for (const bool down : {true, false}) {
        io.AddKeyEvent(ImGuiMod_Ctrl, true);
        io.AddKeyEvent(ImGuiKey_A, down);
    }
    io.AddKeyEvent(ImGuiMod_Ctrl, false);
    bench.settle();
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, (Uids{1, 2, 5}));
}

TEST(MailGrid, a_modifier_that_is_let_go_in_the_same_moment_still_counts) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, true);
    bench.driver->frames(1);
    io.AddKeyEvent(ImGuiKey_Enter, true);
    io.AddKeyEvent(ImGuiMod_Ctrl, false);
    io.AddKeyEvent(ImGuiKey_Enter, false);
    bench.settle();
    EXPECT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_FALSE(bench.driver->has_focus("treść wiadomości"));
}

TEST(MailGrid, what_is_typed_right_after_ctrl_f_is_looked_for) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, true);
    io.AddKeyEvent(ImGuiKey_F, true);
    bench.driver->frames(1);
    io.AddKeyEvent(ImGuiKey_F, false);
    io.AddKeyEvent(ImGuiMod_Ctrl, false);
    for (const char letter : std::string("zak")) {
        io.AddInputCharacter(static_cast<unsigned char>(letter));
        bench.driver->frames(1);
    }
    bench.settle();
    EXPECT_EQ(bench.rows(), (Uids{2, 6}));
}

TEST(MailGrid, ctrl_enter_that_comes_and_goes_at_once_generates) {
    for (const bool after_another : {false, true}) {
        ShellBench bench(office_snapshot());
        bench.click("##2");
        ImGuiIO& io = ImGui::GetIO();
        if (after_another) {
            io.AddKeyEvent(ImGuiMod_Ctrl, true);
            io.AddKeyEvent(ImGuiKey_A, true);
            io.AddKeyEvent(ImGuiKey_A, false);
            io.AddKeyEvent(ImGuiMod_Ctrl, false);
        }
        io.AddKeyEvent(ImGuiKey_LeftCtrl, true);
        io.AddKeyEvent(ImGuiMod_Ctrl, true);
        io.AddKeyEvent(ImGuiKey_Enter, true);
        io.AddKeyEvent(ImGuiKey_Enter, false);
        io.AddKeyEvent(ImGuiMod_Ctrl, false);
        io.AddKeyEvent(ImGuiKey_LeftCtrl, false);
        bench.settle();
        EXPECT_EQ(bench.all<mail::Take>().size(), 1U) << after_another;
        EXPECT_FALSE(bench.driver->has_focus("treść wiadomości"));
    }
}

TEST(MailGrid, enter_in_a_menu_is_not_meant_for_the_row) {
    ShellBench bench(office_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_F10);
    for (int steps = 0; steps < 30 && !bench.driver->has_focus("Panel szczegółów"); ++steps)
        bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Enter);
    EXPECT_FALSE(bench.settings.details_open);
    EXPECT_TRUE(bench.driver->has_focus("##3"));
    bench.key(ImGuiKey_Enter);
    EXPECT_TRUE(bench.settings.details_open);
}

TEST(MailGrid, a_click_on_each_header_sorts_and_another_turns_it_round) {
    ShellBench bench(office_snapshot(), {1280, 1400});
    for (const std::string column :
         {"status", "subject", "sender", "received", "attachments", "size"}) {
        bench.click("###" + column);
        const Uids once = bench.rows();
        bench.click("###" + column);
        const Uids twice = bench.rows();
        EXPECT_NE(once, twice) << column;
        EXPECT_EQ(once.size(), 16U) << column;
        EXPECT_EQ(twice.size(), 16U) << column;
        const auto& stored = bench.settings.grids["koszty"].sort;
        ASSERT_EQ(stored.size(), 1U) << column;
        EXPECT_TRUE(stored[0] == column || stored[0] == "-" + column);
    }
}

TEST(MailGrid, a_width_that_was_dragged_is_kept) {
    ShellBench bench(office_snapshot());
    const auto width_of = [](const ShellBench& shown, const char* column) {
        return shown.driver->find(column)->rect.GetWidth();
    };
    const float before = width_of(bench, "###status");
    const ImVec2 edge{bench.driver->find("###status")->rect.Max.x,
                      bench.driver->find("###status")->rect.GetCenter().y};
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(edge.x, edge.y);
    bench.driver->frames(2);
    io.AddMouseButtonEvent(0, true);
    bench.driver->frames(2);
    io.AddMousePosEvent(edge.x + 40, edge.y);
    bench.driver->frames(2);
    io.AddMouseButtonEvent(0, false);
    bench.settle();
    EXPECT_NEAR(width_of(bench, "###status"), before + 40, 2);
    const Settings kept = bench.settings;
    ASSERT_EQ(kept.grids.at("koszty").widths.count("status"), 1U);
    EXPECT_EQ(kept.grids.at("koszty").widths.count("size"), 0U);
    const float width = width_of(bench, "###status");
    bench.driver.reset();

    ShellBench again(office_snapshot(), kept);
    EXPECT_NEAR(width_of(again, "###status"), width, 2);
}

TEST(MailGrid, a_column_goes_where_its_title_is_dragged_and_stays_there) {
    ShellBench bench(office_snapshot());
    const auto centre_of = [](const ShellBench& shown, const char* column) {
        return shown.driver->find(column)->rect.GetCenter();
    };
    const ImVec2 from = centre_of(bench, "###sender");
    const ImVec2 to{bench.driver->find("###subject")->rect.Min.x + 4, from.y};
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(from.x, from.y);
    bench.driver->frames(2);
    io.AddMouseButtonEvent(0, true);
    bench.driver->frames(2);
    for (float x = from.x; x > to.x; x -= 20) {
        io.AddMousePosEvent(x, to.y);
        bench.driver->frames(1);
    }
    io.AddMouseButtonEvent(0, false);
    bench.settle();
    EXPECT_LT(centre_of(bench, "###sender").x, centre_of(bench, "###subject").x);
    const Settings kept = bench.settings;
    bench.driver.reset();

    ShellBench again(office_snapshot(), kept);
    EXPECT_LT(centre_of(again, "###sender").x, centre_of(again, "###subject").x);
}

TEST(MailGrid, no_subject_changes_the_height_of_its_row) {
    std::vector<SampleMail> mails;
    for (const std::string& subject :
         {std::string(), std::string(1 << 20, 'x'),
          std::string("\u0641\u0627\u062a\u0648\u0631\u0629"), std::string("\U0001F4CE \U0001F600"),
          std::string("a\nb\tc\x01"), std::string("\xFF\xFE\xC5")})
        mails.push_back({Status::new_, subject, "Firma", "", 1, 1, 10});
    ShellBench bench(office_snapshot());
    auto view = std::make_shared<mail::MailboxView>(*sample_mailbox(mails));
    view->rows_version = 2;
    bench.point(0).mailbox = view;
    bench.settle();
    ASSERT_EQ(bench.rows().size(), mails.size());
    for (const std::uint32_t uid : bench.rows())
        EXPECT_EQ(bench.driver->find("##" + std::to_string(uid))->rect.GetHeight(), 31.F) << uid;
}

TEST(MailGrid, shift_adds_a_level_to_the_sort) {
    ShellBench bench(office_snapshot(), {1280, 1400});
    bench.click("###status");
    bench.click("###size", ImGuiMod_Shift);
    EXPECT_EQ(bench.settings.grids["koszty"].sort, (std::vector<std::string>{"status", "-size"}));
    const Uids rows = bench.rows();
    ASSERT_GE(rows.size(), 3U);
    EXPECT_EQ((Uids{rows[0], rows[1], rows[2]}), (Uids{2, 5, 1}));  // the new ones by size
}

TEST(MailGrid, the_sort_of_the_settings_is_there_at_the_start) {
    mail::Snapshot snapshot = office_snapshot();
    ShellBench bench(std::move(snapshot), {1280, 1400});
    bench.click("###subject");
    const Uids rows = bench.rows();
    ShellBench again(office_snapshot(), {1280, 1400});
    EXPECT_NE(again.rows(), rows);
}

TEST(MailGrid, selection_survives_sorting_and_filtering) {
    ShellBench bench(office_snapshot());
    bench.click("##5");
    bench.click("###subject");
    EXPECT_TRUE(bench.driver->says("zaznaczono 1 (2\u00a0załączniki"));
    bench.key(ImGuiKey_F, ImGuiMod_Ctrl);
    bench.type("energia");
    EXPECT_TRUE(bench.driver->says("zaznaczono 1, z tego 1"));
    EXPECT_FALSE(bench.driver->enabled("###generate"));  // hidden rows are not acted on
}

TEST(MailGrid, the_filter_finds_without_diacritics_and_escape_clears_it) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_F, ImGuiMod_Ctrl);
    bench.type("zak wspolnicy");
    EXPECT_EQ(bench.rows(), Uids{2});
    EXPECT_TRUE(bench.driver->says("pokazano 1 z 16"));
    bench.key(ImGuiKey_Escape);
    EXPECT_GT(bench.rows().size(), 5U);
}

TEST(MailGrid, a_filter_without_hits_offers_the_way_back) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_F, ImGuiMod_Ctrl);
    bench.type("nie ma tego");
    EXPECT_TRUE(bench.driver->says("Nic nie pasuje do"));
    bench.click("Wyczyść filtr");
    EXPECT_GT(bench.rows().size(), 5U);
}

TEST(MailGrid, letters_jump_to_the_next_row_that_starts_so) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.type("zamo");
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, Uids{6});
}

TEST(MailGrid, rows_are_copied_as_a_table) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    bench.key(ImGuiKey_C, ImGuiMod_Ctrl);
    const std::string& text = Driver::clipboard();
    EXPECT_TRUE(text.starts_with("Nowa\tFaktura nr 118/11/2026 oraz protokół odbioru\tŻak"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\t'), 5);
}

TEST(MailGrid, enter_goes_into_the_details_and_escape_back) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.click("##2", ImGuiMod_Ctrl);
    bench.key(ImGuiKey_Enter);
    EXPECT_TRUE(bench.driver->enabled("Generuj dokument (2)"));
    EXPECT_TRUE(bench.driver->has_focus("treść wiadomości"));
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->has_focus("##2"));
}

TEST(MailGrid, a_right_click_offers_what_can_be_done_with_the_row) {
    ShellBench bench(office_snapshot());
    bench.driver->right_click("##5");
    bench.settle();
    EXPECT_TRUE(bench.driver->shown("Generuj dokument (1)###row_generate"));
    bench.click("###row_generate");
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, Uids{5});
}

TEST(MailGrid, the_menu_of_a_selected_row_is_about_the_whole_selection) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.click("##2", ImGuiMod_Ctrl);
    bench.driver->right_click("##2");
    bench.click("Kopiuj wiersze");
    const std::string& text = Driver::clipboard();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST(MailGrid, the_menu_of_the_rows_opens_by_either_key_and_gives_the_focus_back) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    for (const ImGuiKeyChord chord :
         {ImGuiKeyChord{ImGuiKey_Menu}, ImGuiMod_Shift | ImGuiKey_F10}) {
        bench.key(static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_), chord & ImGuiMod_Mask_);
        EXPECT_TRUE(bench.driver->shown("Kopiuj wiersze"));
        bench.key(ImGuiKey_Escape);
        EXPECT_FALSE(bench.driver->shown("Kopiuj wiersze"));
        EXPECT_TRUE(bench.driver->has_focus("##2"));
    }
    bench.key(ImGuiKey_Menu);
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Enter);  // the fourth of them: details
    EXPECT_TRUE(bench.driver->has_focus("treść wiadomości"));
}

TEST(MailGrid, the_menu_opens_the_folder) {
    ShellBench bench(office_snapshot());
    bench.driver->right_click("##3");
    bench.click("Otwórz folder");
    EXPECT_EQ(bench.opened(), "/home/biuro/Faktury/2026-11");
}

TEST(MailGrid, a_hundred_thousand_rows_are_walked_through_by_keys) {
    mail::Snapshot snapshot = office_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points[0]);
    point->mailbox = large_mailbox(100000);
    snapshot.points[0] = point;
    ShellBench bench(std::move(snapshot));
    EXPECT_LT(bench.rows().size(), 40U);  // only what is seen is drawn
    bench.click("###size");
    bench.click("##" + std::to_string(bench.rows().at(0)));
    bench.key(ImGuiKey_End);
    const std::uint32_t last = bench.rows().back();
    EXPECT_TRUE(bench.driver->has_focus("##" + std::to_string(last)));
    bench.key(ImGuiKey_Home, ImGuiMod_Shift);
    EXPECT_TRUE(bench.driver->enabled("###generate"));
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids.size(), 33334U);  // every third is new
}

/// Old mails, and such that come later.
struct Arrivals {
    std::vector<SampleMail> mails;
    std::uint64_t version = 1;
    std::set<std::uint32_t> put_back;

    explicit Arrivals(int old) {
        for (int i = 0; i < old; ++i)
            mails.push_back(
                {Status::taken, "Stara " + std::to_string(i), "Firma", "", 1000 + i, 1, 10});
    }
    void come(ShellBench& bench, int count) {
        for (int i = 0; i < count; ++i)
            mails.push_back({Status::new_, "Świeża", "Firma", "", i, 1, 10});
        auto view = std::make_shared<mail::MailboxView>(*sample_mailbox(mails));
        view->rows_version = ++version;
        view->put_back = std::make_shared<const std::set<std::uint32_t>>(put_back);
        bench.point(0).mailbox = view;
        bench.settle();
    }
};

float top_of(const ShellBench& bench, std::uint32_t uid) {
    const Item* item = bench.driver->find("##" + std::to_string(uid));
    return item == nullptr ? -1.F : item->rect.Min.y;
}

TEST(MailGrid, rows_that_come_above_keep_what_is_seen_in_its_place) {
    ShellBench bench(office_snapshot());
    Arrivals arrivals(60);
    arrivals.come(bench, 0);
    bench.driver->hover("##5");
    ImGui::GetIO().AddMouseWheelEvent(0, -5);
    bench.settle();
    EXPECT_FALSE(bench.driver->shown("###new_above"));
    const std::uint32_t seen = bench.rows().at(bench.rows().size() / 2);
    const float before = top_of(bench, seen);
    arrivals.come(bench, 3);
    EXPECT_EQ(top_of(bench, seen), before);
    EXPECT_TRUE(bench.driver->shown("Nowe: 3 ↑###new_above"));
    const ImRect pill = bench.driver->find("###new_above")->rect;
    for (const std::uint32_t uid : bench.rows()) {
        const Item* row = bench.driver->find("##" + std::to_string(uid));
        EXPECT_FALSE(row->rect.Overlaps(pill) && row->clip.Overlaps(pill))
            << "it lies over no message: " << uid;
    }
    arrivals.come(bench, 2);
    EXPECT_EQ(top_of(bench, seen), before);
    bench.click("Nowe: 5 ↑###new_above");
    EXPECT_EQ(bench.rows().front(), 64U);
    EXPECT_FALSE(bench.driver->shown("###new_above"));
}

TEST(MailGrid, what_was_put_back_is_no_news) {
    ShellBench bench(office_snapshot());
    Arrivals arrivals(60);
    arrivals.come(bench, 0);
    bench.driver->hover("##5");
    ImGui::GetIO().AddMouseWheelEvent(0, -5);
    bench.settle();
    arrivals.mails.push_back({Status::taken, "Wróciła", "Firma", "", 0, 1, 10});
    arrivals.put_back = {62};
    arrivals.come(bench, 1);
    EXPECT_FALSE(bench.driver->shown("###new_above")) << "neither as taken nor as new";
    arrivals.come(bench, 1);
    EXPECT_TRUE(bench.driver->shown("Nowe: 1 ↑###new_above"));
}

TEST(MailGrid, at_the_top_new_rows_show_at_once_unless_somebody_is_at_work_there) {
    ShellBench bench(office_snapshot());
    Arrivals arrivals(60);
    arrivals.come(bench, 0);
    bench.driver->seconds(3);
    const float first = top_of(bench, 1);
    arrivals.come(bench, 1);
    EXPECT_EQ(top_of(bench, 61), first);
    bench.driver->hover("##2");
    bench.driver->hover("##3");
    const float before = top_of(bench, 3);
    arrivals.come(bench, 1);
    EXPECT_EQ(top_of(bench, 3), before);
    EXPECT_TRUE(bench.driver->shown("Nowe: 1 ↑###new_above"));
}

TEST(MailGrid, another_filter_is_read_from_its_top) {
    ShellBench bench(office_snapshot());
    Arrivals arrivals(60);
    arrivals.come(bench, 0);
    const float first = top_of(bench, 1);
    bench.driver->hover("##5");
    ImGui::GetIO().AddMouseWheelEvent(0, -9);
    bench.settle();
    EXPECT_LT(top_of(bench, 1), first);
    bench.key(ImGuiKey_F, ImGuiMod_Ctrl);
    bench.type("stara");
    EXPECT_EQ(top_of(bench, 1), first);
}

TEST(MailGrid, alt_and_an_arrow_go_to_the_next_new_message) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    bench.key(ImGuiKey_DownArrow, ImGuiMod_Alt);
    EXPECT_TRUE(bench.driver->has_focus("##5"));
    bench.key(ImGuiKey_DownArrow, ImGuiMod_Alt);  // the last: it stays
    EXPECT_TRUE(bench.driver->has_focus("##5"));
    bench.key(ImGuiKey_UpArrow, ImGuiMod_Alt);
    bench.key(ImGuiKey_UpArrow, ImGuiMod_Alt);
    bench.key(ImGuiKey_UpArrow, ImGuiMod_Alt);
    EXPECT_TRUE(bench.driver->has_focus("##1"));
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, Uids{1});
}

TEST(Mailbox, an_empty_one_says_so) {
    ShellBench bench(office_snapshot());
    auto empty = std::make_shared<mail::MailboxView>(*sample_mailbox({}));
    empty->rows_version = 2;
    bench.point(0).mailbox = empty;
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Skrzynka jest pusta"));
}

TEST(Mailbox, first_rows_show_before_the_list_is_complete) {
    ShellBench bench(office_snapshot());
    auto part = std::make_shared<mail::MailboxView>(*office_mailbox());
    part->chunks.resize(1);
    part->expected = 148;
    part->complete = false;
    part->rows_version = 3;
    bench.point(0).mailbox = part;
    bench.settle();
    EXPECT_EQ(bench.rows().size(), 8U);
    EXPECT_TRUE(bench.driver->says("Wczytywanie: 8 z 148"));
}

TEST(Mailbox, the_first_row_that_comes_has_the_focus) {
    mail::Snapshot snapshot = office_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points[0]);
    auto nothing_yet = std::make_shared<mail::MailboxView>();
    point->mailbox = nothing_yet;
    snapshot.points[0] = point;
    ShellBench bench(std::move(snapshot));
    EXPECT_TRUE(bench.rows().empty());
    bench.point(0).mailbox = office_mailbox();
    bench.settle();
    EXPECT_TRUE(bench.driver->has_focus("##1"));
}

TEST(Mailbox, the_details_say_what_becomes_of_each_part) {
    ShellBench bench(office_snapshot());
    EXPECT_TRUE(bench.driver->says("Zaznacz wiadomość, aby zobaczyć jej zawartość"));
    bench.click("##1");
    EXPECT_TRUE(bench.driver->says("Części wiadomości (4)"));
    EXPECT_TRUE(bench.driver->says("FV_2026_11_412.pdf"));
    EXPECT_TRUE(bench.driver->says("Do pobrania"));
    EXPECT_TRUE(bench.driver->says("Wymaga decyzji"));
    EXPECT_TRUE(bench.driver->says("Naprawiono"));
    bench.key(ImGuiKey_F8);
    EXPECT_FALSE(bench.driver->says("Części wiadomości"));
}

TEST(Mailbox, of_a_part_that_may_not_be_graphic_it_is_said_that_its_content_decides) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    const std::string words = "Do pobrania, jeśli okaże się plikiem graficznym";
    const auto set_parts = [&](const char* type, const char* name) {
        auto view = std::make_shared<mail::MailboxView>(*bench.point(0).mailbox);
        mail::MessageState state = view->state_of(view->chunks.front()->front());
        mail::Parts parts = view->chunks.front()->front().parts.unpack();
        for (mail::PartView& part : parts)
            if (part.verdict == mail::Verdict::will_be_taken) {
                part.type = part.part.type = type;
                part.part.name = name;
            }
        state.parts = mail::work::PartList(parts);
        view->changes = view->changes.with({{1, state}});
        ++view->states_version;
        bench.point(0).mailbox = view;
        bench.settle();
    };
    set_parts("application/zip", "wykaz.zip");
    EXPECT_FALSE(bench.driver->says(words)) << "all files are wanted";
    auto definition = std::make_shared<mail::point::Point>(*bench.point(0).definition);
    definition->general.only_graphic_attachments = true;
    bench.point(0).definition = definition;
    bench.settle();
    EXPECT_TRUE(bench.driver->says(words)) << bench.driver->words();
    set_parts("application/pdf", "wykaz.pdf");
    EXPECT_FALSE(bench.driver->says(words));
}

void change_state(ShellBench& bench, std::uint32_t uid, const mail::MessageState& state) {
    auto view = std::make_shared<mail::MailboxView>(*bench.point(0).mailbox);
    view->changes = view->changes.with({{uid, state}});
    ++view->states_version;
    bench.point(0).mailbox = view;
    bench.settle();
}

TEST(Mailbox, what_another_has_taken_is_no_fault_and_has_a_chip_of_its_own) {
    ShellBench bench(office_snapshot());
    EXPECT_TRUE(bench.driver->shown("Gdzie indziej###chip5")) << "one is in use";
    mail::MessageState state;
    state.status = Status::taken_elsewhere;
    state.error = mail::Error{mail::Cause::taken_elsewhere,
                              mail::Layer::list,
                              mail::Reach::message,
                              {{"uid", "1"}, {"mark", "$MailpointTaken"}}};
    change_state(bench, 1, state);
    bench.click("##1");
    EXPECT_TRUE(bench.driver->says("Pobrana gdzie indziej"));
    EXPECT_TRUE(bench.driver->says("oznaczona w skrzynce jako pobrana"));
    EXPECT_TRUE(bench.driver->says("Tu nie pobrano: pobrana gdzie indziej"));
    EXPECT_FALSE(bench.driver->says("Do pobrania"));
    bench.click("Gdzie indziej###chip5");
    EXPECT_EQ(bench.rows(), (Uids{1, 8}));
    bench.click("##8");
    EXPECT_TRUE(bench.driver->says("Tu nie pobrano: zajęta"));
}

TEST(Mailbox, who_works_alone_has_no_chip_for_others) {
    ShellBench bench(office_snapshot());
    mail::MessageState state;
    state.status = Status::taken;
    change_state(bench, 8, state);
    EXPECT_FALSE(bench.driver->shown("###chip5"));
}

TEST(Mailbox, a_removal_that_waits_shows_at_its_rows_and_can_be_called_off) {
    ShellBench bench(office_snapshot());
    const auto add_job = [&](mail::JobView job) {
        job.point = bench.snapshot.points[0]->definition->id;
        bench.snapshot.jobs.push_back(std::make_shared<const mail::JobView>(std::move(job)));
        ++bench.snapshot.version;
        bench.settle();
    };
    bench.snapshot.jobs.clear();
    mail::JobView removal;
    removal.id = 7;
    removal.kind = mail::JobView::Kind::remove_messages;
    removal.about = {2, 3};
    add_job(removal);
    EXPECT_FALSE(bench.driver->says("Czeka na usunięcie")) << "it begins at once";
    mail::JobView take;
    take.id = 6;
    take.kind = mail::JobView::Kind::take;
    take.state = mail::JobView::State::running;
    add_job(take);
    EXPECT_TRUE(bench.driver->says("Czeka na usunięcie | Faktura nr 118/11/2026"));
    EXPECT_TRUE(bench.driver->says("Czeka na usunięcie: 2"));
    bench.click("Nie usuwaj###call_off");
    EXPECT_EQ(bench.cancelled, (std::vector<mail::JobId>{7}));
}

TEST(Mailbox, what_is_only_marked_says_so) {
    ShellBench bench(office_snapshot());
    bench.click("##3");
    EXPECT_FALSE(bench.driver->says("Oznaczona w skrzynce"));
    mail::MessageState state;
    state.status = Status::taken;
    state.is_marked = true;
    change_state(bench, 3, state);
    EXPECT_TRUE(bench.driver->says("Oznaczona w skrzynce"));
}

TEST(Mailbox, of_a_damaged_definition_there_is_nothing_but_what_is_wrong_with_it) {
    ShellBench bench(damaged_snapshot());
    bench.key(ImGuiKey_2, ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.driver->says("jest uszkodzony (wiersz 17)"));
    EXPECT_TRUE(bench.driver->says("Popraw plik"));
    EXPECT_FALSE(bench.driver->says("Nie ustawiono folderu docelowego"));
    EXPECT_FALSE(bench.driver->says("Zaznacz wiadomość, aby zobaczyć")) << "no details of nothing";
    EXPECT_FALSE(bench.driver->shown("###chip0"));
    for (const char* act : {"###generate", "Ustaw folder"})
        EXPECT_FALSE(bench.driver->enabled(act)) << act;
    EXPECT_TRUE(bench.driver->has_focus("###again"));
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(bench.all<mail::ReloadPoints>().size(), 1U);
    bench.key(ImGuiKey_F5);
    EXPECT_EQ(bench.all<mail::ReloadPoints>().size(), 2U);
    bench.click("###copy");
    EXPECT_NE(Driver::clipboard().find("wiersz 17"), std::string::npos);
    EXPECT_TRUE(bench.all<mail::OpenPoint>().size() <= 1) << "it can't be opened";
}

TEST(Mailbox, the_target_folder_beside_the_name_is_opened_by_a_click) {
    ShellBench bench(office_snapshot());
    bench.click("##target");
    EXPECT_EQ(bench.opened(), "/home/biuro/Faktury/2026-11");
}

TEST(Mailbox, when_it_was_last_checked_stands_below_the_list) {
    ShellBench bench(office_snapshot());
    const auto words_at = [](std::chrono::sys_seconds when) {
        return "Ostatnio sprawdzono " + text::clock_time(when);
    };
    EXPECT_TRUE(bench.driver->says(words_at(sample_now() - std::chrono::minutes(1))));
    // The heartbeat of a live list, with nothing else in it.
    bench.point(0).checked_at = sample_now() + std::chrono::minutes(4);
    bench.settle();
    EXPECT_TRUE(bench.driver->says(words_at(sample_now() + std::chrono::minutes(4))));
    bench.point(0).health = mail::PointHealth::down;
    bench.settle();
    EXPECT_FALSE(bench.driver->says("Ostatnio sprawdzono"));
}

TEST(Mailbox, one_that_went_silent_says_since_when) {
    ShellBench bench(office_snapshot());
    const std::string words = "nie przyszła żadna wiadomość, to nietypowe";
    EXPECT_FALSE(bench.driver->says(words));
    const auto last = sample_now() - std::chrono::hours(49);
    bench.point(0).silence = mail::Silence{last, sample_now() + std::chrono::minutes(1)};
    bench.settle();
    EXPECT_FALSE(bench.driver->says(words)) << "not yet";
    bench.point(0).silence = mail::Silence{last, sample_now()};
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Od " + text::moment(last, sample_now(), text::Language::pl) +
                                   " " + words))
        << bench.driver->words();
    // Of a mailbox that can't be reached nobody knows.
    bench.point(0).health = mail::PointHealth::down;
    bench.settle();
    EXPECT_FALSE(bench.driver->says(words));
}

TEST(Mailbox, why_nothing_is_taken_by_itself_stands_over_the_list) {
    ShellBench bench(office_snapshot());
    const std::string words = "Nowe wiadomości nie są teraz pobierane same";
    EXPECT_FALSE(bench.driver->says(words));
    bench.point(0).not_taken =
        mail::Error{mail::Cause::disk_full, mail::Layer::target, mail::Reach::point, {}};
    bench.settle();
    EXPECT_TRUE(bench.driver->says(words)) << bench.driver->words();
}

TEST(Mailbox, a_take_by_itself_keeps_nobody_from_generating) {
    ShellBench bench(taking_snapshot());
    bench.click("##6");
    EXPECT_FALSE(bench.driver->enabled("###generate"));
    auto job = std::make_shared<mail::JobView>(*bench.snapshot.jobs.front());
    job->by_itself = true;
    bench.snapshot.jobs = {job};
    ++bench.snapshot.version;
    bench.settle();
    EXPECT_TRUE(bench.driver->shown("###cancel")) << "its strip is there as any other's";
    EXPECT_TRUE(bench.driver->enabled("###generate"));
    // Nobody is told of what gave way.
    auto stopped = std::make_shared<mail::JobView>(*job);
    stopped->state = mail::JobView::State::cancelled;
    bench.snapshot.jobs = {stopped};
    ++bench.snapshot.version;
    bench.settle();
    EXPECT_FALSE(bench.driver->shown("###toast_close"));
}

TEST(Mailbox, a_take_by_itself_that_found_nothing_to_take_is_no_news) {
    ShellBench bench(taking_snapshot());
    auto job = std::make_shared<mail::JobView>(*bench.snapshot.jobs.front());
    job->by_itself = true;
    job->messages_total = job->messages_done = job->documents = job->files = 0;
    const auto show = [&](mail::JobView::State state) {
        auto now = std::make_shared<mail::JobView>(*job);
        now->state = state;
        bench.snapshot.jobs = {now};
        ++bench.snapshot.version;
        bench.settle();
    };
    show(mail::JobView::State::running);
    show(mail::JobView::State::done);
    EXPECT_FALSE(bench.driver->shown("###toast_close"));
}

}  // namespace
}  // namespace gui::test
