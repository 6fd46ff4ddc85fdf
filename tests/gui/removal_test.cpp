// Messages are taken off the list or out of the mailbox, and brought back: what is asked before,
// what is posted, and what is said afterwards.

#include <gtest/gtest.h>

#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

using mail::JobView;
using mail::Status;
using Uids = std::vector<std::uint32_t>;

mail::Error error_of(mail::Cause cause, mail::Facts facts = {}) {
    return {cause, mail::Layer::folders, mail::Reach::message, std::move(facts)};
}

/// The job of the last command as it has ended.
void end_job(ShellBench& bench, JobView::Kind kind, JobView::State state,
             const std::function<void(JobView&)>& more = {}) {
    auto job = std::make_shared<JobView>();
    job->id = 100 + bench.posted.size();
    job->kind = kind;
    job->state = state;
    job->point = "koszty";
    if (more)
        more(*job);
    bench.snapshot.jobs = {std::move(job)};
    ++bench.snapshot.version;
    bench.settle();
}

void end_removal(ShellBench& bench, const Uids& removed) {
    end_job(bench, JobView::Kind::remove_messages, JobView::State::done, [&](JobView& job) {
        for (const std::uint32_t uid : removed)
            job.removed.push_back({uid, 7});
    });
}

/// What the engine does to messages of the first point.
void set_status(ShellBench& bench, const Uids& uids, Status status) {
    mail::PointView& point = bench.point(0);
    auto mailbox = std::make_shared<mail::MailboxView>(*point.mailbox);
    std::vector<std::pair<std::uint32_t, mail::MessageState>> changes;
    for (const std::uint32_t uid : uids) {
        mail::MessageState state;
        state.status = status;
        changes.emplace_back(uid, state);
    }
    mailbox->changes = mailbox->changes.with(changes);
    ++mailbox->states_version;
    point.mailbox = std::move(mailbox);
    bench.settle();
}

void set_days(ShellBench& bench, int days) {
    mail::point::Point costs = *bench.snapshot.points[0]->definition;
    costs.general.quarantine_days = days;
    bench.point(0).definition = std::make_shared<const mail::point::Point>(costs);
    bench.settle();
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> whiches(const mail::Restore& restore) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> all;
    for (const mail::Restore::Which& which : restore.messages)
        all.emplace_back(which.uid, which.uid_validity);
    return all;
}

TEST(Removal, from_the_list_is_done_at_once_and_undone_by_the_toast) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.click("##2", ImGuiMod_Ctrl);
    bench.key(ImGuiKey_Delete);
    ASSERT_EQ(bench.all<mail::Remove>().size(), 1U);
    const mail::Remove removal = bench.all<mail::Remove>()[0];
    EXPECT_EQ(removal.point, "koszty");
    EXPECT_EQ(removal.uids, (Uids{1, 2}));
    EXPECT_FALSE(removal.from_mailbox);
    EXPECT_FALSE(removal.despite_gate);
    set_status(bench, {1, 2}, Status::hidden);
    end_removal(bench, {1, 2});
    EXPECT_TRUE(bench.driver->says("Usunięto z listy: 2\u00a0wiadomości"));
    bench.click("Cofnij");
    ASSERT_EQ(bench.all<mail::Restore>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Restore>()[0].point, "koszty");
    EXPECT_EQ(whiches(bench.all<mail::Restore>()[0]),
              (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{1, 7}, {2, 7}}));
    end_job(bench, JobView::Kind::restore_messages, JobView::State::done);
    EXPECT_TRUE(bench.driver->says("Przywrócono: 2\u00a0wiadomości"));
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.all<mail::Restore>().size(), 1U) << "they are back";
}

TEST(Removal, is_undone_by_a_key_when_the_toast_has_gone) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.key(ImGuiKey_Delete);
    end_removal(bench, {1});
    bench.driver->seconds(11);
    bench.settle();
    EXPECT_FALSE(bench.driver->shown("Cofnij"));
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Restore>().size(), 1U);
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.all<mail::Restore>().size(), 1U) << "it is under way";
    end_job(bench, JobView::Kind::restore_messages, JobView::State::failed,
            [](JobView& job) { job.error = error_of(mail::Cause::connection_lost); });
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.all<mail::Restore>().size(), 2U) << "it did not come back";
}

