// The program at work on four servers while its line is cut, its clock leaps, its memory ends, its
// ledger is damaged, another program does the same work, or an OCR program reads at once.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "tests/faults/mailbox_at_risk.h"
#include "tests/servers/other_session.h"

namespace mail::faults {

namespace {

using servers::MailServer;
using servers::Relay;
using servers::Software;

constexpr std::initializer_list<int> few{0, 2, 3, 6, 7, 18, 19};
constexpr int hundred = 100;

bool is_long() {
    return std::getenv("MAILPOINT_LONG") != nullptr;
}

class Mishaps : public testing::TestWithParam<Software> {
protected:
    static void TearDownTestSuite() { running().clear(); }

    void SetUp() override {
        net::initialise();
        auto found = running().find(GetParam());
        if (found == running().end()) {
            auto started = MailServer::start(GetParam());
            ASSERT_TRUE(started) << started.error();
            found = running().emplace(GetParam(), *std::move(started)).first;
        }
        server_ = found->second.get();
    }
    /// Of these numbers.
    void have(const std::vector<int>& numbers) {
        std::vector<Sent> mails;
        for (const int number : numbers)
            mails.push_back(sent_mail(number));
        mailbox_ = std::make_unique<MailboxAtRisk>(*server_, server_->fresh_login(), mails,
                                                   MailboxAtRisk::Medium::memory);
    }
    void have(int count) {
        std::vector<int> numbers;
        for (int number = 1; number <= count; ++number)
            numbers.push_back(number);
        have(numbers);
    }
    void expect_no_fault(const std::string& what) {
        const Figures& all = mailbox_->figures();
        std::cout << name_of(GetParam()) << ", " << what << ": " << all.text() << "; "
                  << mailbox_->seen() << " files looked at when they appeared\n";
        EXPECT_TRUE(all.faults.empty()) << all.text();
        EXPECT_EQ(all.half_visible, 0U);
    }
    [[nodiscard]] bool on_dovecot() const { return GetParam() == Software::dovecot; }

