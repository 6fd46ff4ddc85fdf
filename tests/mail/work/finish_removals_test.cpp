#include <numeric>

#include "tests/mail/work/removing.h"

namespace mail::work {

using demo::Manner;
using Log = std::vector<std::string>;

// R07: what became of it is looked for, never assumed.
TEST_F(Removing, a_connection_lost_at_any_command_comes_to_the_same_end) {
    for (const bool uidplus : {true, false})
        for (const Manner manner : {Manner::hang_up, Manner::hang_up_after})
            for (const std::string command :
                 {"UID STORE", "EXPUNGE", "BODY.PEEK[]", "NOOP", "RFC822.SIZE ENVELOPE"}) {
                SCOPED_TRACE(command + (manner == Manner::hang_up ? "" : ", done") +
                             (uidplus ? "" : ", no UIDPLUS"));
                start_afresh();
                demo::Options options;
                options.uidplus = uidplus;
                have_taken(3, options);
                const std::string raw = server_->inbox()[1].mail.raw;
                at_first(command, manner);
                const RemoveOutcome cut = remove_uids({2});
                ASSERT_TRUE(cut.error);
                EXPECT_EQ(cut.error->reach, Reach::connection);
                EXPECT_EQ(cut.left.size() + cut.unknown.size(), 1U);
                EXPECT_TRUE(removed_.empty());
                const bool unknown = !cut.unknown.empty();
                EXPECT_EQ(any_unfinished_removal(*ledger_, mailbox_).value(), unknown);
                EXPECT_EQ(copies().size(), unknown ? 1U : 0U);
                treat({});
                // Whoever was left alone is as before: asked again, it goes.
                ASSERT_TRUE(finish());
                EXPECT_EQ(removed_, unknown ? (Uids{2}) : Uids());
                if (!unknown) {
                    EXPECT_FALSE(remove_uids({2}).error);
                }
                EXPECT_EQ(on_server(), (Uids{1, 3}));
                ASSERT_EQ(entries().size(), 1U);
                EXPECT_EQ(entries().front().stage, Stage::removed);
                EXPECT_EQ(
                    read_file(real_disk(), quarantine_->path_of(entries().front().copy), 1 << 20)
                        .value(),
                    raw);
                EXPECT_EQ(copies().size(), 1U);
                EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
            }
}

TEST_F(Removing, the_next_program_goes_on_where_one_was_killed) {
    have_taken(2);
    at_first("EXPUNGE", Manner::hang_up);
    ASSERT_TRUE(remove_uids({1}).error);
    treat({});
    EXPECT_TRUE(flags_of(1).contains("\\Deleted"));
    open_ledger();
    EXPECT_TRUE(any_unfinished_removal(*ledger_, mailbox_).value());
    store::MailboxId other = mailbox_;
    other.folder = "Faktury";
    EXPECT_FALSE(any_unfinished_removal(*ledger_, other).value()) << "of another folder";
    ASSERT_TRUE(finish());
    EXPECT_EQ(on_server(), (Uids{2}));
    EXPECT_EQ(logged(), (Log{"removed"}));
}

TEST_F(Removing, what_has_no_copy_any_more_is_not_removed_by_the_next_program) {
    have_taken(2);
    at_first("EXPUNGE", Manner::hang_up);
    ASSERT_TRUE(remove_uids({1}).error);
    treat({});
    std::filesystem::remove(folder_ / "quarantine/" + copies().front());
    ASSERT_TRUE(finish());
    EXPECT_EQ(why_kept(1), "copy_missing");
    EXPECT_EQ(on_server(), (Uids{1, 2}));
    EXPECT_TRUE(flags_of(1).empty()) << "and nobody else does";
    EXPECT_TRUE(entries().empty());
}

TEST_F(Removing, others_that_were_marked_meanwhile_are_not_taken_along_by_the_next_program) {
    demo::Options plain;
    plain.uidplus = false;
    have_taken(3, plain);
    at_first("EXPUNGE", Manner::hang_up);
    ASSERT_TRUE(remove_uids({1}).error);
    treat({});
    server_->mark_message(3, "\\Deleted");
    ASSERT_TRUE(finish());
    EXPECT_EQ(why_kept(1), "others_marked");
    EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
    EXPECT_TRUE(flags_of(1).empty());
    EXPECT_TRUE(flags_of(3).contains("\\Deleted"));
    EXPECT_TRUE(entries().empty());
}

TEST_F(Removing, in_a_folder_made_anew_it_is_known_by_its_marks) {
    have_taken(2);
    at_first("EXPUNGE", Manner::hang_up);
    ASSERT_TRUE(remove_uids({1, 2}).unknown.size() == 2);
    // The second of the two is there again, under the number of the first.
    const demo::Mail second = server_->inbox()[1].mail;
    const store::MailboxId before = mailbox_;
    demo::Options anew;
    anew.uid_validity = 7;
    treat({});
    serve({second}, anew);
    list_again();
    ASSERT_EQ(mailbox_.uid_validity, 7U);
    EXPECT_TRUE(any_unfinished_removal(*ledger_, mailbox_).value());
    ASSERT_TRUE(finish());
    EXPECT_EQ(on_server(), (Uids{1}));
    EXPECT_EQ(why_kept(2), "uidvalidity_changed");
    EXPECT_EQ(removed_, (Uids{1}));
    EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
    const auto old = ledger_->removals(before).value();
    ASSERT_EQ(old.size(), 1U);
    EXPECT_EQ(old.front().id.uid, 1U);
    EXPECT_EQ(std::ranges::count(copies(), old.front().copy), 1);
    EXPECT_EQ(copies().size(), 2U) << "marks may be those of a twin: both copies stay";
}

TEST_F(Removing, on_a_server_that_gave_new_dates_it_is_known_by_its_message_id) {
    have_taken(2);
    at_first("EXPUNGE", Manner::hang_up);
    ASSERT_EQ(remove_uids({1}).unknown, (Uids{1}));
    demo::Mail moved = server_->inbox()[0].mail;
    moved.received += std::chrono::hours(500);
    const std::string copy = copies().front();
    demo::Options anew;
    anew.uid_validity = 7;
    treat({});
    serve({moved}, anew);
    server_->mark_message(1, "\\Deleted");
    list_again();
    ASSERT_TRUE(finish());
    EXPECT_TRUE(removed_.empty()) << "it is in the mailbox";
    EXPECT_EQ(why_kept(1), "uidvalidity_changed");
    EXPECT_TRUE(flags_of(1).empty());
    EXPECT_EQ(copies(), (Log{copy})) << "it may be a twin";
    EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
}

TEST_F(Removing, in_a_folder_made_anew_strangers_lose_the_mark_that_was_not_meant_for_them) {
    for (const std::string at : {"+FLAGS.SILENT", "EXPUNGE"}) {
        SCOPED_TRACE(at);
        start_afresh();
        have_taken(2);
        const demo::Mail first = server_->inbox()[0].mail;
        at_first(at, Manner::hang_up_after);
        ASSERT_EQ(remove_uids({1, 2}).unknown.size(), 2U);
        demo::Options anew;
        anew.uid_validity = 7;
        treat({});
        serve({mail_with("x.pdf", "%PDF x", {}), mail_with("y.pdf", "%PDF y", {}), first}, anew);
        for (const std::uint32_t uid : Uids{1, 3})
            server_->mark_message(uid, "\\Deleted");
        list_again();
        ASSERT_TRUE(finish());
        EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
        // Once the marks were known to be where they should, others' are others'.
        EXPECT_EQ(flags_of(1).contains("\\Deleted"), at == "EXPUNGE");
        EXPECT_TRUE(flags_of(3).empty());
        EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
    }
}

TEST_F(Removing, another_message_under_the_number_loses_only_our_mark) {
    demo::Options plain;
    plain.uidplus = false;
    have_taken(2, plain);
    int searches = 0;
    treat([&](const std::string& command) {
        if (command.find("DELETED") != std::string::npos &&
            command.find("SEARCH") != std::string::npos)
            ++searches;
        return searches == 3 ? Manner::hang_up : Manner::honest;
    });
    ASSERT_EQ(remove_uids({1}).unknown, (Uids{1}));
    treat([&](const std::string&) { return Manner::honest; });
    server_->replace_message(1, mail_with("z.pdf", "%PDF z", {}));
    EXPECT_TRUE(flags_of(1).contains("\\Deleted"));
    ASSERT_TRUE(finish());
    EXPECT_EQ(on_server(), (Uids{1, 2}));
    EXPECT_TRUE(flags_of(1).empty());
    EXPECT_EQ(entries().front().stage, Stage::removed) << "itself it is not in the folder";
}

TEST_F(Removing, strays_go_when_nobody_has_known_them_for_as_long_as_copies_are_kept) {
    have_taken(2);
    ASSERT_FALSE(remove_uids({1}).error);
    const std::string known = copies().front();
    const std::string prefix = known.substr(0, known.find('-') + 1);
    const auto put = [&](const std::string& name, std::chrono::minutes age) {
        const std::string path = folder_ / "quarantine/" + name;
        std::ofstream(path) << "Subject: x";
        std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - age);
        return name;
    };
    std::filesystem::last_write_time(folder_ / "quarantine/" + known,
                                     std::filesystem::file_time_type::clock::now() -
                                         std::chrono::hours(900));
    using std::chrono::days;
    using std::chrono::minutes;
    const auto there = [&] {
        const auto left = copies();
        return std::set<std::string>(left.begin(), left.end());
    };
    // Of a whole mail it may be the ledger that was lost, and the clock may have been wrong.
    const std::string old = put(prefix + "old.eml", days(400));
    put(".mailpoint-0123.part", minutes(11));
    std::set<std::string> stay{known, put("0123456789ab-of-another-mailbox.eml", days(400)),
                               put(".mailpoint-4567.part", minutes(5)), old};
    ASSERT_TRUE(finish());
    EXPECT_EQ(there(), stay);
    const auto work_at = [&](int days_ago) {
        store::Action work;
        work.what = store::Action::What::folder_set;
        work.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) -
                    days(days_ago);
        ASSERT_TRUE(ledger_->note(work));
    };
    work_at(29);
    work_at(15);
    work_at(1);
    ASSERT_TRUE(finish());
    EXPECT_EQ(there(), stay) << "29 days";
    stay.insert(put(prefix + "young.eml", days(400)));
    work_at(-2);
    stay.erase(old);
    ASSERT_TRUE(finish());
    EXPECT_EQ(there(), stay);
}