TEST(Removal, undoing_begins_with_the_last_one_be_it_a_point_or_messages) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.key(ImGuiKey_Delete);
    end_removal(bench, {1});
    bench.driver->right_click("###point_zamowienia");
    bench.settle();
    bench.click("Usuń punkt…");
    bench.click("###delete_yes");
    const auto deleted = [](JobView& job) { job.point = "zamowienia"; };
    end_job(bench, JobView::Kind::remove, JobView::State::running, deleted);
    end_job(bench, JobView::Kind::remove, JobView::State::done, deleted);
    bench.click("##2");
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::RestorePoint>().size(), 1U);
    EXPECT_TRUE(bench.all<mail::Restore>().empty());
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.all<mail::Restore>().size(), 1U);
}

TEST(Removal, the_next_row_is_meant_then) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    bench.key(ImGuiKey_Delete);
    set_status(bench, {2}, Status::hidden);
    end_removal(bench, {2});
    EXPECT_EQ(bench.rows().front(), 1U);
    bench.key(ImGuiKey_Delete);
    ASSERT_EQ(bench.all<mail::Remove>().size(), 2U);
    EXPECT_EQ(bench.all<mail::Remove>()[1].uids, Uids{3});
}

TEST(Removal, of_the_last_row_leads_to_the_one_before_it) {
    ShellBench bench(removing_snapshot());
    bench.click("##1");
    bench.key(ImGuiKey_End);
    bench.key(ImGuiKey_UpArrow);
    bench.key(ImGuiKey_Delete);
    ASSERT_EQ(bench.all<mail::Remove>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Remove>()[0].uids, Uids{15});
    set_status(bench, {15, 16}, Status::hidden);
    bench.key(ImGuiKey_Delete);
    ASSERT_EQ(bench.all<mail::Remove>().size(), 2U);
    EXPECT_EQ(bench.all<mail::Remove>()[1].uids, Uids{14});
}

TEST(Removal, the_key_is_the_fields_where_something_is_typed_and_the_lists_alone) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.click("###search");
    bench.key(ImGuiKey_Delete);
    bench.click("###point_koszty");
    bench.key(ImGuiKey_F6, ImGuiMod_Shift);
    bench.key(ImGuiKey_F6, ImGuiMod_Shift);
    bench.key(ImGuiKey_Delete);
    EXPECT_TRUE(bench.all<mail::Remove>().empty());
    bench.click("##1");
    bench.key(ImGuiKey_Delete);
    EXPECT_EQ(bench.all<mail::Remove>().size(), 1U);
}

TEST(Removal, from_the_mailbox_is_off_where_the_point_does_not_allow_it) {
    ShellBench bench(office_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    bench.click("###remove");
    EXPECT_FALSE(bench.driver->enabled("Usuń z listy i ze skrzynki pocztowej"));
    EXPECT_TRUE(bench.driver->enabled("Usuń z listy"));
    EXPECT_TRUE(bench.all<mail::Remove>().empty());
    bench.click("Usuń z listy");
    EXPECT_EQ(bench.all<mail::Remove>().size(), 1U);
}

TEST(Removal, from_the_mailbox_is_not_there_where_nobody_could_allow_it) {
    ShellBench bench(office_snapshot());
    bench.point(0).read_only = true;
    bench.settle();
    bench.click("##3");
    bench.click("###remove");
    EXPECT_FALSE(bench.driver->shown("Usuń z listy i ze skrzynki pocztowej"));
    EXPECT_TRUE(bench.driver->shown("Usuń z listy"));
}

TEST(Removal, is_off_without_a_word_in_a_narrow_window_too) {
    ShellBench bench(office_snapshot(), {1024, 640}, 2.F);
    EXPECT_FALSE(bench.driver->enabled("###remove")) << "nothing is selected";
    bench.click("##1");
    EXPECT_TRUE(bench.driver->enabled("###remove"));
    bench.click("###remove");
    bench.click("Usuń z listy");
    EXPECT_EQ(bench.all<mail::Remove>().size(), 1U);
}

TEST(Removal, what_is_safe_leaves_the_mailbox_without_a_question) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    ASSERT_EQ(bench.all<mail::Remove>().size(), 1U);
    EXPECT_TRUE(bench.all<mail::Remove>()[0].from_mailbox);
    EXPECT_FALSE(bench.all<mail::Remove>()[0].despite_gate);
    end_removal(bench, {3});
    EXPECT_TRUE(bench.driver->says("Usunięto ze skrzynki: 1\u00a0wiadomość"));
    EXPECT_TRUE(bench.driver->shown("Cofnij"));
}

