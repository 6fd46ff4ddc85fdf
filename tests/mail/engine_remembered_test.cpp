// The list of a mailbox that is kept between two runs: shown before the server has answered,
// brought up to date by what has changed, and never enough to take or remove anything by. Through
// the engine, on the demo's server.

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/engine.h"
#include "mail/imap/claim.h"
#include "mail/store/list_cache.h"
#include "mail/work/message.h"
#include "tests/fakes/numbered_mail.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/skipped_time.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

using fakes::mail_with;

constexpr int mails = 8;
using Subjects = std::map<std::uint32_t, std::string>;

class EngineRemembered : public testing::Test {
protected:
    void serve(demo::Options options = {}, int first = 1) {
        options.manner = [this](const std::string& command) {
            const std::scoped_lock lock(manner_mutex_);
            return manner_ ? manner_(command) : demo::Manner::honest;
        };
        std::vector<demo::Mail> all;
        for (int number = first; number < first + mails; ++number)
            all.push_back(mail_with(number));
        server_ = demo::Server::start(std::move(all), options).value();
        endpoint_ = server_->endpoint();
    }
    void treat(std::function<demo::Manner(const std::string&)> manner) {
        const std::scoped_lock lock(manner_mutex_);
        manner_ = std::move(manner);
    }

    /// A program on the one workspace, for one run.
    class Program {
    public:
        explicit Program(EngineRemembered& test, const std::string& version = "1.0") {
            point::Point point;
            point.id = point.name = "p";
            // Where it was, whichever server is there now; all are one to the list.
            point.connection.server = test.endpoint_.host;
            point.connection.port = test.endpoint_.port;
            point.connection.encryption = test.endpoint_.encryption;
            point.connection.login = "demo";
            point.general.folder = test.folder_ / "out";
            point.general.allow_delete_from_mailbox = true;
            Engine::Setup setup{
                point::Workspace::open(real_disk(), test.folder_ / "workspace").value(),
                memory_secret_store(),
                {{point, "", false, Secret("demo"), ""}},
                "tester"};
            setup.password = Secret("demo");
            setup.time = &time_;
            setup.keeps_lists_of = version;
            setup.keeps_live = !version.empty();
            setup.tries_again_after = std::chrono::milliseconds(1);
            engine_.start(std::move(setup));
        }
        Engine& operator*() { return *engine_; }
        std::shared_ptr<const Snapshot>
        wait_until(const std::function<bool(const Snapshot&)>& holds) {
            return engine_.wait_until(holds);
        }
        JobView ended(JobId id) { return engine_.ended(id); }
        JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
        /// Nothing where no list is shown.
        [[nodiscard]] std::shared_ptr<const MailboxView> mailbox() {
            return engine_->snapshot()->point("p")->mailbox;
        }
        [[nodiscard]] Subjects subjects() {
            Subjects subjects;
            if (const auto shown = mailbox())
                for (const auto& chunk : shown->chunks)
                    for (const MessageRow& row : *chunk)
                        subjects.emplace(row.uid, row.subject);
            return subjects;
        }
        [[nodiscard]] std::vector<std::uint32_t> uids_as_shown() {
            std::vector<std::uint32_t> uids;
            for (const auto& chunk : mailbox()->chunks)
                for (const MessageRow& row : *chunk)
                    uids.push_back(row.uid);
            return uids;
        }
        [[nodiscard]] MessageState state_of(std::uint32_t uid) {
            const auto shown = mailbox();
            for (const auto& chunk : shown->chunks)
                for (const MessageRow& row : *chunk)
                    if (row.uid == uid)
                        return shown->state_of(row);
            ADD_FAILURE() << uid << " is not listed";
            return {};
        }

    private:
        fakes::SkippedTime time_;
        fakes::WaitedEngine engine_;
    };

