// The command watch, as people and services start it: what it takes, tells, and ends with.

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "tests/app/removal_fixture.h"
#include "tests/mail/point/json_schema.h"

namespace program {
namespace {

class Watch : public testing::Test {
protected:
    struct Point {
        std::string name;
        bool takes = true;
        std::string password = "Tajne-7f3a";
    };
    mail::demo::Server& serve(const Point& point, int mails) {
        std::vector<mail::demo::Mail> all;
        for (int number = 1; number <= mails; ++number)
            all.push_back(mail_number(number));
        mail::demo::Options options;
        options.password = point.password;
        servers_.push_back(mail::demo::Server::start(std::move(all), options).value());
        const Json definition = {
            {"version", 1},
            {"type", "mailbox"},
            {"id", "5d0c1e9e-0000-4000-8000-00000000000" + std::to_string(servers_.size())},
            {"name", point.name},
            {"connection",
             {{"server", "127.0.0.1"},
              {"encryption", "none"},
              {"login", "demo"},
              {"port", servers_.back()->endpoint().port}}},
            {"general",
             {{"take_by_itself", point.takes}, {"folder", folder_ / ("target " + point.name)}}}};
        fs::create_directories(folder_ / "w/points");
        std::ofstream(folder_ / ("w/points/" + point.name + ".json")) << definition;
        return *servers_.back();
    }
    [[nodiscard]] std::unique_ptr<Started> watch(Words more) const {
        Words words{"watch", "--workspace", folder_ / "w", "--lang", "en"};
        words.insert(words.end(), more.begin(), more.end());
        return std::make_unique<Started>(
            words, Environment{{"MAILPOINT_PASSWORD", std::string(password)}}, out());
    }
    /// What it has told so far, whole lines only.
    [[nodiscard]] std::vector<std::string> lines() const {
        const std::string all = content_of(out());
        std::istringstream in(all.substr(0, all.rfind('\n') + 1));
        std::vector<std::string> lines;
        for (std::string line; std::getline(in, line);)
            lines.push_back(line);
        return lines;
    }
    /// Until it has told so many that hold `words`.
    void wait_for(const std::string& words, std::ptrdiff_t count = 1) const {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (told(words) < count) {
            ASSERT_LT(std::chrono::steady_clock::now(), patience) << words << "\n"
                                                                  << content_of(out());
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    [[nodiscard]] std::ptrdiff_t told(const std::string& words) const {
        return std::ranges::count_if(lines(), [&](const std::string& line) {
            return line.find(words) != std::string::npos;
        });
    }
    static int end(Started& started) {
        started.signal(SIGTERM);
        return started.wait();
    }
    [[nodiscard]] bool has_file(const std::string& point, int number) const {
        return fs::exists(folder_ / ("target " + point + "/f" + std::to_string(number) + ".pdf"));
    }
    [[nodiscard]] std::string out() const { return folder_ / "out"; }
    /// Never seen half.
    void write_in_place_of(const fs::path& file, const std::string& content) const {
        const std::string fresh = folder_ / "fresh";
        std::ofstream(fresh) << content;
        fs::rename(fresh, file);
    }

    const mail::fakes::ScratchFolder folder_;
    std::vector<std::unique_ptr<mail::demo::Server>> servers_;
};

TEST_F(Watch, takes_what_comes_and_tells_it_until_it_is_told_to_end) {
    auto& server = serve({"Faktury"}, 2);
    const auto started = watch({"--point", "Faktury"});
    wait_for("Faktury: taken", 2);
    EXPECT_EQ(told("Faktury: watched, 2\u00A0messages, 2\u00A0new"), 1) << content_of(out());
    server.add_message(mail_number(3));
    wait_for("new mail 3 from Ala: Faktura 3");
    wait_for("taken 3, Faktura 3: " + folder_.path() + "/target Faktury/f3.pdf");
    EXPECT_EQ(end(*started), 0);
    for (int number = 1; number <= 3; ++number)
        EXPECT_TRUE(has_file("Faktury", number)) << number;
    EXPECT_EQ(server.counts().logins, 1U);
}

TEST_F(Watch, without_anybodys_wish_it_only_tells) {
    auto& server = serve({"Faktury", false}, 1);
    {
        const auto started = watch({"--point", "Faktury"});
        wait_for("watched");
        server.add_message(mail_number(2));
        wait_for("new mail 2");
        EXPECT_EQ(end(*started), 0);
        EXPECT_EQ(told("taken"), 0) << content_of(out());
        EXPECT_FALSE(has_file("Faktury", 1));
    }
    const auto started = watch({"--point", "Faktury", "--take", "--out", folder_ / "elsewhere"});
    wait_for("taken", 2);
    EXPECT_EQ(end(*started), 0);
    EXPECT_TRUE(fs::exists(folder_ / "elsewhere/f2.pdf"));
}

TEST_F(Watch, a_refused_password_ends_its_point_and_no_other) {
    auto& refusing = serve({"Zamowienia", true, "another"}, 1);
    auto& server = serve({"Faktury"}, 1);
    const auto started = watch({"--point", "Zamowienia", "--point", "Faktury"});
    wait_for("Zamowienia: not watched any more");
    wait_for("Faktury: taken 1");
    server.add_message(mail_number(2));
    wait_for("Faktury: taken 2");
    EXPECT_EQ(end(*started), 3) << "somebody has to see to it";
    EXPECT_EQ(refusing.counts().connections, 1U);
}

TEST_F(Watch, goes_by_the_definition_as_it_is_now_and_ends_with_the_right_to_it) {
    auto& server = serve({"Faktury"}, 1);
    const fs::path file(folder_ / "w/points/Faktury.json");
    const auto started = watch({"--point", "Faktury"});
    wait_for("Faktury: taken 1");
    Json definition = Json::parse(content_of(file));
    definition["general"]["folder"] = folder_ / "another";
    write_in_place_of(file, definition.dump());
    // Whenever it has seen that: it looks every few seconds, however fast it takes.
    const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    for (int number = 2; !fs::exists(folder_ / "another"); ++number) {
        ASSERT_LT(std::chrono::steady_clock::now(), patience);
        server.add_message(mail_number(number));
        wait_for("Faktury: taken " + std::to_string(number));
    }
    // Others only.
    write_in_place_of(folder_ / "w/operators.json", R"({"version": 1, "operators": [
        {"id": "ala", "account": "1", "account_name": "ala", "name": "Ala Nowak",
         "administrator": true, "points_area": true}]})");
    wait_for("Faktury: not watched any more");
    EXPECT_EQ(started->wait(), 6);
}

TEST_F(Watch, of_a_point_that_is_deleted_meanwhile_ends) {
    serve({"Faktury"}, 1);
    const auto started = watch({"--point", "Faktury"});
    wait_for("Faktury: taken 1");
    fs::remove(folder_ / "w/points/Faktury.json");
    wait_for("Faktury: not watched any more");
    EXPECT_NE(started->wait(), 0);
}

TEST_F(Watch, ends_when_no_point_is_left) {
    auto& refusing = serve({"Zamowienia", true, "another"}, 1);
    const auto started = watch({"--point", "Zamowienia", "--json"});
    EXPECT_EQ(started->wait(), 3);
    EXPECT_EQ(told("\"refused\""), 1);
    EXPECT_EQ(refusing.counts().connections, 1U);
}

TEST_F(Watch, what_scripts_read_is_as_its_schema_says) {
    auto& server = serve({"Faktury"}, 1);
    server.mark_message(1, "\\Seen");
    std::ofstream(folder_ / "target Faktury") << "in the way of the folder";
    const auto started = watch({"--point", "Faktury", "--json"});
    wait_for("\"event\":\"stuck\"");
    fs::remove(folder_ / "target Faktury");
    wait_for("\"event\":\"taken\"");
    server.add_message(mail_number(2));
    wait_for("\"event\":\"taken\"", 2);
    // A take that is not at its end yet would wait for the server with patience, and say nothing.
    const auto idles = [&] { return server.commands().back().ends_with("IDLE"); };
    for (int tries = 0; tries < 6000 && !idles(); ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(idles());
    servers_.clear();
    wait_for("\"event\":\"lost\"");
    EXPECT_EQ(end(*started), 0) << "no connection is no reason to end";
    std::ifstream file(MAILPOINT_SOURCE_DIR "/docs/output.schema.json");
    const Json schema = Json::parse(file);
    std::vector<std::string> events;
    for (const std::string& line : lines()) {
        const Json event = Json::parse(line);
        const auto faults = mail::point::faults_against_schema(event, schema);
        EXPECT_TRUE(faults.empty()) << faults.front() << line;
        events.push_back(event.at("event"));
        EXPECT_EQ(event.at("point"), "Faktury");
    }
    EXPECT_EQ(events,
              (std::vector<std::string>{"opened", "stuck", "taken", "mail", "taken", "lost"}));
}

TEST_F(Watch, says_what_it_needs) {
    EXPECT_EQ(run({"watch"}).exit_code, 2);
    EXPECT_EQ(run({"list", "--demo", "--take"}).exit_code, 2);
    EXPECT_EQ(run({"watch", "--help"}).exit_code, 0);
    EXPECT_EQ(run({"watch", "--point", "none", "--workspace", folder_ / "w"}).exit_code, 1);
}

}  // namespace
}  // namespace program
