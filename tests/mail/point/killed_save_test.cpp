#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "mail/point/point_file.h"
#include "mail/point/workspace.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::point {

namespace {

Point version(int number) {
    Point point;
    point.id = "12345678-0000-4000-8000-000000000000";
    point.name = std::string(number % 2 == 0 ? 20'000 : 10, 'x');
    point.connection.server = "imap.firma.example";
    return point;
}

struct Saving {
    pid_t process = 0;
    std::chrono::microseconds one_takes{};
};

/// A process that saves the two versions by turns until it is killed.
Saving start_saving(const std::string& path) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    Saving saving;
    saving.process = fork();
    if (saving.process == 0)
        for (int number = 0;; ++number) {
            if (!save_point(real_disk(), path, version(number)))
                _exit(1);
            if (number <= 1)
                static_cast<void>(!::write(ends[1], "x", 1));
        }
    close(ends[1]);
    char ready = 0;
    EXPECT_EQ(::read(ends[0], &ready, 1), 1);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(::read(ends[0], &ready, 1), 1);
    saving.one_takes = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begun);
    close(ends[0]);
    return saving;
}

}  // namespace

TEST(KilledWhileSaving, the_file_and_its_backup_are_whole_wherever_it_was_hit) {
    const int rounds = std::getenv("MAILPOINT_LONG") != nullptr ? 1000 : 200;
    const fakes::ScratchFolder folder;
    const Workspace workspace = Workspace::open(real_disk(), folder.path()).value();
    const std::string path = folder / "points/point.json";
    std::mt19937 random(20261128);
    std::set<std::string> seen;
    for (int round = 0; round < rounds; ++round) {
        const Saving saving = start_saving(path);
        // Anywhere in the next two, however long they take on this machine and in this build.
        const auto most = std::max<std::uint_fast32_t>(
            500, 2 * static_cast<std::uint_fast32_t>(saving.one_takes.count()));
        usleep(static_cast<useconds_t>(random() % most));
        kill(saving.process, SIGKILL);
        waitpid(saving.process, nullptr, 0);
        for (const std::string& file : {path, path + ".bak"}) {
            const auto point = load_point(real_disk(), file);
            ASSERT_TRUE(point) << round << point.error().fact("reason");
            ASSERT_TRUE(*point == version(0) || *point == version(1)) << round;
            seen.insert(point->name);
        }
    }
    EXPECT_EQ(seen.size(), 2U) << "it was hit at different places";
    EXPECT_EQ(workspace.points()->size(), 1U) << "what is left in the middle is no definition";

    const auto files = [&] {
        std::vector<std::filesystem::path> paths;
        for (const auto& entry : std::filesystem::directory_iterator(folder / "points"))
            paths.push_back(entry.path());
        return paths;
    };
    const std::size_t strays = files().size() - 2;
    RecordProperty("rounds", rounds);
    RecordProperty("strays", static_cast<int>(strays));
    EXPECT_GT(strays, 0U) << "some kills hit between writing and renaming";
    std::ofstream(folder / "points/notes.tmp") << "somebody's";
    for (const auto& file : files())
        std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() -
                                                   std::chrono::minutes(11));
    workspace.tidy();
    std::set<std::string> left;
    for (const auto& file : files())
        left.insert(file.filename().string());
    EXPECT_EQ(left, (std::set<std::string>{"notes.tmp", "point.json", "point.json.bak"}));
}

}  // namespace mail::point
