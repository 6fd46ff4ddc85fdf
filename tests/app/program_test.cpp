#include "tests/app/program.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <sys/stat.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mail/base/hash.h"
#include "mail/demo/expected.h"
#include "mail/demo/server.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/mail/point/json_schema.h"

namespace program {

namespace {

using Json = nlohmann::json;
using mail::demo::ExpectedFile;

class Program : public testing::Test {
protected:
    [[nodiscard]] Outcome on_demo(std::vector<std::string> words) const {
        words.insert(words.end(), {"--demo", "--workspace", folder_ / "workspace"});
        return run(words);
    }
    [[nodiscard]] std::multiset<std::string> hashes_in(const std::string& folder) const {
        std::multiset<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            std::ifstream in(entry.path(), std::ios::binary);
            found.insert(mail::sha256_hex(std::string(std::istreambuf_iterator<char>(in), {})));
        }
        return found;
    }
    mail::fakes::ScratchFolder folder_;
};

std::set<std::string> wanted_hashes() {
    std::set<std::string> wanted;
    for (const auto& mail : mail::demo::expected_mails())
        for (const ExpectedFile& file : mail.files)
            if (file.kind == ExpectedFile::Kind::document)
                wanted.insert(file.sha256);
    return wanted;
}

}  // namespace

TEST_F(Program, lists_the_demo_as_json) {
    const Outcome outcome = on_demo({"list", "--json"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.error;
    const Json messages = Json::parse(outcome.out).at("messages");
    const auto expected = mail::demo::expected_mails();
    ASSERT_EQ(messages.size(), expected.size());
    for (const Json& message : messages) {
        const auto& mail = expected.at(message.at("uid").get<std::size_t>() - 1);
        EXPECT_EQ(message.at("subject"), mail.subject);
        EXPECT_EQ(message.at("sender_address"), mail.sender_address);
        for (const Json& attachment : message.at("attachments"))
            EXPECT_TRUE(attachment.at("sha256").is_null()) << "listing fetches nothing";
    }
}

TEST_F(Program, run_puts_every_document_into_the_folder_and_says_so) {
    const std::string out = folder_ / "out";
    const Outcome outcome = on_demo({"run", "--json", "--out", out});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.error;
    const auto there = hashes_in(out);
    std::set<std::string> said;
    const Json result = Json::parse(outcome.out);
    for (const Json& message : result.at("messages"))
        for (const Json& attachment : message.at("attachments"))
            if (attachment.at("file").is_string()) {
                EXPECT_TRUE(std::filesystem::exists(attachment.at("file").get<std::string>()));
                said.insert(attachment.at("sha256").get<std::string>());
            }
    EXPECT_EQ(result.at("folder"), out);
    for (const std::string& hash : wanted_hashes()) {
        EXPECT_TRUE(there.contains(hash));
        EXPECT_TRUE(said.contains(hash));
    }
}

TEST_F(Program, a_second_run_takes_nothing) {
    ASSERT_EQ(on_demo({"run", "--out", folder_ / "out"}).exit_code, 0);
    const auto before = hashes_in(folder_ / "out");
    const Outcome again = on_demo({"run", "--json", "--out", folder_ / "out"});
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_TRUE(Json::parse(again.out).at("messages").empty());
    EXPECT_EQ(hashes_in(folder_ / "out"), before);
    const Outcome listed = on_demo({"list", "--json"});
    const Json result = Json::parse(listed.out);
    for (const Json& message : result.at("messages"))
        EXPECT_NE(message.at("status"), "new");
}

TEST_F(Program, chosen_uids_are_taken_again) {
    ASSERT_EQ(on_demo({"run", "--out", folder_ / "one", "--uid", "2"}).exit_code, 0);
    const auto first = hashes_in(folder_ / "one");
    ASSERT_FALSE(first.empty());
    ASSERT_EQ(on_demo({"run", "--out", folder_ / "two", "--uid", "2"}).exit_code, 0);
    EXPECT_EQ(hashes_in(folder_ / "two"), first);
}

TEST_F(Program, extract_gives_what_run_gives) {
    const auto mails = mail::demo::sample_mails();
    const auto expected = mail::demo::expected_mails();
    for (std::size_t i = 0; i < mails.size(); ++i) {
        if (mails[i].raw.size() > 1'000'000)
            continue;
        const Outcome outcome = run({"extract", "-", "--json"}, {}, mails[i].raw);
        ASSERT_EQ(outcome.exit_code, 0) << outcome.error;
        std::set<std::string> found;
        const Json result = Json::parse(outcome.out);
        for (const Json& attachment : result.at("attachments"))
            found.insert(attachment.at("sha256").get<std::string>());
        for (const ExpectedFile& file : expected[i].files)
            if (file.kind == ExpectedFile::Kind::document) {
                EXPECT_TRUE(found.contains(file.sha256)) << expected[i].subject;
            }
    }
}

TEST_F(Program, what_scripts_read_is_as_its_schema_says) {
    std::ifstream file(MAILPOINT_SOURCE_DIR "/docs/output.schema.json");
    const Json schema = Json::parse(file);
    const std::string workspace = folder_ / "workspace";
    std::filesystem::create_directories(workspace + "/points");
    std::ofstream(workspace + "/points/a.json")
        << R"({"type":"mailbox","name":"A","connection":{"server":"imap.firma.example"}})";
    std::ofstream(workspace + "/points/b.json") << "{";
    std::ofstream(workspace + "/points/c.json") << R"({"type":"mailbox","name":"C","connection":)"
                                                << R"({"server":"imap.firma.example","port":-5}})";
    const std::string mail = mail::demo::sample_mails().at(1).raw;
    for (const Outcome& outcome :
         {on_demo({"list", "--json"}), on_demo({"run", "--json", "--out", folder_ / "out"}),
          on_demo({"run", "--json", "--uid", "2", "--out", folder_ / "no/such"}),
          run({"points", "--json", "--workspace", workspace}), on_demo({"diagnose", "--json"}),
          run({"list", "--json", "--point", "C", "--workspace", workspace}),
          run({"diagnose", "--json", "--point", workspace + "/points/a.json", "--workspace",
               workspace}),
          on_demo({"what-if", "--json"}), on_demo({"report", "--json"}),
          run({"propose", "jan@interia.pl", "--json", "--workspace", workspace}),
          run({"extract", "-", "--json"}, {}, mail),
          run({"extract", folder_ / "none.eml", "--json"})}) {
        const auto faults = mail::point::faults_against_schema(Json::parse(outcome.out), schema);
        EXPECT_TRUE(faults.empty()) << faults.front() << "\n" << outcome.out.substr(0, 2000);
    }
}

TEST_F(Program, what_if_says_what_run_then_makes) {
    const Outcome before = on_demo({"what-if", "--json"});
    ASSERT_EQ(before.exit_code, 0) << before.error;
    const Json said = Json::parse(before.out);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "workspace/demo")) << "nothing is taken";
    std::set<std::string> names;
    for (const Json& message : said.at("forecast"))
        for (const Json& file : message.at("files"))
            if (file.at("file").is_string())
                names.insert(file.at("file"));
    EXPECT_FALSE(names.empty());
    const std::string out = folder_ / "out";
    ASSERT_EQ(on_demo({"run", "--out", out}).exit_code, 0);
    std::size_t as_said = 0;
    for (const auto& entry : std::filesystem::directory_iterator(out))
        as_said += names.contains(entry.path().filename().string()) ? 1U : 0U;
    EXPECT_GE(as_said + 3, names.size()) << "but for names that were in use, and what its content "
                                            "made of it";
    const Outcome text = on_demo({"what-if", "--last", "5", "--lang", "pl"});
    EXPECT_NE(text.out.find("5 ostatnich z 24"), std::string::npos) << text.out;
}