TEST_F(Removing, where_the_point_does_not_allow_it_any_more_what_was_begun_is_taken_back) {
    have_taken(3);
    at_first("EXPUNGE", Manner::hang_up);
    ASSERT_EQ(remove_uids({1, 2}).unknown.size(), 2U);
    treat({});
    ASSERT_TRUE(flags_of(1).contains("\\Deleted"));
    server_->remove_message(2);
    kept_.clear();
    RemoveContext not_allowed{real_disk(), *ledger_, &*quarantine_, mailbox_, "Test",
                              "tester",    30,       true,          false};
    ASSERT_TRUE(finish_removals(*select(), not_allowed, *this, wait()));
    EXPECT_EQ(on_server(), (Uids{1, 3}));
    EXPECT_TRUE(flags_of(1).empty());
    EXPECT_EQ(why_kept(1), "removal_not_allowed");
    EXPECT_EQ(removed_, (Uids{2})) << "it was out already";
    ASSERT_EQ(entries().size(), 1U);
    EXPECT_EQ(entries().front().stage, Stage::removed);
    EXPECT_EQ(copies().size(), 2U);
    EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
    const Log log = logged();
    EXPECT_EQ(std::ranges::count(log, "removed:removal_not_allowed"), 1);
}

TEST_F(Removing, the_first_go_before_the_copies_of_all_are_read) {
    constexpr int count = 70;
    have_taken(count);
    Uids all(count);
    std::iota(all.begin(), all.end(), 1U);
    at_first("UID STORE", Manner::hang_up);
    ASSERT_EQ(remove_uids(all).unknown.size(), std::size_t{count});
    std::size_t expunges = 0;
    treat([&](const std::string& command) {
        const bool is_expunge = command.find("UID EXPUNGE") != std::string::npos;
        return is_expunge && ++expunges == 2 ? Manner::hang_up : Manner::honest;
    });
    ASSERT_FALSE(finish());
    EXPECT_FALSE(removed_.empty());
    EXPECT_LT(removed_.size(), std::size_t{count});
    EXPECT_EQ(on_server().size(), count - removed_.size());
    treat({});
    ASSERT_TRUE(finish());
    EXPECT_TRUE(on_server().empty());
    EXPECT_EQ(copies().size(), std::size_t{count});
}