TEST(Removal, of_what_was_not_taken_asks_and_says_how_many_and_why) {
    ShellBench bench(removing_snapshot());
    bench.click("##1");
    bench.click("##4", ImGuiMod_Shift);
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    EXPECT_TRUE(bench.all<mail::Remove>().empty());
    EXPECT_TRUE(bench.driver->says("3\u00a0wiadomości bez pobranych załączników. Usunąć ze "
                                   "skrzynki mimo to? Przez 30\u00a0dni można cofnąć."));
    EXPECT_TRUE(bench.driver->says("2: nie pobrano załączników"));
    EXPECT_TRUE(bench.driver->says("1: część wymaga decyzji"));
    EXPECT_TRUE(bench.driver->says("Razem do usunięcia: 4\u00a0wiadomości."));
    EXPECT_TRUE(bench.driver->has_focus("###removal_no"));
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.all<mail::Remove>().empty());
    EXPECT_FALSE(bench.driver->shown("###removal_no"));
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    bench.click("###removal_yes");
    ASSERT_EQ(bench.all<mail::Remove>().size(), 1U);
    EXPECT_TRUE(bench.all<mail::Remove>()[0].despite_gate);
    EXPECT_EQ(bench.all<mail::Remove>()[0].uids, (Uids{1, 2, 3, 4}));
}

TEST(Removal, without_a_copy_it_is_asked_and_not_undone) {
    ShellBench bench(removing_snapshot());
    set_days(bench, 0);
    bench.click("##3");
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    EXPECT_TRUE(bench.driver->says("Usunąć ze skrzynki: 1\u00a0wiadomość?"));
    EXPECT_TRUE(bench.driver->says("tego nie można cofnąć"));
    bench.click("###removal_yes");
    ASSERT_EQ(bench.all<mail::Remove>().size(), 1U);
    EXPECT_FALSE(bench.all<mail::Remove>()[0].despite_gate) << "the gate held nothing back";
    end_removal(bench, {3});
    EXPECT_TRUE(bench.driver->says("Usunięto ze skrzynki: 1\u00a0wiadomość"));
    EXPECT_FALSE(bench.driver->shown("Cofnij"));
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.all<mail::Restore>().empty());
}

TEST(Removal, what_others_have_marked_is_asked_about) {
    ShellBench bench(removing_snapshot());
    const auto refused = [](JobView& job) {
        job.error = error_of(mail::Cause::others_marked, {{"count", "4"}});
    };
    for (const char* answer : {"###removal_no", "###removal_mark", "###removal_yes"}) {
        bench.click("##3");
        bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
        end_job(bench, JobView::Kind::remove_messages, JobView::State::failed, refused);
        EXPECT_TRUE(bench.driver->says("Ten serwer usunie też 4\u00a0inne oznaczone wiadomości."));
        EXPECT_TRUE(bench.driver->has_focus("###removal_no"));
        bench.click(answer);
    }
    using Others = mail::Remove::Others;
    const std::vector<mail::Remove> posted = bench.all<mail::Remove>();
    ASSERT_EQ(posted.size(), 5U);
    EXPECT_EQ(posted[0].others, Others::ask);
    EXPECT_EQ(posted[1].others, Others::ask);
    EXPECT_EQ(posted[2].others, Others::only_mark);
    EXPECT_EQ(posted[4].others, Others::take_along);
    EXPECT_EQ(posted[4].uids, Uids{3});
    EXPECT_TRUE(posted[4].from_mailbox);
}

