#include "mail/ocr/queue.h"

#include <algorithm>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include "tests/mail/ocr/ocr_fixture_posix.h"

namespace mail::ocr {

namespace {

using State = store::OcrJob::State;
using Reason = store::OcrJob::Reason;

const std::string copy = R"(cat "$1" >"$2"; echo "$1" >>"$LOG")";

}  // namespace

class QueueTest : public OcrFixture {
protected:
    void run(const QueueSettings& settings) {
        Queue queue(settings, *ledger_, real_disk());
        const auto done =
            queue.run(Queue::Until::empty, Wait::for_at_most(std::chrono::minutes(2)));
        EXPECT_TRUE(done) << name_of(done.error().cause);
        entries_ = queue.entries();
        EXPECT_TRUE(scratch_is_empty());
    }
    void run(const std::string& command) { run(settings(command)); }
    store::OcrJob job(const std::string& file) const {
        const auto found = std::ranges::find_if(
            entries_, [&](const QueueEntry& entry) { return entry.job.file == file; });
        EXPECT_NE(found, entries_.end()) << file;
        return found == entries_.end() ? store::OcrJob{} : found->job;
    }
    /// Runs until `ready` holds of its entries, then `act`; then it is stopped.
    template <class Ready, class Act>
    void run_until(const QueueSettings& settings, const Ready& ready, const Act& act) {
        StopSource stop;
        std::mutex mutex;
        std::condition_variable changed;
        bool news = false;
        Queue queue(settings, *ledger_, real_disk(), [&] {
            const std::lock_guard lock(mutex);
            news = true;
            changed.notify_all();
        });
        std::jthread thread([&] {
            EXPECT_TRUE(
                queue.run(Queue::Until::stopped, Wait{Clock::time_point::max(), stop.get_token()}));
        });
        std::unique_lock lock(mutex);
        EXPECT_TRUE(changed.wait_for(lock, std::chrono::minutes(2),
                                     [&] { return std::exchange(news, false) && ready(queue); }));
        lock.unlock();
        act(queue);
        stop.request_stop();
        thread.join();
        entries_ = queue.entries();
        EXPECT_TRUE(scratch_is_empty());
    }
    static std::string without_out(std::string command) {
        return command.erase(command.find(" {out}"));
    }
    /// An empty one that has stood there for long, as where a share is put.
    void put_stand_in() {
        std::filesystem::rename(folder(), root_ / "share");
        std::filesystem::create_directory(folder());
        std::filesystem::last_write_time(folder(), std::filesystem::file_time_type::clock::now() -
                                                       std::chrono::days(30));
    }
    void bring_back() {
        std::filesystem::remove(folder());
        std::filesystem::rename(root_ / "share", folder());
    }
    Result<void> outcome_of(const QueueSettings& settings) {
        Queue queue(settings, *ledger_, real_disk());
        auto done = queue.run(Queue::Until::empty, Wait::for_at_most(std::chrono::minutes(2)));
        entries_ = queue.entries();
        return done;
    }
    static bool has(const Queue& queue, State state) {
        return std::ranges::any_of(
            queue.entries(), [&](const QueueEntry& entry) { return entry.job.state == state; });
    }

