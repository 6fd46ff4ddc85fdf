// What the engine says of the target folder of a form, on a disk of which a part never answers, as
// a network share that has gone.

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mail/engine.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {
namespace {

using namespace std::chrono_literals;

/// The real one, but for the folders called "gone": whoever looks there waits until they are back.
class HalfSilentDisk final : public Disk {
public:
    void go() {
        const std::scoped_lock lock(mutex_);
        gone_ = true;
        waiting_ = 0;
    }
    void come_back() {
        const std::scoped_lock lock(mutex_);
        gone_ = false;
        changed_.notify_all();
    }
    void until_somebody_waits() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return waiting_ > 0; });
    }
    void until_nobody_waits() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return waiting_ == 0; });
    }
    std::uint64_t room = 1ULL << 40U;

    Result<Entry> look(const std::string& path) override {
        wait_until_it_is_back(path);
        return real_disk().look(path);
    }
    Result<std::uint64_t> free_octets(const std::string&) override { return room; }

    Result<std::unique_ptr<NewFile>> create(const std::string& path, Access access) override {
        return real_disk().create(path, access);
    }
    std::vector<Result<void>> sync_all(const std::vector<NewFile*>& files) override {
        return real_disk().sync_all(files);
    }
    Result<std::unique_ptr<OldFile>> open(const std::string& path) override {
        return real_disk().open(path);
    }
    Result<void> rename_new(const std::string& from, const std::string& to) override {
        return real_disk().rename_new(from, to);
    }
    Result<void> rename_over(const std::string& from, const std::string& to) override {
        return real_disk().rename_over(from, to);
    }
    Result<void> sync_folder(const std::string& folder) override {
        return real_disk().sync_folder(folder);
    }
    Result<void> remove(const std::string& path) override { return real_disk().remove(path); }
    Result<void> make_folder(const std::string& path, Access access) override {
        return real_disk().make_folder(path, access);
    }
    Result<std::vector<Entry>> list(const std::string& folder) override {
        wait_until_it_is_back(folder);
        return real_disk().list(folder);
    }

private:
    std::mutex mutex_;
    void wait_until_it_is_back(const std::string& path) {
        if (path.find("gone") == std::string::npos)
            return;
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return !gone_; });
        --waiting_;
        changed_.notify_all();
    }

    std::condition_variable changed_;
    bool gone_ = false;
    int waiting_ = 0;
};

struct FoldersOfAForm : testing::Test {
    void start(std::chrono::milliseconds folder_answers_in = std::chrono::minutes(10)) {
        auto workspace = point::Workspace::open(disk, folder / "ws");
        ASSERT_TRUE(workspace);
        Engine::Setup setup{std::move(*workspace), memory_secret_store()};
        setup.folder_answers_in = folder_answers_in;
        setup.account = {"1000", "ala", true};
        setup.log_text = [](const auto&, auto) { return std::string("log"); };
        setup.report_text = [](const auto&, auto) { return std::string("report"); };
        auto started = Engine::start(std::move(setup), [this] {
            const std::scoped_lock lock(mutex);
            changed.notify_all();
        });
        ASSERT_TRUE(started);
        engine = std::move(*started);
    }
    void TearDown() override {
        engine.reset();
        disk.come_back();
        disk.until_nobody_waits();
    }
    JobView ended(JobId id) {
        for (;;) {
            const auto snapshot = engine->snapshot();
            if (const JobView* job = snapshot->job(id); job != nullptr && job->has_ended())
                return *job;
            std::unique_lock lock(mutex);
            changed.wait_for(lock, 20ms);
        }
    }
    JobView do_job(Command command) { return ended(engine->post(std::move(command))); }

    // Whoever was left behind may come back to it when all else has gone.
    static inline HalfSilentDisk& disk = *new HalfSilentDisk;
    fakes::ScratchFolder folder;
    std::mutex mutex;
    std::condition_variable changed;
    std::unique_ptr<Engine> engine;
};

TEST_F(FoldersOfAForm, of_an_ocr_point_that_does_not_answer_is_told_and_holds_up_nobodys_end) {
    start(100ms);
    std::filesystem::create_directories(folder / "gone");
    point::Point point;
    point.type = point::Type::ocr;
    point.name = "Skany";
    point.general.folder = folder / "gone";
    const JobView saved = do_job(SavePoint{point, std::nullopt});
    ASSERT_EQ(saved.state, JobView::State::done);
    disk.go();
    const JobId watch = engine->post(WatchOcr{saved.saved_point});
    const auto fault = [&]() -> std::optional<Error> {
        const auto snapshot = engine->snapshot();
        const OcrView* queue = snapshot->point(saved.saved_point)->ocr.get();
        return queue == nullptr ? std::nullopt : queue->fault;
    };
    const auto wait_for = [&](const auto& ready) {
        while (!ready()) {
            std::unique_lock lock(mutex);
            changed.wait_for(lock, 20ms);
        }
    };
    wait_for([&] { return fault().has_value(); });
    EXPECT_EQ(fault()->cause, Cause::folder_silent);
    disk.come_back();
    wait_for([&] { return !fault(); });
    disk.go();
    wait_for([&] { return fault().has_value(); });
    engine->cancel(watch);
    EXPECT_EQ(ended(watch).state, JobView::State::done);
    engine.reset();
}

