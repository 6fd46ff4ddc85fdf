// The program itself, as it is started by a scheduler, against four servers: what was put into a
// mailbox comes out whole, once, and under the octets' own hash.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mail/base/hash.h"
#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/servers/mail_server.h"
#include "tests/servers/odd_mails.h"
#include "tests/servers/other_session.h"
#include "tests/servers/process.h"
#include "tests/servers/relay.h"

namespace servers {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using Kind = mail::demo::ExpectedFile::Kind;

constexpr std::chrono::sys_seconds received =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 3} + 10h;

class Interop : public testing::TestWithParam<Software> {
protected:
    static void TearDownTestSuite() { running().clear(); }

    void SetUp() override {
        auto found = running().find(GetParam());
        if (found == running().end()) {
            auto started = MailServer::start(GetParam());
            ASSERT_TRUE(started) << started.error();
            found = running().emplace(GetParam(), *std::move(started)).first;
        }
        server_ = found->second.get();
        start_afresh();
    }

    /// An empty mailbox, and a program that has taken nothing.
    void start_afresh() {
        login_ = server_->fresh_login();
        std::filesystem::remove_all(out());
        std::filesystem::remove_all(scratch_ / "workspace");
    }

    /// For a program that has a new workspace, what it has taken before is another's.
    void forget_claims() const {
        if (GetParam() == Software::mailutils)
            return;
        OtherSession other = other_session();
        other.command("SELECT INBOX");
        other.remove_keywords("$MailpointTaken");
        other.command("CLOSE");
    }

    [[nodiscard]] OtherSession other_session() const {
        return {server_->clear_port(), login_, MailServer::password};
    }

    /// `command` on the folder; everything that it writes goes to out_.
    [[nodiscard]] program::Outcome mailpoint(const std::string& command,
                                             const std::string& folder = "INBOX",
                                             const std::string& encryption = "none") {
        return mailpoint_at(port_for(encryption), command, folder, encryption);
    }
    [[nodiscard]] std::uint16_t port_for(const std::string& encryption) const {
        return encryption == "tls" ? server_->tls_port() : server_->clear_port();
    }

    /// `run`, and `act` when it has its list and asks for the attachments, before the server hears
    /// of it. The mailbox must hold `many` mails.
    [[nodiscard]] program::Outcome run_and_meanwhile(const std::string& folder,
                                                     const std::string& encryption,
                                                     const std::function<void()>& act) {
        bool acted = false;
        Relay relay(port_for(encryption), {.before_server_hears = [&](std::string_view raw) {
                        if (!acted && asks_for_parts(raw)) {
                            acted = true;
                            act();
                        }
                    }});
        auto outcome = mailpoint_at(relay.port(), "run", folder, encryption);
        EXPECT_TRUE(acted);
        return outcome;
    }

    /// So many mails are asked for at once that nothing else that is said is as long.
    static constexpr int many = 20;
    static bool asks_for_parts(std::string_view raw) {
        constexpr char tls_application_data = 0x17;
        return raw.find(".PEEK[") != std::string_view::npos ||
               (raw.starts_with(tls_application_data) && raw.size() > many * 30U);
    }
    [[nodiscard]] program::Outcome mailpoint_at(std::uint16_t port, const std::string& command,
                                                const std::string& folder,
                                                const std::string& encryption) {
        const Json connection = {
            {"server", "localhost"}, {"port", port},     {"encryption", encryption},
            {"login", login_},       {"folder", folder}, {"ca_file", server_->ca_file().string()}};
        std::ofstream(scratch_ / "point.json") << Json{
            {"version", 1}, {"type", "mailbox"}, {"name", "Faktury"}, {"connection", connection}};
        std::vector<std::string> words{command,       "--json",
                                       "--point",     scratch_ / "point.json",
                                       "--workspace", scratch_ / "workspace"};
        if (command == "run")
            words.insert(words.end(), {"--out", out()});
        return program::run(words, {{"MAILPOINT_PASSWORD", MailServer::password}});
    }

    [[nodiscard]] std::string out() const { return scratch_ / "out"; }

