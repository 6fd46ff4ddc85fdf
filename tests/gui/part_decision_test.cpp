// Take anyway and skip, below the parts of the message that is looked at.

#include <algorithm>

#include <gtest/gtest.h>

#include "mail/work/part_decision.h"
#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

using mail::store::Decision;

// In the office's mailbox part 2 of message 1 is a PDF, 9 a logo, and 10 waits for somebody;
// message 4 is taken but for its part 10, and 8 is in use.

constexpr ImVec2 tall{1600, 1100};  ///< no part is scrolled out of sight
constexpr const char* take_10 = "Pobierz mimo to###decide_take10";
constexpr const char* skip_10 = "Pomiń###decide_skip10";

void change_state(ShellBench& bench, std::uint32_t uid, const mail::MessageState& state) {
    auto view = std::make_shared<mail::MailboxView>(*bench.point(0).mailbox);
    view->changes = view->changes.with({{uid, state}});
    ++view->states_version;
    bench.point(0).mailbox = view;
    bench.settle();
}

void expect_decided(const ShellBench& bench, std::uint32_t uid, const std::string& part,
                    Decision decision) {
    const auto decided = bench.all<mail::Decide>();
    ASSERT_EQ(decided.size(), 1U);
    EXPECT_EQ(decided[0].point, "koszty");
    EXPECT_EQ(decided[0].uid, uid);
    EXPECT_EQ(decided[0].uid_validity, bench.snapshot.points[0]->mailbox->uid_validity);
    EXPECT_EQ(decided[0].part, part);
    EXPECT_EQ(decided[0].decision, decision);
}

}  // namespace

TEST(PartDecision, of_a_new_message_generate_takes_the_part_along) {
    ShellBench bench(office_snapshot(), tall);
    bench.click("##1");
    bench.click(take_10);
    expect_decided(bench, 1, "10", Decision::take);
    EXPECT_TRUE(bench.all<mail::Take>().empty());
}

TEST(PartDecision, what_a_message_waits_for_is_taken_at_once) {
    ShellBench bench(office_snapshot(), tall);
    bench.click("##4");
    bench.click(take_10);
    expect_decided(bench, 4, "10", Decision::take);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, std::vector<std::uint32_t>{4});
    EXPECT_FALSE(bench.all<mail::Take>()[0].again);
}

TEST(PartDecision, a_part_that_waits_is_skipped) {
    ShellBench bench(office_snapshot(), tall);
    bench.click("##4");
    bench.click(skip_10);
    expect_decided(bench, 4, "10", Decision::skip);
    EXPECT_TRUE(bench.all<mail::Take>().empty());
}

TEST(PartDecision, of_others_it_is_offered_once_they_are_chosen) {
    ShellBench bench(office_snapshot(), tall);
    bench.click("##1");
    EXPECT_FALSE(bench.driver->shown("Pomiń###decide_skip2"));
    EXPECT_FALSE(bench.driver->shown("Pobierz mimo to###decide_take9"));
    bench.click("logo_transbud.png");
    EXPECT_TRUE(bench.driver->shown("Pobierz mimo to###decide_take9"));
    EXPECT_FALSE(bench.driver->shown("Pomiń###decide_skip9")) << "it is skipped already";
    bench.click("FV_2026_11_412.pdf");
    bench.click("Pomiń###decide_skip2");
    expect_decided(bench, 1, "2", Decision::skip);
}

TEST(PartDecision, works_by_keyboard) {
    ShellBench bench(office_snapshot(), tall);
    bench.click("##1");
    bench.key(ImGuiKey_Enter);
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_DownArrow);
    EXPECT_TRUE(bench.driver->has_focus("Pomiń###decide_skip2"));
    bench.key(ImGuiKey_Enter);
    expect_decided(bench, 1, "2", Decision::skip);
    mail::MessageState state;
    mail::Parts parts =
        mail::work::parts_of(*bench.snapshot.points[0]->mailbox->chunks[0]->begin(), {}).unpack();
    const auto pdf = std::ranges::find(parts, "2", [](const auto& one) { return one.part.path; });
    ASSERT_NE(pdf, parts.end());
    pdf->verdict = mail::Verdict::skipped;
    pdf->reason = mail::Reason::not_wanted;
    pdf->decision = Decision::skip;
    state.parts = mail::work::PartList(parts);
    change_state(bench, 1, state);
    ASSERT_FALSE(bench.driver->shown("Pomiń###decide_skip2"));
    EXPECT_TRUE(bench.driver->has_focus("FV_2026_11_412.pdf")) << "its link has gone";
    bench.key(ImGuiKey_DownArrow);
    EXPECT_TRUE(bench.driver->has_focus("Cofnij decyzję###decide_by_rules2"));
}

