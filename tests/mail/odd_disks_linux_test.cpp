// A workspace on a disk that is full, or can only be read: what is there is shown, what cannot be
// done says where and why, and nothing is lost.

#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "mail/engine.h"
#include "mail/secrets/file_store.h"
#include "tests/fakes/own_mounts_linux.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {

namespace {

using fakes::Mounted;

constexpr const char* not_mounted =
    "No file system can be mounted here: the system allows no user and mount namespaces of our own "
    "(user.max_user_namespaces, a container's seccomp or AppArmor rules). Nothing was tested.";

point::Point named(const std::string& name) {
    point::Point point;
    point.name = name;
    point.connection.server = "imap.firma.example";
    return point;
}

class OddDisk : public testing::Test {
protected:
    [[nodiscard]] std::string workspace() const { return disk_.path() + "/ws"; }
    [[nodiscard]] std::unique_ptr<Engine> start() const {
        Engine::Setup setup{point::Workspace::open(real_disk(), workspace()).value(),
                            memory_secret_store()};
        setup.account = {"1000", "ala", true};
        return Engine::start(std::move(setup), [] {}).value();
    }
    static JobView do_job(Engine& engine, Command command) {
        const JobId id = engine.post(std::move(command));
        for (;;) {
            const auto snapshot = engine.snapshot();
            if (const JobView* job = snapshot->job(id); job != nullptr && job->has_ended())
                return *job;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    static std::string content(const std::string& path) {
        return read_file(real_disk(), path, 1U << 20).value_or("(unreadable)");
    }
    /// What is on the disk, with what it holds.
    [[nodiscard]] std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(disk_.path()))
            if (entry.is_regular_file())
                all[entry.path().string()] = content(entry.path().string());
        return all;
    }
    void fill() const {
        std::ofstream file(disk_.path() + "/filling", std::ios::binary);
        while (file << std::string(4096, 'x') << std::flush) {
        }
    }

    const fakes::ScratchFolder disk_;
};

}  // namespace

TEST_F(OddDisk, that_can_only_be_read_shows_points_and_refuses_changes_with_the_reason) {
    const auto done = fakes::with_file_system(disk_.path(), "size=8m", [this] {
        std::string id;
        {
            const auto engine = start();
            id = do_job(*engine, SavePoint{named("Faktury"), {}}).saved_point;
        }
        for (const bool with_ledger : {true, false}) {
            if (!with_ledger) {
                ASSERT_EQ(mount("none", disk_.path().c_str(), nullptr, MS_REMOUNT, nullptr), 0);
                std::filesystem::remove(workspace() + "/state.db");
            }
            fakes::make_read_only(disk_.path());
            const auto before = files();
            const auto engine = start();
            const auto snapshot = engine->snapshot();
            ASSERT_EQ(snapshot->points.size(), 1U);
            const PointView& shown = *snapshot->points.front();
            EXPECT_EQ(shown.definition->name, "Faktury");
            point::Point changed = *shown.definition;
            changed.connection.server = "imap2.firma.example";
            for (const Command& command : std::vector<Command>{
                     SavePoint{changed, {}, shown.content_sha256}, DeletePoint{id}}) {
                const JobView refused = do_job(*engine, command);
                ASSERT_TRUE(refused.error);
                EXPECT_EQ(refused.error->cause, Cause::no_permission_there);
                EXPECT_EQ(refused.error->fact("file"), shown.path);
            }
            const JobView operators =
                do_job(*engine, SaveOperators{*snapshot->operators, *snapshot->operators});
            ASSERT_TRUE(operators.error);
            EXPECT_EQ(operators.error->fact("file"), workspace() + "/operators.json");
            EXPECT_EQ(files(), before);
            EXPECT_EQ(snapshot->ledger_error.has_value(), !with_ledger);
            if (snapshot->ledger_error) {
                EXPECT_EQ(snapshot->ledger_error->fact("file"), workspace() + "/state.db");
            }
        }
    });
    if (done == Mounted::not_allowed_here)
        FAIL() << not_mounted;
}

