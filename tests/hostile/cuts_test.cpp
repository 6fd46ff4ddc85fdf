// A whole session, from the greeting to the file, that ends after each of its octets, or comes in
// pieces of any size: an error or all of it, never half a file and never other data.

#include <gtest/gtest.h>

#include "mail/work/refresh.h"
#include "mail/work/take.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/scripted_stream.h"
#include "tests/hostile/conversation.h"

namespace mail::hostile {
namespace {

using Session = std::vector<fakes::ScriptStep>;
using Habits = fakes::ScriptedStream::Habits;

/// What the server says up to the opened list of one letter.
Session up_to_the_list(const std::string& capabilities, const std::string& listed) {
    return {fakes::server("* OK [CAPABILITY " + capabilities + "] hi"),
            fakes::any_line(),
            fakes::server("A1 OK [CAPABILITY " + capabilities + "] in"),
            fakes::any_line(),
            fakes::server("* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nA2 OK [READ-ONLY] opened"),
            fakes::any_line(),
            fakes::server("* SEARCH 1\r\nA3 OK found"),
            fakes::any_line(),
            fakes::server(listed + "\r\nA4 OK listed"),
            fakes::any_line()};
}

Session operator+(Session one, const std::string& last) {
    one.push_back(fakes::server(last));
    return one;
}

std::size_t octets_of(const Session& session) {
    std::size_t octets = 0;
    for (const fakes::ScriptStep& step : session)
        octets += step.octets.size();
    return octets;
}

Session cut_after(const Session& session, std::size_t octets) {
    Session cut;
    for (const fakes::ScriptStep& step : session) {
        cut.push_back(step);
        if (step.octets.size() >= octets && step.kind == fakes::ScriptStep::Kind::server) {
            cut.back().octets.resize(octets);
            break;
        }
        octets -= step.octets.size();
    }
    if (cut.back().octets.empty())
        cut.pop_back();
    cut.push_back(fakes::hang_up());
    return cut;
}

class Cuts : public testing::Test, public work::RefreshObserver, public work::TakeObserver {
protected:
    void SetUp() override {
        auto ledger = store::Ledger::open(folder_ / "state.db");
        ASSERT_TRUE(ledger);
        ledger_ = std::move(*ledger);
        point_.connection.login = "ala";
        point_.connection.server = "127.0.0.1";
    }

    /// Lists and takes; "" if all went well, else the cause.
    std::string run(const Session& script, const Habits& habits = {}) {
        rows_.clear();
        states_.clear();
        const Wait wait = Wait::for_at_most(std::chrono::minutes(10));
        net::Endpoint endpoint;
        endpoint.host = "127.0.0.1";
        auto session = imap::Session::over(
            std::make_unique<fakes::ScriptedStream>(script, habits, played_), endpoint,
            {imap::Credentials::Kind::password, "ala", Secret("Tajne-7f3a")}, {}, wait);
        if (!session)
            return cause_of(session.error());
        auto opened = (*session)->examine_with_uids("INBOX", wait);
        if (!opened)
            return cause_of(opened.error());
        if (const auto listed =
                work::refresh(**session, {*ledger_, point_}, std::move(*opened), *this, wait);
            !listed)
            return cause_of(listed.error());
        std::vector<const work::MessageRow*> wanted;
        for (const work::MessageRow& row : rows_)
            if (work::is_open(row.initial))
                wanted.push_back(&row);
        const work::TakeContext context{real_disk(), *ledger_, point_, mailbox_, target(), "x"};
        const auto outcome = work::take(**session, context, wanted, *this, wait);
        return outcome.error ? cause_of(*outcome.error) : "";
    }

    /// Cuts `session` everywhere; after each cut a whole one must lead to the one file.
    void cut_everywhere(const Session& session) {
        const std::size_t all = octets_of(session);
        for (std::size_t octets = 0; octets <= all; ++octets) {
            point_.id = "cut " + std::to_string(octets);
            const std::string outcome = run(cut_after(session, octets));
            const auto half = files();
            if (octets < all) {
                EXPECT_NE(outcome, "") << "cut after " << octets;
            }
            if (!half.empty()) {
                EXPECT_EQ(half, wanted_) << "cut after " << octets;
            }
            EXPECT_EQ(status() == work::Status::taken, !half.empty()) << "cut after " << octets;
            // As long as nothing was planned a run more proves nothing.
            if (rows_.empty() && octets % 50 != 0)
                continue;
            ASSERT_TRUE(work::recover(real_disk(), *ledger_, point_.id));
            EXPECT_EQ(run(session), "") << "after a cut after " << octets;
            EXPECT_EQ(files(), wanted_) << "after a cut after " << octets;
            std::filesystem::remove_all(target());
        }
    }

