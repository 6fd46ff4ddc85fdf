#include "mail/work/disk_source.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/fakes/lossy_disk.h"

namespace mail::work {

TEST(DiskSource, a_step_back_reads_nothing_again_that_lies_before_it) {
    fakes::LossyDisk disk;
    disk.put_folder("/q");
    disk.put("/q/a.eml", "0123456789");
    const auto source = source_on(disk, "/q/a.eml", 10, {});
    EXPECT_EQ(source->size(), 10U);
    std::string room(4, ' ');
    for (const auto& [offset, octets] : std::vector<std::pair<std::uint64_t, std::string>>{
             {6, "6789"}, {2, "2345"}, {6, "6789"}, {8, "89"}, {0, "0123"}, {20, ""}}) {
        const auto got = source->read_at(offset, room.data(), room.size());
        ASSERT_TRUE(got);
        EXPECT_EQ(room.substr(0, *got), octets) << offset;
    }
    const auto log = disk.log();
    EXPECT_EQ(std::ranges::count(log, "open /q/a.eml"), 1);
    // One each, and one more where the end was met.
    EXPECT_EQ(std::ranges::count(log, "read /q/a.eml"), 7);
}

TEST(DiskSource, who_stops_it_gets_no_further_octet) {
    fakes::LossyDisk disk;
    disk.put_folder("/q");
    disk.put("/q/a.eml", "0123456789");
    StopSource stop;
    Wait wait;
    wait.stop = stop.get_token();
    const auto source = source_on(disk, "/q/a.eml", 10, wait);
    char one = 0;
    ASSERT_TRUE(source->read_at(0, &one, 1));
    stop.request_stop();
    EXPECT_EQ(source->read_at(1, &one, 1).error().cause, Cause::cancelled);
}

}  // namespace mail::work