TEST_F(FoldersOfAForm, one_that_does_not_answer_is_told_and_the_next_one_does_not_wait_for_it) {
    start(100ms);
    disk.go();
    const JobView silent = do_job(CheckFolder{folder / "gone"});
    ASSERT_TRUE(silent.error);
    EXPECT_EQ(silent.error->cause, Cause::folder_silent);
    EXPECT_EQ(silent.error->fact("path"), folder / "gone");
    EXPECT_EQ(do_job(CheckFolder{folder.path()}).state, JobView::State::done);
}

TEST_F(FoldersOfAForm, one_that_does_not_answer_holds_up_no_proposal_and_not_the_end) {
    start();
    disk.go();
    engine->post(CheckFolder{folder / "gone"});
    disk.until_somebody_waits();
    EXPECT_EQ(do_job(Propose{"ala@gmail.com"}).state, JobView::State::done);
    const auto begun = Clock::now();
    engine.reset();
    EXPECT_LT(Clock::now() - begun, 2s);
}

TEST_F(FoldersOfAForm, setting_one_that_does_not_answer_is_told_and_holds_up_no_save) {
    start(100ms);
    point::Point point;
    point.name = "Faktury";
    point.connection.server = "imap.firma.example";
    point.general.set_folder_while_working = true;
    point.id = do_job(SavePoint{point, {}}).saved_point;
    disk.go();
    const JobView set = do_job(SetFolder{point.id, folder / "gone"});
    ASSERT_TRUE(set.error);
    EXPECT_EQ(set.error->cause, Cause::folder_silent);
    EXPECT_EQ(set.error->fact("path"), folder / "gone");
    EXPECT_EQ(do_job(SavePoint{point, {}}).state, JobView::State::done);
}

TEST_F(FoldersOfAForm, a_file_for_one_that_does_not_answer_is_told_and_holds_up_no_save) {
    start(100ms);
    point::Point point;
    point.name = "Faktury";
    point.connection.server = "imap.firma.example";
    point.id = do_job(SavePoint{point, {}}).saved_point;
    disk.go();
    const std::string path = folder / "gone/file";
    for (const Command& command : std::vector<Command>{
             ExportPoint{point.id, path}, ExportLog{{}, path}, ExportReport{{}, path}}) {
        const JobView silent = do_job(command);
        ASSERT_TRUE(silent.error);
        EXPECT_EQ(silent.error->cause, Cause::folder_silent);
    }
    EXPECT_EQ(do_job(SavePoint{point, {}}).state, JobView::State::done);
}

TEST_F(FoldersOfAForm, a_diagnosis_of_one_that_does_not_answer_can_be_stopped) {
    start();
    disk.go();
    point::Point point;
    point.connection.server = "127.0.0.1";
    point.connection.port = 1;
    point.general.folder = folder / "gone";
    const JobId job = engine->post(Diagnose{point, Secret("x")});
    disk.until_somebody_waits();
    const auto begun = Clock::now();
    engine->cancel(job);
    EXPECT_EQ(ended(job).state, JobView::State::cancelled);
    engine.reset();
    EXPECT_LT(Clock::now() - begun, 3s);
}

TEST_F(FoldersOfAForm, what_was_given_up_is_not_made_later) {
    start();
    disk.go();
    const JobId job = engine->post(CheckFolder{folder / "gone", true});
    disk.until_somebody_waits();
    engine->cancel(job);
    EXPECT_EQ(ended(job).state, JobView::State::cancelled);
    disk.come_back();
    disk.until_nobody_waits();
    std::this_thread::sleep_for(50ms);
    EXPECT_FALSE(std::filesystem::exists(folder / "gone"));
}

TEST_F(FoldersOfAForm, little_room_is_told) {
    start();
    disk.room = 5'000'000;
    const JobView little = do_job(CheckFolder{folder.path()});
    disk.room = 1ULL << 40U;
    EXPECT_EQ(little.folder_facts, (Facts{{"free_octets", "5000000"}}));
    EXPECT_EQ(do_job(CheckFolder{folder.path()}).folder_facts, Facts());
}

TEST_F(FoldersOfAForm, another_point_that_files_into_it_is_named) {
    start();
    point::Point point;
    point.name = "Faktury";
    point.connection.server = "imap.firma.example";
    point.connection.login = "faktury@firma.example";
    point.general.folder = "in";
    const std::string id = do_job(SavePoint{point, {}}).saved_point;
    ASSERT_EQ(do_job(CheckFolder{"in", true, id}).folder_facts, Facts()) << "its own";
    const Facts used{{"used_by", "Faktury"}};
    EXPECT_EQ(do_job(CheckFolder{"in"}).folder_facts, used);
    EXPECT_EQ(do_job(CheckFolder{folder / "ws/in/"}).folder_facts, used) << "as it is spelt";
    EXPECT_EQ(do_job(CheckFolder{folder / "ws"}).folder_facts, Facts());
    // One that files elsewhere doesn't use its own.
    point.id = id;
    point.general.ocr_point = "no such point";
    ASSERT_EQ(do_job(SavePoint{point, {}}).state, JobView::State::done);
    EXPECT_EQ(do_job(CheckFolder{"in"}).folder_facts, Facts());
}

}  // namespace
}  // namespace mail
