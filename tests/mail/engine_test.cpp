#include "mail/engine.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/secrets/file_store.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {

namespace {

class EngineOnDemo : public testing::Test {
protected:
    void SetUp() override { server_ = std::move(*demo::Server::start(demo::sample_mails())); }

    point::Point demo_point() const {
        point::Point point;
        point.id = "demo";
        point.name = "Demo";
        const net::Endpoint endpoint = server_->endpoint();
        point.connection.server = endpoint.host;
        point.connection.port = endpoint.port;
        point.connection.encryption = endpoint.encryption;
        point.connection.login = "demo";
        point.general.set_folder_while_working = true;
        return point;
    }
    void start(std::optional<Secret> password = Secret("demo"),
               std::unique_ptr<SecretStore> secrets = memory_secret_store()) {
        auto workspace = point::Workspace::open(real_disk(), folder_ / "workspace");
        ASSERT_TRUE(workspace);
        Engine::Guest guest{demo_point(), "", true, std::move(password), folder_ / "target"};
        Engine::Setup setup{std::move(*workspace), std::move(secrets), {guest}, "tester"};
        auto engine = Engine::start(std::move(setup), [this] {
            const std::scoped_lock lock(mutex_);
            ++changes_;
            changed_.notify_all();
        });
        ASSERT_TRUE(engine);
        engine_ = std::move(*engine);
    }
    /// The snapshot in which `holds` is true for the first time.
    std::shared_ptr<const Snapshot> wait_until(const std::function<bool(const Snapshot&)>& holds) {
        for (;;) {
            auto snapshot = engine_->snapshot();
            if (holds(*snapshot))
                return snapshot;
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, std::chrono::milliseconds(20));
        }
    }
    JobView ended(JobId id) {
        const auto snapshot = wait_until([&](const Snapshot& now) {
            const JobView* job = now.job(id);
            return job != nullptr && job->state >= JobView::State::done;
        });
        return *snapshot->job(id);
    }
    JobView do_job(Command command) { return ended(engine_->post(std::move(command))); }
    std::size_t files() const {
        if (!std::filesystem::exists(folder_ / "target"))
            return 0;
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder_ / "target"), {}));
    }

    fakes::ScratchFolder folder_;
    std::unique_ptr<demo::Server> server_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t changes_ = 0;
    std::unique_ptr<Engine> engine_;
};

}  // namespace

TEST_F(EngineOnDemo, opening_lists_the_mailbox_and_counts_what_is_new) {
    start();
    EXPECT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    const auto snapshot = engine_->snapshot();
    const PointView* point = snapshot->point("demo");
    ASSERT_NE(point, nullptr);
    EXPECT_EQ(point->health, PointHealth::ok);
    ASSERT_TRUE(point->mailbox);
    EXPECT_TRUE(point->mailbox->complete);
    std::size_t rows = 0;
    std::size_t fresh = 0;
    for (const auto& chunk : point->mailbox->chunks)
        for (const MessageRow& row : *chunk) {
            ++rows;
            fresh += point->mailbox->state_of(row).status == Status::new_ ? 1U : 0U;
        }
    EXPECT_EQ(rows, demo::sample_mails().size());
    EXPECT_EQ(point->mailbox->count_of(Status::new_), fresh);
}

TEST_F(EngineOnDemo, taking_chosen_messages_makes_their_files_only) {
    start();
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    const JobView job = do_job(Take{"demo", {2}, false});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(job.messages_total, 1U);
    EXPECT_EQ(job.messages_done, 1U);
    EXPECT_EQ(job.files, files());
    EXPECT_GE(job.files, 1U);
    EXPECT_EQ(engine_->snapshot()->point("demo")->mailbox->count_of(Status::taken), 1U);
}

TEST_F(EngineOnDemo, a_message_at_which_the_server_gives_up_does_not_keep_the_others) {
    demo::Options options;
    options.fatal_uids = {5};
    server_ = std::move(*demo::Server::start(demo::sample_mails(), options));
    start();
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    const JobView job = do_job(Take{"demo", {2, 4, 5, 7}, false});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(job.messages_done, 4U);
    EXPECT_EQ(job.messages_failed, 1U);
    const auto snapshot = engine_->snapshot();
    const auto& mailbox = *snapshot->point("demo")->mailbox;
    EXPECT_EQ(mailbox.count_of(Status::taken), 3U);
    EXPECT_EQ(mailbox.changes.find(5)->error->cause, Cause::server_says_bye);
    EXPECT_EQ(server_->counts().logins, 3U) << "once without BINARY, once without the message";
    const JobView again = do_job(Take{"demo", {5}, false});
    EXPECT_EQ(again.messages_done, 1U) << "though it failed before and was put back twice";
    EXPECT_EQ(again.messages_failed, 1U);
}

