#include "mail/secrets/secret_store.h"

#include <string>

#include <gtest/gtest.h>

namespace mail {
namespace {

using namespace std::chrono_literals;

Wait patient() {
    return Wait::for_at_most(30s);
}

TEST(MemorySecretStore, gives_back_what_was_put_until_it_is_removed) {
    const auto store = memory_secret_store();
    EXPECT_EQ(store->kind(), SecretStore::Kind::memory);
    EXPECT_EQ(store->get("a", patient()).value(), std::nullopt);
    ASSERT_TRUE(store->put("a", Secret("zażółć 123"), patient()));
    ASSERT_TRUE(store->put("b", Secret("other"), patient()));
    EXPECT_EQ(store->get("a", patient()).value()->reveal(), "zażółć 123");
    ASSERT_TRUE(store->put("a", Secret("newer"), patient()));
    EXPECT_EQ(store->get("a", patient()).value()->reveal(), "newer");
    ASSERT_TRUE(store->remove("a", patient()));
    ASSERT_TRUE(store->remove("a", patient()));
    EXPECT_EQ(store->get("a", patient()).value(), std::nullopt);
    EXPECT_EQ(store->get("b", patient()).value()->reveal(), "other");
}

TEST(SecretStore, keys_of_points_differ) {
    EXPECT_NE(password_key("one"), password_key("two"));
    EXPECT_NE(password_key("one").find("one"), std::string::npos);
}

}  // namespace
}  // namespace mail
