#include "mail/store/ledger.h"

#include <thread>

#include <gtest/gtest.h>

#include "tests/mail/store/ledger_fixture.h"

namespace mail::store {

namespace {

void expect_same(const MessageEntry& got, const MessageEntry& expected, Step step) {
    EXPECT_EQ(got.id.uid, expected.id.uid);
    EXPECT_EQ(got.id.message_id, expected.id.message_id);
    EXPECT_EQ(got.id.received, expected.id.received);
    EXPECT_EQ(got.id.size_octets, expected.id.size_octets);
    EXPECT_EQ(got.step, step);
    EXPECT_EQ(got.folder, expected.folder);
    EXPECT_EQ(got.cause, expected.cause);
    EXPECT_EQ(got.when, expected.when);
    EXPECT_EQ(got.who, expected.who);
    EXPECT_EQ(got.is_due, expected.is_due);
    ASSERT_EQ(got.files.size(), expected.files.size());
    for (std::size_t i = 0; i < got.files.size(); ++i) {
        EXPECT_EQ(got.files[i].part, expected.files[i].part);
        EXPECT_EQ(got.files[i].name, expected.files[i].name);
        EXPECT_EQ(got.files[i].type, expected.files[i].type);
        EXPECT_EQ(got.files[i].size_octets, expected.files[i].size_octets);
        EXPECT_EQ(got.files[i].sha256, expected.files[i].sha256);
        EXPECT_EQ(got.files[i].temporary, expected.files[i].temporary);
        EXPECT_EQ(got.files[i].file, expected.files[i].file);
    }
}

}  // namespace

TEST_F(LedgerTest, every_step_is_there_after_reopening) {
    MessageEntry entry = message(42);
    entry.is_due = true;
    EXPECT_TRUE(open()->planned(inbox, {entry}));
    expect_same(open()->messages(inbox).value().at(0), entry, Step::planned);
    {
        auto ledger = open();
        EXPECT_TRUE(ledger->placing(inbox, {entry}, {}));
    }
    expect_same(open()->messages(inbox).value().at(0), entry, Step::placing);
    for (const Step end : {Step::stored, Step::partial, Step::none, Step::failed}) {
        EXPECT_TRUE(open()->finished(inbox, {with_step(entry, end)}));
        expect_same(open()->messages(inbox).value().at(0), entry, end);
    }
    EXPECT_EQ(open()->messages(inbox)->size(), 1U);
}

TEST_F(LedgerTest, writing_a_message_again_replaces_its_files) {
    auto ledger = open();
    MessageEntry entry = message(1);
    ASSERT_TRUE(ledger->planned(inbox, {entry}));
    entry.files.resize(1);
    entry.files[0].name = "other.pdf";
    entry.is_due = !entry.is_due;
    ASSERT_TRUE(ledger->placing(inbox, {entry}, {}));
    expect_same(ledger->messages(inbox).value().at(0), entry, Step::placing);
}

TEST_F(LedgerTest, octets_of_a_message_id_come_back_as_they_were) {
    auto ledger = open();
    MessageEntry entry = with_step(message(1), Step::none);
    entry.id.message_id = std::string("<\xFF\0'\"@x>", 8);
    ASSERT_TRUE(ledger->finished(inbox, {entry}));
    expect_same(ledger->messages(inbox).value().at(0), entry, Step::none);
    entry.id.message_id.clear();
    ASSERT_TRUE(ledger->finished(inbox, {entry}));
    expect_same(ledger->messages(inbox).value().at(0), entry, Step::none);
}

TEST_F(LedgerTest, points_accounts_and_folders_are_kept_apart) {
    auto ledger = open();
    MailboxId other = inbox;
    for (const auto& change : {&MailboxId::point, &MailboxId::account, &MailboxId::folder}) {
        other = inbox;
        other.*change = "other";
        ASSERT_TRUE(ledger->finished(other, {with_step(message(5), Step::stored)}));
    }
    EXPECT_TRUE(ledger->messages(inbox)->empty());
    EXPECT_TRUE(ledger->messages_elsewhere(inbox)->empty());
    EXPECT_EQ(ledger->messages(other)->size(), 1U);
}

TEST_F(LedgerTest, entries_of_an_older_uidvalidity_are_adopted) {
    auto ledger = open();
    const MailboxId renewed{inbox.point, inbox.account, inbox.folder, 8};
    ASSERT_TRUE(ledger->finished(
        inbox, {with_step(message(1), Step::stored), with_step(message(2), Step::stored)}));
    const auto before = ledger->messages_elsewhere(renewed).value();
    ASSERT_EQ(before.size(), 2U);
    MessageId now = before[1].id;
    now.uid = 901;
    EXPECT_TRUE(ledger->adopt(renewed, {{now, before[1]}}, {}));

    MessageEntry expected = message(2);
    expected.id.uid = 901;
    const auto messages = ledger->messages(renewed).value();
    ASSERT_EQ(messages.size(), 1U);
    expect_same(messages[0], expected, Step::stored);
    EXPECT_EQ(ledger->messages_elsewhere(renewed)->size(), 1U);
    EXPECT_EQ(ledger->messages(inbox)->size(), 1U);
}

TEST_F(LedgerTest, entries_of_the_same_login_on_a_renamed_server_are_adopted) {
    auto ledger = open();
    MailboxId before_name = inbox, now_name = inbox, stranger = inbox;
    before_name.account = "a@firma.example@old.example";
    now_name.account = "a@firma.example@new.example";
    stranger.account = "b@firma.example@old.example";
    ASSERT_TRUE(ledger->finished(before_name, {with_step(message(1), Step::stored)}));
    ASSERT_TRUE(ledger->finished(stranger, {with_step(message(2), Step::stored)}));
    const auto before = ledger->messages_elsewhere(now_name).value();
    ASSERT_EQ(before.size(), 1U);
    EXPECT_TRUE(ledger->adopt(now_name, {{message(1).id, before[0]}}, {}));
    EXPECT_EQ(ledger->messages(now_name)->size(), 1U);
    EXPECT_EQ(ledger->messages(stranger)->size(), 1U);
}

TEST_F(LedgerTest, adopting_never_replaces_what_is_known_by_now) {
    auto ledger = open();
    const MailboxId renewed{inbox.point, inbox.account, inbox.folder, 8};
    ASSERT_TRUE(ledger->finished(inbox, {with_step(message(1), Step::failed)}));
    ASSERT_TRUE(ledger->finished(renewed, {with_step(message(1), Step::stored)}));
    const auto before = ledger->messages_elsewhere(renewed).value();
    EXPECT_TRUE(ledger->adopt(renewed, {{message(1).id, before.at(0)}}, {}));
    EXPECT_EQ(ledger->messages(renewed).value().at(0).step, Step::stored);
}

TEST_F(LedgerTest, a_message_under_way_cannot_be_planned_by_another) {
    auto first = open(), second = open();
    ASSERT_TRUE(first->planned(inbox, {message(1)}));
    const auto refused = second->planned(inbox, {message(2), message(1)}).value();
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].uid, 1U);
    EXPECT_EQ(refused[0].error.cause, Cause::busy_elsewhere);
    EXPECT_FALSE(refused[0].error.fact("host").empty());
    EXPECT_EQ(second->messages(inbox)->size(), 2U) << "the other is planned";
    EXPECT_FALSE(second->placing(inbox, {message(1)}, {}));
    EXPECT_FALSE(second->finished(inbox, {with_step(message(1), Step::failed)}));

    ASSERT_TRUE(first->finished(inbox, {with_step(message(1), Step::failed)}));
    EXPECT_TRUE(second->planned(inbox, {message(1)})->empty());
}

