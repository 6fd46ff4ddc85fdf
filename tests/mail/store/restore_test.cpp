#include <gtest/gtest.h>

#include "tests/mail/store/ledger_fixture.h"

// A message that was put back has another UID, perhaps in another numbering: what is known of its
// document has to follow it, or it would be taken twice.
namespace mail::store {

using Stage = RemovalEntry::Stage;

class RestoreTest : public LedgerTest {
protected:
    /// Message 1 is stored, out of the mailbox, and about to be put back.
    void SetUp() override {
        ledger_ = open();
        ASSERT_TRUE(ledger_->finished(inbox, {stored(1)}));
        ASSERT_TRUE(ledger_->removing(inbox, {removal(1)}));
        ASSERT_TRUE(ledger_->removed(inbox, {removal(1)}));
        ASSERT_TRUE(ledger_->restoring(inbox, {1}, "ola"));
    }
    void expect_document_at(const MailboxId& mailbox, std::uint32_t uid) {
        const auto messages = ledger_->messages(mailbox).value();
        ASSERT_EQ(messages.size(), 1U);
        EXPECT_EQ(messages[0].id.uid, uid);
        EXPECT_EQ(messages[0].step, Step::stored);
        ASSERT_EQ(messages[0].files.size(), 2U);
        EXPECT_EQ(messages[0].files[0].file, stored(1).files[0].file);
        EXPECT_EQ(messages[0].who, "ala");
    }
    static MessageId as(std::uint32_t uid) {
        MessageId id = id_of(1);
        id.uid = uid;
        return id;
    }
    std::unique_ptr<Ledger> ledger_;
};

TEST_F(RestoreTest, what_is_known_of_its_document_belongs_to_the_new_number) {
    ASSERT_TRUE(ledger_->restored(inbox, 1, inbox, as(50), "ola"));
    expect_document_at(inbox, 50);
    EXPECT_TRUE(ledger_->removals(inbox)->empty());
    EXPECT_TRUE(ledger_->quarantined(inbox.point)->empty());
    EXPECT_TRUE(ledger_->unfinished_removals(inbox.point)->empty());
    EXPECT_TRUE(ledger_->removing(inbox, {removal(50)})->empty()) << "and it may go again";
}

TEST_F(RestoreTest, what_was_put_back_is_not_due_to_leave_again) {
    MessageEntry due = stored(2);
    due.is_due = true;
    ASSERT_TRUE(ledger_->finished(inbox, {due}));
    ASSERT_TRUE(ledger_->removed(inbox, {removal(2)}));
    ASSERT_TRUE(ledger_->restoring(inbox, {2}, "ola"));
    MessageId now = id_of(2);
    now.uid = 50;
    ASSERT_TRUE(ledger_->restored(inbox, 2, inbox, now, "ola"));
    const auto messages = ledger_->messages(inbox).value();
    ASSERT_EQ(messages.back().id.uid, 50U);
    EXPECT_FALSE(messages.back().is_due);
}

TEST_F(RestoreTest, into_another_numbering_of_the_folder) {
    const MailboxId renewed{inbox.point, inbox.account, inbox.folder, 8};
    ASSERT_TRUE(ledger_->restored(inbox, 1, renewed, as(1), "ola"));
    expect_document_at(renewed, 1);
    EXPECT_TRUE(ledger_->messages(inbox)->empty());
    EXPECT_TRUE(ledger_->removals(inbox)->empty());
}

TEST_F(RestoreTest, under_a_number_that_nobody_told_it_is_found_by_its_marks) {
    ASSERT_TRUE(ledger_->restored(inbox, 1, inbox, as(0), "ola"));
    EXPECT_TRUE(ledger_->messages(inbox)->empty());
    EXPECT_TRUE(ledger_->removals(inbox)->empty());
    const auto elsewhere = ledger_->messages_elsewhere(inbox).value();
    ASSERT_EQ(elsewhere.size(), 1U);
    EXPECT_EQ(elsewhere[0].id.message_id, id_of(1).message_id);
    EXPECT_EQ(elsewhere[0].id.received, id_of(1).received);
    EXPECT_EQ(elsewhere[0].id.size_octets, id_of(1).size_octets);
    ASSERT_TRUE(ledger_->adopt(inbox, {{as(50), elsewhere[0]}}, {}));
    expect_document_at(inbox, 50);
}

TEST_F(RestoreTest, several_without_a_number_do_not_take_each_others_place) {
    ASSERT_TRUE(ledger_->finished(inbox, {stored(2)}));
    ASSERT_TRUE(ledger_->removed(inbox, {removal(2)}));
    ASSERT_TRUE(ledger_->restoring(inbox, {2}, "ola"));
    MessageId second = id_of(2);
    second.uid = 0;
    ASSERT_TRUE(ledger_->restored(inbox, 1, inbox, as(0), "ola"));
    ASSERT_TRUE(ledger_->restored(inbox, 2, inbox, second, "ola"));
    EXPECT_EQ(ledger_->messages_elsewhere(inbox)->size(), 2U);
}

TEST_F(RestoreTest, what_was_only_looked_at_under_the_new_number_is_replaced) {
    MessageEntry looked_at;
    looked_at.id = as(50);
    looked_at.step = Step::none;
    ASSERT_TRUE(ledger_->finished(inbox, {looked_at}));
    ASSERT_TRUE(ledger_->restored(inbox, 1, inbox, as(50), "ola"));
    expect_document_at(inbox, 50);
}

TEST_F(RestoreTest, a_document_that_the_new_number_has_already_stays) {
    MessageEntry taken = stored(50);
    taken.id = as(50);
    taken.files.resize(1);
    ASSERT_TRUE(ledger_->finished(inbox, {taken}));
    ASSERT_TRUE(ledger_->restored(inbox, 1, inbox, as(50), "ola"));
    const auto messages = ledger_->messages(inbox).value();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[1].files.size(), 1U);
    EXPECT_TRUE(ledger_->removals(inbox)->empty());
}

