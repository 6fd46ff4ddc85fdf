// What a window shows while others work: another program on the same workspace, the person who
// stops what is under way, and jobs that wait. Through the engine, on the demo's server.

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/engine.h"
#include "mail/store/ledger.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/skipped_time.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

demo::Mail mail_with(int number) {
    const std::string name = "f" + std::to_string(number) + ".pdf";
    // All of one time.
    return {"From: Ala <ala@firma.example>\r\nSubject: Faktura " + std::to_string(number) +
                "\r\nMessage-ID: <" + std::to_string(number) +
                "@firma.example>\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name=\"" +
                name + "\"\r\nContent-Disposition: attachment; filename=\"" + name +
                "\"\r\n\r\n%PDF-1.4 number " + std::to_string(number) + "\r\n",
            std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000))};
}

constexpr int mails = 5;

class EngineWatch : public testing::Test {
protected:
    void serve(demo::Options options = {}) {
        options.manner = [this](const std::string& command) {
            const std::scoped_lock lock(manner_mutex_);
            return manner_ ? manner_(command) : demo::Manner::honest;
        };
        std::vector<demo::Mail> all;
        for (int number = 1; number <= mails; ++number)
            all.push_back(mail_with(number));
        server_ = demo::Server::start(std::move(all), options).value();
    }
    void treat(std::function<demo::Manner(const std::string&)> manner) {
        const std::scoped_lock lock(manner_mutex_);
        manner_ = std::move(manner);
    }

    /// A program on the one workspace.
    class Program {
    public:
        explicit Program(EngineWatch& test) {
            point::Point point;
            point.id = point.name = "p";
            point.connection.server = test.server_->endpoint().host;
            point.connection.port = test.server_->endpoint().port;
            point.connection.encryption = test.server_->endpoint().encryption;
            point.connection.login = "demo";
            point.general.folder = test.folder_ / "out";
            point.general.allow_delete_from_mailbox = true;
            Engine::Setup setup{
                point::Workspace::open(real_disk(), test.folder_ / "workspace").value(),
                memory_secret_store(),
                {{point, "", true, Secret("demo"), ""}},
                "tester"};
            setup.password = Secret("demo");
            setup.time = &time_;
            setup.follows_ledger_every = std::chrono::milliseconds(20);
            engine_.start(std::move(setup));
        }
        Engine& operator*() { return *engine_; }
        std::shared_ptr<const Snapshot>
        wait_until(const std::function<bool(const Snapshot&)>& holds) {
            return engine_.wait_until(holds);
        }
        JobView ended(JobId id) { return engine_.ended(id); }
        JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
        [[nodiscard]] const PointView& point() {
            seen_ = engine_->snapshot();
            return *seen_->point("p");
        }
        void shows(Status status, std::size_t messages) {
            static_cast<void>(wait_until([&](const Snapshot& now) {
                return now.point("p")->mailbox->count_of(status) == messages;
            }));
        }

    private:
        fakes::SkippedTime time_;
        std::shared_ptr<const Snapshot> seen_;
        fakes::WaitedEngine engine_;
    };

    [[nodiscard]] std::optional<MessageState> state_of(Program& program, std::uint32_t uid) {
        const auto& mailbox = *program.point().mailbox;
        for (const auto& chunk : mailbox.chunks)
            for (const MessageRow& row : *chunk)
                if (row.uid == uid)
                    return mailbox.state_of(row);
        return std::nullopt;
    }

    const fakes::ScratchFolder folder_;
    std::mutex manner_mutex_;
    std::function<demo::Manner(const std::string&)> manner_;
    std::unique_ptr<demo::Server> server_;
};

TEST_F(EngineWatch, who_stops_a_check_or_a_run_still_knows_the_last_check) {
    serve();
    Program window(*this);
    ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    const auto checked = window.point().checked_at;
    for (const bool takes : {false, true}) {
        std::atomic<JobId> job = 0;
        treat([&](const std::string& command) {
            if (command.find(takes ? "(UID B" : "FETCH") == std::string::npos)
                return demo::Manner::honest;
            while (job == 0)
                std::this_thread::yield();
            (*window).cancel(job);
            return demo::Manner::hang_up;
        });
        job = takes ? (*window).post(Take{"p", {}, false}) : (*window).post(OpenPoint{"p"});
        EXPECT_EQ(window.ended(job).state, JobView::State::cancelled);
        treat({});
        EXPECT_EQ(window.point().health, PointHealth::ok);
        EXPECT_EQ(window.point().checked_at, checked);
    }
}

