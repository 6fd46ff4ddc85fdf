#include "mail/point/json_file.h"

#include <array>

#include <gtest/gtest.h>

#include "tests/fakes/lossy_disk.h"

namespace mail::point {

namespace {

void title_becomes_name(Json& file) {
    if (const auto title = file.find("title"); title != file.end()) {
        file["name"] = *title;
        file.erase("title");
    }
}

void name_is_shouted(Json& file) {
    file["name"] = file.value("name", "") + "!";
}

constexpr std::array<Migration, 2> two_steps{title_becomes_name, name_is_shouted};

}  // namespace

TEST(VersionedFile, of_an_older_version_becomes_what_it_would_be_today) {
    for (const auto& [text, name] : {std::pair{R"({"title":"a","other":1})", "a!"},
                                     std::pair{R"({"version":1,"title":"a"})", "a!"},
                                     std::pair{R"({"version":2,"name":"a"})", "a!"},
                                     std::pair{R"({"version":3,"name":"a"})", "a"}}) {
        const auto file = parse_versioned(text, two_steps);
        ASSERT_TRUE(file) << text;
        EXPECT_EQ(file->value.value("name", ""), name) << text;
        EXPECT_FALSE(file->value.contains("title"));
        EXPECT_FALSE(file->value.contains("version"));
    }
    EXPECT_EQ(parse_versioned(R"({"title":"a","other":1})", two_steps)->value["other"], 1);
}

TEST(VersionedFile, of_a_newer_version_is_refused) {
    for (const char* version : {"4", "18446744073709551615"}) {
        const auto file = parse_versioned("{\"version\":" + std::string(version) + "}", two_steps);
        ASSERT_FALSE(file);
        EXPECT_EQ(file.error().cause, Cause::point_newer);
        EXPECT_EQ(file.error().fact("version"), version);
    }
}

TEST(VersionedFile, with_something_else_as_its_version_is_damaged) {
    for (const char* version : {"0", "-1", "1.5", "\"1\"", "null", "[1]"}) {
        const auto file =
            parse_versioned("{\n\"version\":" + std::string(version) + "}", two_steps);
        ASSERT_FALSE(file) << version;
        EXPECT_EQ(file.error().cause, Cause::point_damaged) << version;
        EXPECT_EQ(file.error().fact("line"), "2") << version;
        EXPECT_EQ(file.error().fact("reason"), "wrong_version") << version;
        EXPECT_EQ(file.error().fact("expected"), "1–3") << version;
    }
}

TEST(VersionedFile, knows_the_line_of_each_key_of_each_element) {
    const auto file =
        parse_with_lines("{\"a\":[{\"x\":1},\n{\"x\":[[1],\n{\"y\":2}]}],\n\"b\":{\"x\":1}}");
    ASSERT_TRUE(file);
    EXPECT_EQ(file->line_of("a.0.x"), 1);
    EXPECT_EQ(file->line_of("a.1.x"), 2);
    EXPECT_EQ(file->line_of("a.1.x.1.y"), 3);
    EXPECT_EQ(file->line_of("b.x"), 4);
    EXPECT_EQ(file->line_of("a.7.z"), 1) << "the nearest around it";
}

TEST(VersionedFile, a_key_that_is_twice_in_one_element_is_found) {
    const auto file = parse_with_lines("{\"a\":[{\"x\":1},\n{\"x\":1,\n\"x\":2}]}");
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().fact("field"), "a.1.x");
    EXPECT_EQ(file.error().fact("line"), "3");
}

TEST(VersionedFile, that_cannot_be_read_says_its_path) {
    fakes::LossyDisk disk;
    const std::string path = absolute_path("/ws/a.json");
    disk.put(path, "{}");
    disk.fail_call(1, Cause::no_permission_there);
    const auto refused = read_json_file(disk, path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::no_permission_there);
    EXPECT_EQ(refused.error().fact("file"), path);
}

}  // namespace mail::point
