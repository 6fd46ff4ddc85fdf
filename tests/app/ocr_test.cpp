// The command ocr, as people and schedulers start it: what it runs, and what it asks before.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/mail/point/json_schema.h"

namespace program {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

class Ocr : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(files());
        define("sh " + script() + " {in} {out}");
        write(script(), "cp \"$1\" \"$2\"\necho \"$1\" >> " + ran());
        put("a.pdf");
        put("b.pdf");
    }
    [[nodiscard]] Outcome ocr(std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"ocr",       "--point", "Skaner", "--workspace",
                                       workspace(), "--lang",  "en"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words, {{"XDG_DATA_HOME", folder_ / "home"}});
    }
    void define(const std::string& command) const {
        Json point{{"version", 1},
                   {"type", "ocr"},
                   {"id", "6e0c7f36-0f0d-4c36-8d2f-59f0b1a8d5a1"},
                   {"name", "Skaner"}};
        point["general"] = {{"folder", files()}};
        point["ocr"] = {{"command", command}};
        write(workspace() + "/points/skaner.json", point.dump());
    }
    static void write(const std::string& path, const std::string& content) {
        fs::create_directories(fs::path(path).parent_path());
        std::ofstream(path) << content;
    }
    void put(const std::string& name) const {
        write(files() + "/" + name, "%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n" + name);
    }
    [[nodiscard]] std::size_t runs() const {
        std::ifstream in(ran());
        return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(in), {}, '\n'));
    }
    void allow() const { ASSERT_EQ(ocr({"--allow-command"}).exit_code, 0); }

    [[nodiscard]] std::string files() const { return folder_ / "scans"; }
    [[nodiscard]] std::string workspace() const { return folder_ / "workspace"; }
    [[nodiscard]] std::string script() const { return folder_ / "ocr.sh"; }
    [[nodiscard]] std::string ran() const { return folder_ / "ran"; }
    const mail::fakes::ScratchFolder folder_;
};

TEST_F(Ocr, nothing_runs_before_the_person_has_allowed_the_command) {
    const auto refused = ocr();
    EXPECT_EQ(refused.exit_code, 6) << refused.error;
    EXPECT_NE(refused.error.find("sh " + script() + " {in} {out}"), std::string::npos)
        << refused.error;
    EXPECT_NE(refused.error.find("--allow-command"), std::string::npos);
    EXPECT_EQ(runs(), 0U);
    const auto allowed = ocr({"--allow-command"});
    EXPECT_EQ(allowed.exit_code, 0) << allowed.error;
    EXPECT_NE(allowed.error.find(script()), std::string::npos) << allowed.error;
    EXPECT_EQ(runs(), 0U) << "it is allowed, not run";
    EXPECT_EQ(ocr().exit_code, 0);
    EXPECT_EQ(runs(), 2U);
    // Whoever can write to the workspace gets nothing run by that.
    put("c.pdf");
    define("sh " + script() + " {in} {out} more");
    EXPECT_EQ(ocr().exit_code, 6);
    EXPECT_EQ(runs(), 2U);
    for (const auto& entry : fs::recursive_directory_iterator(workspace()))
        EXPECT_NE(entry.path().filename(), "ocr-commands.json");
}