TEST_F(Program, the_report_of_today_has_what_was_taken) {
    const std::string out = folder_ / "out";
    ASSERT_EQ(on_demo({"run", "--out", out}).exit_code, 0);
    const Outcome report = on_demo({"report", "--json"});
    ASSERT_EQ(report.exit_code, 0) << report.error;
    const Json said = Json::parse(report.out);
    EXPECT_EQ(said.at("files"), std::distance(std::filesystem::directory_iterator(out), {}));
    EXPECT_FALSE(said.at("documents").empty());
    std::size_t left_out = 0;
    for (const Json& document : said.at("documents"))
        left_out += document.at("left_out").size();
    EXPECT_GT(left_out, 0U);
    EXPECT_EQ(said.at("left_out"), left_out);
    const Outcome csv = on_demo({"report", "--csv"});
    EXPECT_EQ(csv.out.substr(0, 10), "kind,point");
    EXPECT_NE(csv.out.find("\r\nleft_out,"), std::string::npos);
    EXPECT_NE(csv.out.find("\r\nfile,"), std::string::npos);
    const Outcome earlier = on_demo({"report", "--json", "--date", "2020-01-31"});
    EXPECT_TRUE(Json::parse(earlier.out).at("documents").empty());
    EXPECT_EQ(on_demo({"report", "--date", "2020-02-31"}).exit_code, 2);
}