TEST_F(Removing, what_its_operator_stopped_is_rolled_back_by_the_next_program) {
    for (const bool is_gone : {false, true}) {
        SCOPED_TRACE(is_gone ? "it is gone" : "it is there");
        start_afresh();
        stop_ = StopSource();
        have_taken(2);
        // Stopped at the mark, and the server is gone before that is taken back.
        treat([&](const std::string& command) {
            if (command.find("+FLAGS.SILENT") != std::string::npos)
                stop_.request_stop();
            return stop_.stop_requested() ? Manner::hang_up_after : Manner::honest;
        });
        ASSERT_EQ(remove_uids({1}).unknown, (Uids{1}));
        treat({});
        stop_ = StopSource();
        ASSERT_TRUE(flags_of(1).contains("\\Deleted"));
        if (is_gone)
            server_->remove_message(1);
        open_ledger();
        ASSERT_TRUE(finish());
        EXPECT_EQ(removed_, is_gone ? (Uids{1}) : Uids());
        EXPECT_EQ(why_kept(1), is_gone ? "" : "cancelled");
        EXPECT_EQ(on_server(), is_gone ? (Uids{2}) : (Uids{1, 2}));
        EXPECT_EQ(flags_of(1).contains("\\Deleted"), false);
        EXPECT_EQ(entries().size(), is_gone ? 1U : 0U);
        EXPECT_EQ(copies().size(), 1U);
        EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
    }
}

