#include "mail/ocr/job_run.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mail/ocr/results.h"
#include "tests/mail/ocr/ocr_fixture_posix.h"

namespace mail::ocr {

namespace {

using State = store::OcrJob::State;
using Reason = store::OcrJob::Reason;

}  // namespace

class JobRunTest : public OcrFixture {
protected:
    store::OcrJob run(const std::string& text, const std::string& file = "skan.png",
                      Clock::duration limit = std::chrono::minutes(1)) {
        if (!std::filesystem::exists(in(file)))
            put(file);
        const auto ledger = open_ledger();
        store::OcrJob job;
        job.point = "ocr-1";
        job.folder = folder();
        job.file = file;
        const auto entry = real_disk().look(in(file)).value();
        job.size_octets = entry.size_octets;
        job.modified =
            std::chrono::floor<std::chrono::seconds>(entry.modified).time_since_epoch().count();
        EXPECT_TRUE(ledger->ocr_seen({job}));
        job.scratch = Scratch::name_in(scratch());
        EXPECT_TRUE(ledger->ocr_begin(job).value());
        job.state = State::running;
        const auto command = point::Command::parse(script(text));
        const store::OcrJob ended = run_job({real_disk(), *ledger, *command, limit}, job, {});
        EXPECT_TRUE(scratch_is_empty());
        EXPECT_EQ(ended.scratch, "");
        EXPECT_TRUE(ledger->ocr_write(ended));
        EXPECT_TRUE(ledger->ocr_forget({ended}));
        return ended;
    }
    store::OcrJob timed_out(const std::string& text) {
        const store::OcrJob job = run(text, "skan.png", std::chrono::milliseconds(300));
        EXPECT_EQ(job.state, State::failed);
        EXPECT_EQ(job.reason, Reason::timed_out);
        return job;
    }
};

TEST_F(JobRunTest, a_command_that_hangs_is_ended_after_its_time) {
    EXPECT_EQ(timed_out("echo waiting >&2; sleep 1000").words, "waiting");
    timed_out("trap '' TERM; while :; do sleep 1; done");
}

TEST_F(JobRunTest, what_a_command_has_forked_ends_with_it) {
    // Whoever of them lives has the file open that the test waits to be closed.
    const std::string held = root_ / "held";
    ASSERT_EQ(mkfifo(held.c_str(), 0600), 0);
    const int pipe = open(held.c_str(), O_RDONLY | O_NONBLOCK);
    timed_out("exec 9>'" + held + "'; for i in 1 2 3 4 5; do (sleep 1000; :) & done; wait");
    ASSERT_EQ(fcntl(pipe, F_SETFL, 0), 0);
    char octet = 0;
    EXPECT_EQ(read(pipe, &octet, 1), 0);
    close(pipe);
}

TEST_F(JobRunTest, of_a_gigabyte_of_words_the_last_are_kept) {
    const store::OcrJob job =
        run(R"({ head -c 1000000000 /dev/zero; echo " the end"; } >&2; exit 2)");
    EXPECT_EQ(job.reason, Reason::command_failed);
    EXPECT_LE(job.words.size(), 500U);
    EXPECT_TRUE(job.words.ends_with("the end"));
}

TEST_F(JobRunTest, what_it_prints_of_the_document_is_kept_nowhere) {
    EXPECT_EQ(run("echo Jan Kowalski; exit 2").words, "");
    EXPECT_EQ(run("echo Jan Kowalski; echo no such page >&2; exit 2").words, "no such page");
    // Of one that ended well there is nothing to be told.
    const store::OcrJob good = run(R"(echo Jan Kowalski; echo page 1 >&2; echo x >"$2")");
    EXPECT_EQ(good.state, State::done);
    EXPECT_EQ(good.words, "");
    EXPECT_EQ(run("echo Jan Kowalski; echo all is blank >&2").words, "all is blank")
        << "there is no result";
}

TEST_F(JobRunTest, how_it_ended_is_told) {
    EXPECT_EQ(run("kill -SEGV $$").reason, Reason::command_crashed);
    EXPECT_EQ(run("kill -SEGV $$").code, 11);
    EXPECT_EQ(run("exit 0").reason, Reason::no_result);
    EXPECT_EQ(run(R"(: >"$2")").reason, Reason::no_result);
    EXPECT_EQ(run(R"(: >"$2"; echo x >"$2.txt")").reason, Reason::no_result);
    EXPECT_EQ(run(R"(mkdir "$2")").reason, Reason::no_result);
}

TEST_F(JobRunTest, a_locked_pdf_is_why_its_command_failed) {
    std::ofstream(in("locked.pdf")) << "%PDF-1.4\ntrailer <</Encrypt 8 0 R>>";
    EXPECT_EQ(run("exit 8", "locked.pdf").reason, Reason::password_protected);
    EXPECT_EQ(run(R"(echo x >"$2")", "locked.pdf").state, State::done);
}

TEST_F(JobRunTest, what_can_t_be_brought_to_its_place_is_told) {
    std::ofstream(in("done")) << "a file where the folder should be";
    const store::OcrJob job = run(R"(echo x >"$2")");
    EXPECT_EQ(job.reason, Reason::not_stored);
    EXPECT_NE(job.words, "");
    EXPECT_EQ(job.result, "");
}

TEST_F(JobRunTest, a_command_that_leaves_much_behind_leaves_nothing) {
    EXPECT_EQ(run(R"(mkdir -p a/b; echo x >a/b/c; ln -s / a/root; chmod 0 a/b/c
                     echo "$TMPDIR" >"$2")")
                  .state,
              State::done);
    EXPECT_TRUE(content_of(done("skan.pdf")).starts_with(scratch()));
}

TEST_F(JobRunTest, its_words_are_one_line_that_can_be_shown) {
    EXPECT_EQ(last_words(" err\n\nline\x1B[31m \xFF "), "err  line [31m \xEF\xBF\xBD");
    EXPECT_EQ(last_words("\n"), "");
    EXPECT_EQ(last_words(""), "");
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "ż";
    const std::string words = last_words(many);
    EXPECT_EQ(words.find("\xEF\xBF\xBD"), std::string::npos);
    EXPECT_EQ(last_words("a" + many), words);
}

}  // namespace mail::ocr