    std::unique_ptr<store::Ledger> ledger_ = open_ledger();
    std::vector<QueueEntry> entries_;
};

TEST_F(QueueTest, a_file_is_run_once_and_its_result_lies_in_done) {
    put("skan 1.png");
    const std::string command = script(copy);
    run(command);
    EXPECT_EQ(job("skan 1.png").state, State::done);
    EXPECT_EQ(job("skan 1.png").result, done("skan 1.pdf"));
    EXPECT_EQ(content_of(done("skan 1.pdf")), content_of(in("skan 1.png")));
    run(command);
    EXPECT_EQ(log(), in("skan 1.png") + "\n");
    EXPECT_EQ(job("skan 1.png").state, State::done);
}

TEST_F(QueueTest, what_is_no_file_of_ours_is_left_alone) {
    put(".hidden.png");
    put(".mailpoint-1.part");
    put("coming.part");
    put("word.tmp");
    std::filesystem::create_directories(in("folder.png"));
    run(script(copy));
    EXPECT_TRUE(entries_.empty());
}

TEST_F(QueueTest, what_the_point_does_not_accept_is_refused_with_the_reason_and_not_run) {
    put("good.png");
    put("large.png", std::string(1'000'000, 'x'));
    std::ofstream(in("empty.png")).flush();
    std::ofstream(in("text.png")) << "no picture";
    std::ofstream(in("page.pdf")) << "<!DOCTYPE html><html><body>404</body></html>";
    std::ofstream(in("long.pdf")) << "%PDF-1.4\n2 0 obj <</Type/Pages/Count 11/Kids[]>> endobj";
    QueueSettings limited = settings(script(copy));
    limited.ocr.max_megabytes = 1;
    limited.ocr.max_pages = 10;
    run(limited);
    EXPECT_EQ(job("good.png").state, State::done);
    EXPECT_EQ(job("large.png").reason, Reason::too_large);
    EXPECT_EQ(job("empty.png").reason, Reason::empty);
    EXPECT_EQ(job("text.png").reason, Reason::unreadable) << "damaged";
    EXPECT_EQ(job("page.pdf").reason, Reason::wrong_type);
    EXPECT_EQ(job("page.pdf").words, "text/html") << "whatever its name says";
    EXPECT_EQ(job("long.pdf").reason, Reason::too_many_pages);
    EXPECT_EQ(job("long.pdf").pages, 11U);
    EXPECT_EQ(job("long.pdf").state, State::failed);
    EXPECT_EQ(log(), in("good.png") + "\n");
}

TEST_F(QueueTest, no_name_of_a_file_is_an_option_or_a_command) {
    std::vector<std::string> names{"-rf.png",     "--help.png", "$(touch pwned).png",
                                   "`id`;ls.png", "a b\tc.png", "\"'.png",
                                   "ąż.png",      "*.png",      "new\nline.png"};
    for (const std::string& name : names)
        put(name, name);
    run(script(copy));
    for (const std::string& name : names) {
        EXPECT_EQ(job(name).state, State::done) << name;
        EXPECT_TRUE(content_of(job(name).result).ends_with(name)) << name;
    }
    EXPECT_FALSE(std::filesystem::exists(in("pwned")));
}

TEST_F(QueueTest, no_result_takes_the_place_of_another_file) {
    std::filesystem::create_directories(in("done"));
    std::ofstream(done("skan.pdf")) << "of somebody else";
    put("skan.png", "one");
    put("skan.jpeg.png", "two");
    put("SKAN.gif.png", "three");
    run(script(copy));
    EXPECT_EQ(content_of(done("skan.pdf")), "of somebody else");
    const std::string result = job("skan.png").result;
    EXPECT_NE(result, done("skan.pdf"));
    EXPECT_TRUE(content_of(result).ends_with("one"));
}

TEST_F(QueueTest, what_the_command_adds_to_out_is_the_ending_of_a_further_result) {
    put("skan.png");
    run(script(R"(echo pdf >"$2"; echo text >"$2.txt"; echo other >other)"));
    EXPECT_EQ(content_of(done("skan.pdf")), "pdf\n");
    EXPECT_EQ(content_of(done("skan.txt")), "text\n");
    EXPECT_EQ(job("skan.png").result, done("skan.pdf"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(in("done")), {}), 2);
    put("only.png");
    run(script(R"(echo text >"$2.txt")"));
    EXPECT_EQ(job("only.png").result, done("only.txt"));
}

TEST_F(QueueTest, a_command_without_out_keeps_its_results_and_may_change_the_file) {
    put("skan.png");
    const std::string command = without_out(script(R"(echo more >>"$1"; echo "$1" >>"$LOG")"));
    run(command);
    run(command);
    EXPECT_EQ(job("skan.png").state, State::done);
    EXPECT_EQ(log(), in("skan.png") + "\n");
    EXPECT_FALSE(std::filesystem::exists(in("done")));
}

TEST_F(QueueTest, a_command_that_changes_its_file_and_fails_is_not_run_for_ever) {
    put("skan.png");
    const std::string command = without_out(
        script(R"(echo more >>"$1"; echo x >>"$LOG"; echo "no such page" >&2; exit 4)"));
    run(command);
    run(command);
    EXPECT_EQ(log(), "x\n");
    EXPECT_EQ(job("skan.png").reason, Reason::command_failed);
    EXPECT_EQ(job("skan.png").words, "no such page");
    // Nor where it is only watched.
    QueueSettings watched = settings(command);
    watched.work = QueueSettings::Work::watch;
    run(watched);
    EXPECT_EQ(job("skan.png").state, State::failed);
}

TEST_F(QueueTest, a_file_that_its_command_changes_keeps_the_size_that_it_came_with) {
    put("skan.png");
    const auto size = std::filesystem::file_size(in("skan.png"));
    run(without_out(script(R"(echo more >>"$1"; exit 4)")));
    EXPECT_EQ(job("skan.png").size_octets, size);
    // One at a time, so that it waits through many looks.
    put("a.png");
    const std::string good = without_out(
        script(R"(case $1 in *a.png) sleep 0.3;; esac; echo more >>"$1"; echo x >>"$LOG")"));
    QueueSettings one = settings(good);
    one.ocr.jobs = 1;
    Queue queue(one, *ledger_, real_disk());
    ASSERT_TRUE(queue.retry({"skan.png"}));
    ASSERT_TRUE(queue.read());
    for (const QueueEntry& entry : queue.entries())
        EXPECT_EQ(entry.job.state, State::queued) << "it is not out of sight until it is looked at";
    run(one);
    EXPECT_EQ(job("skan.png").state, State::done);
    EXPECT_EQ(job("skan.png").size_octets, size);
    EXPECT_GT(std::filesystem::file_size(in("skan.png")), size);
    EXPECT_EQ(log(), "x\nx\n");
    // Somebody else's change makes it another file.
    std::ofstream(in("skan.png"), std::ios::app) << "other";
    std::filesystem::last_write_time(in("skan.png"), std::filesystem::file_time_type::clock::now() +
                                                         std::chrono::seconds(5));
    run(good);
    EXPECT_EQ(log(), "x\nx\nx\n");
    EXPECT_GT(job("skan.png").size_octets, size);
}

TEST_F(QueueTest, one_to_be_tried_again_is_looked_at_by_the_limits_of_today) {
    put("skan.png");
    run(without_out(script("exit 4")));
    QueueSettings limited = settings(without_out(script(R"(echo x >>"$LOG")")));
    limited.ocr.types = {"pdf"};
    Queue queue(limited, *ledger_, real_disk());
    ASSERT_TRUE(queue.retry({"skan.png"}));
    run(limited);
    EXPECT_EQ(job("skan.png").reason, Reason::wrong_type);
    EXPECT_EQ(log(), "");
}

TEST_F(QueueTest, a_changed_file_is_run_again) {
    put("skan.png", "one");
    const std::string command = script(copy);
    run(command);
    put("skan.png", "longer");
    run(command);
    EXPECT_TRUE(content_of(job("skan.png").result).ends_with("longer"));
    EXPECT_EQ(log(), in("skan.png") + "\n" + in("skan.png") + "\n");
}

TEST_F(QueueTest, one_that_changes_while_it_is_run_has_no_result_of_the_old_one) {
    put("skan.png", "one");
    // The first time somebody adds to it meanwhile.
    run(script(R"(cat "$1" >"$2"; test -e "$LOG" || echo two >>"$1"; echo x >>"$LOG")"));
    EXPECT_EQ(log(), "x\nx\n");
    EXPECT_EQ(job("skan.png").state, State::done);
    EXPECT_EQ(job("skan.png").result, done("skan.pdf"));
    EXPECT_TRUE(content_of(done("skan.pdf")).ends_with("onetwo\n"));
}

TEST_F(QueueTest, a_failed_file_waits_for_somebody_to_try_again) {
    put("skan.png");
    const std::string command = script(R"(echo x >>"$LOG"; echo "no text" >&2; exit 15)");
    run(command);
    run(command);
    EXPECT_EQ(job("skan.png").reason, Reason::command_failed);
    EXPECT_EQ(job("skan.png").code, 15);
    EXPECT_EQ(job("skan.png").words, "no text");
    EXPECT_EQ(log(), "x\n");
    Queue queue(settings(script(copy)), *ledger_, real_disk());
    ASSERT_TRUE(queue.retry({"skan.png", "none.png"}));
    ASSERT_TRUE(queue.run(Queue::Until::empty, {}));
    EXPECT_EQ(queue.entries().at(0).job.state, State::done);
    ASSERT_TRUE(queue.retry({"skan.png"}));
    ASSERT_TRUE(queue.run(Queue::Until::empty, {}));
    EXPECT_EQ(log(), "x\n" + in("skan.png") + "\n") << "what is done is not tried again";
}

TEST_F(QueueTest, a_missing_command_is_told_and_a_wrong_one_refused) {
    put("skan.png");
    run("no-such-program-anywhere {in} {out}");
    EXPECT_EQ(job("skan.png").reason, Reason::command_missing);
    EXPECT_NE(job("skan.png").words, "");
    Queue queue(settings("ocr {out}"), *ledger_, real_disk());
    EXPECT_EQ(queue.run(Queue::Until::stopped, {}).error().cause, Cause::point_invalid);
}

TEST_F(QueueTest, two_programs_on_one_folder_run_each_file_once) {
    std::set<std::string> all;
    for (int i = 0; i < 40; ++i) {
        put(std::to_string(i) + ".png", std::to_string(i));
        all.insert(in(std::to_string(i) + ".png"));
    }
    QueueSettings four = settings(script(copy));
    four.ocr.jobs = 4;
    const auto other_ledger = open_ledger();
    // Both have seen all files as queued before either begins with one.
    std::latch seen(2);
    std::once_flag one_saw, other_saw;
    Queue one(four, *ledger_, real_disk(),
              [&] { std::call_once(one_saw, [&] { seen.arrive_and_wait(); }); });
    Queue other(four, *other_ledger, real_disk(),
                [&] { std::call_once(other_saw, [&] { seen.arrive_and_wait(); }); });
    std::jthread thread([&] { EXPECT_TRUE(other.run(Queue::Until::empty, {})); });
    EXPECT_TRUE(one.run(Queue::Until::empty, {}));
    thread.join();
    std::istringstream lines(log());
    std::multiset<std::string> run;
    for (std::string line; std::getline(lines, line);)
        run.insert(line);
    EXPECT_EQ(run.size(), all.size());
    EXPECT_EQ(std::set<std::string>(run.begin(), run.end()), all);
    Queue third(four, *ledger_, real_disk());
    ASSERT_TRUE(third.run(Queue::Until::empty, {}));
    for (const QueueEntry& entry : third.entries())
        EXPECT_EQ(entry.job.state, State::done) << entry.job.file;
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(in("done")), {}), 40);
}