TEST(Removal, what_stayed_is_told_with_the_first_reason_and_at_the_row) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    bench.click("##7", ImGuiMod_Ctrl);
    bench.click("##10", ImGuiMod_Ctrl);
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    end_job(bench, JobView::Kind::remove_messages, JobView::State::done, [](JobView& job) {
        job.removed = {{3, 7}};
        job.kept = {{7, error_of(mail::Cause::message_changed)},
                    {10, error_of(mail::Cause::gate_locked,
                                  {{"lock", "file_changed"}, {"path", "/srv/a.pdf"}})}};
    });
    EXPECT_TRUE(bench.driver->says("Usunięto ze skrzynki: 1\u00a0wiadomość. Pozostawiono: "
                                   "2\u00a0wiadomości. Pierwsza z nich: Serwer ma w tym miejscu"));
    EXPECT_TRUE(bench.driver->shown("Cofnij"));
    bench.click("##7");
    EXPECT_TRUE(bench.driver->says("Nie usunięto: Serwer ma w tym miejscu już inną wiadomość"));
    bench.click("##10");
    EXPECT_TRUE(bench.driver->says("zapisany plik ma już inną treść (/srv/a.pdf)"));
    // In the column of the list, too.
    bench.key(ImGuiKey_C, ImGuiMod_Ctrl);
    EXPECT_NE(Driver::clipboard().find("Zamknięta"), std::string::npos) << Driver::clipboard();
    bench.click("##3");
    bench.key(ImGuiKey_C, ImGuiMod_Ctrl);
    EXPECT_NE(Driver::clipboard().find("Otwarta"), std::string::npos) << Driver::clipboard();
    bench.click("##10");
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    EXPECT_TRUE(bench.driver->says("1: zapisany plik ma już inną treść"));
}

TEST(Removal, a_job_that_fails_says_so_and_what_has_gone_can_come_back) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    end_job(bench, JobView::Kind::remove_messages, JobView::State::failed,
            [](JobView& job) { job.error = error_of(mail::Cause::connection_lost); });
    EXPECT_TRUE(bench.driver->says("Niczego nie usunięto. "));
    EXPECT_TRUE(bench.driver->shown("Kopiuj szczegóły"));
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    end_job(bench, JobView::Kind::remove_messages, JobView::State::cancelled, [](JobView& job) {
        job.removed = {{3, 7}};
    });
    EXPECT_TRUE(bench.driver->says("Przerwano. Usunięto ze skrzynki: 1\u00a0wiadomość"));
    bench.click("Cofnij");
    EXPECT_EQ(bench.all<mail::Restore>().size(), 1U);
}

TEST(Removal, what_is_only_marked_is_not_called_removed) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    end_job(bench, JobView::Kind::remove_messages, JobView::State::done, [](JobView& job) {
        job.removed = {{3, 7}};
        job.marked = 1;
    });
    EXPECT_TRUE(bench.driver->says("Tylko oznaczono do usunięcia: 1\u00a0wiadomość"));
    EXPECT_FALSE(bench.driver->says("Usunięto ze skrzynki"));
}

TEST(Removal, what_is_being_taken_or_held_is_left_out) {
    ShellBench bench(removing_snapshot());
    set_status(bench, {2}, Status::taking);
    bench.click("##2");
    bench.click("###remove");
    EXPECT_FALSE(bench.driver->shown("Usuń z listy")) << "there is nothing to choose";
    bench.click("##8");
    bench.key(ImGuiKey_Delete);
    EXPECT_TRUE(bench.all<mail::Remove>().empty());
    bench.click("##1");
    bench.click("##2", ImGuiMod_Ctrl);
    bench.click("##8", ImGuiMod_Ctrl);
    bench.key(ImGuiKey_Delete);
    ASSERT_EQ(bench.all<mail::Remove>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Remove>()[0].uids, Uids{1});
    end_removal(bench, {1});
    EXPECT_TRUE(bench.driver->says("Pominięto: 1\u00a0wiadomość (trwa pobieranie)"));
    EXPECT_TRUE(bench.driver->says("Pominięto: 1\u00a0wiadomość (używa ich inny Mailpoint)"));
}

TEST(Removal, and_taking_say_that_another_works_with_the_message) {
    ShellBench bench(removing_snapshot());
    bench.click("##8");
    for (const char* off : {"###generate", "###remove"}) {
        EXPECT_FALSE(bench.driver->enabled(off));
        bench.driver->hover(off);
        for (int i = 0; i < 4; ++i)
            bench.driver->seconds(0.5);
        EXPECT_TRUE(bench.driver->says("Pracuje z nią inny Mailpoint")) << off;
    }
}

