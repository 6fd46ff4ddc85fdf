#include "tests/mail/point/json_schema.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "mail/point/json_fault.h"
#include "mail/point/operators.h"
#include "mail/point/point_file.h"
#include "mail/point/validate.h"

namespace mail::point {

namespace {

using nlohmann::json;

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

const json& schema() {
    static const json parsed = json::parse(text_of(MAILPOINT_SOURCE_DIR "/docs/point.schema.json"));
    return parsed;
}

void collect_keys(const json& object, const std::string& place, std::set<std::string>& keys) {
    for (const auto& [key, value] : object.items()) {
        keys.insert(place + key);
        if (value.is_object())
            collect_keys(value, place + key + ".", keys);
    }
}

struct Property {
    std::string place;
    const json* rule;
};

void collect_properties(const json& rule, const std::string& place, std::vector<Property>& found) {
    if (!rule.contains("properties"))
        return;
    for (const auto& [key, inner] : rule["properties"].items()) {
        found.push_back({place + key, &inner});
        collect_properties(inner, place + key + ".", found);
    }
}

std::vector<Property> properties() {
    std::vector<Property> found;
    collect_properties(schema(), "", found);
    return found;
}

json::json_pointer pointer_to(std::string place) {
    for (char& c : place)
        if (c == '.')
            c = '/';
    return json::json_pointer("/" + place);
}

/// The JSON blocks of a page that define points.
std::vector<json> points_in(const std::string& page) {
    std::vector<json> points;
    const std::string begin = "```json\n", end = "\n```";
    for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
        at += begin.size();
        json block = json::parse(page.substr(at, page.find(end, at) - at), nullptr, false);
        if (block.is_object() && block.contains("connection"))
            points.push_back(std::move(block));
    }
    return points;
}

}  // namespace

TEST(PointSchema, has_the_keys_that_the_program_writes_and_no_others) {
    std::set<std::string> written, described;
    collect_keys(json::parse(format_point(Point{})), "", written);
    for (const Property& property : properties())
        described.insert(property.place);
    // The editor's own key: kept where it is, not made.
    EXPECT_EQ(described.erase("$schema"), 1U);
    EXPECT_EQ(described, written);
}

TEST(PointSchema, has_the_defaults_of_the_program) {
    const json written = json::parse(format_point(Point{}));
    for (const auto& [place, rule] : properties())
        if (rule->contains("default")) {
            EXPECT_EQ(written.at(pointer_to(place)), rule->at("default")) << place;
        }
}

TEST(PointSchema, gives_every_key_a_description_and_all_but_three_a_default) {
    for (const auto& [place, rule] : properties()) {
        EXPECT_FALSE(rule->value("description", "").empty()) << place;
        const bool free = rule->contains("properties") || place == "$schema" || place == "type" ||
                          place == "name";
        EXPECT_TRUE(free || rule->contains("default")) << place;
    }
}

TEST(PointSchema, lists_just_the_words_that_the_program_takes) {
    for (const auto& [place, rule] : properties()) {
        if (!rule->contains("enum"))
            continue;
        json file = {{"type", "ocr"}, {"name", "x"}};
        for (const json& word : (*rule)["enum"]) {
            file[pointer_to(place)] = word;
            if (place == "type")
                file["connection"]["server"] = "s";
            const auto point = parse_point(file.dump());
            ASSERT_TRUE(point) << place << word;
            EXPECT_EQ(json::parse(format_point(*point)).at(pointer_to(place)), word);
        }
        file[pointer_to(place)] = "another";
        const auto refused = parse_point(file.dump());
        ASSERT_FALSE(refused) << place;
        for (const json& word : (*rule)["enum"])
            EXPECT_NE(refused.error().fact("expected").find(word.dump()), std::string_view::npos)
                << place << word;
    }
}

TEST(PointSchema, its_examples_are_valid_and_good_points) {
    ASSERT_GE(schema()["examples"].size(), 3U);
    for (const json& example : schema()["examples"]) {
        EXPECT_EQ(faults_against_schema(example, schema()), std::vector<std::string>{});
        const auto point = parse_point(example.dump());
        ASSERT_TRUE(point) << example;
        EXPECT_TRUE(validate(*point, {}).empty()) << example;
        const json written = json::parse(format_point(*point));
        EXPECT_EQ(faults_against_schema(written, schema()), std::vector<std::string>{});
    }
}

TEST(PointSchema, holds_for_the_example_files) {
    std::set<std::string> types;
    int files = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(MAILPOINT_SOURCE_DIR "/docs/examples")) {
        SCOPED_TRACE(entry.path());
        const std::string text = text_of(entry.path());
        EXPECT_EQ(faults_against_schema(json::parse(text), schema()), std::vector<std::string>{});
        const auto point = parse_point(text);
        ASSERT_TRUE(point) << point.error().fact("reason");
        EXPECT_TRUE(validate(*point, {}).empty());
        EXPECT_EQ(parse_point(format_point(*point)).value(), *point);
        // The full one has every key, so that it is what the program would write.
        if (entry.path().filename() == "mailbox-full.json") {
            EXPECT_EQ(json::parse(format_point(*point)), json::parse(text));
        }
        types.insert(json::parse(text).value("type", ""));
        ++files;
    }
    EXPECT_GE(files, 3);
    EXPECT_EQ(types, (std::set<std::string>{"mailbox", "ocr"}));
}

