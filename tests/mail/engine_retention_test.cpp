// For how long a workspace keeps its activity log: who says so, and that every program obeys at
// once. What becomes of the lists is in engine_remembered_test.cpp.

#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "mail/engine.h"
#include "mail/store/ledger.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

using point::Retention;

const point::SystemAccount ala{"1000", "ala", true}, jan{"1001", "jan", true};
const point::Operators office{{"ala", "1000", "ala", "Ala Nowak", true, true},
                              {"jan", "1001", "jan", "Jan", false, false}};

class Program {
public:
    Program(const std::string& folder, const point::SystemAccount& account,
            std::chrono::milliseconds tidies_every = std::chrono::hours(24)) {
        Engine::Setup setup{point::Workspace::open(real_disk(), folder).value(),
                            memory_secret_store(),
                            {},
                            account.account_name};
        setup.account = account;
        setup.tidies_every = tidies_every;
        engine_.start(std::move(setup));
        // Behind what a start has to do.
        do_job(ReloadPoints{});
    }
    JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
    [[nodiscard]] std::optional<Cause> refusal_of(Command command) {
        return engine_.refusal_of(std::move(command));
    }
    [[nodiscard]] std::shared_ptr<const Snapshot> shown() const { return engine_->snapshot(); }

private:
    fakes::WaitedEngine engine_;
};

class EngineRetention : public testing::Test {
protected:
    EngineRetention() {
        Program program(folder_ / "ws", ala);
        EXPECT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
    }
    /// Lines of so many days ago.
    void note(const std::vector<int>& ages) {
        const auto ledger = store::Ledger::open(folder_ / "ws/state.db").value();
        for (const int age : ages) {
            store::Action action;
            action.when = std::chrono::floor<std::chrono::seconds>(
                std::chrono::system_clock::now() - std::chrono::days(age));
            action.what = store::Action::What::folder_set;
            action.detail = std::to_string(age);
            ASSERT_TRUE(ledger->note(action));
        }
    }
    /// Of those that note() has written.
    [[nodiscard]] std::vector<std::string> ages() {
        store::ActionQuery query;
        query.kinds = {store::Action::What::folder_set};
        std::vector<std::string> ages;
        const auto ledger = store::Ledger::open(folder_ / "ws/state.db").value();
        const auto actions = ledger->actions(query).value();
        for (const store::Action& action : actions)
            ages.push_back(action.detail);
        return ages;
    }
    /// A change that is noted in the log.
    static void change_something(Program& program) {
        ASSERT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
    }
    using Ages = std::vector<std::string>;

    fakes::ScratchFolder folder_;
};

TEST_F(EngineRetention, goes_by_400_days_at_its_start_and_at_each_change_where_nothing_is_said) {
    note({401, 399});
    Program program(folder_ / "ws", ala);
    EXPECT_EQ(program.shown()->office->retention, (Retention{400, 90}));
    EXPECT_EQ(ages(), Ages{"399"});
    note({402});
    change_something(program);
    EXPECT_EQ(ages(), Ages{"399"});
}

TEST_F(EngineRetention, an_administrator_sets_it_and_what_is_older_goes_at_once) {
    note({399, 100, 59});
    Program program(folder_ / "ws", ala);
    ASSERT_EQ(program.refusal_of(SaveRetention{{60, 10}, Retention{}}), std::nullopt);
    EXPECT_EQ(program.shown()->office->retention, (Retention{60, 10}));
    EXPECT_EQ(ages(), Ages{"59"});
    const auto log = program.do_job(LookUpLog{}).log;
    ASSERT_FALSE(log->empty());
    EXPECT_EQ(log->front().what, store::Action::What::retention_saved);
    EXPECT_EQ(log->front().who, "ala");
    EXPECT_EQ(log->front().detail, "60/10");
}

TEST_F(EngineRetention, of_somebody_else_is_refused_and_changes_nothing) {
    note({100});
    Program program(folder_ / "ws", jan);
    EXPECT_EQ(program.refusal_of(SaveRetention{{60, 10}}), Cause::no_permission);
    EXPECT_EQ(program.shown()->office->retention, Retention{});
    EXPECT_EQ(ages(), Ages{"100"});
}

TEST_F(EngineRetention, beyond_its_limits_or_changed_by_others_meanwhile_it_is_not_saved) {
    note({100});
    Program program(folder_ / "ws", ala);
    EXPECT_EQ(program.refusal_of(SaveRetention{{29, 90}}), Cause::point_invalid);
    EXPECT_EQ(program.refusal_of(SaveRetention{{400, 366}}), Cause::point_invalid);
    EXPECT_EQ(program.refusal_of(SaveRetention{{60, 90}, Retention{500, 90}}),
              Cause::point_changed);
    EXPECT_EQ(program.shown()->office->retention, Retention{});
    EXPECT_EQ(ages(), Ages{"100"});
}

TEST_F(EngineRetention, another_program_that_runs_obeys_without_having_read_anything_anew) {
    Program runs(folder_ / "ws", ala), other(folder_ / "ws", ala);
    ASSERT_EQ(other.refusal_of(SaveRetention{{3650, 90}}), std::nullopt);
    note({3000, 500});
    change_something(runs);
    EXPECT_EQ(ages(), (Ages{"500", "3000"}));
    ASSERT_EQ(other.refusal_of(SaveRetention{{600, 90}}), std::nullopt);
    note({700});
    change_something(runs);
    EXPECT_EQ(ages(), Ages{"500"});
}

// Nobody does anything that is noted, and the program is not started anew for months.
TEST_F(EngineRetention, what_gets_too_old_while_a_program_runs_goes_too) {
    const Program runs(folder_ / "ws", ala, std::chrono::milliseconds(20));
    note({402, 399});
    const auto copy = folder_ / "ws/quarantine/1.eml";
    std::filesystem::create_directories(folder_ / "ws/quarantine");
    std::ofstream(copy) << "Subject: Faktura\r\n";
    {
        const auto ledger = store::Ledger::open(folder_ / "ws/state.db").value();
        store::RemovalEntry entry;
        entry.id = {1, "<1@firma.example>", 1'700'000'000, 100};
        entry.copy = "1.eml";
        entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        entry.keep_until = entry.when - std::chrono::seconds(1);
        ASSERT_TRUE(ledger->removed({"p", "ala@firma.example", "INBOX", 7}, {entry}));
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while ((ages() != Ages{"399"} || std::filesystem::exists(copy)) &&
           std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(ages(), Ages{"399"});
    EXPECT_FALSE(std::filesystem::exists(copy));
}

// It might have said ten years.
TEST_F(EngineRetention, nothing_is_forgotten_as_long_as_its_file_cannot_be_read) {
    note({500});
    std::ofstream(folder_ / "ws/workspace.json") << R"({"log_kept_days": "3650"})";
    {
        Program program(folder_ / "ws", ala);
        ASSERT_TRUE(program.shown()->office_error);
        EXPECT_EQ(program.shown()->office_error->cause, Cause::point_damaged);
        EXPECT_EQ(program.refusal_of(SaveRetention{{60, 90}}), Cause::point_damaged);
        change_something(program);
    }
    EXPECT_EQ(ages(), Ages{"500"});
    std::ofstream(folder_ / "ws/workspace.json") << "{}";
    Program program(folder_ / "ws", ala);
    EXPECT_FALSE(program.shown()->office_error);
    EXPECT_EQ(ages(), Ages{});
}

}  // namespace
}  // namespace mail