TEST_F(LedgerTest, what_another_took_since_it_was_listed_cannot_be_planned) {
    auto first = open(), second = open();
    const MessageEntry taken = stored(1);
    MessageEntry plan = message(1);
    plan.files.resize(1);
    plan.files[0].file.clear();
    ASSERT_TRUE(first->planned(inbox, {plan}));
    ASSERT_TRUE(first->finished(inbox, {taken}));
    const auto refused = second->planned(inbox, {plan}).value();
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].error.cause, Cause::taken_elsewhere);
    EXPECT_EQ(second->messages(inbox)->at(0).step, Step::stored);

    // A server that numbers anew may have given the number to another message.
    MessageEntry stranger = plan;
    stranger.id.message_id = "<another@firma.example>";
    {
        auto third = open();
        ASSERT_TRUE(third->planned(inbox, {stranger})->empty());
        ASSERT_TRUE(third->finished(inbox, {taken}));
    }

    // Who names those files has seen them, and may take the message again.
    MessageEntry again = taken;
    again.files.push_back(plan.files[0]);
    EXPECT_TRUE(second->planned(inbox, {again})->empty());
}

TEST_F(LedgerTest, what_a_dead_one_holds_is_recovered_before_it_is_planned) {
    {
        auto first = open();
        ASSERT_TRUE(first->planned(inbox, {message(1)}));
    }
    auto second = open();
    const auto refused = second->planned(inbox, {message(1)}).value();
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].error.cause, Cause::busy_elsewhere);
    ASSERT_TRUE(second->finished(inbox, {with_step(message(1), Step::failed)}));
    EXPECT_TRUE(second->planned(inbox, {message(1)})->empty());
}

