// README.md beside this file against the tests that it names.

#include <gtest/gtest.h>

#include "tests/fakes/named_tests.h"

namespace mail::faults {

TEST(FaultsTable, every_injection_has_its_tests_and_they_are_there) {
    const auto there = fakes::tests_of_the_tree();
    auto named = fakes::tests_named_in(MAILPOINT_SOURCE_DIR "/tests/faults/README.md");
    for (const auto& [injection, tests] : named)
        for (const std::string& name : tests)
            EXPECT_TRUE(there.contains(name)) << injection << ": there is no " << name;
    for (int number = 1; number <= 25; ++number) {
        const std::string id = (number < 10 ? "R0" : "R") + std::to_string(number);
        EXPECT_FALSE(named[id].empty()) << id;
    }
}

}  // namespace mail::faults
