#include <filesystem>

#include <gtest/gtest.h>

#include "mail/work/quarantine.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::work {

TEST(QuarantineFolder, is_for_its_owner_only) {
    const fakes::ScratchFolder scratch;
    ASSERT_TRUE(Quarantine::open(real_disk(), scratch / "quarantine"));
    EXPECT_EQ(std::filesystem::status(scratch / "quarantine").permissions(),
              std::filesystem::perms::owner_all);
    EXPECT_TRUE(Quarantine::open(real_disk(), scratch / "quarantine")) << "it may be there";
}

}  // namespace mail::work
