// The program at work on four servers, killed at each of its system calls that change something,
// and half way through each write: the next run comes to the same end. And each of them failing
// once.

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "tests/faults/mailbox_at_risk.h"

namespace mail::faults {

namespace {

using servers::MailServer;
using servers::Software;

/// One test a system call and kind of work would start a server some hundred times.
class EveryCall : public testing::TestWithParam<Software> {
protected:
    static void TearDownTestSuite() { server() = {}; }

    void SetUp() override {
        if (server().software != GetParam() || !server().running) {
            auto started = MailServer::start(GetParam());
            ASSERT_TRUE(started) << started.error();
            server() = {GetParam(), *std::move(started)};
        }
        std::vector<Sent> mails;
        // Small and large, of two files, two of one content, and one of which nothing is wanted.
        for (const int number : {0, 2, 3, 6, 7, 18, 19})
            mails.push_back(sent_mail(number));
        mailbox_ =
            std::make_unique<MailboxAtRisk>(*server().running, server().running->fresh_login(),
                                            mails, MailboxAtRisk::Medium::memory);
    }

    /// What a run that is left alone does, by at_syscall's report.
    [[nodiscard]] std::vector<std::string> calls_of(Work work) {
        mailbox_->begin_anew(work);
        const auto outcome = mailbox_->run(at("count"));
        EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
        mailbox_->expect_the_end(outcome);
        return report();
    }
    [[nodiscard]] std::vector<std::string> at(const std::string& what) const {
        return {AT_SYSCALL, mailbox_->path("report"), what};
    }
    [[nodiscard]] std::vector<std::string> report() const {
        std::ifstream in(mailbox_->path("report"));
        std::vector<std::string> lines;
        for (std::string line; std::getline(in, line);)
            lines.push_back(line);
        return lines;
    }
    void expect_convergence(Work work, const std::string& what) {
        mailbox_->begin_anew(work);
        const auto cut = mailbox_->run(at(what));
        mailbox_->expect_nothing_lost(cut.exit_code == 128 + SIGKILL);
        const auto lines = report();
        const unsigned faults = total();
        if (removed_nothing(what, lines))
            remove_temporary_files();
        mailbox_->expect_the_end(mailbox_->run());
        if (total() != faults)
            std::cerr << what << ": " << (lines.empty() ? "" : lines.back()) << "\n";
    }
    /// From some call on no file could be removed: what is left then is nobody's document.
    static bool removed_nothing(const std::string& what, const std::vector<std::string>& lines) {
        if (!what.starts_with("fail_on:"))
            return false;
        const std::string number = what.substr(0, what.rfind(':')).substr(what.find(':') + 1) + " ";
        return std::ranges::any_of(lines, [&](const std::string& line) {
            return line.starts_with(number) && line.find(" unlink") != std::string::npos;
        });
    }
    void remove_temporary_files() const {
        for (const auto& entry : std::filesystem::directory_iterator(mailbox_->target()))
            if (entry.path().filename().string().starts_with(".mailpoint-"))
                std::filesystem::remove(entry.path());
    }
    [[nodiscard]] unsigned total() { return static_cast<unsigned>(figures().faults.size()); }
    const Figures& figures() { return mailbox_->figures(); }

    static bool is_long() { return std::getenv("MAILPOINT_LONG") != nullptr; }
    /// Each how many-th call: what a server answers decides little of what is written here.
    static std::size_t stride() {
        if (GetParam() == Software::dovecot)
            return is_long() ? 1 : 23;
        return is_long() ? 11 : 97;
    }

    void kill_at_each(Work work) {
        const std::size_t calls = calls_of(work).size();
        ASSERT_GT(calls, 50U);
        std::size_t n = 1;
        for (; n <= calls; n += stride())
            expect_convergence(work, "kill:" + std::to_string(n));
        for (n = 1; is_long() && n <= calls; n += stride())
            expect_convergence(work, "tear:" + std::to_string(n));
        const Figures& all = figures();
        std::cout << name_of(GetParam()) << ": " << calls << " calls; " << all.text() << "; "
                  << mailbox_->seen() << " files looked at when they appeared\n";
        EXPECT_TRUE(all.faults.empty()) << all.text();
        EXPECT_EQ(all.half_visible, 0U);
        EXPECT_GT(all.kills, calls / stride() * 9 / 10);
    }

    /// The calls on files only: once, and from there on whatever is called alike.
    void fail_at_each(Work work) {
        mailbox_->begin_anew(work);
        ASSERT_EQ(mailbox_->run(at("fail:0:0")).exit_code, 0);
        const std::size_t calls = report().size();
        ASSERT_GT(calls, 50U);
        for (std::size_t n = 1; n <= calls; n += stride() * 2 - 1) {
            expect_convergence(work, "fail:" + std::to_string(n) + ":" + std::to_string(EIO));
            expect_convergence(work, "fail_on:" + std::to_string(n) + ":" + std::to_string(ENOSPC));
        }
        fail_commits(work);
        const Figures& all = figures();
        std::cout << name_of(GetParam()) << ": " << calls << " calls on files; " << all.text()
                  << "\n";
        EXPECT_TRUE(all.faults.empty()) << all.text();
        EXPECT_EQ(all.half_visible, 0U);
        EXPECT_EQ(all.kills, 0U);
    }

    /// The end of a commit: where it fails, the ledger may say all the same what it was to say.
    void fail_commits(Work work) {
        const bool on_dovecot = GetParam() == Software::dovecot;
        mailbox_->begin_anew(work);
        ASSERT_EQ(mailbox_->run(at("fail:0:0")).exit_code, 0);
        const auto calls = report();
        for (const std::string call : {"fdatasync", "ftruncate"}) {
            const auto times = std::ranges::count_if(calls, [&](const std::string& line) {
                return line.find(" " + call + " ") != std::string::npos &&
                       line.ends_with("state.db-journal");
            });
            EXPECT_GT(times, 2);
            for (long n = 1; n <= times; n += on_dovecot || is_long() ? 1 : 4)
                for (const std::string how : {"fail:", "fail_on:"})
                    expect_convergence(work, how + std::to_string(n) + ":" + std::to_string(EIO) +
                                                 ":" + call + ":state.db-journal");
        }
    }

    struct Server {
        Software software{};
        std::unique_ptr<MailServer> running;
    };
    static Server& server() {
        static Server one;
        return one;
    }
    std::unique_ptr<MailboxAtRisk> mailbox_;
};

std::string name_of_case(const testing::TestParamInfo<Software>& info) {
    return name_of(info.param);
}

}  // namespace

TEST_P(EveryCall, a_kill_while_it_takes_converges) {
    kill_at_each(Work::take);
}

TEST_P(EveryCall, a_kill_while_it_takes_and_removes_converges) {
    kill_at_each(Work::take_and_remove);
}

TEST_P(EveryCall, a_kill_while_it_removes_converges) {
    kill_at_each(Work::remove);
}

TEST_P(EveryCall, an_error_while_it_takes_converges) {
    fail_at_each(Work::take);
}

TEST_P(EveryCall, an_error_while_it_takes_and_removes_converges) {
    fail_at_each(Work::take_and_remove);
}

TEST_P(EveryCall, an_error_while_it_removes_converges) {
    fail_at_each(Work::remove);
}

INSTANTIATE_TEST_SUITE_P(Servers, EveryCall,
                         testing::Values(Software::dovecot, Software::cyrus, Software::courier,
                                         Software::mailutils),
                         name_of_case);

}  // namespace mail::faults