TEST(PartDecision, is_taken_back) {
    ShellBench bench(office_snapshot(), tall);
    bench.click("##1");
    mail::MessageState state;
    mail::Parts parts =
        mail::work::parts_of(*bench.snapshot.points[0]->mailbox->chunks[0]->begin(), {}).unpack();
    mail::PartView& zip = parts.back();
    zip.verdict = mail::Verdict::skipped;
    zip.reason = mail::Reason::not_wanted;
    zip.decision = Decision::skip;
    state.parts = mail::work::PartList(parts);
    change_state(bench, 1, state);
    EXPECT_TRUE(bench.driver->says("Pominięto: decyzja operatora"));
    EXPECT_FALSE(bench.driver->shown(take_10));
    bench.click("Cofnij decyzję###decide_by_rules10");
    expect_decided(bench, 1, "10", Decision::by_rules);
}

TEST(PartDecision, a_message_that_was_skipped_says_so_and_not_that_it_has_no_attachments) {
    ShellBench bench(office_snapshot(), tall);
    mail::MessageState state;
    state.status = mail::Status::none;
    mail::Parts parts =
        mail::work::parts_of(*bench.snapshot.points[0]->mailbox->chunks[0]->begin(), {}).unpack();
    for (mail::PartView& part : parts)
        if (mail::work::can_be_unwanted(part))
            mail::work::apply_decision(Decision::skip, part);
    state.parts = mail::work::PartList(parts);
    ASSERT_FALSE(bench.driver->says("Pominięta"));
    change_state(bench, 1, state);
    EXPECT_TRUE(bench.driver->says("Pominięta"));
    // By the rules alone: nothing was decided.
    for (mail::PartView& part : parts)
        part.decision = Decision::by_rules;
    state.parts = mail::work::PartList(parts);
    change_state(bench, 1, state);
    EXPECT_FALSE(bench.driver->says("Pominięta"));
}

TEST(PartDecision, what_is_asked_is_in_sight_as_soon_as_the_message_is_looked_at) {
    for (const auto& [size, scale] :
         {std::pair{ImVec2{1280, 800}, 1.F}, std::pair{ImVec2{1600, 900}, 1.F},
          std::pair{ImVec2{1100, 700}, 1.F}, std::pair{ImVec2{2560, 1600}, 2.F}}) {
        ShellBench bench(office_snapshot(), size, scale);
        bench.click("##4");
        for (const char* label : {take_10, skip_10}) {
            const Item* link = bench.driver->find(label);
            ASSERT_NE(link, nullptr) << label << size.x;
            EXPECT_TRUE(link->clip.Contains(link->rect)) << label << size.x;
        }
        bench.click(take_10);
        expect_decided(bench, 4, "10", Decision::take);
    }
}

TEST(PartDecision, stands_in_the_line_of_its_part_where_there_is_room) {
    ShellBench bench(office_snapshot());
    bench.click("##4");
    const Item* link = bench.driver->find(skip_10);
    const Item* row = bench.driver->find("dane_dodatkowe.zip");
    ASSERT_NE(link, nullptr);
    ASSERT_NE(row, nullptr);
    EXPECT_TRUE(row->rect.Contains(link->rect));
    // By Tab, as everything.
    bench.key(ImGuiKey_Enter);
    for (int i = 0; i < 20 && !bench.driver->has_focus("dane_dodatkowe.zip"); ++i)
        bench.key(ImGuiKey_DownArrow);
    ASSERT_TRUE(bench.driver->has_focus("dane_dodatkowe.zip"));
    bench.key(ImGuiKey_Tab);
    EXPECT_TRUE(bench.driver->has_focus(take_10));
    bench.key(ImGuiKey_Tab);
    EXPECT_TRUE(bench.driver->has_focus(skip_10));
    bench.key(ImGuiKey_Enter);
    expect_decided(bench, 4, "10", Decision::skip);
}

TEST(PartDecision, is_not_offered_while_somebody_is_at_work_on_the_message) {
    ShellBench bench(office_snapshot(), tall);
    bench.click("##8");
    EXPECT_TRUE(bench.driver->says("dane_dodatkowe.zip"));
    EXPECT_FALSE(bench.driver->shown(take_10));
    EXPECT_FALSE(bench.driver->shown(skip_10));
}

TEST(PartDecision, that_failed_says_why) {
    ShellBench bench(office_snapshot(), tall);
    bench.click("##4");
    bench.click(skip_10);
    mail::JobView job;
    job.id = 100 + bench.posted.size();
    job.kind = mail::JobView::Kind::decide;
    const auto show = [&](mail::JobView::State state) {
        job.state = state;
        std::erase_if(bench.snapshot.jobs, [&](const auto& one) { return one->id == job.id; });
        bench.snapshot.jobs.push_back(std::make_shared<const mail::JobView>(job));
        ++bench.snapshot.version;
        bench.settle();
    };
    // It has ended before a frame could see it under way.
    job.error = mail::Error{mail::Cause::nothing_to_decide,
                            mail::Layer::list,
                            mail::Reach::part,
                            {{"uid", "4"}, {"part", "10"}}};
    show(mail::JobView::State::failed);
    EXPECT_TRUE(bench.driver->says("Co do części 10 nie ma o czym decydować."));
}

}  // namespace gui::test
