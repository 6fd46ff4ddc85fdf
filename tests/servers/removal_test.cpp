// Out of the mailbox and back, on four servers, with others at work in the same folder: what was
// meant goes, comes back as it was, and nothing else is touched.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "mail/work/quarantine.h"
#include "mail/work/refresh.h"
#include "mail/work/remove.h"
#include "mail/work/take.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/servers/mail_server.h"
#include "tests/servers/odd_mails.h"
#include "tests/servers/other_session.h"
#include "tests/servers/relay.h"

namespace servers {
namespace {

using namespace std::chrono_literals;
using mail::Wait;
using mail::work::RemoveOrder;
using Uids = std::vector<std::uint32_t>;

constexpr std::chrono::sys_seconds received =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 3} + 10h;

std::vector<std::string> numbered(std::initializer_list<int> numbers) {
    std::vector<std::string> raws;
    for (const int number : numbers)
        raws.push_back(numbered_mail(number).raw);
    return raws;
}

class Removal : public testing::TestWithParam<Software>,
                public mail::work::RefreshObserver,
                public mail::work::TakeObserver,
                public mail::work::RemoveObserver {
protected:
    static void TearDownTestSuite() { running().clear(); }

    void SetUp() override {
        mail::net::initialise();
        auto found = running().find(GetParam());
        if (found == running().end()) {
            auto started = MailServer::start(GetParam());
            ASSERT_TRUE(started) << started.error();
            found = running().emplace(GetParam(), *std::move(started)).first;
        }
        server_ = found->second.get();
        start_afresh();
    }

    void start_afresh() {
        login_ = server_->fresh_login();
        ledger_.reset();
        for (const std::string name : {"state.db", "out", "quarantine"})
            std::filesystem::remove_all(scratch_ / name);
        open_ledger();
        quarantine_.emplace(
            mail::work::Quarantine::open(mail::real_disk(), scratch_ / "quarantine").value());
        point_.id = "point";
        point_.name = "Faktury";
        point_.connection.login = login_;
        point_.connection.server = "localhost";
    }
    void open_ledger() {
        ledger_.reset();
        ledger_ = mail::store::Ledger::open(scratch_ / "state.db").value();
    }

    [[nodiscard]] OtherSession other_session() const {
        return {server_->clear_port(), login_, MailServer::password};
    }

    [[nodiscard]] std::unique_ptr<mail::imap::Session> sign_in(std::uint16_t port) const {
        mail::net::Endpoint endpoint;
        endpoint.host = "127.0.0.1";
        endpoint.port = port;
        endpoint.encryption = mail::net::Encryption::none;
        auto session = mail::imap::Session::open(
            endpoint,
            {mail::imap::Credentials::Kind::password, login_, mail::Secret(MailServer::password)},
            {}, wait());
        EXPECT_TRUE(session) << server_->log();
        return session ? std::move(*session) : nullptr;
    }
    [[nodiscard]] std::unique_ptr<mail::imap::Session> select(std::uint16_t port = 0) const {
        auto session = sign_in(port == 0 ? server_->clear_port() : port);
        const auto selected = session->select("INBOX", wait());
        EXPECT_TRUE(selected) << name_of(selected.error().cause);
        return session;
    }

    void list() {
        rows_.clear();
        auto session = sign_in(server_->clear_port());
        auto opened = session->examine_with_uids("INBOX", wait());
        ASSERT_TRUE(opened);
        ASSERT_TRUE(
            mail::work::refresh(*session, {*ledger_, point_}, std::move(*opened), *this, wait()));
    }
    /// Lists, and takes what is new.
    void take_all() {
        list();
        std::vector<const mail::work::MessageRow*> open;
        for (const auto& row : rows_)
            if (mail::work::is_open(row.initial))
                open.push_back(&row);
        auto session = sign_in(server_->clear_port());
        ASSERT_TRUE(session->examine("INBOX", wait()));
        const mail::work::TakeContext taking{mail::real_disk(), *ledger_,         point_,
                                             mailbox_,          scratch_ / "out", "tester"};
        ASSERT_FALSE(mail::work::take(*session, taking, open, *this, wait()).error);
        list();
    }

    [[nodiscard]] mail::work::RemoveContext context() {
        return {mail::real_disk(), *ledger_, &*quarantine_, mailbox_, "Faktury", "tester"};
    }
    mail::work::RemoveOutcome remove(const std::set<std::string>& ids,
                                     const RemoveOrder& order = {}, std::uint16_t port = 0,
                                     const Wait& patience = wait()) {
        removed_.clear();
        kept_.clear();
        std::vector<const mail::work::MessageRow*> rows;
        std::set<std::string> wanted = ids;
        // Of several with one Message-ID the first.
        std::ranges::sort(rows_, {}, &mail::work::MessageRow::uid);
        for (const auto& row : rows_)
            if (wanted.erase(row.message_id) == 1)
                rows.push_back(&row);
        EXPECT_EQ(rows.size(), ids.size());
        return mail::work::remove(*select(port), context(), rows, order, *this, patience);
    }
    mail::Result<void> finish() {
        return mail::work::finish_removals(*select(), context(), *this, wait());
    }
    mail::work::RestoreOutcome restore_all() {
        return mail::work::restore(*select(), context(), ledger_->quarantined(point_.id).value(),
                                   wait());
    }

    /// Message-IDs of all that is there, by another program's eyes, with repetitions.
    [[nodiscard]] std::multiset<std::string> ids_there() const {
        const std::string told =
            other_command("UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])");
        std::multiset<std::string> ids;
        for (std::size_t at = told.find('<'); at != std::string::npos; at = told.find('<', at + 1))
            ids.insert(told.substr(at, told.find('>', at) + 1 - at));
        return ids;
    }
    /// What another program is told in the folder.
    [[nodiscard]] std::string other_command(const std::string& command) const {
        OtherSession other = other_session();
        other.command("SELECT INBOX");
        return other.command(command);
    }
    [[nodiscard]] static std::string deleted_in(const std::string& searched) {
        const std::size_t at = searched.find("* SEARCH");
        const std::size_t begin = at + std::string("* SEARCH").size();
        std::string uids = searched.substr(begin, searched.find_first_of("\r\n", at) - begin);
        return uids.substr(std::min(uids.find_first_not_of(' '), uids.size()));
    }
    /// UIDs of messages marked \Deleted.
    [[nodiscard]] std::string deleted_there() const {
        return deleted_in(other_command("UID SEARCH DELETED"));
    }

    /// Mailutils: when another session removes something, our UIDs come to mean other messages, and
    /// it may not even say so. Then what we call removed is not there, all else is, and unmarked.
    void numbers_that_move_stop_us() {
        other_session().append("INBOX", numbered({1, 2, 3, 4, 5}), received);
        take_all();
        OtherSession other = other_session();
        other.command("SELECT INBOX");
        const auto relay = relay_that("BODY.PEEK[]", [&] {
            other.command("STORE 1 +FLAGS.SILENT (\\Deleted)");
            other.command("EXPUNGE");
        });
        static_cast<void>(remove({id(2), id(3)}, {}, relay->port()));
        ASSERT_TRUE(finish()) << server_->log();
        EXPECT_FALSE(mail::work::any_unfinished_removal(*ledger_, mailbox_).value());
        std::set<std::string> gone;
        const auto copies = ledger_->quarantined(point_.id).value();
        for (const auto& [mailbox, entry] : copies)
            gone.insert(entry.id.message_id);
        const auto there = ids_there();
        for (const int number : {2, 3})
            EXPECT_NE(there.contains(id(number)), gone.contains(id(number))) << number;
        for (const int number : {4, 5})
            EXPECT_TRUE(there.contains(id(number))) << number;
        EXPECT_EQ(deleted_there(), "");
    }

    /// Acts at the first word of ours that holds `words`, before the server hears it.
    [[nodiscard]] std::unique_ptr<Relay> relay_that(const std::string& words,
                                                    const std::function<void()>& act) const {
        return std::make_unique<Relay>(
            server_->clear_port(),
            Relay::Options{
                .before_server_hears = [words, act, acted = false](std::string_view raw) mutable {
                    if (!acted && raw.find(words) != std::string_view::npos) {
                        acted = true;
                        act();
                    }
                }});
    }

    static Wait wait() { return Wait::for_at_most(60s); }

    static std::map<Software, std::unique_ptr<MailServer>>& running() {
        static std::map<Software, std::unique_ptr<MailServer>> servers;
        return servers;
    }

    void found(const mail::store::MailboxId& mailbox, std::size_t) override { mailbox_ = mailbox; }
    void rows(std::vector<mail::work::MessageRow> chunk) override {
        rows_.insert(rows_.end(), chunk.begin(), chunk.end());
    }
    void changed(std::uint32_t, const mail::work::MessageState&) override {}
    void removed(std::uint32_t uid) override { removed_.push_back(uid); }
    void kept(std::uint32_t uid, const mail::Error& why) override {
        kept_[uid] = std::string(name_of(why.cause));
    }
    void marked(std::uint32_t) override {}
    void taken_along(const mail::store::RemovalEntry& message) override {
        along_.push_back(message.id.message_id);
    }

    [[nodiscard]] static std::string id(int number) {
        return "<n" + std::to_string(number) + "@firma.example>";
    }
    [[nodiscard]] bool has_uidplus() const { return GetParam() != Software::mailutils; }

    MailServer* server_ = nullptr;
    std::string login_;
    mail::fakes::ScratchFolder scratch_;
    mail::point::Point point_;
    std::unique_ptr<mail::store::Ledger> ledger_;
    std::optional<mail::work::Quarantine> quarantine_;
    mail::store::MailboxId mailbox_;
    std::vector<mail::work::MessageRow> rows_;
    Uids removed_;
    std::vector<std::string> along_;  ///< Message-IDs
    std::map<std::uint32_t, std::string> kept_;
};

TEST_P(Removal, what_was_meant_goes_and_comes_back_with_its_flags) {
    OtherSession other = other_session();
    other.append("INBOX", numbered({1, 2, 3, 4}), received);
    other.append("INBOX", numbered({2}), received + 1h);
    other.command("SELECT INBOX");
    other.command("STORE 2 +FLAGS.SILENT (\\Seen \\Flagged)");
    other.command("CLOSE");
    take_all();
    ASSERT_EQ(rows_.size(), 5U);
    auto gone = remove({id(2)});
    EXPECT_FALSE(gone.error) << name_of(gone.error->cause) << server_->log();
    EXPECT_EQ(removed_, (Uids{2})) << kept_[2];
    EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(1), id(2), id(3), id(4)}))
        << "the other one of the same Message-ID stays";
    list();
    EXPECT_EQ(rows_.size(), 4U);
    EXPECT_EQ(std::ranges::count(rows_, mail::work::Status::taken,
                                 [](const auto& row) { return row.initial.status; }),
              4);
    const auto back = restore_all();
    EXPECT_FALSE(back.error);
    ASSERT_EQ(back.restored.size(), 1U)
        << (back.failed.empty() ? "" : name_of(back.failed.front().error.cause));
    EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(1), id(2), id(2), id(3), id(4)}));
    const std::string told = other_command("UID FETCH 1:* (FLAGS INTERNALDATE)");
    const std::string last = told.substr(told.rfind("* 5 FETCH"));
    EXPECT_NE(last.find("\\Seen"), std::string::npos) << told;
    EXPECT_NE(last.find("\\Flagged"), std::string::npos) << told;
    EXPECT_EQ(last.find("\\Deleted"), std::string::npos) << told;
    EXPECT_NE(last.find("3-Nov-2026 10:00:00"), std::string::npos) << told;
    // Mailutils gives the folder a new UIDVALIDITY when it has expunged, and sizes by which its
    // messages are not known again.
    if (!has_uidplus())
        return;
    list();
    for (const auto& row : rows_)
        EXPECT_EQ(row.initial.status, mail::work::Status::taken) << row.uid;
    // Twice is no more than once, and again it may go.
    EXPECT_TRUE(restore_all().restored.empty());
    EXPECT_FALSE(remove({id(1), id(4)}).error);
    EXPECT_EQ(removed_.size(), 2U);
    EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(2), id(2), id(3)}));
}