    [[nodiscard]] bool has_list() const {
        const auto lists = store::ListCache::open(folder_ / "workspace/lists.db").value();
        return lists->read({"p", "demo@" + endpoint_.host, "INBOX"}).value() != nullptr;
    }
    void open_once(const std::string& version = "1.0") {
        Program program(*this, version);
        const JobView job = program.do_job(OpenPoint{"p"});
        ASSERT_EQ(job.state, JobView::State::done) << name_of(job.error.value_or(Error{}).cause);
        ASSERT_EQ(program.subjects().size(), server_->inbox().size());
    }
    /// How many messages were asked for what they are.
    [[nodiscard]] std::size_t listings_since(std::size_t commands) const {
        const auto all = server_->commands();
        return static_cast<std::size_t>(
            std::count_if(all.begin() + static_cast<std::ptrdiff_t>(commands), all.end(),
                          [](const std::string& command) {
                              return command.find("ENVELOPE") != std::string::npos;
                          }));
    }
    [[nodiscard]] static Subjects as_in(const demo::Server& server) {
        Subjects subjects;
        for (const auto& kept : server.inbox()) {
            const auto at = kept.mail.raw.find("Subject: ") + 9;
            subjects.emplace(kept.uid, kept.mail.raw.substr(at, kept.mail.raw.find('\r', at) - at));
        }
        return subjects;
    }

    const fakes::ScratchFolder folder_;
    std::mutex manner_mutex_;
    std::function<demo::Manner(const std::string&)> manner_;
    std::unique_ptr<demo::Server> server_;
    net::Endpoint endpoint_;
};

TEST_F(EngineRemembered, the_list_is_there_without_a_server_and_nothing_is_taken_by_it) {
    serve();
    {
        Program program(*this);
        ASSERT_EQ(program.do_job(Take{"p", {2}, false}).state, JobView::State::done);
        ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    }
    const Subjects before = as_in(*server_);
    server_.reset();
    Program program(*this);
    EXPECT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::failed);
    EXPECT_EQ(program.subjects(), before);
    EXPECT_EQ(program.state_of(2).status, Status::taken);
    EXPECT_EQ(program.state_of(3).status, Status::new_);
    EXPECT_FALSE(program.mailbox()->complete);
    EXPECT_EQ(program.mailbox()->count_of(Status::new_), mails - 1U);
    const auto shown = program.uids_as_shown();
    EXPECT_TRUE(std::ranges::is_sorted(shown, std::greater<>()));
    EXPECT_EQ(program.do_job(Take{"p", {3}, false}).state, JobView::State::failed);
    EXPECT_EQ(program.do_job(Remove{"p", {3}}).state, JobView::State::failed);
    EXPECT_EQ(program.do_job(Remove{"p", {3}, true}).state, JobView::State::failed);
    EXPECT_EQ(program.state_of(3).status, Status::new_);
}

TEST_F(EngineRemembered, a_message_with_a_file_in_its_text_is_new_before_the_server_has_answered) {
    serve();
    server_->add_message({"From: Ala <ala@firma.example>\r\nSubject: W tekscie\r\n"
                          "Message-ID: <tekst@firma.example>\r\n\r\nDzien dobry\r\n\r\n"
                          "begin 644 faktura.pdf\r\n#4$1&\r\n`\r\nend\r\n",
                          std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000))});
    open_once();
    const auto uid = server_->inbox().back().uid;
    server_.reset();
    Program program(*this);
    EXPECT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::failed);
    EXPECT_EQ(program.state_of(uid).status, Status::new_);
    EXPECT_EQ(program.mailbox()->count_of(Status::new_), mails + 1U);
}

