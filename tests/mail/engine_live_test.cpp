// How a list that is open stays up to date: it waits for the server to tell news, or asks from time
// to time where the server does not tell, whatever others do on the workspace meanwhile. Through
// the engine, on the demo's server.

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/store/ledger.h"
#include "tests/fakes/numbered_mail.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_seconds;

using fakes::mail_with;

class EngineLive : public testing::Test {
protected:
    void SetUp() override {
        point_.id = point_.name = "p";
        point_.connection.login = "demo";
        point_.general.folder = folder_ / "out";
    }
    void TearDown() override { goes_on_ = true; }

    void serve(std::vector<demo::Mail> mails, demo::Options options = {}) {
        options.manner = [this](const std::string& command) {
            std::function<demo::Manner(const std::string&)> manner;
            {
                const std::scoped_lock lock(manner_mutex_);
                manner = manner_;
            }
            return manner ? manner(command) : demo::Manner::honest;
        };
        server_ = demo::Server::start(std::move(mails), options).value();
        point_.connection.server = server_->endpoint().host;
        point_.connection.port = server_->endpoint().port;
        point_.connection.encryption = server_->endpoint().encryption;
    }
    void treat(std::function<demo::Manner(const std::string&)> manner) {
        const std::scoped_lock lock(manner_mutex_);
        manner_ = std::move(manner);
    }
    void treat_idle(std::function<demo::Manner()> manner) {
        treat([manner = std::move(manner)](const std::string& command) {
            return command.find(" IDLE") == std::string::npos ? demo::Manner::honest : manner();
        });
    }

    void start() {
        Engine::Setup setup{point::Workspace::open(real_disk(), folder_ / "workspace").value(),
                            memory_secret_store(),
                            {{point_, "", false, Secret("demo"), ""}},
                            "tester"};
        setup.keeps_live = true;
        setup.keeps_lists_of = "1.0";
        setup.tries_again_after = 1ms;
        setup.follows_ledger_every = 5ms;
        setup.checks_every = checks_every_;
        setup.line_answers_in = line_answers_in_;
        setup.wall_time = [this] { return std::chrono::system_clock::now() + slept_.load(); };
        setup.looks_around_every = 10ms;
        engine_.start(std::move(setup));
    }
    void open() { ASSERT_EQ(engine_.do_job(OpenPoint{"p"}).state, JobView::State::done); }

    /// False after a while in vain.
    bool comes_true(const std::function<bool()>& condition) {
        for (const auto until = Clock::now() + 20s; Clock::now() < until;) {
            if (condition())
                return true;
            std::this_thread::sleep_for(2ms);
        }
        return false;
    }
    [[nodiscard]] std::size_t shown() {
        const auto mailbox = engine_.shown()->point("p")->mailbox;
        return mailbox && mailbox->complete ? mailbox->expected : 0;
    }
    bool shows(std::size_t messages) {
        return comes_true([&] { return shown() == messages; });
    }
    [[nodiscard]] std::ptrdiff_t count_of(const std::string& part) const {
        return std::ranges::count_if(server_->commands(), [&](const std::string& command) {
            return command.find(part) != std::string::npos;
        });
    }

    /// Another program commits something at every moment, until this goes.
    class Busy {
    public:
        explicit Busy(const std::string& ledger)
            : ledger_(store::Ledger::open(ledger).value()), thread_([this] {
                  while (!ends_) {
                      store::Action action;
                      action.what = store::Action::What::folder_set;
                      action.who = "somebody";
                      EXPECT_TRUE(ledger_->note(action));
                      std::this_thread::sleep_for(10ms);
                  }
              }) {}
        ~Busy() {
            ends_ = true;
            thread_.join();
        }
        Busy(const Busy&) = delete;
        Busy& operator=(const Busy&) = delete;

    private:
        std::atomic<bool> ends_ = false;
        std::unique_ptr<store::Ledger> ledger_;
        std::thread thread_;
    };

    const fakes::ScratchFolder folder_;
    point::Point point_;
    std::chrono::milliseconds checks_every_ = 5min, line_answers_in_ = 30s;
    std::atomic<std::chrono::hours> slept_{0h};
    std::atomic<bool> goes_on_ = false;
    std::mutex manner_mutex_;
    std::function<demo::Manner(const std::string&)> manner_;
    std::unique_ptr<demo::Server> server_;
    fakes::WaitedEngine engine_;
};

TEST_F(EngineLive, others_at_work_do_not_keep_it_from_asking) {
    checks_every_ = 400ms;
    serve({mail_with(1)});
    treat_idle([] { return demo::Manner::busy; });
    start();
    open();
    const Busy busy(folder_ / "workspace/state.db");
    for (int number = 2; number <= 4; ++number) {
        server_->add_message(mail_with(number));
        EXPECT_TRUE(shows(static_cast<std::size_t>(number))) << number;
    }
}

