#include <cstdlib>

#include <gtest/gtest.h>

#include "mail/secrets/secret_store.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {
namespace {

class LinuxSecretStore : public testing::Test {
protected:
    void SetUp() override {
        ::unsetenv("DBUS_SESSION_BUS_ADDRESS");
        ::setenv("XDG_RUNTIME_DIR", "/nonexistent", 1);
    }
    [[nodiscard]] std::unique_ptr<SecretStore>
    open(std::optional<std::string_view> master_password = {}) const {
        SecretPlaces places{real_disk(), folder_.path()};
        if (master_password)
            places.master_password.emplace(*master_password);
        return open_secret_store(std::move(places));
    }
    fakes::ScratchFolder folder_;
};

TEST_F(LinuxSecretStore, without_a_session_bus_secrets_stay_in_memory) {
    const auto store = open();
    ASSERT_NE(store, nullptr);
    EXPECT_EQ(store->kind(), SecretStore::Kind::memory);
    EXPECT_EQ(store->access(), SecretStore::Access::open);
    EXPECT_TRUE(store->put("a", Secret("x"), Wait()));
}

TEST_F(LinuxSecretStore, a_bus_that_is_not_there_leads_to_memory_and_does_not_hang) {
    ::setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    EXPECT_EQ(open()->kind(), SecretStore::Kind::memory);
}

TEST_F(LinuxSecretStore, a_master_password_leads_to_the_file_and_the_file_to_its_password) {
    ASSERT_TRUE(open("master password")->put("a", Secret("x"), Wait()));
    EXPECT_EQ(open("master password")->get("a", Wait()).value()->reveal(), "x");
    const auto locked = open();
    EXPECT_EQ(locked->kind(), SecretStore::Kind::file);
    EXPECT_EQ(locked->access(), SecretStore::Access::master_password);
    EXPECT_EQ(locked->get("a", Wait()).error().cause, Cause::master_password_needed);
    ASSERT_TRUE(locked->unlock(Secret("master password"), Wait()));
    EXPECT_EQ(locked->get("a", Wait()).value()->reveal(), "x");
}

TEST_F(LinuxSecretStore, what_is_in_memory_goes_into_the_file_once_it_has_a_master_password) {
    const auto store = open();
    ASSERT_TRUE(store->put("a", Secret("x"), Wait()));
    ASSERT_TRUE(store->unlock(Secret("master password"), Wait()));
    EXPECT_EQ(store->kind(), SecretStore::Kind::file);
    EXPECT_EQ(store->get("a", Wait()).value()->reveal(), "x");
    EXPECT_EQ(open("master password")->get("a", Wait()).value()->reveal(), "x");
}

}  // namespace
}  // namespace mail
