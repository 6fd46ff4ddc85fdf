#include <gtest/gtest.h>

#include "tests/mail/store/ledger_fixture.h"

namespace mail::store {

namespace {

using Stage = RemovalEntry::Stage;

void expect_same(const RemovalEntry& got, const RemovalEntry& expected, Stage stage) {
    EXPECT_EQ(got.id.uid, expected.id.uid);
    EXPECT_EQ(got.id.message_id, expected.id.message_id);
    EXPECT_EQ(got.id.received, expected.id.received);
    EXPECT_EQ(got.id.size_octets, expected.id.size_octets);
    EXPECT_EQ(got.stage, stage);
    EXPECT_EQ(got.copy, expected.copy);
    EXPECT_EQ(got.copy_octets, expected.copy_octets);
    EXPECT_EQ(got.copy_sha256, expected.copy_sha256);
    EXPECT_EQ(got.flags, expected.flags);
    EXPECT_EQ(got.subject, expected.subject);
    EXPECT_EQ(got.sender, expected.sender);
    EXPECT_EQ(got.when, expected.when);
    EXPECT_EQ(got.keep_until, expected.keep_until);
    EXPECT_EQ(got.who, expected.who);
    EXPECT_EQ(got.may_be_astray, stage == Stage::removing && expected.may_be_astray);
    EXPECT_EQ(got.is_stopped, stage == Stage::removing && expected.is_stopped);
}

std::vector<std::uint32_t> uids_of(const std::vector<RemovalEntry>& entries) {
    std::vector<std::uint32_t> uids;
    for (const RemovalEntry& entry : entries)
        uids.push_back(entry.id.uid);
    return uids;
}

using Uids = std::vector<std::uint32_t>;

}  // namespace

class RemovalTest : public LedgerTest {
protected:
    /// The only entry of the mailbox.
    RemovalEntry only() {
        const auto entries = open()->removals(inbox).value();
        EXPECT_EQ(entries.size(), 1U);
        return entries.empty() ? RemovalEntry{} : entries[0];
    }
    static void expect_busy(const Result<std::vector<Ledger::Refusal>>& refused,
                            std::uint32_t uid) {
        ASSERT_TRUE(refused);
        ASSERT_EQ(refused->size(), 1U);
        EXPECT_EQ(refused->at(0).uid, uid);
        EXPECT_EQ(refused->at(0).error.cause, Cause::busy_elsewhere);
    }
};

TEST_F(RemovalTest, what_was_off_the_list_before_its_removal_failed_is_off_it_still) {
    const auto ledger = open();
    ASSERT_TRUE(ledger->hide(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->removing(inbox, {removal(1), removal(2)})->empty());
    ASSERT_TRUE(
        ledger->not_removed(inbox, {removal(1), removal(2)}, Action::What::removed, "not_removed"));
    const auto entries = ledger->removals(inbox).value();
    ASSERT_EQ(uids_of(entries), (Uids{1}));
    EXPECT_EQ(entries[0].stage, Stage::hidden);
    EXPECT_EQ(entries[0].copy, "") << "it goes: the message is in the mailbox";
    ASSERT_TRUE(ledger->show(inbox, {1}, "ala"));
    EXPECT_TRUE(ledger->removals(inbox)->empty());
}

TEST_F(RemovalTest, a_number_that_means_another_message_can_be_removed_again) {
    const auto ledger = open();
    const RemovalEntry first = removal(1);
    ASSERT_TRUE(ledger->removing(inbox, {first})->empty());
    ASSERT_TRUE(ledger->removed(inbox, {first}));
    RemovalEntry second = first;
    second.id.message_id = "<another>";
    second.copy = "another.eml";
    second.when += std::chrono::seconds(1);
    EXPECT_TRUE(ledger->removing(inbox, {second})->empty());
    ASSERT_TRUE(ledger->removed(inbox, {second}));
    RemovalEntry third = second;
    third.id.message_id = "<third>";
    ASSERT_TRUE(ledger->hide(inbox, {third})->empty());

    const auto kept = ledger->quarantined(inbox.point).value();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].second.copy, "another.eml") << "newest first";
    EXPECT_EQ(kept[1].second.copy, first.copy);
    EXPECT_NE(kept[0].second.number, 0U);
    EXPECT_NE(kept[1].second.number, kept[0].second.number);
    const auto entries = ledger->removals(inbox).value();
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0].id.message_id, "<third>") << "who has the number now comes first";

    EXPECT_TRUE(ledger->restoring(inbox, {kept[1].second}, "ola")->empty());
    ASSERT_TRUE(
        ledger->restored(inbox, kept[1].second, inbox, {70, first.id.message_id, 0, 0}, "ola"));
    ASSERT_TRUE(ledger->purged(inbox, kept[0].second, ""));
    EXPECT_TRUE(ledger->quarantined(inbox.point)->empty());
    ASSERT_EQ(ledger->removals(inbox)->size(), 1U);
    EXPECT_EQ(ledger->removals(inbox)->at(0).stage, Stage::hidden);
}

