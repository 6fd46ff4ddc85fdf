// Messages leave the list, or the mailbox, and come back: the whole way through the engine, on the
// demo's server.

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/engine.h"
#include "mail/store/ledger.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/skipped_time.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

namespace fs = std::filesystem;
using store::Action;

demo::Mail mail_with(int number, bool attachment = true) {
    const std::string name = "f" + std::to_string(number) + ".pdf";
    const std::string head = "From: Ala <ala@firma.example>\r\nSubject: Faktura " +
                             std::to_string(number) + "\r\nMessage-ID: <" + std::to_string(number) +
                             "@firma.example>\r\nMIME-Version: 1.0\r\n";
    const std::string body = attachment ? "Content-Type: application/pdf; name=\"" + name +
                                              "\"\r\nContent-Disposition: attachment; filename=\"" +
                                              name + "\"\r\n\r\n%PDF-1.4 number " +
                                              std::to_string(number) + "\r\n"
                                        : std::string("Content-Type: text/plain\r\n\r\nhello\r\n");
    return {head + body, std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000 + number))};
}

class EngineRemoval : public testing::Test {
protected:
    EngineRemoval() {
        std::vector<demo::Mail> mails;
        for (int number = 1; number <= 4; ++number)
            mails.push_back(mail_with(number, number != 4));
        server_ = std::move(*demo::Server::start(std::move(mails)));
        point_.id = "p";
        point_.name = "Faktury";
        point_.general.set_folder_while_working = true;
        point_.connection.server = server_->endpoint().host;
        point_.connection.port = server_->endpoint().port;
        point_.connection.encryption = server_->endpoint().encryption;
        point_.connection.login = "demo";
        point_.general.allow_delete_from_mailbox = true;
        point_.general.folder = folder_ / "target";
    }
    void start() {
        auto workspace = point::Workspace::open(real_disk(), folder_ / "workspace");
        ASSERT_TRUE(workspace);
        Engine::Guest guest{point_, "", true, Secret("demo"), ""};
        Engine::Setup setup{std::move(*workspace), memory_secret_store(), {guest}, "tester"};
        setup.password = Secret("demo");
        setup.time = time_;
        engine_.start(std::move(setup));
    }
    JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
    void start_and_open() {
        start();
        ASSERT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    }
    [[nodiscard]] std::optional<Status> status_of(std::uint32_t uid) const {
        const auto snapshot = engine_->snapshot();
        const auto& mailbox = *snapshot->point("p")->mailbox;
        for (const auto& chunk : mailbox.chunks)
            for (const MessageRow& row : *chunk)
                if (row.uid == uid)
                    return mailbox.state_of(row).status;
        return std::nullopt;
    }
    [[nodiscard]] std::vector<std::uint32_t> on_server() const {
        std::vector<std::uint32_t> uids;
        for (const auto& kept : server_->inbox())
            uids.push_back(kept.uid);
        return uids;
    }
    [[nodiscard]] std::vector<QuarantineView> quarantine() {
        const JobView job = do_job(LookUpQuarantine{"p"});
        EXPECT_EQ(job.state, JobView::State::done);
        return job.quarantine ? *job.quarantine : std::vector<QuarantineView>();
    }
    /// As the desk names it.
    [[nodiscard]] store::MailboxId inbox() const {
        return {"p", "demo@" + point_.connection.server, point_.connection.folder, uid_validity};
    }
    /// Of a message that is listed.
    [[nodiscard]] store::RemovalEntry entry_of(std::uint32_t uid) const {
        store::RemovalEntry entry;
        const auto snapshot = engine_->snapshot();
        for (const auto& chunk : snapshot->point("p")->mailbox->chunks)
            for (const MessageRow& row : *chunk)
                if (row.uid == uid)
                    entry.id = {uid, row.message_id, row.received.time_since_epoch().count(),
                                row.size_octets};
        EXPECT_EQ(entry.id.uid, uid);
        entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        entry.keep_until = entry.when + std::chrono::days(30);
        return entry;
    }
    /// Another program, which has ended when this returns.
    template <class Write>
    void write_ledger(const Write& write) {
        auto ledger = store::Ledger::open(folder_ / "workspace/state.db");
        ASSERT_TRUE(ledger);
        write(**ledger);
    }
    void restart_server(demo::Options options) {
        options.uid_validity = uid_validity;
        server_ = std::move(*demo::Server::start(
            {mail_with(1), mail_with(2), mail_with(3), mail_with(4, false)}, options));
        point_.connection.port = server_->endpoint().port;
    }
    [[nodiscard]] std::size_t copies() const {
        const fs::path kept = folder_ / "workspace/quarantine";
        return fs::exists(kept) ? static_cast<std::size_t>(std::distance(
                                      fs::directory_iterator(kept), fs::directory_iterator()))
                                : 0;
    }
    [[nodiscard]] std::vector<Action> log() {
        const JobView job = do_job(LookUpLog{});
        return job.log ? *job.log : std::vector<Action>();
    }