    static std::map<Software, std::unique_ptr<MailServer>>& running() {
        static std::map<Software, std::unique_ptr<MailServer>> servers;
        return servers;
    }
    MailServer* server_ = nullptr;
    std::unique_ptr<MailboxAtRisk> mailbox_;
};

/// What shows the same on each of them: in short on one.
class MoreMishaps : public Mishaps {};

std::vector<Software> all_servers() {
    return {Software::dovecot, Software::cyrus, Software::courier, Software::mailutils};
}

std::string name_of_case(const testing::TestParamInfo<Software>& info) {
    return name_of(info.param);
}

}  // namespace

TEST_P(MoreMishaps, a_line_cut_behind_each_kilobyte_loses_and_doubles_nothing) {
    have(few);
    mailbox_->may_ask_again();
    mailbox_->begin_anew(Work::take_and_remove);
    const std::uint64_t kilobyte = 1024;
    const std::uint64_t step = is_long() && on_dovecot() ? kilobyte : 97 * kilobyte;
    unsigned cuts = 0;
    for (std::uint64_t octets = kilobyte;; octets += step, ++cuts) {
        mailbox_->line().cut_after(octets);
        const auto outcome = mailbox_->run();
        mailbox_->expect_nothing_lost(false);
        const bool over = mailbox_->line().take_back_cut();
        mailbox_->expect_the_end(outcome.exit_code == 0 ? outcome : mailbox_->run());
        if (over)
            break;
        mailbox_->begin_anew(Work::take_and_remove);
    }
    EXPECT_GT(cuts, 4U);
    expect_no_fault(std::to_string(cuts) + " cuts");
}

TEST_P(Mishaps, a_line_cut_at_a_command_loses_and_doubles_nothing) {
    have(few);
    mailbox_->may_ask_again();
    for (const Work work : {Work::take_and_remove, Work::remove})
        for (const std::string words : {"BODY.PEEK[]", "UID STORE", "EXPUNGE"})
            for (const auto cut :
                 {Relay::Cut::before_it_is_heard, Relay::Cut::before_it_is_answered}) {
                // The others have long waits at a login, or for a lock.
                if (!is_long() && !on_dovecot() &&
                    (work == Work::remove || cut == Relay::Cut::before_it_is_heard))
                    continue;
                mailbox_->begin_anew(work);
                mailbox_->line().cut_at(words, cut);
                static_cast<void>(mailbox_->run());
                EXPECT_FALSE(mailbox_->line().take_back_cut()) << words;
                mailbox_->expect_nothing_lost(false);
                mailbox_->expect_the_end(mailbox_->run());
            }
    expect_no_fault("cut at commands");
}

TEST_P(Mishaps, another_program_that_marks_moves_and_removes_is_left_alone) {
    // It keeps a mark to the session that made it, and lets nobody in while one changes its
    // mailbox.
    if (GetParam() == Software::mailutils)
        return;
    have(40);
    mailbox_->may_ask_again();
    const std::vector<Sent>& mails = mailbox_->mails();
    const Sent &marked = mails.at(6), &moved = mails.at(10), &removed = mails.at(20);
    ASSERT_TRUE(marked.contents.empty()) << "it stays in the mailbox";
    const std::string elsewhere = server_->folder("Elsewhere");
    for (const std::string at : {".PEEK[1]", "BODY.PEEK[]", "UID STORE", "EXPUNGE"}) {
        mailbox_->begin_anew(Work::take_and_remove);
        servers::OtherSession other(server_->clear_port(), mailbox_->login(), MailServer::password);
        if (at == ".PEEK[1]")
            other.command("CREATE " + elsewhere);
        other.command("SELECT INBOX");
        mailbox_->when_it_says(at, [&] {
            other.command("STORE " + mailbox_->number_of(marked) + " +FLAGS.SILENT (\\Flagged)");
            mailbox_->is_marked(marked, "\\Flagged");
            const std::string both =
                mailbox_->number_of(moved) + "," + mailbox_->number_of(removed);
            other.command("COPY " + mailbox_->number_of(moved) + " " + elsewhere);
            other.command("STORE " + both + " +FLAGS.SILENT (\\Deleted)");
            other.command("EXPUNGE");
            mailbox_->let_go(moved);
            mailbox_->let_go(removed);
        });
        static_cast<void>(mailbox_->run());
        EXPECT_TRUE(mailbox_->has_said_it()) << at;
        mailbox_->expect_nothing_lost(false);
        // One run more where numbers moved, one for what was left: no storm of errors.
        static_cast<void>(mailbox_->run());
        mailbox_->expect_the_end(mailbox_->run());
    }
    expect_no_fault("another program");
}

TEST_P(MoreMishaps, a_clock_that_leaps_decides_nothing) {
    have(hundred);
    mailbox_->may_ask_again();  // several kills between two looks
    std::mt19937 random(11);
    std::uniform_int_distribution<int> moment(20'000, 300'000);
    const std::string days_400 = "34560000", years_back_2 = "-63072000";
    const auto leaping = [](const std::string& leap) {
        return program::Environment{{"LD_PRELOAD", SHIFTED_CLOCK}, {"CLOCK_LEAP", leap}};
    };
    const int rounds = is_long() ? 45 : 3;
    for (int round = 0; round < rounds; ++round) {
        const Work work = std::array{Work::take, Work::remove, Work::take_and_remove}.at(
            static_cast<std::size_t>(round % 3));
        mailbox_->begin_anew(work);
        // Another clock from the start, and one that leaps in mid-run.
        for (const std::string& by : {days_400, years_back_2})
            for (const std::string asked : {" 0", " 40"}) {
                const bool killed = mailbox_->run_and_kill(
                    std::chrono::microseconds(moment(random)), leaping(by + asked));
                mailbox_->expect_nothing_lost(killed);
            }
        const auto last = mailbox_->run({}, leaping(days_400 + " 30"));
        EXPECT_TRUE(last.exit_code == 0 || work == Work::remove) << last.error;
        const auto end = mailbox_->run();
        mailbox_->expect_nothing_lost(false);
        // What was taken at a day long past is not taken for today's: it stays in the mailbox.
        if (work != Work::take_and_remove)
            mailbox_->expect_the_end(end);
    }
    expect_no_fault("leaps of the clock");
}

TEST_P(MoreMishaps, memory_that_ends_loses_and_doubles_nothing) {
    have(few);
    unsigned failed = 0;
    const unsigned step = is_long() ? 2 : 16;
    for (unsigned megabytes = 8; megabytes <= 160; megabytes += step) {
        mailbox_->begin_anew(Work::take_and_remove);
        const auto outcome =
            mailbox_->run({"/usr/bin/prlimit", "--as=" + std::to_string(megabytes << 20U)});
        failed += outcome.exit_code != 0 ? 1U : 0U;
        mailbox_->expect_nothing_lost(false);
        mailbox_->expect_the_end(mailbox_->run());
    }
    EXPECT_GT(failed, 0U);
    expect_no_fault(std::to_string(failed) + " runs without enough memory");
}

TEST_P(MoreMishaps, a_damaged_ledger_removes_nothing) {
    namespace fs = std::filesystem;
    have(few);
    mailbox_->begin_anew(Work::remove);
    const fs::path path = fs::path(mailbox_->workspace()) / "state.db";
    std::ifstream in(path, std::ios::binary);
    const std::string sound{std::istreambuf_iterator<char>(in), {}};
    ASSERT_GT(sound.size(), 8192U);
    const std::size_t step = is_long() ? 997 : 19'997;
    std::vector<std::string> damaged;
    for (std::size_t at = 1; at < sound.size(); at += step) {
        damaged.push_back(sound.substr(0, at));
        std::string flipped = sound;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        damaged.push_back(flipped);
    }
    unsigned set_aside = 0;
    for (const std::string& content : damaged) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
        static_cast<void>(mailbox_->run());
        mailbox_->expect_nothing_lost(false);
        const fs::directory_iterator all(path.parent_path());
        const auto is_copy = [](const fs::directory_entry& entry) {
            return entry.path().filename().string().starts_with("state.db.damaged");
        };
        if (std::any_of(begin(all), end(all), is_copy)) {
            ++set_aside;
            EXPECT_TRUE(mailbox_->has_all()) << "after a damaged ledger";
        }
        mailbox_->begin_anew(Work::remove);
    }
    EXPECT_GT(set_aside, damaged.size() / 3);
    expect_no_fault(std::to_string(set_aside) + " of " + std::to_string(damaged.size()) +
                    " ledgers set aside");
}

