#pragma once
// File systems of a test's own, in a process of its own that sees them alone: full ones, and such
// that can only be read. Root is not kept out by rights, so a test can't make do with these.

#include <fstream>
#include <functional>
#include <string>

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace mail::fakes {

enum class Mounted { yes, not_allowed_here };

/// Runs `test` in a child process where `folder` is an empty file system in memory with these
/// options ("size=64k"). Its expectations count, its fatal ones as well.
inline Mounted with_file_system(const std::string& folder, const std::string& options,
                                const std::function<void()>& test) {
    constexpr int not_allowed = 77;
    const pid_t process = fork();
    if (process == 0) {
        const std::string user = "0 " + std::to_string(getuid()) + " 1";
        if (unshare(CLONE_NEWNS) != 0) {
            if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
                _exit(not_allowed);
            std::ofstream("/proc/self/uid_map") << user;
        }
        if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            mount("none", folder.c_str(), "tmpfs", 0, options.c_str()) != 0)
            _exit(not_allowed);
        test();
        _exit(testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    EXPECT_EQ(waitpid(process, &status, 0), process);
    if (WIFEXITED(status) && WEXITSTATUS(status) == not_allowed)
        return Mounted::not_allowed_here;
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    return Mounted::yes;
}

/// Within such a test: from now on it can only be read.
inline void make_read_only(const std::string& folder) {
    ASSERT_EQ(mount("none", folder.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
}

}  // namespace mail::fakes