    const fakes::ScratchFolder folder_;
    static constexpr std::uint32_t uid_validity = 777;
    const TimeSource* time_ = &real_time();
    std::unique_ptr<demo::Server> server_;
    point::Point point_;
    fakes::WaitedEngine engine_;
};

TEST_F(EngineRemoval, off_the_list_is_not_out_of_the_mailbox) {
    start_and_open();
    const JobView hidden = do_job(Remove{"p", {2}});
    EXPECT_EQ(hidden.state, JobView::State::done);
    ASSERT_EQ(hidden.removed.size(), 1U);
    EXPECT_EQ(status_of(2), Status::hidden);
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{1, 2, 3, 4}));
    // Nobody takes it unasked, and the next program knows.
    EXPECT_EQ(do_job(Take{"p", {}, false}).files, 2U);
    start_and_open();
    EXPECT_EQ(status_of(2), Status::hidden);
    EXPECT_EQ(do_job(Take{"p", {}, false}).files, 0U);
    const JobView back = do_job(Restore{"p", hidden.removed});
    EXPECT_EQ(back.state, JobView::State::done);
    EXPECT_EQ(status_of(2), Status::new_);
    EXPECT_EQ(do_job(Take{"p", {}, false}).files, 1U);
}

TEST_F(EngineRemoval, what_has_no_attachments_is_back_on_the_list_without_any) {
    start_and_open();
    ASSERT_EQ(status_of(4), Status::none);
    const JobView hidden = do_job(Remove{"p", {4}});
    ASSERT_EQ(status_of(4), Status::hidden);
    ASSERT_EQ(do_job(Restore{"p", hidden.removed}).state, JobView::State::done);
    EXPECT_EQ(status_of(4), Status::none);
}