TEST_P(Removal, the_mark_of_another_session_survives_or_is_asked_about) {
    OtherSession other = other_session();
    other.append("INBOX", numbered({1, 2, 3}), received);
    take_all();
    other.command("SELECT INBOX");
    other.command("STORE 3 +FLAGS.SILENT (\\Deleted)");
    const auto outcome = remove({id(1)});
    EXPECT_FALSE(outcome.error);
    if (has_uidplus()) {
        EXPECT_EQ(removed_, (Uids{1}));
        EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(2), id(3)}));
        EXPECT_EQ(deleted_there(), "3");
        return;
    }
    // Mailutils shows marks to other sessions only when the folder is closed.
    if (outcome.others_marked == 0) {
        EXPECT_EQ(removed_, (Uids{1}));
        return;
    }
    EXPECT_EQ(outcome.others_marked, 1U);
    EXPECT_EQ(outcome.left, (Uids{1}));
    EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(1), id(2), id(3)}));
    EXPECT_FALSE(remove({id(1)}, {.others = RemoveOrder::Others::take_along}).error);
    EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(2)}));
    EXPECT_EQ(along_, (std::vector<std::string>{id(3)}));
    const auto entries = ledger_->removals(mailbox_).value();
    ASSERT_EQ(entries.size(), 2U);
    for (const auto& entry : entries)
        EXPECT_TRUE(quarantine_->check({entry.copy, entry.copy_octets, entry.copy_sha256}));
}