TEST_F(Program, text_is_for_people_in_both_languages) {
    const Outcome polish = on_demo({"list", "--lang", "pl"});
    EXPECT_NE(polish.out.find("Temat"), std::string::npos);
    EXPECT_NE(polish.out.find("Nowa"), std::string::npos);
    const Outcome english = on_demo({"list", "--lang", "en"});
    EXPECT_NE(english.out.find("Subject"), std::string::npos);
}

TEST_F(Program, help_and_version_need_no_workspace) {
    for (const char* command :
         {"list", "run", "extract", "points", "password", "diagnose", "export", "import", "propose",
          "authorize", "remove", "restore", "log", "ocr", "what-if", "report", "retention"}) {
        const Outcome help = run({command, "--help"});
        EXPECT_EQ(help.exit_code, 0);
        EXPECT_NE(help.out.find(std::string("mailpoint ") + command), std::string::npos);
    }
    EXPECT_EQ(run({"--version"}).out.substr(0, 9), "Mailpoint");
}

TEST_F(Program, shows_and_sets_how_long_the_workspace_keeps_log_and_lists) {
    const auto retention = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "retention");
        words.insert(words.end(), {"--workspace", folder_ / "workspace"});
        return run(words);
    };
    EXPECT_EQ(retention({"--lang", "en"}).out,
              "Activity log: 400\u00a0days\nRemembered lists: 90\u00a0days\n");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "workspace/workspace.json"))
        << "a look changes nothing";
    const Outcome set = retention({"--log", "180", "--lists", "0", "--json"});
    EXPECT_EQ(set.exit_code, 0) << set.error;
    EXPECT_EQ(retention({"--json"}).out, set.out);
    const Json shown = Json::parse(set.out);
    EXPECT_EQ(shown, Json::parse(R"({"retention":{"log_kept_days":180,"lists_kept_days":0}})"));
    std::ifstream schema(MAILPOINT_SOURCE_DIR "/docs/output.schema.json", std::ios::binary);
    EXPECT_EQ(mail::point::faults_against_schema(shown, Json::parse(schema)),
              std::vector<std::string>{});
    EXPECT_EQ(retention({"--log", "30", "--lang", "pl"}).out,
              "Dziennik działań: 30\u00a0dni\nZapamiętane listy: niezapamiętywane\n");
    EXPECT_EQ(retention({"--log", "29"}).exit_code, 2);
    std::ofstream(folder_ / "workspace/operators.json") << R"({"version":1,"operators":[
        {"id":"x","account":"987654","account_name":"nobody-here","name":"Ala","administrator":true}]})";
    EXPECT_EQ(retention({"--log", "400"}).exit_code, 6);
    std::ofstream(folder_ / "workspace/workspace.json") << R"({"log_kept_days":5})";
    const Outcome damaged = retention({"--lang", "en"});
    EXPECT_EQ(damaged.exit_code, 1);
    EXPECT_NE(damaged.error.find("must be within 30–3650"), std::string::npos) << damaged.error;
}

