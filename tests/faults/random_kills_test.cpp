// The program at work on four servers, killed at random moments again and again: with nothing lost,
// nothing made twice, nothing half to be seen, nothing removed too early, nobody else's touched.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "tests/faults/mailbox_at_risk.h"

namespace mail::faults {

namespace {

using servers::MailServer;
using servers::Software;

class RandomKills : public testing::TestWithParam<Software> {
protected:
    void SetUp() override {
        net::initialise();
        auto started = MailServer::start(GetParam());
        ASSERT_TRUE(started) << started.error();
        server_ = *std::move(started);
    }
    /// `wanted` kills, half of them of runs that also remove.
    Figures kill(unsigned wanted, int mails) {
        std::vector<Sent> sent;
        for (int number = 1; number <= mails; ++number)
            sent.push_back(sent_mail(number));
        MailboxAtRisk mailbox(*server_, server_->fresh_login(), sent,
                              MailboxAtRisk::Medium::memory);
        std::mt19937 random(20261129);
        Work work = Work::take;
        // Moments within a run, however slow this machine is: one is run to its end for that.
        mailbox.begin_anew(work);
        const auto began = std::chrono::steady_clock::now();
        mailbox.expect_the_end(mailbox.run());
        const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - began);
        std::uniform_int_distribution<std::int64_t> moment(
            20'000, std::max<std::int64_t>(300'000, whole.count()));
        mailbox.begin_anew(work);
        unsigned kills = 0, rounds = 0, ends = 0;
        for (; kills < wanted && rounds < wanted * 4; ++rounds) {
            const bool killed = mailbox.run_and_kill(std::chrono::microseconds(moment(random)));
            mailbox.expect_nothing_lost(killed);
            kills += killed ? 1U : 0U;
            if (killed && !mailbox.is_done())
                continue;
            mailbox.expect_the_end(mailbox.run());
            ++ends;
            work = work == Work::take ? Work::take_and_remove : Work::take;
            mailbox.begin_anew(work);
        }
        mailbox.expect_the_end(mailbox.run());
        const unsigned seen = mailbox.seen();
        std::cout << name_of(GetParam()) << ", " << mails << " mails, " << whole.count() / 1000
                  << " ms: " << rounds << " runs, " << ends + 1 << " times to the end, "
                  << mailbox.figures().text() << "; " << seen
                  << " files looked at when they appeared\n";
        return mailbox.figures();
    }
    static bool is_long() { return std::getenv("MAILPOINT_LONG") != nullptr; }

    std::unique_ptr<MailServer> server_;
};

std::string name_of_case(const testing::TestParamInfo<Software>& info) {
    return name_of(info.param);
}

}  // namespace

TEST_P(RandomKills, come_to_the_same_end) {
    // The others are slower: at a login, at an APPEND of many, at a lock that a killed one left.
    const bool on_dovecot = GetParam() == Software::dovecot;
    const bool on_mailutils = GetParam() == Software::mailutils;
    const unsigned kills = on_dovecot ? (is_long() ? 1000 : 30) : (is_long() ? 100 : 6);
    const int mails = on_dovecot || (is_long() && !on_mailutils) ? 200 : 40;
    const Figures figures = kill(kills, mails);
    EXPECT_TRUE(figures.faults.empty()) << figures.text();
    EXPECT_EQ(figures.half_visible, 0U);
    EXPECT_EQ(figures.kills, kills);
}

INSTANTIATE_TEST_SUITE_P(Servers, RandomKills,
                         testing::Values(Software::dovecot, Software::cyrus, Software::courier,
                                         Software::mailutils),
                         name_of_case);

}  // namespace mail::faults
