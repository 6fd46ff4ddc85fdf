// What somebody decided about parts of messages, on record.

#include "tests/mail/store/ledger_fixture.h"

namespace mail::store {

namespace {

PartDecision decided(std::uint32_t uid, Decision decision) {
    return {id_of(uid), "3", "logo ą.png", decision, "ala", at_second(1'764'000'200), "Faktura"};
}

class Decisions : public LedgerTest {
protected:
    [[nodiscard]] std::vector<PartDecision> all(const MailboxId& mailbox = inbox) {
        return open()->decisions(mailbox).value();
    }
};

}  // namespace

TEST_F(Decisions, are_there_after_reopening) {
    ASSERT_TRUE(open()->decide(inbox, decided(5, Decision::take), {}));
    const auto found = all();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].message.message_id, id_of(5).message_id);
    EXPECT_EQ(found[0].message.received, id_of(5).received);
    EXPECT_EQ(found[0].part, "3");
    EXPECT_EQ(found[0].name, "logo ą.png");
    EXPECT_EQ(found[0].decision, Decision::take);
    EXPECT_EQ(found[0].who, "ala");
    EXPECT_EQ(found[0].when, at_second(1'764'000'200));
}

TEST_F(Decisions, of_one_part_replace_each_other) {
    auto ledger = open();
    for (const Decision decision : {Decision::take, Decision::skip, Decision::by_rules}) {
        ASSERT_TRUE(ledger->decide(inbox, decided(5, decision), {}));
        const auto found = ledger->decisions(inbox).value();
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(found[0].decision, decision);
    }
}

TEST_F(Decisions, are_found_under_another_numbering_where_there_is_a_message_id) {
    auto ledger = open();
    const MailboxId renewed{inbox.point, inbox.account, inbox.folder, 8};
    PartDecision nameless = decided(6, Decision::skip);
    nameless.message.message_id.clear();
    ASSERT_TRUE(ledger->decide(inbox, decided(5, Decision::take), {}));
    ASSERT_TRUE(ledger->decide(inbox, nameless, {}));
    EXPECT_EQ(all().size(), 2U);
    ASSERT_EQ(all(renewed).size(), 1U);
    EXPECT_EQ(all(renewed)[0].message.message_id, id_of(5).message_id);
    EXPECT_TRUE(all({"point-2", inbox.account, inbox.folder, 7}).empty());
}

TEST_F(Decisions, change_what_is_on_record_of_the_document) {
    auto ledger = open();
    MessageEntry entry = stored(5);
    entry.step = Step::partial;
    entry.cause = "part_missing";
    entry.left_out = {{"logo ą.png", "logo", true}};
    ASSERT_TRUE(ledger->finished(inbox, {entry}));
    const std::vector<LeftOut> left_out{{"logo ą.png", "not_wanted", false}};
    ASSERT_TRUE(ledger->decide(inbox, decided(5, Decision::skip), {Step::stored, left_out}));
    const auto now = ledger->messages(inbox).value().at(0);
    EXPECT_EQ(now.step, Step::stored);
    EXPECT_EQ(now.left_out, left_out);
    EXPECT_EQ(now.cause, "") << "nothing is missing any more";
    EXPECT_EQ(now.files.size(), entry.files.size());
    EXPECT_EQ(now.when, entry.when);
}

// It says that nobody has seen all of the mail.
TEST_F(Decisions, keep_the_cause_of_what_was_stored) {
    auto ledger = open();
    MessageEntry entry = stored(5);
    entry.cause = "too_many_parts";
    ASSERT_TRUE(ledger->finished(inbox, {entry}));
    ASSERT_TRUE(ledger->decide(inbox, decided(5, Decision::skip), {Step::stored, {}}));
    EXPECT_EQ(ledger->messages(inbox).value().at(0).cause, "too_many_parts");
}

TEST_F(Decisions, wait_for_who_takes_the_message) {
    auto ledger = open();
    ASSERT_TRUE(ledger->planned(inbox, {message(5)}));
    const auto refused = ledger->decide(inbox, decided(5, Decision::skip), {Step::none, {}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::busy_elsewhere);
    EXPECT_TRUE(ledger->decisions(inbox)->empty());
    EXPECT_EQ(ledger->messages(inbox).value().at(0).step, Step::planned);
}

TEST_F(Decisions, keep_a_message_whose_wanted_part_has_no_file_from_being_removed) {
    auto ledger = open();
    ASSERT_TRUE(ledger->finished(inbox, {stored(5)}));
    ASSERT_TRUE(ledger->decide(inbox, decided(5, Decision::take), {Step::partial, {}}));
    // As a run that did not know of it ends.
    ASSERT_TRUE(ledger->finished(inbox, {stored(5)}));
    const auto refused = ledger->removing(inbox, {removal(5)});
    ASSERT_TRUE(refused);
    ASSERT_EQ(refused->size(), 1U);
    EXPECT_EQ((*refused)[0].error.cause, Cause::gate_locked);
    EXPECT_EQ((*refused)[0].error.fact("lock"), "part_wanted");
    EXPECT_EQ((*refused)[0].error.fact("path"), "logo ą.png");
    MessageEntry whole = stored(5);
    whole.files.push_back(
        {"3", "logo ą.png", "image/png", 5, std::string(64, 'd'), "", "/faktury/logo.png"});
    ASSERT_TRUE(ledger->finished(inbox, {whole}));
    EXPECT_TRUE(ledger->removing(inbox, {removal(5)})->empty());
}

// By path alone a part that nobody asked for would be taken for it.
TEST_F(Decisions, are_not_met_by_what_has_another_name) {
    auto ledger = open();
    MessageEntry other = stored(5);
    other.files.push_back(
        {"3", "umowa.pdf", "application/pdf", 5, std::string(64, 'd'), "", "/faktury/umowa.pdf"});
    ASSERT_TRUE(ledger->finished(inbox, {other}));
    ASSERT_TRUE(ledger->decide(inbox, decided(5, Decision::take), {Step::partial, {}}));
    EXPECT_EQ(ledger->removing(inbox, {removal(5)})->size(), 1U);
}

TEST_F(Decisions, go_with_a_message_that_is_removed_all_the_same) {
    auto ledger = open();
    ASSERT_TRUE(ledger->decide(inbox, decided(5, Decision::take), {}));
    RemovalEntry anyway = removal(5);
    anyway.despite_wish = true;
    anyway.who = "jan";
    ASSERT_TRUE(ledger->removing(inbox, {anyway})->empty());
    EXPECT_EQ(ledger->decisions(inbox)->at(0).decision, Decision::take)
        << "it may stay in the mailbox yet";
    // As whoever ends it has it from the ledger, which does not keep why it may go.
    const auto begun = ledger->removals(inbox).value();
    EXPECT_FALSE(begun.at(0).despite_wish);
    ASSERT_TRUE(ledger->removing(inbox, begun)->empty());
    ASSERT_TRUE(ledger->removed(inbox, begun));
    const auto after = ledger->decisions(inbox).value();
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after[0].decision, Decision::by_rules);
    EXPECT_EQ(after[0].who, "jan");
    const auto log = ledger->actions({inbox.point}).value();
    ASSERT_EQ(log.size(), 3U);
    EXPECT_EQ(log[0].what, Action::What::removed);
    EXPECT_EQ(log[1].what, Action::What::part_by_rules);
    EXPECT_EQ(log[1].who, "jan");
    EXPECT_EQ(log[1].uid, 5U);
    EXPECT_EQ(log[1].detail, "logo ą.png");
}

TEST_F(Decisions, stay_where_the_message_could_not_be_removed) {
    auto ledger = open();
    ASSERT_TRUE(ledger->decide(inbox, decided(5, Decision::take), {}));
    RemovalEntry anyway = removal(5);
    anyway.despite_wish = true;
    ASSERT_TRUE(ledger->removing(inbox, {anyway})->empty());
    ASSERT_TRUE(ledger->not_removed(inbox, {anyway}, Action::What::removed, "removal_not_allowed"));
    EXPECT_EQ(ledger->decisions(inbox)->at(0).decision, Decision::take);
    EXPECT_EQ(ledger->removing(inbox, {removal(5)})->size(), 1U) << "nobody has agreed to this one";
}

TEST_F(Decisions, that_are_met_outlast_the_message) {
    auto ledger = open();
    MessageEntry whole = stored(5);
    whole.files.push_back(
        {"3", "logo ą.png", "image/png", 5, std::string(64, 'd'), "", "/faktury/logo.png"});
    ASSERT_TRUE(ledger->finished(inbox, {whole}));
    ASSERT_TRUE(ledger->decide(inbox, decided(5, Decision::take), {Step::stored, {}}));
    ASSERT_TRUE(ledger->removing(inbox, {removal(5)})->empty());
    ASSERT_TRUE(ledger->removed(inbox, {removal(5)}));
    EXPECT_EQ(ledger->decisions(inbox)->at(0).decision, Decision::take);
}

TEST_F(Decisions, wait_for_who_removes_the_message) {
    auto ledger = open();
    ASSERT_TRUE(ledger->finished(inbox, {stored(5)}));
    ASSERT_TRUE(ledger->removing(inbox, {removal(5)})->empty());
    const auto refused = ledger->decide(inbox, decided(5, Decision::take), {Step::partial, {}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::busy_elsewhere);
    EXPECT_TRUE(ledger->decisions(inbox)->empty());
}

TEST_F(Decisions, leave_alone_what_another_message_has_under_the_uid) {
    auto ledger = open();
    ASSERT_TRUE(ledger->finished(inbox, {stored(5)}));
    PartDecision other = decided(5, Decision::take);
    other.message.message_id = "<other@firma.example>";
    ASSERT_TRUE(ledger->decide(inbox, other, {Step::partial, {}}));
    EXPECT_EQ(ledger->messages(inbox).value().at(0).step, Step::stored);
}

TEST_F(Decisions, are_in_the_activity_log) {
    using What = Action::What;
    auto ledger = open();
    for (const Decision decision : {Decision::take, Decision::skip, Decision::by_rules})
        ASSERT_TRUE(ledger->decide(inbox, decided(5, decision), {}));
    const auto log = ledger->actions({inbox.point}).value();
    ASSERT_EQ(log.size(), 3U);
    EXPECT_EQ(log[2].what, What::part_wanted);
    EXPECT_EQ(log[1].what, What::part_unwanted);
    EXPECT_EQ(log[0].what, What::part_by_rules);
    EXPECT_EQ(log[0].uid, 5U);
    EXPECT_EQ(log[0].who, "ala");
    EXPECT_EQ(log[0].subject, "Faktura");
    EXPECT_EQ(log[0].detail, "logo ą.png");
}

}  // namespace mail::store
