#include "mail/silence.h"

#include <gtest/gtest.h>

namespace mail {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr sys_seconds monday = sys_days{std::chrono::year{2026} / 11 / 2};

/// Working days from that Monday on, one message at each of these hours.
std::vector<sys_seconds> weeks(int count, const std::vector<std::chrono::hours>& hours) {
    std::vector<sys_seconds> received;
    for (int week = 0; week < count; ++week)
        for (int day = 0; day < 5; ++day)
            for (const auto hour : hours)
                received.push_back(monday + std::chrono::days(7 * week + day) + hour);
    return received;
}

TEST(Silence, is_unusual_when_it_is_longer_than_the_longest_gap_of_two_months) {
    // From 16 to 8 the next day no message ever came: 16 hours, and a quarter.
    auto received = weeks(3, {8h, 12h, 16h});
    const sys_seconds friday_16 = received.back();
    received.push_back(monday + std::chrono::days(21) + 8h);
    const sys_seconds last = received.back();
    const auto silence = silence_of(received, last + 1h);
    ASSERT_TRUE(silence);
    EXPECT_EQ(silence->since, last);
    EXPECT_EQ(silence->unusual_from, last + 20h);
    // Weekends are no silence: that of a Friday goes on on Monday.
    received.pop_back();
    const auto before = silence_of(received, friday_16 + 1h);
    ASSERT_TRUE(before);
    EXPECT_EQ(before->unusual_from, friday_16 + 8h + 48h + 12h);
}

TEST(Silence, few_messages_are_no_habit) {
    auto received = weeks(1, {8h, 10h, 12h});
    EXPECT_FALSE(silence_of(received, received.back() + 1h));
    EXPECT_FALSE(silence_of({}, monday));
    EXPECT_TRUE(silence_of(weeks(2, {8h, 10h}), monday + std::chrono::days(14)));
}

TEST(Silence, what_came_long_ago_or_is_to_come_does_not_count) {
    auto received = weeks(2, {8h, 10h, 12h});
    const auto usual = silence_of(received, received.back());
    received.push_back(monday - std::chrono::days(300));
    received.push_back(monday + std::chrono::days(300));
    EXPECT_EQ(silence_of(received, usual->since), usual);
    EXPECT_FALSE(silence_of(received, monday + std::chrono::days(100)))
        << "a mailbox that is no longer used";
}

TEST(Silence, of_a_busy_mailbox_is_an_hour_at_least) {
    std::vector<sys_seconds> received;
    for (int minute = 0; minute < 300; ++minute)
        received.push_back(monday + 8h + std::chrono::minutes(minute));
    const auto silence = silence_of(received, received.back());
    ASSERT_TRUE(silence);
    EXPECT_EQ(silence->unusual_from, received.back() + 1h);
}

}  // namespace
}  // namespace mail