TEST_F(LedgerTest, what_another_living_one_does_is_not_unfinished) {
    auto first = open(), second = open();
    ASSERT_TRUE(first->planned(inbox, {message(1)}));
    EXPECT_TRUE(second->unfinished(inbox.point)->empty());
    // Its own it would ask for only after a job that could not record its end.
    EXPECT_EQ(first->unfinished(inbox.point)->size(), 1U);
}

TEST_F(LedgerTest, what_an_ended_one_left_is_unfinished_until_it_is_finished) {
    {
        auto first = open();
        ASSERT_TRUE(first->planned(inbox, {message(1), message(2), message(3)}));
        ASSERT_TRUE(first->placing(inbox, {message(2)}, {}));
        ASSERT_TRUE(first->finished(inbox, {with_step(message(3), Step::stored)}));
    }
    auto second = open();
    EXPECT_TRUE(second->unfinished("another point")->empty());
    const auto left = second->unfinished(inbox.point).value();
    ASSERT_EQ(left.size(), 2U);
    EXPECT_EQ(left[0].first, inbox);
    expect_same(left[0].second, message(1), Step::planned);
    expect_same(left[1].second, message(2), Step::placing);

    ASSERT_TRUE(second->finished(
        inbox, {with_step(message(1), Step::failed), with_step(message(2), Step::stored)}));
    EXPECT_TRUE(second->unfinished(inbox.point)->empty());
}

TEST_F(LedgerTest, who_was_given_up_for_dead_cannot_place_any_more) {
    auto first = open(), second = open();
    ASSERT_TRUE(first->planned(inbox, {message(1)}));
    first.reset();
    ASSERT_TRUE(second->finished(inbox, {with_step(message(1), Step::failed)}));
    first = open();
    EXPECT_EQ(first->placing(inbox, {message(1)}, {}).error().cause, Cause::busy_elsewhere);
}