TEST(Removal, hidden_messages_are_seen_by_their_chip_and_come_back_from_there) {
    ShellBench bench(removing_snapshot());
    EXPECT_TRUE(bench.driver->says("13\u00a0wiadomości"));
    for (const std::uint32_t uid : bench.rows())
        EXPECT_TRUE(uid < 11 || uid > 13) << uid;
    bench.click("Ukryte");
    EXPECT_EQ(bench.rows(), (Uids{11, 12, 13}));
    bench.click("##12");
    bench.click("###remove");
    EXPECT_FALSE(bench.driver->enabled("Usuń z listy"));
    bench.click("Pokaż na liście");
    ASSERT_EQ(bench.all<mail::Restore>().size(), 1U);
    EXPECT_EQ(whiches(bench.all<mail::Restore>()[0]),
              (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{12, 0}}));
    set_status(bench, {12}, Status::new_);
    end_job(bench, JobView::Kind::restore_messages, JobView::State::done);
    EXPECT_EQ(bench.rows(), (Uids{11, 13}));
    EXPECT_TRUE(bench.driver->says("Przywrócono: 1\u00a0wiadomość"));
}

TEST(Removal, what_was_shown_again_is_not_undone_once_more) {
    ShellBench bench(office_snapshot());
    bench.click("##1");
    bench.key(ImGuiKey_Delete);
    set_status(bench, {1}, Status::hidden);
    end_removal(bench, {1});
    bench.click("Ukryte");
    bench.click("##1");
    bench.driver->right_click("##1");
    bench.settle();
    bench.click("Pokaż na liście");
    ASSERT_EQ(bench.all<mail::Restore>().size(), 1U);
    end_job(bench, JobView::Kind::restore_messages, JobView::State::done);
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.all<mail::Restore>().size(), 1U);
}

TEST(Removal, a_list_from_which_all_was_removed_leads_to_the_hidden_ones) {
    ShellBench bench(office_snapshot());
    auto mailbox =
        std::make_shared<mail::MailboxView>(*sample_mailbox({{Status::hidden, "Oferta", "Sklep"}}));
    ++mailbox->rows_version;
    bench.point(0).mailbox = std::move(mailbox);
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Wszystkie wiadomości usunięto z listy"));
    bench.click("Pokaż ukryte");
    EXPECT_EQ(bench.rows(), Uids{1});
    set_status(bench, {1}, Status::new_);
    EXPECT_TRUE(bench.driver->says("Nie ma ukrytych wiadomości"));
}

TEST(Removal, the_gate_is_seen_where_messages_may_leave_the_mailbox) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    EXPECT_TRUE(bench.driver->says("Wszystkie pliki zapisane: można usunąć ze skrzynki"));
    bench.click("##1");
    EXPECT_TRUE(
        bench.driver->says("Przed usunięciem ze skrzynki program zapyta: nie pobrano załączników"));
    bench.click("###point_zamowienia");
    bench.click("##1");
    EXPECT_FALSE(bench.driver->says("program zapyta"));
}

TEST(Removal, the_gate_has_a_column_where_messages_may_leave_the_mailbox) {
    ShellBench bench(removing_snapshot());
    EXPECT_TRUE(bench.driver->shown("###gate"));
    bench.click("##3");
    bench.click("##4", ImGuiMod_Ctrl);
    bench.key(ImGuiKey_C, ImGuiMod_Ctrl);
    const std::string& copied = Driver::clipboard();
    EXPECT_NE(copied.find("Pobrana\tOtwarta\tRechnung 2026-4471"), std::string::npos) << copied;
    EXPECT_NE(copied.find("Sprawdź\tZamknięta\tDuplikat"), std::string::npos) << copied;
}

TEST(Removal, the_gate_has_no_column_where_messages_never_leave) {
    ShellBench bench(office_snapshot());
    EXPECT_TRUE(bench.driver->shown("###size"));
    EXPECT_FALSE(bench.driver->shown("###gate"));
}

TEST(Removal, under_way_is_not_ended_without_a_question) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    end_job(bench, JobView::Kind::remove_messages, JobView::State::running, [](JobView& job) {
        job.messages_done = 1;
        job.messages_total = 3;
    });
    bench.key(ImGuiKey_Q, ImGuiMod_Ctrl);
    EXPECT_FALSE(bench.shell.ended());
    EXPECT_TRUE(bench.driver->says("Trwa usuwanie (1 z 3)."));
    bench.click("###stop_and_quit");
    EXPECT_TRUE(bench.shell.ended());
}