    void split_everywhere(const Session& session) {
        const std::size_t all = octets_of(session);
        for (std::size_t octets = 1; octets <= all; octets += octets < 100 ? 1 : 37) {
            point_.id = "split " + std::to_string(octets);
            EXPECT_EQ(run(session, {fakes::ScriptedStream::Begins::encrypted, octets, octets}), "");
            EXPECT_EQ(files(), wanted_) << octets;
            std::filesystem::remove_all(target());
        }
    }

    /// What the ledger holds of the message: none or its step.
    [[nodiscard]] std::optional<store::Step> step() const {
        const auto entries = ledger_->messages(mailbox_);
        if (!entries || entries->empty())
            return std::nullopt;
        return entries->front().step;
    }

    [[nodiscard]] std::string target() const { return folder_ / "target"; }
    [[nodiscard]] std::map<std::string, std::string> files() const { return files_in(target()); }
    [[nodiscard]] std::optional<work::Status> status() const {
        const auto at = states_.find(1);
        return at == states_.end() ? std::nullopt : std::optional(at->second.status);
    }

    const Letter letter_{1, "%PDF-1.4\r\nA5 OK forged\r\n* BYE x\r\n)"};
    const std::map<std::string, std::string> wanted_{{letter_.file_name(), letter_.content()}};

private:
    static std::string cause_of(const Error& error) { return std::string(name_of(error.cause)); }
    void found(const store::MailboxId& mailbox, std::size_t) override { mailbox_ = mailbox; }
    void rows(std::vector<work::MessageRow> chunk) override {
        rows_.insert(rows_.end(), chunk.begin(), chunk.end());
    }
    void changed(std::uint32_t uid, const work::MessageState& state) override {
        states_[uid] = state;
    }

    fakes::ScratchFolder folder_{fakes::ScratchFolder::Medium::memory};
    point::Point point_;
    std::unique_ptr<store::Ledger> ledger_;
    store::MailboxId mailbox_;
    std::vector<work::MessageRow> rows_;
    std::map<std::uint32_t, work::MessageState> states_;
    std::shared_ptr<fakes::Played> played_ = std::make_shared<fakes::Played>();
};

TEST_F(Cuts, a_session_of_base64) {
    const Session session = up_to_the_list("IMAP4rev1", letter_.listed()) +
                            (letter_.fetched("2", letter_.encoded()) + "\r\nA5 OK fetched");
    cut_everywhere(session);
    split_everywhere(session);
}

TEST_F(Cuts, a_session_of_binary) {
    const std::string content = letter_.content();
    const Session session = up_to_the_list("IMAP4rev1 BINARY", letter_.listed()) +
                            ("* 1 FETCH (UID 1 BINARY[2] ~{" + std::to_string(content.size()) +
                             "}\r\n" + content + ")\r\nA5 OK fetched");
    cut_everywhere(session);
    split_everywhere(session);
}

TEST_F(Cuts, a_session_whose_structure_can_not_be_read) {
    std::string listed = letter_.listed();
    listed.replace(listed.find("BODYSTRUCTURE ((") + 14, 2, " (");
    const Session session = up_to_the_list("IMAP4rev1", listed) +
                            (letter_.fetched("", letter_.raw()) + "\r\nA5 OK fetched");
    cut_everywhere(session);
    split_everywhere(session);
}

TEST_F(Cuts, a_mail_that_was_to_be_read_whole_is_held_by_nobody_afterwards) {
    Session session = up_to_the_list("IMAP4rev1", letter_.listed()) +
                      (letter_.fetched("2", "abc") + "\r\nA5 OK fetched");
    session.push_back(fakes::any_line());
    session.push_back(fakes::hang_up());
    EXPECT_NE(run(session), "");
    EXPECT_EQ(step(), store::Step::failed);
    EXPECT_EQ(files().size(), 0U);
}

}  // namespace
}  // namespace mail::hostile
