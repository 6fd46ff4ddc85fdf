// Runs secret_service_inside in a root of its own that has GNOME Keyring and a session bus.

#include <filesystem>

#include <gtest/gtest.h>

#include "tests/servers/process.h"

namespace servers {
namespace {

TEST(SecretService, the_store_works_on_gnome_keyring) {
    const TemporaryFolder work;
    const std::filesystem::path& at = work.path();
    std::filesystem::copy_file(SECRET_SERVICE_INSIDE, at / "inside");
    // The daemon takes the password of the keyring from its standard input, and makes it. Who asks
    // too early would have the bus start a second daemon, with a locked keyring.
    const std::string session =
        "export HOME=" + at.string() + " XDG_RUNTIME_DIR=" + at.string() +
        "; printf 'test\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
        "; gdbus wait --session --timeout 30 org.freedesktop.secrets"
        " && export KEYRING_PID=$(gdbus call --session --dest org.freedesktop.DBus"
        " --object-path / --method org.freedesktop.DBus.GetConnectionUnixProcessID"
        " org.freedesktop.secrets | tr -dc '0-9 ' | tr -s ' ' '\n' | tail -n 1) && exec " +
        (at / "inside").string();
    Process process({"bash", MAILPOINT_SOURCE_DIR "/tests/servers/root.sh", "keyring",
                     "gnome-keyring libsecret-1-0 libglib2.0-bin dbus dbus-daemon", at.string(),
                     "dbus-run-session", "--", "bash", "-c", session},
                    at / "output.log");
    EXPECT_EQ(process.exit_code(), 0) << text_of(at / "output.log");
}

}  // namespace
}  // namespace servers
