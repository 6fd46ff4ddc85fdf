#include "mail/work/filing.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/fakes/scratch_folder.h"

namespace mail::work {

namespace {

class Filing : public testing::Test {
protected:
    Arrival arrive(const std::string& content) {
        auto incoming = Incoming::create(real_disk(), temporary_path(folder_.path()));
        EXPECT_TRUE(incoming);
        EXPECT_TRUE(incoming->write(content));
        auto arrival = incoming->finish();
        EXPECT_TRUE(arrival);
        return std::move(*arrival);
    }
    TargetFolder open() {
        auto target = TargetFolder::open(real_disk(), folder_.path());
        EXPECT_TRUE(target);
        return std::move(*target);
    }
    std::string file(TargetFolder& target, const std::string& wanted, const std::string& content) {
        const Arrival arrival = arrive(content);
        const auto name = target.name_for(wanted, arrival);
        EXPECT_TRUE(name);
        if (name->same_content_there) {
            EXPECT_TRUE(real_disk().remove(arrival.temporary));
            return "same";
        }
        const auto placed = target.place(arrival, name->path);
        EXPECT_TRUE(placed);
        return std::filesystem::path(placed->path).filename().string();
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        std::ifstream in(folder_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
    }
    fakes::ScratchFolder folder_;
};

}  // namespace

TEST_F(Filing, a_file_is_hashed_and_known_by_its_content) {
    const Arrival arrival = arrive("%PDF-1.4 faktura");
    EXPECT_EQ(arrival.sha256, sha256_hex("%PDF-1.4 faktura"));
    EXPECT_EQ(arrival.size_octets, 16U);
    EXPECT_EQ(arrival.type, "application/pdf");
    EXPECT_EQ(std::filesystem::path(arrival.temporary).filename().string().substr(0, 11),
              ".mailpoint-");
}

TEST_F(Filing, what_is_not_finished_leaves_nothing) {
    {
        auto incoming = Incoming::create(real_disk(), temporary_path(folder_.path()));
        ASSERT_TRUE(incoming);
        ASSERT_TRUE(incoming->write("half"));
        EXPECT_EQ(entries(), 1U);
    }
    EXPECT_EQ(entries(), 0U);
}

TEST_F(Filing, other_content_gets_a_number_and_nothing_is_overwritten) {
    TargetFolder target = open();
    EXPECT_EQ(file(target, "faktura.pdf", "one"), "faktura.pdf");
    EXPECT_EQ(file(target, "faktura.pdf", "two"), "faktura (2).pdf");
    EXPECT_EQ(file(target, "faktura.pdf", "three"), "faktura (3).pdf");
    EXPECT_EQ(read("faktura.pdf"), "one");
    EXPECT_EQ(read("faktura (2).pdf"), "two");
}

TEST_F(Filing, the_same_content_under_the_same_name_is_not_written_again) {
    TargetFolder target = open();
    EXPECT_EQ(file(target, "faktura.pdf", "one"), "faktura.pdf");
    EXPECT_EQ(file(target, "faktura.pdf", "two"), "faktura (2).pdf");
    EXPECT_EQ(file(target, "faktura.pdf", "two"), "same");
    TargetFolder next_run = open();
    EXPECT_EQ(file(next_run, "faktura.pdf", "one"), "same");
    EXPECT_EQ(entries(), 2U);
}

TEST_F(Filing, names_that_differ_in_case_only_are_one_name) {
    TargetFolder target = open();
    EXPECT_EQ(file(target, "Faktura.PDF", "one"), "Faktura.PDF");
    EXPECT_EQ(file(target, "faktura.pdf", "two"), "faktura (2).pdf");
}

TEST_F(Filing, names_that_one_system_writes_otherwise_are_one_name) {
    std::ofstream(folder_ / "z\u0307yto.pdf") << "as a Mac writes it";
    auto target = open();
    EXPECT_EQ(file(target, "żyto.pdf", "other"), "żyto (2).pdf");
}

TEST_F(Filing, a_name_that_was_given_out_is_not_given_again_though_the_file_is_gone) {
    TargetFolder target = open();
    EXPECT_EQ(file(target, "faktura.pdf", "one"), "faktura.pdf");
    ASSERT_TRUE(real_disk().remove(folder_ / "faktura.pdf"));
    EXPECT_EQ(file(target, "faktura.pdf", "two"), "faktura (2).pdf");
}

TEST_F(Filing, somebody_who_is_faster_keeps_the_name) {
    TargetFolder target = open();
    const Arrival arrival = arrive("ours");
    const auto name = target.name_for("faktura.pdf", arrival);
    ASSERT_TRUE(name);
    std::ofstream(name->path) << "theirs";
    const auto placed = target.place(arrival, name->path);
    ASSERT_TRUE(placed);
    EXPECT_EQ(placed->path, folder_ / "faktura (2).pdf");
    EXPECT_EQ(read("faktura.pdf"), "theirs");
    EXPECT_EQ(read("faktura (2).pdf"), "ours");
}

TEST_F(Filing, the_same_file_twice_is_one_though_the_first_has_not_its_name_yet) {
    TargetFolder target = open();
    const Arrival first = arrive("same");
    const Arrival second = arrive("same");
    const auto first_name = target.name_for("faktura.pdf", first);
    const auto second_name = target.name_for("faktura.pdf", second);
    ASSERT_TRUE(first_name && second_name);
    EXPECT_EQ(second_name->path, first_name->path);
    ASSERT_TRUE(target.place(first, first_name->path));
    const auto placed = target.place(second, second_name->path);
    ASSERT_TRUE(placed);
    EXPECT_TRUE(placed->same_content_there);
    EXPECT_EQ(placed->path, first_name->path);
    EXPECT_EQ(real_disk().list(folder_.path())->size(), 1U) << "no temporary file is left";
}

TEST_F(Filing, a_file_in_the_place_of_the_folder_is_said) {
    std::ofstream(folder_ / "target") << "x";
    const auto target = TargetFolder::open_or_make(real_disk(), folder_ / "target");
    ASSERT_FALSE(target);
    EXPECT_EQ(target.error().cause, Cause::not_a_folder);
}

TEST_F(Filing, a_folder_of_that_name_is_no_reason_to_fail) {
    std::filesystem::create_directory(folder_ / "faktura.pdf");
    TargetFolder target = open();
    EXPECT_EQ(file(target, "faktura.pdf", "one"), "faktura (2).pdf");
}

TEST_F(Filing, a_missing_folder_is_made_but_not_those_above_it) {
    EXPECT_EQ(TargetFolder::open(real_disk(), folder_ / "new").error().cause,
              Cause::folder_not_found);
    EXPECT_TRUE(TargetFolder::open_or_make(real_disk(), folder_ / "new"));
    const auto none = TargetFolder::open_or_make(real_disk(), folder_ / "a/b");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().cause, Cause::folder_not_found);
    EXPECT_EQ(TargetFolder::open(real_disk(), "").error().cause, Cause::no_target_folder);
}

}  // namespace mail::work
