// The system's secret store where a Secret Service runs. secret_service_test.cpp runs this program
// inside a root that has one.

#include <thread>

#include <gtest/gtest.h>

#include "mail/secrets/secret_store.h"

namespace mail {
namespace {

using namespace std::chrono_literals;

Wait patient() {
    return Wait::for_at_most(30s);
}

TEST(SecretService, keeps_polish_secrets_over_the_end_of_the_program) {
    const std::string key = password_key("point-1");
    {
        const auto store = open_secret_store();
        ASSERT_EQ(store->kind(), SecretStore::Kind::system);
        EXPECT_EQ(store->get(key, patient()).value(), std::nullopt);
        ASSERT_TRUE(store->put(key, Secret("zażółć 123"), patient()));
        ASSERT_TRUE(store->put(password_key("point-2"), Secret("other"), patient()));
        ASSERT_TRUE(store->put(key, Secret("zażółć 456"), patient()));
    }
    const auto store = open_secret_store();
    EXPECT_EQ(store->get(key, patient()).value()->reveal(), "zażółć 456");
    ASSERT_TRUE(store->remove(key, patient()));
    ASSERT_TRUE(store->remove(key, patient()));
    EXPECT_EQ(store->get(key, patient()).value(), std::nullopt);
    EXPECT_EQ(store->get(password_key("point-2"), patient()).value()->reveal(), "other");
}

TEST(SecretService, a_secret_that_it_would_cut_is_refused) {
    const auto store = open_secret_store();
    ASSERT_EQ(store->kind(), SecretStore::Kind::system);
    const auto put = store->put("nul", Secret(std::string_view("a\0b", 3)), patient());
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().cause, Cause::bad_credentials_text);
}

TEST(SecretService, a_stop_is_heeded_and_the_store_answers_afterwards) {
    const auto store = open_secret_store();
    ASSERT_EQ(store->kind(), SecretStore::Kind::system);
    StopSource stop;
    stop.request_stop();
    const auto got = store->get("a", Wait{Clock::time_point::max(), stop.get_token()});
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().cause, Cause::cancelled);
    EXPECT_TRUE(store->get("a", patient()));
}

}  // namespace
}  // namespace mail
