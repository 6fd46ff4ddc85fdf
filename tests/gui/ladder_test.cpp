#include "gui/screens/ladder.h"

#include <gtest/gtest.h>

#include "gui/text/ladder.h"
#include "tests/gui/driver.h"
#include "tests/gui/screen_bench.h"

namespace gui {
namespace {

using mail::Layer;
using mail::diagnose::Step;
using mail::diagnose::Verdict;
using test::Driver;

struct Shown {
    Shown() {
        diagnosis.steps = {
            {Layer::dns, Verdict::ok, {}, {{"host", "x"}, {"addresses", "192.0.2.1"}}, {}},
            {Layer::tcp, Verdict::running, {}, {}, {}},
            {Layer::greeting, Verdict::waiting, {}, {}, {}}};
        driver.emplace([this] {
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
            ImGui::Begin("test", nullptr, ImGuiWindowFlags_NoDecoration);
            bench.draw([this](Frame& frame) { draw_ladder(frame, diagnosis); });
            ImGui::End();
        });
        driver->frames(2);
    }
    Driver& d() { return *driver; }

    test::ScreenBench bench;
    mail::Diagnosis diagnosis;
    std::optional<Driver> driver;
};

TEST(DrawnLadder, steps_stand_one_below_the_other_in_their_order) {
    Shown ladder;
    const auto* dns = ladder.d().find("Nazwa serwera (DNS)");
    const auto* tcp = ladder.d().find("Połączenie TCP");
    ASSERT_NE(dns, nullptr);
    ASSERT_NE(tcp, nullptr);
    EXPECT_GE(tcp->rect.Min.y, dns->rect.Max.y);
    EXPECT_TRUE(ladder.d().says("192.0.2.1"));
    EXPECT_TRUE(ladder.d().says("czekam"));
    EXPECT_FALSE(ladder.d().says("Wszystko działa"));
}

TEST(DrawnLadder, the_first_failure_says_cause_and_next_step_below_it) {
    Shown ladder;
    Step& tcp = ladder.diagnosis.steps[1];
    tcp.verdict = Verdict::fail;
    tcp.error = mail::Error{mail::Cause::connection_refused,
                            Layer::tcp,
                            mail::Reach::connection,
                            {{"host", "x"}, {"port", "1"}}};
    ladder.diagnosis.steps[2].verdict = Verdict::skipped;
    ladder.diagnosis.state = mail::Diagnosis::State::ended;
    ladder.d().frames(2);
    EXPECT_TRUE(ladder.d().says("na porcie 1 nic nie nasłuchuje"));
    EXPECT_TRUE(ladder.d().says("Sprawdź port"));
    EXPECT_TRUE(ladder.d().says("Pewność: na pewno"));
    EXPECT_TRUE(ladder.d().says("nie sprawdzano"));
    const auto* failed = ladder.d().find("Połączenie TCP");
    const auto* next = ladder.d().find("Powitanie serwera");
    ASSERT_NE(failed, nullptr);
    ASSERT_NE(next, nullptr);
    EXPECT_GT(next->rect.Min.y - failed->rect.Max.y, 40.F) << "the verdict stands between";
}

TEST(DrawnLadder, all_that_was_seen_is_in_the_tooltip) {
    Shown ladder;
    ladder.diagnosis.steps[0].evidence.emplace_back("tried", "203.0.113.9");
    ladder.d().frames(2);
    EXPECT_FALSE(ladder.d().says("203.0.113.9"));
    ladder.d().hover("Nazwa serwera (DNS)");
    for (int i = 0; i < 4; ++i)
        ladder.d().seconds(0.5);
    EXPECT_TRUE(ladder.d().says("wypróbowano kolejno: 203.0.113.9"));
}

TEST(DrawnLadder, when_all_is_well_it_says_so) {
    Shown ladder;
    ladder.diagnosis.steps.resize(1);
    ladder.diagnosis.state = mail::Diagnosis::State::ended;
    ladder.d().frames(2);
    EXPECT_TRUE(ladder.d().says("Wszystko działa"));
}

}  // namespace
}  // namespace gui