TEST_F(Ocr, each_file_is_run_once_and_its_result_lies_in_done) {
    allow();
    const auto outcome = ocr({"--json"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    const Json told = Json::parse(outcome.out);
    ASSERT_EQ(told.at("files").size(), 2U);
    for (const Json& file : told.at("files")) {
        EXPECT_EQ(file.at("state"), "done");
        EXPECT_TRUE(fs::exists(file.at("result").get<std::string>()));
    }
    EXPECT_TRUE(fs::exists(files() + "/done/a.pdf"));
    EXPECT_TRUE(fs::exists(files() + "/a.pdf")) << "it stays as it is";
    EXPECT_EQ(ocr().exit_code, 0);
    EXPECT_EQ(runs(), 2U);
}

TEST_F(Ocr, a_failed_file_is_told_and_run_again_when_asked_for) {
    allow();
    write(script(), "echo \"no such language: pl\" >&2\nexit 3\n");
    const auto failed = ocr();
    EXPECT_EQ(failed.exit_code, 5) << failed.error;
    EXPECT_NE(failed.out.find("code 3: no such language: pl"), std::string::npos) << failed.out;
    write(script(), "cp \"$1\" \"$2\"\n");
    EXPECT_EQ(ocr().exit_code, 5) << "it is left alone";
    EXPECT_EQ(ocr({"--retry"}).exit_code, 0);
    EXPECT_TRUE(fs::exists(files() + "/done/b.pdf"));
}

TEST_F(Ocr, what_is_shown_runs_nothing) {
    allow();
    EXPECT_EQ(ocr({"--show"}).exit_code, 0);
    EXPECT_EQ(runs(), 0U);
    EXPECT_EQ(ocr().exit_code, 0);
    const auto shown = ocr({"--show"});
    EXPECT_EQ(shown.exit_code, 0);
    EXPECT_NE(shown.out.find("done/a.pdf"), std::string::npos) << shown.out;
    EXPECT_EQ(runs(), 2U);
}

TEST_F(Ocr, a_watch_takes_what_comes_and_ends_when_told_to) {
    allow();
    Started watching({"ocr", "--point", "Skaner", "--workspace", workspace(), "--watch"},
                     {{"XDG_DATA_HOME", folder_ / "home"}});
    const auto until_there = [](const std::string& path) {
        for (int i = 0; i < 6000 && !fs::exists(path); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return fs::exists(path);
    };
    EXPECT_TRUE(until_there(files() + "/done/a.pdf"));
    put("later.pdf");
    EXPECT_TRUE(until_there(files() + "/done/later.pdf"));
    watching.signal(SIGINT);
    EXPECT_EQ(watching.wait(), 0);
}

TEST_F(Ocr, a_watch_ends_with_its_point) {
    allow();
    Started watching({"ocr", "--point", "Skaner", "--workspace", workspace(), "--watch"},
                     {{"XDG_DATA_HOME", folder_ / "home"}});
    for (int i = 0; i < 6000 && !fs::exists(files() + "/done/b.pdf"); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    fs::remove(workspace() + "/points/skaner.json");
    EXPECT_EQ(watching.wait(), 1);
}

TEST_F(Ocr, another_kind_of_point_and_no_point_are_told) {
    const auto no_point = run({"ocr", "--workspace", workspace(), "--lang", "en"});
    EXPECT_EQ(no_point.exit_code, 2) << no_point.error;
    write(workspace() + "/points/faktury.json",
          R"({"version":1,"type":"mailbox","name":"Faktury","connection":{"server":"x.example"}})");
    const auto other =
        run({"ocr", "--point", "Faktury", "--workspace", workspace(), "--lang", "en"},
            {{"XDG_DATA_HOME", folder_ / "home"}});
    EXPECT_EQ(other.exit_code, 1);
    EXPECT_NE(other.error.find("not an OCR point"), std::string::npos) << other.error;
    EXPECT_EQ(run({"list", "--demo", "--retry"}).exit_code, 2);
}

TEST_F(Ocr, what_scripts_read_is_as_its_schema_says) {
    std::ifstream file(MAILPOINT_SOURCE_DIR "/docs/output.schema.json");
    const Json schema = Json::parse(file);
    const auto is_as_said = [&](const Outcome& outcome) {
        const auto faults = mail::point::faults_against_schema(Json::parse(outcome.out), schema);
        EXPECT_TRUE(faults.empty()) << faults.front() << outcome.out;
    };
    is_as_said(ocr({"--json"}));
    allow();
    write(script(), "exit 3\n");
    is_as_said(ocr({"--json"}));
    write(script(), "cp \"$1\" \"$2\"\n");
    is_as_said(ocr({"--json", "--retry"}));
    const auto log = run({"log", "--json", "--workspace", workspace()});
    is_as_said(log);
    EXPECT_NE(log.out.find("ocr_command_allowed"), std::string::npos);
}

}  // namespace
}  // namespace program
