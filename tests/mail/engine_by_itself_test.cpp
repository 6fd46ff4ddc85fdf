// What an engine does without being asked: takes what is new where the point says so, gives way to
// a person, leaves alone what failed, and comes back to a line that was lost, ever later. Through
// the engine, on the demo's server.

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/engine.h"
#include "tests/fakes/numbered_mail.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/skipped_time.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

namespace fs = std::filesystem;

using fakes::mail_with;

constexpr int mails = 3;

class EngineByItself : public testing::Test {
protected:
    void SetUp() override {
        point_.id = point_.name = "p";
        point_.connection.login = "demo";
        point_.general.folder = folder_ / "out";
        point_.general.take_by_itself = true;
    }

    void start(demo::Options options = {}) {
        options.manner = [this](const std::string& command) {
            std::function<demo::Manner(const std::string&)> manner;
            {
                const std::scoped_lock lock(manner_mutex_);
                manner = manner_;
            }
            return manner ? manner(command) : demo::Manner::honest;
        };
        std::vector<demo::Mail> all;
        for (int number = 1; number <= mails; ++number)
            all.push_back(mail_with(number));
        server_ = demo::Server::start(std::move(all), options).value();
        point_.connection.server = server_->endpoint().host;
        point_.connection.port = server_->endpoint().port;
        point_.connection.encryption = server_->endpoint().encryption;
        Engine::Setup setup{point::Workspace::open(real_disk(), folder_ / "workspace").value(),
                            memory_secret_store(),
                            {{point_, "", false, std::nullopt, ""}},
                            "tester"};
        setup.password = Secret("demo");
        setup.time = &time_;
        setup.keeps_live = true;
        setup.takes_new = takes_new_;
        setup.tries_again_after = tries_again_after_;
        setup.looks_around_every = std::chrono::milliseconds(10);
        setup.network = [this] {
            offline_looks_ += is_online_ ? 0 : 1;
            return is_online_ ? "eth0 1" : "";
        };
        setup.wall_time = [this] { return std::chrono::system_clock::now() + slept_.load(); };
        engine_.start(std::move(setup));
    }
    void treat(std::function<demo::Manner(const std::string&)> manner) {
        const std::scoped_lock lock(manner_mutex_);
        manner_ = std::move(manner);
    }

    std::shared_ptr<const Snapshot> wait_until(const std::function<bool(const Snapshot&)>& holds) {
        return engine_.wait_until(holds);
    }
    JobView ended(JobId id) { return engine_.ended(id); }
    JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
    void shows(Status status, std::size_t messages) {
        static_cast<void>(wait_until([&](const Snapshot& now) {
            const auto& mailbox = now.point("p")->mailbox;
            return mailbox && mailbox->count_of(status) == messages;
        }));
    }
    /// The last that the engine has begun by itself.
    static const JobView* own_job(const Snapshot& now) {
        const auto found = std::ranges::find_if(now.jobs.rbegin(), now.jobs.rend(),
                                                [](const auto& job) { return job->by_itself; });
        return found == now.jobs.rend() ? nullptr : found->get();
    }
    [[nodiscard]] std::ptrdiff_t count_of(const std::string& part) const {
        const auto commands = server_->commands();
        return std::ranges::count_if(commands, [&](const std::string& command) {
            return command.find(part) != std::string::npos;
        });
    }
    [[nodiscard]] bool has_file(int number) const {
        return fs::exists(fs::path(folder_ / "out") / ("f" + std::to_string(number) + ".pdf"));
    }
    /// So often something else is to be done, after which it looks at what is due.
    void pass_the_time() {
        for (int i = 0; i < 20; ++i)
            static_cast<void>(do_job(GivePassword{"p", Secret("demo"), false}));
    }

    const fakes::ScratchFolder folder_;
    point::Point point_;
    bool takes_new_ = false;
    std::chrono::milliseconds tries_again_after_{1};
    std::atomic<bool> is_online_ = true;
    std::atomic<int> offline_looks_ = 0;
    std::atomic<std::chrono::hours> slept_{std::chrono::hours(0)};
    std::mutex manner_mutex_;
    std::function<demo::Manner(const std::string&)> manner_;
    std::unique_ptr<demo::Server> server_;
    fakes::SkippedTime time_;
    fakes::WaitedEngine engine_;
};

