#include "mail/diagnose/target.h"

#include <gtest/gtest.h>

#include "tests/fakes/lossy_disk.h"

namespace mail::diagnose {
namespace {

class Target : public testing::Test {
protected:
    Target() { disk_.put_folder("/faktury"); }
    [[nodiscard]] Cause cause_in(const std::string& folder) {
        const auto tried = try_target(disk_, folder, Wait{});
        return tried ? Cause::internal : tried.error().cause;
    }
    fakes::LossyDisk disk_;
};

TEST_F(Target, a_file_is_written_renamed_and_gone_again) {
    const auto tried = try_target(disk_, "/faktury", Wait{});
    ASSERT_TRUE(tried);
    EXPECT_EQ(tried->front(), (std::pair<std::string, std::string>("path", "/faktury")));
    EXPECT_TRUE(disk_.files().empty());
    std::string log;
    for (const std::string& call : disk_.log())
        log += call.substr(0, call.find(' ')) + " ";
    EXPECT_NE(log.find("create write sync rename_new remove"), std::string::npos) << log;
}

TEST_F(Target, a_folder_that_will_be_made_is_tried_in_the_one_above) {
    const auto tried = try_target(disk_, "/faktury/nowe", Wait{});
    ASSERT_TRUE(tried);
    EXPECT_EQ(tried->at(1).first, "will_be_made");
    EXPECT_FALSE(disk_.look("/faktury/nowe")) << "nothing is made";
    EXPECT_EQ(cause_in("/nie/ma"), Cause::folder_not_found);
}

TEST_F(Target, a_folder_in_which_nothing_can_be_made_is_not_called_missing) {
    const unsigned before = disk_.calls();
    EXPECT_TRUE(try_target(disk_, "/faktury", Wait{}));
    const unsigned calls = disk_.calls() - before;
    for (unsigned n = 1; n <= calls; ++n)
        for (const Cause cause : {Cause::folder_not_found, Cause::file_not_found}) {
            disk_.fail_call(n, cause);
            const auto tried = try_target(disk_, "/faktury", Wait{});
            // The first call is the look at the folder itself.
            if (!tried && n > 1) {
                EXPECT_EQ(tried.error().cause, Cause::no_permission_there) << n;
            }
            for (const std::string& left : disk_.files())
                EXPECT_TRUE(disk_.remove(left));
        }
    // And one that goes meanwhile is missing.
    EXPECT_EQ(cause_in("/faktury/tu/nie"), Cause::folder_not_found);
}

TEST_F(Target, what_is_no_folder_is_told) {
    disk_.put("/faktury/plik", "x");
    EXPECT_EQ(cause_in(""), Cause::no_target_folder);
    EXPECT_EQ(cause_in("/faktury/plik"), Cause::not_a_folder);
}

TEST_F(Target, nothing_is_written_for_one_who_has_given_up) {
    StopSource gone;
    gone.request_stop();
    const auto tried = try_target(disk_, "/faktury", Wait{.stop = gone.get_token()});
    ASSERT_FALSE(tried);
    EXPECT_EQ(tried.error().cause, Cause::cancelled);
    for (const std::string& call : disk_.log())
        EXPECT_EQ(call.find("create"), std::string::npos) << call;
}

TEST_F(Target, whatever_fails_is_told_and_no_file_stays) {
    disk_.put_folder("/inny");
    const auto calls = [&] {
        const unsigned before = disk_.calls();
        EXPECT_TRUE(try_target(disk_, "/inny", Wait{}));
        return disk_.calls() - before;
    }();
    unsigned failures = 0;
    for (unsigned n = 1; n <= calls; ++n) {
        disk_.fail_call(n, Cause::no_permission_there);
        const auto tried = try_target(disk_, "/faktury", Wait{});
        if (!tried) {
            ++failures;
            EXPECT_EQ(tried.error().cause, Cause::no_permission_there) << n;
        }
        // The one that fails may be the removing itself.
        for (const std::string& left : disk_.files())
            EXPECT_TRUE(disk_.remove(left));
    }
    EXPECT_GE(failures, calls - 1) << "free space is not told by every file system";
    disk_.set_room(2);
    EXPECT_EQ(cause_in("/faktury"), Cause::disk_full);
    EXPECT_TRUE(disk_.files().empty());
}

}  // namespace
}  // namespace mail::diagnose