TEST_F(EngineRemembered, what_came_went_and_was_marked_shows_after_reopening) {
    serve();
    open_once();
    server_->remove_message(3);
    server_->add_message(mail_with(100));
    server_->mark_message(5, imap::keyword_of(0xABCDEF01));
    const std::size_t commands = server_->commands().size();
    for (const std::size_t listings : {2U, 3U}) {
        Program program(*this);
        ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
        EXPECT_EQ(program.subjects(), as_in(*server_));
        EXPECT_TRUE(program.mailbox()->complete);
        EXPECT_EQ(program.state_of(5).status, Status::taken_elsewhere);
        EXPECT_EQ(program.state_of(4).status, Status::new_);
        const auto shown = program.uids_as_shown();
        EXPECT_TRUE(std::ranges::is_sorted(shown, std::greater<>()));
        // Those behind the remembered ones are asked for, and once more where the number of all
        // does not fit, which is so the first time; nothing else is.
        EXPECT_EQ(listings_since(commands), listings);
    }
    server_->unmark_message(5, imap::keyword_of(0xABCDEF01));
    Program program(*this);
    ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_EQ(program.state_of(5).status, Status::new_);
    // In the same run, too.
    server_->mark_message(6, imap::keyword_of(0xABCDEF01));
    server_->remove_message(1);
    ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_EQ(program.subjects(), as_in(*server_));
    EXPECT_EQ(program.state_of(6).status, Status::taken_elsewhere);
}

TEST_F(EngineRemembered, without_condstore_marks_are_never_old) {
    demo::Options options;
    options.condstore = false;
    serve(options);
    open_once();
    server_->mark_message(5, imap::keyword_of(0xABCDEF01));
    server_->remove_message(2);
    Program program(*this);
    ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_EQ(program.subjects(), as_in(*server_));
    EXPECT_EQ(program.state_of(5).status, Status::taken_elsewhere);
}

TEST_F(EngineRemembered, without_condstore_no_remembered_message_is_asked_for_more_than_its_flags) {
    demo::Options options;
    options.condstore = false;
    serve(options);
    open_once();
    server_->mark_message(5, imap::keyword_of(0xABCDEF01));
    server_->remove_message(2);
    server_->add_message(mail_with(100));
    for (std::size_t run = 1; run <= 2; ++run) {
        const std::size_t commands = server_->commands().size();
        Program program(*this);
        ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
        EXPECT_EQ(program.subjects(), as_in(*server_));
        EXPECT_EQ(program.state_of(5).status, Status::taken_elsewhere);
        EXPECT_EQ(program.state_of(4).status, Status::new_);
        EXPECT_EQ(listings_since(commands), 1U) << "those behind the remembered ones";
    }
    server_->unmark_message(5, imap::keyword_of(0xABCDEF01));
    Program program(*this);
    ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_EQ(program.state_of(5).status, Status::new_);
}

TEST_F(EngineRemembered, under_another_uidvalidity_all_is_listed_anew) {
    serve();
    open_once();
    demo::Options options;
    options.uid_validity = 7;
    serve(options, 50);
    for (int run = 0; run < 2; ++run) {
        Program program(*this);
        ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
        EXPECT_EQ(program.subjects(), as_in(*server_));
        EXPECT_EQ(program.subjects().at(1), "Faktura 50");
    }
}

TEST_F(EngineRemembered, a_damaged_file_is_done_without_and_made_anew) {
    serve();
    open_once();
    const std::string path = folder_ / "workspace/lists.db";
    ASSERT_TRUE(std::ifstream(path).good());
    std::ofstream(path, std::ios::binary) << std::string(100'000, 'x');
    open_once();
    server_.reset();
    Program program(*this);
    EXPECT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::failed);
    EXPECT_EQ(program.subjects().size(), std::size_t{mails});
}

