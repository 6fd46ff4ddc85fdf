#include "mail/work/manifest.h"

#include <nlohmann/json.hpp>

#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

using nlohmann::json;
using namespace std::chrono;

class Manifests : public Taking {
protected:
    void SetUp() override {
        Taking::SetUp();
        documents_ = folder_ / "documents";
    }
    /// What all manifests on the computer's disk say, by subject. One that is begun counts for
    /// none.
    [[nodiscard]] std::multimap<std::string, json> documents() const {
        std::multimap<std::string, json> found;
        if (!std::filesystem::exists(documents_))
            return found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(documents_)) {
            if (!entry.is_regular_file() || entry.path().parent_path().filename() == "begun")
                continue;
            std::ifstream in(entry.path());
            add(json::parse(in), found);
        }
        return found;
    }
    [[nodiscard]] std::multimap<std::string, json>
    documents_on(const fakes::LossyDisk& disk) const {
        std::multimap<std::string, json> found;
        for (const std::string& path : disk.files())
            if (path.starts_with(documents_) && path.ends_with(".json") &&
                path.find("begun") == std::string::npos)
                add(json::parse(*disk.content(path)), found);
        return found;
    }
    [[nodiscard]] std::size_t begun() const {
        const std::string folder = documents_ + "/begun";
        return !std::filesystem::exists(folder)
                   ? 0
                   : static_cast<std::size_t>(
                         std::distance(std::filesystem::directory_iterator(folder), {}));
    }
    void expect_both(const std::multimap<std::string, json>& found, const std::string& trace) {
        ASSERT_EQ(found.size(), 2U) << trace;
        for (const char* name : {"a.pdf", "b.pdf"}) {
            const auto at = found.find(name);
            ASSERT_NE(at, found.end()) << trace << ' ' << name;
            EXPECT_EQ(at->second.at("files").at(0).at("file"), target() + "/" + name) << trace;
        }
    }

private:
    static void add(const json& manifest, std::multimap<std::string, json>& found) {
        for (const json& document : manifest.at("documents"))
            found.emplace(document.at("subject").get<std::string>(), document);
    }
};

std::vector<demo::Mail> two_mails() {
    return {mail_with("a.pdf", "%PDF a", sys_days{2026y / March / 12} + 9h),
            mail_with("b.pdf", "%PDF b", sys_days{2026y / June / 1})};
}

}  // namespace

TEST_F(Manifests, say_which_files_belong_to_which_mail) {
    serve({{"From: Biuro <biuro@firma.example>\r\nSubject: Faktura 7\r\n"
            "Message-ID: <7@firma.example>\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: application/pdf; name=faktura.pdf\r\n\r\n%PDF x\r\n"
            "--b\r\nContent-Type: text/csv; name=pozycje.csv\r\n\r\n1;2\r\n--b--\r\n",
            sys_days{2026y / March / 12} + 9h}});
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    const auto found = documents();
    ASSERT_EQ(found.size(), 1U);
    const json document = found.begin()->second;
    EXPECT_EQ(document.at("uid"), 1);
    EXPECT_EQ(document.at("message_id"), "<7@firma.example>");
    EXPECT_EQ(document.at("subject"), "Faktura 7");
    EXPECT_EQ(document.at("sender"), "Biuro");
    EXPECT_EQ(document.at("sender_address"), "biuro@firma.example");
    EXPECT_EQ(document.at("received"), "2026-03-12T09:00:00Z");
    EXPECT_EQ(document.at("operator"), "tester");
    EXPECT_EQ(document.at("target_folder"), target());
    EXPECT_EQ(document.at("complete"), true);
    ASSERT_EQ(document.at("files").size(), 2U);
    const json file = document.at("files").at(0);
    EXPECT_EQ(file.at("name"), "faktura.pdf");
    EXPECT_EQ(file.at("part"), "1");
    EXPECT_EQ(file.at("type"), "application/pdf");
    EXPECT_EQ(file.at("size"), 6);
    EXPECT_EQ(file.at("sha256"), sha256_hex("%PDF x"));
    EXPECT_EQ(file.at("file"), target() + "/faktura.pdf");
    EXPECT_TRUE(file.at("saved_before").is_null());
    EXPECT_EQ(document.at("files").at(1).at("file"), target() + "/pozycje.csv");
    EXPECT_EQ(begun(), 0U);
}