TEST_F(QueueTest, when_it_is_stopped_commands_end_and_their_files_are_queued) {
    put("a.png");
    put("b.png");
    QueueSettings two = settings(script(R"(echo begun; sleep 1000)"));
    two.ocr.jobs = 2;
    run_until(
        two, [](const Queue& queue) { return has(queue, State::running); }, [](Queue&) {});
    EXPECT_EQ(job("a.png").state, State::queued);
    EXPECT_EQ(job("b.png").state, State::queued);
    run(script(copy));
    EXPECT_EQ(job("a.png").state, State::done);
}

TEST_F(QueueTest, an_operator_stops_one_file_and_the_next_has_its_turn) {
    put("a.png");
    put("b.png");
    const std::string command = script(R"(case $1 in *a.png) sleep 1000;; esac; cat "$1" >"$2")");
    run_until(
        settings(command),
        [](Queue& queue) {
            for (const QueueEntry& entry : queue.entries())
                if (entry.job.file == "a.png" && entry.job.state == State::running)
                    queue.stop("a.png");
            return has(queue, State::done);
        },
        [](Queue&) {});
    EXPECT_EQ(job("a.png").state, State::failed);
    EXPECT_EQ(job("a.png").reason, Reason::stopped);
    EXPECT_EQ(job("b.png").state, State::done);
}