TEST_F(Program, proposes_what_the_table_knows_and_says_where_it_is_from) {
    const Outcome text =
        run({"propose", "jan@interia.pl", "--lang", "en", "--workspace", folder_ / "w"});
    EXPECT_EQ(text.exit_code, 0) << text.error;
    EXPECT_NE(text.out.find("poczta.interia.pl"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("provider table"), std::string::npos) << text.out;
    const Outcome json = run({"propose", "jan@interia.pl", "--json", "--workspace", folder_ / "w"});
    const Json proposal = Json::parse(json.out).at("proposal");
    EXPECT_EQ(proposal.at("source"), "table");
    EXPECT_EQ(proposal.at("port"), 993);
    EXPECT_EQ(proposal.at("outside_domain"), false);
    EXPECT_EQ(run({"propose", "jan"}).exit_code, 2);
}

TEST_F(Program, wrong_usage_ends_with_2_and_says_what_is_wrong) {
    const Outcome outcome = run({"lst", "--lang", "en"});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_TRUE(outcome.out.empty());
    EXPECT_NE(outcome.error.find("list"), std::string::npos);
    EXPECT_EQ(run({"list"}).exit_code, 2);
}

TEST_F(Program, a_point_is_found_by_its_file_and_a_wrong_server_ends_with_4) {
    std::ofstream(folder_ / "point.json")
        << R"({"version":1,"type":"mailbox","name":"X","connection":{"server":"127.0.0.1","port":1,)"
        << R"("encryption":"none","login":"ala"}})";
    const Outcome outcome =
        run({"list", "--json", "--point", folder_ / "point.json", "--workspace", folder_ / "w"},
            {{"MAILPOINT_PASSWORD", "Tajne-7f3a"}});
    EXPECT_EQ(outcome.exit_code, 4) << outcome.error;
    EXPECT_EQ(Json::parse(outcome.out).at("error").at("cause"), "connection_refused");
    EXPECT_EQ((outcome.out + outcome.error).find("Tajne-7f3a"), std::string::npos);
}

TEST_F(Program, diagnoses_the_demo_as_text_and_json) {
    const Outcome text = on_demo({"diagnose", "--lang", "pl"});
    EXPECT_EQ(text.exit_code, 0) << text.error;
    EXPECT_NE(text.out.find("Połączenie TCP"), std::string::npos);
    EXPECT_NE(text.out.find("Wszystko działa."), std::string::npos);
    const Outcome json = on_demo({"diagnose", "--json"});
    EXPECT_EQ(json.exit_code, 0) << json.error;
    const Json diagnosis = Json::parse(json.out);
    EXPECT_EQ(diagnosis.at("verdict").at("code"), "healthy");
    EXPECT_EQ(diagnosis.at("steps").size(), 14U);
    EXPECT_EQ(diagnosis.at("steps").at(0).at("id"), "dns");
}

TEST_F(Program, a_diagnosis_ends_with_the_class_of_the_step_that_fails) {
    const auto server = std::move(*mail::demo::Server::start({}));
    const auto diagnose = [&](int port, const std::string& password) {
        std::ofstream(folder_ / "point.json")
            << R"({"version":1,"type":"mailbox","name":"X","connection":{"server":"127.0.0.1",)"
            << R"("encryption":"none","login":"demo","port":)" << port << "}}";
        Environment environment;
        if (!password.empty())
            environment["MAILPOINT_PASSWORD"] = password;
        const Outcome outcome = run(
            {"diagnose", "--json", "--point", folder_ / "point.json", "--workspace", folder_ / "w"},
            environment);
        EXPECT_EQ((outcome.out + outcome.error).find("Tajne-7f3a"), std::string::npos);
        const Json verdict = Json::parse(outcome.out).at("verdict");
        return std::to_string(outcome.exit_code) + " " + verdict.at("step").get<std::string>() +
               " " + verdict.at("code").get<std::string>() + " " +
               verdict.at("certainty").get<std::string>();
    };
    EXPECT_EQ(diagnose(1, "demo"), "4 tcp connection_refused certain");
    EXPECT_EQ(diagnose(server->endpoint().port, "Tajne-7f3a"), "3 auth login_refused likely");
    EXPECT_EQ(diagnose(server->endpoint().port, ""), "3 auth password_needed certain");
    EXPECT_EQ(diagnose(server->endpoint().port, "demo"), "1 target no_target_folder certain");
}

TEST_F(Program, without_a_password_and_a_terminal_it_ends_with_3) {
    std::ofstream(folder_ / "point.json")
        << R"({"version":1,"type":"mailbox","name":"X","connection":{"server":"127.0.0.1","port":1,)"
        << R"("encryption":"none","login":"ala"}})";
    const Outcome outcome =
        run({"list", "--json", "--point", folder_ / "point.json", "--workspace", folder_ / "w"});
    EXPECT_EQ(outcome.exit_code, 3) << outcome.error;
}

TEST_F(Program, the_commands_obey_the_operators_of_the_workspace) {
    const std::string workspace = folder_ / "w";
    std::ofstream(folder_ / "given.json")
        << R"({"type":"mailbox","name":"Faktury","connection":{"server":"127.0.0.1"}})";
    const auto in_workspace = [&](std::vector<std::string> words) {
        words.insert(words.end(), {"--workspace", workspace, "--lang", "en"});
        return run(words);
    };
    ASSERT_EQ(in_workspace({"import", folder_ / "given.json"}).exit_code, 0);
    EXPECT_TRUE(std::filesystem::exists(workspace + "/operators.json")) << "I am the first";
    EXPECT_NE(in_workspace({"points"}).out.find("Faktury"), std::string::npos);

    std::ofstream(workspace + "/operators.json")
        << R"({"operators":[{"id":"ala","account":"no such","account_name":"ala",)"
        << R"("name":"Ala Nowak","administrator":true}]})";
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"points"},
             {"list", "--point", "Faktury"},
             {"run", "--point", "Faktury", "--out", folder_ / "out"},
             {"export", "--point", "Faktury", "--out", folder_ / "out.json"},
             {"diagnose", "--point", "Faktury"},
             {"password", "--point", "Faktury"},
             {"password", "--delete", "--point", "Faktury"},
             {"import", folder_ / "given.json"}}) {
        const Outcome refused = in_workspace(words);
        EXPECT_EQ(refused.exit_code, 6) << words.front() << refused.error;
        EXPECT_NE(refused.error.find("Ala Nowak"), std::string::npos) << words.front();
        EXPECT_TRUE(refused.out.empty()) << words.front();
    }
    const std::string file =
        std::filesystem::directory_iterator(workspace + "/points")->path().filename();
    std::filesystem::create_symlink(workspace, folder_ / "link");
    std::filesystem::create_symlink(workspace + "/points/" + file, folder_ / "link.json");
    for (const std::string& path :
         {workspace + "/points/" + file, workspace + "/points/../points/" + file,
          std::string(folder_ / "link/points/") + file, std::string(folder_ / "link.json")})
        for (const char* command : {"list", "diagnose", "password"})
            EXPECT_EQ(in_workspace({command, "--point", path}).exit_code, 6) << path;
    EXPECT_EQ(in_workspace({"list", "--point", "x"}).error.find("Faktury"), std::string::npos)
        << "whose names are nobody's business";
    const Outcome json = in_workspace({"list", "--point", "Faktury", "--json"});
    EXPECT_EQ(json.exit_code, 6);
    EXPECT_EQ(Json::parse(json.out).at("error").at("cause"), "no_permission");

    const Outcome typed = run_on_terminal(
        {"password", "--point", "Faktury", "--workspace", workspace, "--lang", "en"},
        std::vector<std::string>{});
    EXPECT_EQ(typed.exit_code, 6) << typed.out;
    EXPECT_EQ(typed.out.find("master password"), std::string::npos) << typed.out;

    std::ofstream(workspace + "/operators.json") << "{";
    EXPECT_EQ(in_workspace({"diagnose", "--point", "Faktury"}).exit_code, 1);
    const Outcome damaged = in_workspace({"points"});
    EXPECT_EQ(damaged.exit_code, 1);
    EXPECT_NE(damaged.error.find("operators.json"), std::string::npos) << damaged.error;
}

