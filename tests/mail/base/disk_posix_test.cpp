#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "mail/base/disk_unix.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {

namespace {

using fakes::ScratchFolder;

void put(const std::string& path, std::string_view content) {
    std::ofstream(path, std::ios::binary) << content;
}

mode_t mode_of(const std::string& path) {
    struct stat found {};
    EXPECT_EQ(stat(path.c_str(), &found), 0) << path;
    return found.st_mode & 0777;
}

}  // namespace

class RenameWay : public testing::TestWithParam<unix_disk::Errno (*)(const unix_disk::Place&,
                                                                     const unix_disk::Place&)> {};

TEST_P(RenameWay, gives_the_name_and_never_replaces) {
    const ScratchFolder folder;
    put(folder / "a", "new");
    put(folder / "b", "old");
    std::filesystem::create_symlink("nowhere", folder / "link");
    EXPECT_EQ(GetParam()(folder / "a", folder / "b"), EEXIST);
    EXPECT_EQ(GetParam()(folder / "a", folder / "link"), EEXIST);
    EXPECT_EQ(GetParam()(folder / "a", folder / "no/c"), ENOENT);
    EXPECT_EQ(read_file(real_disk(), folder / "b", 100).value(), "old");
    EXPECT_EQ(GetParam()(folder / "a", folder / "c"), 0);
    EXPECT_EQ(read_file(real_disk(), folder / "c", 100).value(), "new");
    EXPECT_FALSE(std::filesystem::exists(folder / "a"));
}

INSTANTIATE_TEST_SUITE_P(Each, RenameWay,
                         testing::Values(unix_disk::rename_exclusive, unix_disk::rename_by_link,
                                         unix_disk::rename_after_look));

TEST(DiskPosix, create_does_not_write_through_a_link) {
    const ScratchFolder folder;
    std::filesystem::create_symlink(folder / "victim", folder / "a");
    EXPECT_EQ(real_disk().create(folder / "a").error().cause, Cause::file_exists);
    EXPECT_FALSE(std::filesystem::exists(folder / "victim"));
    EXPECT_EQ(real_disk().look(folder / "a")->kind, Entry::Kind::other);
}

TEST(DiskPosix, a_folder_that_is_held_stays_the_same_whatever_takes_its_place) {
    const ScratchFolder scratch;
    const std::string folder = scratch / "target", outside = scratch / "outside";
    std::filesystem::create_directory(folder);
    std::filesystem::create_directory(outside);
    put(outside + "/b", "of somebody else");
    EXPECT_EQ(real_disk().hold(scratch / "none").error().cause, Cause::folder_not_found);
    const auto held = real_disk().hold(folder).value();
    EXPECT_TRUE(held->sync_folder(folder));
    std::filesystem::rename(folder, scratch / "aside");
    std::filesystem::create_directory_symlink(outside, folder);

    ASSERT_TRUE(held->create(folder + "/a").value()->write("one"));
    EXPECT_TRUE(held->rename_new(folder + "/a", folder + "/b"));
    EXPECT_EQ(held->look(folder + "/b")->size_octets, 3U);
    EXPECT_EQ(read_file(*held, folder + "/b", 100).value(), "one");
    EXPECT_EQ(held->list(folder)->size(), 1U);
    EXPECT_EQ(held->look(folder)->kind, Entry::Kind::folder);
    EXPECT_EQ(held->sync_folder(folder).error().cause, Cause::folder_not_found);
    EXPECT_TRUE(held->remove(folder + "/b"));
    EXPECT_EQ(read_file(real_disk(), outside + "/b", 100).value(), "of somebody else");
    // What only begins alike, and what lies elsewhere, is found by its path.
    EXPECT_EQ(held->look(folder + "2").error().cause, Cause::file_not_found);
    EXPECT_TRUE(held->look(outside + "/b"));
}

TEST(DiskPosix, private_folders_are_the_owners_only) {
    const ScratchFolder folder;
    EXPECT_TRUE(real_disk().make_folder(folder / "a/b", Disk::Access::owner_only));
    EXPECT_EQ(mode_of(folder / "a"), 0700U);
    EXPECT_EQ(mode_of(folder / "a/b"), 0700U);
}

TEST(DiskPosix, a_replaced_file_keeps_its_rights) {
    const ScratchFolder folder;
    put(folder / "point.json", "one");
    ASSERT_EQ(chmod((folder / "point.json").c_str(), 0640), 0);
    EXPECT_TRUE(replace_file(real_disk(), folder / "point.json", "two"));
    EXPECT_EQ(mode_of(folder / "point.json"), 0640U);
}

TEST(DiskPosix, a_private_file_is_the_owners_only_and_leaves_no_previous_content) {
    const ScratchFolder folder;
    const mode_t before = umask(0);
    EXPECT_TRUE(replace_private_file(real_disk(), folder / "a", "one"));
    umask(before);
    EXPECT_EQ(mode_of(folder / "a"), 0600U);
    EXPECT_TRUE(replace_private_file(real_disk(), folder / "a", "two"));
    EXPECT_EQ(read_file(real_disk(), folder / "a", 10).value(), "two");
    EXPECT_EQ(real_disk().list(folder.path())->size(), 1U);
}

TEST(DiskPosix, a_file_whose_write_failed_is_never_synced_as_good) {
    const ScratchFolder folder;
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = 4096;
    const auto signal_before = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    auto file = real_disk().create(folder / "a").value();
    const auto written = file->write(std::string(5000, 'x'));
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, signal_before);

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().cause, Cause::disk_error);
    EXPECT_NE(written.error().fact("reason").find("EFBIG"), std::string_view::npos);
    EXPECT_FALSE(file->write("y"));
    EXPECT_FALSE(file->sync());
}

TEST(DiskPosix, a_folder_or_a_device_is_no_file_to_read) {
    const ScratchFolder folder;
    for (const std::string& path : {folder.path(), std::string("/dev/null")}) {
        const auto content = read_file(real_disk(), path, 100);
        ASSERT_FALSE(content) << path;
        EXPECT_EQ(content.error().cause, Cause::not_a_file);
        EXPECT_EQ(content.error().fact("path"), path);
    }
}

TEST(DiskPosix, a_pipe_is_read_and_one_that_nobody_writes_to_holds_up_nobody) {
    const ScratchFolder folder;
    const std::string pipe = folder / "pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(read_file(real_disk(), pipe, 100).value(), "");
    std::promise<void> opened;
    std::thread writer([&] {
        std::ofstream out(pipe, std::ios::binary);
        opened.set_value();
        out << "Łódź";
    });
    const auto file = real_disk().open(pipe);
    opened.get_future().wait();
    std::string read(100, '\0');
    read.resize((*file)->read(read.data(), read.size()).value());
    writer.join();
    EXPECT_EQ(read, "Łódź");
}

}  // namespace mail
