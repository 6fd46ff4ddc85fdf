// OCR points as a window has them: a queue that goes on beside everything else, watched only until
// its command is allowed, with files that nobody can read among the good ones.

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "mail/engine.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

using State = store::OcrJob::State;
using Reason = store::OcrJob::Reason;
using What = store::Action::What;

constexpr const char* png = "\x89PNG\r\n\x1A\n";
struct EngineOcr : testing::Test {
    void SetUp() override {
        std::filesystem::create_directories(in(""));
        // Reads no encrypted file, and waits for a word where a file asks for that.
        std::ofstream(script()) << "case \"$(cat \"$1\")\" in *Encrypt*) echo 'needs a password' "
                                   ">&2; exit 8;; *slow*) exec sleep 600;; esac\n"
                                   "cp \"$1\" \"$2\"\n";
        point::Point made;
        made.type = point::Type::ocr;
        made.name = "Skany";
        made.general.folder = in("");
        made.ocr.command = "sh '" + script() + "' {in} {out}";
        made.ocr.max_megabytes = 1;
        made.ocr.jobs = 2;
        point = *workspace().save(made)->point;
        start();
    }
    void start() {
        Engine::Setup setup{workspace(), memory_secret_store()};
        setup.own_folder = folder / "own";
        setup.operator_name = "ala";
        engine.start(std::move(setup));
    }
    point::Workspace workspace() const {
        return point::Workspace::open(real_disk(), folder / "ws").value();
    }
    std::string in(const std::string& name) const { return folder / "skany/" + name; }
    std::string script() const { return folder / "ocr.sh"; }
    void put(const std::string& name, const std::string& content) const {
        std::ofstream(in(name), std::ios::binary) << content;
    }

    std::shared_ptr<const Snapshot> wait_for(const std::function<bool(const Snapshot&)>& ready) {
        return engine.wait_until(ready);
    }
    JobView ended(JobId id) { return engine.ended(id); }
    JobView do_job(Command command) { return engine.do_job(std::move(command)); }
    const OcrView* queue(const Snapshot& snapshot) const {
        return snapshot.point(point.id)->ocr.get();
    }
    store::OcrJob job(const Snapshot& snapshot, const std::string& file) const {
        if (const OcrView* view = queue(snapshot))
            for (const OcrView::File& one : view->files)
                if (one.job.file == file)
                    return one.job;
        return {};
    }
    /// Until that many files have that state.
    std::shared_ptr<const Snapshot> wait_for(State state, std::ptrdiff_t count) {
        return wait_for([&](const Snapshot& now) {
            const OcrView* view = queue(now);
            return view != nullptr &&
                   std::ranges::count_if(view->files, [&](const OcrView::File& file) {
                       return file.job.state == state;
                   }) == count;
        });
    }
    std::vector<store::Action> log(What what) {
        LookUpLog lookup;
        lookup.query.kinds = {what};
        const JobView found = do_job(lookup);
        return found.log ? *found.log : std::vector<store::Action>{};
    }

    fakes::ScratchFolder folder;
    point::Point point;
    fakes::WaitedEngine engine;
};

TEST_F(EngineOcr, runs_nothing_before_the_command_is_allowed_and_shows_what_waits) {
    put("a.png", png);
    const JobView refused = do_job(RunOcr{point.id});
    ASSERT_TRUE(refused.error);
    EXPECT_EQ(refused.error->cause, Cause::command_not_allowed);
    const JobId watch = engine->post(WatchOcr{point.id});
    auto snapshot = wait_for(State::queued, 1);
    EXPECT_FALSE(queue(*snapshot)->is_running);
    // Somebody looks meanwhile.
    EXPECT_EQ(do_job(LookAtOcr{point.id}).state, JobView::State::done);
    EXPECT_EQ(job(*engine->snapshot(), "a.png").state, State::queued);
    EXPECT_FALSE(std::filesystem::exists(in("done")));

    ASSERT_EQ(do_job(AllowOcrCommand{point.id, point.ocr.command}).state, JobView::State::done);
    const JobId run = engine->post(RunOcr{point.id});
    engine->cancel(watch);
    EXPECT_EQ(ended(watch).state, JobView::State::done);
    snapshot = wait_for(State::done, 1);
    EXPECT_TRUE(queue(*snapshot)->is_running);
    EXPECT_EQ(do_job(LookAtOcr{point.id}).state, JobView::State::done);
    EXPECT_TRUE(queue(*engine->snapshot())->is_running);
    EXPECT_EQ(job(*snapshot, "a.png").result, in("done/a.pdf"));
    engine->cancel(run);
    EXPECT_EQ(ended(run).state, JobView::State::done);
    EXPECT_FALSE(queue(*engine->snapshot())->is_running);
    ASSERT_EQ(log(What::ocr_done).size(), 1U);
    const store::Action done = log(What::ocr_done).front();
    EXPECT_EQ(done.who, "ala");
    EXPECT_EQ(done.point_name, "Skany");
    EXPECT_EQ(done.subject, "a.png");
    EXPECT_EQ(done.detail, in("done/a.pdf"));
    EXPECT_EQ(log(What::ocr_command_allowed).size(), 1U);
}