TEST(PointSchema, holds_for_the_points_on_the_pages_of_the_docs) {
    std::vector<std::filesystem::path> pages{MAILPOINT_SOURCE_DIR "/README.md"};
    for (const auto& entry : std::filesystem::directory_iterator(MAILPOINT_SOURCE_DIR "/docs"))
        if (entry.path().extension() == ".md")
            pages.push_back(entry.path());
    for (const auto& page : pages)
        for (const json& point : points_in(text_of(page))) {
            EXPECT_EQ(faults_against_schema(point, schema()), std::vector<std::string>{}) << page;
            EXPECT_TRUE(parse_point(point.dump())) << page;
        }
}

TEST(PointSchema, refuses_what_the_program_refuses) {
    for (const char* file :
         {R"({"type":"mailbox","name":"x"})", R"({"type":"mailbox","name":"x","connection":{}})",
          R"({"name":"x"})", R"({"type":"ocr"})", R"({"type":"pop3","name":"x"})",
          R"({"type":"ocr","name":"x","version":2})", R"({"type":"ocr","name":7})",
          R"({"type":"ocr","name":"x","connection":{"port":"993"}})",
          R"({"type":"ocr","name":"x","connection":{"proxy":1}})",
          R"({"type":"ocr","name":"x","list":{"columns":[1]}})",
          R"({"type":"ocr","name":"x","general":{"folder":null}})"}) {
        EXPECT_FALSE(parse_point(file)) << file;
        EXPECT_FALSE(faults_against_schema(json::parse(file), schema()).empty()) << file;
    }
    // What can be shown and mended in the editor is loaded, and its fields say what is wrong.
    EXPECT_FALSE(
        faults_against_schema(
            json::parse(R"({"type":"ocr","name":"x","connection":{"port":99300}})"), schema())
            .empty());
}

TEST(OperatorsSchema, has_the_keys_that_the_program_writes_and_no_others) {
    const json operators = json::parse(text_of(MAILPOINT_SOURCE_DIR "/docs/operators.schema.json"));
    const json written = json::parse(format_operators({{Operator{}}, ""}));
    std::set<std::string> described, keys;
    collect_keys(written, "", keys);
    collect_keys(written["operators"][0], "operators.", keys);
    for (const auto& [key, rule] : operators["properties"].items()) {
        EXPECT_FALSE(rule.value("description", "").empty()) << key;
        described.insert(key);
    }
    for (const auto& [key, rule] :
         operators["properties"]["operators"]["items"]["properties"].items()) {
        EXPECT_FALSE(rule.value("description", "").empty()) << key;
        described.insert("operators." + key);
        if (rule.contains("default")) {
            EXPECT_EQ(written["operators"][0][key], rule["default"]) << key;
        }
    }
    EXPECT_EQ(described.erase("$schema"), 1U);
    EXPECT_EQ(described, keys);
}

TEST(OperatorsSchema, its_examples_are_valid_and_it_refuses_what_the_program_refuses) {
    const json operators = json::parse(text_of(MAILPOINT_SOURCE_DIR "/docs/operators.schema.json"));
    ASSERT_GE(operators["examples"].size(), 2U);
    for (const json& example : operators["examples"]) {
        EXPECT_EQ(faults_against_schema(example, operators), std::vector<std::string>{});
        const auto file = parse_operators(example.dump());
        ASSERT_TRUE(file) << example;
        EXPECT_EQ(faults_against_schema(json::parse(format_operators(*file)), operators),
                  std::vector<std::string>{});
    }
    for (const char* file :
         {"{}", R"({"operators":{}})", R"({"operators":["ala"]})",
          R"({"version":2,"operators":[]})", R"({"operators":[{"id":"a","account":"1"}]})",
          R"({"operators":[{"id":"","account":"1","account_name":"a","administrator":true}]})",
          R"({"operators":[{"id":"a","account":1,"account_name":"a","administrator":true}]})",
          R"({"operators":[{"id":"a","account":"1","account_name":"a","administrator":1}]})"}) {
        EXPECT_FALSE(parse_operators(file)) << file;
        EXPECT_FALSE(faults_against_schema(json::parse(file), operators).empty()) << file;
    }
}

TEST(OutputSchema, has_the_codes_of_what_is_wrong_with_a_definition) {
    const json output = json::parse(text_of(MAILPOINT_SOURCE_DIR "/docs/output.schema.json"));
    const auto codes = [&](const char* facts) {
        return output.at("$defs").at(facts).at("properties").at("reason").at("enum");
    };
    EXPECT_EQ(codes("facts_of_damaged"), json(json_fault_names));
    EXPECT_EQ(codes("facts_of_invalid"), json(fault_names));
}

}  // namespace mail::point