TEST_F(EngineWatch, a_window_sees_what_another_program_of_the_workspace_does) {
    serve();
    Program window(*this), command(*this);
    ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_EQ(command.do_job(Take{"p", {1, 2, 3}, false}).state, JobView::State::done);
    window.shows(Status::taken, 3);
    EXPECT_EQ(command.do_job(Remove{"p", {4}}).state, JobView::State::done);
    window.shows(Status::hidden, 1);
    EXPECT_EQ(command.do_job(Restore{"p", {{4, 0}}}).state, JobView::State::done);
    window.shows(Status::new_, 2);
    const JobView removed = command.do_job(Remove{"p", {1, 2}, true});
    EXPECT_EQ(removed.removed.size(), 2U);
    window.shows(Status::quarantined, 2);
    EXPECT_EQ(state_of(window, 3)->status, Status::taken);
    // What comes back has new numbers, and is no news.
    EXPECT_EQ(command.do_job(Restore{"p", removed.removed}).state, JobView::State::done);
    window.shows(Status::taken, 3);
    const auto put_back = window.point().mailbox->put_back;
    ASSERT_TRUE(put_back);
    EXPECT_EQ(*put_back, (std::set<std::uint32_t>{mails + 1, mails + 2}));
    EXPECT_EQ(state_of(window, mails + 2)->status, Status::taken);
    // Also what the window itself has removed.
    const JobView own = window.do_job(Remove{"p", {3}, true});
    ASSERT_EQ(own.removed.size(), 1U);
    window.shows(Status::taken, 2);
    EXPECT_EQ(command.do_job(Restore{"p", own.removed}).state, JobView::State::done);
    window.shows(Status::taken, 3);
    EXPECT_FALSE(state_of(window, 3));
}

TEST_F(EngineWatch, what_is_shown_already_is_not_shown_again) {
    serve();
    Program window(*this);
    ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    ASSERT_EQ(window.do_job(Take{"p", {1, 2}, false}).state, JobView::State::done);
    const auto before = window.point().mailbox;
    Program command(*this);
    for (const std::uint32_t uid : {3U, 4U}) {
        ASSERT_EQ(command.do_job(Remove{"p", {uid}}).state, JobView::State::done);
        window.shows(Status::hidden, uid - 2);
    }
    const auto now = window.point().mailbox;
    EXPECT_EQ(now->states_version, before->states_version + 2) << "one change each";
    for (const std::uint32_t uid : {1U, 2U})
        EXPECT_EQ(now->changes.find(uid), before->changes.find(uid)) << "the very same state";
}

TEST_F(EngineWatch, a_removal_that_waits_is_named_and_can_be_called_off) {
    serve();
    Program window(*this);
    ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    std::atomic<bool> go_on = false;
    treat([&](const std::string& command) {
        while (!go_on && command.find("(UID B") != std::string::npos)
            std::this_thread::yield();
        return demo::Manner::honest;
    });
    const JobId take = (*window).post(Take{"p", {1}, false});
    static_cast<void>(window.wait_until([&](const Snapshot& now) {
        const JobView* job = now.job(take);
        return job != nullptr && job->state == JobView::State::running;
    }));
    const JobId removal = (*window).post(Remove{"p", {3, 2}});
    const auto waiting =
        window.wait_until([&](const Snapshot& now) { return now.job(removal) != nullptr; });
    EXPECT_EQ(waiting->job(removal)->state, JobView::State::waiting);
    EXPECT_EQ(waiting->job(removal)->about, (std::vector<std::uint32_t>{2, 3}));
    (*window).cancel(removal);
    go_on = true;
    EXPECT_EQ(window.ended(take).state, JobView::State::done);
    EXPECT_EQ(window.ended(removal).state, JobView::State::cancelled);
    EXPECT_EQ(state_of(window, 2)->status, Status::new_);
}

