// The folder that somebody has chosen for a point while it works: whose it is, how long it holds,
// and what goes before it.

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "mail/engine.h"
#include "mail/point/chosen_folders.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

using From = PointView::FolderFrom;

const point::SystemAccount ala{"1000", "ala", true}, jan{"1001", "jan", true};

struct ChoosingAFolder : testing::Test {
    class Program {
    public:
        explicit Program(Engine::Setup setup) { engine_.start(std::move(setup)); }
        JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
        std::optional<Error> refusal_of(Command command) {
            return do_job(std::move(command)).error;
        }
        std::string target(const std::string& of) {
            return engine_->snapshot()->point(of)->target_folder;
        }
        From from(const std::string& of) { return engine_->snapshot()->point(of)->folder_from; }

    private:
        fakes::WaitedEngine engine_;
    };

    Engine::Setup setup(const point::SystemAccount& account) const {
        Engine::Setup setup{point::Workspace::open(real_disk(), folder / "ws").value(),
                            memory_secret_store()};
        setup.account = account;
        setup.remembers_chosen_folders = true;
        return setup;
    }
    Program window(const point::SystemAccount& account) const { return Program(setup(account)); }
    void SetUp() override {
        std::filesystem::create_directories(folder / "Łódź – żółte");
        std::filesystem::create_directories(folder / "other");
        point.name = "Faktury";
        point.connection.server = "imap.firma.example";
        point.general.folder = folder / "own";
        point.general.set_folder_while_working = true;
        // By an engine without rules: then everybody may work with it.
        point::Workspace workspace = point::Workspace::open(real_disk(), folder / "ws").value();
        point = *workspace.save(point)->point;
        point::Point second = point;
        second.id = "";
        second.name = "Zamówienia";
        other = workspace.save(second)->point->id;
    }
    std::string choices_of(const point::SystemAccount& account) const {
        return folder / "ws/" + point::chosen_folders_file(account);
    }

    fakes::ScratchFolder folder;
    point::Point point;
    std::string other;
};

TEST_F(ChoosingAFolder, is_remembered_for_this_person_and_this_point_only) {
    const std::string polish = folder / "Łódź – żółte";
    {
        Program program = window(ala);
        ASSERT_FALSE(program.refusal_of(SetFolder{point.id, polish}));
        EXPECT_EQ(program.target(point.id), polish);
        EXPECT_EQ(program.from(point.id), From::chosen);
        EXPECT_EQ(program.target(other), folder / "own");
    }
    {
        Program jans = window(jan);
        EXPECT_EQ(jans.target(point.id), folder / "own");
        ASSERT_FALSE(jans.refusal_of(SetFolder{point.id, folder / "other"}));
    }
    Program again = window(ala);
    EXPECT_EQ(again.target(point.id), polish);
    EXPECT_EQ(again.from(point.id), From::chosen);
    EXPECT_EQ(window(jan).target(point.id), folder / "other");
}

TEST_F(ChoosingAFolder, is_taken_back_for_good) {
    {
        Program program = window(ala);
        ASSERT_FALSE(program.refusal_of(SetFolder{point.id, folder / "other"}));
        ASSERT_FALSE(program.refusal_of(SetFolder{point.id, ""}));
        EXPECT_EQ(program.target(point.id), folder / "own");
        EXPECT_EQ(program.from(point.id), From::definition);
    }
    EXPECT_EQ(window(ala).target(point.id), folder / "own");
}

TEST_F(ChoosingAFolder, in_the_window_changes_no_commands_target) {
    {
        Program program = window(ala);
        ASSERT_FALSE(program.refusal_of(SetFolder{point.id, folder / "other"}));
    }
    Engine::Setup command = setup(ala);
    command.remembers_chosen_folders = false;
    Program program{std::move(command)};
    EXPECT_EQ(program.target(point.id), folder / "own");
    ASSERT_FALSE(program.refusal_of(SetFolder{point.id, folder / "Łódź – żółte"}));
    EXPECT_EQ(window(ala).target(point.id), folder / "other");
}

TEST_F(ChoosingAFolder, is_refused_where_the_point_has_it_switched_off_and_nothing_is_used) {
    Program program = window(ala);
    ASSERT_FALSE(program.refusal_of(SetFolder{point.id, folder / "other"}));
    point.general.set_folder_while_working = false;
    ASSERT_FALSE(program.refusal_of(SavePoint{point, {}}));
    EXPECT_EQ(program.target(point.id), folder / "own");
    EXPECT_EQ(program.from(point.id), From::definition);
    for (const std::string& wanted : {folder / "other", std::string()}) {
        const auto refused = program.refusal_of(SetFolder{point.id, wanted});
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->cause, Cause::folder_choice_not_allowed);
    }
    EXPECT_EQ(window(ala).target(point.id), folder / "own");
}