TEST_F(Program, a_secret_that_stands_in_a_definition_is_told_and_not_shown) {
    std::ofstream(folder_ / "given.json")
        << R"({"type":"mailbox","name":"Faktury","password":"Tajne-7f3a",)"
        << R"("connection":{"server":"127.0.0.1","port":1,"login":"ala"}})";
    std::filesystem::create_directories(folder_ / "w/points");
    std::filesystem::copy(folder_ / "given.json", folder_ / "w/points/faktury.json");
    const std::string given = folder_ / "given.json";
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"points"}, {"diagnose", "--point", "Faktury"}, {"diagnose", "--point", given}}) {
        std::vector<std::string> all = words;
        all.insert(all.end(), {"--workspace", folder_ / "w", "--lang", "en"});
        const Outcome outcome = run(all, {{"MAILPOINT_PASSWORD", "x"}});
        EXPECT_NE(outcome.error.find("seems to be a secret"), std::string::npos) << outcome.error;
        EXPECT_EQ((outcome.out + outcome.error).find("Tajne"), std::string::npos);
    }
}

TEST_F(Program, what_is_no_file_is_refused_at_once) {
    ASSERT_EQ(mkfifo((folder_ / "pipe.json").c_str(), 0600), 0);
    const auto said = [&](const std::string& path) {
        const Outcome outcome = run({"import", path, "--workspace", folder_ / "w", "--lang", "en"});
        EXPECT_EQ(outcome.exit_code, 1) << path;
        return outcome.error;
    };
    EXPECT_NE(said(folder_ / "pipe.json").find("it ends too soon"), std::string::npos);
    EXPECT_NE(said(folder_.path()).find("is no file"), std::string::npos);
}

