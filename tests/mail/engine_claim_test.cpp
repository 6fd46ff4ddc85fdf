// Mailpoints that share nothing but a mailbox (docs/ledger.md, "Claims"): the whole way through two
// engines with workspaces of their own, on the demo's server.

#include <atomic>
#include <filesystem>
#include <latch>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/engine.h"
#include "mail/imap/claim.h"
#include "mail/store/ledger.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/skipped_time.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

namespace fs = std::filesystem;
using Flags = std::set<std::string>;
using Uids = std::vector<std::uint32_t>;

const std::string mark = "$MailpointTaken";
constexpr int mails = 60;  ///< the last has no attachment

demo::Mail mail_with(int number) {
    const std::string name = "f" + std::to_string(number) + ".pdf";
    const std::string head = "From: Ala <ala@firma.example>\r\nSubject: Faktura " +
                             std::to_string(number) + "\r\nMessage-ID: <" + std::to_string(number) +
                             "@firma.example>\r\nMIME-Version: 1.0\r\n";
    const std::string body =
        number != mails ? "Content-Type: application/pdf; name=\"" + name +
                              "\"\r\nContent-Disposition: attachment; filename=\"" + name +
                              "\"\r\n\r\n%PDF-1.4 number " + std::to_string(number) + "\r\n"
                        : std::string("Content-Type: text/plain\r\n\r\nhello\r\n");
    return {head + body, std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000 + number))};
}

/// A Mailpoint with a workspace of its own, and two points on the mailbox: "p" and "q".
class Office {
public:
    explicit Office(const demo::Server& server) {
        for (const std::string id : {"p", "q"}) {
            point::Point point;
            point.id = point.name = id;
            point.connection.server = server.endpoint().host;
            point.connection.port = server.endpoint().port;
            point.connection.encryption = server.endpoint().encryption;
            point.connection.login = "demo";
            point.general.folder = folder_ / ("out-" + id);
            guests_.push_back({point, "", true, Secret("demo"), ""});
        }
        start();
    }
    void start() {
        Engine::Setup setup{point::Workspace::open(real_disk(), folder_ / "workspace").value(),
                            memory_secret_store(), guests_, "tester"};
        setup.password = Secret("demo");
        setup.time = &time_;
        engine_.start(std::move(setup));
    }
    void end() { engine_.reset(); }
    JobView do_job(Command command) {
        job_ = engine_->post(std::move(command));
        return engine_.ended(job_);
    }
    void cancel() { engine_->cancel(job_); }
    JobView run(const std::string& point = "p") { return do_job(Take{point, {}, false}); }

    [[nodiscard]] std::set<std::string> files(const std::string& point = "p") const {
        std::set<std::string> names;
        const fs::path out(folder_ / ("out-" + point));
        if (fs::exists(out))
            for (const auto& entry : fs::directory_iterator(out))
                names.insert(entry.path().filename().string());
        return names;
    }
    [[nodiscard]] std::optional<MessageState> state_of(std::uint32_t uid) const {
        const auto snapshot = engine_->snapshot();
        const auto& mailbox = *snapshot->point("p")->mailbox;
        for (const auto& chunk : mailbox.chunks)
            for (const MessageRow& row : *chunk)
                if (row.uid == uid)
                    return mailbox.state_of(row);
        return std::nullopt;
    }
    [[nodiscard]] std::size_t count(Status status) const {
        return engine_->snapshot()->point("p")->mailbox->counts.at(
            static_cast<std::size_t>(status));
    }
    [[nodiscard]] std::unique_ptr<store::Ledger> ledger() const {
        return store::Ledger::open(folder_ / "workspace/state.db").value();
    }
    [[nodiscard]] store::MailboxId inbox() const {
        const auto& connection = guests_.front().point.connection;
        return {"p", "demo@" + connection.server, connection.folder, demo::Options().uid_validity};
    }

private:
    fakes::ScratchFolder folder_;
    std::vector<Engine::Guest> guests_;
    fakes::SkippedTime time_;
    fakes::WaitedEngine engine_;
    std::atomic<JobId> job_ = 0;
};

