#include "mail/base/disk.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/fakes/lossy_disk.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {

namespace {

enum class Which { real, lossy };

/// What disk.h promises holds for the computer's disk and for the one that tests use in its place.
class AnyDisk : public testing::TestWithParam<Which> {
protected:
    AnyDisk() { lossy_.put_folder(scratch_.path()); }

    Disk& disk() { return GetParam() == Which::real ? real_disk() : lossy_; }
    std::string path(const std::string& name = "") const {
        return name.empty() ? scratch_.path() : scratch_ / name;
    }
    void put(const std::string& name, std::string_view content) {
        auto file = disk().create(path(name));
        ASSERT_TRUE(file) << file.error().fact("reason");
        ASSERT_TRUE((*file)->write(content));
    }
    std::string get(const std::string& name) {
        return read_file(disk(), path(name), 1U << 20).value_or("(unreadable)");
    }
    void age(const std::string& name, std::chrono::minutes by) {
        if (GetParam() == Which::lossy)
            return lossy_.age(path(name), by);
        std::filesystem::last_write_time(path(name),
                                         std::filesystem::file_time_type::clock::now() - by);
    }
    std::vector<std::string> names() {
        const auto entries = disk().list(path()).value();
        std::vector<std::string> names;
        for (const Entry& entry : entries)
            names.push_back(entry.name);
        std::sort(names.begin(), names.end());
        return names;
    }

private:
    fakes::ScratchFolder scratch_;
    fakes::LossyDisk lossy_;
};

}  // namespace

INSTANTIATE_TEST_SUITE_P(Disks, AnyDisk, testing::Values(Which::real, Which::lossy));

TEST_P(AnyDisk, a_file_is_read_on_from_wherever_one_moves_to) {
    put("a.eml", "0123456789");
    const auto file = disk().open(path("a.eml")).value();
    std::string room(4, ' ');
    for (const auto& [offset, octets] : std::vector<std::pair<std::uint64_t, std::string>>{
             {6, "6789"}, {1, "1234"}, {8, "89"}, {10, ""}, {30, ""}, {0, "0123"}}) {
        ASSERT_TRUE(file->move_to(offset));
        EXPECT_EQ(room.substr(0, file->read(room.data(), room.size()).value()), octets) << offset;
    }
    EXPECT_EQ(file->read(room.data(), 1).value(), 1U);
    EXPECT_EQ(room.front(), '4');
}

TEST_P(AnyDisk, what_was_written_and_synced_is_read_back) {
    const std::string invoice = path("faktura ąż.pdf");
    {
        auto file = disk().create(invoice);
        ASSERT_TRUE(file);
        EXPECT_TRUE((*file)->write("%PDF-"));
        EXPECT_TRUE((*file)->write(std::string_view("\0\r\n", 3)));
        EXPECT_TRUE((*file)->sync());
    }
    EXPECT_TRUE(disk().sync_folder(path()));
    EXPECT_EQ(get("faktura ąż.pdf"), std::string("%PDF-\0\r\n", 8));
    const auto entry = disk().look(invoice);
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->name, "faktura ąż.pdf");
    EXPECT_EQ(entry->kind, Entry::Kind::file);
    EXPECT_EQ(entry->size_octets, 8U);
}

TEST_P(AnyDisk, create_never_opens_what_is_there) {
    put("a", "old");
    const auto file = disk().create(path("a"));
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().cause, Cause::file_exists);
    EXPECT_EQ(file.error().fact("path"), path("a"));
    EXPECT_FALSE(file.error().fact("reason").empty());
    EXPECT_EQ(get("a"), "old");
}

TEST_P(AnyDisk, a_missing_folder_is_told_from_a_missing_file) {
    EXPECT_EQ(disk().create(path("no/a")).error().cause, Cause::folder_not_found);
    EXPECT_EQ(disk().open(path("a")).error().cause, Cause::file_not_found);
    EXPECT_EQ(disk().look(path("a")).error().cause, Cause::file_not_found);
    EXPECT_EQ(disk().remove(path("a")).error().cause, Cause::file_not_found);
    EXPECT_EQ(disk().list(path("no")).error().cause, Cause::folder_not_found);
    EXPECT_EQ(disk().sync_folder(path("no")).error().cause, Cause::folder_not_found);
    EXPECT_EQ(disk().free_octets(path("no")).error().cause, Cause::folder_not_found);
    EXPECT_EQ(disk().rename_new(path("a"), path("b")).error().cause, Cause::file_not_found);
    put("a", "x");
    EXPECT_EQ(disk().rename_new(path("a"), path("no/b")).error().cause, Cause::folder_not_found);
}

TEST_P(AnyDisk, rename_new_never_replaces) {
    put("a", "new");
    put("b", "old");
    EXPECT_EQ(disk().rename_new(path("a"), path("b")).error().cause, Cause::file_exists);
    EXPECT_EQ(get("b"), "old");
    EXPECT_TRUE(disk().rename_new(path("a"), path("c")));
    EXPECT_EQ(names(), (std::vector<std::string>{"b", "c"}));
}

