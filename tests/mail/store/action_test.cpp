#include "mail/store/action.h"

#include <set>

#include <gtest/gtest.h>

#include "mail/store/action_rows.h"
#include "tests/mail/store/ledger_fixture.h"

namespace mail::store {

namespace {

using What = Action::What;

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Action action(const std::string& detail) {
    Action action;
    action.when = now();
    action.who = "ala";
    action.point = "point-1";
    action.point_name = "Faktury ąż";
    action.what = What::folder_set;
    action.detail = detail;
    return action;
}

std::vector<std::string> details_of(const std::vector<Action>& actions) {
    std::vector<std::string> details;
    for (const Action& one : actions)
        details.push_back(one.detail);
    return details;
}

using Details = std::vector<std::string>;

}  // namespace

class ActionTest : public LedgerTest {
protected:
    std::vector<Action> all() { return open()->actions({}).value(); }
    /// What the first of the log says of a message.
    void expect_newest(What what, std::uint32_t uid, const std::string& who,
                       const std::string& result) {
        const auto actions = all();
        ASSERT_FALSE(actions.empty());
        EXPECT_EQ(name_of(actions[0].what), name_of(what));
        EXPECT_EQ(actions[0].uid, uid);
        EXPECT_EQ(actions[0].who, who);
        EXPECT_EQ(actions[0].result, result);
        EXPECT_EQ(actions[0].point, inbox.point);
        EXPECT_EQ(actions[0].point_name, "");
    }
};

// They are in files on disks and in scripts that read the JSON.
TEST(ActionNames, are_unique_and_stay_as_they_are) {
    const std::vector<std::string_view> expected{
        "document",        "hidden",           "shown",
        "removed",         "taken_along",      "marked",
        "restored",        "purged",           "point_saved",
        "point_deleted",   "point_restored",   "operators_saved",
        "folder_set",      "signed_in",        "signed_out",
        "password_saved",  "password_deleted", "ocr_command_allowed",
        "ocr_done",        "ocr_failed",       "ocr_retried",
        "part_wanted",     "part_unwanted",    "part_by_rules",
        "retention_saved", "clock_leapt"};
    std::set<std::string_view> names;
    for (int what = 0; what <= static_cast<int>(What::clock_leapt); ++what) {
        EXPECT_EQ(name_of(static_cast<What>(what)), expected.at(static_cast<std::size_t>(what)));
        names.insert(name_of(static_cast<What>(what)));
    }
    EXPECT_EQ(names.size(), expected.size());
}

TEST_F(ActionTest, what_is_noted_is_there_after_reopening) {
    Action noted = action("/faktury");
    noted.uid = 4'000'000'000;
    noted.subject = "'; DROP TABLE action; -- ąż";
    noted.result = "disk_full";
    ASSERT_TRUE(open()->note(noted));
    const auto actions = all();
    ASSERT_EQ(actions.size(), 1U);
    EXPECT_GT(actions[0].number, 0);
    EXPECT_EQ(actions[0].when, noted.when);
    EXPECT_EQ(actions[0].who, noted.who);
    EXPECT_EQ(actions[0].point, noted.point);
    EXPECT_EQ(actions[0].point_name, noted.point_name);
    EXPECT_EQ(actions[0].what, noted.what);
    EXPECT_EQ(actions[0].uid, noted.uid);
    EXPECT_EQ(actions[0].subject, noted.subject);
    EXPECT_EQ(actions[0].result, noted.result);
    EXPECT_EQ(actions[0].detail, noted.detail);
}

TEST_F(ActionTest, every_kind_comes_back_as_it_was_noted) {
    auto ledger = open();
    for (int what = 0; what <= static_cast<int>(What::clock_leapt); ++what) {
        Action one = action("");
        one.what = static_cast<What>(what);
        ASSERT_TRUE(ledger->note(one));
        EXPECT_EQ(ledger->actions({})->at(0).what, one.what);
    }
}

TEST_F(ActionTest, the_log_is_read_in_pages_newest_first) {
    auto ledger = open();
    for (const char* detail : {"1", "2", "3", "4", "5"})
        ASSERT_TRUE(ledger->note(action(detail)));
    ActionQuery query;
    query.at_most = 2;
    Details read;
    for (;;) {
        const auto page = ledger->actions(query).value();
        if (page.empty())
            break;
        EXPECT_LE(page.size(), 2U);
        for (const Action& one : page)
            read.push_back(one.detail);
        query.before = page.back().number;
        EXPECT_TRUE(ledger->note(action("meanwhile")));
    }
    EXPECT_EQ(read, (Details{"5", "4", "3", "2", "1"}));
}

TEST_F(ActionTest, the_log_is_asked_by_point_and_by_time) {
    auto ledger = open();
    Action old = action("old"), other = action("other"), none = action("none");
    old.when -= std::chrono::hours(5);
    other.point = "point-2";
    none.point.clear();
    for (const Action& one : {old, other, none, action("new")})
        ASSERT_TRUE(ledger->note(one));
    ActionQuery of_point;
    of_point.point = "point-1";
    EXPECT_EQ(details_of(ledger->actions(of_point).value()), (Details{"new", "old"}));
    ActionQuery recent;
    recent.since = old.when + std::chrono::seconds(1);
    EXPECT_EQ(details_of(ledger->actions(recent).value()), (Details{"new", "none", "other"}));
    recent.since = old.when;
    recent.point = "point-1";
    EXPECT_EQ(details_of(ledger->actions(recent).value()), (Details{"new", "old"}));
    recent.at_most = 1;
    EXPECT_EQ(details_of(ledger->actions(recent).value()), Details{"new"});
    recent.before = ledger->actions(recent)->at(0).number;
    EXPECT_EQ(details_of(ledger->actions(recent).value()), Details{"old"});
    recent.point = "point-3";
    EXPECT_TRUE(ledger->actions(recent)->empty());
}

TEST_F(ActionTest, goes_when_it_is_older_than_it_is_to_be_kept_and_not_before) {
    using std::chrono::days;
    auto ledger = open();
    for (const int age : {29, 31, 399, 401, 3000}) {
        Action old = action(std::to_string(age));
        old.when -= days(age);
        ASSERT_TRUE(ledger->note(old));
    }
    ASSERT_TRUE(ledger->forget_actions(days(3650), now()));
    EXPECT_EQ(ledger->action_count({}), 5U) << "nothing goes by itself, however old";
    ASSERT_TRUE(ledger->forget_actions(days(400), now()));
    EXPECT_EQ(details_of(ledger->actions({}).value()), (Details{"399", "31", "29"}));
    ASSERT_TRUE(ledger->forget_actions(days(30), now()));
    EXPECT_EQ(details_of(ledger->actions({}).value()), Details{"29"});
    EXPECT_EQ(details_of(all()), Details{"29"});
}

// The time of copies is counted along these lines: without them a copy would never be over.
TEST_F(ActionTest, lines_that_a_copy_in_quarantine_needs_stay_for_up_to_400_days) {
    using std::chrono::days;
    auto ledger = open();
    ActionQuery noted;
    noted.kinds = {What::folder_set};
    for (const int age : {401, 350, 200, 100, 5}) {
        Action old = action(std::to_string(age));
        old.when -= days(age);
        ASSERT_TRUE(ledger->note(old));
    }
    ASSERT_TRUE(ledger->removing(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->removed(inbox, {removal(1)}));
    // A second may have passed since the line of then.
    const auto removed_at = now() - days(200) - std::chrono::minutes(1);
    const std::string ago = std::to_string(removed_at.time_since_epoch().count());
    ASSERT_TRUE(raw().run("UPDATE removal SET at = " + ago));
    ASSERT_TRUE(raw().run("UPDATE action SET at = " + ago + " WHERE what = 'removed'"));
    ASSERT_TRUE(ledger->forget_actions(days(30), now()));
    EXPECT_EQ(details_of(ledger->actions(noted).value()), (Details{"5", "100", "200"}));
    ASSERT_TRUE(raw().run("UPDATE removal SET copy = ''"));
    ASSERT_TRUE(raw().run("INSERT INTO stray VALUES ('left.eml', (SELECT number FROM action "
                          "WHERE detail = '100'))"));
    ASSERT_TRUE(ledger->forget_actions(days(30), now()));
    EXPECT_EQ(details_of(ledger->actions(noted).value()), (Details{"5", "100"}));
    ASSERT_TRUE(raw().run("DELETE FROM stray"));
    ASSERT_TRUE(ledger->forget_actions(days(30), now()));
    EXPECT_EQ(details_of(ledger->actions(noted).value()), Details{"5"});
}

TEST_F(ActionTest, a_word_of_a_newer_program_is_passed_over) {
    auto ledger = open();
    ASSERT_TRUE(ledger->note(action("1")));
    ASSERT_TRUE(ledger->note(action("2")));
    ASSERT_TRUE(raw().run("UPDATE action SET what = 'beamed' WHERE detail = '2'"));
    EXPECT_EQ(details_of(ledger->actions({}).value()), Details{"1"});
}

TEST_F(ActionTest, is_asked_for_by_kind_and_counted_without_being_read) {
    auto ledger = open();
    for (const char* detail : {"1", "2", "3"})
        ASSERT_TRUE(ledger->note(action(detail)));
    ASSERT_TRUE(ledger->hide(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->show(inbox, {1}, "ola"));
    ActionQuery query;
    EXPECT_EQ(ledger->action_count(query), 5U);
    query.at_most = 1;
    query.before = 2;
    EXPECT_EQ(ledger->action_count(query), 5U) << "in all";
    query = {};
    query.kinds = {What::hidden, What::shown};
    EXPECT_EQ(ledger->action_count(query), 2U);
    const auto found = ledger->actions(query).value();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].what, What::shown);
    query.point = "no such point";
    EXPECT_EQ(ledger->action_count(query), 0U);
    EXPECT_TRUE(ledger->actions(query).value().empty());
}

TEST_F(ActionTest, without_a_time_it_is_now) {
    Action untimed = action("");
    untimed.when = {};
    const auto before = now();
    ASSERT_TRUE(open()->note(untimed));
    EXPECT_GE(all().at(0).when, before);
    EXPECT_LE(all().at(0).when, now());
}

TEST_F(ActionTest, documents_are_logged_when_their_end_is_said) {
    auto ledger = open();
    MessageEntry partial = stored(2), failed = with_step(message(3), Step::failed);
    partial.step = Step::partial;
    partial.cause = "part_missing";
    partial.files.push_back({"1.4", "c.pdf", "", 0, "", "", ""});
    partial.subject = "Faktura 2";
    failed.cause = "message_gone";
    ASSERT_TRUE(ledger->planned(inbox, {message(1), message(2), message(3)}));
    ASSERT_TRUE(ledger->placing(inbox, {message(1)}, {}));
    EXPECT_TRUE(all().empty());
    ASSERT_TRUE(ledger->placing(inbox, {message(2)}, {stored(1)}));
    expect_newest(What::document, 1, "ala", "");
    EXPECT_EQ(all()[0].detail, "2/2");
    EXPECT_EQ(all()[0].when, stored(1).when);
    ASSERT_TRUE(ledger->finished(inbox, {partial, failed}));
    ASSERT_EQ(all().size(), 3U);
    expect_newest(What::document, 3, "ala", "message_gone");
    EXPECT_EQ(all()[0].detail, "0/2");
    EXPECT_EQ(all()[1].result, "part_missing");
    EXPECT_EQ(all()[1].detail, "2/3");
    EXPECT_EQ(all()[1].subject, "Faktura 2");
}

TEST_F(ActionTest, what_was_there_already_is_told_apart_from_what_was_saved) {
    auto ledger = open();
    MessageEntry again = stored(1), repeat = stored(2);
    for (FileEntry& file : again.files)
        file.was_there = true;
    repeat.files[1].file.clear();
    repeat.files[1].was_there = true;
    ASSERT_TRUE(ledger->finished(inbox, {again, repeat}));
    ASSERT_EQ(all().size(), 2U);
    EXPECT_EQ(all()[1].detail, "0/2/2");
    EXPECT_EQ(all()[0].detail, "1/2/1");
}

TEST_F(ActionTest, what_came_to_nothing_is_not_logged) {
    auto ledger = open();
    MessageEntry stopped = with_step(message(1), Step::failed);
    stopped.cause = "cancelled";
    MessageEntry looked_at;
    looked_at.id = id_of(2);
    looked_at.step = Step::none;
    MessageEntry half = stored(3);
    half.step = Step::partial;
    half.cause = "cancelled";
    half.files[1].file.clear();
    ASSERT_TRUE(ledger->finished(inbox, {stopped, looked_at, half}));
    ASSERT_EQ(all().size(), 1U);
    expect_newest(What::document, 3, "ala", "cancelled");
    EXPECT_EQ(all()[0].detail, "1/2");
}

TEST_F(ActionTest, what_is_refused_is_not_logged) {
    auto first = open(), second = open();
    ASSERT_TRUE(first->planned(inbox, {message(1)}));
    EXPECT_FALSE(second->finished(inbox, {stored(2), stored(1)}));
    EXPECT_TRUE(all().empty());
}

TEST_F(ActionTest, each_step_of_a_removal_that_changes_something_is_logged) {
    auto ledger = open();
    ASSERT_TRUE(ledger->hide(inbox, {removal(1)}));
    expect_newest(What::hidden, 1, "ala", "");
    EXPECT_EQ(all()[0].subject, removal(1).subject);
    EXPECT_EQ(all()[0].when, removal(1).when);
    ASSERT_TRUE(ledger->show(inbox, {1}, "ola"));
    expect_newest(What::shown, 1, "ola", "");
    EXPECT_EQ(all()[0].subject, removal(1).subject);
    EXPECT_NE(all()[0].when, removal(1).when);
    ASSERT_TRUE(ledger->removing(inbox, {removal(1), removal(2), removal(3)}));
    EXPECT_EQ(all().size(), 2U) << "nothing has happened yet";
    ASSERT_TRUE(ledger->removed(inbox, {removal(1)}));
    expect_newest(What::removed, 1, "ala", "");
    ASSERT_TRUE(ledger->not_removed(inbox, {removal(2)}, What::removed, "message_changed"));
    expect_newest(What::removed, 2, "ala", "message_changed");
    ASSERT_TRUE(ledger->not_removed(inbox, {removal(3)}, What::marked, ""));
    expect_newest(What::marked, 3, "ala", "");
    ASSERT_TRUE(ledger->restoring(inbox, {1}, "ola"));
    ASSERT_TRUE(ledger->not_restored(inbox, 1, "append_refused"));
    expect_newest(What::restored, 1, "ola", "append_refused");
    ASSERT_TRUE(ledger->restoring(inbox, {1}, "ola"));
    ASSERT_TRUE(ledger->restored(inbox, 1, inbox, id_of(9), "ola"));
    expect_newest(What::restored, 9, "ola", "");
    ASSERT_TRUE(ledger->removed(inbox, {removal(4)}));
    ASSERT_TRUE(ledger->purged(inbox, 4, "ola"));
    expect_newest(What::purged, 4, "ola", "");
    EXPECT_EQ(all().size(), 9U);
}

TEST_F(ActionTest, what_is_so_already_is_not_logged_again) {
    auto ledger = open();
    ASSERT_TRUE(ledger->hide(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->hide(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->removed(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->removed(inbox, {removal(1)}));
    ASSERT_TRUE(ledger->purged(inbox, 1, "ala"));
    ASSERT_TRUE(ledger->purged(inbox, 1, "ala"));
    ASSERT_TRUE(ledger->show(inbox, {1, 2}, "ala"));
    EXPECT_EQ(all().size(), 3U);
}

}  // namespace mail::store
