// Two programs that share nothing but the mailbox take from it at once, on four servers: what the
// server lets them claim is taken by one of them, and no flag but the claim is changed. Each over
// several sessions, too.

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <map>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "mail/imap/claim.h"
#include "mail/net/connection.h"
#include "mail/work/claims.h"
#include "mail/work/refresh.h"
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

constexpr int mails = 40;
constexpr std::chrono::sys_seconds received =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 3} + 10h;

/// A Mailpoint with a workspace of its own.
class Office : public mail::work::RefreshObserver,
               public mail::work::TakeObserver,
               public mail::work::MoreSessions {
public:
    Office(const MailServer& server, const std::string& login, const std::string& name)
        : server_(server), out_(scratch_ / name) {
        ledger_ = mail::store::Ledger::open(scratch_ / "state.db").value();
        point_.id = "point";
        point_.name = "Faktury";
        point_.connection.login = login;
        point_.connection.server = "localhost";
    }

    /// By way of this port.
    void go_through(std::uint16_t port) { port_ = port; }
    void hang_up() { session_.reset(); }
    /// Further sessions from the first moment on, by way of this port.
    void take_over_several(std::uint16_t port) { further_port_ = port; }

    enum class Open { to_claim, to_read };
    void list(Open how = Open::to_claim) {
        session_ = signed_in(port_ == 0 ? server_.clear_port() : port_, wait()).value();
        auto opened = how == Open::to_claim ? session_->open_to_claim_with_uids("INBOX", wait())
                                            : session_->examine_with_uids("INBOX", wait());
        ASSERT_TRUE(opened) << server_.log();
        mod_sequence_ = opened->mailbox.highest_mod_sequence;
        claims_ = mail::work::Claims::possible(*session_);
        rows_.clear();
        ASSERT_TRUE(
            mail::work::refresh(*session_, {*ledger_, point_}, std::move(*opened), *this, wait()));
    }
    mail::work::TakeOutcome take() {
        std::vector<const mail::work::MessageRow*> open;
        for (const auto& row : rows_)
            if (mail::work::is_open(row.initial))
                open.push_back(&row);
        mail::work::TakeContext taking{mail::real_disk(), *ledger_, point_,
                                       mailbox_,          out_,     "tester"};
        taking.listed_mod_sequence = mod_sequence_;
        if (further_port_ != 0)
            taking.more = {this, mail::Clock::duration::zero()};
        return mail::work::take(*session_, taking, open, *this, wait());
    }

    [[nodiscard]] std::set<std::string> files() const {
        std::set<std::string> names;
        if (std::filesystem::exists(out_))
            for (const auto& entry : std::filesystem::directory_iterator(out_))
                names.insert(entry.path().filename().string());
        return names;
    }
    [[nodiscard]] std::ptrdiff_t listed_as(mail::work::Status status) const {
        return std::ranges::count(rows_, status,
                                  [](const auto& row) { return row.initial.status; });
    }
    [[nodiscard]] bool claims() const { return claims_; }

private:
    void found(const mail::store::MailboxId& mailbox, std::size_t) override { mailbox_ = mailbox; }
    void rows(std::vector<mail::work::MessageRow> chunk) override {
        rows_.insert(rows_.end(), chunk.begin(), chunk.end());
    }
    void changed(std::uint32_t, const mail::work::MessageState&) override {}
    mail::Result<std::unique_ptr<mail::imap::Session>> open(const Wait& wait) override {
        auto session = signed_in(further_port_, wait);
        if (session)
            if (const auto opened = (*session)->examine("INBOX", wait); !opened)
                return tl::unexpected(opened.error());
        return session;
    }
    [[nodiscard]] mail::Result<std::unique_ptr<mail::imap::Session>>
    signed_in(std::uint16_t port, const Wait& wait) const {
        mail::net::Endpoint endpoint;
        endpoint.host = "127.0.0.1";
        endpoint.port = port;
        endpoint.encryption = mail::net::Encryption::none;
        return mail::imap::Session::open(endpoint,
                                         {mail::imap::Credentials::Kind::password,
                                          point_.connection.login,
                                          mail::Secret(MailServer::password)},
                                         {}, wait);
    }
    static Wait wait() { return Wait::for_at_most(60s); }

    const MailServer& server_;
    mail::fakes::ScratchFolder scratch_;
    std::string out_;
    std::uint16_t port_ = 0, further_port_ = 0;
    mail::point::Point point_;
    std::unique_ptr<mail::store::Ledger> ledger_;
    std::unique_ptr<mail::imap::Session> session_;
    std::uint64_t mod_sequence_ = 0;
    bool claims_ = false;
    mail::store::MailboxId mailbox_;
    std::vector<mail::work::MessageRow> rows_;
};

