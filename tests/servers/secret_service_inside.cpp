// The system's secret store where a Secret Service runs. secret_service_test.cpp runs this program
// inside a root that has one.

#include <csignal>
#include <cstdlib>

#include <gtest/gtest.h>

#include "mail/secrets/file_store.h"
#include "mail/secrets/secret_store.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {
namespace {

using namespace std::chrono_literals;

Wait patient() {
    return Wait::for_at_most(30s);
}

std::unique_ptr<SecretStore> open(const std::string& folder = "/nonexistent",
                                  std::optional<std::string_view> master_password = {}) {
    SecretPlaces places{real_disk(), folder};
    if (master_password)
        places.master_password.emplace(*master_password);
    return open_secret_store(std::move(places));
}

TEST(SecretService, keeps_polish_secrets_over_the_end_of_the_program) {
    const std::string key = password_key("point-1");
    {
        const auto store = open();
        ASSERT_EQ(store->kind(), SecretStore::Kind::system);
        EXPECT_EQ(store->get(key, patient()).value(), std::nullopt);
        ASSERT_TRUE(store->put(key, Secret("zażółć 123"), patient()));
        ASSERT_TRUE(store->put(password_key("point-2"), Secret("other"), patient()));
        ASSERT_TRUE(store->put(key, Secret("zażółć 456"), patient()));
    }
    const auto store = open();
    EXPECT_EQ(store->get(key, patient()).value()->reveal(), "zażółć 456");
    ASSERT_TRUE(store->remove(key, patient()));
    ASSERT_TRUE(store->remove(key, patient()));
    EXPECT_EQ(store->get(key, patient()).value(), std::nullopt);
    EXPECT_EQ(store->get(password_key("point-2"), patient()).value()->reveal(), "other");
}

TEST(SecretService, a_secret_that_it_would_cut_is_refused) {
    const auto store = open();
    ASSERT_EQ(store->kind(), SecretStore::Kind::system);
    const auto put = store->put("nul", Secret(std::string_view("a\0b", 3)), patient());
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().cause, Cause::bad_credentials_text);
}

TEST(SecretService, a_stop_is_heeded_and_the_store_answers_afterwards) {
    const auto store = open();
    ASSERT_EQ(store->kind(), SecretStore::Kind::system);
    StopSource stop;
    stop.request_stop();
    const auto got = store->get("a", Wait{Clock::time_point::max(), stop.get_token()});
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().cause, Cause::cancelled);
    EXPECT_TRUE(store->get("a", patient()));
}

TEST(SecretService, goes_before_a_new_file_but_not_before_one_that_can_be_opened) {
    const fakes::ScratchFolder folder;
    EXPECT_EQ(open(folder.path(), "master password")->kind(), SecretStore::Kind::system);
    // As a server without a bus makes it.
    FileStore file_alone({real_disk(), folder / "secrets.sealed", Secret("master password")});
    ASSERT_TRUE(file_alone.put("a", Secret("x"), patient()));
    EXPECT_EQ(open(folder.path())->kind(), SecretStore::Kind::system);
    const auto file = open(folder.path(), "master password");
    EXPECT_EQ(file->kind(), SecretStore::Kind::file);
    EXPECT_EQ(file->get("a", patient()).value()->reveal(), "x");
}

// The last one: nothing works after it.
TEST(SecretService, that_is_pulled_away_in_mid_work_is_an_error_and_no_loss) {
    const auto store = open();
    ASSERT_EQ(store->kind(), SecretStore::Kind::system);
    ASSERT_TRUE(store->put("a", Secret("x"), patient()));
    ASSERT_EQ(::kill(std::atoi(std::getenv("KEYRING_PID")), SIGKILL), 0);
    // The bus may start another one, with a locked keyring that nobody here can unlock.
    for (int i = 0; i < 3; ++i) {
        const auto got = store->get("a", Wait::for_at_most(5s));
        EXPECT_TRUE(!got || !*got);
        const auto put = store->put("b", Secret("y"), Wait::for_at_most(5s));
        ASSERT_FALSE(put);
        EXPECT_TRUE(put.error().cause == Cause::secret_store_unavailable ||
                    put.error().cause == Cause::deadline);
        EXPECT_EQ(store->kind(), SecretStore::Kind::system) << "it does not become another one";
    }
}

}  // namespace
}  // namespace mail
