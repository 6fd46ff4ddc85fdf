#include "mail/point/office.h"

#include <fstream>
#include <iterator>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/mail/point/json_schema.h"

namespace mail::point {
namespace {

using nlohmann::json;

OAuth of(const std::string& provider, const std::string& issuer = "") {
    OAuth settings;
    settings.provider = provider;
    if (!issuer.empty())
        settings.issuer = issuer;
    return settings;
}

json schema() {
    std::ifstream file(MAILPOINT_SOURCE_DIR "/docs/workspace.schema.json", std::ios::binary);
    return json::parse(std::string{std::istreambuf_iterator<char>(file), {}});
}

TEST(Office, has_one_client_a_provider_and_one_an_issuer_of_those_that_have_one) {
    Office office;
    set_client(office, of("microsoft"), "m");
    set_client(office, of("oidc", "https://a.example"), "a");
    set_client(office, of("oidc", "https://b.example"), "b");
    EXPECT_EQ(client_of(office, of("microsoft", "https://left.over.example")), "m");
    EXPECT_EQ(client_of(office, of("oidc", "https://b.example")), "b");
    EXPECT_EQ(client_of(office, of("oidc", "https://c.example")), "");
    EXPECT_EQ(client_of(office, of("google")), "");
    set_client(office, of("microsoft"), "other");
    EXPECT_EQ(client_of(office, of("microsoft")), "other");
    set_client(office, of("microsoft"), "");
    EXPECT_EQ(client_of(office, of("microsoft")), "");
    EXPECT_EQ(office.clients.size(), 2U);
}

TEST(Office, comes_back_as_it_was_saved_with_what_others_wrote_into_it) {
    auto office = parse_office(R"({"quarantine_days":30,"oauth_clients":[
        {"provider":"google","client_id":"g","note":"ours"}]})");
    ASSERT_TRUE(office);
    set_client(*office, of("yahoo"), "y");
    const std::string text = format_office(*office);
    EXPECT_EQ(parse_office(text).value(), *office);
    const json written = json::parse(text);
    EXPECT_EQ(written["quarantine_days"], 30);
    EXPECT_EQ(written["oauth_clients"][0]["note"], "ours");
    EXPECT_EQ(written["oauth_clients"][1]["client_id"], "y");
}

TEST(Office, keeps_the_log_for_400_days_and_lists_for_90_where_nothing_else_is_said) {
    EXPECT_EQ(parse_office("{}").value().retention, (Retention{400, 90}));
    auto office = parse_office(R"({"log_kept_days":3650,"lists_kept_days":0})");
    ASSERT_TRUE(office);
    EXPECT_EQ(office->retention, (Retention{3650, 0}));
    EXPECT_EQ(parse_office(format_office(*office)).value(), *office);
    EXPECT_TRUE(parse_office(R"({"log_kept_days":30,"lists_kept_days":365})"));
}

TEST(Office, days_beyond_their_limits_are_a_damage_that_names_them) {
    for (const auto& [file, field, expected] :
         {std::tuple{R"({"log_kept_days":29})", "log_kept_days", "30–3650"},
          std::tuple{R"({"log_kept_days":3651})", "log_kept_days", "30–3650"},
          std::tuple{R"({"lists_kept_days":-1})", "lists_kept_days", "0–365"},
          std::tuple{R"({"lists_kept_days":366})", "lists_kept_days", "0–365"}}) {
        const auto office = parse_office(file);
        ASSERT_FALSE(office) << file;
        EXPECT_EQ(office.error().fact("field"), field);
        EXPECT_EQ(office.error().fact("reason"), "out_of_range");
        EXPECT_EQ(office.error().fact("expected"), expected);
        EXPECT_FALSE(faults_against_schema(json::parse(file), schema()).empty()) << file;
    }
    const fakes::ScratchFolder folder;
    Office office;
    office.retention.log_days = 29;
    const auto refused = save_office(real_disk(), folder / "workspace.json", office);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::point_invalid);
    EXPECT_EQ(refused.error().fact("field"), "log_kept_days");
}

TEST(Office, its_file_is_kept_whole_and_a_damaged_one_is_not_written_over) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "workspace.json";
    Disk& disk = real_disk();
    EXPECT_EQ(load_office(disk, path).value(), Office{});
    Office office;
    set_client(office, of("google"), "g");
    ASSERT_TRUE(save_office(disk, path, office));
    EXPECT_EQ(load_office(disk, path).value(), office);
    std::ofstream(path) << "{\n\"oauth_clients\": 4 }";
    const auto damaged = load_office(disk, path);
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().cause, Cause::point_damaged);
    EXPECT_EQ(damaged.error().fact("file"), path);
    EXPECT_EQ(damaged.error().fact("line"), "2");
}

TEST(OfficeSchema, has_the_keys_that_the_program_writes_and_no_others) {
    const json rules = schema();
    const json written =
        json::parse(format_office({{OfficeClient{"google", std::nullopt, "g"}}, {}, ""}));
    std::set<std::string> described, keys;
    for (const auto& [key, rule] : rules["properties"].items())
        described.insert(key);
    for (const auto& [key, rule] :
         rules["properties"]["oauth_clients"]["items"]["properties"].items())
        described.insert("client." + key);
    for (const auto& [key, value] : written.items())
        keys.insert(key);
    for (const auto& [key, value] : written["oauth_clients"][0].items())
        keys.insert("client." + key);
    EXPECT_EQ(described.erase("$schema"), 1U);
    EXPECT_EQ(described, keys);
}

TEST(OfficeSchema, its_examples_are_valid_and_it_refuses_what_the_program_refuses) {
    const json rules = schema();
    for (const json& example : rules["examples"]) {
        EXPECT_EQ(faults_against_schema(example, rules), std::vector<std::string>{});
        EXPECT_TRUE(parse_office(example.dump())) << example;
    }
    for (const char* file : {R"({"version":2})", R"({"oauth_clients":{}})",
                             R"({"oauth_clients":[{"provider":"google"}]})",
                             R"({"oauth_clients":[{"provider":"","client_id":"g"}]})",
                             R"({"oauth_clients":[{"provider":"google","client_id":7}]})"}) {
        EXPECT_FALSE(parse_office(file)) << file;
        EXPECT_FALSE(faults_against_schema(json::parse(file), rules).empty()) << file;
    }
    // This a schema can't say.
    EXPECT_FALSE(parse_office(R"({"oauth_clients":[{"provider":"google","client_id":"a"},
                                                   {"provider":"google","client_id":"b"}]})"));
}

}  // namespace
}  // namespace mail::point