class EngineClaim : public testing::Test {
protected:
    void serve(const demo::Options& options = {}) {
        std::vector<demo::Mail> all;
        for (int number = 1; number <= mails; ++number)
            all.push_back(mail_with(number));
        server_ = demo::Server::start(std::move(all), options).value();
    }
    [[nodiscard]] Flags flags_of(std::uint32_t uid) const {
        for (const auto& kept : server_->inbox())
            if (kept.uid == uid)
                return without_claimants(kept.flags);
        return {"none"};
    }
    static Flags without_claimants(const Flags& flags) {
        Flags without;
        for (const std::string& flag : flags)
            without.insert(flag.starts_with(mark + "-") ? mark : flag);
        return without;
    }
    [[nodiscard]] std::size_t commands_with(const std::string& words) const {
        const auto commands = server_->commands();
        return static_cast<std::size_t>(
            std::ranges::count_if(commands, [&](const std::string& command) {
                return command.find(words) != std::string::npos;
            }));
    }
    static constexpr std::size_t with_attachment = mails - 1;

    std::unique_ptr<demo::Server> server_;
};

TEST_F(EngineClaim, two_workspaces_at_once_take_each_mail_once) {
    // Neither marks before both have listed.
    std::latch both(2);
    std::atomic<int> first_ones{2};
    demo::Options options;
    options.manner = [&](const std::string& command) {
        if (command.find("UID STORE") != std::string::npos && first_ones.fetch_sub(1) > 0)
            both.arrive_and_wait();
        return demo::Manner::honest;
    };
    serve(options);
    server_->mark_message(2, "\\Seen");
    server_->mark_message(3, "$Label1");
    Office one(*server_), other(*server_);
    std::thread at_once([&] { EXPECT_EQ(other.run().state, JobView::State::done); });
    EXPECT_EQ(one.run().state, JobView::State::done);
    at_once.join();
    std::set<std::string> all = one.files();
    all.merge(other.files());
    EXPECT_EQ(one.files().size() + other.files().size(), with_attachment) << "none twice";
    EXPECT_EQ(all.size(), with_attachment);
    EXPECT_EQ(one.count(Status::held), other.files().size()) << "each is told";
    EXPECT_EQ(other.count(Status::held), one.files().size());
    EXPECT_EQ(flags_of(1), (Flags{mark}));
    EXPECT_EQ(flags_of(2), (Flags{"\\Seen", mark}));
    EXPECT_EQ(flags_of(3), (Flags{"$Label1", mark}));
    EXPECT_EQ(flags_of(mails), Flags()) << "nothing is wanted of it";
    EXPECT_EQ(commands_with("UID STORE"), 2U) << "and nobody takes a mark back";
}

TEST_F(EngineClaim, what_another_has_taken_is_listed_as_its_and_taken_only_by_name) {
    serve();
    Office one(*server_), other(*server_);
    EXPECT_EQ(one.run().state, JobView::State::done);
    EXPECT_EQ(other.run().state, JobView::State::done) << "nothing to do is no failure";
    EXPECT_TRUE(other.files().empty());
    EXPECT_EQ(other.count(Status::taken_elsewhere), with_attachment);
    EXPECT_EQ(other.count(Status::held), 0U) << "nobody is to wait for what is finished";
    ASSERT_TRUE(other.state_of(7)->error);
    EXPECT_EQ(other.state_of(7)->error->cause, Cause::taken_elsewhere);
    EXPECT_EQ(other.do_job(Take{"p", {7}, true}).state, JobView::State::done);
    EXPECT_EQ(other.files(), (std::set<std::string>{"f7.pdf"}));
    EXPECT_EQ(other.state_of(7)->status, Status::taken);
    EXPECT_EQ(other.run().state, JobView::State::done);
    EXPECT_EQ(other.files().size(), 1U);
    EXPECT_EQ(flags_of(7), (Flags{mark}));
}