TEST_F(Removing, what_goes_while_what_was_begun_is_taken_back_is_removed) {
    for (const bool allowed : {true, false}) {
        SCOPED_TRACE(allowed ? "its copy is missing" : "not allowed any more");
        start_afresh();
        have_taken(3);
        at_first("EXPUNGE", Manner::hang_up);
        ASSERT_EQ(remove_uids({1, 2}).unknown.size(), 2U);
        const auto before = entries();
        if (allowed)
            std::filesystem::remove(folder_ / "quarantine/" + before.front().copy);
        // Somebody else expunges between the look and the clearing.
        at_first("-FLAGS.SILENT", Manner::honest, [&] { server_->remove_message(1); });
        removed_.clear();
        kept_.clear();
        RemoveContext now = context();
        now.may_remove = allowed;
        ASSERT_TRUE(finish_removals(*select(), now, *this, wait()));
        EXPECT_EQ(on_server(), allowed ? (Uids{3}) : (Uids{2, 3}));
        EXPECT_EQ(std::ranges::count(removed_, 1U), 1);
        EXPECT_EQ(why_kept(1), "");
        ASSERT_FALSE(entries().empty());
        EXPECT_EQ(entries().front().id.uid, 1U);
        EXPECT_EQ(entries().front().stage, Stage::removed);
        EXPECT_EQ(entries().front().copy, before.front().copy);
        EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
    }
}

TEST_F(Removing, nothing_to_finish_says_nothing_to_the_server) {
    have_taken(1);
    auto session = select();
    const auto before = server_->counts().commands;
    ASSERT_TRUE(finish_removals(*session, context(), *this, wait()));
    EXPECT_EQ(server_->counts().commands, before);
}

}  // namespace mail::work