TEST_F(RemovalTest, what_was_only_marked_is_on_record_with_its_copy) {
    auto ledger = open();
    ASSERT_TRUE(ledger->removing(inbox, {removal(1)})->empty());
    ASSERT_TRUE(ledger->not_removed(inbox, {removal(1)}, Action::What::marked, ""));
    ledger.reset();
    expect_same(only(), removal(1), Stage::marked);
    ledger = open();
    EXPECT_EQ(ledger->quarantined(inbox.point)->size(), 1U);
    ASSERT_TRUE(ledger->hide(inbox, {removal(1)})->empty());
    EXPECT_TRUE(ledger->removals(inbox)->at(0).is_hidden_too);
    EXPECT_EQ(ledger->removals(inbox)->at(0).copy, removal(1).copy);
    ASSERT_TRUE(ledger->show(inbox, {1}, "ala"));
    EXPECT_FALSE(ledger->removals(inbox)->at(0).is_hidden_too);
    EXPECT_TRUE(ledger->planned(inbox, {message(1)})->empty()) << "it can be taken";
    ASSERT_TRUE(ledger->finished(inbox, {stored(1)}));
    ASSERT_TRUE(ledger->removing(inbox, {removal(1)})->empty()) << "and removed";
    ASSERT_TRUE(ledger->not_removed(inbox, {removal(1)}, Action::What::marked, ""));
    EXPECT_TRUE(ledger->restoring(inbox, {1}, "ola")->empty());
}

TEST_F(RemovalTest, where_new_numbers_begin_is_kept_with_a_removal_and_a_restoring) {
    const auto ledger = open();
    RemovalEntry entry = removal(1);
    entry.next = {7, 100};
    ASSERT_TRUE(ledger->removing(inbox, {entry})->empty());
    ASSERT_TRUE(ledger->removed(inbox, {entry}));
    EXPECT_EQ(ledger->removals(inbox)->at(0).next.uid, 100U);
    ASSERT_TRUE(ledger->restoring(inbox, {1}, "ola", {7, 120})->empty());
    EXPECT_EQ(ledger->removals(inbox)->at(0).next.uid, 120U);
    ASSERT_TRUE(ledger->restoring(inbox, {1}, "ola", {7, 130})->empty());
    EXPECT_EQ(ledger->removals(inbox)->at(0).next.uid, 120U) << "since it was begun";
}

TEST_F(RemovalTest, every_stage_is_there_after_reopening) {
    RemovalEntry entry = removal(42);
    EXPECT_TRUE(open()->hide(inbox, {entry})->empty());
    expect_same(only(), entry, Stage::hidden);
    entry.flags = "$Work";
    entry.may_be_astray = entry.is_stopped = true;
    entry.when += std::chrono::seconds(1);
    EXPECT_TRUE(open()->removing(inbox, {entry})->empty());
    expect_same(only(), entry, Stage::removing);
    EXPECT_TRUE(open()->removed(inbox, {entry}));
    expect_same(only(), entry, Stage::removed);
    EXPECT_TRUE(open()->restoring(inbox, {42}, "ola")->empty());
    entry.who = "ola";
    expect_same(only(), entry, Stage::restoring);
    EXPECT_TRUE(open()->not_restored(inbox, 42, "append_refused"));
    entry.who = "ala";
    expect_same(only(), entry, Stage::removed);
}