TEST_P(Removal, a_stop_anywhere_comes_to_the_same_end) {
    for (const std::string words : {"BODY.PEEK[]", "UID STORE", "EXPUNGE", "NOOP"}) {
        // Mailutils ruins its mbox by itself where it can't say its OK (quirks.h:
        // ruins_what_it_expunged), with any client.
        if (!has_uidplus() && (words == "EXPUNGE" || words == "NOOP"))
            continue;
        SCOPED_TRACE(words);
        start_afresh();
        other_session().append("INBOX", numbered({1, 2, 3, 4}), received);
        take_all();
        mail::StopSource stop;
        const auto relay = relay_that(words, [&] { stop.request_stop(); });
        const auto cut =
            remove({id(2), id(3)}, {}, relay->port(), Wait::for_at_most(60s, stop.get_token()));
        // Once the server is told to expunge it is too late: that comes to its end.
        const bool too_late = words == "EXPUNGE" || words == "NOOP";
        ASSERT_EQ(cut.error.has_value(), !too_late);
        open_ledger();
        ASSERT_TRUE(finish()) << server_->log();
        list();
        if (!too_late && cut.unknown.empty()) {
            EXPECT_EQ(cut.left.size(), 2U);
            EXPECT_FALSE(remove({id(2), id(3)}).error);
        }
        EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(1), id(4)}));
        EXPECT_EQ(deleted_there(), "");
        EXPECT_EQ(ledger_->quarantined(point_.id).value().size(), 2U);
        EXPECT_EQ(restore_all().restored.size(), 2U);
        EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(1), id(2), id(3), id(4)}));
    }
}

