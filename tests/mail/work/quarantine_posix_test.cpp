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

// The folder may have been there before, open to others.
TEST(QuarantineFolder, its_mails_are_for_their_owner_only) {
    const fakes::ScratchFolder scratch;
    std::filesystem::create_directory(scratch / "quarantine");
    const auto quarantine = Quarantine::open(real_disk(), scratch / "quarantine").value();
    auto incoming = quarantine.begin().value();
    ASSERT_TRUE(incoming.write("Subject: x\r\n"));
    std::vector<Unsynced> mails;
    mails.push_back(incoming.finish_unsynced().value());
    const auto kept =
        quarantine.keep(std::move(mails), "x-", Wait::for_at_most(std::chrono::seconds(10)));
    EXPECT_EQ(std::filesystem::status(quarantine.path_of(kept.at(0).value().name)).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace mail::work
