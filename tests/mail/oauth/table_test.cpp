// README.md beside this file against the tests that it names, and the code against its first line.

#include <gtest/gtest.h>

#include "tests/fakes/named_tests.h"

namespace {

namespace fs = std::filesystem;
using mail::fakes::all_of;
using mail::fakes::text_of;

const fs::path root = MAILPOINT_SOURCE_DIR;

}  // namespace

TEST(OAuthTable, every_promise_has_its_tests_and_they_are_there) {
    const auto there = mail::fakes::tests_of_the_tree();
    auto named = mail::fakes::tests_named_in(root / "tests/mail/oauth/README.md");
    for (const auto& [id, tests] : named)
        for (const std::string& name : tests)
            EXPECT_TRUE(there.contains(name)) << id << ": there is no " << name;
    for (int number = 1; number <= 26; ++number)
        EXPECT_FALSE(named["A" + std::to_string(number)].empty()) << "A" << number;
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