class Claiming : public testing::TestWithParam<Software> {
protected:
    void SetUp() override {
        mail::net::initialise();
        auto started = MailServer::start(GetParam());
        ASSERT_TRUE(started) << started.error();
        server_ = *std::move(started);
        fill_fresh_mailbox();
    }
    void fill_fresh_mailbox(int count = mails) {
        login_ = server_->fresh_login();
        std::vector<std::string> raws;
        for (int number = 1; number <= count; ++number)
            raws.push_back(numbered_mail(number).raw);
        OtherSession other = other_session();
        other.append("INBOX", raws, received);
        other.command("SELECT INBOX");
        other.command("STORE 2 +FLAGS.SILENT (\\Seen)");
        other.command("STORE 3 +FLAGS.SILENT (\\Flagged)");
        other.command("CLOSE");
    }
    [[nodiscard]] OtherSession other_session() const {
        return {server_->clear_port(), login_, MailServer::password};
    }
    /// Dovecot 2.3 looks at UNCHANGEDSINCE first and locks then: of two STOREs that it gets within
    /// a millisecond both set the mark. So the second is a little later there.
    [[nodiscard]] static std::chrono::milliseconds moment(std::chrono::milliseconds later) {
        return GetParam() == Software::dovecot ? later : 0ms;
    }
    /// By sequence number, without \Recent.
    [[nodiscard]] std::map<int, std::set<std::string>> flags_there() const {
        OtherSession other = other_session();
        other.command("EXAMINE INBOX");
        const std::string told = other.command("FETCH 1:* (FLAGS)");
        std::map<int, std::set<std::string>> flags;
        for (std::size_t at = told.find("* "); at != std::string::npos;
             at = told.find("\n* ", at + 1)) {
            const std::size_t number = told.find_first_of("0123456789", at);
            const std::size_t open = told.find("(FLAGS (", at);
            if (open == std::string::npos)
                break;
            const std::size_t begin = open + std::string("(FLAGS (").size();
            std::string list = told.substr(begin, told.find(')', begin) - begin) + " ";
            std::set<std::string> one;
            for (std::size_t blank; (blank = list.find(' ')) != std::string::npos;
                 list.erase(0, blank + 1))
                if (blank > 0 && list.substr(0, blank) != "\\Recent")
                    one.insert(list.substr(0, blank));
            flags[std::stoi(told.substr(number))] = std::move(one);
        }
        return flags;
    }

    std::unique_ptr<MailServer> server_;
    std::string login_;
};

TEST_P(Claiming, each_of_forty_mails_becomes_a_document_of_one_of_two) {
    const auto before = flags_there();
    ASSERT_EQ(before.size(), static_cast<std::size_t>(mails));
    Office first(*server_, login_, "first"), second(*server_, login_, "second");
    std::latch both_have_listed(2);
    mail::work::TakeOutcome taken_first, taken_second;
    const auto work = [&](Office& office, mail::work::TakeOutcome& taken) {
        office.list();
        both_have_listed.arrive_and_wait();
        if (&office == &second)
            std::this_thread::sleep_for(moment(20ms));
        taken = office.take();
    };
    std::thread other([&] { work(second, taken_second); });
    work(first, taken_first);
    other.join();
    EXPECT_FALSE(taken_first.error) << server_->log();
    EXPECT_FALSE(taken_second.error) << server_->log();

    const auto in_first = first.files();
    const auto in_second = second.files();
    std::vector<std::string> twice;
    std::ranges::set_intersection(in_first, in_second, std::back_inserter(twice));
    auto after = flags_there();
    if (GetParam() == Software::mailutils) {
        EXPECT_FALSE(first.claims()) << "it has no keywords";
        EXPECT_EQ(twice.size(), static_cast<std::size_t>(mails));
        EXPECT_EQ(after, before);
        return;
    }
    ASSERT_TRUE(first.claims());
    EXPECT_EQ(in_first.size() + in_second.size() - twice.size(), static_cast<std::size_t>(mails));
    // Without CONDSTORE there is a moment between the look at the flags and the mark.
    if (GetParam() != Software::courier) {
        EXPECT_TRUE(twice.empty()) << twice.size();
    }
    RecordProperty("twice", static_cast<int>(twice.size()));
    for (const auto* outcome : {&taken_first, &taken_second})
        for (const auto& refused : outcome->refused)
            EXPECT_EQ(refused.error.cause, mail::Cause::taken_elsewhere);
    EXPECT_EQ(in_first.size() + taken_first.refused.size(), static_cast<std::size_t>(mails));
    EXPECT_EQ(in_second.size() + taken_second.refused.size(), static_cast<std::size_t>(mails));
    // Both marks stay where two came in one moment.
    for (auto& [number, flags] : after)
        EXPECT_GE(
            std::erase_if(flags, [](const auto& flag) { return mail::imap::has_claim({flag}); }),
            1U)
            << number;
    EXPECT_EQ(after, before);

    using mail::work::Status;
    first.list();
    second.list();
    EXPECT_EQ(first.listed_as(Status::taken), static_cast<std::ptrdiff_t>(in_first.size()));
    EXPECT_EQ(first.listed_as(Status::taken_elsewhere),
              static_cast<std::ptrdiff_t>(mails - in_first.size()));
    EXPECT_EQ(second.listed_as(Status::taken_elsewhere),
              static_cast<std::ptrdiff_t>(mails - in_second.size()));
}