TEST_F(Program, a_definition_goes_out_and_comes_in_again) {
    const std::string workspace = folder_ / "w";
    std::ofstream(folder_ / "given.json")
        << R"({"type":"ocr","name":"Skany","connection":{"proxy":"http://ala:tajne@proxy"}})";
    const Outcome refused = run({"import", folder_ / "given.json", "--workspace", workspace});
    EXPECT_EQ(refused.exit_code, 1) << "a password goes into no definition";
    std::filesystem::rename(folder_ / "given.json", workspace + "/points/given.json");
    const std::vector<std::string> give{
        "export", "--point", "Skany", "--out", folder_ / "out.json", "--workspace", workspace};
    ASSERT_EQ(run(give).exit_code, 0);
    EXPECT_EQ(run(give).exit_code, 1) << "it is there";
    std::ifstream in(folder_ / "out.json");
    const Json given = Json::parse(in);
    EXPECT_EQ(given.at("name"), "Skany");
    EXPECT_EQ(given.at("connection").at("proxy"), "http://proxy");
    const Outcome imported = run({"import", folder_ / "out.json", "--workspace", workspace});
    EXPECT_EQ(imported.exit_code, 0) << imported.error;
    EXPECT_NE(imported.out.find("Skany (2)"), std::string::npos) << imported.out;
}

