// Runs secret_service_inside, and the program, in a root of their own that has GNOME Keyring and a
// session bus.

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/servers/process.h"

namespace servers {
namespace {

class SecretService : public testing::Test {
protected:
    /// Runs `script` beside an unlocked keyring, whose process is $KEYRING_PID.
    void run_with_keyring(const std::string& script) const {
        // The daemon takes the password of the keyring from its standard input, and makes it. Who
        // asks too early would have the bus start a second daemon, with a locked keyring.
        const std::string session =
            "cd " + at_.string() + "; export HOME=" + at_.string() +
            " XDG_RUNTIME_DIR=" + at_.string() +
            "; printf 'test\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
            "; gdbus wait --session --timeout 30 org.freedesktop.secrets"
            " && export KEYRING_PID=$(gdbus call --session --dest org.freedesktop.DBus"
            " --object-path / --method org.freedesktop.DBus.GetConnectionUnixProcessID"
            " org.freedesktop.secrets | tr -dc '0-9 ' | tr -s ' ' '\n' | tail -n 1) && " +
            script;
        Process process({"bash", MAILPOINT_SOURCE_DIR "/tests/servers/root.sh", "keyring",
                         "gnome-keyring libsecret-1-0 libglib2.0-bin dbus dbus-daemon",
                         at_.string(), "dbus-run-session", "--", "bash", "-c", session},
                        at_ / "output.log");
        EXPECT_EQ(process.exit_code(), 0) << text_of(at_ / "output.log");
    }
    const TemporaryFolder work_;
    const std::filesystem::path& at_ = work_.path();
};

TEST_F(SecretService, the_store_works_on_gnome_keyring) {
    std::filesystem::copy_file(SECRET_SERVICE_INSIDE, at_ / "inside");
    run_with_keyring("exec ./inside");
}

#ifdef MAILPOINT_PROGRAM
TEST_F(SecretService, the_program_keeps_a_password_in_it) {
    std::filesystem::copy_file(MAILPOINT_PROGRAM, at_ / "mailpoint");
    std::filesystem::create_directories(at_ / "w/points");
    // Nobody listens there: 4 says that there was a password to go on with, 3 that there was none.
    std::ofstream(at_ / "w/points/x.json")
        << R"({"version":1,"type":"mailbox","name":"X","id":"one","connection":)"
        << R"({"server":"127.0.0.1","port":1,"encryption":"none","login":"ala"}})";
    run_with_keyring("at() { ./mailpoint \"$@\" --point X --workspace w --lang en --verbose; }"
                     "; { at list; [ $? = 3 ]; }"
                     " && echo Tajne-7f3a | at password"
                     " && { at list; [ $? = 4 ]; }"
                     " && at password --delete"
                     " && { at list; [ $? = 3 ]; }"
                     " && [ ! -e w/secrets.sealed ] && ! grep -r Tajne-7f3a w");
    const std::string said = text_of(at_ / "output.log");
    EXPECT_NE(said.find("in the system's password store"), std::string::npos) << said;
    EXPECT_EQ(said.find("Tajne-7f3a"), std::string::npos) << said;
}
#endif

}  // namespace
}  // namespace servers
