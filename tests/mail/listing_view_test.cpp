#include "mail/listing_view.h"

#include <gtest/gtest.h>

#include "mail/listed_rows.h"

namespace mail {

namespace {

std::vector<MessageRow> rows_with(Status status, std::uint32_t first, std::uint32_t last) {
    std::vector<MessageRow> rows;
    for (std::uint32_t uid = first; uid <= last; ++uid) {
        rows.emplace_back();
        rows.back().uid = uid;
        rows.back().initial.status = status;
    }
    return rows;
}

class ListingViewTest : public testing::Test {
protected:
    ListingViewTest() {
        board_.change([](Snapshot& draft) {
            auto definition = std::make_shared<point::Point>();
            definition->id = "point";
            auto view = std::make_shared<PointView>();
            view->definition = std::move(definition);
            draft.points.push_back(std::move(view));
        });
    }
    std::size_t count_of(Status status) const {
        return board_.point("point")->mailbox->count_of(status);
    }
    const std::string point_ = "point";
    Board board_{{}};
    ListedRows rows_{board_, point_};
};

}  // namespace

TEST_F(ListingViewTest, the_first_list_shows_as_it_comes) {
    ListingView listing(board_, point_, 1, rows_.statuses());
    listing.rows(rows_with(Status::new_, 1, 2));
    EXPECT_EQ(count_of(Status::new_), 2U);
    EXPECT_FALSE(rows_.complete());
    listing.rows(rows_with(Status::taken, 3, 3));
    listing.complete(ListingView::Extent::all);
    EXPECT_TRUE(rows_.complete());
    EXPECT_EQ(count_of(Status::taken), 1U);
}

TEST_F(ListingViewTest, a_second_list_that_breaks_off_leaves_the_first_as_it_was) {
    {
        ListingView listing(board_, point_, 1, rows_.statuses());
        listing.rows(rows_with(Status::taken, 1, 3));
        listing.complete(ListingView::Extent::all);
    }
    {
        ListingView cut_off(board_, point_, 2, rows_.statuses());
        cut_off.rows(rows_with(Status::taken, 3, 3));
    }
    MessageState queued;
    queued.status = Status::queued;
    rows_.change({{1, queued}});
    EXPECT_EQ(count_of(Status::taken), 2U);
    EXPECT_EQ(count_of(Status::queued), 1U);
    EXPECT_EQ(count_of(Status::new_), 0U) << "and not one fewer than none";
}

TEST_F(ListingViewTest, a_second_list_takes_the_place_of_the_first_when_it_is_whole) {
    {
        ListingView listing(board_, point_, 1, rows_.statuses());
        listing.rows(rows_with(Status::taken, 1, 3));
        listing.complete(ListingView::Extent::all);
    }
    ListingView listing(board_, point_, 2, rows_.statuses());
    listing.rows(rows_with(Status::new_, 4, 4));
    EXPECT_EQ(count_of(Status::taken), 3U);
    listing.complete(ListingView::Extent::all);
    EXPECT_EQ(count_of(Status::taken), 0U);
    EXPECT_EQ(count_of(Status::new_), 1U);
    EXPECT_FALSE(rows_.has(1));
}

TEST_F(ListingViewTest, rows_of_a_try_that_was_cut_off_are_kept_in_their_order) {
    store::MailboxId mailbox;
    mailbox.uid_validity = 7;
    for (const bool first : {true, false}) {
        ListingView listing(board_, point_, 1, rows_.statuses());
        listing.found(mailbox, 4);
        EXPECT_TRUE(listing.keep({1, 2, 3, 4}).empty());
        listing.rows(rows_with(Status::new_, 1, 2));
        listing.found(mailbox, 3);
        EXPECT_EQ(listing.keep({2, 3, 4}), std::vector<std::uint32_t>{2}) << "1 is gone";
        listing.rows(rows_with(Status::new_, 3, 4));
        EXPECT_EQ(listing.came(), 3U);
        listing.complete(ListingView::Extent::all);
        std::vector<std::uint32_t> uids;
        rows_.each([&](const MessageRow& row) { uids.push_back(row.uid); });
        EXPECT_EQ(uids, (std::vector<std::uint32_t>{4, 3, 2})) << first;
        EXPECT_EQ(count_of(Status::new_), 3U);
        EXPECT_FALSE(rows_.has(1));
    }
}

TEST_F(ListingViewTest, rows_under_another_uidvalidity_are_forgotten) {
    store::MailboxId mailbox;
    mailbox.uid_validity = 7;
    ListingView listing(board_, point_, 1, rows_.statuses());
    listing.found(mailbox, 2);
    listing.rows(rows_with(Status::new_, 1, 1));
    mailbox.uid_validity = 8;
    listing.found(mailbox, 2);
    EXPECT_TRUE(listing.keep({1, 2}).empty());
    EXPECT_EQ(count_of(Status::new_), 0U);
}

}  // namespace mail
