#include <cstdlib>

#include <gtest/gtest.h>

#include "mail/secrets/secret_store.h"

namespace mail {
namespace {

TEST(LinuxSecretStore, without_a_session_bus_secrets_stay_in_memory) {
    ::unsetenv("DBUS_SESSION_BUS_ADDRESS");
    ::setenv("XDG_RUNTIME_DIR", "/nonexistent", 1);
    const auto store = open_secret_store();
    ASSERT_NE(store, nullptr);
    EXPECT_EQ(store->kind(), SecretStore::Kind::memory);
    EXPECT_TRUE(store->put("a", Secret("x"), Wait()));
}

TEST(LinuxSecretStore, a_bus_that_is_not_there_leads_to_memory_and_does_not_hang) {
    ::setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    EXPECT_EQ(open_secret_store()->kind(), SecretStore::Kind::memory);
}

}  // namespace
}  // namespace mail
