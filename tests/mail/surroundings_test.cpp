#include "mail/surroundings.h"

#include <gtest/gtest.h>

namespace mail {
namespace {

using namespace std::chrono_literals;
using Change = Surroundings::Change;

class SurroundingsTest : public testing::Test {
protected:
    /// After so much time by each clock.
    Change look(Clock::duration steady, std::chrono::system_clock::duration wall,
                const std::string& network = "eth0 1") {
        now_.steady += steady;
        now_.wall += wall;
        now_.network = network;
        return surroundings_.look(now_);
    }

    Surroundings surroundings_;
    Surroundings::Seen now_{Clock::now(), std::chrono::system_clock::now(), ""};
};

TEST_F(SurroundingsTest, time_that_only_the_wall_clock_has_seen_was_slept) {
    EXPECT_EQ(look(0s, 0s), Change::none);
    EXPECT_EQ(look(5s, 5s), Change::none);
    EXPECT_EQ(look(5s, 8h), Change::other);
    EXPECT_EQ(look(5s, 5s), Change::none) << "told once";
    EXPECT_EQ(look(8h, 8h), Change::none) << "a busy computer";
    EXPECT_EQ(look(5s, 7s), Change::none) << "a clock that was put right";
    EXPECT_EQ(look(5s, -3h), Change::none) << "put back";
}

TEST_F(SurroundingsTest, another_network_is_told_from_the_same_one_that_is_back) {
    EXPECT_EQ(look(0s, 0s), Change::none);
    EXPECT_EQ(look(5s, 5s, "wlan0 2"), Change::other);
    EXPECT_EQ(look(5s, 5s, ""), Change::none) << "nothing can be reached";
    EXPECT_EQ(look(5s, 5s, ""), Change::none);
    EXPECT_EQ(look(5s, 5s, "wlan0 2"), Change::back);
    EXPECT_EQ(look(5s, 5s, "wlan0 2"), Change::none);
    EXPECT_EQ(look(5s, 5s, ""), Change::none);
    EXPECT_EQ(look(5s, 5s, "eth0 1"), Change::other);
}

TEST_F(SurroundingsTest, a_program_that_starts_without_a_network_sees_it_come) {
    EXPECT_EQ(look(0s, 0s, ""), Change::none);
    EXPECT_EQ(look(5s, 5s, "eth0 1"), Change::other);
    EXPECT_EQ(look(5s, 5s, "eth0 1"), Change::none);
}

}  // namespace
}  // namespace mail