TEST_F(RemovalTest, what_is_not_a_plain_text_comes_back_as_it_was) {
    RemovalEntry entry = removal(1);
    entry.id.message_id = std::string("<\xFF\0'\"@x>", 8);
    entry.id.size_octets = 1ULL << 62U;
    entry.id.received = -5;
    entry.subject = "'; DROP TABLE removal; --";
    entry.copy.clear();
    ASSERT_TRUE(open()->hide(inbox, {entry}));
    expect_same(only(), entry, Stage::hidden);
}

TEST_F(RemovalTest, hiding_is_undone_by_showing) {
    auto ledger = open();
    ASSERT_TRUE(ledger->hide(inbox, {removal(1), removal(2)}));
    ASSERT_TRUE(ledger->show(inbox, {2, 77}, "ola"));
    EXPECT_EQ(uids_of(ledger->removals(inbox).value()), Uids{1});
}

TEST_F(RemovalTest, showing_brings_nothing_back_that_left_the_mailbox) {
    auto ledger = open();
    ASSERT_TRUE(ledger->removing(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->show(inbox, {1}, "ala"));
    EXPECT_EQ(only().stage, Stage::removing);
    ASSERT_TRUE(ledger->removed(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->show(inbox, {1}, "ala"));
    EXPECT_EQ(only().stage, Stage::removed);
}

TEST_F(RemovalTest, what_stays_in_the_mailbox_is_on_the_list_again) {
    auto ledger = open();
    ASSERT_TRUE(ledger->removing(inbox, {removal(1), removal(2)}));
    ASSERT_TRUE(ledger->not_removed(inbox, {removal(1)}, Action::What::removed, "not_removed"));
    EXPECT_EQ(uids_of(ledger->removals(inbox).value()), Uids{2});
    ASSERT_TRUE(ledger->removed(inbox, {removal(2)}));
    ASSERT_TRUE(ledger->not_removed(inbox, {removal(2)}, Action::What::removed, "not_removed"));
    EXPECT_EQ(only().stage, Stage::removed) << "what is out has its copy on record";
}

TEST_F(RemovalTest, what_was_hidden_and_could_not_even_be_begun_stays_hidden) {
    auto ledger = open();
    ASSERT_TRUE(ledger->hide(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->not_removed(inbox, {removal(1)}, Action::What::removed, "gate_locked"));
    EXPECT_EQ(only().stage, Stage::hidden);
}

TEST_F(RemovalTest, a_message_that_another_takes_can_be_neither_hidden_nor_removed) {
    auto first = open(), second = open();
    ASSERT_TRUE(first->planned(inbox, {message(1)}));
    expect_busy(second->hide(inbox, {removal(1), removal(2)}), 1);
    const auto refused = second->removing(inbox, {removal(1), removal(3)});
    expect_busy(refused, 1);
    EXPECT_FALSE(refused->at(0).error.fact("host").empty());
    EXPECT_EQ(uids_of(second->removals(inbox).value()), (Uids{2, 3})) << "the others are";
    ASSERT_TRUE(first->finished(inbox, {stored(1)}));
    EXPECT_TRUE(second->removing(inbox, {removal(1)})->empty());
}

TEST_F(RemovalTest, not_even_who_takes_it_can_remove_a_message_meanwhile) {
    auto ledger = open();
    ASSERT_TRUE(ledger->planned(inbox, {message(1)}));
    expect_busy(ledger->removing(inbox, {removal(1)}), 1);
    EXPECT_TRUE(ledger->hide(inbox, {removal(1)})->empty());
    ASSERT_TRUE(ledger->placing(inbox, {message(1)}, {}));
    expect_busy(ledger->removing(inbox, {removal(1)}), 1);
    ASSERT_TRUE(ledger->finished(inbox, {stored(1)}));
    EXPECT_TRUE(ledger->removing(inbox, {removal(1)})->empty());
}

TEST_F(RemovalTest, what_a_dead_one_was_taking_is_recovered_before_it_is_removed) {
    ASSERT_TRUE(open()->planned(inbox, {message(1)}));
    auto second = open();
    expect_busy(second->removing(inbox, {removal(1)}), 1);
    ASSERT_TRUE(second->finished(inbox, {with_step(message(1), Step::failed)}));
    EXPECT_TRUE(second->removing(inbox, {removal(1)})->empty());
}

TEST_F(RemovalTest, only_a_message_that_is_in_the_mailbox_can_be_planned) {
    auto first = open(), second = open();
    ASSERT_TRUE(first->hide(inbox, {removal(1)}));
    EXPECT_TRUE(second->planned(inbox, {message(1)})->empty()) << "hidden is no obstacle";
    ASSERT_TRUE(second->finished(inbox, {stored(1)}));

    const auto taken_again = stored(1);
    ASSERT_TRUE(first->removing(inbox, {removal(1)})->empty());
    expect_busy(second->planned(inbox, {taken_again}), 1);
    EXPECT_FALSE(second->planned(inbox, {taken_again})->at(0).error.fact("host").empty());
    expect_busy(first->planned(inbox, {taken_again}), 1);
    ASSERT_TRUE(first->removed(inbox, {removal(1)}));
    expect_busy(second->planned(inbox, {taken_again}), 1);
    EXPECT_EQ(second->messages(inbox)->at(0).step, Step::stored);
    ASSERT_TRUE(first->restoring(inbox, {1}, "ala"));
    expect_busy(second->planned(inbox, {taken_again}), 1);
}

TEST_F(RemovalTest, what_another_removes_can_be_touched_by_nobody_else) {
    auto first = open(), second = open();
    ASSERT_TRUE(first->removing(inbox, {removal(1)}));
    expect_busy(second->hide(inbox, {removal(1)}), 1);
    expect_busy(second->removing(inbox, {removal(1)}), 1);
    expect_busy(second->restoring(inbox, {1}, "ola"), 1);
    EXPECT_EQ(second->removed(inbox, {removal(1)}).error().cause, Cause::busy_elsewhere);
    EXPECT_EQ(second->not_removed(inbox, {removal(1)}, Action::What::removed, "x").error().cause,
              Cause::busy_elsewhere);
    expect_same(only(), removal(1), Stage::removing);
    EXPECT_TRUE(second->unfinished_removals(inbox.point)->empty());
}

TEST_F(RemovalTest, what_an_ended_one_left_is_unfinished_until_somebody_ends_it) {
    {
        auto first = open();
        ASSERT_TRUE(first->removing(inbox, {removal(1), removal(2), removal(3)}));
        ASSERT_TRUE(first->removed(inbox, {removal(2), removal(3)}));
        ASSERT_TRUE(first->restoring(inbox, {3}, "ola"));
        EXPECT_EQ(first->unfinished_removals(inbox.point)->size(), 2U);
    }
    auto second = open();
    EXPECT_TRUE(second->unfinished_removals("another point")->empty());
    const auto left = second->unfinished_removals(inbox.point).value();
    ASSERT_EQ(left.size(), 2U);
    EXPECT_EQ(left[0].first, inbox);
    expect_same(left[0].second, removal(1), Stage::removing);
    RemovalEntry back = removal(3);
    back.who = "ola";
    expect_same(left[1].second, back, Stage::restoring);

    // Who ends it takes it over, and then it is not everybody's any more.
    auto third = open();
    EXPECT_TRUE(second->removing(inbox, {left[0].second})->empty());
    EXPECT_TRUE(second->restoring(inbox, {3}, "ala")->empty());
    EXPECT_TRUE(third->unfinished_removals(inbox.point)->empty());
    expect_busy(third->removing(inbox, {left[0].second}), 1);
    expect_busy(third->restoring(inbox, {3}, "ala"), 3);
    ASSERT_TRUE(second->not_removed(inbox, {removal(1)}, Action::What::removed, "message_changed"));
    ASSERT_TRUE(second->not_restored(inbox, 3, "append_refused"));
    EXPECT_TRUE(second->unfinished_removals(inbox.point)->empty());
}

TEST_F(RemovalTest, a_copy_that_is_on_record_is_not_forgotten_by_who_knows_of_none) {
    auto ledger = open();
    ASSERT_TRUE(ledger->removing(inbox, {removal(1)}));
    RemovalEntry without = removal(1);
    without.copy.clear();
    without.copy_sha256.clear();
    without.keep_until = {};
    ASSERT_TRUE(ledger->removed(inbox, {without}));
    expect_same(only(), removal(1), Stage::removed);
    expect_busy(ledger->hide(inbox, {without}), 1);
    expect_same(only(), removal(1), Stage::removed);
}

TEST_F(RemovalTest, another_message_of_the_same_number_is_barred_only_by_what_would_be_lost) {
    auto ledger = open();
    RemovalEntry stranger = removal(1);
    stranger.id.message_id = "<another@firma.example>";
    MessageEntry strangers_document = message(1);
    strangers_document.id = stranger.id;
    ASSERT_TRUE(ledger->removing(inbox, {removal(1)}));
    expect_busy(ledger->removing(inbox, {stranger}), 1);
    ASSERT_TRUE(ledger->removed(inbox, {removal(1)}));
    EXPECT_TRUE(ledger->planned(inbox, {strangers_document})->empty());
    ASSERT_TRUE(ledger->finished(inbox, {with_step(strangers_document, Step::stored)}));
    ASSERT_TRUE(ledger->restoring(inbox, {1}, "ola")->empty());
    const auto refused = ledger->removing(inbox, {stranger});
    expect_busy(refused, 1);
    EXPECT_FALSE(ledger->removed(inbox, {stranger}));
    ASSERT_TRUE(ledger->not_restored(inbox, 1, "append_refused"));
    expect_same(only(), removal(1), Stage::removed);

    ASSERT_TRUE(ledger->purged(inbox, 1, "ala"));
    EXPECT_TRUE(ledger->removing(inbox, {stranger})->empty());
    ASSERT_TRUE(ledger->removed(inbox, {stranger}));
    expect_same(only(), stranger, Stage::removed);
}

TEST_F(RemovalTest, the_quarantine_is_listed_newest_first_and_expires_by_its_dates) {
    auto ledger = open();
    MailboxId other = inbox;
    other.folder = "Archiwum";
    RemovalEntry newer = removal(1), without = removal(2), older = removal(3);
    newer.when += std::chrono::seconds(5);
    newer.keep_until += std::chrono::seconds(5);
    without.copy.clear();
    ASSERT_TRUE(ledger->removed(inbox, {without, older}));
    ASSERT_TRUE(ledger->removed(other, {newer}));
    ASSERT_TRUE(ledger->hide(inbox, {removal(4)}));
    ASSERT_TRUE(ledger->removing(inbox, {removal(5)}));

    const auto kept = ledger->quarantined(inbox.point).value();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].first, other);
    expect_same(kept[0].second, newer, Stage::removed);
    expect_same(kept[1].second, older, Stage::removed);
    EXPECT_TRUE(ledger->quarantined("another point")->empty());

    EXPECT_TRUE(ledger->expired(older.keep_until - std::chrono::seconds(1))->empty());
    const auto expired = ledger->expired(older.keep_until).value();
    ASSERT_EQ(expired.size(), 1U);
    EXPECT_EQ(expired[0].first, inbox);
    expect_same(expired[0].second, older, Stage::removed);
    EXPECT_EQ(ledger->expired(newer.keep_until)->size(), 2U);

    ASSERT_TRUE(ledger->purged(inbox, 3, "ola"));
    EXPECT_EQ(ledger->quarantined(inbox.point)->size(), 1U);
    older.copy.clear();
    older.copy_octets = 0;
    older.copy_sha256.clear();
    expect_same(ledger->removals(inbox)->at(1), older, Stage::removed);
    EXPECT_EQ(ledger->restoring(inbox, {3}, "ala")->at(0).error.cause, Cause::copy_missing);
}

TEST_F(RemovalTest, a_clock_that_leaps_ahead_purges_nothing) {
    using std::chrono::days;
    auto ledger = open();
    RemovalEntry entry = removal(1);
    entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    entry.keep_until = entry.when + days(30);
    ASSERT_TRUE(ledger->removed(inbox, {entry}));
    const auto leapt = entry.when + days(400);
    EXPECT_TRUE(ledger->expired(leapt)->empty());
    EXPECT_EQ(ledger->actions({})->at(0).what, Action::What::clock_leapt);
    EXPECT_TRUE(ledger->expired(leapt + days(1))->empty()) << "nor on the day after";
    EXPECT_EQ(ledger->actions({})->size(), 2U) << "said once";
    // The clock is right again, and work goes on.
    Action work;
    work.what = Action::What::folder_set;
    for (const int day : {2, 12, 22}) {
        work.when = entry.when + days(day);
        ASSERT_TRUE(ledger->note(work));
        EXPECT_TRUE(ledger->expired(work.when)->empty());
    }
    EXPECT_TRUE(ledger->expired(entry.when + days(31))->empty()) << "29 days are borne out";
    EXPECT_EQ(ledger->expired(entry.when + days(33))->size(), 1U);
}

TEST_F(RemovalTest, a_stray_copy_is_kept_for_its_time_from_when_it_was_seen) {
    using std::chrono::days;
    auto ledger = open();
    const auto start = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto over = [&](int day, const std::vector<std::string>& copies) {
        return ledger->strays_over("p-", copies, days(30), start + days(day)).value();
    };
    using Names = std::vector<std::string>;
    const auto work_on = [&](int day) {
        Action work;
        work.what = Action::What::folder_set;
        work.when = start + days(day);
        ASSERT_TRUE(ledger->note(work));
    };
    RemovalEntry named = removal(1);
    named.copy = "p-named";
    named.when = start - days(24);
    ASSERT_TRUE(ledger->removed(inbox, {named}));
    EXPECT_EQ(over(0, {"p-1", "p-2", "p-named"}), Names());
    EXPECT_EQ(over(400, {"p-1", "p-2", "p-named"}), Names()) << "the clock alone";
    for (const int day : {0, 20, 29})
        work_on(day);
    EXPECT_EQ(over(29, {"p-1", "p-2", "p-named"}), Names());
    EXPECT_EQ(over(29, {"p-1", "p-named"}), Names()) << "the second is away";
    EXPECT_EQ(over(30, {"p-1", "p-2", "p-named"}), Names{"p-1"});
    EXPECT_EQ(over(30, {"p-1", "p-2", "p-named"}), Names{"p-1"}) << "as long as it is there";
    ASSERT_TRUE(ledger->purged(inbox, 1, "ala"));
    EXPECT_EQ(over(31, {"p-2", "p-named"}), Names()) << "from now on";
}

TEST_F(RemovalTest, after_a_long_rest_a_copy_is_kept_for_its_time_once_more) {
    using std::chrono::days;
    auto ledger = open();
    RemovalEntry entry = removal(1);
    entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    entry.keep_until = entry.when + days(20);
    ASSERT_TRUE(ledger->removed(inbox, {entry}));
    EXPECT_TRUE(ledger->expired(entry.when + days(60))->empty());
    EXPECT_TRUE(ledger->expired(entry.when + days(79))->empty());
    EXPECT_EQ(ledger->expired(entry.when + days(80))->size(), 1U);
}

TEST_F(RemovalTest, what_has_a_removed_ones_number_and_other_marks_can_be_taken) {
    auto ledger = open();
    RemovalEntry gone = removal(1);
    gone.id.message_id.clear();
    ASSERT_TRUE(ledger->removed(inbox, {gone}));
    MessageEntry same = message(1), other = message(1);
    same.id = other.id = gone.id;
    ++other.id.size_octets;
    EXPECT_EQ(ledger->planned(inbox, {same})->size(), 1U);
    EXPECT_EQ(ledger->planned(inbox, {message(1)})->size(), 0U) << "it has a Message-ID";
    ASSERT_TRUE(ledger->finished(inbox, {with_step(message(1), Step::failed)}));
    EXPECT_EQ(ledger->planned(inbox, {other})->size(), 0U);
}

TEST_F(RemovalTest, hidden_entries_of_an_older_uidvalidity_are_adopted) {
    auto ledger = open();
    const MailboxId renewed{inbox.point, inbox.account, inbox.folder, 8};
    ASSERT_TRUE(ledger->hide(inbox, {removal(1), removal(2)}));
    ASSERT_TRUE(ledger->finished(inbox, {stored(2)}));
    const auto before = ledger->removals_elsewhere(renewed).value();
    ASSERT_EQ(before.size(), 2U);
    expect_same(before[0], removal(1), Stage::hidden);
    MessageId now = id_of(2);
    now.uid = 901;
    ASSERT_TRUE(ledger->adopt(renewed, {{now, stored(2)}}, {}));

    RemovalEntry expected = removal(2);
    expected.id.uid = 901;
    ASSERT_EQ(ledger->removals(renewed)->size(), 1U);
    expect_same(ledger->removals(renewed)->at(0), expected, Stage::hidden);
    EXPECT_EQ(ledger->messages(renewed)->at(0).step, Step::stored);
    EXPECT_EQ(uids_of(ledger->removals(inbox).value()), Uids{1});
    EXPECT_EQ(uids_of(ledger->removals_elsewhere(renewed).value()), Uids{1});

    MessageEntry never_taken;
    never_taken.id = id_of(1);
    ASSERT_TRUE(ledger->adopt(renewed, {{id_of(1), never_taken}}, {}));
    EXPECT_EQ(uids_of(ledger->removals(renewed).value()), (Uids{1, 901}));
}

TEST_F(RemovalTest, what_left_the_mailbox_is_not_the_message_that_is_alike_there_now) {
    auto ledger = open();
    const MailboxId renewed{inbox.point, inbox.account, inbox.folder, 8};
    ASSERT_TRUE(ledger->removed(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->removing(inbox, {removal(2)}));
    ASSERT_TRUE(ledger->adopt(renewed, {{id_of(1), message(1)}, {id_of(2), message(2)}}, {}));
    EXPECT_TRUE(ledger->removals(renewed)->empty());
    EXPECT_EQ(uids_of(ledger->removals(inbox).value()), (Uids{1, 2}));
}

TEST_F(RemovalTest, adopting_never_replaces_what_is_known_by_now) {
    auto ledger = open();
    const MailboxId renewed{inbox.point, inbox.account, inbox.folder, 8};
    ASSERT_TRUE(ledger->hide(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->removed(renewed, {removal(1)}));
    ASSERT_TRUE(ledger->adopt(renewed, {{id_of(1), message(1)}}, {}));
    expect_same(ledger->removals(renewed)->at(0), removal(1), Stage::removed);
}

TEST_F(RemovalTest, points_accounts_and_folders_are_kept_apart) {
    auto ledger = open();
    for (const auto& change : {&MailboxId::point, &MailboxId::account, &MailboxId::folder}) {
        MailboxId other = inbox;
        other.*change = "other";
        ASSERT_TRUE(ledger->removed(other, {removal(5)}));
        EXPECT_EQ(ledger->removals(other)->size(), 1U);
    }
    EXPECT_TRUE(ledger->removals(inbox)->empty());
    EXPECT_TRUE(ledger->removals_elsewhere(inbox)->empty());
    EXPECT_TRUE(ledger->planned(inbox, {message(5)})->empty());
}

TEST_F(RemovalTest, the_table_lets_no_stage_in_that_nobody_knows_and_no_lease_without_a_stage) {
    ASSERT_TRUE(open()->hide(inbox, {removal(1)}));
    Database database = raw();
    EXPECT_FALSE(database.run("UPDATE removal SET stage = 'lost'"));
    EXPECT_FALSE(database.run("UPDATE removal SET stage = 'removing'"));
    EXPECT_FALSE(database.run("UPDATE removal SET instance = 'x'"));
    EXPECT_FALSE(database.run("UPDATE removal SET copy = NULL"));
    EXPECT_FALSE(database.run("UPDATE removal SET keep_until = 'soon'"));
    expect_same(only(), removal(1), Stage::hidden);
}

TEST_F(RemovalTest, values_beyond_all_sense_are_read_without_harm) {
    ASSERT_TRUE(open()->removed(inbox, {removal(1)}));
    ASSERT_TRUE(raw().run("UPDATE removal SET copy_octets = -1, received = "
                          "-9223372036854775808, copy_sha256 = 'x', copy = '../../x'"));
    const RemovalEntry read = only();
    EXPECT_EQ(read.copy, "../../x");
    EXPECT_EQ(read.copy_octets, ~std::uint64_t{0});
    EXPECT_EQ(read.copy_sha256, "x");
}

TEST_F(RemovalTest, nothing_to_remove_is_nothing_written) {
    auto ledger = open();
    EXPECT_TRUE(ledger->hide(inbox, {}));
    EXPECT_TRUE(ledger->show(inbox, {}, "ala"));
    EXPECT_TRUE(ledger->removing(inbox, {}));
    EXPECT_TRUE(ledger->removed(inbox, {}));
    EXPECT_TRUE(ledger->not_removed(inbox, {}, Action::What::removed, ""));
    EXPECT_TRUE(ledger->restoring(inbox, {}, "ala"));
    EXPECT_EQ(raw().ask_integer("SELECT count(*) FROM mailbox").value(), 0);
    EXPECT_TRUE(ledger->actions({})->empty());
}

}  // namespace mail::store