TEST_F(LedgerTest, ten_thousand_messages_are_planned_in_one_commit) {
    std::vector<MessageEntry> messages;
    for (std::uint32_t uid = 1; uid <= 10'000; ++uid)
        messages.push_back(message(uid));
    EXPECT_TRUE(open()->planned(inbox, messages));
    const auto read = open()->messages(inbox).value();
    ASSERT_EQ(read.size(), 10'000U);
    expect_same(read[9'999], messages[9'999], Step::planned);
    expect_same(read[0], messages[0], Step::planned);
}

TEST_F(LedgerTest, a_reader_sees_each_message_with_its_own_files_while_another_writes) {
    auto writer = open(), reader = open();
    ASSERT_TRUE(writer->planned(inbox, {message(500)}));
    std::thread writing([&] {
        for (std::uint32_t uid = 1; uid <= 60; ++uid)
            EXPECT_TRUE(writer->planned(inbox, {message(uid)}));
    });
    for (std::size_t seen = 0; seen < 61;) {
        const auto messages = reader->messages(inbox);
        ASSERT_TRUE(messages) << messages.error().fact("reason");
        EXPECT_GE(messages->size(), seen);
        seen = messages->size();
        for (const MessageEntry& entry : *messages)
            EXPECT_EQ(entry.files.size(), 2U) << entry.id.uid;
        EXPECT_TRUE(reader->unfinished(inbox.point)->empty());
    }
    writing.join();
}

TEST_F(LedgerTest, nothing_planned_is_nothing_written) {
    auto ledger = open();
    EXPECT_TRUE(ledger->planned(inbox, {}));
    EXPECT_TRUE(ledger->finished(inbox, {}));
    EXPECT_TRUE(ledger->messages(inbox)->empty());
}

TEST_F(LedgerTest, a_file_of_the_same_content_is_found_whichever_message_of_the_point_it_was_of) {
    auto ledger = open();
    const std::string content(64, 'a');
    EXPECT_EQ(ledger->earlier_file(inbox, 1, content).value(), std::nullopt);
    MessageEntry older = stored(1), newer = stored(2);
    newer.when += std::chrono::hours(1);
    newer.files[0].file = "/faktury/faktura (2).pdf";
    ASSERT_TRUE(ledger->finished(inbox, {newer, older}));

    const auto found = ledger->earlier_file(inbox, 3, content).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->mailbox, inbox);
    EXPECT_EQ(found->message.uid, 2U);
    EXPECT_EQ(found->message.message_id, newer.id.message_id);
    EXPECT_EQ(found->file.file, newer.files[0].file);
    EXPECT_EQ(found->file.name, newer.files[0].name);
    EXPECT_EQ(found->file.size_octets, newer.files[0].size_octets);
    EXPECT_EQ(found->file.sha256, content);
    EXPECT_EQ(found->when, newer.when);
    EXPECT_EQ(ledger->earlier_file(inbox, 2, content).value()->message.uid, 1U)
        << "not of the message itself";
    MailboxId other = inbox;
    other.folder = "Archiwum";
    EXPECT_EQ(ledger->earlier_file(other, 2, content).value()->message.uid, 2U)
        << "that UID is another message there";
    other.point = "another point";
    EXPECT_EQ(ledger->earlier_file(other, 3, content).value(), std::nullopt);
    EXPECT_EQ(ledger->earlier_file(inbox, 3, std::string(64, 'd')).value(), std::nullopt);
}

TEST_F(LedgerTest, a_file_that_is_only_planned_was_not_saved_before) {
    auto ledger = open();
    MessageEntry plan = message(1);
    plan.files.resize(1);
    ASSERT_TRUE(ledger->planned(inbox, {plan}));
    ASSERT_TRUE(ledger->placing(inbox, {plan}, {}));
    EXPECT_EQ(ledger->earlier_file(inbox, 2, plan.files[0].sha256).value(), std::nullopt);
    EXPECT_EQ(ledger->earlier_file(inbox, 2, "").value(), std::nullopt);
}

TEST_F(LedgerTest, what_was_left_out_stays_on_record_and_goes_with_the_next_taking) {
    auto ledger = open();
    MessageEntry entry = stored(1);
    entry.left_out = {{"logo ąż.png", "logo", false},
                      {"", "inline_picture", false},
                      {"two\nlines.exe", "executable", true}};
    ASSERT_TRUE(ledger->finished(inbox, {entry}));
    ledger.reset();
    const auto found = open()->messages(inbox).value();
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].left_out.size(), 3U);
    EXPECT_EQ(found[0].left_out[0], entry.left_out[0]);
    EXPECT_EQ(found[0].left_out[1], entry.left_out[1]);
    EXPECT_EQ(found[0].left_out[2].name, "two lines.exe");
    EXPECT_TRUE(found[0].left_out[2].needs_you);
    ASSERT_TRUE(open()->finished(inbox, {stored(1)}));
    EXPECT_TRUE(open()->messages(inbox).value()[0].left_out.empty());
}

