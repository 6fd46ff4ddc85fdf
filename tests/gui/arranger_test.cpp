#include "gui/screens/arranger.h"

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

#include "gui/desk.h"
#include "tests/gui/samples.h"

namespace gui {
namespace {

/// Counts what a worker tells, and lets a test wait for it.
class News {
public:
    void tell() {
        const std::lock_guard lock(mutex_);
        ++told_;
        changed_.notify_all();
    }
    /// Until `done`, which is asked again after every piece of news.
    void wait_until(const std::function<bool()>& done) {
        std::unique_lock lock(mutex_);
        while (!done())
            changed_.wait(lock);
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int told_ = 0;
};

TEST(Arranger, answers_the_newest_question) {
    News news;
    Arranger arranger([&news] { news.tell(); });
    EXPECT_EQ(arranger.latest(), nullptr);
    const auto mailbox = test::large_mailbox(20000);
    for (const char* words : {"faktura", "korekta", "lodz"})
        arranger.ask(mailbox, {.words = words});
    news.wait_until([&] { return arranger.latest() && arranger.latest()->wanted.words == "lodz"; });
    EXPECT_LT(arranger.latest()->order.rows.size(), 20000U);
    EXPECT_EQ(arranger.latest()->order.listed, 20000U);
}

TEST(Arranger, the_answer_before_stays_until_the_next_is_there) {
    News news;
    Arranger arranger([&news] { news.tell(); });
    const auto mailbox = test::office_mailbox();
    arranger.ask(mailbox, {});
    news.wait_until([&] { return arranger.latest() != nullptr; });
    const auto first = arranger.latest();
    arranger.ask(mailbox, {});
    EXPECT_FALSE(arranger.busy());  // the same question costs nothing
    arranger.ask(mailbox, {.shown = Shown::new_});
    ASSERT_NE(arranger.latest(), nullptr);
    news.wait_until([&] { return arranger.latest()->number != first->number; });
    EXPECT_EQ(arranger.latest()->order.rows.size(), 3U);
}

TEST(Arranger, ends_while_it_works) {
    Arranger arranger([] {});
    arranger.ask(test::large_mailbox(50000), {.sort = {{Column::subject, Direction::ascending}}});
}

TEST(Desk, tells_what_could_not_be_opened_once) {
    News news;
    Desk desk(
        {[](const std::string& path) { return path != "/missing"; }, [] { return Theme::dark; }},
        [&news] { news.tell(); });
    EXPECT_EQ(desk.theme(), Theme::light);
    desk.open("/there");
    desk.open("/missing");
    desk.ask_theme();
    news.wait_until([&] { return desk.theme() == Theme::dark; });
    EXPECT_EQ(desk.take_failure(), "/missing");
    EXPECT_FALSE(desk.take_failure());
}

}  // namespace
}  // namespace gui