    /// Hash and number of every file that is there.
    [[nodiscard]] std::map<std::string, int> files() const {
        std::map<std::string, int> found;
        if (std::filesystem::exists(out()))
            for (const auto& entry : std::filesystem::directory_iterator(out()))
                ++found[mail::sha256_hex(text_of(entry.path()))];
        return found;
    }

    static std::map<Software, std::unique_ptr<MailServer>>& running() {
        static std::map<Software, std::unique_ptr<MailServer>> servers;
        return servers;
    }

    MailServer* server_ = nullptr;
    std::string login_;
    mail::fakes::ScratchFolder scratch_;
};

/// Every document once; beside them only what the mails hold, and no program.
void expect_all_taken(const std::map<std::string, int>& files, const std::vector<OddMail>& mails) {
    std::map<std::string, const mail::demo::ExpectedFile*> known;
    for (const OddMail& mail : mails)
        for (const auto& file : mail.files) {
            known.emplace(file.sha256, &file);
            if (file.kind == Kind::document) {
                EXPECT_TRUE(files.contains(file.sha256)) << file.name << " is missing";
            }
        }
    for (const auto& [hash, count] : files) {
        const auto found = known.find(hash);
        ASSERT_NE(found, known.end()) << "nobody sent " << hash;
        EXPECT_EQ(count, 1) << found->second->name;
        EXPECT_NE(found->second->kind, Kind::program) << found->second->name;
    }
}

const std::vector<std::string> wires{"none", "starttls", "tls"};

std::vector<OddMail> numbered_mails(int count) {
    std::vector<OddMail> mails;
    for (int number = 1; number <= count; ++number)
        mails.push_back(numbered_mail(number));
    return mails;
}

std::vector<std::string> raws_of(const std::vector<OddMail>& mails) {
    std::vector<std::string> raws;
    for (const OddMail& mail : mails)
        raws.push_back(mail.raw);
    return raws;
}

TEST_P(Interop, takes_what_was_sent_once_over_every_kind_of_wire) {
    const auto mails = odd_mails();
    other_session().append("INBOX", raws_of(mails), received);
    for (const std::string& encryption : wires) {
        SCOPED_TRACE(encryption);
        std::filesystem::remove_all(out());
        std::filesystem::remove_all(scratch_ / "workspace");
        forget_claims();
        const auto listed = mailpoint("list", "INBOX", encryption);
        ASSERT_EQ(listed.exit_code, 0) << listed.out << listed.error << server_->log();
        EXPECT_EQ(Json::parse(listed.out).at("messages").size(), mails.size());
        const auto taken = mailpoint("run", "INBOX", encryption);
        ASSERT_EQ(taken.exit_code, 0) << taken.out << taken.error << server_->log();
        expect_all_taken(files(), mails);
        const auto before = files();
        const auto again = mailpoint("run", "INBOX", encryption);
        ASSERT_EQ(again.exit_code, 0) << again.out << again.error;
        EXPECT_TRUE(Json::parse(again.out).at("messages").empty()) << again.out;
        EXPECT_EQ(files(), before);
    }
}

TEST_P(Interop, a_folder_with_polish_letters_is_named_as_the_server_names_it) {
    const std::string folder = server_->folder("Zakończone");
    OtherSession other = other_session();
    other.command("CREATE \"" + server_->folder("Zako&AUQ-czone") + "\"");
    const OddMail mail = numbered_mail(7);
    other.append(server_->folder("Zako&AUQ-czone"), {mail.raw}, received);
    for (const std::string& encryption : wires) {
        const auto listed = mailpoint("list", folder, encryption);
        ASSERT_EQ(listed.exit_code, 0) << listed.out << listed.error << server_->log();
        EXPECT_EQ(Json::parse(listed.out).at("messages").size(), 1U);
    }
    const auto taken = mailpoint("run", folder, "tls");
    ASSERT_EQ(taken.exit_code, 0) << taken.out << taken.error << server_->log();
    expect_all_taken(files(), {mail});
    const auto again = mailpoint("run", folder, "starttls");
    ASSERT_EQ(again.exit_code, 0) << again.out << again.error;
    EXPECT_TRUE(Json::parse(again.out).at("messages").empty());
    const auto missing = mailpoint("list", "Zakonczone");
    EXPECT_EQ(missing.exit_code, 1);
    const Json error = Json::parse(missing.out).at("error");
    EXPECT_EQ(error.at("cause"), "folder_missing") << missing.out;
    EXPECT_EQ(error.at("facts").at("nearest"), folder) << missing.out;
}