TEST_F(OddDisk, that_is_full_keeps_what_is_there_and_says_what_was_not_saved) {
    const auto done = fakes::with_file_system(disk_.path(), "size=256k", [this] {
        const auto engine = start();
        ASSERT_FALSE(engine->snapshot()->ledger_error);
        ASSERT_FALSE(do_job(*engine, SavePoint{named("Faktury"), {}}).error);
        const point::Point before = *engine->snapshot()->points.front()->definition;
        const std::string path = engine->snapshot()->points.front()->path;
        fill();
        point::Point changed = before;
        changed.connection.login = std::string(9000, 'l');
        const JobView refused = do_job(*engine, SavePoint{changed, {}});
        ASSERT_TRUE(refused.error);
        EXPECT_EQ(refused.error->cause, Cause::disk_full);
        EXPECT_EQ(refused.error->fact("file"), path);
        EXPECT_EQ(*start()->snapshot()->points.front()->definition, before);
        for (const auto& [file, content] : files())
            EXPECT_FALSE(file.ends_with(".tmp")) << file;
        // With room again it goes on, without a new start.
        std::filesystem::remove(disk_.path() + "/filling");
        EXPECT_FALSE(do_job(*engine, SavePoint{changed, {}}).error);
    });
    if (done == Mounted::not_allowed_here)
        FAIL() << not_mounted;
}

TEST_F(OddDisk, that_has_no_room_for_a_ledger_still_shows_points) {
    const auto done = fakes::with_file_system(disk_.path(), "size=256k", [this] {
        {
            const auto engine = start();
            ASSERT_FALSE(do_job(*engine, SavePoint{named("Faktury"), {}}).error);
        }
        std::filesystem::remove(workspace() + "/state.db");
        fill();
        const auto snapshot = start()->snapshot();
        EXPECT_EQ(snapshot->points.size(), 1U);
        ASSERT_TRUE(snapshot->ledger_error);
        EXPECT_EQ(snapshot->ledger_error->cause, Cause::disk_full);
        EXPECT_EQ(snapshot->ledger_error->fact("file"), workspace() + "/state.db");
    });
    if (done == Mounted::not_allowed_here)
        FAIL() << not_mounted;
}

TEST_F(OddDisk, on_which_no_workspace_can_be_made_says_which_and_why) {
    const auto refused = [this](std::string_view reason) {
        const auto opened = point::Workspace::open(real_disk(), workspace());
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().cause, Cause::workspace_unusable);
        EXPECT_EQ(opened.error().fact("folder"), workspace());
        EXPECT_NE(opened.error().fact("reason").find(reason), std::string_view::npos)
            << opened.error().fact("reason");
    };
    const auto done = fakes::with_file_system(disk_.path(), "nr_inodes=1", [&] {
        refused("ENOSPC");
        fakes::make_read_only(disk_.path());
        refused("EROFS");
    });
    if (done == Mounted::not_allowed_here)
        FAIL() << not_mounted;
}

TEST_F(OddDisk, keeps_the_stored_passwords_and_says_that_no_other_can_be_stored) {
    const auto done = fakes::with_file_system(disk_.path(), "size=64k", [this] {
        const std::string path = disk_.path() + "/secrets.sealed";
        const auto wait = [] { return Wait::for_at_most(std::chrono::seconds(30)); };
        FileStore store(
            {real_disk(), path, Secret("master password"), {sealing::Method::scrypt, 14}});
        ASSERT_TRUE(store.put("a", Secret("x"), wait()));
        const auto expect_refused = [&](Cause cause) {
            const auto put = store.put("b", Secret(std::string(9000, 'y')), wait());
            ASSERT_FALSE(put);
            EXPECT_EQ(put.error().cause, cause);
            EXPECT_EQ(put.error().fact("path"), path);
            EXPECT_EQ(store.get("a", wait()).value()->reveal(), "x");
        };
        fill();
        expect_refused(Cause::disk_full);
        fakes::make_read_only(disk_.path());
        expect_refused(Cause::no_permission_there);
    });
    if (done == Mounted::not_allowed_here)
        FAIL() << not_mounted;
}

}  // namespace mail