TEST_F(Program, a_point_that_is_not_there_names_those_that_are) {
    const Outcome outcome =
        run({"list", "--point", "Nie ma", "--workspace", folder_ / "w", "--lang", "pl"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_FALSE(outcome.error.empty());
}

TEST_F(Program, wrong_usage_is_said_in_the_language_asked_for_though_it_stands_behind) {
    const Outcome polish = run({"lst", "--lang", "pl"}), english = run({"lst", "--lang", "en"});
    EXPECT_EQ(polish.exit_code, 2);
    EXPECT_EQ(english.exit_code, 2);
    EXPECT_NE(polish.error, english.error);
    EXPECT_NE(english.error.find("lst"), std::string::npos) << english.error;
}

TEST_F(Program, a_damaged_definition_is_named_with_its_line_and_left_alone) {
    const std::string damaged = "{\n  \"version\": 1,\n  \"name\": \n}";
    std::ofstream(folder_ / "point.json") << damaged;
    const Outcome outcome =
        run({"list", "--json", "--point", folder_ / "point.json", "--workspace", folder_ / "w"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(Json::parse(outcome.out).at("error").at("cause"), "point_damaged");
    std::ifstream in(folder_ / "point.json");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), damaged);
}

TEST_F(Program, points_gives_the_whole_reason_of_a_damaged_definition_below_the_table) {
    ASSERT_EQ(run({"points", "--workspace", folder_ / "w"}).exit_code, 0);
    const std::string path = folder_ / "w/points/damaged.json";
    std::ofstream(path) << "{\"type\":\"mailbox\",\"name\":\"x\",\n"
                           "\"connection\":{\"server\":\"s\",\n\"encryption\":\"ssl\"}}";
    const std::string reasons[] = {
        "Plik " + path +
            " jest uszkodzony (wiersz 3); nie zmieniono go. Powód: „connection.encryption” musi "
            "mieć jedną z wartości \"auto\", \"tls\", \"starttls\", \"none\".\n",
        path + " is damaged (line 3); it was not changed. Reason: “connection.encryption” must be "
               "one of \"auto\", \"tls\", \"starttls\", \"none\".\n"};
    const char* languages[] = {"pl", "en"};
    for (std::size_t i = 0; i < 2; ++i) {
        const Outcome outcome =
            run({"points", "--workspace", folder_ / "w", "--lang", languages[i]});
        EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
        EXPECT_NE(outcome.out.find("\n\n" + reasons[i]), std::string::npos) << outcome.out;
    }
    const Json points = Json::parse(run({"points", "--workspace", folder_ / "w", "--json"}).out);
    EXPECT_EQ(points.at("points").at(0).at("error").at("facts").at("reason"), "must_be_one_of");
}

TEST_F(Program, shows_its_window_on_the_demo_and_draws_it) {
    // What a picture of 1280 x 800 without any drawing would hold is one value.
    for (const char* theme : {"light", "dark"}) {
        const std::string picture = folder_ / (std::string(theme) + ".png");
        // The leaks of a software renderer are not ours (AddressSanitizer builds).
        const Outcome outcome =
            run({"--screenshot", picture, "--theme", theme, "--lang", "pl", "--size", "1280x800",
                 "--demo", "--workspace", folder_ / "workspace"},
                {{"ASAN_OPTIONS", "detect_leaks=0"}});
        ASSERT_EQ(outcome.exit_code, 0) << outcome.error;
        std::ifstream in(picture, std::ios::binary);
        const std::string png(std::istreambuf_iterator<char>(in), {});
        ASSERT_GT(png.size(), 1'000'000U);
        EXPECT_EQ(png.substr(1, 3), "PNG");
        EXPECT_EQ(png.substr(16, 8), std::string("\0\0\x05\0\0\0\x03\x20", 8));
        EXPECT_GT(std::set<char>(png.begin() + 100, png.end()).size(), 100U);
    }
}

TEST_F(Program, without_a_display_the_window_says_so) {
    const Outcome outcome = run({"--demo", "--workspace", folder_ / "w", "--lang", "en"},
                                {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_FALSE(outcome.error.empty());
}

TEST_F(Program, a_uid_that_is_not_there_is_an_error_and_not_nothing_new) {
    const Outcome outcome = on_demo({"run", "--json", "--uid", "9999", "--out", folder_ / "out"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(Json::parse(outcome.out).at("error").at("cause"), "no_such_message");
}

TEST_F(Program, a_result_that_nobody_can_read_is_an_error) {
    const std::string command = std::string(MAILPOINT_PROGRAM) + " points --workspace '" +
                                (folder_ / "w") + "' > /dev/full 2> '" + (folder_ / "said") + "'";
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
    EXPECT_GT(std::filesystem::file_size(folder_ / "said"), 0U);
}

TEST_F(Program, closed_streams_get_no_file_of_ours) {
    const std::string command = std::string(MAILPOINT_PROGRAM) +
                                " run --demo --verbose --workspace '" + (folder_ / "w") +
                                "' --out '" + (folder_ / "out") + "' <&- >&- 2>&-";
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 0);
    const auto found = hashes_in(folder_ / "out");
    for (const std::string& wanted : wanted_hashes())
        EXPECT_TRUE(found.contains(wanted));
}

TEST_F(Program, extract_ends_at_a_stop_signal_and_leaves_no_half_file) {
    {
        // Long enough to be still at work: the signal is sent when the temporary file is there.
        std::ofstream mail(folder_ / "large.eml", std::ios::binary);
        mail << "Content-Type: application/pdf; name=a.pdf\r\n"
             << "Content-Transfer-Encoding: base64\r\n\r\n";
        const std::string lines(76'000, 'A');
        for (int i = 0; i < 1000; ++i)
            mail << lines << "\r\n";
    }
    const std::string out = folder_ / "out";
    Started started({"extract", folder_ / "large.eml", "--out", out});
    while (!std::filesystem::exists(out) || std::filesystem::is_empty(out))
        std::this_thread::yield();
    started.signal(SIGTERM);
    EXPECT_EQ(started.wait(), 1);
    EXPECT_TRUE(std::filesystem::is_empty(out));
}

TEST_F(Program, a_stop_signal_ends_it_soon_with_no_half_file) {
    Started started(
        {"run", "--demo", "--workspace", folder_ / "workspace", "--out", folder_ / "out"});
    started.signal(SIGINT);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_GE(started.wait(), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(60));
    if (std::filesystem::exists(folder_ / "out")) {
        for (const auto& entry : std::filesystem::directory_iterator(folder_ / "out"))
            EXPECT_FALSE(entry.path().filename().string().ends_with(".part"));
    }
}

}  // namespace program
