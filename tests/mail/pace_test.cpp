#include "mail/pace.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace mail {
namespace {

using namespace std::chrono_literals;

TEST(Pace, grows_up_to_minutes_and_begins_anew_after_what_went_well) {
    Pace pace(2s);
    EXPECT_FALSE(pace.any_failure());
    Clock::duration usual = 2s;
    for (int i = 0; i < 100; ++i) {
        const auto wait = pace.next();
        EXPECT_GE(wait, usual);
        EXPECT_LE(wait, usual / 2 * 3);
        usual = std::min<Clock::duration>(usual * 2, 5min);
    }
    EXPECT_TRUE(pace.any_failure());
    pace.reset();
    EXPECT_LE(pace.next(), 3s);
}

TEST(Pace, a_night_of_trouble_means_few_tries) {
    Pace pace(2s);
    int tries = 0;
    for (Clock::duration passed{}; passed < 8h; passed += pace.next())
        ++tries;
    EXPECT_LE(tries, 105);
}

TEST(Pace, what_a_server_says_of_its_limits_is_obeyed) {
    const Error refused{Cause::connection_refused, Layer::tcp, Reach::connection, {}};
    EXPECT_EQ(least_pause_after(refused), 0s);
    const Error limit{Cause::server_limit, Layer::auth, Reach::connection, {}};
    EXPECT_EQ(least_pause_after(limit), 1min);
    const Error hour{
        Cause::server_limit, Layer::auth, Reach::connection, {{"try_again_after_seconds", "3600"}}};
    EXPECT_EQ(least_pause_after(hour), 1h);
    const Error bye{Cause::server_says_bye, Layer::auth, Reach::connection, {}};
    EXPECT_GE(least_pause_after(bye), 10min) << "it may mean the password";
}

}  // namespace
}  // namespace mail