TEST_P(AnyDisk, rename_over_replaces) {
    put("a", "new");
    put("b", "old");
    EXPECT_TRUE(disk().rename_over(path("a"), path("b")));
    EXPECT_EQ(get("b"), "new");
    EXPECT_EQ(names(), std::vector<std::string>{"b"});
}

TEST_P(AnyDisk, folders_are_made_with_those_above_them) {
    EXPECT_TRUE(disk().make_folder(path("a/b/c"), Disk::Access::owner_only));
    EXPECT_TRUE(disk().make_folder(path("a/b/c"), Disk::Access::usual));
    EXPECT_EQ(disk().look(path("a/b/c"))->kind, Entry::Kind::folder);
    put("file", "x");
    EXPECT_FALSE(disk().make_folder(path("file"), Disk::Access::usual));
    EXPECT_FALSE(disk().make_folder(path("file/below"), Disk::Access::usual));
}

TEST_P(AnyDisk, there_is_room_in_the_scratch_folder) {
    EXPECT_GT(disk().free_octets(path()).value(), 0U);
}

TEST_P(AnyDisk, a_file_is_removed_and_a_folder_is_not) {
    put("a", "x");
    ASSERT_TRUE(disk().make_folder(path("sub"), Disk::Access::usual));
    EXPECT_TRUE(disk().remove(path("a")));
    EXPECT_FALSE(disk().remove(path("sub")));
    EXPECT_EQ(names(), std::vector<std::string>{"sub"});
}

TEST_P(AnyDisk, read_file_stops_at_its_limit) {
    put("a", std::string(200'000, 'x'));
    EXPECT_EQ(read_file(disk(), path("a"), 200'000)->size(), 200'000U);
    EXPECT_EQ(read_file(disk(), path("a"), 199'999).error().cause, Cause::part_too_large);
}

TEST_P(AnyDisk, replace_file_keeps_the_previous_content_as_backup) {
    EXPECT_TRUE(replace_file(disk(), path("point.json"), "one"));
    EXPECT_EQ(names(), std::vector<std::string>{"point.json"});
    EXPECT_TRUE(replace_file(disk(), path("point.json"), "two"));
    EXPECT_TRUE(replace_file(disk(), path("point.json"), "three"));
    EXPECT_EQ(get("point.json"), "three");
    EXPECT_EQ(get("point.json.bak"), "two");
    EXPECT_EQ(names(), (std::vector<std::string>{"point.json", "point.json.bak"}));
}

TEST_P(AnyDisk, replace_file_the_same_content_again_keeps_the_backup_of_the_other_one) {
    for (const char* content : {"one", "two", "two"})
        EXPECT_TRUE(replace_file(disk(), path("point.json"), content));
    EXPECT_EQ(get("point.json.bak"), "one");
}

TEST_P(AnyDisk, write_new_file_never_replaces) {
    EXPECT_TRUE(write_new_file(disk(), path("a"), "one"));
    EXPECT_EQ(write_new_file(disk(), path("a"), "two").error().cause, Cause::file_exists);
    EXPECT_EQ(get("a"), "one");
    EXPECT_EQ(names(), std::vector<std::string>{"a"});
}

TEST_P(AnyDisk, what_cannot_be_written_is_told_of_the_name_that_was_asked_for) {
    for (const auto& written :
         {replace_file(disk(), path("no/a"), "x"), replace_private_file(disk(), path("no/a"), "x"),
          write_new_file(disk(), path("no/a"), "x")}) {
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().cause, Cause::folder_not_found);
        EXPECT_EQ(written.error().fact("path"), path("no/a"));
    }
}

TEST_P(AnyDisk, strays_of_killed_saves_are_removed_and_nothing_else) {
    const std::vector<std::string> strays{"a.json.abc234.tmp", "a.json.bak.zzzzzz.tmp"};
    const std::vector<std::string> others{
        "a.json",     "a.json.ABC234.tmp", "a.json.abc234.tmq", "a.json.abc2345.tmp",
        "a.json.tmp", "a.jsonxabc234.tmp", "abc234.tmp",        "notes.abc234.tmp"};
    for (const auto& names : {strays, others})
        for (const std::string& name : names)
            ASSERT_TRUE(write_new_file(disk(), path(name), "x"));
    const auto ours = [](std::string_view name) { return name == "a.json"; };
    remove_strays(disk(), path(""), ours);
    EXPECT_EQ(names().size(), strays.size() + others.size()) << "they may be at work";
    for (const std::string& name : names())
        age(name, std::chrono::minutes(11));
    remove_strays(disk(), path(""), ours);
    EXPECT_EQ(names(), others);
    remove_strays(disk(), path("no"), ours);
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
