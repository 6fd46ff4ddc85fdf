#include "gui/screens/arrange.h"

#include <gtest/gtest.h>

#include "gui/screens/selection.h"
#include "tests/gui/samples.h"

namespace gui {
namespace {

using mail::Status;

std::vector<std::uint32_t> uids(const mail::MailboxView& mailbox, const Arranged& order) {
    std::vector<std::uint32_t> result;
    for (const RowIndex index : order.rows)
        result.push_back(row_at(mailbox, index).uid);
    return result;
}

std::vector<std::uint32_t> arranged(const mail::MailboxView& mailbox, const Wanted& wanted) {
    return uids(mailbox, arrange(mailbox, wanted));
}

/// UIDs 1 to 4.
std::shared_ptr<const mail::MailboxView> four_mails() {
    return test::sample_mailbox(
        {
            {Status::taken, "Łódź 10", "Żak", "z@a.example", 30, 2, 500},
            {Status::new_, "Lublin", "Ćwik", "c@a.example", 10, 0, 900},
            {Status::check, "Łódź 9", "Cudny", "d@a.example", 20, 5, 100},
            {Status::new_, "Legnica", "Zenon", "e@a.example", 40, 1, 700},
        },
        3);
}

using Uids = std::vector<std::uint32_t>;

TEST(Arrange, newest_first_by_received) {
    EXPECT_EQ(arranged(*four_mails(), {.sort = {{Column::received, Direction::descending}}}),
              (Uids{2, 3, 1, 4}));
    EXPECT_EQ(arranged(*four_mails(), {.sort = {{Column::received, Direction::ascending}}}),
              (Uids{4, 1, 3, 2}));
}

TEST(Arrange, texts_sort_as_people_expect) {
    // Ł after L, and numbers by their value.
    EXPECT_EQ(arranged(*four_mails(), {.sort = {{Column::subject, Direction::ascending}}}),
              (Uids{4, 2, 3, 1}));
    EXPECT_EQ(arranged(*four_mails(), {.sort = {{Column::sender, Direction::ascending}}}),
              (Uids{3, 2, 4, 1}));
}

TEST(Arrange, numbers_sort_by_value) {
    EXPECT_EQ(arranged(*four_mails(), {.sort = {{Column::size, Direction::descending}}}),
              (Uids{2, 4, 1, 3}));
    EXPECT_EQ(arranged(*four_mails(), {.sort = {{Column::attachments, Direction::ascending}}}),
              (Uids{2, 4, 1, 3}));
}

TEST(Arrange, ties_go_to_the_next_key_then_to_the_newer_message) {
    const Wanted by_status{.sort = {{Column::status, Direction::ascending}}};
    EXPECT_EQ(arranged(*four_mails(), by_status), (Uids{2, 4, 3, 1}));
    const Wanted then_size{
        .sort = {{Column::status, Direction::ascending}, {Column::size, Direction::ascending}}};
    EXPECT_EQ(arranged(*four_mails(), then_size), (Uids{4, 2, 3, 1}));
}

TEST(Arrange, what_became_of_a_message_sorts_too) {
    auto mailbox = std::make_shared<mail::MailboxView>(*four_mails());
    const auto taken = [](int minute, const std::string& folder) {
        mail::MessageState state;
        state.status = Status::taken;
        state.taken_at = std::chrono::sys_seconds(std::chrono::minutes(minute));
        state.folder = folder;
        state.who = minute == 9 ? "Żaneta" : "Łukasz";
        return state;
    };
    mailbox->changes =
        mailbox->changes.with({{1, taken(7, "/b")}, {2, taken(9, "/a")}, {3, taken(8, "/b")}});
    EXPECT_EQ(arranged(*mailbox, {.sort = {{Column::taken_at, Direction::descending}}}),
              (Uids{2, 3, 1, 4}));
    EXPECT_EQ(arranged(*mailbox, {.sort = {{Column::folder, Direction::descending},
                                           {Column::taken_at, Direction::ascending}}}),
              (Uids{1, 3, 2, 4}));
    EXPECT_EQ(arranged(*mailbox, {.sort = {{Column::taken_by, Direction::descending},
                                           {Column::taken_at, Direction::ascending}}}),
              (Uids{2, 1, 3, 4}));
}

TEST(Arrange, file_names_sort_by_the_first_of_them) {
    const auto mailbox = four_mails();
    const auto order = arranged(*mailbox, {.sort = {{Column::names, Direction::ascending}}});
    EXPECT_EQ(order.front(), 2U) << "the one without attachments";
    std::string before;
    for (const std::uint32_t uid : order) {
        const mail::MessageRow& row = *find_message(*mailbox, uid);
        const auto names = attachment_names(row, mailbox->state_of(row));
        const std::string first = names.empty() ? std::string() : names.front();
        EXPECT_LE(before, first);
        before = first;
    }
}

TEST(Arrange, three_levels_count_and_more_do_no_harm) {
    const Wanted wanted{.sort = {{Column::status, Direction::ascending},
                                 {Column::subject, Direction::ascending},
                                 {Column::sender, Direction::ascending},
                                 {Column::size, Direction::ascending}}};
    EXPECT_EQ(arranged(*four_mails(), wanted), (Uids{4, 2, 3, 1}));
}

TEST(Arrange, words_are_found_without_case_and_diacritics_all_of_them) {
    EXPECT_EQ(arranged(*four_mails(), {.words = "lodz"}), (Uids{3, 1}));
    EXPECT_EQ(arranged(*four_mails(), {.words = "ŁÓDŹ  zak"}), (Uids{1}));
    EXPECT_EQ(arranged(*four_mails(), {.words = "lodz lublin"}), Uids{});
}

TEST(Arrange, words_are_found_in_file_names) {
    EXPECT_EQ(arranged(*four_mails(), {.words = "logo_transbud"}).size(), 4U);
    EXPECT_EQ(arranged(*four_mails(), {.words = "FV_2026_11_415"}), (Uids{3, 4}));
}

TEST(Arrange, chips_count_all_whatever_the_words) {
    const Arranged order = arrange(*four_mails(), {.shown = Shown::new_, .words = "lublin"});
    EXPECT_EQ(order.rows.size(), 1U);
    EXPECT_EQ(order.listed, 4U);
    EXPECT_EQ(order.counts, (std::array<std::size_t, shown_count>{4, 2, 1, 1}));
}

TEST(Arrange, hidden_messages_are_not_among_all) {
    EXPECT_FALSE(lets_through(Shown::all, Status::hidden));
    EXPECT_TRUE(lets_through(Shown::check, Status::failed));
    EXPECT_TRUE(lets_through(Shown::check, Status::partial));
    EXPECT_FALSE(lets_through(Shown::taken, Status::partial));
}

TEST(Arrange, every_shown_message_knows_its_place) {
    const auto mailbox = four_mails();
    const Arranged order = arrange(*mailbox, {.shown = Shown::new_});
    EXPECT_EQ(place_of(order, 2), 0U);
    EXPECT_EQ(place_of(order, 4), 1U);
    EXPECT_FALSE(place_of(order, 1));
    EXPECT_FALSE(place_of(order, 99));
}

TEST(Arrange, a_hundred_thousand_messages_are_all_there_and_in_order) {
    const auto mailbox = test::large_mailbox(100000);
    const Arranged order = arrange(*mailbox, {.sort = {{Column::size, Direction::ascending},
                                                       {Column::subject, Direction::descending}}});
    ASSERT_EQ(order.rows.size(), 100000U);
    for (std::size_t i = 1; i < order.rows.size(); ++i)
        ASSERT_LE(row_at(*mailbox, order.rows[i - 1]).size_octets,
                  row_at(*mailbox, order.rows[i]).size_octets);
}

TEST(Arrange, a_stopped_one_ends_early) {
    mail::StopSource stop;
    stop.request_stop();
    EXPECT_TRUE(arrange(*four_mails(), {}, stop.get_token()).rows.empty());
}

TEST(Arrange, sort_survives_the_settings) {
    const std::vector<SortKey> sort{{Column::sender, Direction::ascending},
                                    {Column::received, Direction::descending}};
    EXPECT_EQ(names_of(sort), (std::vector<std::string>{"sender", "-received"}));
    EXPECT_EQ(sort_from(names_of(sort)), sort);
    EXPECT_TRUE(sort_from({"colour", "-"}).empty());
}

TEST(Selection, belongs_to_messages_not_to_rows) {
    Selection selection;
    selection.add(Uids{7, 3, 3, 9});
    EXPECT_EQ(selection.uids(), (Uids{3, 7, 9}));
    EXPECT_TRUE(selection.contains(7));
    selection.remove(Uids{7, 8});
    EXPECT_EQ(selection.uids(), (Uids{3, 9}));
    const std::uint64_t version = selection.version();
    selection.clear();
    EXPECT_TRUE(selection.empty());
    EXPECT_NE(selection.version(), version);
}

}  // namespace
}  // namespace gui
