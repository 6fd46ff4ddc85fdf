// A run that is killed at any moment, and the next one: nothing lost, nothing twice, nothing half.

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mail/base/hash.h"
#include "mail/demo/server.h"
#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"

namespace {

namespace fs = std::filesystem;

constexpr int mails = 40;

std::string content_of_mail(int number) {
    // Sizes from a few octets to some 100 KB, so that kills hit writes, syncs and renames alike.
    const std::size_t size = 20 + static_cast<std::size_t>(number % 7) * 20'000;
    std::string content = "%PDF-1.4 " + std::to_string(number) + " ";
    content.resize(size, static_cast<char>('a' + number % 26));
    return content;
}

mail::demo::Mail mail_number(int number, const std::string& name, const std::string& content) {
    return {"From: a@firma.example\r\nSubject: " + std::to_string(number) + "\r\nMessage-ID: <" +
                std::to_string(number) +
                "@firma.example>\r\nMIME-Version: 1.0\r\n"
                "Content-Type: application/octet-stream; name=\"" +
                name +
                "\"\r\nContent-Disposition: attachment\r\n"
                "Content-Transfer-Encoding: binary\r\n\r\n" +
                content,
            std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000 + number))};
}

std::string name_of_mail(int number) {
    return "faktura " + std::to_string(number % 5) + ".txt";
}

class KilledRuns : public testing::Test {
protected:
    void SetUp() override {
        std::vector<mail::demo::Mail> all;
        for (int number = 0; number < mails; ++number)
            all.push_back(mail_number(number, name_of_mail(number), content_of_mail(number)));
        serve(std::move(all));
        fs::create_directory(target());
    }
    void serve(std::vector<mail::demo::Mail> all) {
        auto server = mail::demo::Server::start(std::move(all));
        ASSERT_TRUE(server);
        server_ = std::move(*server);
        std::ofstream(folder_ / "point.json")
            << R"({"version":1,"type":"mailbox","id":"5d0c1e9e-0000-4000-8000-000000000001","name":"X",)"
            << R"("connection":{"server":"127.0.0.1","encryption":"none","login":"demo","port":)"
            << server_->endpoint().port << "}}";
    }
    [[nodiscard]] std::string target() const { return folder_ / "target"; }
    [[nodiscard]] std::vector<std::string> run_words() const {
        return {"run",   "--point", folder_ / "point.json", "--workspace", folder_ / "w",
                "--out", target()};
    }
    /// Every visible file is one of the attachments, whole.
    void expect_whole_files() const {
        for (const auto& entry : fs::directory_iterator(target()))
            if (!entry.path().filename().string().starts_with(".mailpoint-")) {
                EXPECT_TRUE(wanted_.contains(hash_of(entry.path()))) << entry.path();
            }
    }
    [[nodiscard]] static std::string hash_of(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        return mail::sha256_hex(std::string(std::istreambuf_iterator<char>(in), {}));
    }
    /// The UIDs of the documents in all manifests; what is only begun is none.
    [[nodiscard]] std::multiset<int> documents() const {
        std::multiset<int> uids;
        const fs::path folder = folder_ / "w/documents";
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            const fs::path& path = entry.path();
            if (path.extension() != ".json")
                continue;
            EXPECT_NE(path.parent_path().filename(), "begun") << path;
            std::ifstream in(path);
            const auto manifest = nlohmann::json::parse(in);
            for (const auto& document : manifest.at("documents")) {
                uids.insert(document.at("uid").get<int>());
                EXPECT_EQ(document.at("files").size(), 1U);
                EXPECT_EQ(hash_of(document.at("files").at(0).at("file").get<std::string>()),
                          document.at("files").at(0).at("sha256"));
            }
        }
        return uids;
    }
    void begin_anew() const {
        fs::remove_all(folder_ / "w");
        fs::remove_all(target());
        fs::create_directory(target());
        // The ledger that knew of the marks is gone.
        for (const auto& message : server_->inbox())
            for (const std::string& flag : message.flags)
                if (flag.starts_with("$MailpointTaken"))
                    server_->unmark_message(message.uid, flag);
    }
    /// Moments within a run, however fast this machine is: one is run to its end for that.
    [[nodiscard]] std::uniform_int_distribution<int> moments() const {
        const auto began = std::chrono::steady_clock::now();
        EXPECT_EQ(program::run(run_words(), environment_).exit_code, 0);
        const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - began);
        begin_anew();
        return std::uniform_int_distribution<int>(1000, static_cast<int>(whole.count()));
    }
    static std::set<std::string> all_hashes() {
        std::set<std::string> hashes;
        for (int number = 0; number < mails; ++number)
            hashes.insert(mail::sha256_hex(content_of_mail(number)));
        return hashes;
    }

    const program::Environment environment_{{"MAILPOINT_PASSWORD", "demo"}};
    const std::set<std::string> wanted_ = all_hashes();
    mail::fakes::ScratchFolder folder_;
    std::unique_ptr<mail::demo::Server> server_;
};

}  // namespace