TEST_F(EngineByItself, what_is_new_is_taken_when_the_point_says_so) {
    start();
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    shows(Status::taken, mails);
    server_->add_message(mail_with(4));
    shows(Status::taken, mails + 1);
    for (int number = 1; number <= mails + 1; ++number)
        EXPECT_TRUE(has_file(number)) << number;
    const auto now = wait_until([](const Snapshot& one) { return own_job(one)->has_ended(); });
    EXPECT_EQ(own_job(*now)->documents, 1U) << "what was taken is not taken again";
    EXPECT_EQ(count_of(" LOGIN ") + count_of("AUTHENTICATE"), 1);
}

TEST_F(EngineByItself, else_it_is_only_shown) {
    point_.general.take_by_itself = false;
    start();
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    server_->add_message(mail_with(4));
    shows(Status::new_, mails + 1);
    pass_the_time();
    EXPECT_EQ(own_job(*engine_->snapshot()), nullptr);
}

TEST_F(EngineByItself, whoever_starts_it_may_say_so_in_place_of_the_point) {
    point_.general.take_by_itself = false;
    takes_new_ = true;
    start();
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    shows(Status::taken, mails);
}

TEST_F(EngineByItself, what_failed_is_left_alone) {
    // Where the line was to blame, for hours here.
    tries_again_after_ = std::chrono::hours(1);
    demo::Options options;
    options.fatal_uids = {2};
    start(options);
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    shows(Status::failed, 1);
    shows(Status::taken, mails - 1);
    const auto asked = count_of("UID FETCH 2 ");
    for (int number = 4; number <= 6; ++number) {
        server_->add_message(mail_with(number));
        shows(Status::taken, static_cast<std::size_t>(number) - 1);
    }
    EXPECT_EQ(count_of("UID FETCH 2 "), asked);
    // A person may, as often as that seems worth it.
    static_cast<void>(do_job(Take{"p", {2}}));
    EXPECT_GT(count_of("UID FETCH 2 "), asked);
}

TEST_F(EngineByItself, what_failed_as_the_line_broke_is_tried_again_a_few_times) {
    std::atomic<int> asked = 0, broken = 3;
    treat([&](const std::string& command) {
        if (command.find("UID FETCH 2 (UID B") == std::string::npos)
            return demo::Manner::honest;
        return asked++ < broken ? demo::Manner::hang_up : demo::Manner::honest;
    });
    start();
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    shows(Status::taken, mails);
    // But not for ever: it may be the message.
    broken = 1'000'000;
    asked = 0;
    treat([&](const std::string& command) {
        if (command.find("UID FETCH 4 (UID B") == std::string::npos)
            return demo::Manner::honest;
        ++asked;
        return demo::Manner::hang_up;
    });
    server_->add_message(mail_with(4));
    shows(Status::failed, 1);
    pass_the_time();
    EXPECT_LE(asked, 4 * 5) << "tries of a message, each with a few of its job";
}

TEST_F(EngineByItself, it_gives_way_to_a_person_and_goes_on_then) {
    start();
    std::atomic<bool> go_on = false;
    treat([&](const std::string& command) {
        while (!go_on && command.find("(UID B") != std::string::npos)
            std::this_thread::yield();
        return demo::Manner::honest;
    });
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    const auto busy = wait_until([](const Snapshot& now) {
        const JobView* job = own_job(now);
        return job != nullptr && job->state == JobView::State::running;
    });
    const JobId own = own_job(*busy)->id;
    const JobId asked = engine_->post(Remove{"p", {2}});
    EXPECT_EQ(ended(own).state, JobView::State::cancelled);
    go_on = true;
    const JobView removed = ended(asked);
    EXPECT_EQ(removed.state, JobView::State::done);
    EXPECT_EQ(removed.removed.size(), 1U);
    shows(Status::taken, mails - 1);
    EXPECT_FALSE(has_file(2));
}

TEST_F(EngineByItself, what_a_person_has_stopped_stays_stopped) {
    start();
    std::atomic<bool> go_on = false;
    treat([&](const std::string& command) {
        while (!go_on && command.find("(UID B") != std::string::npos)
            std::this_thread::yield();
        return demo::Manner::honest;
    });
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    const auto busy = wait_until([](const Snapshot& now) {
        const JobView* job = own_job(now);
        return job != nullptr && job->state == JobView::State::running;
    });
    engine_->cancel(own_job(*busy)->id);
    EXPECT_EQ(ended(own_job(*busy)->id).state, JobView::State::cancelled);
    go_on = true;
    server_->add_message(mail_with(4));
    shows(Status::taken, 1);
    EXPECT_TRUE(has_file(4));
    pass_the_time();
    EXPECT_EQ(engine_->snapshot()->point("p")->mailbox->count_of(Status::new_),
              static_cast<std::size_t>(mails));
}

