// A program that is killed again and again while it works on the queue.

#include <csignal>
#include <random>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

#include "tests/mail/ocr/ocr_fixture_posix.h"

namespace mail::ocr {

class KilledQueue : public OcrFixture {
protected:
    /// Another process runs the queue and is killed after so long, unless it has ended by then.
    void run_and_kill(const QueueSettings& settings, std::chrono::microseconds after) {
        const pid_t process = fork();
        if (process == 0) {
            const auto ledger = open_ledger();
            Queue queue(settings, *ledger, real_disk());
            static_cast<void>(queue.run(Queue::Until::empty, {}));
            _exit(0);
        }
        static_cast<void>(Wait{}.pause(after, Layer::point, Reach::point));
        kill(process, SIGKILL);
        waitpid(process, nullptr, 0);
    }
};

TEST_F(KilledQueue, converges_with_one_result_for_each_file) {
    constexpr int files = 24, kills = 25;
    for (int i = 0; i < files; ++i)
        put(std::to_string(i) + ".png", "file " + std::to_string(i) + ".");
    // No two runs make the same, so that none is taken for another's.
    QueueSettings two = settings(script(R"({ cat "$1"; echo $$; date +%s%N; } >"$2")"));
    two.ocr.jobs = 2;
    std::mt19937 random(20261130);
    for (int i = 0; i < kills; ++i)
        run_and_kill(two, std::chrono::microseconds(random() % 150'000));
    const auto ledger = open_ledger();
    Queue queue(two, *ledger, real_disk());
    ASSERT_TRUE(queue.run(Queue::Until::empty, {}));

    std::set<std::string> results;
    for (const QueueEntry& entry : queue.entries()) {
        EXPECT_EQ(entry.job.state, store::OcrJob::State::done) << entry.job.file;
        EXPECT_TRUE(results.insert(entry.job.result).second) << entry.job.result;
        const std::string content = content_of(entry.job.result);
        EXPECT_NE(content.find("file " + entry.job.file.substr(0, entry.job.file.find('.')) + "."),
                  std::string::npos)
            << entry.job.result;
    }
    EXPECT_EQ(results.size(), static_cast<std::size_t>(files));
    for (const auto& file : std::filesystem::directory_iterator(in("done")))
        EXPECT_TRUE(results.contains(file.path()) || file.path().extension() == ".part")
            << file.path() << " is nobody's result";
}

}  // namespace mail::ocr
