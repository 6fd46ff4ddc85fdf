#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "mail/base/hash.h"
#include "mail/work/take.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::work {

namespace {

const store::MailboxId inbox{"point", "ala@imap.firma.example", "INBOX", 1};

class Recovering : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directory(target()); }

    [[nodiscard]] std::string target() const { return folder_ / "target"; }
    std::unique_ptr<store::Ledger> open() {
        auto ledger = store::Ledger::open(folder_ / "state.db");
        EXPECT_TRUE(ledger);
        return std::move(*ledger);
    }
    /// A program that ended with one file in this step.
    void leave(store::Step step) {
        store::MessageEntry entry;
        entry.id = {1, "<1@firma.example>", 0, 100};
        entry.folder = target();
        entry.files.push_back({"2", "a.pdf", "application/pdf", 4, sha256_hex("%PDF"),
                               target() + "/.mailpoint-1.part", target() + "/a.pdf"});
        auto ledger = open();
        ASSERT_TRUE(ledger->planned(inbox, {entry}));
        if (step == store::Step::placing) {
            ASSERT_TRUE(ledger->placing(inbox, {entry}, {}));
        }
    }
    void write(const std::string& name) {
        std::ofstream(target() + "/" + name, std::ios::binary) << "%PDF";
    }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(target()), {}));
    }
    fakes::ScratchFolder folder_;
};

}  // namespace

TEST_F(Recovering, a_stop_between_the_two_halves_of_a_rename_leaves_one_file) {
    leave(store::Step::placing);
    write("a.pdf");
    write(".mailpoint-1.part");
    auto ledger = open();
    EXPECT_TRUE(recover(real_disk(), *ledger, "point")->empty());
    EXPECT_EQ(files(), 1U);
    const auto entry = ledger->messages(inbox)->at(0);
    EXPECT_EQ(entry.step, store::Step::stored);
    EXPECT_EQ(entry.files.at(0).file, target() + "/a.pdf");
    EXPECT_EQ(entry.files.at(0).temporary, "");
}

TEST_F(Recovering, a_folder_out_of_reach_blocks_its_message_alone_and_is_not_made_anew) {
    leave(store::Step::placing);
    std::filesystem::rename(target(), folder_ / "away");
    auto ledger = open();
    const auto blocked = recover(real_disk(), *ledger, "point").value();
    ASSERT_EQ(blocked.size(), 1U);
    EXPECT_EQ(blocked[0].uid, 1U);
    EXPECT_EQ(blocked[0].error.cause, Cause::folder_not_found);
    EXPECT_EQ(blocked[0].error.fact("path"), target());
    EXPECT_FALSE(std::filesystem::exists(target()));

    std::filesystem::rename(folder_ / "away", target());
    write(".mailpoint-1.part");
    EXPECT_TRUE(recover(real_disk(), *ledger, "point")->empty());
    EXPECT_TRUE(std::filesystem::exists(target() + "/a.pdf"));
    EXPECT_EQ(ledger->messages(inbox)->at(0).step, store::Step::stored);
}

TEST_F(Recovering, a_plan_is_forgotten_with_its_files_also_where_they_are_out_of_reach) {
    leave(store::Step::planned);
    write(".mailpoint-1.part");
    auto ledger = open();
    EXPECT_TRUE(recover(real_disk(), *ledger, "point")->empty());
    EXPECT_EQ(files(), 0U);
    EXPECT_EQ(ledger->messages(inbox)->at(0).step, store::Step::failed);
    EXPECT_EQ(ledger->messages(inbox)->at(0).cause, "cancelled");

    ledger.reset();
    leave(store::Step::planned);
    std::filesystem::remove(target());
    ledger = open();
    EXPECT_TRUE(recover(real_disk(), *ledger, "point")->empty());
    EXPECT_TRUE(ledger->unfinished("point")->empty());
}

}  // namespace mail::work