TEST_F(EngineByItself, without_a_target_folder_it_says_so_until_there_is_one) {
    point_.general.folder.clear();
    point_.general.set_folder_while_working = true;
    start();
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    const auto now =
        wait_until([](const Snapshot& one) { return one.point("p")->not_taken.has_value(); });
    EXPECT_EQ(now->point("p")->not_taken->cause, Cause::no_target_folder);
    EXPECT_EQ(own_job(*now), nullptr);
    ASSERT_EQ(do_job(SetFolder{"p", folder_ / "out", true}).state, JobView::State::done);
    shows(Status::taken, mails);
    static_cast<void>(wait_until([](const Snapshot& one) { return !one.point("p")->not_taken; }));
}

TEST_F(EngineByItself, a_folder_that_is_away_is_said_and_tried_again) {
    std::ofstream(folder_ / "out") << "no folder";
    start();
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    const auto now =
        wait_until([](const Snapshot& one) { return one.point("p")->not_taken.has_value(); });
    EXPECT_EQ(now->point("p")->not_taken->cause, Cause::not_a_folder);
    const auto is_well = [](const Snapshot& one) {
        return one.point("p")->health == PointHealth::ok;
    };
    static_cast<void>(wait_until(is_well));  // the mailbox is as well as before
    const JobId first = own_job(*now)->id;
    static_cast<void>(wait_until([&](const Snapshot& one) { return own_job(one)->id != first; }));
    fs::remove(folder_ / "out");
    shows(Status::taken, mails);
    static_cast<void>(wait_until([](const Snapshot& one) { return !one.point("p")->not_taken; }));
}

TEST_F(EngineByItself, what_was_taken_leaves_where_the_point_says_that_too) {
    point_.general.delete_after_document = true;
    start();
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    shows(Status::quarantined, mails);
    EXPECT_TRUE(server_->inbox().empty());
    EXPECT_TRUE(has_file(mails));
}

TEST_F(EngineByItself, a_refused_password_is_never_sent_again) {
    demo::Options options;
    options.password = "another";
    start(options);
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::failed);
    EXPECT_EQ(engine_->snapshot()->point("p")->health, PointHealth::signin);
    pass_the_time();
    EXPECT_EQ(server_->counts().logins + server_->counts().connections, 1U)
        << "one connection, on which no login went well";
}

TEST_F(EngineByItself, a_server_that_is_back_is_found_by_itself) {
    start();
    treat([](const std::string&) { return demo::Manner::hang_up; });
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::failed);
    const auto first = server_->counts().connections;
    while (server_->counts().connections < first + 2)
        std::this_thread::yield();
    treat({});
    shows(Status::taken, mails);
    static_cast<void>(
        wait_until([](const Snapshot& now) { return now.point("p")->health == PointHealth::ok; }));
}

TEST_F(EngineByItself, a_line_that_is_cut_whenever_it_is_made_is_made_ever_later) {
    tries_again_after_ = std::chrono::hours(1);
    start();
    treat([](const std::string& command) {
        return command.find("IDLE") != std::string::npos ? demo::Manner::hang_up
                                                         : demo::Manner::honest;
    });
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    static_cast<void>(wait_until(
        [](const Snapshot& now) { return now.point("p")->health == PointHealth::down; }));
    pass_the_time();
    EXPECT_EQ(server_->counts().logins, 2U) << "the first, and one at once";
}

TEST_F(EngineByItself, a_computer_that_was_woken_makes_its_line_anew_at_once) {
    tries_again_after_ = std::chrono::hours(1);
    start();
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    shows(Status::taken, mails);
    EXPECT_EQ(server_->counts().logins, 1U);
    slept_ = std::chrono::hours(8);
    while (server_->counts().logins < 2)
        std::this_thread::yield();
    server_->add_message(mail_with(4));
    shows(Status::taken, mails + 1);
    EXPECT_EQ(server_->counts().logins, 2U);
}

TEST_F(EngineByItself, a_network_that_is_back_ends_the_wait_for_the_next_try) {
    tries_again_after_ = std::chrono::hours(1);
    start();
    treat([](const std::string&) { return demo::Manner::hang_up; });
    is_online_ = false;
    ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::failed);
    while (offline_looks_ < 2)
        std::this_thread::yield();
    const auto before = server_->counts().connections;
    treat({});
    is_online_ = true;
    shows(Status::taken, mails);
    EXPECT_EQ(server_->counts().connections, before + 1);
}

}  // namespace
}  // namespace mail