TEST_F(RestoreTest, who_takes_the_new_number_already_is_not_disturbed) {
    auto other = open();
    MessageEntry plan = message(50);
    plan.id = as(50);
    for (FileEntry& file : plan.files)
        file.file.clear();
    ASSERT_TRUE(other->planned(inbox, {plan})->empty());
    ASSERT_TRUE(ledger_->restored(inbox, 1, inbox, as(50), "ola"));
    EXPECT_EQ(ledger_->messages(inbox)->at(1).step, Step::planned);
    EXPECT_TRUE(other->placing(inbox, {plan}, {}));
}

TEST_F(RestoreTest, what_was_looked_at_stays_where_nothing_is_known_of_the_restored_one) {
    ASSERT_TRUE(ledger_->removed(inbox, {removal(2)}));
    ASSERT_TRUE(ledger_->restoring(inbox, {2}, "ola"));
    MessageEntry looked_at;
    looked_at.id = id_of(60);
    looked_at.step = Step::none;
    ASSERT_TRUE(ledger_->finished(inbox, {looked_at}));
    ASSERT_TRUE(ledger_->restored(inbox, 2, inbox, id_of(60), "ola"));
    EXPECT_EQ(ledger_->messages(inbox)->at(1).step, Step::none);
}

TEST_F(RestoreTest, the_same_number_loses_nothing) {
    ASSERT_TRUE(ledger_->restored(inbox, 1, inbox, as(1), "ola"));
    expect_document_at(inbox, 1);
}

TEST_F(RestoreTest, what_another_puts_back_can_be_touched_by_nobody_else) {
    auto other = open();
    EXPECT_EQ(other->restored(inbox, 1, inbox, as(50), "x").error().cause, Cause::busy_elsewhere);
    EXPECT_EQ(other->not_restored(inbox, 1, "x").error().cause, Cause::busy_elsewhere);
    EXPECT_EQ(other->restoring(inbox, {1}, "x")->at(0).error.cause, Cause::busy_elsewhere);
    EXPECT_EQ(other->removing(inbox, {removal(1)})->at(0).error.cause, Cause::busy_elsewhere);
    EXPECT_EQ(other->removals(inbox)->at(0).stage, Stage::restoring);
    EXPECT_TRUE(other->expired(removal(1).keep_until)->empty()) << "its copy is needed";
    expect_document_at(inbox, 1);
}

TEST_F(RestoreTest, what_is_being_put_back_is_in_the_quarantine_still) {
    const auto kept = ledger_->quarantined(inbox.point).value();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].second.stage, Stage::restoring);
}

TEST_F(RestoreTest, it_is_said_once_and_only_of_what_had_left) {
    ASSERT_TRUE(ledger_->hide(inbox, {removal(2)}));
    ASSERT_TRUE(ledger_->restored(inbox, 1, inbox, as(50), "ola"));
    const auto logged = ledger_->actions({})->size();
    EXPECT_TRUE(ledger_->restored(inbox, 1, inbox, as(51), "ola"));
    EXPECT_TRUE(ledger_->restored(inbox, 2, inbox, as(52), "ola"));
    EXPECT_TRUE(ledger_->not_restored(inbox, 2, "x"));
    EXPECT_EQ(ledger_->actions({})->size(), logged);
    EXPECT_EQ(ledger_->removals(inbox)->at(0).stage, Stage::hidden);
    expect_document_at(inbox, 50);
    for (const std::uint32_t uid : {1U, 2U, 77U})
        EXPECT_EQ(ledger_->restoring(inbox, {uid}, "ola")->at(0).error.cause,
                  Cause::no_such_message);
}

}  // namespace mail::store
