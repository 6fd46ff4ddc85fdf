#include <gtest/gtest.h>

#include "tests/mail/store/ledger_fixture.h"

namespace mail::store {
namespace {

using Said = MessageEntry::Claim;
using Uids = std::vector<std::uint32_t>;

MessageEntry claiming(std::uint32_t uid, Said claim) {
    MessageEntry entry = message(uid);
    entry.claim = claim;
    return entry;
}

Said claim_of(Ledger& ledger, std::uint32_t uid) {
    const auto messages = ledger.messages(inbox).value();
    for (const MessageEntry& entry : messages)
        if (entry.id.uid == uid)
            return entry.claim;
    ADD_FAILURE() << uid;
    return Said::none;
}

TEST_F(LedgerTest, a_claim_is_planned_and_stays_until_it_is_said_otherwise) {
    auto ledger = open();
    ASSERT_TRUE(ledger->planned(inbox, {claiming(1, Said::ours), message(2)}));
    EXPECT_EQ(claim_of(*ledger, 1), Said::ours);
    EXPECT_EQ(claim_of(*ledger, 2), Said::none);
    ASSERT_TRUE(ledger->placing(inbox, {message(1)}, {}));
    ASSERT_TRUE(ledger->finished(inbox, {stored(1)}));
    EXPECT_EQ(claim_of(*ledger, 1), Said::ours);
    ASSERT_TRUE(ledger->finished(inbox, {with_step(claiming(1, Said::none), Step::stored)}));
    EXPECT_EQ(claim_of(*ledger, 1), Said::none);
}

TEST_F(LedgerTest, what_the_points_of_one_ledger_have_claimed_is_known_to_all_of_them) {
    auto ledger = open();
    MailboxId other_point = inbox, other_folder = inbox;
    other_point.point = "point-2";
    other_folder.folder = "Faktury";
    ASSERT_TRUE(ledger->planned(inbox, {claiming(3, Said::ours), message(4)}));
    ASSERT_TRUE(ledger->planned(other_point, {claiming(2, Said::ours), claiming(3, Said::ours)}));
    ASSERT_TRUE(ledger->planned(other_folder, {claiming(5, Said::ours)}));
    EXPECT_EQ(ledger->claimed(inbox, {1, 2, 3, 4, 5}).value(), (Uids{2, 3}));
    EXPECT_EQ(ledger->claimed_by_others(inbox).value(), (Uids{2, 3}));
    EXPECT_EQ(ledger->claimed_by_others(other_point).value(), (Uids{3}));
}

TEST_F(LedgerTest, what_was_claimed_in_vain_is_given_back_once) {
    auto ledger = open();
    ASSERT_TRUE(ledger->planned(inbox, {claiming(1, Said::ours), claiming(2, Said::ours),
                                        claiming(3, Said::ours), claiming(4, Said::ours)}));
    ASSERT_TRUE(ledger->finished(inbox, {stored(1), with_step(message(2), Step::failed),
                                         with_step(message(3), Step::none)}));
    EXPECT_EQ(ledger->claimed_in_vain(inbox).value(), (Uids{2, 3})) << "4 is under way";
    ASSERT_TRUE(ledger->gave_back(inbox, {1, 2, 3, 4}));
    EXPECT_TRUE(ledger->claimed_in_vain(inbox)->empty());
    EXPECT_EQ(ledger->claimed(inbox, {1, 2, 3, 4}).value(), (Uids{1, 4}));
}

TEST_F(LedgerTest, whose_the_marks_are_stays_and_is_another_elsewhere) {
    const std::uint32_t number = open()->claimant().value();
    EXPECT_NE(number, 0U);
    EXPECT_EQ(open()->claimant().value(), number);
    const fakes::ScratchFolder elsewhere;
    EXPECT_NE(Ledger::open(elsewhere / "state.db").value()->claimant().value(), number);
}

}  // namespace
}  // namespace mail::store