TEST_P(Removal, whoever_removes_others_meanwhile_makes_us_touch_none) {
    if (!has_uidplus())
        return numbers_that_move_stop_us();
    for (const std::string words : {"BODY.PEEK[]", "UID STORE", "EXPUNGE"}) {
        SCOPED_TRACE(words);
        start_afresh();
        other_session().append("INBOX", numbered({1, 2, 3, 4, 5}), received);
        take_all();
        OtherSession other = other_session();
        other.command("SELECT INBOX");
        const auto relay = relay_that(words, [&] {
            other.command("STORE 1 +FLAGS.SILENT (\\Deleted)");
            other.command("EXPUNGE");
        });
        EXPECT_FALSE(remove({id(2), id(3)}, {}, relay->port()).error);
        EXPECT_EQ(removed_, (Uids{2, 3}));
        EXPECT_EQ(deleted_there(), "");
        EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(4), id(5)}));
        EXPECT_EQ(ledger_->quarantined(point_.id).value().size(), 2U);
    }
}

TEST_P(Removal, what_another_session_removes_first_is_not_ours) {
    other_session().append("INBOX", numbered({1, 2, 3}), received);
    take_all();
    OtherSession other = other_session();
    other.command("SELECT INBOX");
    other.command("STORE 2 +FLAGS.SILENT (\\Deleted)");
    other.command("EXPUNGE");
    const auto outcome = remove({id(2)});
    EXPECT_FALSE(outcome.error);
    EXPECT_TRUE(removed_.empty());
    // Where numbers move it may look like another message.
    EXPECT_TRUE(kept_[2] == "message_gone" || (!has_uidplus() && kept_[2] == "message_changed"))
        << kept_[2];
    EXPECT_EQ(ids_there(), (std::multiset<std::string>{id(1), id(3)}));
    EXPECT_EQ(deleted_there(), "");
    EXPECT_TRUE(ledger_->quarantined(point_.id).value().empty());
}

std::string name_of_case(const testing::TestParamInfo<Software>& info) {
    return name_of(info.param);
}

INSTANTIATE_TEST_SUITE_P(Servers, Removal,
                         testing::Values(Software::dovecot, Software::cyrus, Software::courier,
                                         Software::mailutils),
                         name_of_case);

}  // namespace
}  // namespace servers