TEST_F(ChoosingAFolder, goes_before_the_definition_and_its_ocr_point_and_behind_the_command_line) {
    std::string ocr_id;
    {
        Program program = window(ala);
        point::Point ocr;
        ocr.type = point::Type::ocr;
        ocr.name = "OCR";
        ocr.general.folder = folder / "ocr";
        ocr_id = program.do_job(SavePoint{ocr, {}}).saved_point;
        point.general.ocr_point = ocr_id;
        ASSERT_FALSE(program.refusal_of(SavePoint{point, {}}));
        EXPECT_EQ(program.target(point.id), folder / "ocr");
        ASSERT_FALSE(program.refusal_of(SetFolder{point.id, folder / "other"}));
        EXPECT_EQ(program.target(point.id), folder / "other");
        // Whatever becomes of the others.
        point.general.folder = folder / "own2";
        ASSERT_FALSE(program.refusal_of(SavePoint{point, {}}));
        EXPECT_EQ(program.target(point.id), folder / "other");
    }
    Engine::Setup with_out = setup(ala);
    with_out.target_folders[point.id] = folder / "out";
    Program program{std::move(with_out)};
    EXPECT_EQ(program.target(point.id), folder / "out");
    EXPECT_EQ(program.from(point.id), From::given);
    const auto refused = program.refusal_of(SetFolder{point.id, folder / "other"});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->cause, Cause::folder_choice_not_allowed);
    EXPECT_EQ(refused->fact("given"), folder / "out");
}

TEST_F(ChoosingAFolder, tries_it_first_and_changes_nothing_where_it_will_not_do) {
    std::ofstream(folder / "file") << "x";
    Program program = window(ala);
    ASSERT_FALSE(program.refusal_of(SetFolder{point.id, folder / "other"}));
    const auto cause_of = [&](const std::string& wanted) {
        const auto refused = program.refusal_of(SetFolder{point.id, wanted});
        return refused ? std::string(name_of(refused->cause)) : "";
    };
    EXPECT_EQ(cause_of(folder / "file"), "not_a_folder");
    EXPECT_EQ(cause_of(folder / "new"), "folder_not_found");
    EXPECT_EQ(cause_of(folder / "new/below"), "folder_not_found");
    EXPECT_EQ(cause_of(folder / "a\nb"), "point_invalid");
    EXPECT_EQ(cause_of("smb://ala:tajne@nas/skany"), "point_invalid");
    EXPECT_EQ(program.target(point.id), folder / "other");
    EXPECT_EQ(window(ala).target(point.id), folder / "other");
    EXPECT_FALSE(std::filesystem::exists(folder / "new"));
}

TEST_F(ChoosingAFolder, makes_it_where_that_is_wished_but_not_in_one_that_is_not_there) {
    Program program = window(ala);
    ASSERT_FALSE(program.refusal_of(SetFolder{point.id, folder / "nowy rok", true}));
    EXPECT_TRUE(std::filesystem::is_directory(folder / "nowy rok"));
    EXPECT_TRUE(std::filesystem::is_empty(folder / "nowy rok")) << "what was tried is gone";
    const auto refused = program.refusal_of(SetFolder{point.id, folder / "share/2026", true});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->fact("missing"), folder / "share");
    EXPECT_EQ(program.target(point.id), folder / "nowy rok");
    // A relative one starts where those of definitions do.
    ASSERT_FALSE(program.refusal_of(SetFolder{point.id, "pobrane", true}));
    EXPECT_EQ(program.target(point.id), folder / "ws/pobrane");
}

TEST_F(ChoosingAFolder, says_which_other_point_files_there) {
    Program program = window(ala);
    std::filesystem::create_directories(folder / "own");
    const Facts facts = program.do_job(SetFolder{point.id, folder / "own"}).folder_facts;
    EXPECT_EQ(facts, (Facts{{"used_by", "Zamówienia"}}));
}

TEST_F(ChoosingAFolder, that_can_no_longer_be_read_leaves_no_target_and_is_not_written_over) {
    std::ofstream(choices_of(ala)) << "{";
    Program program = window(ala);
    EXPECT_EQ(program.target(point.id), "") << "which one it was nobody knows";
    const auto refused = program.refusal_of(SetFolder{point.id, folder / "other"});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->cause, Cause::point_damaged);
    EXPECT_EQ(refused->fact("file"), choices_of(ala));
    std::filesystem::remove(choices_of(ala));
    ASSERT_FALSE(program.refusal_of(SetFolder{point.id, folder / "other"}));
    EXPECT_EQ(program.target(point.id), folder / "other");
}

TEST_F(ChoosingAFolder, for_a_definition_elsewhere_is_no_choice_for_the_point_of_that_id) {
    const auto with_guest = [&] {
        Engine::Setup one = setup(ala);
        Engine::Guest guest;
        guest.point = point;
        guest.point.id = other;
        guest.path = folder / "elsewhere.json";
        one.guests.push_back(guest);
        return one;
    };
    point::Workspace workspace = point::Workspace::open(real_disk(), folder / "ws").value();
    ASSERT_TRUE(workspace.remove(other));
    {
        Program program{with_guest()};
        ASSERT_FALSE(program.refusal_of(SetFolder{other, folder / "other"}));
    }
    EXPECT_EQ(Program(with_guest()).target(other), folder / "other");
    ASSERT_TRUE(workspace.restore(other));
    EXPECT_EQ(window(ala).target(other), folder / "own");
}

TEST_F(ChoosingAFolder, is_in_the_log_as_the_folder_that_is_used_then) {
    Program program = window(ala);
    ASSERT_FALSE(program.refusal_of(SetFolder{point.id, "pobrane", true}));
    ASSERT_FALSE(program.refusal_of(SetFolder{point.id, ""}));
    const JobView log = program.do_job(LookUpLog{});
    ASSERT_TRUE(log.log);
    ASSERT_EQ(log.log->size(), 2U);
    EXPECT_EQ(log.log->at(1).detail, folder / "ws/pobrane");
    EXPECT_EQ(log.log->at(0).detail, folder / "own");
}

}  // namespace
}  // namespace mail
