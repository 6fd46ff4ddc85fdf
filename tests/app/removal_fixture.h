#pragma once
// A mailbox on loopback, a point on it, and the program that removes and restores its messages.

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mail/demo/server.h"
#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"

namespace program {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Words = std::vector<std::string>;
using Uids = std::vector<std::uint32_t>;

inline constexpr std::string_view password = "Tajne-7f3a", master = "Glowne-haslo-9c2b";

inline mail::demo::Mail mail_number(int number, const std::string& subject = {}) {
    const std::string n = std::to_string(number);
    const std::string name = "f" + n + ".pdf";
    // Sizes from some octets to some 100 KB, so that kills hit writes, syncs and renames alike.
    std::string content = "%PDF-1.4 number " + n + " ";
    content.resize(60 + static_cast<std::size_t>(number % 5) * 30'000,
                   static_cast<char>('a' + number % 26));
    return {"From: Ala <ala@firma.example>\r\nSubject: " +
                (subject.empty() ? "Faktura " + n : subject) + "\r\nMessage-ID: <" + n +
                "@firma.example>\r\nMIME-Version: 1.0\r\n"
                "Content-Type: application/pdf; name=\"" +
                name + "\"\r\nContent-Disposition: attachment; filename=\"" + name +
                "\"\r\nContent-Transfer-Encoding: binary\r\n\r\n" + content,
            std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000 + number))};
}

inline std::string content_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class Removal : public testing::Test {
protected:
    using Medium = mail::fakes::ScratchFolder::Medium;
    explicit Removal(Medium medium = Medium::disk) : folder_(medium) {}
    void start(int mails, mail::demo::Options options = {}, const std::string& subject = {}) {
        std::vector<mail::demo::Mail> all;
        for (int number = 1; number <= mails; ++number)
            all.push_back(mail_number(number, number == 1 ? subject : std::string()));
        options.password = password;
        auto server = mail::demo::Server::start(std::move(all), options);
        ASSERT_TRUE(server);
        server_ = std::move(*server);
        write_point();
    }
    void write_point(bool may_delete = true, bool after_document = false) const {
        const Json point = {{"version", 1},
                            {"type", "mailbox"},
                            {"id", "5d0c1e9e-0000-4000-8000-000000000001"},
                            {"name", "Faktury"},
                            {"connection",
                             {{"server", "127.0.0.1"},
                              {"encryption", "none"},
                              {"login", "demo"},
                              {"port", server_->endpoint().port}}},
                            {"general",
                             {{"allow_delete_from_mailbox", may_delete},
                              {"delete_after_document", after_document},
                              {"folder", folder_ / "target"}}}};
        std::ofstream(folder_ / "point.json") << point;
    }
    [[nodiscard]] Words words(Words some) const {
        some.insert(some.end(), {"--point", folder_ / "point.json", "--workspace", folder_ / "w"});
        return some;
    }
    /// In English, if `some` says nothing else.
    [[nodiscard]] Outcome on_point(Words some) const {
        if (std::ranges::find(some, "--lang") == some.end())
            some.insert(some.end(), {"--lang", "en"});
        return run(words(std::move(some)), environment_);
    }
    /// By two programs at once.
    [[nodiscard]] std::array<Outcome, 2> twice(const Words& some) const {
        std::array<Outcome, 2> outcomes;
        std::jthread other([&] { outcomes[0] = on_point(some); });
        outcomes[1] = on_point(some);
        other.join();
        return outcomes;
    }
    [[nodiscard]] Json json_of(Words some) const {
        some.emplace_back("--json");
        return Json::parse(on_point(std::move(some)).out);
    }
    void take(const std::string& uids) const {
        ASSERT_EQ(on_point({"run", "--uid", uids}).exit_code, 0);
    }
    [[nodiscard]] Uids on_server() const {
        Uids uids;
        for (const auto& kept : server_->inbox())
            uids.push_back(kept.uid);
        return uids;
    }
    [[nodiscard]] std::vector<fs::path> copies() const {
        std::vector<fs::path> paths;
        if (fs::exists(quarantine()))
            for (const auto& entry : fs::directory_iterator(quarantine()))
                paths.push_back(entry.path());
        return paths;
    }
    [[nodiscard]] fs::path quarantine() const { return folder_ / "w/quarantine"; }
    [[nodiscard]] Uids listed(const std::string& status) const {
        Uids uids;
        const Json result = json_of({"list"});
        for (const Json& message : result.at("messages"))
            if (message.at("status") == status)
                uids.push_back(message.at("uid").get<std::uint32_t>());
        std::ranges::sort(uids);
        return uids;
    }

    mail::fakes::ScratchFolder folder_;
    Environment environment_{{"MAILPOINT_PASSWORD", std::string(password)}};
    std::unique_ptr<mail::demo::Server> server_;
};

}  // namespace program