TEST_P(Claiming, who_comes_later_takes_nothing_of_what_was_claimed) {
    const bool has_keywords = GetParam() != Software::mailutils;
    Office first(*server_, login_, "first"), second(*server_, login_, "second");
    // Listed before the other's claims, and taken after them.
    second.list();
    first.list();
    EXPECT_FALSE(first.take().error);
    EXPECT_EQ(first.files().size(), static_cast<std::size_t>(mails));
    const auto taken = second.take();
    EXPECT_FALSE(taken.error);
    EXPECT_EQ(taken.refused.size(), has_keywords ? static_cast<std::size_t>(mails) : 0U);
    EXPECT_EQ(second.files(), has_keywords ? std::set<std::string>() : first.files());
}

/// Cyrus has room for 128 keywords in a folder, Maildir for 26: who comes after sixteen others sets
/// the one that has no number.
TEST_P(Claiming, after_many_workspaces_no_keyword_comes_and_one_of_two_takes) {
    if (GetParam() == Software::mailutils)
        return;  // it has no keywords
    {
        OtherSession other = other_session();
        other.command("SELECT INBOX");
        for (mail::imap::Claimant number = 1; number <= mail::imap::most_claimants; ++number)
            other.command("STORE 1 +FLAGS.SILENT (" + mail::imap::keyword_of(number) + ")");
    }
    const auto before = flags_there();
    Office first(*server_, login_, "first"), second(*server_, login_, "second");
    second.list();
    first.list();
    EXPECT_FALSE(first.take().error);
    EXPECT_EQ(first.files().size(), static_cast<std::size_t>(mails - 1)) << "one is another's";
    const auto taken = second.take();
    EXPECT_FALSE(taken.error);
    EXPECT_TRUE(second.files().empty());
    auto after = flags_there();
    for (auto& [number, flags] : after) {
        EXPECT_EQ(flags.erase(std::string(mail::imap::claim_keyword)), number == 1 ? 0U : 1U);
    }
    EXPECT_EQ(after, before);
    using mail::work::Status;
    first.list();
    second.list();
    EXPECT_EQ(first.listed_as(Status::taken), mails - 1);
    EXPECT_EQ(second.listed_as(Status::taken_elsewhere), mails);
}

TEST_P(Claiming, a_claim_costs_no_wait_but_for_the_look_without_condstore) {
    const auto waits = [this](Office::Open how) {
        Relay relay(server_->clear_port(), {});
        Office office(*server_, login_, "out");
        office.go_through(relay.port());
        office.list(how);
        EXPECT_FALSE(office.take().error);
        EXPECT_EQ(office.files().size(), static_cast<std::size_t>(mails));
        office.hang_up();
        return relay.counts().waits;
    };
    const auto without = waits(Office::Open::to_read);
    fill_fresh_mailbox();
    // Where there is no CONDSTORE, for a look before the mark.
    const std::size_t for_look = GetParam() == Software::courier ? 1U : 0U;
    EXPECT_EQ(waits(Office::Open::to_claim), without + for_look);
    RecordProperty("waits", static_cast<int>(without));
}