TEST_F(EngineRemoval, what_is_put_back_leaves_the_files_in_other_texts_found) {
    auto mails = std::vector<demo::Mail>{mail_with(1), mail_with(2)};
    const std::string text = "hello\r\nbegin 644 f.txt\r\n#9F]O\r\n`\r\nend\r\n";
    mails.push_back({"From: ala@firma.example\r\nMessage-ID: <9@firma.example>\r\n"
                     "Content-Type: text/plain\r\n\r\n" +
                         text,
                     std::chrono::sys_seconds(std::chrono::seconds(1'780'000'009))});
    server_ = std::move(*demo::Server::start(std::move(mails)));
    point_.connection.port = server_->endpoint().port;
    start_and_open();
    ASSERT_EQ(status_of(3), Status::new_);
    ASSERT_EQ(do_job(Take{"p", {1}, false}).files, 1U);
    const JobView removed = do_job(Remove{"p", {1}, true});
    ASSERT_EQ(removed.removed.size(), 1U);
    ASSERT_EQ(do_job(Restore{"p", removed.removed}).state, JobView::State::done);
    EXPECT_EQ(status_of(3), Status::new_);
}

TEST_F(EngineRemoval, without_the_points_consent_nothing_leaves_the_mailbox) {
    point_.general.allow_delete_from_mailbox = false;
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {}, false}).state, JobView::State::done);
    const JobView job = do_job(Remove{"p", {1}, true});
    ASSERT_EQ(job.state, JobView::State::failed);
    EXPECT_EQ(job.error->cause, Cause::removal_not_allowed);
    EXPECT_EQ(on_server().size(), 4U);
}

TEST_F(EngineRemoval, none_means_none) {
    start_and_open();
    EXPECT_EQ(do_job(Remove{"p", {}}).state, JobView::State::done);
    EXPECT_EQ(do_job(Remove{"p", {}, true, true}).state, JobView::State::done);
    EXPECT_EQ(status_of(1), Status::new_);
    EXPECT_EQ(on_server().size(), 4U);
}

TEST_F(EngineRemoval, what_was_taken_leaves_and_comes_back_as_taken) {
    server_->mark_message(1, "\\Flagged");
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {}, false}).files, 3U);
    const JobView removed = do_job(Remove{"p", {1, 3}, true});
    EXPECT_EQ(removed.state, JobView::State::done);
    EXPECT_TRUE(removed.kept.empty());
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{2, 4}));
    EXPECT_EQ(status_of(1), Status::quarantined);
    const auto kept = quarantine();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept.front().who, "tester");
    EXPECT_NE(kept.front().subject.find("Faktura"), std::string::npos);
    EXPECT_EQ(copies(), 2U);
    const JobView back = do_job(Restore{"p", {{1, kept.front().uid_validity}}});
    EXPECT_EQ(back.state, JobView::State::done) << (back.error ? name_of(back.error->cause) : "");
    EXPECT_TRUE(back.kept.empty());
    ASSERT_EQ(on_server().size(), 3U);
    const auto inbox = server_->inbox();
    EXPECT_TRUE(inbox.back().flags.contains("\\Flagged"));
    // It is known again, though it has another number now.
    EXPECT_EQ(status_of(inbox.back().uid), Status::taken);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto report =
        do_job(MakeReport{"p", now - std::chrono::days(1), now + std::chrono::days(1)}).report;
    ASSERT_TRUE(report);
    for (const DayReport::Document& document : report->documents)
        EXPECT_TRUE(document.subject.starts_with("Faktura")) << document.uid;
    EXPECT_EQ(do_job(Take{"p", {}, false}).files, 0U);
    EXPECT_EQ(quarantine().size(), 1U);
}

TEST_F(EngineRemoval, the_gate_holds_back_what_is_not_safe) {
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {1, 2}, false}).files, 2U);
    fs::remove(fs::path(folder_ / "target") / "f2.pdf");
    const JobView job = do_job(Remove{"p", {1, 2, 3, 99}, true});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{2, 3, 4}));
    ASSERT_EQ(job.kept.size(), 3U);
    for (const auto& [uid, error] : job.kept) {
        EXPECT_EQ(error.cause, uid == 99 ? Cause::no_such_message : Cause::gate_locked) << uid;
        if (uid != 99) {
            EXPECT_EQ(error.fact("lock"), uid == 2 ? "file_missing" : "not_taken");
        }
    }
    // Somebody was asked.
    EXPECT_TRUE(do_job(Remove{"p", {3}, true, true}).kept.empty());
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{2, 4}));
}

TEST_F(EngineRemoval, numbers_that_mean_other_messages_by_now_remove_none_of_them) {
    start();
    point_.id.clear();
    point_.id = do_job(SavePoint{point_, {}}).saved_point;
    ASSERT_EQ(do_job(OpenPoint{point_.id}).state, JobView::State::done);
    // As after a restored backup: another numbering of the same mailbox.
    demo::Options options;
    options.uid_validity = 77;
    const auto other =
        std::move(*demo::Server::start({mail_with(2), mail_with(1), mail_with(3)}, options));
    point_.connection.port = other->endpoint().port;
    ASSERT_EQ(do_job(SavePoint{point_, {}}).state, JobView::State::done);
    const JobView job = do_job(Remove{point_.id, {1, 3}, true, true});
    EXPECT_EQ(job.state, JobView::State::done);
    ASSERT_EQ(job.kept.size(), 1U);
    EXPECT_EQ(job.kept.front().first, 1U);
    EXPECT_EQ(job.kept.front().second.cause, Cause::message_changed);
    std::vector<std::uint32_t> left;
    for (const auto& kept : other->inbox())
        left.push_back(kept.uid);
    EXPECT_EQ(left, (std::vector<std::uint32_t>{1, 2}));
}