TEST_F(EngineClaim, another_flag_that_changes_meanwhile_loses_nothing) {
    demo::Options options;
    options.manner = [this](const std::string& command) {
        if (command.find("UNCHANGEDSINCE") != std::string::npos &&
            flags_of(5).count("\\Flagged") == 0)
            server_->mark_message(5, "\\Flagged");
        return demo::Manner::honest;
    };
    serve(options);
    Office one(*server_);
    EXPECT_EQ(one.run().state, JobView::State::done);
    EXPECT_EQ(one.files().size(), with_attachment);
    EXPECT_EQ(flags_of(5), (Flags{"\\Flagged", mark}));
    EXPECT_EQ(commands_with("UNCHANGEDSINCE"), 2U);
}

TEST_F(EngineClaim, without_condstore_what_was_claimed_since_the_list_is_left_too) {
    demo::Options options;
    options.condstore = false;
    std::atomic<bool> marked = false;
    options.manner = [&](const std::string& command) {
        if (command.find("(UID FLAGS)") != std::string::npos && !marked.exchange(true))
            server_->mark_message(5, mark);
        return demo::Manner::honest;
    };
    serve(options);
    Office one(*server_);
    EXPECT_EQ(one.run().state, JobView::State::done);
    EXPECT_EQ(one.files().size(), with_attachment - 1);
    EXPECT_FALSE(one.files().contains("f5.pdf"));
    EXPECT_EQ(one.state_of(5)->status, Status::held) << "marked just now: it is being taken";
    ASSERT_EQ(one.do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_EQ(one.state_of(5)->status, Status::taken_elsewhere);
    Office other(*server_);
    EXPECT_EQ(other.run().state, JobView::State::done);
    EXPECT_TRUE(other.files().empty());
}

TEST_F(EngineClaim, where_no_marks_can_be_kept_each_takes_all) {
    for (const bool read_only : {false, true}) {
        demo::Options options;
        options.keywords = false;
        options.read_only = read_only;
        serve(options);
        Office one(*server_), other(*server_);
        EXPECT_EQ(one.run().state, JobView::State::done);
        EXPECT_EQ(other.run().state, JobView::State::done);
        EXPECT_EQ(one.files().size(), with_attachment);
        EXPECT_EQ(other.files().size(), with_attachment);
        EXPECT_EQ(commands_with("UID STORE"), 0U);
    }
}

TEST_F(EngineClaim, two_points_of_one_workspace_each_make_their_documents) {
    serve();
    Office one(*server_);
    EXPECT_EQ(one.run("p").state, JobView::State::done);
    EXPECT_EQ(one.run("q").state, JobView::State::done);
    EXPECT_EQ(one.files("p").size(), with_attachment);
    EXPECT_EQ(one.files("q").size(), with_attachment);
}

TEST_F(EngineClaim, of_what_nothing_came_the_mark_is_taken_back_and_another_may_try) {
    demo::Options options;
    options.fatal_uids = {4};
    serve(options);
    Office one(*server_);
    static_cast<void>(one.run());
    EXPECT_EQ(one.files().size(), with_attachment - 1);
    EXPECT_EQ(one.state_of(4)->status, Status::failed);
    EXPECT_EQ(flags_of(4), Flags());
    EXPECT_EQ(flags_of(3), (Flags{mark}));
    // It is the other's now, also for who has failed at it before.
    server_->mark_message(4, mark);
    one.start();
    static_cast<void>(one.run());
    EXPECT_EQ(one.state_of(4)->status, Status::taken_elsewhere);
    EXPECT_EQ(one.state_of(4)->error->cause, Cause::taken_elsewhere);
    EXPECT_EQ(flags_of(4), (Flags{mark})) << "nor is it taken back twice";
}

TEST_F(EngineClaim, a_stop_by_the_operator_gives_back_what_is_not_taken_yet) {
    demo::Options options;
    std::function<void()> stop;
    std::atomic<bool> stopped = false;
    options.manner = [&](const std::string& command) {
        if (command.find("UID FETCH 30 (UID B") == std::string::npos || stopped.exchange(true))
            return demo::Manner::honest;
        stop();
        return demo::Manner::hang_up;
    };
    serve(options);
    Office one(*server_);
    stop = [&] { one.cancel(); };
    EXPECT_EQ(one.run().state, JobView::State::cancelled);
    EXPECT_LT(one.files().size(), with_attachment);
    std::size_t marked = 0;
    for (const auto& kept : server_->inbox())
        marked += without_claimants(kept.flags).count(mark);
    EXPECT_EQ(marked, one.files().size());
    Office other(*server_);
    EXPECT_EQ(other.run().state, JobView::State::done);
    EXPECT_EQ(one.files().size() + other.files().size(), with_attachment);
}

TEST_F(EngineClaim, a_stop_between_the_plan_and_the_document_leaves_the_mail_ours) {
    serve();
    Office one(*server_);
    one.end();
    store::MessageEntry planned;
    planned.id = {3, "<3@firma.example>", 1'780'000'003, 0};
    planned.claim = store::MessageEntry::Claim::ours;
    ASSERT_TRUE(one.ledger()->planned(one.inbox(), {planned}));
    server_->mark_message(3, mark);
    server_->mark_message(4, mark);
    one.start();
    EXPECT_EQ(one.run().state, JobView::State::done);
    EXPECT_TRUE(one.files().contains("f3.pdf"));
    EXPECT_FALSE(one.files().contains("f4.pdf")) << "of which nothing is on record";
}

TEST_F(EngineClaim, who_was_stopped_before_it_knew_that_it_lost_leaves_the_mail_to_the_other) {
    serve();
    Office one(*server_);
    one.end();
    std::vector<store::MessageEntry> planned(2);
    planned[0].id = {3, "<3@firma.example>", 1'780'000'003, 0};
    planned[1].id = {4, "<4@firma.example>", 1'780'000'004, 0};
    planned[0].claim = planned[1].claim = store::MessageEntry::Claim::ours;
    ASSERT_TRUE(one.ledger()->planned(one.inbox(), planned));
    const std::uint32_t claimant = one.ledger()->claimant().value();
    server_->mark_message(3, imap::keyword_of(claimant));
    const std::string of_another = imap::keyword_of(claimant ^ 6U);
    server_->mark_message(4, of_another);
    one.start();
    EXPECT_EQ(one.run().state, JobView::State::done);
    EXPECT_TRUE(one.files().contains("f3.pdf"));
    EXPECT_FALSE(one.files().contains("f4.pdf"));
    EXPECT_EQ(one.state_of(4)->error->cause, Cause::taken_elsewhere);
    for (const auto& kept : server_->inbox())
        if (kept.uid == 4) {
            EXPECT_EQ(kept.flags, (Flags{of_another})) << "nor is the other's mark taken back";
        }
}

TEST_F(EngineClaim, what_was_planned_and_not_marked_is_claimed_anew) {
    demo::Options options;
    const std::string of_another = imap::keyword_of(1);
    options.manner = [&](const std::string& command) {
        if (command.find("UNCHANGEDSINCE") != std::string::npos)
            server_->mark_message(3, of_another);
        return demo::Manner::honest;
    };
    serve(options);
    Office one(*server_);
    one.end();
    store::MessageEntry planned;
    planned.id = {3, "<3@firma.example>", 1'780'000'003, 0};
    planned.claim = store::MessageEntry::Claim::ours;
    ASSERT_TRUE(one.ledger()->planned(one.inbox(), {planned}));
    one.start();
    EXPECT_EQ(one.run().state, JobView::State::done);
    EXPECT_EQ(one.files().size(), with_attachment - 1) << "who has marked it since has it";
    EXPECT_FALSE(one.files().contains("f3.pdf"));
}

}  // namespace
}  // namespace mail
