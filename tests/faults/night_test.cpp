// A night of `mailpoint watch`: the server is restarted, throttles, cuts lines and ends sessions
// while mails come. Each is taken once, there are few logins, and a refused password ends it. With
// MAILPOINT_LONG a night goes on for an hour.

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mail/demo/server.h"
#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/servers/dovecot.h"
#include "tests/servers/relay.h"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using mail::demo::Manner;
using namespace std::chrono_literals;

const char* const night_password = servers::Dovecot::password;
constexpr std::chrono::sys_seconds received{1'780'000'000s};

bool is_long() {
    return std::getenv("MAILPOINT_LONG") != nullptr;
}

std::string raw_mail(int number) {
    std::string content = "%PDF-1.4 number " + std::to_string(number) + " ";
    // Some are long enough to be cut in the middle.
    content.resize(100 + static_cast<std::size_t>((number + 1) % 3) * 60'000,
                   static_cast<char>('a' + number % 26));
    const std::string name = "f" + std::to_string(number) + ".pdf";
    return "From: Ala <ala@firma.example>\r\nSubject: Faktura " + std::to_string(number) +
           "\r\nMessage-ID: <" + std::to_string(number) +
           "@firma.example>\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name=\"" + name +
           "\"\r\nContent-Disposition: attachment; filename=\"" + name +
           "\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + content + "\r\n";
}

class Nights : public testing::Test {
protected:
    void write_point(std::uint16_t port, const std::string& login) const {
        const Json point = {
            {"version", 1},
            {"type", "mailbox"},
            {"id", "5d0c1e9e-0000-4000-8000-000000000001"},
            {"name", "Faktury"},
            {"connection",
             {{"server", "127.0.0.1"}, {"encryption", "none"}, {"login", login}, {"port", port}}},
            {"general", {{"take_by_itself", true}, {"folder", folder_ / "target"}}}};
        std::ofstream(folder_ / "point.json") << point;
    }
    void start_watch() {
        watch_ = std::make_unique<program::Started>(
            std::vector<std::string>{"watch", "--point", folder_ / "point.json", "--workspace",
                                     folder_ / "w", "--json"},
            program::Environment{{"MAILPOINT_PASSWORD", night_password}}, folder_ / "out");
    }
    [[nodiscard]] std::size_t files() const {
        std::error_code none_yet;
        std::size_t count = 0;
        for (const auto& entry : fs::directory_iterator(folder_ / "target", none_yet))
            count += entry.path().filename().string().starts_with(".mailpoint-") ? 0 : 1;
        return count;
    }
    /// Until so many mails have become files; an hour in vain ends the test.
    void wait_for_files(int count) const {
        const auto patience = std::chrono::steady_clock::now() + (is_long() ? 60min : 2min);
        while (files() < static_cast<std::size_t>(count)) {
            ASSERT_LT(std::chrono::steady_clock::now(), patience) << files() << "\n" << told();
            std::this_thread::sleep_for(10ms);
        }
    }
    [[nodiscard]] std::string told() const {
        std::ifstream in(folder_ / "out", std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    /// By UID, how often it was told as taken.
    [[nodiscard]] std::map<int, int> taken() const {
        std::map<int, int> taken;
        std::ifstream in(folder_ / "out");
        for (std::string line; std::getline(in, line);)
            if (const Json event = Json::parse(line); event.at("event") == "taken")
                ++taken[event.at("message").at("uid").get<int>()];
        return taken;
    }
    void expect_each_once(int mails) const {
        EXPECT_EQ(files(), static_cast<std::size_t>(mails));
        for (int number = 1; number <= mails; ++number) {
            std::ifstream in(folder_ / ("target/f" + std::to_string(number) + ".pdf"),
                             std::ios::binary);
            const std::string content{std::istreambuf_iterator<char>(in), {}};
            EXPECT_TRUE(raw_mail(number).ends_with("\r\n\r\n" + content + "\r\n") ||
                        raw_mail(number).ends_with("\r\n\r\n" + content))
                << number;
        }
        for (const auto& [uid, times] : taken())
            EXPECT_EQ(times, 1) << uid;
        EXPECT_EQ(taken().size(), static_cast<std::size_t>(mails)) << told();
    }

    const mail::fakes::ScratchFolder folder_;
    std::unique_ptr<program::Started> watch_;
};

/// On the demo's server, which does what it is told to.
class BadNights : public Nights {
protected:
    /// With all mails so far: it is the same mailbox.
    void serve(const std::string& password = night_password) {
        mail::demo::Options options;
        options.password = password;
        options.port = port_;
        options.manner = [this](const std::string& command) { return manner(command); };
        std::vector<mail::demo::Mail> all;
        for (int number = 1; number <= mails_; ++number)
            all.push_back({raw_mail(number), received});
        server_ = mail::demo::Server::start(std::move(all), options).value();
        port_ = server_->endpoint().port;
    }
    void end_server() {
        logins_ += server_->counts().logins;
        server_.reset();
    }
    void bring_mail() {
        ++mails_;
        server_->add_message({raw_mail(mails_), received});
    }
    /// The next command that holds these words is treated so.
    void treat_next(const std::string& words, Manner manner) {
        const std::scoped_lock lock(mutex_);
        words_ = words;
        next_ = manner;
    }

    int mails_ = 2;
    std::uint64_t logins_ = 0;
    std::unique_ptr<mail::demo::Server> server_;

private:
    Manner manner(const std::string& command) {
        const std::scoped_lock lock(mutex_);
        if (words_.empty() || command.find(words_) == std::string::npos)
            return Manner::honest;
        words_.clear();
        return next_;
    }

    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::string words_;
    Manner next_ = Manner::honest;
};

TEST_F(BadNights, take_each_mail_once_with_few_logins_until_the_password_is_refused) {
    serve();
    servers::Relay relay(server_->endpoint().port, {});
    write_point(relay.port(), "demo");
    start_watch();
    wait_for_files(mails_);
    const int rounds = is_long() ? 6 : 1;
    std::mt19937 random(20261130);
    for (int round = 0; round < rounds; ++round) {
        // Within a job: a cut reply, a hang-up, a limit.
        relay.cut_after(std::uniform_int_distribution<std::uint64_t>(1, 60'000)(random));
        bring_mail();
        wait_for_files(mails_);
        static_cast<void>(relay.take_back_cut());
        treat_next("(UID B", round % 2 == 0 ? Manner::hang_up : Manner::bye);
        bring_mail();
        wait_for_files(mails_);
        // Between two: a restart, all sessions ended, and a login that is put off.
        end_server();
        treat_next("AUTHENTICATE", Manner::busy);
        ++mails_;
        serve();
        wait_for_files(mails_);
        if (!is_long())
            continue;
        // And again soon, so that it is waited for longer.
        end_server();
        ++mails_;
        serve();
        wait_for_files(mails_);
    }
    expect_each_once(mails_);
    end_server();
    std::cout << rounds << " rounds, " << mails_ << " mails, " << logins_ << " logins\n";
    EXPECT_LE(logins_, 1U + 8U * static_cast<unsigned>(rounds));
    serve("changed meanwhile");
    EXPECT_EQ(watch_->wait(), 3) << told();
    const auto commands = server_->commands();
    EXPECT_EQ(std::ranges::count_if(commands,
                                    [](const std::string& command) {
                                        return command.find("AUTHENTICATE") != std::string::npos ||
                                               command.find(" LOGIN ") != std::string::npos;
                                    }),
              1)
        << "once, and never again";
}

TEST_F(BadNights, a_line_that_was_lost_without_a_word_is_noticed_and_mail_comes_at_once_again) {
    if (!is_long())
        GTEST_SKIP() << "six minutes of silence";
    serve();
    servers::Relay relay(server_->endpoint().port, {});
    write_point(relay.port(), "demo");
    start_watch();
    wait_for_files(mails_);
    std::this_thread::sleep_for(2s);
    relay.stall();
    bring_mail();
    wait_for_files(mails_);
    std::this_thread::sleep_for(2s);
    const auto brought = std::chrono::steady_clock::now();
    bring_mail();
    wait_for_files(mails_);
    EXPECT_LT(std::chrono::steady_clock::now() - brought, 1min) << "told, and not found by asking";
    watch_->signal(SIGTERM);
    EXPECT_EQ(watch_->wait(), 0) << told();
    expect_each_once(mails_);
    EXPECT_EQ(server_->counts().logins, 2U);
}

TEST_F(Nights, a_dovecot_that_is_killed_again_and_again_loses_no_mail) {
    auto started = servers::Dovecot::start();
    ASSERT_TRUE(started) << started.error();
    servers::Dovecot& dovecot = **started;
    int mails = 0;
    const auto bring_mail = [&] {
        ++mails;
        dovecot.append("ala", "INBOX", raw_mail(mails), received);
        // It compares times of whole seconds, and is killed before it looks again.
        fs::last_write_time(dovecot.folder() / "mail/ala/Maildir/cur",
                            fs::file_time_type::clock::now() + std::chrono::seconds(mails));
    };
    bring_mail();
    write_point(dovecot.clear_port(), "ala");
    start_watch();
    wait_for_files(mails);
    const int kills = is_long() ? 12 : 2;
    for (int kill = 0; kill < kills; ++kill) {
        bring_mail();
        if (kill % 2 == 0)
            wait_for_files(mails);
        dovecot.kill();
        bring_mail();
        ASSERT_TRUE(dovecot.start_again()) << dovecot.log();
        bring_mail();
        wait_for_files(mails);
    }
    watch_->signal(SIGTERM);
    EXPECT_EQ(watch_->wait(), 0) << told();
    expect_each_once(mails);
    const std::string log = dovecot.log();
    unsigned logins = 0;
    for (std::size_t at = 0; (at = log.find("Login: user=<ala>", at)) != std::string::npos; ++at)
        ++logins;
    std::cout << kills << " kills, " << mails << " mails, " << logins << " logins\n";
    EXPECT_GE(logins, 1U + static_cast<unsigned>(kills));
    EXPECT_LE(logins, 2U + 4U * static_cast<unsigned>(kills));
}

}  // namespace
