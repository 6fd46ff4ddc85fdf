// A line that is lost without a word, as behind a router that has forgotten it: it is noticed, made
// anew, and then the server tells news as before. Through the engine, on the demo's server.

#include <algorithm>
#include <functional>
#include <thread>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"
#include "tests/servers/relay.h"

namespace servers {
namespace {

using namespace std::chrono_literals;
using mail::demo::Server;

mail::demo::Mail mail_with(int number) {
    return {"From: Ala <ala@firma.example>\r\nSubject: Faktura " + std::to_string(number) +
                "\r\nMessage-ID: <" + std::to_string(number) +
                "@firma.example>\r\n\r\nDzie\xc5\x84 dobry\r\n",
            std::chrono::sys_seconds(1'780'000'000s)};
}

class StalledLine : public testing::Test {
protected:
    void SetUp() override {
        mail::point::Point point;
        point.id = point.name = "p";
        point.connection.login = "demo";
        point.connection.server = "127.0.0.1";
        point.connection.port = relay_.port();
        point.connection.encryption = mail::net::Encryption::none;
        mail::Engine::Setup setup{
            mail::point::Workspace::open(mail::real_disk(), folder_ / "workspace").value(),
            mail::memory_secret_store(),
            {{point, "", false, mail::Secret("demo"), ""}},
            "tester"};
        setup.keeps_live = true;
        setup.keeps_lists_of = "1.0";
        setup.tries_again_after = 1ms;
        setup.checks_every = 1s;
        setup.line_answers_in = 500ms;
        engine_.start(std::move(setup));
        ASSERT_EQ(engine_.do_job(mail::OpenPoint{"p"}).state, mail::JobView::State::done);
    }

    /// False after a while in vain.
    static bool comes_true(const std::function<bool()>& condition) {
        using Clock = std::chrono::steady_clock;
        for (const auto until = Clock::now() + 20s; Clock::now() < until;) {
            if (condition())
                return true;
            std::this_thread::sleep_for(2ms);
        }
        return false;
    }
    [[nodiscard]] std::ptrdiff_t count_of(const std::string& part) const {
        return std::ranges::count_if(server_->commands(), [&](const std::string& command) {
            return command.find(part) != std::string::npos;
        });
    }
    /// Since the last login it has waited for news.
    [[nodiscard]] bool waits_for_news(std::uint64_t logins) const {
        const auto commands = server_->commands();
        const auto last = std::ranges::find_if(
            commands.rbegin(), commands.rend(), [](const std::string& command) {
                return command.find("AUTHENTICATE") != std::string::npos ||
                       command.find(" IDLE") != std::string::npos;
            });
        return server_->counts().logins == logins && last != commands.rend() &&
               last->find(" IDLE") != std::string::npos;
    }
    bool shows(std::size_t messages) {
        return comes_true([&] {
            const auto mailbox = engine_.shown()->point("p")->mailbox;
            return mailbox && mailbox->complete && mailbox->expected == messages;
        });
    }

    const mail::fakes::ScratchFolder folder_;
    std::unique_ptr<Server> server_ = Server::start({mail_with(1)}).value();
    Relay relay_{server_->endpoint().port, {}};
    mail::fakes::WaitedEngine engine_;
};

TEST_F(StalledLine, is_made_anew_and_news_is_told_over_it) {
    ASSERT_TRUE(comes_true([&] { return waits_for_news(1); }));
    relay_.stall();
    server_->add_message(mail_with(2));
    EXPECT_TRUE(shows(2));
    EXPECT_TRUE(comes_true([&] { return waits_for_news(2); }));
    server_->add_message(mail_with(3));
    EXPECT_TRUE(shows(3));
    EXPECT_EQ(server_->counts().logins, 2U);
}

TEST_F(StalledLine, again_and_again_is_no_line_to_wait_on) {
    for (std::uint64_t stalls = 1; stalls <= 3; ++stalls) {
        ASSERT_TRUE(comes_true([&] { return waits_for_news(stalls); })) << stalls;
        relay_.stall();
    }
    EXPECT_TRUE(comes_true([&] { return server_->counts().logins == 4; }));
    const auto idles = count_of(" IDLE");
    for (int number = 2; number <= 4; ++number) {
        server_->add_message(mail_with(number));
        EXPECT_TRUE(shows(static_cast<std::size_t>(number))) << "by asking";
    }
    EXPECT_EQ(count_of(" IDLE"), idles);
}

}  // namespace
}  // namespace servers