TEST_F(QueueTest, what_a_killed_program_left_is_cleaned_up_and_run_again) {
    put("skan.png");
    run_until(
        settings(script("sleep 1000")),
        [](const Queue& queue) { return has(queue, State::running); }, [](Queue&) {});
    const std::string left = scratch() + "/mailpoint-ocr-left",
                      others = root_ / "mailpoint-ocr-others";
    for (const std::string& folder : {left, others})
        std::filesystem::create_directories(folder + "/within");
    ASSERT_TRUE(raw().run("UPDATE ocr_job SET state = 'running', instance = 'gone', scratch = '" +
                          left + "'"));
    run(script(copy));
    EXPECT_EQ(job("skan.png").state, State::done);
    EXPECT_FALSE(std::filesystem::exists(left));
    // Nothing else is removed, whatever the ledger says.
    put("skan.png", "longer");
    run_until(
        settings(script("sleep 1000")),
        [](const Queue& queue) { return has(queue, State::running); }, [](Queue&) {});
    ASSERT_TRUE(raw().run("UPDATE ocr_job SET state = 'running', instance = 'gone', scratch = '" +
                          others + "'"));
    run(script(copy));
    EXPECT_TRUE(std::filesystem::exists(others + "/within"));
}

TEST_F(QueueTest, a_result_that_a_killed_program_had_placed_is_not_made_again) {
    put("skan.png");
    const std::string command = script(copy);
    run(command);
    const std::string to_the_last = "UPDATE ocr_job SET state = 'running', instance = 'gone'";
    ASSERT_TRUE(raw().run(to_the_last));
    run(command);
    EXPECT_EQ(job("skan.png").state, State::done);
    EXPECT_EQ(log(), in("skan.png") + "\n");
    // But not where it had only meant to.
    ASSERT_TRUE(raw().run(to_the_last));
    std::filesystem::remove(done("skan.pdf"));
    run(command);
    EXPECT_EQ(job("skan.png").result, done("skan.pdf"));
    EXPECT_EQ(log(), in("skan.png") + "\n" + in("skan.png") + "\n");
}

