#include "mail/base/disk.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/fakes/scratch_folder.h"

namespace mail {

namespace {

using fakes::ScratchFolder;

void put(const std::string& path, std::string_view content) {
    std::ofstream(path, std::ios::binary) << content;
}

std::string get(const std::string& path) {
    return read_file(real_disk(), path, 1U << 20).value_or("(unreadable)");
}

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    const auto entries = real_disk().list(folder).value();
    for (const Entry& entry : entries)
        names.push_back(entry.name);
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

TEST(Disk, what_was_written_and_synced_is_read_back) {
    const ScratchFolder folder;
    const std::string path = folder / "faktura ąż.pdf";
    {
        auto file = real_disk().create(path);
        ASSERT_TRUE(file);
        EXPECT_TRUE((*file)->write("%PDF-"));
        EXPECT_TRUE((*file)->write(std::string_view("\0\r\n", 3)));
        EXPECT_TRUE((*file)->sync());
    }
    EXPECT_TRUE(real_disk().sync_folder(folder.path()));
    EXPECT_EQ(get(path), std::string("%PDF-\0\r\n", 8));
    const auto entry = real_disk().look(path);
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->name, "faktura ąż.pdf");
    EXPECT_EQ(entry->kind, Entry::Kind::file);
    EXPECT_EQ(entry->size_octets, 8U);
}

TEST(Disk, create_never_opens_what_is_there) {
    const ScratchFolder folder;
    put(folder / "a", "old");
    const auto file = real_disk().create(folder / "a");
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().cause, Cause::file_exists);
    EXPECT_EQ(file.error().fact("path"), folder / "a");
    EXPECT_FALSE(file.error().fact("reason").empty());
    EXPECT_EQ(get(folder / "a"), "old");
}

TEST(Disk, a_missing_folder_is_told_from_a_missing_file) {
    const ScratchFolder folder;
    EXPECT_EQ(real_disk().create(folder / "no/a").error().cause, Cause::folder_not_found);
    EXPECT_EQ(real_disk().open(folder / "a").error().cause, Cause::file_not_found);
    EXPECT_EQ(real_disk().look(folder / "a").error().cause, Cause::file_not_found);
    EXPECT_EQ(real_disk().remove(folder / "a").error().cause, Cause::file_not_found);
    EXPECT_EQ(real_disk().list(folder / "no").error().cause, Cause::folder_not_found);
    EXPECT_EQ(real_disk().sync_folder(folder / "no").error().cause, Cause::folder_not_found);
    EXPECT_EQ(real_disk().free_octets(folder / "no").error().cause, Cause::folder_not_found);
    EXPECT_EQ(real_disk().rename_new(folder / "a", folder / "b").error().cause,
              Cause::file_not_found);
    put(folder / "a", "x");
    EXPECT_EQ(real_disk().rename_new(folder / "a", folder / "no/b").error().cause,
              Cause::folder_not_found);
}

TEST(Disk, rename_new_never_replaces) {
    const ScratchFolder folder;
    put(folder / "a", "new");
    put(folder / "b", "old");
    EXPECT_EQ(real_disk().rename_new(folder / "a", folder / "b").error().cause, Cause::file_exists);
    EXPECT_EQ(get(folder / "b"), "old");
    EXPECT_TRUE(real_disk().rename_new(folder / "a", folder / "c"));
    EXPECT_EQ(names_in(folder.path()), (std::vector<std::string>{"b", "c"}));
}

TEST(Disk, rename_over_replaces) {
    const ScratchFolder folder;
    put(folder / "a", "new");
    put(folder / "b", "old");
    EXPECT_TRUE(real_disk().rename_over(folder / "a", folder / "b"));
    EXPECT_EQ(get(folder / "b"), "new");
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"b"});
}

TEST(Disk, folders_are_made_with_those_above_them) {
    const ScratchFolder folder;
    EXPECT_TRUE(real_disk().make_folder(folder / "a/b/c", Disk::Access::owner_only));
    EXPECT_TRUE(real_disk().make_folder(folder / "a/b/c", Disk::Access::usual));
    EXPECT_EQ(real_disk().look(folder / "a/b/c")->kind, Entry::Kind::folder);
    put(folder / "file", "x");
    EXPECT_FALSE(real_disk().make_folder(folder / "file", Disk::Access::usual));
    EXPECT_FALSE(real_disk().make_folder(folder / "file/below", Disk::Access::usual));
}

TEST(Disk, there_is_room_in_the_scratch_folder) {
    const ScratchFolder folder;
    EXPECT_GT(real_disk().free_octets(folder.path()).value(), 0U);
}

TEST(Disk, a_file_is_removed_and_a_folder_is_not) {
    const ScratchFolder folder;
    put(folder / "a", "x");
    ASSERT_TRUE(real_disk().make_folder(folder / "sub", Disk::Access::usual));
    EXPECT_TRUE(real_disk().remove(folder / "a"));
    EXPECT_FALSE(real_disk().remove(folder / "sub"));
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"sub"});
}

TEST(ReadFile, stops_at_its_limit) {
    const ScratchFolder folder;
    put(folder / "a", std::string(200'000, 'x'));
    EXPECT_EQ(read_file(real_disk(), folder / "a", 200'000)->size(), 200'000U);
    EXPECT_EQ(read_file(real_disk(), folder / "a", 199'999).error().cause, Cause::part_too_large);
}

TEST(ReplaceFile, keeps_the_previous_content_as_backup) {
    const ScratchFolder folder;
    EXPECT_TRUE(replace_file(real_disk(), folder / "point.json", "one"));
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"point.json"});
    EXPECT_TRUE(replace_file(real_disk(), folder / "point.json", "two"));
    EXPECT_TRUE(replace_file(real_disk(), folder / "point.json", "three"));
    EXPECT_EQ(get(folder / "point.json"), "three");
    EXPECT_EQ(get(folder / "point.json.bak"), "two");
    EXPECT_EQ(names_in(folder.path()), (std::vector<std::string>{"point.json", "point.json.bak"}));
}

TEST(ReplaceFile, the_same_content_again_keeps_the_backup_of_the_other_one) {
    const ScratchFolder folder;
    for (const char* content : {"one", "two", "two"})
        EXPECT_TRUE(replace_file(real_disk(), folder / "point.json", content));
    EXPECT_EQ(get(folder / "point.json.bak"), "one");
}

TEST(Paths, are_joined_and_split_at_the_systems_separator) {
    const std::string folder = parent_path(join_path("points", "a.json"));
    EXPECT_EQ(folder, "points");
    EXPECT_EQ(join_path(join_path("x", ""), "y"), join_path("x", "y"));
    EXPECT_FALSE(is_absolute_path("a/b"));
    EXPECT_TRUE(is_absolute_path(absolute_path("a/b")));
    EXPECT_EQ(absolute_path("./a"), absolute_path("a"));
    EXPECT_EQ(absolute_path(absolute_path("a")), absolute_path("a"));
}

}  // namespace mail
