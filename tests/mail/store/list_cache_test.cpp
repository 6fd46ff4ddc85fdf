#include "mail/store/list_cache.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "mail/store/database.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::store {
namespace {

const ListName inbox{"point-1", "ala@imap.firma.example", "INBOX"};
const ListName other{"point-2", "ala@imap.firma.example", "INBOX"};
const ListState first_state{7, 100, 9'000'000'000'000'000'000U, "r1"};
constexpr std::chrono::sys_seconds now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 30}};

ListRow row(std::uint32_t uid) {
    return {uid,
            "row " + std::to_string(uid) + std::string("\0\xff", 2) + std::string(uid % 300, 'x')};
}

std::vector<ListRow> rows(std::uint32_t first, std::uint32_t last) {
    std::vector<ListRow> all;
    for (std::uint32_t uid = first; uid <= last; ++uid)
        all.push_back(row(uid));
    return all;
}

class ListCacheTest : public testing::Test {
protected:
    std::unique_ptr<ListCache> open() {
        auto opened = ListCache::open(path());
        EXPECT_TRUE(opened) << opened.error().fact("reason");
        return opened ? *std::move(opened) : nullptr;
    }
    std::string path() const { return folder_ / "cache/lists.db"; }

    /// All that there is of it, in its order; nothing where there is no such list.
    static std::vector<std::uint32_t> uids_in(ListCache& cache, const ListName& name = inbox) {
        const auto reading = cache.read(name);
        EXPECT_TRUE(reading) << reading.error().fact("reason");
        std::vector<std::uint32_t> uids;
        while (reading && *reading) {
            const auto some = (*reading)->next(100);
            EXPECT_TRUE(some) << some.error().fact("reason");
            if (!some || some->empty())
                break;
            for (const ListRow& one : *some) {
                EXPECT_EQ(one.octets, row(one.uid).octets);
                uids.push_back(one.uid);
            }
        }
        return uids;
    }
    /// Octets of the file are changed, as a bad disk does it.
    void damage(std::uintmax_t offset, char mask) const {
        std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(offset));
        const char was = static_cast<char>(file.get());
        file.seekp(static_cast<std::streamoff>(offset));
        file.put(static_cast<char>(was ^ mask));
    }

    fakes::ScratchFolder folder_;
};