TEST_P(MoreMishaps, who_reads_every_file_when_it_appears_reads_all_of_it) {
    have(200);
    const unsigned wanted = is_long() ? 10'000 : 2'000;
    while (mailbox_->seen() < wanted && mailbox_->figures().faults.empty()) {
        mailbox_->begin_anew(Work::take);
        mailbox_->expect_the_end(mailbox_->run());
    }
    expect_no_fault("watched");
}

TEST_P(MoreMishaps, a_command_told_to_end_ends_soon_and_loses_nothing) {
    have(200);
    std::mt19937 random(24);
    std::uniform_int_distribution<int> moment(20'000, 600'000);
    std::chrono::milliseconds longest{0};
    for (int round = 0; round < (is_long() ? 40 : 4); ++round) {
        mailbox_->begin_anew(round % 2 == 0 ? Work::take_and_remove : Work::take);
        longest =
            std::max(longest, mailbox_->run_and_stop(std::chrono::microseconds(moment(random))));
        mailbox_->expect_nothing_lost(false);
        mailbox_->expect_the_end(mailbox_->run());
    }
    // Two seconds are wanted, of a machine that has nothing else to do.
    EXPECT_LT(longest, std::chrono::seconds(10));
    expect_no_fault("told to end, after at most " + std::to_string(longest.count()) + " ms");
}

TEST_P(MoreMishaps, a_window_told_to_end_ends_soon_and_loses_nothing) {
    have(200);
    const std::vector<std::string> user{"/usr/bin/xvfb-run",
                                        "-a",
                                        "-s",
                                        "-screen 0 1280x800x24",
                                        "/bin/bash",
                                        MAILPOINT_SOURCE_DIR "/tests/faults/window_told_to_end.sh",
                                        mailbox_->target()};
    for (int round = 0; round < (is_long() ? 10 : 1); ++round) {
        mailbox_->begin_anew(Work::take_and_remove);
        const auto ended = mailbox_->run_window(user);
        ASSERT_EQ(ended.exit_code, 0) << ended.error << ended.out;
        EXPECT_LT(std::stoi(ended.out), 10'000);
        std::cout << "told to end in the midst of it: " << ended.out;
        mailbox_->expect_nothing_lost(false);
        mailbox_->expect_the_end(mailbox_->run());
    }
    expect_no_fault("the window");
}

TEST_P(MoreMishaps, two_programs_at_once_that_are_killed_make_nothing_twice) {
    have(hundred);
    mailbox_->may_ask_again();
    std::mt19937 random(12);
    std::uniform_int_distribution<int> moment(20'000, 400'000);
    for (int round = 0; round < (is_long() ? 60 : 3); ++round) {
        mailbox_->begin_anew(round % 2 == 0 ? Work::take_and_remove : Work::take);
        for (int kill = 0; kill < 2; ++kill) {
            const auto one = std::chrono::microseconds(moment(random));
            const auto two = std::chrono::microseconds(moment(random));
            bool other_killed = false;
            std::jthread other([&] { other_killed = mailbox_->run_and_kill(one); });
            const bool killed = mailbox_->run_and_kill(two);
            other.join();
            mailbox_->expect_nothing_lost(killed || other_killed);
        }
        std::jthread other([&] { static_cast<void>(mailbox_->run()); });
        static_cast<void>(mailbox_->run());
        other.join();
        mailbox_->expect_nothing_lost(false);
        mailbox_->expect_the_end(mailbox_->run());
    }
    expect_no_fault("two at once");
}

INSTANTIATE_TEST_SUITE_P(Servers, Mishaps, testing::ValuesIn(all_servers()), name_of_case);
INSTANTIATE_TEST_SUITE_P(Servers, MoreMishaps,
                         testing::ValuesIn(is_long() ? all_servers()
                                                     : std::vector{Software::dovecot}),
                         name_of_case);

}  // namespace mail::faults
