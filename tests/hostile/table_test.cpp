// README.md beside this file against the tests that it names.

#include <gtest/gtest.h>

#include "tests/fakes/named_tests.h"

namespace mail::hostile {

TEST(HostileTable, every_hazard_has_its_tests_and_they_are_there) {
    const auto there = fakes::tests_of_the_tree();
    auto named = fakes::tests_named_in(MAILPOINT_SOURCE_DIR "/tests/hostile/README.md");
    for (const auto& [hazard, tests] : named)
        for (const std::string& name : tests)
            EXPECT_TRUE(there.contains(name)) << hazard << ": there is no " << name;
    std::vector<int> numbers{27, 28};
    for (int number = 1; number <= 20; ++number)
        numbers.push_back(number);
    for (const int number : numbers) {
        const std::string id = (number < 10 ? "S0" : "S") + std::to_string(number);
        EXPECT_FALSE(named[id].empty()) << id;
    }
}

}  // namespace mail::hostile