TEST_F(EngineRemembered, no_list_is_kept_where_the_workspace_says_so_and_a_running_program_obeys) {
    serve();
    const auto is_kept = [&] {
        Program later(*this);
        auto stopped = std::exchange(server_, nullptr);
        stopped.reset();
        const bool is_shown = later.do_job(OpenPoint{"p"}).state == JobView::State::failed &&
                              !later.subjects().empty();
        serve();
        return is_shown;
    };
    {
        Program runs(*this), other(*this);
        ASSERT_EQ(runs.do_job(OpenPoint{"p"}).state, JobView::State::done);
        ASSERT_TRUE(has_list());
        point::Retention none;
        none.list_days = 0;
        ASSERT_EQ(other.do_job(SaveRetention{none}).state, JobView::State::done);
        EXPECT_FALSE(has_list()) << "what was there went at once";
        server_->add_message(mail_with(100));
        ASSERT_EQ(runs.do_job(OpenPoint{"p"}).state, JobView::State::done);
    }
    EXPECT_FALSE(is_kept());
    {
        Program program(*this);
        ASSERT_EQ(program.do_job(SaveRetention{{}}).state, JobView::State::done);
        ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    }
    EXPECT_TRUE(is_kept());
}

TEST_F(EngineRemembered, lists_that_are_not_to_be_kept_any_more_go_when_a_program_starts) {
    serve();
    open_once();
    ASSERT_TRUE(has_list());
    std::ofstream(folder_ / "workspace/workspace.json") << R"({"lists_kept_days":0})";
    Program program(*this, "");
    ASSERT_EQ(program.do_job(ReloadPoints{}).state, JobView::State::done);
    EXPECT_FALSE(has_list());
}

TEST_F(EngineRemembered, rows_of_another_version_of_the_program_are_not_shown) {
    serve();
    open_once("1.0");
    const std::size_t commands = server_->commands().size();
    open_once("1.1");
    EXPECT_GT(listings_since(commands), 0U);
    server_.reset();
    Program program(*this, "1.0");
    EXPECT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::failed);
    EXPECT_TRUE(program.subjects().empty());
}

TEST_F(EngineRemembered, two_programs_bring_one_list_up_to_date) {
    serve();
    Program one(*this), other(*this);
    ASSERT_EQ(one.do_job(OpenPoint{"p"}).state, JobView::State::done);
    for (int round = 0; round < 3; ++round) {
        server_->add_message(mail_with(100 + round));
        server_->remove_message(static_cast<std::uint32_t>(1 + round));
        for (Program* program : {&other, &one}) {
            ASSERT_EQ(program->do_job(OpenPoint{"p"}).state, JobView::State::done);
            EXPECT_EQ(program->subjects(), as_in(*server_));
        }
    }
}

TEST_F(EngineRemembered, a_take_begun_while_the_remembered_list_shows_waits_for_the_new_one) {
    serve();
    open_once();
    server_->remove_message(3);
    server_->mark_message(5, imap::keyword_of(0xABCDEF01));
    server_->add_message(mail_with(100));
    Program program(*this);
    std::mutex mutex;
    std::condition_variable shown;
    bool may_go_on = false;
    treat([&](const std::string& command) {
        if (command.find("EXAMINE") != std::string::npos) {
            std::unique_lock lock(mutex);
            shown.wait(lock, [&] { return may_go_on; });
        }
        return demo::Manner::honest;
    });
    (void)(*program).post(OpenPoint{"p"});
    static_cast<void>(program.wait_until([](const Snapshot& now) {
        return now.point("p")->mailbox && !now.point("p")->mailbox->chunks.empty();
    }));
    EXPECT_TRUE(program.subjects().contains(3));
    const JobId take = (*program).post(Take{"p", {}, false});
    {
        const std::scoped_lock lock(mutex);
        may_go_on = true;
        shown.notify_all();
    }
    const JobView taken = program.ended(take);
    treat({});
    EXPECT_EQ(taken.state, JobView::State::done);
    // All but the one that is gone and the one that another has; the new one, too.
    EXPECT_EQ(taken.documents, mails - 1U);
    EXPECT_EQ(program.state_of(5).status, Status::taken_elsewhere);
    EXPECT_EQ(program.state_of(9).status, Status::taken);
}

