#include <csignal>
#include <filesystem>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "mail/base/file_lock.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {

namespace {

using namespace std::chrono_literals;

mode_t rights_of(const std::string& path) {
    struct stat found {};
    EXPECT_EQ(stat(path.c_str(), &found), 0);
    return found.st_mode & 07777;
}

}  // namespace

TEST(FileLock, is_one_at_a_time_and_the_next_gets_it) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "lock";
    auto first = FileLock::take(path, Wait()).value();
    EXPECT_EQ(FileLock::take(path, Wait::for_at_most(30ms)).error().cause, Cause::deadline);
    StopSource stop;
    stop.request_stop();
    EXPECT_EQ(FileLock::take(path, Wait{Clock::time_point::max(), stop.get_token()}).error().cause,
              Cause::cancelled);
    first.reset();
    EXPECT_TRUE(FileLock::take(path, Wait::for_at_most(30ms)));
}

TEST(FileLock, of_a_process_that_was_killed_is_free) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "lock";
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t process = fork();
    if (process == 0) {
        const auto lock = FileLock::take(path, Wait());
        static_cast<void>(!::write(ends[1], lock ? "x" : "-", 1));
        for (;;)
            pause();
    }
    char said = 0;
    ASSERT_EQ(::read(ends[0], &said, 1), 1);
    ASSERT_EQ(said, 'x');
    close(ends[0]);
    close(ends[1]);
    EXPECT_EQ(FileLock::take(path, Wait::for_at_most(30ms)).error().cause, Cause::deadline);
    kill(process, SIGKILL);
    waitpid(process, nullptr, 0);
    EXPECT_TRUE(FileLock::take(path, Wait::for_at_most(30ms)));
}

TEST(FileLock, is_for_all_who_may_write_the_folder_and_for_nobody_else) {
    for (const auto& [folder_rights, lock_rights] :
         {std::pair<mode_t, mode_t>{0700, 0600}, {0755, 0600}, {0770, 0660}, {01777, 0666}}) {
        const fakes::ScratchFolder folder;
        ASSERT_EQ(chmod(folder.path().c_str(), folder_rights), 0);
        ASSERT_TRUE(FileLock::take(folder / "lock", Wait()));
        EXPECT_EQ(rights_of(folder / "lock"), lock_rights);
        ASSERT_EQ(chmod((folder / "lock").c_str(), 0640), 0);
        ASSERT_TRUE(FileLock::take(folder / "lock", Wait()));
        EXPECT_EQ(rights_of(folder / "lock"), mode_t{0640}) << "what somebody gave it stays";
    }
}

TEST(FileLock, that_cannot_be_had_at_all_says_where_and_why) {
    const fakes::ScratchFolder folder;
    std::filesystem::create_directory(folder / "lock");
    const auto refused = FileLock::take(folder / "lock", Wait());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::disk_error);
    EXPECT_EQ(refused.error().fact("path"), folder / "lock");
    EXPECT_FALSE(refused.error().fact("reason").empty());
}

}  // namespace mail