TEST_P(Interop, five_thousand_small_mails_are_taken_once) {
    constexpr int count = 5000;
    const std::vector<OddMail> mails = numbered_mails(count);
    server_->put_many(login_, raws_of(mails), received);
    const auto listed = mailpoint("list", "INBOX", "tls");
    ASSERT_EQ(listed.exit_code, 0) << listed.error << server_->log();
    EXPECT_EQ(Json::parse(listed.out).at("messages").size(), std::size_t{count});
    const auto taken = mailpoint("run", "INBOX", "starttls");
    ASSERT_EQ(taken.exit_code, 0) << taken.error << server_->log();
    EXPECT_EQ(Json::parse(taken.out).at("messages").size(), std::size_t{count});
    expect_all_taken(files(), mails);
    const auto again = mailpoint("run");
    ASSERT_EQ(again.exit_code, 0) << again.error;
    EXPECT_TRUE(Json::parse(again.out).at("messages").empty());
    EXPECT_EQ(files().size(), std::size_t{count});
}

TEST_P(Interop, a_message_that_another_session_removes_is_not_taken_and_stops_no_other) {
    const std::vector<OddMail> mails = numbered_mails(many);
    std::set<std::string> sent;
    for (const OddMail& mail : mails)
        sent.insert(mail.files.front().sha256);
    const std::string& gone = mails[2].files.front().sha256;
    for (const std::string& encryption : wires) {
        SCOPED_TRACE(encryption);
        start_afresh();
        OtherSession other = other_session();
        other.append("INBOX", raws_of(mails), received);
        other.command("SELECT INBOX");
        const auto run = run_and_meanwhile("INBOX", encryption, [&] {
            other.command("STORE 3 +FLAGS.SILENT (\\Deleted)");
            other.command("EXPUNGE");
        });
        for (const auto& [hash, count] : files())
            EXPECT_TRUE(sent.contains(hash)) << "a file that nobody sent";
        const Json result = Json::parse(run.out);
        // Mailutils gives the others new numbers then: it is listed again in the same run, which
        // knows nothing any more of the one that is gone. Everywhere else it had been listed.
        const bool numbered_anew =
            GetParam() == Software::mailutils && result.at("messages").size() == mails.size() - 1;
        EXPECT_TRUE(numbered_anew || result.at("messages").size() == mails.size()) << run.out;
        for (const Json& message : result.at("messages")) {
            const std::string subject = message.at("subject").get<std::string>();
            const auto& mail = mails.at(std::stoul(subject.substr(subject.rfind(' '))) - 1);
            EXPECT_EQ(message.at("status") == "taken", files().contains(mail.files.front().sha256))
                << message;
        }
        // Cyrus keeps the message for sessions that had seen it.
        const bool is_right = numbered_anew || files().contains(gone);
        EXPECT_EQ(run.exit_code, is_right ? 0 : 5) << run.error << server_->log();
        const auto again = mailpoint("run", "INBOX", encryption);
        EXPECT_EQ(again.exit_code, 0) << again.out;
        for (const std::string& hash : sent)
            EXPECT_TRUE(files().contains(hash) || hash == gone);
        for (const auto& [hash, count] : files())
            EXPECT_EQ(count, 1);
    }
}

/// Until its UIDVALIDITY is another than `before`: most servers count in seconds.
void make_anew(OtherSession& other, const std::string& folder, std::uint32_t before) {
    do {
        other.command("DELETE " + folder);
        other.command("CREATE " + folder);
    } while (other.uid_validity(folder) == before);
}