TEST_F(EngineOnDemo, a_taking_that_takes_long_goes_over_further_sessions) {
    std::vector<demo::Mail> mails;
    for (int i = 0; i < 256; ++i)
        mails.push_back({"Subject: Faktura\r\nMIME-Version: 1.0\r\n"
                         "Content-Type: application/pdf; name=f.pdf\r\n"
                         "Content-Disposition: attachment; filename=f.pdf\r\n\r\n%PDF " +
                             std::to_string(i) + "\r\n",
                         {}});
    // Kept waiting where it has nothing more to say before it is answered.
    const auto sign_ins = std::make_shared<std::atomic<int>>(0);
    const auto bodies = std::make_shared<std::atomic<int>>(0);
    demo::Options options;
    options.manner = [sign_ins, bodies](const std::string& command) {
        *sign_ins += command.find("LOGIN") != std::string::npos ||
                             command.find("AUTHENTICATE") != std::string::npos
                         ? 1
                         : 0;
        if (command.find("PEEK[") != std::string::npos && ++*bodies == 105)
            for (int i = 0; i < 3000 && *sign_ins < 2; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return demo::Manner::honest;
    };
    server_ = std::move(*demo::Server::start(std::move(mails), options));
    start();
    const JobView job = do_job(Take{"demo", {}, false});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(job.messages_done, 256U);
    EXPECT_EQ(files(), 256U);
    EXPECT_EQ(*bodies, 256) << "none twice";
    EXPECT_GE(server_->counts().logins, 2U);
    EXPECT_LE(server_->counts().logins, 3U);
}

TEST_F(EngineOnDemo, a_second_engine_on_the_workspace_knows_what_was_taken) {
    start();
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    ASSERT_EQ(do_job(Take{"demo", {}, false}).state, JobView::State::done);
    const std::size_t taken = files();
    engine_.reset();
    start();
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    EXPECT_EQ(do_job(Take{"demo", {}, false}).messages_total, 0U);
    EXPECT_EQ(files(), taken);
}

TEST_F(EngineOnDemo, a_run_with_nothing_new_asks_for_the_numbers_and_for_no_message) {
    start();
    ASSERT_EQ(do_job(Take{"demo", {}, false}).state, JobView::State::done);
    const std::size_t taken = files();
    EXPECT_GE(taken, 1U);
    engine_.reset();
    const std::size_t before = server_->commands().size();
    start();
    const JobView job = do_job(Take{"demo", {}, false});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(job.files, 0U);
    EXPECT_EQ(files(), taken);
    const auto commands = server_->commands();
    EXPECT_TRUE(std::any_of(
        commands.begin() + static_cast<std::ptrdiff_t>(before), commands.end(),
        [](const std::string& one) { return one.find("SEARCH") != std::string::npos; }));
    for (std::size_t i = before; i < commands.size(); ++i)
        EXPECT_EQ(commands[i].find("FETCH"), std::string::npos) << commands[i];
}

TEST_F(EngineOnDemo, of_a_run_for_one_message_only_that_is_listed) {
    start();
    const JobView job = do_job(Take{"demo", {2}, true});
    EXPECT_EQ(job.messages_done, 1U);
    EXPECT_GE(job.files, 1U);
    std::size_t rows = 0;
    const auto snapshot = engine_->snapshot();
    for (const auto& chunk : snapshot->point("demo")->mailbox->chunks)
        rows += chunk->size();
    EXPECT_EQ(rows, 1U);
    EXPECT_FALSE(snapshot->point("demo")->mailbox->complete);
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    EXPECT_TRUE(engine_->snapshot()->point("demo")->mailbox->complete);
}

TEST_F(EngineOnDemo, what_another_program_took_meanwhile_is_shown_and_not_taken_again) {
    start();
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    auto first = std::move(engine_);
    start();
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    ASSERT_EQ(do_job(Take{"demo", {2}, false}).messages_done, 1U);
    const std::size_t taken = files();
    std::filesystem::remove_all(folder_ / "target");
    engine_ = std::move(first);
    EXPECT_EQ(do_job(Take{"demo", {2}, false}).state, JobView::State::done);
    const auto snapshot = engine_->snapshot();
    EXPECT_EQ(files(), 0U) << taken << " before";
    EXPECT_EQ(snapshot->point("demo")->mailbox->count_of(Status::taken), 1U);
}

TEST_F(EngineOnDemo, taken_messages_are_taken_again_only_when_asked) {
    start();
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    ASSERT_EQ(do_job(Take{"demo", {2}, false}).messages_done, 1U);
    EXPECT_EQ(do_job(Take{"demo", {2}, false}).messages_done, 0U);
    std::filesystem::remove_all(folder_ / "target");
    EXPECT_EQ(do_job(Take{"demo", {2}, true}).messages_done, 1U);
    EXPECT_GE(files(), 1U);
}

TEST_F(EngineOnDemo, without_a_password_the_point_asks_and_goes_on_with_it) {
    start(std::nullopt);
    const JobView refused = do_job(OpenPoint{"demo"});
    ASSERT_TRUE(refused.error);
    EXPECT_EQ(refused.error->cause, Cause::password_needed);
    EXPECT_EQ(engine_->snapshot()->point("demo")->health, PointHealth::signin);
    EXPECT_EQ(server_->counts().connections, 0U) << "nothing is tried without a password";
    ASSERT_EQ(do_job(GivePassword{"demo", Secret("demo"), false}).state, JobView::State::done);
    EXPECT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
}

TEST_F(EngineOnDemo, stored_passwords_that_are_locked_can_be_unlocked) {
    const auto file = [this](std::optional<Secret> master_password) {
        return std::make_unique<FileStore>(FileStore::Setup{real_disk(),
                                                            folder_ / "secrets.sealed",
                                                            std::move(master_password),
                                                            {sealing::Method::scrypt, 10}});
    };
    ASSERT_TRUE(file(Secret("master password"))->put(password_key("demo"), Secret("demo"), Wait()));
    start(std::nullopt, file(std::nullopt));
    using View = SecretsView;
    const auto wanting = [](View::Wants wants) {
        return [wants](const Snapshot& now) {
            return now.secrets.kind == View::Kind::file && now.secrets.wants == wants;
        };
    };
    wait_until(wanting(View::Wants::master_password));
    EXPECT_EQ(do_job(OpenPoint{"demo"}).error->cause, Cause::master_password_needed);
    EXPECT_EQ(do_job(UnlockSecrets{Secret("wrong")}).error->cause, Cause::master_password_wrong);
    EXPECT_EQ(engine_->snapshot()->secrets.wants, View::Wants::master_password);
    EXPECT_EQ(server_->counts().connections, 0U);
    ASSERT_EQ(do_job(UnlockSecrets{Secret("master password")}).state, JobView::State::done);
    wait_until(wanting(View::Wants::nothing));
    EXPECT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
}

TEST_F(EngineOnDemo, a_wrong_master_password_from_the_start_shows_when_it_is_used) {
    const std::string path = folder_ / "secrets.sealed";
    const sealing::Cost quick{sealing::Method::scrypt, 10};
    ASSERT_TRUE(FileStore({real_disk(), path, Secret("master password"), quick})
                    .put(password_key("demo"), Secret("demo"), Wait()));
    start(std::nullopt,
          std::make_unique<FileStore>(FileStore::Setup{real_disk(), path, Secret("wrong"), quick}));
    EXPECT_EQ(do_job(OpenPoint{"demo"}).error->cause, Cause::master_password_wrong);
    wait_until([](const Snapshot& now) {
        return now.secrets.wants == SecretsView::Wants::master_password;
    });
}

TEST_F(EngineOnDemo, a_forgotten_password_is_neither_stored_nor_used_any_more) {
    start(std::nullopt);
    ASSERT_EQ(do_job(GivePassword{"demo", Secret("demo"), true}).state, JobView::State::done);
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    ASSERT_EQ(do_job(ForgetPassword{"demo"}).state, JobView::State::done);
    // The session of before is still signed in; a list of folders signs in by itself.
    EXPECT_EQ(do_job(ListFolders{demo_point(), std::nullopt}).error->cause, Cause::password_needed);
}

TEST_F(EngineOnDemo, a_wrong_password_is_tried_once) {
    start(Secret("wrong"));
    const JobView refused = do_job(OpenPoint{"demo"});
    ASSERT_TRUE(refused.error);
    EXPECT_EQ(refused.error->cause, Cause::login_refused);
    EXPECT_EQ(server_->counts().connections, 1U);
    EXPECT_EQ(engine_->snapshot()->point("demo")->health, PointHealth::signin);
}

TEST_F(EngineOnDemo, a_cancelled_taking_leaves_no_half_file_and_the_rest_new) {
    start();
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    const JobId job = engine_->post(Take{"demo", {}, false});
    engine_->cancel(job);
    const JobView end = ended(job);
    EXPECT_TRUE(end.state == JobView::State::cancelled || end.state == JobView::State::done);
    if (std::filesystem::exists(folder_ / "target")) {
        for (const auto& entry : std::filesystem::directory_iterator(folder_ / "target"))
            EXPECT_FALSE(entry.path().filename().string().starts_with(".mailpoint-"));
    }
    EXPECT_EQ(engine_->snapshot()->point("demo")->mailbox->count_of(Status::queued), 0U);
    EXPECT_EQ(engine_->snapshot()->point("demo")->mailbox->count_of(Status::taking), 0U);
    ASSERT_EQ(do_job(Take{"demo", {}, false}).state, JobView::State::done);
    EXPECT_EQ(engine_->snapshot()->point("demo")->mailbox->count_of(Status::new_), 0U);
}

TEST_F(EngineOnDemo, a_server_that_is_gone_is_said_on_the_point) {
    start();
    server_.reset();
    const JobView job = do_job(OpenPoint{"demo"});
    ASSERT_TRUE(job.error);
    EXPECT_EQ(job.error->cause, Cause::connection_refused);
    EXPECT_EQ(engine_->snapshot()->point("demo")->health, PointHealth::down);
}

TEST_F(EngineOnDemo, a_saved_point_is_there_with_its_password_and_works) {
    start();
    point::Point point = demo_point();
    point.id.clear();
    point.name = "Moja skrzynka";
    point.general.folder = folder_ / "target";
    const JobView saved = do_job(SavePoint{point, Secret("demo")});
    ASSERT_EQ(saved.state, JobView::State::done);
    ASSERT_NE(engine_->snapshot()->point(saved.saved_point), nullptr);
    EXPECT_EQ(do_job(OpenPoint{saved.saved_point}).state, JobView::State::done);
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_ / "workspace/points")) {
        std::ifstream in(entry.path());
        const std::string content(std::istreambuf_iterator<char>(in), {});
        EXPECT_EQ(content.find("password\": \"demo"), std::string::npos);
    }
}