/// An office whose further sessions say so when they ask for something.
struct Branch {
    Branch(const MailServer& server, const std::string& login, const std::string& name)
        : line(server.clear_port(), slow({})),
          further_line(server.clear_port(), slow([this](auto raw) {
                           if (raw.find(".PEEK[") != std::string_view::npos)
                               has_further = true;
                       })),
          office(server, login, name) {
        office.go_through(line.port());
        office.take_over_several(further_line.port());
    }
    /// So that there is something left for others, however fast server and machine are.
    static Relay::Options slow(std::function<void(std::string_view)> hears) {
        return {.octets_per_second = 60'000, .before_server_hears = std::move(hears)};
    }

    std::atomic<bool> has_further = false;
    Relay line, further_line;
    Office office;
    mail::work::TakeOutcome taken;
};

/// Where of two exactly one can set the mark.
class ClaimingOverSeveral : public Claiming {
protected:
    static constexpr int many = 200, marked_meanwhile = 20;
    bool has_further_ = false;
    /// Two at once; somebody else marks some and reads others between their lists and their takes.
    void take_at_once() {
        fill_fresh_mailbox(many);
        Branch first(*server_, login_, "first"), second(*server_, login_, "second");
        std::latch both_have_listed(3), may_take(1);
        const auto work = [&](Branch& branch) {
            branch.office.list();
            both_have_listed.arrive_and_wait();
            may_take.wait();
            if (&branch == &second)
                std::this_thread::sleep_for(moment(300ms));
            branch.taken = branch.office.take();
        };
        std::thread one([&] { work(first); }), two([&] { work(second); });
        both_have_listed.arrive_and_wait();
        {
            OtherSession other = other_session();
            other.command("SELECT INBOX");
            other.command("STORE 91:110 +FLAGS.SILENT ($MailpointTaken)");
            other.command("STORE 4:40,150:190 +FLAGS.SILENT (\\Seen)");
        }
        may_take.count_down();
        one.join();
        two.join();
        expect_each_once(first, second);
    }
    void expect_each_once(const Branch& first, const Branch& second) {
        const auto in_first = first.office.files(), in_second = second.office.files();
        std::vector<std::string> twice;
        std::ranges::set_intersection(in_first, in_second, std::back_inserter(twice));
        EXPECT_TRUE(twice.empty()) << twice.size();
        EXPECT_EQ(in_first.size() + in_second.size(),
                  static_cast<std::size_t>(many - marked_meanwhile));
        for (const Branch* branch : {&first, &second}) {
            EXPECT_TRUE(branch->office.claims());
            EXPECT_FALSE(branch->taken.error) << name_of(branch->taken.error->cause);
            EXPECT_EQ(branch->office.files().size() + branch->taken.refused.size(),
                      static_cast<std::size_t>(many));
            for (const auto& refused : branch->taken.refused)
                EXPECT_EQ(refused.error.cause, mail::Cause::taken_elsewhere);
        }
        has_further_ = has_further_ || first.has_further || second.has_further;
        RecordProperty("in_first", static_cast<int>(in_first.size()));
        RecordProperty("in_second", static_cast<int>(in_second.size()));
    }
};

TEST_P(ClaimingOverSeveral, each_of_two_hundred_mails_becomes_a_document_of_one_of_two) {
    const int rounds = std::getenv("MAILPOINT_LONG") != nullptr ? 20 : 1;
    // On a busy machine the first session may be through before another is signed in.
    constexpr int most_more = 5;
    for (int round = 0; round < rounds || (!has_further_ && round < rounds + most_more); ++round) {
        SCOPED_TRACE(round);
        take_at_once();
        if (HasFailure())
            return;
    }
    EXPECT_TRUE(has_further_);
}

std::string name_of_case(const testing::TestParamInfo<Software>& info) {
    return name_of(info.param);
}

INSTANTIATE_TEST_SUITE_P(Servers, Claiming,
                         testing::Values(Software::dovecot, Software::cyrus, Software::courier,
                                         Software::mailutils),
                         name_of_case);

INSTANTIATE_TEST_SUITE_P(Servers, ClaimingOverSeveral,
                         testing::Values(Software::dovecot, Software::cyrus), name_of_case);

}  // namespace
}  // namespace servers