TEST_F(Manifests, name_the_earlier_file_of_what_was_saved_before) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    ASSERT_TRUE(run());
    server_->add_message(mail_with("b.pdf", "%PDF a", {}));
    ASSERT_TRUE(run());
    const auto found = documents();
    ASSERT_EQ(found.size(), 2U);
    const json file = found.find("b.pdf")->second.at("files").at(0);
    EXPECT_EQ(file.at("file"), target() + "/a.pdf");
    EXPECT_FALSE(file.at("saved_before").is_null());
}

TEST_F(Manifests, are_not_made_where_nothing_was_taken) {
    serve({{"Subject: x\r\n\r\ntext\r\n", {}}});
    ASSERT_TRUE(run());
    EXPECT_FALSE(std::filesystem::exists(documents_));
    serve(two_mails());
    documents_.clear();
    ASSERT_TRUE(run());
    EXPECT_FALSE(std::filesystem::exists(folder_ / "documents"));
}

TEST_F(Manifests, say_each_document_once_whatever_call_of_the_disk_fails) {
    serve(two_mails());
    unsigned call = 1;
    for (;; ++call) {
        fakes::LossyDisk disk;
        disk.put_folder(target());
        disk.put_folder(folder_.path());
        disk.fail_call(call, Cause::disk_error);
        static_cast<void>(run(disk));
        if (disk.calls() < call)
            break;
        const std::string failed = std::to_string(call) + ": " + disk.log().at(call - 1);
        disk.heal();
        ASSERT_TRUE(run(disk)) << failed << ' ' << name_of(last_error_.cause);
        ASSERT_TRUE(finish_manifests(disk, documents_, *ledger_, point_.id)) << failed;
        expect_both(documents_on(disk), failed);
        for (const std::string& path : disk.files())
            EXPECT_FALSE(path.find("/begun/") != std::string::npos && path.ends_with(".json"))
                << failed << ' ' << path;
        ledger_.reset();
        std::filesystem::remove(folder_ / "state.db");
        open_ledger();
    }
    EXPECT_GT(call, 30U);
}

TEST_F(Manifests, of_a_run_that_is_at_work_are_left_to_it) {
    serve(two_mails());
    ASSERT_TRUE(run());
    std::filesystem::remove_all(documents_);
    // Another program has a message under way.
    Manifest other(real_disk(), documents_, point_, mailbox_);
    ASSERT_TRUE(other.begin({&rows_[0], &rows_[1]}));
    auto theirs = store::Ledger::open(folder_ / "state.db").value();
    auto entries = theirs->messages(mailbox_).value();
    for (store::MessageEntry& entry : entries)
        entry.manifest = other.name();
    ASSERT_TRUE(theirs->planned(mailbox_, entries)->empty());
    ASSERT_TRUE(finish_manifests(real_disk(), documents_, *ledger_, point_.id));
    EXPECT_EQ(begun(), 1U);
    ASSERT_TRUE(theirs->finished(mailbox_, entries));
    ASSERT_TRUE(finish_manifests(real_disk(), documents_, *ledger_, "another point"));
    EXPECT_EQ(begun(), 1U);
    ASSERT_TRUE(finish_manifests(real_disk(), documents_, *ledger_, point_.id));
    EXPECT_EQ(begun(), 0U);
    expect_both(documents(), "");
    EXPECT_TRUE(other.end());
    expect_both(documents(), "");
}

TEST_F(Manifests, of_a_run_that_was_cut_off_leave_out_what_another_has_taken_since) {
    serve(two_mails());
    ASSERT_TRUE(run());
    // It had planned both when it was killed; message 2 is its own, 1 has been taken by run().
    Manifest cut_off(real_disk(), documents_, point_, mailbox_);
    ASSERT_TRUE(cut_off.begin({&rows_[0], &rows_[1]}));
    auto entries = ledger_->messages(mailbox_).value();
    for (store::MessageEntry& entry : entries) {
        EXPECT_NE(entry.manifest, "");
        if (entry.id.uid != 2)
            continue;
        entry.manifest = cut_off.name();
        ASSERT_TRUE(ledger_->planned(mailbox_, {entry})->empty());
        ASSERT_TRUE(ledger_->finished(mailbox_, {entry}));
    }
    ASSERT_TRUE(finish_manifests(real_disk(), documents_, *ledger_, point_.id));
    EXPECT_EQ(begun(), 0U);
    EXPECT_EQ(documents().count("a.pdf"), 1U);
    EXPECT_EQ(documents().count("b.pdf"), 2U) << "its own, and the one that run() had made before";
}

}  // namespace mail::work