TEST_F(EngineRemoval, after_the_document_only_what_is_whole_leaves) {
    point_.general.allow_delete_from_mailbox = false;
    point_.general.delete_after_document = true;
    start_and_open();
    const JobView job = do_job(Take{"p", {}, false});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(job.files, 3U);
    EXPECT_EQ(job.removed.size(), 3U);
    EXPECT_EQ(job.messages_total, 3U);
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{4})) << "it has no attachment";
    EXPECT_EQ(copies(), 3U);
}

TEST_F(EngineRemoval, nothing_is_kept_where_the_point_says_so) {
    point_.general.quarantine_days = 0;
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {1}, false}).files, 1U);
    EXPECT_EQ(do_job(Remove{"p", {1}, true}).removed.size(), 1U);
    EXPECT_EQ(status_of(1), Status::gone);
    EXPECT_EQ(copies(), 0U);
    EXPECT_TRUE(quarantine().empty());
    const JobView back = do_job(Restore{"p", {{1, 0}}});
    ASSERT_EQ(back.kept.size(), 1U);
    EXPECT_EQ(back.kept.front().second.cause, Cause::copy_missing);
}

TEST_F(EngineRemoval, an_emptied_quarantine_gives_nothing_back) {
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {1}, false}).files, 1U);
    ASSERT_EQ(do_job(Remove{"p", {1}, true}).removed.size(), 1U);
    EXPECT_EQ(do_job(EmptyQuarantine{"p"}).state, JobView::State::done);
    EXPECT_EQ(copies(), 0U);
    EXPECT_TRUE(quarantine().empty());
}

TEST_F(EngineRemoval, copies_go_when_their_time_is_over) {
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {1, 2}, false}).files, 2U);
    ASSERT_EQ(do_job(Remove{"p", {1}, true}).removed.size(), 1U);
    point_.general.quarantine_days = -1;
    engine_.reset();
    {
        // As if the days had passed.
        auto ledger = store::Ledger::open(folder_ / "workspace/state.db");
        ASSERT_TRUE(ledger);
        auto kept = (*ledger)->quarantined("p");
        ASSERT_TRUE(kept && kept->size() == 1);
        auto [mailbox, entry] = kept->front();
        ASSERT_TRUE((*ledger)->restoring(mailbox, {1}, "x"));
        ASSERT_TRUE((*ledger)->restored(mailbox, 1, mailbox, entry.id, "x"));
        entry.keep_until = entry.when - std::chrono::hours(1);
        ASSERT_TRUE((*ledger)->removing(mailbox, {entry}));
        ASSERT_TRUE((*ledger)->removed(mailbox, {entry}));
    }
    EXPECT_EQ(copies(), 1U);
    start();
    // Behind the purge in its queue.
    EXPECT_TRUE(quarantine().empty());
    EXPECT_EQ(copies(), 0U);
}

TEST_F(EngineRemoval, the_log_tells_who_did_what) {
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {1, 2}, false}).files, 2U);
    static_cast<void>(do_job(Remove{"p", {1}, true}));
    static_cast<void>(do_job(Remove{"p", {2}}));
    static_cast<void>(do_job(Restore{"p", {{2, 0}}}));
    fs::create_directory(fs::path(folder_ / "other"));
    static_cast<void>(do_job(SetFolder{"p", folder_ / "other"}));
    std::vector<Action::What> what;
    for (const Action& action : log()) {
        what.push_back(action.what);
        EXPECT_EQ(action.who, "tester");
        EXPECT_EQ(action.point_name, "Faktury");
        EXPECT_EQ(action.result, "");
        if (action.what == Action::What::document) {
            EXPECT_EQ(action.subject, "Faktura " + std::to_string(action.uid));
            EXPECT_EQ(action.detail, "1/1");
        }
    }
    using What = Action::What;
    EXPECT_EQ(what, (std::vector<What>{What::folder_set, What::shown, What::hidden, What::removed,
                                       What::document, What::document}));
}

