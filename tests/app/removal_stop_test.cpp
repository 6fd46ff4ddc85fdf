// Removals that are killed, and two at once: nothing lost, nothing twice, nobody else's touched.

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <future>
#include <random>
#include <set>

#include "tests/app/removal_fixture.h"

namespace program {

TEST_F(Removal, two_programs_remove_each_message_once) {
    start(12);
    take("1:12");
    const auto outcomes = twice({"remove", "--mailbox", "--uid", "1:12", "--json"});
    Uids removed;
    for (const Outcome& outcome : outcomes) {
        const Json result = Json::parse(outcome.out);
        for (const Json& uid : result.at("removed"))
            removed.push_back(uid.get<std::uint32_t>());
    }
    std::ranges::sort(removed);
    EXPECT_EQ(removed, (Uids{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}))
        << outcomes[0].out << outcomes[1].out;
    EXPECT_TRUE(on_server().empty());
    std::multiset<std::string> kept, wanted;
    for (const fs::path& copy : copies())
        kept.insert(content_of(copy));
    for (int number = 1; number <= 12; ++number)
        wanted.insert(mail_number(number).raw);
    EXPECT_EQ(kept, wanted);
    EXPECT_EQ(json_of({"restore"}).at("quarantine").size(), 12U);
}

TEST_F(Removal, two_programs_restore_each_message_once) {
    start(12);
    take("1:12");
    ASSERT_EQ(on_point({"remove", "--mailbox", "--uid", "1:12"}).exit_code, 0);
    const auto outcomes = twice({"restore", "--uid", "1:12", "--json"});
    std::size_t done = 0;
    for (const Outcome& outcome : outcomes)
        done += Json::parse(outcome.out).at("done").get<std::size_t>();
    EXPECT_EQ(done, 12U) << outcomes[0].out << outcomes[1].out;
    EXPECT_EQ(on_server().size(), 12U);
    EXPECT_TRUE(json_of({"restore"}).at("quarantine").empty());
    EXPECT_EQ(listed("taken").size(), 12U);
}

namespace {

/// A server's manner: what `command` is in the first time waits until its client has been killed.
class KillAt {
public:
    KillAt(std::string command, mail::demo::Manner manner)
        : command_(std::move(command)), manner_(manner) {}
    mail::demo::Manner operator()(const std::string& line) {
        if (line.find(command_) == std::string::npos || came_.exchange(true))
            return mail::demo::Manner::honest;
        reached_.set_value();
        killed_.get_future().wait();
        return manner_;
    }
    void kill(Started& started) {
        reached_.get_future().wait();
        started.signal(SIGKILL);
        EXPECT_EQ(started.wait(), 128 + SIGKILL);
        killed_.set_value();
    }

private:
    std::string command_;
    mail::demo::Manner manner_;
    std::atomic<bool> came_ = false;
    std::promise<void> reached_, killed_;
};

}  // namespace

TEST_F(Removal, the_same_command_ends_what_a_killed_one_had_begun) {
    for (const auto manner : {mail::demo::Manner::hang_up, mail::demo::Manner::hang_up_after}) {
        fs::remove_all(folder_ / "w");
        KillAt kill_at("EXPUNGE", manner);
        mail::demo::Options options;
        options.manner = std::ref(kill_at);
        start(4, options);
        take("1:3");
        {
            Started started(words({"remove", "--mailbox", "--uid", "1:3"}), environment_);
            kill_at.kill(started);
        }
        const Outcome again = on_point({"remove", "--mailbox", "--uid", "1:3", "--json"});
        EXPECT_EQ(again.exit_code, 0) << again.out;
        const Json result = Json::parse(again.out);
        EXPECT_EQ(result.at("done"), 3);
        EXPECT_EQ(result.at("removed").size(), 3U);
        EXPECT_EQ(on_server(), (Uids{4}));
        EXPECT_EQ(json_of({"restore"}).at("quarantine").size(), 3U);
    }
}

TEST_F(Removal, a_killed_restore_is_ended_and_nothing_comes_back_twice) {
    for (const auto manner : {mail::demo::Manner::hang_up, mail::demo::Manner::hang_up_after}) {
        fs::remove_all(folder_ / "w");
        KillAt kill_at("APPEND", manner);
        mail::demo::Options options;
        options.manner = std::ref(kill_at);
        start(4, options);
        take("1:2");
        ASSERT_EQ(on_point({"remove", "--mailbox", "--uid", "1:2"}).exit_code, 0);
        {
            Started started(words({"restore", "--uid", "1:2"}), environment_);
            kill_at.kill(started);
        }
        const Outcome again = on_point({"restore", "--uid", "1:2", "--json"});
        EXPECT_EQ(again.exit_code, 0) << again.out;
        EXPECT_EQ(Json::parse(again.out).at("done"), 2);
        EXPECT_EQ(on_server().size(), 4U);
        EXPECT_TRUE(json_of({"restore"}).at("quarantine").empty());
        EXPECT_EQ(listed("taken").size(), 2U);
    }
}

namespace {

class KilledRemovals : public Removal {
protected:
    static constexpr int wanted = 20, all = 24;  ///< the rest is nobody's business
    const Words command_{"remove", "--mailbox", "--uid", "1:20"};