TEST_F(QueueTest, a_file_that_leaves_the_folder_leaves_the_queue_unless_it_is_done) {
    put("a.png");
    put("b.png");
    run(script(R"(case $1 in *a.png) exit 1;; esac; cat "$1" >"$2")"));
    std::filesystem::remove(in("a.png"));
    std::filesystem::remove(in("b.png"));
    run(script(copy));
    ASSERT_EQ(entries_.size(), 1U);
    EXPECT_EQ(job("b.png").state, State::done);
    ASSERT_TRUE(raw().run("UPDATE ocr_job SET at = 1000"));
    run(script(copy));
    EXPECT_TRUE(entries_.empty());
}

TEST_F(QueueTest, that_a_file_was_done_is_remembered_for_as_long_as_the_workspace_says) {
    QueueSettings short_ = settings(script(copy));
    int days = 60;
    short_.done_kept = [&] { return std::chrono::days(days); };
    put("a.png");
    run(short_);
    std::filesystem::rename(in("a.png"), root_ / "a.png");
    ASSERT_TRUE(raw().run("UPDATE ocr_job SET at = at - 100 * 86400"));
    run(short_);
    EXPECT_EQ(entries_.size(), 1U) << "nothing lies there: it may be that the share is away";
    put("b.png");
    days = 120;
    run(short_);
    EXPECT_EQ(entries_.size(), 2U);
    days = 60;
    run(short_);
    ASSERT_EQ(entries_.size(), 1U);
    EXPECT_EQ(job("b.png").state, State::done);
}