TEST(Removal, after_a_document_is_told_with_it_and_can_be_undone) {
    ShellBench bench(removing_snapshot());
    bench.click("##1");
    bench.click("###generate");
    const auto taken = [](JobView& job) {
        job.messages_done = job.messages_total = 2;
        job.documents = 2;
        job.files = 3;
        job.removed = {{1, 7}};
        job.kept = {{3, error_of(mail::Cause::message_changed)}};
    };
    end_job(bench, JobView::Kind::take, JobView::State::done, taken);
    EXPECT_TRUE(bench.driver->says(
        "Wygenerowano 2\u00a0dokumenty (3\u00a0pliki). Usunięto ze skrzynki: 1\u00a0wiadomość. "
        "Pozostawiono: 1\u00a0wiadomość. Serwer ma"));
    EXPECT_TRUE(bench.driver->shown("Otwórz folder"));
    EXPECT_TRUE(bench.driver->shown("Cofnij"));
    bench.click("##3");
    EXPECT_TRUE(bench.driver->says("Nie usunięto: Serwer ma w tym miejscu"));
    bench.click("Cofnij");
    ASSERT_EQ(bench.all<mail::Restore>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Restore>()[0].messages[0].uid, 1U);
}

TEST(Removal, after_a_document_that_keeps_no_copies_offers_no_undo) {
    ShellBench bench(removing_snapshot());
    set_days(bench, 0);
    bench.click("##1");
    bench.click("###generate");
    end_job(bench, JobView::Kind::take, JobView::State::done, [](JobView& job) {
        job.messages_done = job.messages_total = job.documents = job.files = 1;
        job.removed = {{1, 7}};
    });
    EXPECT_TRUE(bench.driver->shown("Otwórz folder"));
    EXPECT_FALSE(bench.driver->shown("Cofnij"));
}

TEST(Removal, what_somebody_else_had_removed_is_not_called_kept) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    bench.click("##7", ImGuiMod_Ctrl);
    bench.click("##10", ImGuiMod_Ctrl);
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    end_job(bench, JobView::Kind::remove_messages, JobView::State::done, [](JobView& job) {
        job.removed = {{3, 7}};
        job.kept = {{7, error_of(mail::Cause::message_gone)},
                    {10, error_of(mail::Cause::message_gone)}};
    });
    EXPECT_TRUE(bench.driver->says("Usunięto ze skrzynki: 1\u00a0wiadomość. "
                                   "Już wcześniej usunięto: 2\u00a0wiadomości"));
    EXPECT_FALSE(bench.driver->says("Pozostawiono"));
}

TEST(Removal, of_what_is_off_the_list_already_says_that_there_was_nothing_to_do) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_Delete);
    end_removal(bench, {});
    EXPECT_TRUE(bench.driver->says("Nie było nic do usunięcia"));
    EXPECT_FALSE(bench.driver->shown("Cofnij"));
}

TEST(Removal, that_takes_its_time_is_seen_and_can_be_stopped) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    const auto works = [&](std::chrono::milliseconds since) {
        end_job(bench, JobView::Kind::remove_messages, JobView::State::running,
                [since](JobView& job) {
                    job.started = std::chrono::steady_clock::now() - since;
                    job.messages_done = 1;
                    job.messages_total = 3;
                });
    };
    works(std::chrono::hours(-1));
    EXPECT_FALSE(bench.driver->says("Usuwanie"));
    works(std::chrono::seconds(2));
    EXPECT_TRUE(bench.driver->says("Usuwanie: 1 z 3\u00a0wiadomości"));
    bench.click("###cancel");
    EXPECT_EQ(bench.cancelled, std::vector<mail::JobId>{101});
}

TEST(Removal, without_a_connection_messages_leave_the_list_only) {
    ShellBench bench(removing_snapshot());
    bench.point(0).health = mail::PointHealth::down;
    bench.settle();
    bench.click("##3");
    bench.key(ImGuiKey_Delete, ImGuiMod_Shift);
    EXPECT_TRUE(bench.all<mail::Remove>().empty());
    bench.key(ImGuiKey_Delete);
    EXPECT_EQ(bench.all<mail::Remove>().size(), 1U);
}

}  // namespace
}  // namespace gui::test
