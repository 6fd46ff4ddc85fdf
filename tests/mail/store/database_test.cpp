#include "mail/store/open_database.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "mail/store/ledger.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::store {

namespace {

const Schema first{0x7357, {"CREATE TABLE fact (word TEXT NOT NULL)"}};
const Schema second{0x7357,
                    {first.steps[0], "ALTER TABLE fact ADD COLUMN weight INTEGER DEFAULT 1"}};

std::string read(const std::string& path) {
    return read_file(real_disk(), path, 1U << 24).value_or("(unreadable)");
}

void write(const std::string& path, std::string_view content) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

}  // namespace

class OpenDatabase : public testing::Test {
protected:
    OpenDatabase() : path_(folder_ / "test.db") {}

    OpenedDatabase open(const Schema& schema) {
        auto opened = open_database(path_, schema);
        EXPECT_TRUE(opened) << opened.error().fact("reason");
        return std::move(opened).value();
    }
    /// A sound file with a few pages.
    void make() {
        OpenedDatabase opened = open(first);
        ASSERT_TRUE(opened.database.run("INSERT INTO fact VALUES (hex(zeroblob(9000))), ('x')"));
    }
    fakes::ScratchFolder folder_;
    std::string path_;
};

TEST_F(OpenDatabase, a_sound_file_is_opened_as_it_is) {
    make();
    OpenedDatabase opened = open(first);
    EXPECT_EQ(opened.damaged_copy, "");
    EXPECT_EQ(opened.backup, "");
    EXPECT_EQ(opened.database.ask_integer("SELECT count(*) FROM fact").value(), 2);
}

TEST_F(OpenDatabase, every_commit_is_synced_and_rows_keep_their_references) {
    OpenedDatabase opened = open(first);
    EXPECT_EQ(opened.database.ask_text("PRAGMA journal_mode").value(), "truncate");
    EXPECT_EQ(opened.database.ask_integer("PRAGMA synchronous").value(), 2);
    EXPECT_EQ(opened.database.ask_integer("PRAGMA foreign_keys").value(), 1);
}

TEST_F(OpenDatabase, an_older_file_is_copied_before_it_is_changed) {
    make();
    {
        OpenedDatabase opened = open(second);
        EXPECT_EQ(opened.database.ask_integer("SELECT sum(weight) FROM fact").value(), 2);
        EXPECT_EQ(opened.database.ask_integer("PRAGMA user_version").value(), 2);
        ASSERT_NE(opened.backup, "");
        path_ = opened.backup;
    }
    EXPECT_EQ(open(first).database.ask_integer("SELECT count(*) FROM fact").value(), 2);
}

TEST_F(OpenDatabase, a_migration_that_fails_changes_nothing) {
    make();
    const Schema broken{first.application_id,
                        {first.steps[0], "CREATE TABLE half (a); CREATE TABLE half (a)"}};
    const auto refused = open_database(path_, broken);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::ledger_failed);
    EXPECT_NE(refused.error().fact("reason").find("already exists"), std::string_view::npos);
    OpenedDatabase opened = open(first);
    EXPECT_EQ(opened.damaged_copy, "");
    EXPECT_EQ(opened.database.ask_integer("SELECT count(*) FROM sqlite_schema").value(), 1);
}

TEST_F(OpenDatabase, a_newer_file_is_refused_and_not_touched) {
    static_cast<void>(open(second));
    const std::string before = read(path_);
    const auto refused = open_database(path_, first);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::point_newer);
    EXPECT_EQ(refused.error().fact("version"), "2");
    EXPECT_EQ(refused.error().fact("file"), path_);
    EXPECT_EQ(read(path_), before);
}

TEST_F(OpenDatabase, a_file_of_another_program_is_set_aside) {
    static_cast<void>(open({0x0BAD, first.steps}));
    OpenedDatabase opened = open(first);
    EXPECT_NE(opened.damaged_copy, "");
    EXPECT_EQ(opened.database.ask_integer("SELECT count(*) FROM fact").value(), 0);
}

// R22: cut at many places, and single octets changed.
TEST_F(OpenDatabase, a_damaged_file_is_never_lost_and_never_believed) {
    make();
    const std::string sound = read(path_);
    ASSERT_GT(sound.size(), 8192U);
    std::vector<std::string> damaged;
    for (std::size_t size = 1; size < sound.size(); size += 997)
        damaged.push_back(sound.substr(0, size));
    for (std::size_t at = 0; at < 120; at += 7) {
        std::string flipped = sound;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
        damaged.push_back(flipped);
    }
    unsigned set_aside = 0;
    for (const std::string& content : damaged) {
        write(path_, content);
        auto opened = open_database(path_, first);
        if (!opened) {
            // A flipped version says that a newer program wrote it: it stays.
            EXPECT_EQ(opened.error().cause, Cause::point_newer);
            EXPECT_EQ(read(path_), content);
            continue;
        }
        EXPECT_EQ(opened->database.ask_text("PRAGMA quick_check").value(), "ok");
        if (opened->damaged_copy.empty()) {
            // What SQLite takes no notice of, such as its change counter.
            EXPECT_EQ(opened->database.ask_integer("SELECT count(*) FROM fact").value(), 2)
                << content.size();
            continue;
        }
        ++set_aside;
        EXPECT_EQ(read(opened->damaged_copy), content);
        EXPECT_EQ(opened->database.ask_integer("SELECT count(*) FROM fact").value(), 0);
    }
    EXPECT_GT(set_aside, sound.size() / 997);
}

TEST_F(OpenDatabase, a_folder_that_is_not_there_is_an_error_with_sqlites_words) {
    const auto refused = open_database(folder_ / "no/test.db", first);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::ledger_failed);
    EXPECT_NE(refused.error().fact("reason").find("unable to open"), std::string_view::npos);
}

TEST_F(OpenDatabase, a_transaction_that_fails_is_undone) {
    OpenedDatabase opened = open(first);
    const auto done = opened.database.transact([&]() -> Result<void> {
        EXPECT_TRUE(opened.database.run("INSERT INTO fact VALUES ('x')"));
        return fail(Cause::busy_elsewhere, Layer::ledger, Reach::message);
    });
    EXPECT_EQ(done.error().cause, Cause::busy_elsewhere);
    EXPECT_EQ(opened.database.ask_integer("SELECT count(*) FROM fact").value(), 0);
}

TEST(LedgerFile, a_damaged_ledger_is_named_and_a_new_one_begun) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "state.db";
    write(path, std::string(5000, 'x'));
    const auto ledger = Ledger::open(path).value();
    EXPECT_TRUE(ledger->damaged_copy().starts_with(path + ".damaged-2")) << ledger->damaged_copy();
    EXPECT_EQ(read(ledger->damaged_copy()), std::string(5000, 'x'));
    EXPECT_TRUE(ledger->messages({"p", "a", "f", 1})->empty());
    EXPECT_EQ(Ledger::open(path).value()->damaged_copy(), "");
}

TEST(LedgerFile, a_ledger_of_a_newer_program_is_left_alone) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "state.db";
    static_cast<void>(Ledger::open(path).value());
    ASSERT_TRUE(Database::open(path).value().run("PRAGMA user_version = 99"));
    const std::string before = read(path);
    const auto refused = Ledger::open(path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::point_newer);
    EXPECT_EQ(read(path), before);
}

}  // namespace mail::store
