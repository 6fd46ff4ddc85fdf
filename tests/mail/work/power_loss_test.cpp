// The power fails at any call of the disk: what was not synced is gone, and the ledger knows what
// it had said by then.

#include <limits>

#include "mail/store/database.h"
#include "tests/fakes/interrupted_disk.h"
#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

namespace fs = std::filesystem;
using fakes::LossyDisk;

class PowerLoss : public Taking {
protected:
    /// Power fails at this call, unless there are fewer; the next program goes on.
    void lose_at(unsigned call, LossyDisk::Kept kept) {
        LossyDisk disk;
        disk.put_folder(target());
        lost_ = false;
        fakes::InterruptedDisk interrupted(disk, call, [&] {
            lost_ = true;
            fs::copy_file(state(), state() + ".then");
            disk.stop_at_call(1);
        });
        static_cast<void>(run(interrupted));
        const std::string where = disk.log().empty() ? "" : disk.log().back();
        ledger_.reset();
        if (lost_) {
            disk.lose_power(kept);
            fs::rename(state() + ".then", state());
            // Whoever held messages then does not live any more, unlike this test.
            const auto none = std::to_string(std::numeric_limits<int>::max());
            ASSERT_TRUE(
                store::Database::open(state())->run("UPDATE instance SET process = " + none));
        }
        expect_whole(disk, where);
        open_ledger();
        EXPECT_TRUE(run(disk)) << where << name_of(last_error_.cause);
        expect_whole(disk, where);
        EXPECT_EQ(disk.files(), both_) << where;
        ledger_.reset();
        fs::remove(state());
        open_ledger();
    }
    /// What has a final name has all its octets.
    void expect_whole(const LossyDisk& disk, const std::string& where) const {
        for (const std::string& path : disk.files())
            if (!path.ends_with(".part")) {
                EXPECT_EQ(disk.content(path), path == both_[0] ? "%PDF a" : "%PDF b") << where;
            }
    }
    [[nodiscard]] std::string state() const { return folder_ / "state.db"; }

    bool lost_ = false;
    std::vector<std::string> both_{target() + "/a.pdf", target() + "/b.pdf"};
};

}  // namespace

TEST_F(PowerLoss, at_any_call_of_the_disk_loses_and_doubles_nothing) {
    serve({mail_with("a.pdf", "%PDF a", {}), mail_with("b.pdf", "%PDF b", {})});
    for (const auto kept : {LossyDisk::Kept::nothing_unsynced, LossyDisk::Kept::unsynced_names}) {
        unsigned call = 0;
        do
            lose_at(++call, kept);
        while (lost_);
        EXPECT_GT(call, 15U);
    }
}

}  // namespace mail::work
