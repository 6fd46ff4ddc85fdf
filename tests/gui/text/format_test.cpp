#include "gui/text/format.h"

#include <cstdlib>
#include <ctime>

#include <gtest/gtest.h>

#include "gui/text/progress.h"

namespace gui::text {

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr auto pl = Language::pl;
constexpr auto en = Language::en;

#ifndef _WIN32
// Warsaw by its rule, so that no table of time zones has to be installed.
class InWarsaw : public testing::Test {
protected:
    void SetUp() override {
        if (const char* zone = std::getenv("TZ"))
            before_ = zone;
        setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
        tzset();
    }
    void TearDown() override {
        if (before_.empty())
            unsetenv("TZ");
        else
            setenv("TZ", before_.c_str(), 1);
        tzset();
    }

    const sys_seconds now_ = sys_days{2026y / November / 24} + 11h;  // noon in Warsaw

private:
    std::string before_;
};
using Moment = InWarsaw;

TEST_F(Moment, of_today_and_yesterday_is_said_by_the_local_calendar) {
    const sys_seconds morning = sys_days{2026y / November / 24} + 8h + 12min;
    EXPECT_EQ(moment(morning, now_, pl), "dziś 09:12");
    EXPECT_EQ(moment(morning, now_, en), "today 09:12");
    // 23:30 UTC of the 22nd is half past midnight of the 23rd here.
    const sys_seconds night = sys_days{2026y / November / 22} + 23h + 30min;
    EXPECT_EQ(moment(night, now_, pl), "wczoraj 00:30");
    EXPECT_EQ(moment(night, now_, en), "yesterday 00:30");
}

TEST_F(Moment, before_yesterday_and_in_the_future_has_its_date) {
    const sys_seconds summer = sys_days{2026y / July / 5} + 6h + 5min;
    EXPECT_EQ(moment(summer, now_, pl), "05.07.2026 08:05");
    EXPECT_EQ(moment(summer, now_, en), "5 Jul 2026 08:05");
    EXPECT_EQ(moment(now_ + 24h, now_, pl), "25.11.2026 12:00");
}

TEST_F(Moment, exactly_has_seconds_and_the_zone_of_that_day) {
    EXPECT_EQ(exact_moment(now_ + 5s, pl), "24.11.2026 12:00:05 +01:00");
    EXPECT_EQ(exact_moment(sys_days{2026y / July / 5}, en), "5 Jul 2026 02:00:00 +02:00");
    EXPECT_EQ(clock_time(now_ + 14min), "12:14");
}

TEST_F(Moment, as_part_of_a_files_name_is_the_day_here) {
    EXPECT_EQ(iso_date(sys_days{2026y / July / 5} - 1h), "2026-07-05");
    EXPECT_EQ(iso_date(sys_days{2026y / July / 5} - 3h), "2026-07-04");
}
#endif

TEST(Number, is_grouped_from_ten_thousand_on) {
    EXPECT_EQ(number(0, pl), "0");
    EXPECT_EQ(number(9999, pl), "9999");
    EXPECT_EQ(number(10'000, pl), "10\u00A0000");
    EXPECT_EQ(number(10'000, en), "10,000");
    EXPECT_EQ(number(1'234'567, en), "1,234,567");
    EXPECT_EQ(number(999'999, pl), "999\u00A0999");
}

TEST(Size, has_one_decimal_under_ten_and_none_that_is_zero) {
    EXPECT_EQ(size(0, pl), "0\u00A0B");
    EXPECT_EQ(size(1023, pl), "1023\u00A0B");
    EXPECT_EQ(size(1024, pl), "1\u00A0KB");
    EXPECT_EQ(size(1536, en), "1.5\u00A0KB");
    EXPECT_EQ(size(184 * 1024, pl), "184\u00A0KB");
    EXPECT_EQ(size(2'516'582, pl), "2,4\u00A0MB");
    EXPECT_EQ(size(2'516'582, en), "2.4\u00A0MB");
    EXPECT_EQ(size(200ULL << 20U, en), "200\u00A0MB");
}

TEST(Size, never_shows_1024_of_a_unit_or_ten_with_a_decimal) {
    EXPECT_EQ(size(1024 * 1024 - 1, pl), "1\u00A0MB");
    EXPECT_EQ(size(10 * 1024 - 1, pl), "10\u00A0KB");
    EXPECT_EQ(size(~0ULL, en), "16,777,216\u00A0TB");
}

TEST(Size, of_a_part_is_in_the_unit_of_the_whole) {
    EXPECT_EQ(size_so_far(922 * 1024, 2'516'582, pl), "0,9");
    EXPECT_EQ(size_so_far(922 * 1024, 2'516'582, en), "0.9");
    EXPECT_EQ(size_so_far(0, 2'516'582, pl), "0,0");
    EXPECT_EQ(size_so_far(2 << 20, 2'516'582, pl), "2,0");  // no other width than before
    EXPECT_EQ(size_so_far(2'516'582, 2'516'582, pl), "2,4");
    EXPECT_EQ(size_so_far(922 * 1024, 12 << 20, pl), "1");
    EXPECT_EQ(size_so_far(500, 900, pl), "500");
    EXPECT_EQ(size_so_far(1024 * 1024 - 1, 1024 * 1024 - 1, pl), "1,0");
    EXPECT_EQ(size_so_far(~0ULL, ~0ULL, en), "16,777,216");
    EXPECT_EQ(size_so_far(7, 0, pl), "7");
}

TEST(TimeLeft, is_said_in_the_unit_that_fits) {
    EXPECT_EQ(time_left(0s, pl), "ok. 1\u00A0s");
    EXPECT_EQ(time_left(6s, pl), "ok. 6\u00A0s");
    EXPECT_EQ(time_left(6s, en), "about 6\u00A0s");
    EXPECT_EQ(time_left(119s, pl), "ok. 2\u00A0min");
    EXPECT_EQ(time_left(59min + 31s, pl), "ok. 1\u00A0godz.");
    EXPECT_EQ(time_left(70min, pl), "ok. 1\u00A0godz. 10\u00A0min");
    EXPECT_EQ(time_left(70min, en), "about 1\u00A0h 10\u00A0min");
}

}  // namespace

}  // namespace gui::text