TEST_F(EngineLive, others_at_work_do_not_hold_up_when_it_was_last_checked) {
    checks_every_ = 400ms;
    serve({mail_with(1)});
    start();
    open();
    const Busy busy(folder_ / "workspace/state.db");
    const auto checked = [&] { return engine_.shown()->point("p")->checked_at; };
    for (int times = 0; times < 3; ++times) {
        const auto before = checked();
        EXPECT_TRUE(comes_true([&] { return checked() != before; }));
    }
}

TEST_F(EngineLive, a_server_that_is_too_busy_to_tell_news_is_asked_again_to_tell_them) {
    checks_every_ = 20ms;
    serve({mail_with(1)});
    treat_idle([] { return demo::Manner::busy; });
    start();
    open();
    EXPECT_TRUE(comes_true([&] { return count_of(" IDLE") >= 3; }));
    server_->add_message(mail_with(2));
    EXPECT_TRUE(shows(2)) << "by asking";
}

TEST_F(EngineLive, a_server_that_does_not_answer_to_idle_is_asked_a_few_times_and_then_polled) {
    checks_every_ = 50ms;
    line_answers_in_ = 50ms;
    serve({mail_with(1)});
    treat_idle([this] {
        while (!goes_on_)
            std::this_thread::sleep_for(1ms);
        return demo::Manner::hang_up;
    });
    start();
    open();
    // Once may be the line's fault.
    EXPECT_TRUE(comes_true([&] { return count_of(" IDLE") == 3; }));
    for (int number = 2; number <= 6; ++number) {
        server_->add_message(mail_with(number));
        EXPECT_TRUE(shows(static_cast<std::size_t>(number))) << number;
    }
    EXPECT_EQ(count_of(" IDLE"), 3);
    // In another network it may be otherwise.
    slept_ = 8h;
    EXPECT_TRUE(comes_true([&] { return count_of(" IDLE") > 3; }));
    goes_on_ = true;
}

TEST_F(EngineLive, a_long_list_without_condstore_is_told_news_too) {
    demo::Options options;
    options.condstore = false;
    std::vector<demo::Mail> mails;
    for (int number = 1; number <= 2100; ++number)
        mails.push_back(mail_with(number));
    serve(std::move(mails), options);
    start();
    open();
    server_->add_message(mail_with(3000));
    EXPECT_TRUE(shows(2101));
    server_->remove_message(7);
    EXPECT_TRUE(shows(2100));
    // Those that may have come are asked for what they are, and no others.
    const auto lists = [&] { return count_of("ENVELOPE") - count_of("UID FETCH 210"); };
    const auto before = lists();
    server_->add_message(mail_with(3001));
    EXPECT_TRUE(shows(2101));
    EXPECT_EQ(lists(), before);
}

TEST_F(EngineLive, a_mailbox_that_mails_leave_goes_silent_too) {
    point_.general.take_by_itself = true;
    point_.general.allow_delete_from_mailbox = true;
    point_.general.delete_after_document = true;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const sys_seconds last = now - std::chrono::days(8);
    std::vector<demo::Mail> mails;
    for (int number = 0; number < 24; ++number)
        mails.push_back(mail_with(number + 1, last - (23 - number) * 12h));
    serve(std::move(mails));
    for (int run = 0; run < 2; ++run) {
        start();
        open();
        EXPECT_TRUE(comes_true([&] { return server_->inbox().empty(); }));
        open();
        EXPECT_EQ(shown(), 0U);
        const auto silence = engine_.shown()->point("p")->silence;
        ASSERT_TRUE(silence);
        EXPECT_EQ(silence->since, last);
        EXPECT_LT(silence->unusual_from, now);
    }
    // What comes ends it, and is counted once, here and in the ledger.
    server_->add_message(mail_with(100, now - 1min));
    EXPECT_TRUE(comes_true([&] {
        const auto silence = engine_.shown()->point("p")->silence;
        return silence && silence->since == now - 1min && silence->unusual_from > now;
    }));
}

TEST_F(EngineLive, a_message_that_was_taken_and_is_still_there_is_no_habit_twice) {
    point_.general.take_by_itself = true;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::vector<demo::Mail> mails;
    for (int number = 1; number <= 12; ++number)
        mails.push_back(mail_with(number, now - number * 12h));
    serve(std::move(mails));
    start();
    open();
    static_cast<void>(engine_.wait_until([](const Snapshot& snapshot) {
        return snapshot.point("p")->mailbox->count_of(Status::taken) == 12;
    }));
    open();
    EXPECT_FALSE(engine_.shown()->point("p")->silence) << "twelve are no habit yet";
}

}  // namespace
}  // namespace mail