// A list, and a server that finds nothing in it, say less than who has read the message.
TEST_F(LedgerTest, what_was_only_listed_takes_nothing_from_what_is_on_record) {
    auto ledger = open();
    const auto other = open();
    MessageEntry partial = with_step(stored(1), Step::partial);
    partial.cause = "disk_full";
    MessageEntry stopped = with_step(message(3), Step::failed);
    stopped.cause = "cancelled";
    ASSERT_TRUE(ledger->finished(inbox, {partial, stopped}));
    ASSERT_TRUE(other->planned(inbox, {message(2)})->empty());
    std::vector<MessageEntry> listed;
    for (const std::uint32_t uid : {1U, 2U, 3U, 4U}) {
        MessageEntry& one = listed.emplace_back();
        one.id = id_of(uid);
        one.step = Step::none;
        one.when = at_second(1'764'000'900);
    }
    const auto noted = ledger->finished(inbox, listed);
    ASSERT_TRUE(noted) << name_of(noted.error().cause);
    const auto found = ledger->messages(inbox).value();
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].step, Step::partial);
    EXPECT_EQ(found[0].cause, "disk_full");
    EXPECT_EQ(found[0].files.size(), 2U);
    EXPECT_EQ(found[0].when, partial.when);
    EXPECT_EQ(found[1].step, Step::planned);
    EXPECT_EQ(found[2].step, Step::none) << "nothing had come of it";
    EXPECT_EQ(found[3].step, Step::none);
}

TEST_F(LedgerTest, documents_are_those_of_a_time_and_a_point_in_their_order) {
    auto ledger = open();
    MessageEntry late = stored(1), early = stored(2), plain = with_step(message(3), Step::none);
    late.when = at_second(1'764'000'500);
    early.when = at_second(1'764'000'100);
    plain.when = at_second(1'764'000'200);
    ASSERT_TRUE(ledger->finished(inbox, {late, early, plain}));
    MailboxId other = inbox;
    other.point = "point-2";
    MessageEntry elsewhere = stored(4);
    elsewhere.when = early.when;
    ASSERT_TRUE(ledger->finished(other, {elsewhere}));
    const auto uids = [&](DocumentQuery query) {
        std::vector<std::uint32_t> all;
        const auto documents = ledger->documents(query).value();
        for (const auto& [mailbox, entry] : documents)
            all.push_back(entry.id.uid);
        return all;
    };
    using Uids = std::vector<std::uint32_t>;
    EXPECT_EQ(uids({.point = inbox.point}), (Uids{2, 1})) << "of the third nothing was left out";
    EXPECT_EQ(uids({.since = early.when, .until = late.when}), (Uids{2, 4}));
    EXPECT_EQ(uids({.since = late.when}), (Uids{1}));
    EXPECT_EQ(uids({.point = "point-3"}), Uids());
}

TEST_F(LedgerTest, open_documents_are_incomplete_ones_that_are_on_the_list) {
    auto ledger = open();
    ASSERT_TRUE(ledger->finished(inbox, {stored(1), with_step(stored(2), Step::partial),
                                         with_step(stored(3), Step::failed),
                                         with_step(stored(4), Step::failed)}));
    ASSERT_TRUE(ledger->planned(inbox, {with_step(message(5), Step::planned)}));
    ASSERT_TRUE(ledger->hide(inbox, {removal(4)}));
    std::vector<std::uint32_t> uids;
    const auto documents = ledger->documents({.open_only = true}).value();
    for (const auto& [mailbox, entry] : documents)
        uids.push_back(entry.id.uid);
    EXPECT_EQ(uids, (std::vector<std::uint32_t>{2, 3}));
}

TEST_F(LedgerTest, open_documents_are_also_those_of_which_a_part_waits_for_a_person) {
    auto ledger = open();
    MessageEntry waits = stored(1), waits_too = with_step(stored(2), Step::none), done = stored(3);
    waits.left_out = {{"logo.png", "logo", false}, {"a.exe", "executable", true}};
    waits_too.left_out = {{"a.exe", "executable", true}};
    done.left_out = {{"?.png", "logo", false}, {"Na pewno?", "not_wanted", false}};
    ASSERT_TRUE(ledger->finished(inbox, {waits, waits_too, done}));
    std::vector<std::uint32_t> uids;
    const auto documents = ledger->documents({.open_only = true}).value();
    for (const auto& [mailbox, entry] : documents)
        uids.push_back(entry.id.uid);
    EXPECT_EQ(uids, (std::vector<std::uint32_t>{1, 2}));
}

}  // namespace mail::store
