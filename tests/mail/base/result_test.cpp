#include "mail/base/hash.h"
#include "mail/base/result.h"
#include "mail/base/secret.h"
#include "mail/base/wait.h"

#include <thread>

#include <gtest/gtest.h>

#include "tests/fakes/stepped_time.h"

namespace mail {

TEST(Error, names_are_those_of_the_table) {
    EXPECT_EQ(name_of(Cause::cancelled), "cancelled");
    EXPECT_EQ(name_of(Cause::busy_elsewhere), "busy_elsewhere");
    EXPECT_EQ(name_of(Layer::dns), "dns");
    EXPECT_EQ(name_of(Layer::workspace), "workspace");
    EXPECT_EQ(exit_class_of(Cause::login_refused), ExitClass::signin);
    EXPECT_EQ(retry_of(Cause::connection_lost), Retry::now);
}

TEST(Error, a_fact_is_found_by_its_key_and_a_missing_one_is_empty) {
    const Error error{Cause::server_refused, Layer::select, Reach::folder, {{"server_said", "no"}}};
    EXPECT_EQ(error.fact("server_said"), "no");
    EXPECT_EQ(error.fact("host"), "");
}

TEST(Wait, a_stop_request_comes_before_the_deadline) {
    StopSource source;
    Wait wait = Wait::for_at_most(std::chrono::hours(1), source.get_token());
    EXPECT_TRUE(wait.check(Layer::tcp, Reach::connection));
    source.request_stop();
    const auto over = wait.check(Layer::tcp, Reach::connection);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().cause, Cause::cancelled);
}

TEST(Wait, a_past_deadline_leaves_nothing) {
    const Wait wait = Wait::for_at_most(std::chrono::seconds(-1));
    EXPECT_EQ(wait.left(), std::chrono::milliseconds::zero());
    EXPECT_EQ(wait.check(Layer::tcp, Reach::connection).error().cause, Cause::deadline);
    EXPECT_EQ(Wait{}.left(), std::chrono::milliseconds::max());
}

TEST(Wait, a_pause_takes_its_time_and_no_more_than_there_is) {
    const fakes::SteppedTime time;
    EXPECT_TRUE(time.wait().pause(std::chrono::hours(1), Layer::tcp, Reach::connection));
    EXPECT_EQ(time.slept(), std::chrono::hours(1));
    const Wait short_one = time.wait().within(std::chrono::seconds(5));
    const auto over = short_one.pause(std::chrono::hours(1), Layer::auth, Reach::point);
    EXPECT_EQ(over.error().cause, Cause::deadline);
    EXPECT_EQ(over.error().layer, Layer::auth);
    EXPECT_EQ(time.slept(), std::chrono::hours(1) + std::chrono::seconds(5));
}

TEST(Wait, a_stop_ends_a_real_pause) {
    StopSource source;
    const std::jthread stopper([&] { source.request_stop(); });
    const Wait wait{Clock::time_point::max(), source.get_token()};
    const auto stopped = wait.pause(std::chrono::hours(1), Layer::tcp, Reach::connection);
    EXPECT_EQ(stopped.error().cause, Cause::cancelled);
}

TEST(Secret, moving_leaves_no_copy_behind) {
    Secret from("Tajne-7f3a");
    const Secret to(std::move(from));
    EXPECT_EQ(to.reveal(), "Tajne-7f3a");
    EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
}

TEST(Sha256, has_the_values_of_the_standard) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(RandomUuid, has_the_form_of_version_4) {
    const std::string uuid = random_uuid();
    ASSERT_EQ(uuid.size(), 36U);
    EXPECT_EQ(uuid[14], '4');
    EXPECT_NE(uuid, random_uuid());
}

}  // namespace mail