TEST_F(KilledRuns, converge_to_every_file_exactly_once) {
    const int rounds = std::getenv("MAILPOINT_LONG") != nullptr ? 400 : 40;
    std::mt19937 random(20261124);
    auto moment = moments();
    int killed = 0;
    for (int round = 0; round < rounds; ++round) {
        program::Started started(run_words(), environment_);
        // The moment of the kill is what is random here; nothing waits for it.
        std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
        started.signal(SIGKILL);
        killed += started.wait() == 128 + SIGKILL ? 1 : 0;
        expect_whole_files();
        // Now and then from the start, so that kills hit all of a run and not its end only.
        if (round % 3 == 2 && round + 1 < rounds)
            begin_anew();
    }
    EXPECT_GT(killed, rounds / 4) << "the kills came too late to show anything";
    const auto last = program::run(run_words(), environment_);
    ASSERT_EQ(last.exit_code, 0) << last.error;
    std::multiset<std::string> there;
    for (const auto& entry : fs::directory_iterator(target()))
        there.insert(hash_of(entry.path()));
    EXPECT_EQ(there, std::multiset<std::string>(wanted_.begin(), wanted_.end()));
    std::multiset<int> once;
    for (int uid = 1; uid <= mails; ++uid)
        once.insert(uid);
    EXPECT_EQ(documents(), once);
}

TEST_F(KilledRuns, make_one_file_of_a_content_that_comes_in_several_mails) {
    constexpr int contents = 10;
    std::vector<mail::demo::Mail> all;
    for (int number = 0; number < mails; ++number)
        all.push_back(mail_number(number, std::to_string(number) + ".txt",
                                  content_of_mail(number % contents)));
    serve(std::move(all));
    std::mt19937 random(1129);
    auto moment = moments();
    for (int round = 0; round < 20; ++round) {
        program::Started started(run_words(), environment_);
        std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
        started.signal(SIGKILL);
        started.wait();
        expect_whole_files();
        if (round % 3 != 2 && round < 19)
            continue;
        const auto last = program::run(run_words(), environment_);
        ASSERT_EQ(last.exit_code, 0) << last.error;
        std::multiset<std::string> there;
        for (const auto& entry : fs::directory_iterator(target()))
            there.insert(hash_of(entry.path()));
        std::multiset<std::string> once;
        for (int number = 0; number < contents; ++number)
            once.insert(mail::sha256_hex(content_of_mail(number)));
        ASSERT_EQ(there, once) << round;
        EXPECT_EQ(documents().size(), std::size_t{mails}) << round;
        begin_anew();
    }
}

TEST_F(KilledRuns, what_the_ocr_program_took_is_not_made_again) {
    std::mt19937 random(7);
    auto moment = moments();
    std::multiset<std::string> collected;
    const auto collect = [&] {
        for (const auto& entry : fs::directory_iterator(target()))
            if (!entry.path().filename().string().starts_with(".mailpoint-")) {
                collected.insert(hash_of(entry.path()));
                fs::remove(entry.path());
            }
    };
    for (int round = 0; round < 15; ++round) {
        program::Started started(run_words(), environment_);
        std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
        started.signal(SIGKILL);
        started.wait();
        collect();
    }
    ASSERT_EQ(program::run(run_words(), environment_).exit_code, 0);
    collect();
    EXPECT_EQ(collected, std::multiset<std::string>(wanted_.begin(), wanted_.end()));
}
