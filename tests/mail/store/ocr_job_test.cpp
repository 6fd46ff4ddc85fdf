#include "tests/mail/store/ledger_fixture.h"

namespace mail::store {

namespace {

using State = OcrJob::State;
using Reason = OcrJob::Reason;

OcrJob job(const std::string& file) {
    OcrJob made;
    made.point = "ocr-1";
    made.folder = "/skany";
    made.file = file;
    made.size_octets = 1U << 20;
    made.modified = 1'764'000'000;
    made.pages = 7;
    made.since = made.when = at_second(1'764'000'005);
    return made;
}

OcrJob ended(OcrJob made, State state, Reason reason = Reason::none) {
    made.state = state;
    made.reason = reason;
    return made;
}

}  // namespace

class OcrJobTest : public LedgerTest {
protected:
    static std::vector<OcrJob> jobs(Ledger& ledger) {
        return ledger.ocr_jobs("ocr-1", "/skany").value();
    }
};

TEST_F(OcrJobTest, is_known_as_it_was_seen_and_as_it_ended) {
    auto ledger = open();
    OcrJob one = job("ąż.pdf");
    ASSERT_TRUE(ledger->ocr_seen({one}));
    ASSERT_TRUE(ledger->ocr_begin(one).value());
    one.state = State::failed;
    one.reason = Reason::command_failed;
    one.code = 15;
    one.words = "no text";
    one.result = "/skany/done/ąż.pdf";
    one.result_sha256 = std::string(64, 'a');
    one.when = at_second(1'764'000'009);
    ASSERT_TRUE(ledger->ocr_write(one));
    ledger.reset();
    ledger = open();
    const auto known = jobs(*ledger);
    ASSERT_EQ(known.size(), 1U);
    EXPECT_EQ(known[0].file, "ąż.pdf");
    EXPECT_EQ(known[0].size_octets, 1U << 20);
    EXPECT_EQ(known[0].modified, 1'764'000'000);
    EXPECT_EQ(known[0].pages, 7U);
    EXPECT_EQ(known[0].state, State::failed);
    EXPECT_EQ(known[0].reason, Reason::command_failed);
    EXPECT_EQ(known[0].code, 15);
    EXPECT_EQ(known[0].words, "no text");
    EXPECT_EQ(known[0].result, one.result);
    EXPECT_EQ(known[0].result_sha256, one.result_sha256);
    EXPECT_EQ(known[0].since, one.since);
    EXPECT_EQ(known[0].when, one.when);
    EXPECT_EQ(ledger->ocr_jobs_of_file("/skany", "ąż.pdf")->size(), 1U);
    EXPECT_TRUE(ledger->ocr_jobs("ocr-2", "/skany")->empty());
    EXPECT_TRUE(ledger->ocr_jobs("ocr-1", "/inne")->empty());
}

TEST_F(OcrJobTest, every_reason_comes_back) {
    auto ledger = open();
    for (int i = 0; i <= static_cast<int>(Reason::stopped); ++i) {
        OcrJob one = ended(job(std::to_string(i)), State::failed, static_cast<Reason>(i));
        one.pages.reset();
        ASSERT_TRUE(ledger->ocr_seen({one}));
        EXPECT_EQ(ledger->ocr_jobs_of_file("/skany", one.file)->at(0).reason, one.reason);
        EXPECT_EQ(ledger->ocr_jobs_of_file("/skany", one.file)->at(0).pages, std::nullopt);
    }
}

TEST_F(OcrJobTest, seen_again_it_stays_what_it_is_but_another_file_is_new) {
    auto ledger = open();
    ASSERT_TRUE(ledger->ocr_seen({job("a")}));
    ASSERT_TRUE(ledger->ocr_begin(job("a")).value());
    ASSERT_TRUE(ledger->ocr_write(ended(job("a"), State::done)));
    ASSERT_TRUE(ledger->ocr_seen({job("a")}));
    EXPECT_EQ(jobs(*ledger)[0].state, State::done);
    OcrJob larger = job("a");
    ++larger.size_octets;
    ASSERT_TRUE(ledger->ocr_seen({larger}));
    EXPECT_EQ(jobs(*ledger)[0].state, State::queued);
    ASSERT_TRUE(ledger->ocr_begin(larger).value());
    OcrJob newer = larger;
    ++newer.modified;
    ASSERT_TRUE(ledger->ocr_seen({newer})) << "somebody runs it";
    EXPECT_EQ(jobs(*ledger)[0].state, State::running);
    EXPECT_EQ(jobs(*ledger)[0].modified, larger.modified);
}

TEST_F(OcrJobTest, is_begun_by_one_of_two_and_ended_by_nobody_else) {
    auto one = open(), other = open();
    ASSERT_TRUE(one->ocr_seen({job("a")}));
    EXPECT_FALSE(other->ocr_begin(job("b")).value()) << "never seen";
    ASSERT_TRUE(one->ocr_begin(job("a")).value());
    EXPECT_FALSE(one->ocr_begin(job("a")).value());
    EXPECT_FALSE(other->ocr_begin(job("a")).value());
    EXPECT_EQ(jobs(*one)[0].host, "");
    EXPECT_NE(jobs(*other)[0].host, "");
    EXPECT_EQ(jobs(*other)[0].state, State::running);
    EXPECT_EQ(other->ocr_write(ended(job("a"), State::done)).error().cause, Cause::busy_elsewhere);
    ASSERT_TRUE(other->ocr_forget({ended(job("a"), State::running)}));
    ASSERT_TRUE(one->ocr_write(ended(job("a"), State::done)));
    EXPECT_EQ(one->ocr_write(ended(job("a"), State::failed)).error().cause, Cause::busy_elsewhere);
    EXPECT_EQ(jobs(*other)[0].state, State::done);
    EXPECT_FALSE(other->ocr_begin(job("a")).value());
}

TEST_F(OcrJobTest, another_size_or_date_than_the_queued_one_is_not_begun) {
    auto ledger = open();
    ASSERT_TRUE(ledger->ocr_seen({job("a")}));
    OcrJob newer = job("a");
    ++newer.modified;
    EXPECT_FALSE(ledger->ocr_begin(newer).value());
    EXPECT_TRUE(ledger->ocr_begin(job("a")).value());
}

TEST_F(OcrJobTest, of_a_dead_program_is_queued_again_with_what_it_left) {
    auto ledger = open();
    ASSERT_TRUE(ledger->ocr_seen({job("a")}));
    OcrJob begun = job("a");
    begun.scratch = "/tmp/x";
    begun.result = "/skany/done/a";
    ASSERT_TRUE(ledger->ocr_begin(begun).value());
    ASSERT_TRUE(raw().run("UPDATE ocr_job SET instance = 'somebody who is gone'"));
    const OcrJob left = jobs(*ledger).at(0);
    EXPECT_EQ(left.state, State::queued);
    EXPECT_EQ(left.scratch, "/tmp/x");
    EXPECT_EQ(left.result, "/skany/done/a");
    EXPECT_EQ(ledger->ocr_write(ended(begun, State::done)).error().cause, Cause::busy_elsewhere);
    EXPECT_TRUE(ledger->ocr_begin(left).value());
    EXPECT_TRUE(ledger->ocr_write(ended(left, State::done)));
}

TEST_F(OcrJobTest, keeps_its_programs_row_as_long_as_it_runs) {
    auto one = open(), other = open();
    ASSERT_TRUE(one->ocr_seen({job("a"), job("b")}));
    ASSERT_TRUE(one->ocr_begin(job("a")).value());
    // Whoever signs in drops the rows of the dead that hold nothing.
    ASSERT_TRUE(raw().run("UPDATE instance SET started = 'long ago'"));
    ASSERT_TRUE(other->ocr_begin(job("b")).value());
    EXPECT_EQ(raw().ask_integer("SELECT count(*) FROM instance").value(), 2);
}

TEST_F(OcrJobTest, is_forgotten_only_as_it_was_seen) {
    auto ledger = open();
    ASSERT_TRUE(ledger->ocr_seen({job("a"), ended(job("b"), State::failed, Reason::too_large)}));
    ASSERT_TRUE(ledger->ocr_forget({ended(job("a"), State::failed), job("b")}));
    EXPECT_EQ(jobs(*ledger).size(), 2U);
    ASSERT_TRUE(ledger->ocr_forget({job("a"), ended(job("b"), State::failed)}));
    EXPECT_TRUE(jobs(*ledger).empty());
}

TEST_F(OcrJobTest, the_end_of_one_is_logged_in_the_commit_that_says_it_for_whoever_ran_it) {
    auto ledger = open();
    OcrJob refused = ended(job("a.xlsx"), State::failed, Reason::wrong_type);
    OcrJob good = job("b.pdf");
    refused.who = good.who = "Ala";
    ASSERT_TRUE(ledger->ocr_seen({refused, good}));
    // What is known already is no news.
    ASSERT_TRUE(ledger->ocr_seen({refused, good}));
    ASSERT_TRUE(ledger->ocr_begin(good).value());
    good.state = State::done;
    good.result = "/skany/done/b.pdf";
    ASSERT_TRUE(ledger->ocr_write(good));
    OcrJob fetched = job("c.pdf");
    ASSERT_TRUE(ledger->ocr_seen({fetched}));
    ASSERT_TRUE(ledger->ocr_begin(fetched).value());
    // By nobody of us.
    ASSERT_TRUE(ledger->ocr_write(ended(fetched, State::done)));
    // Of another's job nothing is said.
    OcrJob stranger = ended(job("d.pdf"), State::failed, Reason::timed_out);
    stranger.who = "Ala";
    EXPECT_FALSE(ledger->ocr_write(stranger));
    const auto actions = ledger->actions({}).value();
    ASSERT_EQ(actions.size(), 2U);
    EXPECT_EQ(actions[0].what, Action::What::ocr_done);
    EXPECT_EQ(actions[0].who, "Ala");
    EXPECT_EQ(actions[0].point, "ocr-1");
    EXPECT_EQ(actions[0].subject, "b.pdf");
    EXPECT_EQ(actions[0].detail, "/skany/done/b.pdf");
    EXPECT_EQ(actions[1].what, Action::What::ocr_failed);
    EXPECT_EQ(actions[1].result, "wrong_type");
}

TEST_F(OcrJobTest, what_a_command_said_is_not_in_the_log) {
    auto ledger = open();
    OcrJob said = ended(job("a.pdf"), State::failed, Reason::command_failed);
    said.code = 8;
    said.words = "Jan Kowalski, PESEL";
    OcrJob missing = ended(job("b.pdf"), State::failed, Reason::command_missing);
    missing.words = "No such file or directory";
    said.who = missing.who = "Ala";
    ASSERT_TRUE(ledger->ocr_seen({said, missing}));
    EXPECT_EQ(ledger->ocr_jobs_of_file("/skany", "a.pdf")->at(0).words, said.words);
    const auto actions = ledger->actions({}).value();
    ASSERT_EQ(actions.size(), 2U);
    EXPECT_EQ(actions[1].detail, "8");
    EXPECT_EQ(actions[0].detail, "0: No such file or directory");
}

}  // namespace mail::store
