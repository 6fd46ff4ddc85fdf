#include "tests/fakes/lossy_disk.h"

#include <gtest/gtest.h>

namespace mail::fakes {

namespace {

using Paths = std::vector<std::string>;

std::unique_ptr<NewFile> created(LossyDisk& disk, const std::string& path,
                                 std::string_view content) {
    auto file = disk.create(path).value();
    EXPECT_TRUE(file->write(content));
    return file;
}

}  // namespace

class LossyDiskTest : public testing::Test {
protected:
    LossyDiskTest() { disk_.put_folder("/out"); }
    LossyDisk disk_;
};

TEST_F(LossyDiskTest, a_name_without_a_folder_sync_does_not_survive_a_power_loss) {
    EXPECT_TRUE(created(disk_, "/out/a", "x")->sync());
    disk_.lose_power(LossyDisk::Kept::nothing_unsynced);
    EXPECT_EQ(disk_.files(), Paths{});
}

TEST_F(LossyDiskTest, data_without_a_sync_does_not_survive_though_its_name_does) {
    created(disk_, "/out/a", "x");
    EXPECT_TRUE(disk_.sync_folder("/out"));
    disk_.lose_power(LossyDisk::Kept::nothing_unsynced);
    EXPECT_EQ(disk_.content("/out/a"), "");
}

TEST_F(LossyDiskTest, names_may_be_kept_that_nobody_synced) {
    created(disk_, "/out/a", "x");
    disk_.lose_power(LossyDisk::Kept::unsynced_names);
    EXPECT_EQ(disk_.content("/out/a"), "");
}

TEST_F(LossyDiskTest, a_rename_is_undone_until_the_folder_is_synced) {
    disk_.put("/out/a", "old");
    EXPECT_TRUE(disk_.rename_new("/out/a", "/out/b"));
    disk_.lose_power(LossyDisk::Kept::nothing_unsynced);
    EXPECT_EQ(disk_.files(), Paths{"/out/a"});
    EXPECT_TRUE(disk_.rename_new("/out/a", "/out/b"));
    EXPECT_TRUE(disk_.sync_folder("/out"));
    disk_.lose_power(LossyDisk::Kept::nothing_unsynced);
    EXPECT_EQ(disk_.files(), Paths{"/out/b"});
    EXPECT_EQ(disk_.content("/out/b"), "old");
}

TEST_F(LossyDiskTest, a_removed_file_is_back_until_the_folder_is_synced) {
    disk_.put("/out/a", "old");
    EXPECT_TRUE(disk_.remove("/out/a"));
    disk_.lose_power(LossyDisk::Kept::nothing_unsynced);
    EXPECT_EQ(disk_.content("/out/a"), "old");
}

TEST_F(LossyDiskTest, a_file_open_at_the_power_loss_is_dead) {
    const auto file = created(disk_, "/out/a", "x");
    disk_.lose_power(LossyDisk::Kept::unsynced_names);
    EXPECT_FALSE(file->write("y"));
    EXPECT_FALSE(file->sync());
    EXPECT_EQ(disk_.content("/out/a"), "");
}

TEST_F(LossyDiskTest, just_the_chosen_call_fails_with_its_cause) {
    disk_.fail_call(2, Cause::no_permission_there);
    EXPECT_TRUE(disk_.look("/out"));
    EXPECT_EQ(disk_.look("/out").error().cause, Cause::no_permission_there);
    EXPECT_TRUE(disk_.look("/out"));
    EXPECT_EQ(disk_.calls(), 3U);
    EXPECT_EQ(disk_.log().back(), "look /out");
}

TEST_F(LossyDiskTest, a_failed_write_leaves_half_and_spoils_the_file) {
    const auto file = created(disk_, "/out/a", "");
    disk_.fail_call(1, Cause::disk_full);
    EXPECT_EQ(file->write("1234").error().cause, Cause::disk_full);
    EXPECT_EQ(disk_.content("/out/a"), "12");
    EXPECT_EQ(file->sync().error().cause, Cause::disk_full);
}

TEST_F(LossyDiskTest, after_a_stop_nothing_reaches_the_disk) {
    const auto file = created(disk_, "/out/a", "12");
    disk_.stop_at_call(1);
    EXPECT_FALSE(file->write("34"));
    EXPECT_FALSE(disk_.rename_new("/out/a", "/out/b"));
    EXPECT_FALSE(disk_.remove("/out/a"));
    disk_.heal();
    EXPECT_EQ(disk_.content("/out/a"), "12");
    EXPECT_TRUE(disk_.remove("/out/a"));
}

TEST_F(LossyDiskTest, a_full_disk_takes_what_fits) {
    disk_.set_room(3);
    const auto file = created(disk_, "/out/a", "12");
    EXPECT_EQ(file->write("345").error().cause, Cause::disk_full);
    EXPECT_EQ(disk_.content("/out/a"), "123");
    EXPECT_EQ(disk_.free_octets("/out").value(), 0U);
}

// The promise of replace_file, at every call and for both ways of losing power.
TEST_F(LossyDiskTest, replace_file_leaves_the_old_or_the_new_whole_at_every_moment) {
    for (const auto kept : {LossyDisk::Kept::nothing_unsynced, LossyDisk::Kept::unsynced_names}) {
        for (unsigned n = 1;; ++n) {
            LossyDisk disk;
            disk.put("/ws/point.json", "old");
            disk.stop_at_call(n);
            const bool finished = replace_file(disk, "/ws/point.json", "new").has_value();
            disk.lose_power(kept);
            const auto content = disk.content("/ws/point.json");
            ASSERT_TRUE(content) << "stopped at call " << n;
            EXPECT_TRUE(*content == "new" || (*content == "old" && !finished)) << n << *content;
            if (finished)
                break;
            ASSERT_LT(n, 100U);
        }
    }
}

TEST_F(LossyDiskTest, replace_file_tidies_up_after_any_single_fault) {
    for (unsigned n = 1;; ++n) {
        LossyDisk disk;
        disk.put("/ws/point.json", "old");
        disk.fail_call(n, Cause::disk_full);
        const auto done = replace_file(disk, "/ws/point.json", "new");
        for (const std::string& path : disk.files())
            EXPECT_TRUE(path == "/ws/point.json" || path == "/ws/point.json.bak") << n << path;
        if (done)
            break;
        EXPECT_EQ(done.error().cause, Cause::disk_full);
        ASSERT_LT(n, 100U);
    }
}

}  // namespace mail::fakes