TEST_F(EngineWatch, removing_and_restoring_tell_how_far_they_have_come) {
    serve();
    Program window(*this);
    ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    ASSERT_EQ(window.do_job(Take{"p", {}, false}).state, JobView::State::done);
    std::uint64_t octets = 0;
    for (int number = 1; number <= mails; ++number)
        octets += mail_with(number).raw.size();
    const JobView removed = window.do_job(Remove{"p", {1, 2, 3, 4, 5}, true});
    ASSERT_EQ(removed.removed.size(), 5U);
    EXPECT_EQ(removed.octets_total, octets);
    EXPECT_EQ(removed.octets_done, octets);
    const JobView restored = window.do_job(Restore{"p", removed.removed});
    EXPECT_EQ(restored.messages_done, 5U);
    EXPECT_EQ(restored.octets_total, octets);
    EXPECT_EQ(restored.octets_done, octets);
}

TEST_F(EngineWatch, messages_of_one_time_come_back_in_the_order_that_they_had) {
    serve();
    Program window(*this);
    ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    ASSERT_EQ(window.do_job(Take{"p", {}, false}).state, JobView::State::done);
    JobView removed = window.do_job(Remove{"p", {1, 2, 3, 4}, true});
    ASSERT_EQ(removed.removed.size(), 4U);
    std::ranges::reverse(removed.removed);
    EXPECT_EQ(window.do_job(Restore{"p", removed.removed}).state, JobView::State::done);
    const auto inbox = server_->inbox();
    ASSERT_EQ(inbox.size(), 5U);
    for (std::size_t i = 1; i < inbox.size(); ++i)
        EXPECT_EQ(inbox[i].mail.raw, mail_with(static_cast<int>(i)).raw);
}

TEST_F(EngineWatch, what_is_only_marked_to_be_deleted_is_shown_as_such) {
    demo::Options options;
    options.uidplus = false;
    serve(options);
    server_->mark_message(5, "\\Deleted");
    Program window(*this);
    ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    ASSERT_EQ(window.do_job(Take{"p", {1, 2}, false}).state, JobView::State::done);
    const JobView job = window.do_job(Remove{"p", {1}, true, false, Remove::Others::only_mark});
    ASSERT_EQ(job.marked_uids, (std::vector<std::uint32_t>{1}));
    for (int look = 0; look < 2; ++look) {
        EXPECT_EQ(state_of(window, 1)->status, Status::taken);
        EXPECT_TRUE(state_of(window, 1)->is_marked);
        EXPECT_FALSE(state_of(window, 2)->is_marked);
        EXPECT_FALSE(state_of(window, 5)->is_marked) << "that is somebody else's mark";
        ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    }
    server_->unmark_message(1, "\\Deleted");
    ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_FALSE(state_of(window, 1)->is_marked) << "somebody has taken the mark back";
}

TEST_F(EngineWatch, what_a_mailbox_that_was_made_anew_has_is_not_put_beside_it) {
    serve();
    std::vector<Restore::Which> removed;
    {
        Program window(*this);
        ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
        ASSERT_EQ(window.do_job(Take{"p", {}, false}).state, JobView::State::done);
        removed = window.do_job(Remove{"p", {2, 3}, true}).removed;
        ASSERT_EQ(removed.size(), 2U);
    }
    demo::Options options;
    options.uid_validity = 4711;
    serve(options);
    // Nothing but a Message-ID is alike.
    server_->replace_message(3, [] {
        demo::Mail other = mail_with(3);
        other.raw.replace(other.raw.find("%PDF"), 4, "%pdf");
        return other;
    }());
    Program window(*this);
    ASSERT_EQ(window.do_job(OpenPoint{"p"}).state, JobView::State::done);
    const auto searches = [&] {
        const auto commands = server_->commands();
        return std::ranges::count_if(commands, [](const std::string& command) {
            return command.find("UID SEARCH") != std::string::npos &&
                   command.find("HEADER") != std::string::npos;
        });
    };
    const auto before = searches();
    const JobView back = window.do_job(Restore{"p", removed});
    EXPECT_EQ(back.state, JobView::State::done);
    EXPECT_TRUE(back.kept.empty());
    EXPECT_EQ(back.messages_done, 2U);
    EXPECT_EQ(back.were_there, 1U);
    EXPECT_EQ(searches() - before, 2) << "each is looked for once";
    const auto inbox = server_->inbox();
    ASSERT_EQ(inbox.size(), static_cast<std::size_t>(mails) + 1) << "and what is another one";
    EXPECT_EQ(inbox.back().mail.raw, mail_with(3).raw);
    const JobView kept = window.do_job(LookUpQuarantine{"p"});
    ASSERT_TRUE(kept.quarantine);
    EXPECT_TRUE(kept.quarantine->empty());
}

}  // namespace
}  // namespace mail