TEST_P(Interop, a_folder_that_was_made_anew_is_taken_once) {
    const std::string folder = server_->folder("Faktury");
    for (const std::string& encryption : wires) {
        SCOPED_TRACE(encryption);
        start_afresh();
        std::vector<OddMail> mails = numbered_mails(4);
        OtherSession other = other_session();
        other.command("CREATE " + folder);
        other.append(folder, raws_of(mails), received);
        ASSERT_EQ(mailpoint("run", folder, encryption).exit_code, 0);
        const std::uint32_t before = other.uid_validity(folder);
        make_anew(other, folder, before);
        // The others under other UIDs, and one that is new.
        mails.insert(mails.begin(), numbered_mail(5));
        other.append(folder, raws_of(mails), received);
        const auto run = mailpoint("run", folder, encryption);
        ASSERT_EQ(run.exit_code, 0) << run.out << run.error << server_->log();
        const Json messages = Json::parse(run.out).at("messages");
        // Mailutils counts a line of its own, in its first message alone, into the size: that one
        // is taken again, and found to be there.
        EXPECT_EQ(messages.size(), GetParam() == Software::mailutils ? 2U : 1U) << run.out;
        expect_all_taken(files(), mails);
    }
}

TEST_P(Interop, a_folder_made_anew_in_mid_run_gives_no_mail_under_the_number_of_another) {
    const std::string folder = server_->folder("Faktury");
    const std::vector<OddMail> mails = numbered_mails(many);
    for (const std::string& encryption : wires) {
        SCOPED_TRACE(encryption);
        start_afresh();
        OtherSession other = other_session();
        other.command("CREATE " + folder);
        other.append(folder, raws_of(mails), received);
        const std::uint32_t before = other.uid_validity(folder);
        const auto run = run_and_meanwhile(folder, encryption, [&] {
            make_anew(other, folder, before);
            std::vector<std::string> raws = raws_of(mails);
            std::reverse(raws.begin(), raws.end());
            other.append(folder, raws, received);
        });
        const Json result = Json::parse(run.out);
        for (const Json& message : result.at("messages"))
            if (message.at("status") == "taken") {
                const auto& file = mails[message.at("uid").get<std::size_t>() - 1].files.front();
                EXPECT_TRUE(files().contains(file.sha256)) << message;
            }
        EXPECT_TRUE(run.exit_code != 0 || files().size() == mails.size()) << run.out;
        const auto again = mailpoint("run", folder, encryption);
        EXPECT_EQ(again.exit_code, 0) << again.out << again.error << server_->log();
        expect_all_taken(files(), mails);
    }
}

TEST_P(Interop, a_new_mail_is_taken_though_the_numbers_have_moved) {
    std::vector<OddMail> mails = numbered_mails(5);
    OtherSession other = other_session();
    other.append("INBOX", raws_of(mails), received);
    ASSERT_EQ(mailpoint("run").exit_code, 0);
    OtherSession reader = other_session();
    other.command("SELECT INBOX");
    reader.command("EXAMINE INBOX");
    reader.command("UID FETCH 1:* (UID BODYSTRUCTURE)");
    other.command("STORE 2 +FLAGS.SILENT (\\Deleted)");
    other.command("EXPUNGE");
    reader.command("UID FETCH 1:* (UID BODY.PEEK[1])");
    mails.push_back(numbered_mail(6));
    other_session().append("INBOX", {mails.back().raw}, received);
    const auto run = mailpoint("run");
    EXPECT_EQ(run.exit_code, 0) << run.out << run.error << server_->log();
    EXPECT_EQ(Json::parse(run.out).at("messages").size(), 1U) << run.out;
    expect_all_taken(files(), mails);
}

std::string name_of_case(const testing::TestParamInfo<Software>& info) {
    return name_of(info.param);
}

INSTANTIATE_TEST_SUITE_P(Servers, Interop,
                         testing::Values(Software::dovecot, Software::cyrus, Software::courier,
                                         Software::mailutils),
                         name_of_case);

}  // namespace
}  // namespace servers