TEST_F(EngineOnDemo, folders_are_asked_for_with_the_password_that_work_would_use) {
    start(Secret("demo"));
    const JobView job = do_job(ListFolders{demo_point(), std::nullopt});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_FALSE(job.folders.empty());
    point::Point by_token = demo_point();
    by_token.connection.authentication = point::Authentication::oauth2;
    const JobView refused = do_job(ListFolders{by_token, std::nullopt});
    ASSERT_TRUE(refused.error);
    EXPECT_EQ(refused.error->cause, Cause::signin_needed);
}

TEST_F(EngineOnDemo, folders_are_listed_for_a_form_that_was_never_saved) {
    start();
    const JobView job = do_job(ListFolders{demo_point(), Secret("demo")});
    ASSERT_EQ(job.state, JobView::State::done);
    EXPECT_NE(std::ranges::find(job.folders, "Zażółć"), job.folders.end());
    EXPECT_NE(std::ranges::find(job.folders, "INBOX"), job.folders.end());
}

TEST_F(EngineOnDemo, a_form_is_diagnosed_with_what_is_in_it) {
    start();
    point::Point form = demo_point();
    const JobView healthy = do_job(Diagnose{form, Secret("demo")});
    EXPECT_EQ(healthy.state, JobView::State::done);
    EXPECT_EQ(healthy.kind, JobView::Kind::diagnose);
    ASSERT_TRUE(healthy.diagnosis);
    EXPECT_TRUE(healthy.diagnosis->is_healthy());
    form.general.folder = folder_ / "no/such";
    const JobView faulty = do_job(Diagnose{form, std::nullopt});
    EXPECT_EQ(faulty.state, JobView::State::done) << "it has done what it was asked to";
    ASSERT_NE(faulty.diagnosis->first_failure(), nullptr);
    EXPECT_EQ(faulty.diagnosis->first_failure()->error->cause, Cause::folder_not_found);
    EXPECT_EQ(faulty.diagnosis->step(Layer::auth)->verdict, diagnose::Verdict::ok)
        << "the stored password, where the form has none";
    EXPECT_EQ(do_job(Diagnose{form, Secret("inne")}).diagnosis->first_failure()->layer,
              Layer::auth);
}

