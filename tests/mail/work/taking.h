#pragma once
// A demo server, a ledger and a folder, and the way from one to the other as the engine goes it:
// for the tests of taking.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "mail/base/hash.h"
#include "mail/demo/expected.h"
#include "mail/demo/server.h"
#include "mail/net/connection.h"
#include "mail/work/manifest.h"
#include "mail/work/refresh.h"
#include "mail/work/take.h"
#include "mail/work/text_files.h"
#include "tests/fakes/lossy_disk.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/stepped_time.h"

namespace mail::work {

class Taking : public testing::Test, public RefreshObserver, public TakeObserver {
protected:
    void SetUp() override {
        net::initialise();
        point_.id = "test";
        point_.name = "Test";
        point_.connection.login = "demo";
        point_.connection.server = "127.0.0.1";
        std::filesystem::create_directory(target());
        open_ledger();
    }

    void serve(std::vector<demo::Mail> mails, const demo::Options& options = {}) {
        auto server = demo::Server::start(std::move(mails), options);
        ASSERT_TRUE(server);
        server_ = std::move(*server);
    }
    void open_ledger() {
        ledger_.reset();
        auto ledger = store::Ledger::open(folder_ / "state.db");
        ASSERT_TRUE(ledger);
        ledger_ = std::move(*ledger);
    }

    std::unique_ptr<imap::Session> sign_in() {
        const imap::Credentials credentials{imap::Credentials::Kind::password, "demo",
                                            Secret("demo")};
        auto session = imap::Session::open(server_->endpoint(), credentials, {}, wait());
        EXPECT_TRUE(session) << (session ? "" : name_of(session.error().cause));
        return session ? std::move(*session) : nullptr;
    }

    Result<void> list(imap::Session& session) {
        auto opened = session.examine_with_uids("INBOX", wait());
        if (!opened)
            return tl::unexpected(opened.error());
        return refresh(session, {*ledger_, point_}, std::move(*opened), *this, wait());
    }

    /// Lists and takes what is new, as `mailpoint run` does; false if it ended with an error.
    bool run(Disk& disk = real_disk()) {
        rows_.clear();
        states_.clear();
        auto session = sign_in();
        if (!session)
            return false;
        last_error_ = {};
        if (const auto recovered = recover(disk, *ledger_, point_.id); !recovered)
            return ended_with(recovered.error());
        if (const auto ended = finish_manifests(disk, documents_, *ledger_, point_.id); !ended)
            return ended_with(ended.error());
        if (const auto listed = list(*session); !listed)
            return ended_with(listed.error());
        if (after_listing_)
            after_listing_();
        std::vector<const MessageRow*> open;
        std::vector<const MessageRow*> unclear;
        for (const MessageRow& row : rows_)
            if (may_hold_text_file(row) || may_hold_file_beside(row))
                unclear.push_back(&row);
        const auto whole = find_text_files(*session, *ledger_, mailbox_, unclear, wait());
        if (!whole)
            return ended_with(whole.error());
        for (MessageRow& row : rows_) {
            row.whole_needed = row.whole_needed || std::ranges::binary_search(*whole, row.uid);
            const bool again = order_.extent == Delivery::Extent::all_again;
            if (is_open(row.initial) || again || std::ranges::binary_search(*whole, row.uid))
                open.push_back(&row);
        }
        TakeContext context{disk,     *ledger_, point_, mailbox_,
                            target(), "tester", order_, documents_};
        context.more = more_;
        auto outcome = take(*session, context, open, *this, time_.wait(stop_.get_token()));
        left_ = std::move(outcome.left);
        delivered_ = std::move(outcome.delivered);
        refused_ = std::move(outcome.refused);
        return outcome.error ? ended_with(*outcome.error) : true;
    }

    /// The number of the first call of this kind that a run makes on its disk. Forgets that run.
    [[nodiscard]] unsigned first_call(const std::string& kind) {
        fakes::LossyDisk rehearsal;
        rehearsal.put_folder(target());
        EXPECT_TRUE(run(rehearsal));
        const std::vector<std::string> calls = rehearsal.log();
        const auto first = std::ranges::find_if(
            calls, [&](const std::string& call) { return call.starts_with(kind); });
        EXPECT_NE(first, calls.end());
        ledger_.reset();
        std::filesystem::remove(folder_ / "state.db");
        open_ledger();
        return static_cast<unsigned>(first - calls.begin() + 1);
    }

    [[nodiscard]] std::string target() const { return folder_ / "target"; }
    [[nodiscard]] static Wait wait() { return Wait::for_at_most(std::chrono::seconds(60)); }

    /// SHA-256 of every file of the target folder, with repetitions.
    [[nodiscard]] std::multiset<std::string> hashes() const {
        std::multiset<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(target())) {
            std::ifstream in(entry.path(), std::ios::binary);
            found.insert(sha256_hex(std::string(std::istreambuf_iterator<char>(in), {})));
        }
        return found;
    }
    [[nodiscard]] std::size_t temporary_files() const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(target()))
            count += entry.path().filename().string().starts_with(".mailpoint-") ? 1U : 0U;
        return count;
    }

    void found(const store::MailboxId& mailbox, std::size_t) override { mailbox_ = mailbox; }
    void rows(std::vector<MessageRow> chunk) override {
        rows_.insert(rows_.end(), chunk.begin(), chunk.end());
    }
    void changed(std::uint32_t uid, const MessageState& state) override {
        states_[uid] = state;
        if (stop_at_first_octet_ && state.status == Status::taking)
            stop_.request_stop();
    }

    fakes::ScratchFolder folder_;
    point::Point point_;
    std::unique_ptr<demo::Server> server_;
    std::unique_ptr<store::Ledger> ledger_;
    store::MailboxId mailbox_;
    std::vector<MessageRow> rows_;
    std::map<std::uint32_t, MessageState> states_;
    std::vector<std::uint32_t> left_;
    std::set<std::string> delivered_;
    std::vector<store::Ledger::Refusal> refused_;
    Delivery::Order order_;
    std::string documents_;
    More more_;
    std::function<void()> after_listing_;
    Error last_error_;
    StopSource stop_;
    fakes::SteppedTime time_;  ///< stands still: a slow machine flushes no sooner
    bool stop_at_first_octet_ = false;

private:
    bool ended_with(const Error& error) {
        last_error_ = error;
        return false;
    }
};

/// "Subject" with one attachment of these octets, base64-encoded by us.
[[nodiscard]] demo::Mail mail_with(const std::string& name, const std::string& content,
                                   std::chrono::sys_seconds received);
/// The same with more of them behind it, and the same Message-ID.
struct MoreFile {
    std::string name, content;
    std::string type = "application/pdf";
};
[[nodiscard]] demo::Mail with_more(const demo::Mail& mail, const std::vector<MoreFile>& files);

}  // namespace mail::work
