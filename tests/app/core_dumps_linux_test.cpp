#include "app/core_dumps.h"

#include <cstdlib>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/fakes/scratch_folder.h"

namespace app {
namespace {

/// How a process ends that crashes in `folder`, where it would leave its memory.
int status_after_crash(const std::string& folder, void (*first)()) {
    const pid_t child = fork();
    if (child == 0) {
        rlimit room{};
        getrlimit(RLIMIT_CORE, &room);
        room.rlim_cur = room.rlim_max;
        setrlimit(RLIMIT_CORE, &room);
        if (chdir(folder.c_str()) != 0)
            _exit(1);
        first();
        std::abort();
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

TEST(CoreDumps, a_crash_leaves_none) {
    const mail::fakes::ScratchFolder folder;
    const int ours = status_after_crash(folder.path(), forbid_core_dumps);
    ASSERT_TRUE(WIFSIGNALED(ours));
    EXPECT_FALSE(WCOREDUMP(ours));  // by itself little where the system makes none: see below
}

TEST(CoreDumps, neither_the_limit_nor_the_kernel_allows_one) {
    const int status = status_after_crash("/", [] {
        forbid_core_dumps();
        rlimit limit{1, 1};
        getrlimit(RLIMIT_CORE, &limit);
        const bool none = limit.rlim_cur == 0 && limit.rlim_max == 0;
        _exit(none && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 1);
    });
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace app
