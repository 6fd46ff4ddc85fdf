// Processes that change the same definition, or the same list of operators, at the same time: every
// change that was said to be saved is there at the end.

#include <algorithm>
#include <filesystem>
#include <functional>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "mail/base/file_lock.h"
#include "mail/definitions.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {

namespace {

using namespace std::chrono_literals;

constexpr int processes = 4, changes_each = 50;
const point::SystemAccount ala{"1000", "ala", true};

Wait patient() {
    return Wait::for_at_most(60s);
}

class DefinitionsOfManyPrograms : public testing::Test {
protected:
    /// Makes `change` until it is saved, so often, in each of the processes. What it returns is
    /// whether it was; any other error than point_changed ends the process with 1.
    void in_processes(const std::function<Result<void>(Definitions&, int process)>& change) const {
        std::vector<pid_t> children;
        for (int process = 0; process < processes; ++process) {
            children.push_back(fork());
            if (children.back() != 0)
                continue;
            Definitions own(workspace_, ala);
            for (int done = 0; done < changes_each;) {
                const auto outcome = own.reload().and_then([&] { return change(own, process); });
                if (!outcome && outcome.error().cause != Cause::point_changed)
                    _exit(1);
                done += outcome ? 1 : 0;
            }
            _exit(0);
        }
        for (const pid_t child : children) {
            int status = 0;
            ASSERT_EQ(waitpid(child, &status, 0), child);
            EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
        }
    }

    const fakes::ScratchFolder folder_{fakes::ScratchFolder::Medium::memory};
    const point::Workspace workspace_ = point::Workspace::open(real_disk(), folder_.path()).value();
    Definitions definitions_{workspace_, ala};
};

}  // namespace

TEST_F(DefinitionsOfManyPrograms, no_saved_change_of_a_point_is_lost) {
    point::Point point;
    point.name = "Faktury";
    point.connection.server = "imap.firma.example";
    ASSERT_TRUE(definitions_.save(point, std::nullopt, patient()));
    in_processes([](Definitions& own, int process) {
        const auto known = own.known();
        point::Point changed = *known->points.at(0).point;
        changed.connection.login += static_cast<char>('a' + process);
        return own.save(changed, known->points.at(0).content_sha256, patient())
            .map([](const point::StoredPoint&) {});
    });
    ASSERT_TRUE(definitions_.reload());
    const std::string login = definitions_.known()->points.at(0).point->connection.login;
    for (int process = 0; process < processes; ++process)
        EXPECT_EQ(std::ranges::count(login, static_cast<char>('a' + process)), changes_each);
}

TEST_F(DefinitionsOfManyPrograms, no_saved_operator_is_lost) {
    ASSERT_TRUE(definitions_.save_operators({{"ala", "1000", "ala", "Ala", true, true}},
                                            std::nullopt, patient()));
    in_processes([](Definitions& own, int process) {
        const point::Operators before = *own.known()->operators;
        point::Operators more = before;
        const std::string account = std::to_string(process) + "-" + std::to_string(more.size());
        more.push_back({"", account, account, account, false, false});
        return own.save_operators(more, before, patient());
    });
    ASSERT_TRUE(definitions_.reload());
    EXPECT_EQ(definitions_.known()->operators->size(), 1U + processes * changes_each);
}

TEST_F(DefinitionsOfManyPrograms, only_one_becomes_the_first_administrator) {
    std::vector<pid_t> children;
    for (int process = 0; process < processes; ++process) {
        children.push_back(fork());
        if (children.back() != 0)
            continue;
        const std::string name = "osoba" + std::to_string(process);
        Definitions own(workspace_, {std::to_string(2000 + process), name, true});
        point::Point point;
        point.name = name;
        point.connection.server = "imap.firma.example";
        const auto saved = own.save(point, std::nullopt, patient());
        _exit(saved ? 0 : saved.error().cause == Cause::no_permission ? 1 : 2);
    }
    std::vector<int> outcomes;
    for (const pid_t child : children) {
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        outcomes.push_back(WEXITSTATUS(status));
    }
    std::ranges::sort(outcomes);
    EXPECT_EQ(outcomes, (std::vector<int>{0, 1, 1, 1}));
}

TEST_F(DefinitionsOfManyPrograms, one_that_hangs_in_a_save_is_told_of_and_nothing_is_changed) {
    point::Point point;
    point.name = "Faktury";
    point.connection.server = "imap.firma.example";
    const auto lock = FileLock::take(workspace_.lock_path(), patient()).value();
    const auto refused = definitions_.save(point, std::nullopt, Wait::for_at_most(50ms));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::busy_elsewhere);
    EXPECT_EQ(refused.error().fact("path"), folder_.path());
    StopSource stop;
    stop.request_stop();
    const Wait stopped{Clock::time_point::max(), stop.get_token()};
    EXPECT_EQ(definitions_.save(point, std::nullopt, stopped).error().cause, Cause::cancelled);
    EXPECT_TRUE(workspace_.points()->empty());
}

TEST_F(DefinitionsOfManyPrograms, where_nothing_can_be_locked_they_are_saved_all_the_same) {
    // Opens as badly as a file system without locks locks.
    std::filesystem::create_directory(workspace_.lock_path());
    point::Point point;
    point.name = "Faktury";
    point.connection.server = "imap.firma.example";
    const auto saved = definitions_.save(point, std::nullopt, patient());
    ASSERT_TRUE(saved);
    EXPECT_EQ(definitions_.save(*saved->point, "another content", patient()).error().cause,
              Cause::point_changed);
    EXPECT_TRUE(definitions_.remove(saved->point->id, patient()));
}

}  // namespace mail