TEST_F(EngineRemembered, whose_mark_came_after_the_list_is_not_taken_by_a_remembered_row) {
    serve();
    open_once();
    Program program(*this);
    ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    server_->mark_message(5, imap::keyword_of(0xABCDEF01));
    EXPECT_EQ(program.do_job(Take{"p", {}, false}).documents, mails - 1U);
    // Told by the take, or, when the open line is faster, by the list.
    EXPECT_TRUE(work::is_claimed_elsewhere(program.state_of(5)));
}

TEST_F(EngineRemembered, a_server_that_breaks_when_it_is_asked_for_changes_is_listed_as_ever) {
    serve();
    open_once();
    server_->add_message(mail_with(100));
    treat([](const std::string& command) {
        return command.find("CHANGEDSINCE") != std::string::npos ? demo::Manner::hang_up
                                                                 : demo::Manner::honest;
    });
    Program program(*this);
    ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_EQ(program.subjects(), as_in(*server_));
    treat({});
}

TEST_F(EngineRemembered, a_server_that_is_lost_in_the_middle_of_a_list_leaves_no_gap) {
    serve();
    open_once();
    for (int number = 100; number < 350; ++number)
        server_->add_message(mail_with(number));
    server_->mark_message(4, imap::keyword_of(0xABCDEF01));
    bool first = true;
    treat([&](const std::string& command) {
        const bool is_listing = command.find("ENVELOPE") != std::string::npos &&
                                command.find("9:208") == std::string::npos;
        if (!is_listing || !std::exchange(first, false))
            return demo::Manner::honest;
        server_->mark_message(7, imap::keyword_of(0xABCDEF01));
        return demo::Manner::hang_up;
    });
    {
        Program program(*this);
        ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
        EXPECT_EQ(program.subjects(), as_in(*server_));
    }
    treat({});
    EXPECT_FALSE(first);
    Program program(*this);
    ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_EQ(program.subjects(), as_in(*server_));
    EXPECT_EQ(program.state_of(4).status, Status::taken_elsewhere);
    EXPECT_EQ(program.state_of(7).status, Status::taken_elsewhere);
}

TEST_F(EngineRemembered, new_mail_shows_by_itself_also_after_a_job_and_a_lost_line) {
    serve();
    Program program(*this);
    ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    const auto shows = [&](std::size_t messages) {
        static_cast<void>(program.wait_until([&](const Snapshot& now) {
            const auto& mailbox = now.point("p")->mailbox;
            return mailbox->complete && mailbox->expected == messages;
        }));
        EXPECT_EQ(program.subjects(), as_in(*server_));
    };
    server_->add_message(mail_with(100));
    shows(mails + 1);
    server_->remove_message(2);
    shows(mails);
    // A job does not wait for the server to say something.
    EXPECT_EQ(program.do_job(Take{"p", {3}, false}).documents, 1U);
    std::atomic<int> lines_cut = 0;
    treat([&](const std::string& command) {
        const bool cuts = command.find("IDLE") != std::string::npos && lines_cut < 2;
        lines_cut += cuts ? 1 : 0;
        return cuts ? demo::Manner::hang_up : demo::Manner::honest;
    });
    server_->add_message(mail_with(101));
    shows(mails + 1);
    while (lines_cut < 2)
        std::this_thread::yield();
    server_->add_message(mail_with(102));
    shows(mails + 2);
    treat({});
}

TEST_F(EngineRemembered, nobody_waits_for_news_where_nothing_is_kept_live) {
    serve();
    Program program(*this, "");
    ASSERT_EQ(program.do_job(OpenPoint{"p"}).state, JobView::State::done);
    ASSERT_EQ(program.do_job(Take{"p", {3}, false}).state, JobView::State::done);
    const auto all = server_->commands();
    EXPECT_TRUE(std::ranges::none_of(
        all, [](const std::string& command) { return command.find("IDLE") != std::string::npos; }));
    EXPECT_FALSE(std::ifstream(folder_ / "workspace/lists.db").good());
}

}  // namespace
}  // namespace mail