TEST_F(EngineRemoval, a_message_at_which_the_server_hangs_up_stays_and_keeps_no_other) {
    demo::Options options;
    options.fatal_uids = {2};
    std::vector<demo::Mail> mails{mail_with(1), mail_with(2), mail_with(3)};
    server_ = std::move(*demo::Server::start(std::move(mails), options));
    point_.connection.port = server_->endpoint().port;
    start_and_open();
    ASSERT_GE(do_job(Take{"p", {1, 3}, false}).files, 2U);
    // The copy of 2 can't be had: it stays as it is, and doesn't keep the others.
    const JobView job = do_job(Remove{"p", {1, 2, 3}, true, true});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{2}));
    EXPECT_FALSE(server_->inbox().front().flags.contains("\\Deleted"));
    EXPECT_EQ(copies(), 2U);
    ASSERT_EQ(job.kept.size(), 1U);
    EXPECT_EQ(job.kept.front().first, 2U);
}

TEST_F(EngineRemoval, who_only_looks_ends_no_removal) {
    restart_server({});
    start_and_open();
    const auto entry = entry_of(2);
    engine_.reset();
    write_ledger(
        [&](store::Ledger& ledger) { EXPECT_TRUE(ledger.removing(inbox(), {entry})->empty()); });
    start();
    EXPECT_EQ(do_job(OpenPoint{"p", true}).state, JobView::State::done);
    EXPECT_EQ(on_server().size(), 4U);
    EXPECT_EQ(status_of(2), Status::held);
    EXPECT_EQ(do_job(OpenPoint{"p"}).state, JobView::State::done);
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{1, 3, 4}));
}

TEST_F(EngineRemoval, what_is_of_another_mailbox_is_not_put_into_this_one) {
    restart_server({});
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {1, 2}, false}).files, 2U);
    ASSERT_EQ(do_job(Remove{"p", {1, 2}, true}).removed.size(), 2U);
    engine_.reset();
    write_ledger([&](store::Ledger& ledger) {
        auto kept = ledger.quarantined("p").value();
        for (auto& [mailbox, entry] : kept) {
            EXPECT_EQ(mailbox, inbox());
            auto other = mailbox;
            (entry.id.uid == 1 ? other.account : other.folder) = "jan@host";
            entry.id.uid += 40;
            EXPECT_TRUE(ledger.removed(other, {entry}));
        }
    });
    start();
    const JobView job = do_job(Restore{"p", {{41, 0}, {42, 0}, {1, 0}}});
    EXPECT_EQ(job.state, JobView::State::done);
    ASSERT_EQ(job.kept.size(), 2U);
    for (const auto& [uid, error] : job.kept) {
        EXPECT_EQ(error.cause, Cause::other_mailbox);
        EXPECT_EQ(error.fact(uid == 41 ? "account" : "folder"), "jan@host");
    }
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{3, 4, 5}));
}

TEST_F(EngineRemoval, what_a_run_before_had_to_leave_there_the_next_removes_but_nothing_restored) {
    demo::Options options;
    options.uidplus = false;
    restart_server(options);
    server_->mark_message(4, "\\Deleted");
    point_.general.delete_after_document = true;
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {}, false}).kept.size(), 3U) << "4 would go, too";
    ASSERT_EQ(do_job(Remove{"p", {2}}).removed.size(), 1U);
    fs::remove(fs::path(folder_ / "target") / "f3.pdf");
    server_->remove_message(4);
    start();
    const JobView job = do_job(Take{"p", {}, false});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(job.removed.size(), 1U);
    EXPECT_TRUE(job.kept.empty()) << "nobody asked for the one without a file";
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{2, 3})) << "2 is hidden";
    ASSERT_EQ(do_job(Restore{"p", {{1, 0}}}).state, JobView::State::done);
    for (int run = 0; run < 2; ++run) {
        start();
        EXPECT_TRUE(do_job(Take{"p", {}, false}).removed.empty());
        EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{2, 3, 5}));
    }
}

TEST_F(EngineRemoval, what_was_taken_while_it_was_to_stay_stays) {
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {1, 2}, false}).files, 2U);
    // However the definition came to say so: a file that was edited or copied is noted by nobody.
    point_.general.delete_after_document = true;
    start();
    const JobView job = do_job(Take{"p", {}, false});
    EXPECT_EQ(job.files, 1U);
    ASSERT_EQ(job.removed.size(), 1U);
    EXPECT_EQ(job.removed.front().uid, 3U);
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{1, 2, 4}));
}

