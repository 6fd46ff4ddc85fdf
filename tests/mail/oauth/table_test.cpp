// README.md beside this file against the tests that it names, and the code against its first line.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path root = MAILPOINT_SOURCE_DIR;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> all_of(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at)
        found.push_back((*at)[1].str());
    return found;
}

std::set<std::string> tests_of_the_tree() {
    std::set<std::string> names;
    const std::regex test("TEST(?:_F|_P)?\\(\\s*(\\w+),\\s*(\\w+)\\)");
    for (const auto& entry : fs::recursive_directory_iterator(root / "tests"))
        if (entry.path().extension() == ".cpp") {
            const std::string text = text_of(entry.path());
            for (std::sregex_iterator at(text.begin(), text.end(), test), end; at != end; ++at)
                names.insert((*at)[1].str() + "." + (*at)[2].str());
        }
    return names;
}

}  // namespace

TEST(OAuthTable, every_promise_has_its_tests_and_they_are_there) {
    const std::set<std::string> there = tests_of_the_tree();
    std::ifstream in(root / "tests/mail/oauth/README.md");
    std::map<std::string, std::size_t> tests;
    for (std::string line; std::getline(in, line);) {
        const auto ids = all_of(line, "^\\| (A\\d+) \\|");
        if (ids.empty())
            continue;
        for (const std::string& name : all_of(line, "`([A-Z]\\w+\\.\\w+)`")) {
            EXPECT_TRUE(there.contains(name)) << ids[0] << ": there is no " << name;
            ++tests[ids[0]];
        }
    }
    for (int number = 1; number <= 26; ++number)
        EXPECT_GT(tests["A" + std::to_string(number)], 0U) << "A" << number;
}

TEST(OAuthCode, knows_no_grant_that_is_not_allowed) {
    const std::set<std::string> allowed{"authorization_code", "refresh_token", "client_credentials",
                                        "urn:ietf:params:oauth:grant-type:device_code"};
    std::set<std::string> grants, responses;
    for (const auto& entry : fs::directory_iterator(root / "mail/oauth"))
        if (entry.path().extension() == ".cpp") {
            const std::string text = text_of(entry.path());
            for (const std::string& one : all_of(text, "\"grant_type\",\\s*\"([^\"]*)\""))
                grants.insert(one);
            for (const std::string& one : all_of(text, "\"response_type\",\\s*\"([^\"]*)\""))
                responses.insert(one);
        }
    EXPECT_EQ(grants, allowed);
    EXPECT_EQ(responses, std::set<std::string>{"code"});
}