TEST_F(ListCacheTest, a_list_comes_back_newest_first_with_its_state) {
    auto cache = open();
    std::vector<ListRow> all = rows(1, 250);
    std::ranges::reverse(all);
    all.push_back(row(4'294'967'295));
    const auto revision = cache->replace(inbox, first_state, all, now);
    ASSERT_TRUE(revision) << revision.error().fact("reason");
    cache = open();
    const auto reading = cache->read(inbox).value();
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->state().uid_validity, 7U);
    EXPECT_EQ(reading->state().uid_next, 100U);
    EXPECT_EQ(reading->state().highest_mod_sequence, first_state.highest_mod_sequence);
    EXPECT_EQ(reading->state().recipe, "r1");
    EXPECT_EQ(reading->size(), 251U);
    EXPECT_EQ(reading->revision(), *revision);
    const auto some = reading->next(2).value();
    ASSERT_EQ(some.size(), 2U);
    EXPECT_EQ(some[0].uid, 4'294'967'295U);
    EXPECT_EQ(some[1].octets, row(250).octets);
    EXPECT_EQ(reading->next(1000).value().size(), 249U);
    EXPECT_TRUE(reading->next(1000).value().empty());
    EXPECT_FALSE(cache->read(other).value());
}

TEST_F(ListCacheTest, replacing_leaves_nothing_of_before_and_other_lists_alone) {
    auto cache = open();
    ASSERT_TRUE(cache->replace(other, first_state, rows(1, 3), now));
    ASSERT_TRUE(cache->replace(inbox, first_state, rows(1, 50), now));
    ASSERT_TRUE(cache->replace(inbox, {8, 5, 0, "r2"}, rows(2, 4), now));
    EXPECT_EQ(uids_in(*cache), (std::vector<std::uint32_t>{4, 3, 2}));
    EXPECT_EQ(uids_in(*cache, other), (std::vector<std::uint32_t>{3, 2, 1}));
    EXPECT_EQ(cache->read(inbox).value()->state().uid_validity, 8U);
    ASSERT_TRUE(cache->forget(inbox));
    EXPECT_FALSE(cache->read(inbox).value());
    EXPECT_EQ(uids_in(*cache, other).size(), 3U);
    ASSERT_TRUE(cache->replace(inbox, first_state, {}, now));
    EXPECT_EQ(cache->read(inbox).value()->size(), 0U);
}

TEST_F(ListCacheTest, a_change_takes_rows_and_state_in_one_step) {
    auto cache = open();
    const auto revision = cache->replace(inbox, first_state, rows(1, 5), now).value();
    ListChange change{rows(5, 7), {2, 3, 99}};
    const auto after = cache->change(inbox, revision, {7, 8, 60, "r1"}, change, now).value();
    ASSERT_TRUE(after);
    EXPECT_NE(*after, revision);
    EXPECT_EQ(uids_in(*cache), (std::vector<std::uint32_t>{7, 6, 5, 4, 1}));
    EXPECT_EQ(cache->read(inbox).value()->state().highest_mod_sequence, 60U);
    EXPECT_TRUE(cache->change(inbox, *after, {7, 8, 61, "r1"}, {}, now).value());
}

TEST_F(ListCacheTest, what_another_program_has_written_is_not_changed_blindly) {
    auto one = open();
    auto two = open();
    const auto revision = one->replace(inbox, first_state, rows(1, 5), now).value();
    ASSERT_EQ(two->read(inbox).value()->revision(), revision);
    ASSERT_TRUE(two->change(inbox, revision, first_state, {rows(6, 6), {}}, now).value());
    EXPECT_FALSE(one->change(inbox, revision, first_state, {rows(7, 7), {1}}, now).value());
    EXPECT_EQ(uids_in(*one), (std::vector<std::uint32_t>{6, 5, 4, 3, 2, 1}));
    // Nor one that was made anew.
    ASSERT_TRUE(two->forget(inbox));
    ASSERT_TRUE(two->replace(inbox, first_state, rows(1, 1), now));
    EXPECT_FALSE(one->change(inbox, revision, first_state, {rows(7, 7), {}}, now).value());
    EXPECT_TRUE(one->replace(inbox, first_state, rows(1, 2), now));
    EXPECT_EQ(uids_in(*two).size(), 2U);
}

TEST_F(ListCacheTest, a_list_is_read_as_of_one_moment) {
    auto one = open();
    auto two = open();
    ASSERT_TRUE(one->replace(inbox, first_state, rows(1, 300), now));
    {
        const auto reading = two->read(inbox).value();
        ASSERT_EQ(reading->next(100).value().size(), 100U);
        EXPECT_EQ(reading->next(1000).value().size(), 200U);
        EXPECT_TRUE(reading->next(1).value().empty());
        // At its end it keeps nobody from writing any more.
        EXPECT_TRUE(one->replace(inbox, first_state, rows(1, 2), now));
    }
    { const auto left_unread = two->read(inbox).value(); }
    EXPECT_TRUE(one->replace(inbox, first_state, rows(1, 3), now));
    EXPECT_EQ(uids_in(*two).size(), 3U);
}

TEST_F(ListCacheTest, lists_that_nobody_opens_go_and_give_back_their_room) {
    auto cache = open();
    ASSERT_TRUE(cache->replace(inbox, first_state, rows(1, 5000), now));
    ASSERT_TRUE(cache->replace(other, first_state, rows(1, 3), now + std::chrono::days(2)));
    const auto octets = std::filesystem::file_size(path());
    constexpr std::chrono::days kept{90};
    ASSERT_TRUE(cache->forget_unused(kept, now + kept));
    EXPECT_EQ(uids_in(*cache).size(), 5000U);
    ASSERT_TRUE(cache->forget_unused(kept, now + kept + std::chrono::days(1)));
    EXPECT_FALSE(cache->read(inbox).value());
    EXPECT_EQ(uids_in(*cache, other).size(), 3U);
    EXPECT_LT(std::filesystem::file_size(path()), octets / 2);
    ASSERT_TRUE(cache->replace(inbox, first_state, rows(1, 3), now));
    ASSERT_TRUE(cache->forget_unused(std::chrono::days(0), now));
    EXPECT_FALSE(cache->read(inbox).value()) << "of this very second, too, where none is kept";
    EXPECT_FALSE(cache->read(other).value());
}

// Nothing has to change in a mailbox that somebody looks at daily.
TEST_F(ListCacheTest, a_list_that_is_read_is_in_use) {
    constexpr std::chrono::days kept{90};
    const auto read = [](ListCache& cache, std::chrono::sys_seconds at) {
        const auto reading = cache.read(inbox, at).value();
        return reading != nullptr;
    };
    auto cache = open();
    const auto revision = cache->replace(inbox, first_state, rows(1, 3), now).value();
    ASSERT_TRUE(cache->replace(other, first_state, rows(1, 3), now));
    EXPECT_TRUE(read(*cache, now + std::chrono::days(60)));
    ASSERT_TRUE(cache->forget_unused(kept, now + std::chrono::days(120)));
    EXPECT_EQ(uids_in(*cache).size(), 3U);
    EXPECT_FALSE(cache->read(other).value());
    EXPECT_EQ(cache->read(inbox).value()->revision(), revision) << "that is no change";
    // A clock that was ahead is set right by the next reading.
    EXPECT_TRUE(read(*cache, now + std::chrono::days(4000)));
    EXPECT_TRUE(read(*cache, now + std::chrono::days(130)));
    ASSERT_TRUE(cache->forget_unused(kept, now + std::chrono::days(140)));
    EXPECT_EQ(uids_in(*cache).size(), 3U);
}

TEST_F(ListCacheTest, any_file_in_its_place_is_thrown_away) {
    const auto sqlite_of = [&](const std::string& sql) {
        auto database = Database::open(path()).value();
        ASSERT_TRUE(database.run(sql));
    };
    const std::vector<std::function<void()>> others{
        [&] { std::ofstream(path()) << "not a database"; },
        [&] { std::ofstream(path()) << std::string(100'000, 'z'); },
        [&] { std::ofstream(path()) << "SQLite format 3" << std::string(5000, '\0'); },
        [&] { std::ofstream(path()) << std::string(4096, '\0'); },
        [&] { sqlite_of("CREATE TABLE list (number INTEGER)"); },
        [&] { sqlite_of("CREATE TABLE t (x); PRAGMA user_version = 1"); },
    };
    for (const auto& put : others) {
        std::filesystem::remove_all(folder_ / "cache");
        std::filesystem::create_directories(folder_ / "cache");
        put();
        auto cache = open();
        ASSERT_TRUE(cache);
        EXPECT_FALSE(cache->read(inbox).value());
        ASSERT_TRUE(cache->replace(inbox, first_state, rows(1, 3), now));
        EXPECT_EQ(uids_in(*open()).size(), 3U);
    }
}

TEST_F(ListCacheTest, one_of_another_version_is_made_anew) {
    ASSERT_TRUE(open()->replace(inbox, first_state, rows(1, 3), now));
    ASSERT_TRUE(Database::open(path()).value().run("PRAGMA user_version = 99"));
    auto cache = open();
    EXPECT_FALSE(cache->read(inbox).value());
    ASSERT_TRUE(cache->replace(inbox, first_state, rows(1, 3), now));
    EXPECT_EQ(uids_in(*open()).size(), 3U);
}

TEST_F(ListCacheTest, no_damage_shows_wrong_rows_and_all_can_be_written_after_it) {
    ASSERT_TRUE(open()->replace(inbox, first_state, rows(1, 400), now));
    const std::string sound = read_file(real_disk(), path(), 1U << 24).value();
    // The head of the file, octet by octet nearly, then samples of its pages.
    for (std::uintmax_t offset = 0; offset < sound.size(); offset += offset < 100 ? 7 : 4999) {
        std::ofstream(path(), std::ios::binary | std::ios::trunc) << sound;
        damage(offset, '\x11');
        auto cache = open();
        ASSERT_TRUE(cache) << offset;
        const auto reading = cache->read(inbox);
        if (reading && *reading) {
            EXPECT_EQ((*reading)->state().highest_mod_sequence, first_state.highest_mod_sequence);
            std::size_t given = 0;
            auto some = (*reading)->next(100);
            for (; some && !some->empty(); some = (*reading)->next(100))
                for (const ListRow& one : *some) {
                    EXPECT_EQ(one.uid, 400 - given++) << offset;
                    ASSERT_EQ(one.octets, row(one.uid).octets) << offset;
                }
            EXPECT_TRUE(!some || given == 400) << offset;
        }
        const auto written = cache->replace(inbox, first_state, rows(1, 2), now);
        ASSERT_TRUE(written) << offset << " " << written.error().fact("reason");
        EXPECT_EQ(uids_in(*open()).size(), 2U) << offset;
    }
}

TEST_F(ListCacheTest, a_cut_file_is_thrown_away) {
    ASSERT_TRUE(open()->replace(inbox, first_state, rows(1, 400), now));
    const std::string sound = read_file(real_disk(), path(), 1U << 24).value();
    for (const std::size_t octets :
         {sound.size() / 2, std::size_t{5000}, std::size_t{100}, std::size_t{1}, std::size_t{0}}) {
        std::ofstream(path(), std::ios::binary | std::ios::trunc) << sound.substr(0, octets);
        auto cache = open();
        ASSERT_TRUE(cache) << octets;
        const auto reading = cache->read(inbox);
        if (reading && *reading)
            while (true) {
                const auto some = (*reading)->next(50);
                if (!some)
                    break;
                ASSERT_FALSE(some->empty()) << "a part of it passes for the whole";
            }
        ASSERT_TRUE(cache->replace(inbox, first_state, rows(1, 2), now)) << octets;
        EXPECT_EQ(uids_in(*open()).size(), 2U);
    }
}

#ifndef _WIN32
TEST_F(ListCacheTest, it_may_be_deleted_at_any_time) {
    auto cache = open();
    ASSERT_TRUE(cache->replace(inbox, first_state, rows(1, 3), now));
    std::filesystem::remove_all(folder_ / "cache");
    (void)cache->replace(inbox, first_state, rows(1, 4), now);
    auto anew = open();
    EXPECT_FALSE(anew->read(inbox).value());
    ASSERT_TRUE(anew->replace(inbox, first_state, rows(1, 2), now));
    (void)cache->change(inbox, 1, first_state, {}, now);
    EXPECT_EQ(uids_in(*anew).size(), 2U);
}
#endif

}  // namespace
}  // namespace mail::store