TEST_F(QueueTest, without_a_command_it_says_what_lies_for_long_and_what_was_fetched) {
    put("a.png");
    std::ofstream(in("text.txt")) << "no picture";
    run("");
    EXPECT_EQ(job("a.png").state, State::queued);
    EXPECT_EQ(job("text.txt").reason, Reason::wrong_type);
    EXPECT_FALSE(entries_.at(0).lies_long);
    ASSERT_TRUE(raw().run("UPDATE ocr_job SET since = since - 3601"));
    run("");
    for (const QueueEntry& entry : entries_)
        EXPECT_EQ(entry.lies_long, entry.job.file == "a.png");
    QueueSettings never = settings("");
    never.ocr.warn_after_minutes = 0;
    run(never);
    for (const QueueEntry& entry : entries_)
        EXPECT_FALSE(entry.lies_long);
    std::filesystem::rename(in("a.png"), root_ / "a.png");
    run("");
    EXPECT_EQ(job("a.png").state, State::done);
    std::filesystem::rename(root_ / "a.png", in("a.png"));
    run("");
    EXPECT_EQ(job("a.png").state, State::queued) << "it is back";
}

TEST_F(QueueTest, an_empty_folder_where_a_share_was_takes_nothing_out_of_the_queue) {
    put("a.png");
    run("");
    const auto since = job("a.png").since;
    put_stand_in();
    const auto gone = outcome_of(settings(""));
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().cause, Cause::folder_silent);
    EXPECT_EQ(gone.error().fact("stands_empty"), "yes");
    EXPECT_EQ(job("a.png").state, State::queued);
    bring_back();
    run("");
    EXPECT_EQ(job("a.png").state, State::queued);
    EXPECT_EQ(job("a.png").since, since);
    // The last file that is fetched leaves an empty folder, too.
    std::filesystem::remove(in("a.png"));
    run("");
    EXPECT_EQ(job("a.png").state, State::done);
}

TEST_F(QueueTest, what_has_failed_is_not_run_again_because_a_share_was_away) {
    put("a.png");
    const std::string command = script(R"(echo x >>"$LOG"; exit 1)");
    run(command);
    put_stand_in();
    EXPECT_FALSE(outcome_of(settings(command)));
    bring_back();
    run(command);
    EXPECT_EQ(log(), "x\n");
    EXPECT_EQ(job("a.png").state, State::failed);
}

TEST_F(QueueTest, a_file_still_being_written_is_not_taken) {
    put("skan.png");
    QueueSettings slow = settings(script(copy));
    slow.settles_in = std::chrono::hours(1);
    Queue queue(slow, *ledger_, real_disk());
    EXPECT_FALSE(queue.run(Queue::Until::empty, Wait::for_at_most(std::chrono::milliseconds(200))));
    EXPECT_TRUE(queue.entries().empty());
    EXPECT_EQ(log(), "");
}

TEST_F(QueueTest, a_folder_that_is_gone_is_told_until_it_is_back) {
    put("skan.png");
    std::filesystem::rename(folder(), root_ / "aside");
    Queue queue(settings(script(copy)), *ledger_, real_disk());
    EXPECT_EQ(queue.run(Queue::Until::empty, {}).error().cause, Cause::folder_not_found);
    EXPECT_EQ(queue.fault()->cause, Cause::folder_not_found);
    std::filesystem::rename(root_ / "aside", folder());
    EXPECT_TRUE(queue.run(Queue::Until::empty, {}));
    EXPECT_FALSE(queue.fault());
    EXPECT_EQ(queue.entries().at(0).job.state, State::done);
}

}  // namespace mail::ocr
