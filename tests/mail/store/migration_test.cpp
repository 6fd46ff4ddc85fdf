#include <filesystem>

#include <gtest/gtest.h>

#include "mail/store/open_database.h"
#include "tests/mail/store/ledger_fixture.h"

namespace mailpoint_embedded {
extern const unsigned char schema_sql[];
extern const std::size_t schema_sql_size;
extern const unsigned char schema_2_sql[];
extern const std::size_t schema_2_sql_size;
}  // namespace mailpoint_embedded

namespace mail::store {

namespace {

/// What a program of version 1 made.
Schema version_1() {
    return {0x4D50'6C67,
            {{reinterpret_cast<const char*>(mailpoint_embedded::schema_sql),
              mailpoint_embedded::schema_sql_size}}};
}

}  // namespace

class MigrationTest : public LedgerTest {
protected:
    /// Message 1 was taken; message 2 was planned by a program that is gone.
    void SetUp() override {
        auto opened = open_database(path(), version_1());
        ASSERT_TRUE(opened);
        ASSERT_TRUE(opened->database.run(
            "INSERT INTO mailbox VALUES (3, 'point-1', 'ala@imap.firma.example', 'INBOX', 7);"
            "INSERT INTO message VALUES (1, 3, 1, x'3C313E', 10, 20, 'stored', '/faktury', '', "
            "1764000000, 'ala', NULL);"
            "INSERT INTO message VALUES (2, 3, 2, x'', 11, 21, 'planned', '/faktury', '', "
            "1764000001, 'ala', 'somebody who is gone');"
            "INSERT INTO file VALUES (1, 0, '2', 'a.pdf', 'application/pdf', 5, 'abc', '', "
            "'/faktury/a.pdf');"
            "INSERT INTO file VALUES (2, 0, '2', 'b.pdf', 'application/pdf', 0, '', "
            "'/faktury/.mailpoint-b.part', '')"));
    }
    std::vector<std::string> backups() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_ / ""))
            if (entry.path().filename().string().starts_with("state.db.version1-"))
                names.push_back(entry.path().string());
        return names;
    }
};

TEST_F(MigrationTest, all_that_version_1_knew_is_known_still) {
    auto ledger = open();
    EXPECT_EQ(ledger->damaged_copy(), "");
    const auto messages = ledger->messages(inbox).value();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].id.message_id, "<1>");
    EXPECT_EQ(messages[0].step, Step::stored);
    EXPECT_EQ(messages[0].files.at(0).file, "/faktury/a.pdf");
    EXPECT_EQ(ledger->unfinished(inbox.point)->size(), 1U);
    EXPECT_EQ(raw().ask_integer("PRAGMA user_version").value(), 7);
    EXPECT_EQ(raw().ask_text("PRAGMA integrity_check").value(), "ok");
}

TEST_F(MigrationTest, what_is_new_works_with_what_was_there) {
    auto ledger = open();
    EXPECT_EQ(ledger->earlier_file(inbox, 9, "abc").value()->file.file, "/faktury/a.pdf");
    EXPECT_TRUE(ledger->removals(inbox)->empty());
    EXPECT_TRUE(ledger->actions({})->empty());
    EXPECT_EQ(ledger->removing(inbox, {removal(1), removal(2)})->size(), 1U);
    ASSERT_TRUE(ledger->removed(inbox, {removal(1)}));
    EXPECT_EQ(ledger->removals(inbox)->at(0).stage, RemovalEntry::Stage::removed);
    EXPECT_EQ(ledger->actions({})->size(), 1U);
}

TEST_F(MigrationTest, the_file_of_version_1_is_kept_beside_it_once) {
    static_cast<void>(open());
    static_cast<void>(open());
    const auto kept = backups();
    ASSERT_EQ(kept.size(), 1U);
    auto before = open_database(kept[0], version_1());
    ASSERT_TRUE(before);
    EXPECT_EQ(before->database.ask_integer("SELECT count(*) FROM message").value(), 2);
    EXPECT_EQ(before->database.ask_integer("SELECT count(*) FROM file").value(), 2);
}

TEST_F(MigrationTest, a_program_of_version_1_leaves_the_new_file_alone) {
    static_cast<void>(open());
    EXPECT_EQ(open_database(path(), version_1()).error().cause, Cause::point_newer);
    EXPECT_EQ(open()->messages(inbox)->size(), 2U);
}

TEST_F(MigrationTest, removals_of_version_2_are_known_still) {
    Schema version_2 = version_1();
    version_2.steps.emplace_back(reinterpret_cast<const char*>(mailpoint_embedded::schema_2_sql),
                                 mailpoint_embedded::schema_2_sql_size);
    ASSERT_TRUE(
        open_database(path(), version_2)
            ->database.run("INSERT INTO removal VALUES (3, 5, x'3C353E', 10, 20, 'removed', "
                           "'5.eml', 30, 'abc', '\\Seen', 'Five', 'Ola', 40, 50, 'ala', '', "
                           "NULL)"));
    const auto kept = open()->quarantined(inbox.point).value();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].first, inbox);
    const RemovalEntry& entry = kept[0].second;
    EXPECT_EQ(entry.id.uid, 5U);
    EXPECT_EQ(entry.id.message_id, "<5>");
    EXPECT_EQ(entry.stage, RemovalEntry::Stage::removed);
    EXPECT_EQ(entry.copy, "5.eml");
    EXPECT_EQ(entry.flags, "\\Seen");
    EXPECT_EQ(entry.keep_until, std::chrono::sys_seconds(std::chrono::seconds(50)));
    EXPECT_EQ(entry.who, "ala");
    EXPECT_EQ(raw().ask_integer("PRAGMA user_version").value(), 7);
}

TEST_F(MigrationTest, a_new_file_is_made_as_a_changed_one) {
    static_cast<void>(open());
    const std::string schema = "SELECT group_concat(sql, ';') FROM "
                               "(SELECT sql FROM sqlite_schema WHERE sql <> '' ORDER BY name)";
    const auto changed = raw().ask_text(schema).value();
    const fakes::ScratchFolder another;
    static_cast<void>(Ledger::open(another / "state.db"));
    EXPECT_EQ(Database::open(another / "state.db")->ask_text(schema).value(), changed);
    EXPECT_NE(changed.find("CREATE TABLE removal"), std::string::npos);
}

}  // namespace mail::store
