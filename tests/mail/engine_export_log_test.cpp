// The activity log as a file: what is in it, whose lines they are, and what is never written over.

#include <filesystem>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "mail/engine.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

using Form = ExportLog::Form;

const point::SystemAccount ala{"1000", "ala", true}, jan{"1001", "jan", true};
const point::Operators office{{"ala", "1000", "ala", "Ala Nowak", true, true},
                              {"jan", "1001", "jan", "Jan", false, false}};

/// One line an action, so that a test can say what is in the file.
std::string lines_of(const std::vector<store::Action>& actions, Form form) {
    std::string text = form == Form::json ? "json\n" : "csv\n";
    for (const store::Action& action : actions)
        text += std::string(store::name_of(action.what)) + " " + action.point_name + "\n";
    return text;
}

class Program {
public:
    Program(const std::string& folder, const point::SystemAccount& account) {
        Engine::Setup setup{point::Workspace::open(real_disk(), folder).value(),
                            memory_secret_store(),
                            {},
                            account.account_name};
        setup.account = account;
        setup.log_text = lines_of;
        engine_.start(std::move(setup));
    }
    JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
    /// The cause with which it failed; nothing if it is done.
    std::optional<Cause> refusal_of(Command command) {
        return engine_.refusal_of(std::move(command));
    }

private:
    fakes::WaitedEngine engine_;
};

class EngineExportLog : public testing::Test {
protected:
    EngineExportLog() {
        Program program(folder_ / "ws", ala);
        EXPECT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
        jans_ = saved(program, "Jana", {"jan"});
        nobodys_ = saved(program, "Niczyja", {});
    }
    static std::string saved(Program& program, const std::string& name,
                             std::vector<std::string> operators) {
        point::Point point;
        point.name = name;
        point.connection.server = "imap.firma.example";
        point.operators = std::move(operators);
        return program.do_job(SavePoint{std::move(point), std::nullopt}).saved_point;
    }
    [[nodiscard]] std::string content(const std::string& path) const {
        return read_file(real_disk(), path, 1U << 20).value_or("(no file)");
    }

    fakes::ScratchFolder folder_;
    std::string jans_, nobodys_, out_ = folder_ / "log.csv";
};

TEST_F(EngineExportLog, is_whole_however_little_is_read_at_once) {
    Program program(folder_ / "ws", ala);
    const std::string whole = "point_saved Niczyja\npoint_saved Jana\noperators_saved \n";
    store::ActionQuery by_one;
    by_one.at_most = 1;
    ASSERT_EQ(program.refusal_of(ExportLog{by_one, out_}), std::nullopt);
    EXPECT_EQ(content(out_), "csv\n" + whole);
    ASSERT_EQ(program.refusal_of(ExportLog{{}, folder_ / "log.json", Form::json}), std::nullopt);
    EXPECT_EQ(content(folder_ / "log.json"), "json\n" + whole);
    EXPECT_EQ(program.do_job(LookUpLog{}).log->size(), 3U) << "reading changes nothing";
}

TEST_F(EngineExportLog, has_the_lines_that_the_person_may_see) {
    Program program(folder_ / "ws", jan);
    store::ActionQuery by_one;
    by_one.at_most = 1;
    ASSERT_EQ(program.refusal_of(ExportLog{by_one, out_}), std::nullopt);
    EXPECT_EQ(content(out_), "csv\npoint_saved Jana\noperators_saved \n")
        << "what is not theirs came first, and didn't end it";
    store::ActionQuery of_point;
    of_point.point = nobodys_;
    const std::string refused = folder_ / "refused.csv";
    EXPECT_EQ(program.refusal_of(ExportLog{of_point, refused}), Cause::no_permission);
    EXPECT_FALSE(std::filesystem::exists(refused));
    of_point.point = jans_;
    ASSERT_EQ(program.refusal_of(ExportLog{of_point, refused}), std::nullopt);
    EXPECT_EQ(content(refused), "csv\npoint_saved Jana\n");
}

TEST_F(EngineExportLog, is_looked_up_in_pages_of_what_the_person_may_see) {
    Program program(folder_ / "ws", jan);
    store::ActionQuery by_one;
    by_one.at_most = 1;
    // What is not theirs is the newest: a page of one line holds nothing for them.
    const JobView first = program.do_job(LookUpLog{by_one});
    ASSERT_EQ(first.log->size(), 1U);
    EXPECT_EQ(first.log->front().point_name, "Jana");
    ASSERT_NE(first.log_older, 0) << "older ones are there to be asked for";
    by_one.before = first.log_older;
    const JobView second = program.do_job(LookUpLog{by_one});
    ASSERT_EQ(second.log->size(), 1U);
    EXPECT_EQ(second.log->front().what, store::Action::What::operators_saved);
    EXPECT_EQ(program.do_job(LookUpLog{}).log_older, 0) << "that was all";
}

TEST_F(EngineExportLog, replaces_a_file_only_when_it_is_told_to) {
    Program program(folder_ / "ws", ala);
    ASSERT_TRUE(write_new_file(real_disk(), out_, "mine"));
    EXPECT_EQ(program.refusal_of(ExportLog{{}, out_}), Cause::file_exists);
    EXPECT_EQ(content(out_), "mine");
    ASSERT_EQ(program.refusal_of(ExportLog{{}, out_, Form::csv, true}), std::nullopt);
    EXPECT_EQ(content(out_).substr(0, 4), "csv\n");
}

TEST_F(EngineExportLog, into_a_folder_that_is_not_there_says_so) {
    Program program(folder_ / "ws", ala);
    EXPECT_EQ(program.refusal_of(ExportLog{{}, folder_ / "no/log.csv"}), Cause::folder_not_found);
}

}  // namespace
}  // namespace mail