TEST_F(EngineRemoval, a_run_deletes_nobody_elses_marked_mail_and_marks_none) {
    demo::Options options;
    options.uidplus = false;
    restart_server(options);
    server_->mark_message(4, "\\Deleted");
    point_.general.delete_after_document = true;
    start();
    const JobView job = do_job(Take{"p", {}, false});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(job.files, 3U);
    EXPECT_EQ(job.messages_failed, 0U);
    ASSERT_EQ(job.kept.size(), 3U);
    EXPECT_EQ(job.kept.front().second.cause, Cause::others_marked);
    EXPECT_EQ(on_server().size(), 4U);
    EXPECT_FALSE(server_->inbox().front().flags.contains("\\Deleted"));
    EXPECT_EQ(copies(), 0U);
}

TEST_F(EngineRemoval, what_nobody_knows_the_end_of_is_said) {
    demo::Options options;
    options.manner = [gone = std::make_shared<std::atomic<bool>>(false)](const std::string& words) {
        if (words.find("EXPUNGE") != std::string::npos && !gone->exchange(true))
            return demo::Manner::hang_up_after;
        return *gone ? demo::Manner::hang_up : demo::Manner::honest;
    };
    restart_server(options);
    const fakes::SkippedTime time;
    time_ = &time;
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {}, false}).files, 3U);
    const JobView job = do_job(Remove{"p", {1, 2}, true});
    engine_.reset();
    EXPECT_EQ(job.state, JobView::State::failed);
    ASSERT_EQ(job.kept.size(), 2U);
    for (const auto& [uid, error] : job.kept)
        EXPECT_EQ(error.cause, Cause::removal_unknown) << uid;
    EXPECT_EQ(copies(), 2U);
}

TEST_F(EngineRemoval, what_the_server_does_not_show_is_asked_for_anew) {
    demo::Options options;
    // It says OK to the EXPUNGE, does nothing, and then tells nothing of the message, twice.
    options.manner = [lies = std::make_shared<std::atomic<int>>(0)](const std::string& words) {
        const bool lies_now = *lies == 0 ? words.find("EXPUNGE") != std::string::npos
                                         : *lies < 3 && words.find("ENVELOPE") != std::string::npos;
        if (lies_now)
            ++*lies;
        return lies_now ? demo::Manner::only_say : demo::Manner::honest;
    };
    restart_server(options);
    start_and_open();
    ASSERT_EQ(do_job(Take{"p", {}, false}).files, 3U);
    const JobView job = do_job(Remove{"p", {1}, true});
    engine_.reset();
    EXPECT_EQ(job.state, JobView::State::done);
    ASSERT_EQ(job.removed.size(), 1U);
    EXPECT_EQ(job.removed[0].uid, 1U);
    EXPECT_TRUE(job.kept.empty());
    EXPECT_EQ(on_server(), (std::vector<std::uint32_t>{2, 3, 4}));
}

TEST_F(EngineRemoval, a_number_that_is_used_again_is_another_message) {
    restart_server({});
    start_and_open();
    auto entry = entry_of(2), same = entry_of(3);
    engine_.reset();
    write_ledger([&](store::Ledger& ledger) {
        entry.id.message_id = "<another@firma.example>";
        store::MessageEntry document;
        document.id = entry.id;
        document.step = store::Step::stored;
        EXPECT_TRUE(ledger.finished(inbox(), {document}));
        EXPECT_TRUE(ledger.removed(inbox(), {entry, same}));
    });
    start();
    const JobView job = do_job(Take{"p", {}, false});
    EXPECT_EQ(job.files, 2U) << "1, and what has the number 2 now";
    EXPECT_EQ(status_of(2), Status::taken);
    ASSERT_EQ(job.state, JobView::State::failed) << "3 was not taken, and that is said";
    EXPECT_EQ(job.error->cause, Cause::busy_elsewhere);
}

}  // namespace
}  // namespace mail
