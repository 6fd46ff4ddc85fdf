#include "mail/work/room.h"

#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

constexpr std::uint64_t block = 4096;
using Extent = Delivery::Extent;

class Room : public Taking {
protected:
    void SetUp() override {
        Taking::SetUp();
        disk_.put_folder(target());
    }
    /// Whether anything of a mail was written.
    [[nodiscard]] bool anything_written() const {
        return std::ranges::any_of(disk_.log(), [](const std::string& call) {
            return call.starts_with("write") || call.starts_with("rename");
        });
    }
    fakes::LossyDisk disk_;
};

PartView part_of(Verdict verdict, std::uint64_t octets) {
    PartView part;
    part.verdict = verdict;
    part.size_octets = octets;
    return part;
}

}  // namespace

TEST_F(Room, too_little_stops_a_run_before_anything_is_fetched) {
    serve({mail_with("a.pdf", "%PDF a", {}), mail_with("b.pdf", "%PDF b", {})});
    disk_.set_room(2 * block - 1);
    EXPECT_FALSE(run(disk_));
    EXPECT_EQ(last_error_.cause, Cause::disk_full);
    EXPECT_EQ(last_error_.fact("path"), target());
    EXPECT_EQ(last_error_.fact("needed_octets"), std::to_string(2 * block));
    EXPECT_EQ(last_error_.fact("free_octets"), std::to_string(2 * block - 1));
    EXPECT_EQ(left_.size(), 2U);
    EXPECT_FALSE(anything_written());
    EXPECT_TRUE(disk_.files().empty());
    disk_.set_room(2 * block);
    ASSERT_TRUE(run(disk_)) << name_of(last_error_.cause);
    EXPECT_EQ(disk_.files().size(), 2U);
}

TEST_F(Room, a_folder_that_may_not_be_written_to_stops_a_run_before_anything_is_fetched) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    // The first that is made is the one that only tries.
    const unsigned call = first_call("create");
    disk_.fail_call(call, Cause::no_permission_there);
    EXPECT_FALSE(run(disk_));
    EXPECT_EQ(last_error_.cause, Cause::no_permission_there);
    EXPECT_EQ(left_, std::vector<std::uint32_t>{1});
    EXPECT_FALSE(anything_written());
    EXPECT_TRUE(ledger_->messages(mailbox_)->empty());
}

TEST_F(Room, what_a_killed_program_tried_with_goes_with_the_next_run) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    disk_.stop_at_call(first_call("remove"));
    EXPECT_FALSE(run(disk_));
    disk_.heal();
    EXPECT_EQ(disk_.files().size(), 1U);
    ASSERT_TRUE(run(disk_)) << name_of(last_error_.cause);
    EXPECT_EQ(disk_.files(), std::vector<std::string>{join_path(target(), "a.pdf")});
}

TEST_F(Room, is_there_where_the_file_system_does_not_tell) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    const unsigned call = first_call("free_octets");
    disk_.fail_call(call, Cause::disk_error);
    EXPECT_TRUE(run(disk_)) << name_of(last_error_.cause);
    EXPECT_EQ(disk_.files().size(), 1U);
}

TEST_F(Room, is_needed_for_what_will_be_taken) {
    MessageRow row;
    row.size_octets = 100'000;
    row.parts = PartList({part_of(Verdict::will_be_taken, block), part_of(Verdict::skipped, 5000),
                          part_of(Verdict::will_be_taken, 5'000'000)});
    // The last is said to be larger than its mail.
    EXPECT_EQ(octets_to_come({&row}, Extent::what_is_open), 2 * block + 25 * block);
    row.initial.parts = PartList({part_of(Verdict::taken, block), part_of(Verdict::skipped, 5000),
                                  part_of(Verdict::needs_you, 1)});
    EXPECT_EQ(octets_to_come({&row}, Extent::what_is_open), 0U);
    EXPECT_EQ(octets_to_come({&row, &row}, Extent::all_again), 54 * block);
    Parts failed = row.initial.parts.unpack();
    failed.back().error = Error{Cause::disk_full, Layer::target, Reach::part, {}};
    row.initial.parts = PartList(failed);
    EXPECT_EQ(octets_to_come({&row}, Extent::what_is_open), block);
    row.whole_needed = true;
    EXPECT_EQ(octets_to_come({&row}, Extent::what_is_open), 25 * block);
}

}  // namespace mail::work