TEST_F(EngineOnDemo, a_diagnosis_without_a_password_says_so_at_the_login) {
    start(std::nullopt);
    const JobView job = do_job(Diagnose{demo_point(), std::nullopt});
    ASSERT_NE(job.diagnosis->first_failure(), nullptr);
    EXPECT_EQ(job.diagnosis->first_failure()->error->cause, Cause::password_needed);
    EXPECT_EQ(job.diagnosis->step(Layer::capabilities)->verdict, diagnose::Verdict::ok);
}

TEST_F(EngineOnDemo, saving_goes_on_during_a_diagnosis_which_shows_and_can_be_cancelled) {
    start();
    const auto silent = std::move(*demo::Server::start_script({}));
    point::Point form = demo_point();
    form.connection.port = silent->endpoint().port;
    const JobId job = engine_->post(Diagnose{form, Secret("demo")});
    const auto shown = wait_until([&](const Snapshot& now) {
        const JobView* view = now.job(job);
        return view != nullptr && view->diagnosis &&
               view->diagnosis->step(Layer::greeting)->verdict == diagnose::Verdict::running;
    });
    point::Point saved = demo_point();
    saved.id.clear();
    saved.name = "Faktury";
    EXPECT_EQ(do_job(SavePoint{saved, std::nullopt}).state, JobView::State::done);
    EXPECT_EQ(engine_->snapshot()->job(job)->state, JobView::State::running);
    engine_->cancel(job);
    const JobView ended_job = ended(job);
    EXPECT_EQ(ended_job.state, JobView::State::cancelled);
    EXPECT_EQ(ended_job.diagnosis->state, Diagnosis::State::cancelled);
    EXPECT_EQ(shown->job(job)->diagnosis->step(Layer::greeting)->verdict,
              diagnose::Verdict::running)
        << "what was seen never changes";
}

