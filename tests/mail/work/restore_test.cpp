#include <numeric>

#include "tests/mail/work/removing.h"

namespace mail::work {

using demo::Manner;
using Log = std::vector<std::string>;

TEST_F(Removing, what_was_removed_comes_back_as_it_was) {
    for (const bool uidplus : {true, false}) {
        SCOPED_TRACE(uidplus);
        start_afresh();
        demo::Options options;
        options.uidplus = uidplus;
        have_taken(3, options);
        server_->mark_message(2, "\\Seen");
        server_->mark_message(2, "$Label");
        const demo::Mail before = server_->inbox()[1].mail;
        ASSERT_FALSE(remove_uids({2}).error);
        const RestoreOutcome outcome = restore_uids({2});
        EXPECT_FALSE(outcome.error);
        ASSERT_EQ(outcome.restored, (Uids{2}))
            << (outcome.failed.empty() ? "" : name_of(outcome.failed.front().error.cause));
        EXPECT_EQ(on_server(), (Uids{1, 3, 4}));
        EXPECT_EQ(server_->inbox()[2].mail.raw, before.raw);
        EXPECT_EQ(server_->inbox()[2].mail.received, before.received);
        EXPECT_EQ(flags_of(4), (std::set<std::string>{"\\Seen", "$Label"}));
        EXPECT_TRUE(entries().empty());
        EXPECT_EQ(logged(), (Log{"removed", "restored"}));
        // Its document is on record under the new number: it isn't taken again.
        list_again();
        for (const MessageRow& row : rows_)
            EXPECT_EQ(row.initial.status, Status::taken) << row.uid;
        // And it may go again.
        EXPECT_FALSE(remove_uids({4}).error);
        EXPECT_EQ(on_server(), (Uids{1, 3}));
    }
}

TEST_F(Removing, a_missing_or_changed_copy_is_not_put_back) {
    have_taken(3);
    ASSERT_FALSE(remove_uids({1, 2, 3}).error);
    const auto all = entries();
    std::filesystem::remove(quarantine_->path_of(all[0].copy));
    std::ofstream(quarantine_->path_of(all[1].copy), std::ios::app) << "x";
    const RestoreOutcome outcome = restore_uids({1, 2, 3});
    EXPECT_FALSE(outcome.error);
    EXPECT_EQ(outcome.restored, (Uids{3}));
    ASSERT_EQ(outcome.failed.size(), 2U);
    EXPECT_EQ(outcome.failed[0].error.cause, Cause::copy_missing);
    EXPECT_EQ(outcome.failed[1].error.cause, Cause::verify_failed);
    EXPECT_EQ(on_server(), (Uids{4}));
    for (const auto& entry : entries())
        EXPECT_EQ(entry.stage, Stage::removed) << entry.id.uid;
}

TEST_F(Removing, what_somebody_put_back_is_not_put_there_twice) {
    have_taken(2);
    const demo::Mail mail = server_->inbox()[0].mail;
    ASSERT_FALSE(remove_uids({1}).error);
    server_->add_message(mail);
    EXPECT_EQ(restore_uids({1}).restored, (Uids{1}));
    EXPECT_EQ(on_server(), (Uids{2, 3}));
    EXPECT_TRUE(entries().empty());
}

TEST_F(Removing, a_twin_is_not_taken_for_the_message) {
    have_taken(1);
    demo::Mail twin = server_->inbox()[0].mail;
    // One to the last second, and taken as well; one that came a second later.
    server_->add_message(twin);
    ASSERT_TRUE(run());
    list_again();
    twin.received += std::chrono::seconds(1);
    server_->add_message(twin);
    ASSERT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(restore_uids({1}).restored, (Uids{1}));
    EXPECT_EQ(on_server(), (Uids{2, 3, 4}));
}

TEST_F(Removing, a_twin_that_was_there_when_it_went_is_not_what_was_put_back) {
    for (const bool is_cut : {false, true}) {
        SCOPED_TRACE(is_cut);
        start_afresh();
        have_taken(1);
        // The same in every octet, and not taken.
        server_->add_message(server_->inbox()[0].mail);
        ASSERT_FALSE(remove_uids({1}).error);
        ASSERT_EQ(on_server(), (Uids{2}));
        if (is_cut) {
            at_first("APPEND", Manner::hang_up);
            ASSERT_TRUE(restore_uids({1}).error);
            treat({});
            ASSERT_TRUE(finish());
        } else {
            EXPECT_EQ(restore_uids({1}).restored, (Uids{1}));
        }
        EXPECT_EQ(on_server(), (Uids{2, 3}));
        EXPECT_TRUE(entries().empty());
    }
}

TEST_F(Removing, many_come_back_with_few_questions) {
    have_taken(25);
    Uids all(25);
    std::iota(all.begin(), all.end(), 1U);
    ASSERT_FALSE(remove_uids(all).error);
    ASSERT_TRUE(on_server().empty());
    std::map<std::string, int> asked;
    treat([&](const std::string& command) {
        for (const std::string word : {"APPEND", "NOOP", "SEARCH", "FETCH", "STORE"})
            asked[word] += command.find(word) == std::string::npos ? 0 : 1;
        return Manner::honest;
    });
    EXPECT_EQ(restore_uids(all).restored, all);
    treat({});
    EXPECT_EQ(on_server().size(), 25U);
    EXPECT_TRUE(entries().empty());
    EXPECT_EQ(asked["APPEND"], 25);
    EXPECT_EQ(asked["NOOP"], 1);
    EXPECT_EQ(asked["FETCH"], 1);
    EXPECT_LE(asked["SEARCH"], 1);
    EXPECT_EQ(asked["STORE"], 0);
}

TEST_F(Removing, a_stop_leaves_no_message_half_put_back) {
    have_taken(30);
    Uids all(30);
    std::iota(all.begin(), all.end(), 1U);
    ASSERT_FALSE(remove_uids(all).error);
    at_first("APPEND", Manner::honest, [&] { stop_.request_stop(); });
    std::vector<std::pair<store::MailboxId, store::RemovalEntry>> wanted =
        ledger_->quarantined(point_.id).value();
    const RestoreOutcome cut =
        restore(*select(), context(), wanted,
                Wait::for_at_most(std::chrono::seconds(60), stop_.get_token()));
    treat({});
    ASSERT_TRUE(cut.error);
    EXPECT_EQ(cut.error->cause, Cause::cancelled);
    EXPECT_TRUE(cut.failed.empty());
    EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
    EXPECT_GE(on_server().size(), 1U);
    EXPECT_EQ(on_server().size(), cut.restored.size());
    EXPECT_EQ(on_server().size() + entries().size(), 30U);
}

TEST_F(Removing, what_was_only_marked_is_unmarked_or_put_back) {
    for (const bool is_gone : {false, true}) {
        SCOPED_TRACE(is_gone);
        start_afresh();
        have_taken(3);
        ASSERT_FALSE(remove_uids({3}).error);
        store::RemovalEntry entry = entries().front();
        // As where there is no UIDPLUS.
        server_->add_message(server_->inbox()[1].mail);
        server_->mark_message(2, "\\Deleted");
        entry.id = id_of(*std::ranges::find(rows_, 2U, &MessageRow::uid));
        const auto kept = quarantine_copy_of(server_->inbox()[1].mail.raw);
        entry.copy = kept.name;
        entry.copy_octets = kept.size_octets;
        entry.copy_sha256 = kept.sha256;
        ASSERT_TRUE(ledger_->removing(mailbox_, {entry})->empty());
        ASSERT_TRUE(ledger_->not_removed(mailbox_, {entry}, store::Action::What::marked, ""));
        if (is_gone)
            server_->remove_message(2);
        EXPECT_EQ(restore_uids({2}).restored, (Uids{2}));
        EXPECT_EQ(on_server(), is_gone ? (Uids{1, 4, 5}) : (Uids{1, 2, 4}));
        EXPECT_FALSE(flags_of(on_server()[1]).contains("\\Deleted"));
        EXPECT_EQ(entries().size(), 1U) << "that of the other";
    }
}

TEST_F(Removing, a_lost_connection_puts_nothing_back_twice) {
    for (const bool uidplus : {true, false})
        for (const Manner manner : {Manner::hang_up, Manner::hang_up_after})
            for (const std::string command :
                 {"APPEND", "HEADER Message-ID", "NOOP", "RFC822.SIZE ENVELOPE"}) {
                // Where UIDNEXT tells that nothing has come, nothing is looked for.
                if (uidplus && command == "HEADER Message-ID")
                    continue;
                SCOPED_TRACE(command + (manner == Manner::hang_up ? "" : ", done") +
                             (uidplus ? "" : ", no UIDPLUS"));
                start_afresh();
                demo::Options options;
                options.uidplus = uidplus;
                have_taken(2, options);
                ASSERT_FALSE(remove_uids({1}).error);
                at_first(command, manner);
                const RestoreOutcome cut = restore_uids({1});
                treat({});
                ASSERT_TRUE(cut.error);
                EXPECT_TRUE(cut.restored.empty());
                EXPECT_TRUE(any_unfinished_removal(*ledger_, mailbox_).value());
                open_ledger();
                ASSERT_TRUE(finish());
                EXPECT_EQ(on_server(), (Uids{2, 3}));
                EXPECT_TRUE(entries().empty());
                EXPECT_EQ(logged(), (Log{"removed", "restored"}));
            }
}

TEST_F(Removing, an_ok_to_append_is_not_believed) {
    have_taken(1);
    ASSERT_FALSE(remove_uids({1}).error);
    at_first("APPEND", Manner::only_say);
    const RestoreOutcome outcome = restore_uids({1});
    EXPECT_FALSE(outcome.error);
    ASSERT_EQ(outcome.failed.size(), 1U);
    EXPECT_EQ(outcome.failed[0].error.cause, Cause::append_refused);
    EXPECT_EQ(entries().front().stage, Stage::removed);
    EXPECT_EQ(copies().size(), 1U);
    EXPECT_EQ(restore_uids({1}).restored, (Uids{1}));
}

// The server keeps a cut mail, or one of another content, and tells its number.
TEST_F(Removing, what_append_made_is_looked_at) {
    for (const bool uidplus : {true, false})
        for (const bool with_id : {true, false}) {
            SCOPED_TRACE(std::string(with_id ? "" : "no Message-ID") +
                         (uidplus ? "" : ", no UIDPLUS"));
            start_afresh();
            demo::Options options;
            options.uidplus = uidplus;
            have_taken(1, options);
            demo::Mail mail = server_->inbox()[0].mail;
            if (!with_id) {
                const std::size_t begin = mail.raw.find("Message-ID:");
                mail.raw.erase(begin, mail.raw.find('\n', begin) + 1 - begin);
            }
            server_->add_message(mail);
            ASSERT_TRUE(run());
            list_again();
            ASSERT_FALSE(remove_uids({2}).error);
            ASSERT_EQ(on_server(), (Uids{1}));
            demo::Mail spoilt = mail;
            if (with_id)
                spoilt.raw.resize(mail.raw.size() - 120);
            else
                spoilt.raw[mail.raw.size() - 10] = '~';
            at_first("NOOP", Manner::honest, [&] { server_->replace_message(3, spoilt); });
            const RestoreOutcome outcome = restore_uids({2});
            EXPECT_FALSE(outcome.error);
            EXPECT_TRUE(outcome.restored.empty());
            ASSERT_EQ(outcome.failed.size(), 1U);
            EXPECT_EQ(outcome.failed[0].error.cause, Cause::append_refused);
            EXPECT_EQ(entries().front().stage, Stage::removed);
            EXPECT_EQ(copies().size(), 1U);
            treat({});
            EXPECT_EQ(restore_uids({2}).restored, (Uids{2}));
            EXPECT_EQ(server_->inbox().back().mail.raw, mail.raw);
        }
}

TEST_F(Removing, what_a_gateway_has_put_its_own_fields_on_is_back_and_not_appended_again) {
    for (const bool uidplus : {true, false}) {
        SCOPED_TRACE(uidplus ? "" : "no UIDPLUS");
        start_afresh();
        demo::Options options;
        options.uidplus = uidplus;
        have_taken(1, options);
        demo::Mail mail = server_->inbox()[0].mail;
        ASSERT_FALSE(remove_uids({1}).error);
        mail.raw.insert(0, "X-Gateway: 10.0.0.1\r\n");
        at_first("NOOP", Manner::honest, [&] { server_->replace_message(2, mail); });
        const RestoreOutcome outcome = restore_uids({1});
        EXPECT_FALSE(outcome.error);
        EXPECT_EQ(outcome.restored, (Uids{1}));
        EXPECT_EQ(on_server(), (Uids{2}));
    }
}

TEST_F(Removing, what_was_there_before_is_not_what_append_made) {
    for (const bool uidplus : {true, false}) {
        SCOPED_TRACE(uidplus);
        start_afresh();
        demo::Options options;
        options.uidplus = uidplus;
        have_taken(1, options);
        demo::Mail twin = server_->inbox()[0].mail;
        twin.received += std::chrono::seconds(1);
        server_->add_message(twin);
        ASSERT_FALSE(remove_uids({1}).error);
        at_first("APPEND", Manner::only_say);
        const RestoreOutcome outcome = restore_uids({1});
        EXPECT_TRUE(outcome.restored.empty());
        ASSERT_EQ(outcome.failed.size(), 1U);
        EXPECT_EQ(outcome.failed[0].error.cause, Cause::append_refused);
        treat({});
        EXPECT_EQ(restore_uids({1}).restored, (Uids{1}));
        EXPECT_EQ(on_server(), (Uids{2, 3}));
    }
}

TEST_F(Removing, date_and_size_alone_are_not_the_message) {
    have_taken(1);
    demo::Mail mail = server_->inbox()[0].mail;
    const std::size_t begin = mail.raw.find("Message-ID:");
    mail.raw.erase(begin, mail.raw.find('\n', begin) + 1 - begin);
    server_->add_message(mail);
    ASSERT_TRUE(run());
    list_again();
    ASSERT_FALSE(remove_uids({2}).error);
    // Delivered in the same second, as long, and not taken yet.
    demo::Mail sibling = mail;
    sibling.raw[mail.raw.size() - 10] = '~';
    server_->add_message(sibling);
    EXPECT_EQ(restore_uids({2}).restored, (Uids{2}));
    ASSERT_EQ(on_server(), (Uids{1, 3, 4}));
    EXPECT_EQ(server_->inbox()[2].mail.raw, mail.raw);
    // Nor for the program that finds the APPEND of another one cut off.
    list_again();
    ASSERT_FALSE(remove_uids({4}).error);
    server_->add_message(sibling);
    at_first("APPEND", Manner::hang_up);
    ASSERT_TRUE(restore_uids({4}).error);
    treat({});
    ASSERT_TRUE(finish());
    ASSERT_EQ(on_server(), (Uids{1, 3, 5, 6}));
    EXPECT_EQ(server_->inbox()[3].mail.raw, mail.raw);
}

TEST_F(Removing, into_a_folder_made_anew_it_comes_back_as_well) {
    have_taken(2);
    ASSERT_FALSE(remove_uids({1}).error);
    demo::Options anew;
    anew.uid_validity = 7;
    serve({mail_with("other.pdf", "%PDF other", {})}, anew);
    list_again();
    EXPECT_EQ(restore_uids({1}).restored, (Uids{1}));
    EXPECT_EQ(on_server(), (Uids{1, 2}));
    list_again();
    for (const MessageRow& row : rows_)
        EXPECT_EQ(row.initial.status, row.uid == 2 ? Status::taken : Status::new_) << row.uid;
    EXPECT_TRUE(ledger_->quarantined(point_.id).value().empty());
}

// R10: without Message-ID, or with one longer than any line that a server takes.
TEST_F(Removing, whatever_its_message_id_is_a_mail_goes_and_comes_back) {
    for (const std::string& id : std::vector<std::string>{
             "", "Message-ID: <" + std::string(10'000, 'x') + "@y>\r\n",
             "Message-ID: <\"odd\\ id\"@x>\r\n", "Message-ID: no angles\r\n"}) {
        SCOPED_TRACE(id.substr(0, 40));
        start_afresh();
        have_taken(1);
        std::string raw = server_->inbox()[0].mail.raw;
        const std::size_t begin = raw.find("Message-ID:");
        raw.replace(begin, raw.find('\n', begin) + 1 - begin, id);
        const auto received = std::chrono::sys_days{std::chrono::year{2026} / 11 / 9};
        server_->add_message({raw, received});
        // One that is alike in all but its date stays out of it.
        server_->add_message({raw, received + std::chrono::seconds(1)});
        ASSERT_TRUE(run());
        list_again();
        ASSERT_FALSE(remove_uids({2}).error);
        EXPECT_EQ(why_kept(2), "");
        EXPECT_EQ(on_server(), (Uids{1, 3}));
        EXPECT_EQ(restore_uids({2}).restored, (Uids{2}));
        EXPECT_EQ(on_server(), (Uids{1, 3, 4}));
        EXPECT_EQ(server_->inbox()[2].mail.raw, raw);
        at_first("APPEND", Manner::hang_up_after);
        ASSERT_FALSE(remove_uids({3}).error);
        ASSERT_TRUE(restore_uids({3}).error);
        treat({});
        ASSERT_TRUE(finish());
        EXPECT_EQ(on_server(), (Uids{1, 4, 5})) << "once";
    }
}

TEST_F(Removing, a_large_mail_goes_and_comes_back) {
    std::string noise(5'000'000, 'x');
    for (std::size_t i = 0; i < noise.size(); i += 70)
        noise[i] = static_cast<char>('a' + i % 26);
    serve({mail_with("large.pdf", noise, {})});
    ASSERT_TRUE(run());
    list_again();
    quarantine_.emplace(Quarantine::open(real_disk(), folder_ / "quarantine").value());
    const std::string raw = server_->inbox()[0].mail.raw;
    ASSERT_FALSE(remove_uids({1}).error);
    EXPECT_TRUE(on_server().empty());
    EXPECT_EQ(restore_uids({1}).restored, (Uids{1}));
    EXPECT_EQ(server_->inbox()[0].mail.raw, raw);
}

}  // namespace mail::work