TEST_F(EngineOcr, what_nobody_can_read_fails_with_its_reason_and_holds_up_nothing) {
    put("good.png", png);
    put("locked.pdf", "%PDF-1.7\ntrailer <</Size 9/Encrypt 8 0 R>>");
    put("empty.pdf", "");
    put("broken.pdf", "\x01\x02 no PDF");
    put("huge.pdf", "%PDF-1.7\n");
    std::filesystem::resize_file(in("huge.pdf"), 3'000'000'000);
    ASSERT_EQ(do_job(AllowOcrCommand{point.id, point.ocr.command}).state, JobView::State::done);
    const JobId run = engine->post(RunOcr{point.id});
    auto snapshot = wait_for(State::failed, 4);
    snapshot = wait_for(State::done, 1);
    EXPECT_EQ(job(*snapshot, "locked.pdf").reason, Reason::password_protected);
    EXPECT_EQ(job(*snapshot, "empty.pdf").reason, Reason::empty);
    EXPECT_EQ(job(*snapshot, "broken.pdf").reason, Reason::unreadable);
    EXPECT_EQ(job(*snapshot, "huge.pdf").reason, Reason::too_large);
    const auto failed = log(What::ocr_failed);
    ASSERT_EQ(failed.size(), 4U);
    const auto locked = std::ranges::find(failed, "locked.pdf", &store::Action::subject);
    ASSERT_NE(locked, failed.end());
    EXPECT_EQ(locked->result, "password_protected");
    EXPECT_EQ(locked->detail, "8");
    EXPECT_EQ(job(*snapshot, "locked.pdf").words, "needs a password");
    EXPECT_EQ(locked->who, "ala");
    // Tried again it fails again: that is on record, too.
    ASSERT_EQ(do_job(RetryOcr{point.id, {"locked.pdf", "good.png"}}).state, JobView::State::done);
    wait_for([&](const Snapshot&) { return log(What::ocr_failed).size() == 5; });
    ASSERT_EQ(log(What::ocr_retried).size(), 1U);
    EXPECT_EQ(log(What::ocr_retried).front().subject, "locked.pdf");
    engine->cancel(run);
    EXPECT_EQ(ended(run).state, JobView::State::done);
}

TEST_F(EngineOcr, a_file_is_stopped_alone_and_the_end_of_the_program_stops_the_rest) {
    put("slow 1.png", std::string(png) + "slow");
    put("slow 2.png", std::string(png) + "slow");
    ASSERT_EQ(do_job(AllowOcrCommand{point.id, point.ocr.command}).state, JobView::State::done);
    engine->post(RunOcr{point.id});
    wait_for(State::running, 2);
    ASSERT_EQ(do_job(StopOcrFile{point.id, "slow 1.png"}).state, JobView::State::done);
    const auto snapshot = wait_for(State::failed, 1);
    EXPECT_EQ(job(*snapshot, "slow 1.png").reason, Reason::stopped);
    EXPECT_EQ(job(*snapshot, "slow 2.png").state, State::running);
    engine.reset();
    start();
    // It waits for its turn again, and nobody's failure is told.
    engine->post(WatchOcr{point.id});
    EXPECT_EQ(job(*wait_for(State::queued, 1), "slow 2.png").state, State::queued);
    EXPECT_EQ(log(What::ocr_failed).size(), 1U);
}

TEST_F(EngineOcr, a_folder_that_is_gone_is_told_until_it_is_back) {
    const JobId watch = engine->post(WatchOcr{point.id});
    wait_for([&](const Snapshot& now) { return queue(now) != nullptr; });
    std::filesystem::rename(in(""), folder / "away");
    auto snapshot = wait_for([&](const Snapshot& now) { return queue(now)->fault.has_value(); });
    EXPECT_EQ(queue(*snapshot)->fault->cause, Cause::folder_not_found);
    std::filesystem::rename(folder / "away", folder / "skany");
    wait_for([&](const Snapshot& now) { return !queue(now)->fault; });
    engine->cancel(watch);
    EXPECT_EQ(ended(watch).state, JobView::State::done);
}

TEST_F(EngineOcr, another_command_has_to_be_allowed_anew) {
    ASSERT_EQ(do_job(AllowOcrCommand{point.id, point.ocr.command}).state, JobView::State::done);
    point::Point other = point;
    other.ocr.command = "cp {in} {out}";
    ASSERT_EQ(do_job(SavePoint{other, std::nullopt}).state, JobView::State::done);
    const JobView refused = do_job(RunOcr{point.id});
    ASSERT_TRUE(refused.error);
    EXPECT_EQ(refused.error->cause, Cause::command_not_allowed);
    const JobView late = do_job(AllowOcrCommand{point.id, point.ocr.command});
    ASSERT_TRUE(late.error);
    EXPECT_EQ(late.error->cause, Cause::point_changed);
}

}  // namespace
}  // namespace mail