TEST_F(EngineOnDemo, a_target_folder_that_is_not_there_is_refused) {
    start();
    const JobView job = do_job(SetFolder{"demo", folder_ / "no/such"});
    ASSERT_TRUE(job.error);
    EXPECT_EQ(job.error->cause, Cause::folder_not_found);
    std::filesystem::create_directory(folder_ / "other");
    ASSERT_EQ(do_job(SetFolder{"demo", folder_ / "other"}).state, JobView::State::done);
    EXPECT_EQ(engine_->snapshot()->point("demo")->target_folder, folder_ / "other");
}

TEST_F(EngineOnDemo, documents_go_to_the_folder_that_was_chosen_and_back_to_the_points) {
    start();
    const std::filesystem::path other = folder_ / "Żółte";
    std::filesystem::create_directory(other);
    ASSERT_EQ(do_job(SetFolder{"demo", folder_ / "Żółte"}).state, JobView::State::done);
    const auto files_in = [](const std::filesystem::path& folder) {
        return std::distance(std::filesystem::directory_iterator(folder), {});
    };
    const JobView taken = do_job(Take{"demo", {1, 2, 3}, false});
    EXPECT_EQ(taken.state, JobView::State::done);
    EXPECT_GT(taken.files, 0U);
    EXPECT_EQ(files_in(other), static_cast<std::ptrdiff_t>(taken.files));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "target"));
    ASSERT_EQ(do_job(SetFolder{"demo", ""}).state, JobView::State::done);
    const JobView again = do_job(Take{"demo", {1}, true});
    EXPECT_EQ(files(), again.files);
}

}  // namespace mail
