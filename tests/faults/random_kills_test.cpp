// The program at work on four servers, killed at random moments again and again: with nothing lost,
// nothing made twice, nothing half to be seen, nothing removed too early, nobody else's touched.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <vector>

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

namespace {

/// Two Mailpoints that share nothing but the mailbox.
class TwoOffices : public RandomKills {
protected:
    static constexpr int numbers = 80;
    void SetUp() override {
        RandomKills::SetUp();
        std::vector<Sent> mails;
        // Not those with the content of another: each office may have one of the two.
        for (int number = 1; number <= numbers; ++number)
            if (number % 20 != 19)
                mails.push_back(sent_mail(number));
        const std::string login = server_->fresh_login();
        for (auto* office : {&first_, &second_}) {
            *office = std::make_unique<MailboxAtRisk>(*server_, login, mails,
                                                      MailboxAtRisk::Medium::memory);
            (*office)->may_ask_again();
        }
    }
    void begin_anew() {
        // Of two marks of one moment the lower number counts: each has it in turn.
        first_->be_claimant(first_is_lower_ ? 0x10000001 : 0x20000001);
        second_->be_claimant(first_is_lower_ ? 0x20000001 : 0x10000001);
        first_is_lower_ = !first_is_lower_;
        for (const auto& office : {first_.get(), second_.get()})
            office->begin_anew(Work::take);
        met_ = false;
    }
    /// The number of kills.
    unsigned kill_both(std::chrono::microseconds one, std::chrono::microseconds two) {
        const auto began = std::chrono::steady_clock::now();
        bool second_killed = false;
        std::thread other([&] { second_killed = second_->run_and_kill(two); });
        const bool first_killed = first_->run_and_kill(one);
        other.join();
        first_->expect_nothing_lost(first_killed);
        second_->expect_nothing_lost(second_killed);
        note_meeting(began);
        return (first_killed ? 1U : 0U) + (second_killed ? 1U : 0U);
    }
    /// Each once more, undisturbed.
    void end() {
        for (const auto& office : {first_.get(), second_.get()}) {
            const auto outcome = office->run();
            EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
            office->expect_nothing_lost(false);
        }
    }
    struct Sum {
        unsigned twice = 0;
        std::vector<std::uint32_t> missing;
    };
    /// Of the messages, how many became two documents, and which became none.
    [[nodiscard]] Sum sum() const {
        auto documents = first_->documents();
        for (const auto& [uid, times] : second_->documents())
            documents[uid] += times;
        auto files = first_->visible();
        for (const auto& [hash, times] : second_->visible())
            files[hash] += times;
        Sum sum;
        for (const auto& [uid, mail] : first_->by_uid()) {
            unsigned most = documents.contains(uid) ? documents.at(uid) : 0;
            bool whole = true;
            for (const std::string& hash : mail->contents) {
                whole = whole && files.contains(hash);
                most = std::max(most, files.contains(hash) ? files.at(hash) : 0);
            }
            sum.twice += most > 1 ? 1U : 0U;
            if (!whole)
                sum.missing.push_back(uid);
        }
        return sum;
    }
    /// Dovecot lets both set the mark where it hears both within a millisecond: docs/ledger.md.
    void note_meeting(std::chrono::steady_clock::time_point began) {
        const auto one = first_->claimed_at(), two = second_->claimed_at();
        met_ = met_ || (one > began && two > began &&
                        std::chrono::abs(one - two) < std::chrono::milliseconds(20));
    }
    [[nodiscard]] bool may_make_twice() const {
        return GetParam() == Software::courier || (met_ && GetParam() == Software::dovecot);
    }

    std::unique_ptr<MailboxAtRisk> first_, second_;
    bool met_ = false;
    bool first_is_lower_ = true;
};

}  // namespace

TEST_P(TwoOffices, that_are_killed_make_each_document_once) {
    const unsigned wanted = is_long() ? 200 : 10;
    std::mt19937 random(20261130);
    begin_anew();
    const auto began = std::chrono::steady_clock::now();
    static_cast<void>(first_->run());
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - began);
    std::uniform_int_distribution<std::int64_t> moment(
        20'000, std::max<std::int64_t>(300'000, whole.count()));
    unsigned kills = 0, rounds = 0, twice = 0, twice_allowed = 0, left_to_other = 0;
    for (; kills < wanted && rounds < wanted * 4; ++rounds) {
        begin_anew();
        for (int times = 0; times < 2; ++times)
            kills += kill_both(std::chrono::microseconds(moment(random)),
                               std::chrono::microseconds(moment(random)));
        end();
        Sum now = sum();
        (may_make_twice() ? twice_allowed : twice) += now.twice;
        // What has the mark of a taking that nobody knows of any more is still to be had.
        left_to_other += static_cast<unsigned>(now.missing.size());
        if (!now.missing.empty()) {
            EXPECT_EQ(first_->take_by_name(now.missing).exit_code, 0);
            now = sum();
        }
        EXPECT_TRUE(now.missing.empty()) << now.missing.size() << " in round " << rounds;
    }
    std::cout << name_of(GetParam()) << ", " << first_->mails().size() << " mails, "
              << whole.count() / 1000 << " ms: " << rounds << " rounds, " << kills << " kills, "
              << twice << " twice, " << twice_allowed
              << " in the moment that docs/ledger.md names, " << left_to_other
              << " taken by name\n  first: " << first_->figures().text()
              << "\n  second: " << second_->figures().text() << "\n";
    EXPECT_EQ(twice, 0U);
    EXPECT_GE(kills, wanted);
    for (const auto& office : {first_.get(), second_.get()}) {
        EXPECT_TRUE(office->figures().faults.empty()) << office->figures().text();
        EXPECT_EQ(office->figures().half_visible, 0U);
    }
}

TEST_P(TwoOffices, what_one_has_marked_that_is_lost_is_told_and_taken_by_name) {
    begin_anew();
    EXPECT_EQ(first_->run().exit_code, 0);
    first_->lose_workspace();
    EXPECT_NE(second_->run().out.find("taken_elsewhere"), std::string::npos);
    const auto told = program::run({"run", "--point", second_->path("point.json"), "--workspace",
                                    second_->workspace(), "--lang", "en"},
                                   {{"MAILPOINT_PASSWORD", MailServer::password}});
    EXPECT_EQ(told.exit_code, 0) << "no fault of the run";
    EXPECT_NE(told.error.find("Left to another Mailpoint"), std::string::npos) << told.error;
    EXPECT_EQ(told.error.find("Nothing new"), std::string::npos) << told.error;
    const auto missing = sum().missing;
    EXPECT_GT(missing.size(), 60U);
    EXPECT_EQ(second_->take_by_name(missing).exit_code, 0);
    EXPECT_TRUE(sum().missing.empty());
    EXPECT_EQ(sum().twice, 0U);
}

INSTANTIATE_TEST_SUITE_P(Servers, TwoOffices,
                         testing::Values(Software::dovecot, Software::cyrus, Software::courier),
                         name_of_case);

INSTANTIATE_TEST_SUITE_P(Servers, RandomKills,
                         testing::Values(Software::dovecot, Software::cyrus, Software::courier,
                                         Software::mailutils),
                         name_of_case);

}  // namespace mail::faults