    /// A mailbox and a workspace as new, with all of `wanted` taken.
    void begin_anew() {
        for (const char* name : {"w", "target"})
            fs::remove_all(folder_ / name);
        start(all);
        server_->mark_message(22, "\\Flagged");
        server_->mark_message(23, "\\Deleted");
        take("1:20");
        strangers_ = strangers();
    }
    /// What is there of the messages that were not asked for.
    [[nodiscard]] std::vector<std::pair<std::string, std::set<std::string>>> strangers() const {
        std::vector<std::pair<std::string, std::set<std::string>>> found;
        for (const auto& kept : server_->inbox())
            if (kept.uid > wanted)
                found.emplace_back(kept.mail.raw, kept.flags);
        return found;
    }
    [[nodiscard]] std::multiset<std::string> contents() const {
        std::multiset<std::string> found;
        for (const fs::path& copy : copies())
            found.insert(content_of(copy));
        return found;
    }
    void expect_none_lost() const {
        const auto kept = contents();
        const Uids there = on_server();
        for (int number = 1; number <= wanted; ++number)
            if (!std::ranges::binary_search(there, static_cast<std::uint32_t>(number))) {
                EXPECT_TRUE(kept.contains(mail_number(number).raw)) << number;
            }
        EXPECT_EQ(strangers(), strangers_);
    }
    /// The same command run to its end, and then what must be so.
    void expect_an_end() const {
        const Outcome last = run(words(command_), environment_);
        for (const std::uint32_t uid : on_server())
            EXPECT_GT(uid, wanted) << last.error;
        expect_none_lost();
        const Json list = json_of({"restore"}).at("quarantine");
        std::set<std::uint32_t> uids;
        for (const Json& one : list)
            uids.insert(one.at("uid").get<std::uint32_t>());
        EXPECT_EQ(uids.size(), static_cast<std::size_t>(wanted));
        EXPECT_EQ(list.size(), uids.size()) << "one copy each";
        // Half ones go once they are old.
        for (const fs::path& copy : copies())
            fs::last_write_time(copy,
                                fs::file_time_type::clock::now() - std::chrono::hours(31 * 24));
        ASSERT_EQ(on_point({"remove", "--mailbox", "--anyway", "--uid", "24"}).exit_code, 0);
        std::multiset<std::string> named{mail_number(all).raw};
        for (int number = 1; number <= wanted; ++number)
            named.insert(mail_number(number).raw);
        // What no entry names stays for as long as a copy is kept; it is whole, too.
        const auto kept = contents();
        EXPECT_TRUE(std::ranges::includes(kept, named));
        EXPECT_EQ((std::set<std::string>(kept.begin(), kept.end())),
                  (std::set<std::string>(named.begin(), named.end())));
    }

    std::vector<std::pair<std::string, std::set<std::string>>> strangers_;
};

}  // namespace

TEST_F(KilledRemovals, lose_nothing_and_come_to_an_end) {
    const int rounds = std::getenv("MAILPOINT_LONG") != nullptr ? 100 : 20;
    begin_anew();
    // Moments within a run, however fast this machine is: one is run to its end for that.
    const auto began = std::chrono::steady_clock::now();
    ASSERT_EQ(run(words(command_), environment_).exit_code, 0);
    auto longest = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::steady_clock::now() - began)
                       .count();
    std::mt19937 random(20261129);
    int killed = 0;
    for (int round = 0; round < rounds; ++round) {
        // A run that finds nothing to do shows nothing.
        if (on_server().front() > wanted) {
            expect_an_end();
            begin_anew();
        }
        Started started(words(command_), environment_);
        std::uniform_int_distribution<std::int64_t> moment(1000, longest);
        // The moment of the kill is what is random here; nothing waits for it.
        std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
        started.signal(SIGKILL);
        if (started.wait() == 128 + SIGKILL)
            ++killed;
        else
            longest = std::max<std::int64_t>(longest * 4 / 5, 2000);
        expect_none_lost();
    }
    EXPECT_GT(killed, rounds / 4) << "the kills came too late to show anything";
    expect_an_end();
}

}  // namespace program
