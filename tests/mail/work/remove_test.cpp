#include "mail/work/remove.h"

#include "mail/work/decide.h"
#include "tests/mail/work/removing.h"

namespace mail::work {

using demo::Manner;
using Log = std::vector<std::string>;

TEST_F(Removing, what_is_safe_leaves_and_its_copy_is_the_mail) {
    have_taken(3);
    server_->mark_message(2, "$Label");
    const std::string raw = server_->inbox()[1].mail.raw;
    const RemoveOutcome outcome = remove_uids({2});
    EXPECT_FALSE(outcome.error);
    EXPECT_EQ(removed_, (Uids{2}));
    EXPECT_EQ(on_server(), (Uids{1, 3}));
    ASSERT_EQ(entries().size(), 1U);
    const store::RemovalEntry entry = entries().front();
    EXPECT_EQ(entry.stage, Stage::removed);
    EXPECT_EQ(entry.flags, "$Label");
    EXPECT_EQ(entry.subject, "2.pdf");
    EXPECT_EQ(entry.who, "tester");
    EXPECT_EQ(entry.keep_until - entry.when, std::chrono::days(30));
    EXPECT_EQ(copies(), (Log{entry.copy}));
    EXPECT_EQ(read_file(real_disk(), quarantine_->path_of(entry.copy), 1 << 20).value(), raw);
    EXPECT_EQ(logged(), (Log{"removed"}));
    EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
}

TEST_F(Removing, many_leave_in_few_waits) {
    have_taken(28);
    const auto before = server_->counts().commands;
    Uids uids;
    for (std::uint32_t uid = 1; uid <= 27; ++uid)
        uids.push_back(uid);
    EXPECT_FALSE(remove_uids(uids).error);
    EXPECT_EQ(on_server(), (Uids{28}));
    EXPECT_EQ(removed_.size(), 27U);
    // One FETCH for each mail; all else is for all of them.
    EXPECT_LE(server_->counts().commands - before, 27U + 14U);
}

TEST_F(Removing, without_quarantine_no_copy_is_kept) {
    have_taken(2);
    keeps_copies_ = false;
    EXPECT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(on_server(), (Uids{2}));
    EXPECT_EQ(entries().front().stage, Stage::removed);
    EXPECT_EQ(entries().front().copy, "");
    EXPECT_TRUE(copies().empty());
}

TEST_F(Removing, the_gate_holds_back_and_the_operators_word_lets_through) {
    have_taken(3);
    std::filesystem::remove(target() + "/1.pdf");
    std::ofstream(target() + "/2.pdf") << "%PDF 2.pdX";
    EXPECT_FALSE(remove_uids({1, 2, 3}).error);
    EXPECT_EQ(removed_, (Uids{3}));
    EXPECT_EQ(why_kept(1), "gate_locked");
    EXPECT_EQ(kept_[1].fact("lock"), "file_missing");
    EXPECT_EQ(kept_[2].fact("lock"), "file_changed");
    EXPECT_EQ(kept_[2].fact("path"), target() + "/2.pdf");
    EXPECT_EQ(on_server(), (Uids{1, 2}));
    EXPECT_FALSE(remove_uids({1}, {.despite_gate = true}).error);
    EXPECT_EQ(on_server(), (Uids{2}));
}

TEST_F(Removing, a_mail_with_more_in_it_than_was_taken_stays_and_is_taken_again) {
    const demo::Mail listed = mail_with("1.pdf", "%PDF one", {});
    const demo::Mail whole = with_more(listed, {{"2.pdf", "%PDF two"}});
    for (const bool keeps : {true, false}) {
        SCOPED_TRACE(keeps);
        start_afresh();
        keeps_copies_ = keeps;
        have_taken_of({listed});
        // A server that lists one of two attachments; sizes and dates are those of the whole.
        server_->replace_message(1, whole);
        rows_[0].size_octets = whole.raw.size();
        EXPECT_FALSE(remove_uids({1}).error);
        EXPECT_EQ(why_kept(1), "gate_locked");
        EXPECT_EQ(kept_[1].fact("lock"), "part_not_saved");
        EXPECT_EQ(kept_[1].fact("path"), "2.pdf");
        EXPECT_EQ(on_server(), (Uids{1}));
        EXPECT_TRUE(entries().empty());
        EXPECT_TRUE(copies().empty());
        list_again();
        ASSERT_EQ(rows_.size(), 1U);
        EXPECT_EQ(rows_[0].initial.status, Status::partial);
        EXPECT_TRUE(rows_[0].whole_needed);
        EXPECT_EQ(gate_of(rows_[0], rows_[0].initial).lock, Gate::Lock::part_not_saved);
        ASSERT_TRUE(run());
        EXPECT_EQ(hashes(),
                  (std::multiset<std::string>{sha256_hex("%PDF one"), sha256_hex("%PDF two")}));
        list_again();
        EXPECT_FALSE(remove_uids({1}).error);
        EXPECT_TRUE(on_server().empty());
        EXPECT_EQ(copies().size(), keeps ? 1U : 0U);
    }
}

TEST_F(Removing, the_operators_word_lets_go_what_somebody_wanted_a_part_of) {
    const demo::Mail mail = with_more(mail_with("1.pdf", "%PDF one", {}),
                                      {{"a.exe", "MZ program", "application/octet-stream"}});
    for (const bool taken : {true, false}) {
        SCOPED_TRACE(taken);
        start_afresh();
        have_taken_of({mail, mail_with("2.pdf", "%PDF two", {})});
        if (!taken) {
            start_afresh();
            quarantine_.emplace(Quarantine::open(real_disk(), folder_ / "quarantine").value());
            list_again();
        }
        const auto wants = [&] {
            return decide({*ledger_, mailbox_, point_.general, "Ala"},
                          *std::ranges::find(rows_, 1U, &MessageRow::uid), "3",
                          store::Decision::take);
        };
        const auto wanted = wants();
        ASSERT_TRUE(wanted) << name_of(wanted.error().cause);
        list_again();
        EXPECT_FALSE(remove_uids({1}).error);
        EXPECT_EQ(why_kept(1), "gate_locked");
        EXPECT_EQ(kept_[1].fact("lock"), taken ? "part_wanted" : "not_taken");
        EXPECT_EQ(kept_[1].fact("path"), taken ? "a.exe" : "");
        EXPECT_FALSE(remove_uids({1}, {.despite_gate = true}).error);
        EXPECT_EQ(why_kept(1), "");
        EXPECT_EQ(on_server(), (Uids{2}));
        EXPECT_EQ(copies().size(), 1U);
        EXPECT_EQ(ledger_->decisions(mailbox_)->at(0).decision, store::Decision::by_rules);
    }
}

// The rules alone would ask of it, and the whole mail is judged by the rules once more.
TEST_F(Removing, what_somebody_took_though_it_may_do_harm_goes) {
    have_taken_of({with_more(mail_with("1.pdf", "%PDF one", {}),
                             {{"a.exe", "MZ program", "application/octet-stream"}})});
    ASSERT_TRUE(
        decide({*ledger_, mailbox_, point_.general, "Ala"}, rows_[0], "3", store::Decision::take));
    list_again();
    ASSERT_TRUE(run());
    list_again();
    EXPECT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(why_kept(1), "");
    EXPECT_TRUE(on_server().empty());
    EXPECT_EQ(copies().size(), 1U);
}

// Others have marked it, and who removes has agreed that all of that goes along.
TEST_F(Removing, what_somebody_wanted_a_part_of_is_taken_along) {
    demo::Options plain;
    plain.uidplus = false;
    const demo::Mail mail = with_more(mail_with("1.pdf", "%PDF one", {}),
                                      {{"a.exe", "MZ program", "application/octet-stream"}});
    start_afresh();
    have_taken_of({mail, mail_with("2.pdf", "%PDF two", {})}, plain);
    ASSERT_TRUE(decide({*ledger_, mailbox_, point_.general, "Ala"},
                       *std::ranges::find(rows_, 1U, &MessageRow::uid), "3",
                       store::Decision::take));
    server_->mark_message(1, "\\Deleted");
    list_again();
    const RemoveOutcome outcome = remove_uids({2}, {.others = RemoveOrder::Others::take_along});
    EXPECT_FALSE(outcome.error);
    EXPECT_EQ(outcome.others_marked, 0U);
    EXPECT_TRUE(on_server().empty());
    EXPECT_EQ(along_, (Uids{1}));
    EXPECT_EQ(copies().size(), 2U);
}

TEST_F(Removing, the_operators_word_lets_go_what_has_more_in_it) {
    const demo::Mail listed = mail_with("1.pdf", "%PDF one", {});
    have_taken_of({listed});
    const demo::Mail whole = with_more(listed, {{"2.pdf", "%PDF two"}});
    server_->replace_message(1, whole);
    rows_[0].size_octets = whole.raw.size();
    EXPECT_FALSE(remove_uids({1}, {.despite_gate = true}).error);
    EXPECT_TRUE(on_server().empty());
    EXPECT_EQ(copies().size(), 1U);
}

TEST_F(Removing, what_has_more_in_it_is_left_to_who_takes_it_meanwhile) {
    const demo::Mail listed = mail_with("1.pdf", "%PDF one", {});
    const demo::Mail whole = with_more(listed, {{"2.pdf", "%PDF two"}});
    have_taken_of({listed});
    server_->replace_message(1, whole);
    rows_[0].size_octets = whole.raw.size();
    // Somebody has taken the second since it was listed.
    store::MessageEntry taken = ledger_->messages(mailbox_).value().front();
    taken.files.push_back(taken.files.front());
    taken.files.back().part = "3";
    taken.files.back().file = target() + "/2.pdf";
    ASSERT_TRUE(ledger_->finished(mailbox_, {taken}));
    EXPECT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(why_kept(1), "gate_locked");
    const auto known = ledger_->messages(mailbox_).value();
    EXPECT_EQ(known.front().step, store::Step::stored);
    EXPECT_EQ(known.front().files.size(), 2U);
}

TEST_F(Removing, the_switches_say_what_more_there_is) {
    const demo::Mail listed = mail_with("1.pdf", "%PDF one", {});
    const std::string zip("PK\x03\x04zip", 7);
    for (const bool only_graphic : {true, false}) {
        SCOPED_TRACE(only_graphic);
        start_afresh();
        point_.general.only_graphic_attachments = only_graphic;
        have_taken_of({listed});
        const demo::Mail whole = with_more(listed, {{"a.pdf", zip}});
        server_->replace_message(1, whole);
        rows_[0].size_octets = whole.raw.size();
        EXPECT_FALSE(remove_uids({1}).error);
        EXPECT_EQ(on_server().empty(), only_graphic);
    }
}

TEST_F(Removing, a_mail_that_was_taken_whole_leaves_whatever_is_in_it) {
    // Every sample that gives a document, by what the server lists of it.
    for (const bool only_graphic : {true, false}) {
        SCOPED_TRACE(only_graphic);
        start_afresh();
        point_.general.only_graphic_attachments = only_graphic;
        have_taken_of(demo::sample_mails());
        Uids open;
        for (const MessageRow& row : rows_)
            if (gate_of(row, row.initial).lock == Gate::Lock::open)
                open.push_back(row.uid);
        EXPECT_GT(open.size(), 10U);
        EXPECT_FALSE(remove_uids(open).error);
        for (const auto& [uid, why] : kept_)
            ADD_FAILURE() << uid << ": " << name_of(why.cause) << " " << why.fact("lock") << " "
                          << why.fact("path");
        EXPECT_EQ(removed_.size(), open.size());
    }
}

TEST_F(Removing, a_file_that_was_read_back_before_it_had_its_name_may_be_taken_away) {
    have_taken(1);
    EXPECT_TRUE(delivered_.empty()) << "nobody else pays for it";
    start_afresh();
    point_.general.delete_after_document = true;
    have_taken(3);
    EXPECT_EQ(delivered_, (std::set<std::string>{target() + "/1.pdf", target() + "/2.pdf",
                                                 target() + "/3.pdf"}));
    std::filesystem::remove(target() + "/1.pdf");
    std::ofstream(target() + "/2.pdf") << "%PDF 2.pdX";
    EXPECT_FALSE(remove_uids({1, 2, 3}, {.delivered = delivered_}).error);
    EXPECT_EQ(on_server(), (Uids{2}));
    EXPECT_EQ(kept_[2].fact("lock"), "file_changed") << "that nobody has fetched";
    std::filesystem::remove(target() + "/2.pdf");
    EXPECT_FALSE(remove_uids({2}).error);
    EXPECT_EQ(kept_[2].fact("lock"), "file_missing") << "a later run has read nothing back";
}

TEST_F(Removing, a_file_that_was_there_already_was_not_delivered_by_this_run) {
    point_.general.delete_after_document = true;
    std::ofstream(target() + "/1.pdf") << "%PDF 1.pdf";
    have_taken(1);
    EXPECT_EQ(rows_[0].initial.status, Status::taken);
    EXPECT_TRUE(delivered_.empty());
}

TEST_F(Removing, after_a_damaged_ledger_nothing_leaves_without_a_word) {
    have_taken(1);
    ledger_sound_ = false;
    EXPECT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(kept_[1].fact("lock"), "ledger_damaged");
    EXPECT_EQ(on_server(), (Uids{1}));
}

TEST_F(Removing, another_message_under_the_uid_stays) {
    for (const auto& [before, why] : std::vector<std::pair<std::string, std::string>>{
             {"INTERNALDATE RFC822.SIZE", "message_changed"}, {"BODY.PEEK[]", "wrong_message"}}) {
        SCOPED_TRACE(before);
        start_afresh();
        have_taken(2);
        at_first(before, Manner::honest, [&] {
            for (const std::uint32_t uid : Uids{1, 2})
                server_->replace_message(uid, mail_with("1.pdf", "%PDF foreign, and longer", {}));
        });
        EXPECT_FALSE(remove_uids({1}).error);
        EXPECT_EQ(why_kept(1), why);
        EXPECT_EQ(on_server(), (Uids{1, 2}));
        EXPECT_TRUE(flags_of(1).empty()) << "not even marked";
        EXPECT_TRUE(entries().empty());
        EXPECT_TRUE(copies().empty());
    }
}

TEST_F(Removing, what_became_another_message_after_its_copy_was_made_stays) {
    have_taken(2);
    int looks = 0;
    treat([&](const std::string& command) {
        if (command.find("INTERNALDATE RFC822.SIZE") != std::string::npos && ++looks == 2)
            server_->replace_message(1, mail_with("1.pdf", "%PDF foreign", {}));
        return Manner::honest;
    });
    EXPECT_FALSE(remove_uids({1, 2}).error);
    EXPECT_EQ(removed_, (Uids{2}));
    EXPECT_EQ(why_kept(1), "message_changed");
    EXPECT_EQ(on_server(), (Uids{1}));
    EXPECT_TRUE(flags_of(1).empty());
    EXPECT_EQ(entries().size(), 1U);
    EXPECT_EQ(copies().size(), 1U) << "its copy is dropped";
    EXPECT_EQ(logged(), (Log{"removed", "removed:message_changed"}));
}

// Another client expunges on its way out, or the server does so by itself.
TEST_F(Removing, what_is_gone_after_our_mark_is_removed_whoever_expunged) {
    const auto asks_for_marked = [](const std::string& command) {
        return command.find("SEARCH") != std::string::npos &&
               command.find("DELETED") != std::string::npos;
    };
    const auto asks = [](const std::string& words) {
        return [words](const std::string& command) {
            return command.find(words) != std::string::npos;
        };
    };
    for (const bool uidplus : {true, false})
        for (const auto& [when, is_it] :
             std::vector<std::pair<std::string, std::function<bool(const std::string&)>>>{
                 {"before it is known that they are marked", asks_for_marked},
                 {"before they are looked at again", asks("SEARCH")},
                 {"while they are looked at again", asks("RFC822.SIZE ENVELOPE")},
                 {"before our EXPUNGE", asks("EXPUNGE")}}) {
            SCOPED_TRACE(when + (uidplus ? "" : ", no UIDPLUS"));
            start_afresh();
            demo::Options options;
            options.uidplus = uidplus;
            have_taken(3, options);
            bool marked = false, expunged = false;
            // Without UIDPLUS the first search after the mark is the one for what is marked.
            int searches = 0;
            treat([&, is_it = is_it, when = when](const std::string& command) {
                if (marked && !expunged && is_it(command) &&
                    (when != "before they are looked at again" || ++searches == 2)) {
                    expunged = true;
                    server_->remove_message(1);
                }
                marked = marked || command.find("+FLAGS.SILENT") != std::string::npos;
                return Manner::honest;
            });
            const RemoveOutcome outcome = remove_uids({1, 2});
            treat({});
            EXPECT_TRUE(expunged);
            EXPECT_TRUE(finish());
            EXPECT_FALSE(on_server().empty());
            EXPECT_NE(on_server().front(), 1U);
            EXPECT_EQ(why_kept(1), "");
            const auto all = entries();
            ASSERT_FALSE(all.empty());
            EXPECT_EQ(all.front().id.uid, 1U);
            EXPECT_EQ(all.front().stage, Stage::removed);
            EXPECT_EQ(std::ranges::count(copies(), all.front().copy), 1);
            EXPECT_EQ(restore_uids({1}).restored, (Uids{1}));
        }
}

TEST_F(Removing, what_goes_while_its_mark_is_taken_back_is_removed) {
    have_taken(3);
    // Stopped after the mark, and somebody else expunges.
    treat([&](const std::string& command) {
        if (command.find("+FLAGS.SILENT") != std::string::npos)
            stop_.request_stop();
        if (command.find("-FLAGS.SILENT") != std::string::npos)
            server_->remove_message(1);
        return Manner::honest;
    });
    const RemoveOutcome outcome = remove_uids({1, 2});
    treat({});
    stop_ = StopSource();
    EXPECT_EQ(outcome.left, (Uids{2}));
    EXPECT_EQ(removed_, (Uids{1}));
    EXPECT_EQ(on_server(), (Uids{2, 3}));
    EXPECT_TRUE(flags_of(2).empty());
    ASSERT_EQ(entries().size(), 1U);
    EXPECT_EQ(entries().front().stage, Stage::removed);
    EXPECT_EQ(copies(), (Log{entries().front().copy}));
    EXPECT_EQ(restore_uids({1}).restored, (Uids{1}));
}

TEST_F(Removing, the_same_message_id_is_not_the_same_message) {
    have_taken(1);
    demo::Mail twin = server_->inbox()[0].mail;
    twin.received += std::chrono::seconds(1);
    server_->add_message(twin);
    demo::Mail longer = server_->inbox()[0].mail;
    longer.raw += "more\r\n";
    server_->add_message(longer);
    EXPECT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(on_server(), (Uids{2, 3}));
}

TEST_F(Removing, what_somebody_else_removed_is_told_as_gone) {
    have_taken(3);
    server_->remove_message(1);
    int looks = 0;
    treat([&](const std::string& command) {
        if (command.find("INTERNALDATE RFC822.SIZE") != std::string::npos && ++looks == 2)
            server_->remove_message(2);
        return Manner::honest;
    });
    EXPECT_FALSE(remove_uids({1, 2, 3}).error);
    EXPECT_EQ(why_kept(1), "message_gone");
    EXPECT_EQ(why_kept(2), "message_gone");
    EXPECT_EQ(removed_, (Uids{3}));
    EXPECT_EQ(copies().size(), 1U);
    EXPECT_EQ(entries().size(), 1U);
}

TEST_F(Removing, a_copy_that_is_not_whole_lets_nothing_go) {
    // A head and half a body, under OK.
    have_taken(1);
    const std::string raw = server_->inbox()[0].mail.raw;
    treat([&, done = false](const std::string& command) mutable {
        if (!done && command.find("BODY.PEEK[]") != std::string::npos) {
            done = true;
            server_->replace_message(
                1, {raw.substr(0, raw.size() / 2), server_->inbox()[0].mail.received});
        }
        return Manner::honest;
    });
    EXPECT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(why_kept(1), "part_incomplete");
    EXPECT_EQ(on_server(), (Uids{1}));
    EXPECT_TRUE(copies().empty());
    EXPECT_TRUE(entries().empty());
}

TEST_F(Removing, an_ok_to_store_or_expunge_is_not_believed) {
    for (const std::string lie : {"UID STORE", "UID EXPUNGE"}) {
        SCOPED_TRACE(lie);
        start_afresh();
        have_taken(2);
        at_first(lie, Manner::only_say);
        EXPECT_FALSE(remove_uids({1, 2}).error);
        EXPECT_EQ(why_kept(1), "not_removed");
        EXPECT_EQ(why_kept(2), "not_removed");
        EXPECT_EQ(on_server(), (Uids{1, 2}));
        EXPECT_TRUE(flags_of(1).empty()) << "nobody else is to remove it later";
        EXPECT_TRUE(entries().empty());
        EXPECT_TRUE(copies().empty());
        EXPECT_EQ(logged(), (Log{"removed:not_removed", "removed:not_removed"}));
    }
}

TEST_F(Removing, a_foreign_mark_survives_where_the_server_can_name_what_goes) {
    have_taken(3);
    server_->mark_message(3, "\\Deleted");
    EXPECT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(on_server(), (Uids{2, 3}));
    EXPECT_TRUE(flags_of(3).contains("\\Deleted"));
}

TEST_F(Removing, without_uidplus_others_are_asked_about) {
    demo::Options plain;
    plain.uidplus = false;
    have_taken(3, plain);
    server_->mark_message(3, "\\Deleted");
    const RemoveOutcome asked = remove_uids({1, 2});
    EXPECT_FALSE(asked.error);
    EXPECT_EQ(asked.others_marked, 1U);
    EXPECT_EQ(asked.left, (Uids{2, 1}));
    EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
    EXPECT_TRUE(entries().empty());
    EXPECT_TRUE(copies().empty());

    const RemoveOutcome marked = remove_uids({1}, {.others = RemoveOrder::Others::only_mark});
    EXPECT_FALSE(marked.error);
    EXPECT_EQ(marked_, (Uids{1}));
    EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
    EXPECT_TRUE(flags_of(1).contains("\\Deleted"));
    ASSERT_EQ(entries().size(), 1U);
    EXPECT_EQ(entries().front().stage, Stage::marked);
    EXPECT_EQ(entries().front().copy, copies().front());
    EXPECT_EQ(logged(), (Log{"marked"}));
    // Whoever expunges takes it away for good.
    ASSERT_EQ(copies().size(), 1U);
    EXPECT_EQ(read_file(real_disk(), quarantine_->path_of(copies().front()), 1 << 20).value(),
              server_->inbox()[0].mail.raw);

    EXPECT_FALSE(remove_uids({1, 2}, {.others = RemoveOrder::Others::take_along}).error);
    EXPECT_TRUE(on_server().empty());
    EXPECT_EQ(removed_.size(), 2U);
}

TEST_F(Removing, what_the_server_takes_along_is_kept_told_and_logged) {
    demo::Options plain;
    plain.uidplus = false;
    have_taken(4, plain);
    server_->mark_message(3, "\\Deleted");
    server_->mark_message(3, "\\Seen");
    const std::string raw = server_->inbox()[2].mail.raw;
    // Another is marked while the first are copied.
    at_first("BODY.PEEK[]", Manner::honest, [&] { server_->mark_message(4, "\\Deleted"); });
    EXPECT_FALSE(remove_uids({1}, {.others = RemoveOrder::Others::take_along}).error);
    EXPECT_EQ(on_server(), (Uids{2}));
    EXPECT_EQ(removed_, (Uids{1}));
    std::ranges::sort(along_);
    EXPECT_EQ(along_, (Uids{3, 4}));
    EXPECT_TRUE(kept_.empty());
    const auto entries = this->entries();
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[1].id.uid, 3U);
    EXPECT_EQ(entries[1].stage, Stage::removed);
    EXPECT_EQ(entries[1].subject, "3.pdf");
    EXPECT_EQ(read_file(real_disk(), quarantine_->path_of(entries[1].copy), 1 << 20).value(), raw);
    const auto actions = ledger_->actions({}).value();
    const auto line = std::ranges::find_if(actions, [](const store::Action& action) {
        return action.what == store::Action::What::taken_along && action.uid == 3 &&
               action.result.empty();
    });
    ASSERT_NE(line, actions.end());
    EXPECT_EQ(line->subject, "3.pdf");
    EXPECT_EQ(line->detail, entries[1].id.message_id);
    EXPECT_EQ(line->who, "tester");

    EXPECT_EQ(restore_uids({3}).restored, (Uids{3}));
    ASSERT_EQ(on_server().size(), 2U);
    EXPECT_EQ(server_->inbox()[1].mail.raw, raw);
    EXPECT_EQ(flags_of(on_server()[1]), (std::set<std::string>{"\\Seen"}));
}

TEST_F(Removing, what_cannot_be_copied_is_not_taken_along) {
    demo::Options plain;
    plain.uidplus = false;
    have_taken(3, plain);
    server_->mark_message(3, "\\Deleted");
    // Another program is making its document.
    const auto other = store::Ledger::open(folder_ / "state.db").value();
    store::MessageEntry taking;
    taking.id = id_of(*std::ranges::find(rows_, 3U, &MessageRow::uid));
    taking.files = files_on_record(*std::ranges::find(rows_, 3U, &MessageRow::uid));
    ASSERT_TRUE(other->planned(mailbox_, {taking}).value().empty());
    const RemoveOutcome outcome = remove_uids({1}, {.others = RemoveOrder::Others::take_along});
    EXPECT_FALSE(outcome.error);
    EXPECT_EQ(outcome.others_marked, 1U);
    EXPECT_EQ(outcome.left, (Uids{1}));
    EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
    EXPECT_TRUE(flags_of(1).empty());
    EXPECT_EQ(flags_of(3), (std::set<std::string>{"\\Deleted"}));
    EXPECT_TRUE(entries().empty());
    EXPECT_TRUE(copies().empty());
}

TEST_F(Removing, a_mark_that_is_taken_back_meanwhile_is_no_wish_of_ours) {
    demo::Options plain;
    plain.uidplus = false;
    have_taken(3, plain);
    server_->mark_message(3, "\\Deleted");
    at_first("+FLAGS.SILENT (\\Deleted)", Manner::honest,
             [&] { server_->unmark_message(3, "\\Deleted"); });
    EXPECT_FALSE(remove_uids({1}, {.others = RemoveOrder::Others::take_along}).error);
    EXPECT_EQ(on_server(), (Uids{2, 3}));
    EXPECT_TRUE(flags_of(3).empty());
    EXPECT_EQ(removed_, (Uids{1}));
    EXPECT_TRUE(along_.empty());
    ASSERT_EQ(entries().size(), 1U);
    EXPECT_EQ(copies().size(), 1U);
}

TEST_F(Removing, who_marks_another_meanwhile_is_asked_about_as_well) {
    demo::Options plain;
    plain.uidplus = false;
    have_taken(3, plain);
    at_first("+FLAGS.SILENT (\\Deleted)", Manner::honest,
             [&] { server_->mark_message(3, "\\Deleted"); });
    const RemoveOutcome outcome = remove_uids({1});
    EXPECT_FALSE(outcome.error);
    EXPECT_EQ(outcome.others_marked, 1U);
    EXPECT_EQ(outcome.left, (Uids{1}));
    EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
    EXPECT_TRUE(flags_of(1).empty()) << "our mark is taken back";
    EXPECT_TRUE(flags_of(3).contains("\\Deleted"));
    EXPECT_TRUE(entries().empty());
    EXPECT_TRUE(copies().empty());
}

TEST_F(Removing, a_server_that_clamps_uids_touches_no_neighbour) {
    demo::Options clamping;
    clamping.uidplus = false;
    clamping.clamps_uids = true;
    have_taken(3, clamping);
    // It goes between the last look and the mark.
    treat([&](const std::string& command) {
        if (command.find("+FLAGS.SILENT") != std::string::npos)
            server_->remove_message(1);
        return Manner::honest;
    });
    const RemoveOutcome outcome = remove_uids({1});
    // It tells of the EXPUNGE, and its numbers don't last: whatever is done now is done blindly.
    ASSERT_TRUE(outcome.error);
    EXPECT_EQ(outcome.error->cause, Cause::uidvalidity_changed);
    EXPECT_EQ(on_server(), (Uids{2, 3}));
    treat({});
    EXPECT_TRUE(finish());
    EXPECT_EQ(on_server(), (Uids{2, 3}));
    EXPECT_EQ(entries().front().stage, Stage::removed);
}

TEST_F(Removing, what_becomes_another_message_before_the_mark_stays) {
    have_taken(3);
    const demo::Mail first = server_->inbox()[0].mail;
    // A server that is set up anew meanwhile has other numbers, and may not say so.
    at_first("+FLAGS.SILENT", Manner::honest, [&] {
        server_->replace_message(1, mail_with("z.pdf", "%PDF foreign", {}));
        server_->replace_message(3, first);
    });
    EXPECT_FALSE(remove_uids({1, 2}).error);
    EXPECT_EQ(removed_, (Uids{2}));
    EXPECT_EQ(why_kept(1), "message_changed");
    EXPECT_EQ(on_server(), (Uids{1, 3}));
    EXPECT_TRUE(flags_of(1).empty()) << "nobody else is to remove it later";
}

TEST_F(Removing, a_mark_goes_from_the_message_wherever_it_has_moved) {
    have_taken(3);
    const demo::Mail first = server_->inbox()[0].mail;
    // The mark comes on the message, and then the numbers change.
    int searches = 0;
    treat([&](const std::string& command) {
        const bool asks = command.find("SEARCH") != std::string::npos &&
                          command.find("DELETED") != std::string::npos;
        if (asks && ++searches == 2) {
            server_->replace_message(1, mail_with("z.pdf", "%PDF foreign", {}));
            server_->replace_message(3, first);
            server_->mark_message(3, "\\Deleted");
        }
        return Manner::honest;
    });
    EXPECT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(why_kept(1), "message_changed");
    EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
    EXPECT_TRUE(flags_of(1).empty());
    EXPECT_TRUE(flags_of(3).empty());
}

TEST_F(Removing, what_lies_under_another_number_after_the_expunge_is_told) {
    have_taken(3);
    const demo::Mail first = server_->inbox()[0].mail;
    at_first("EXPUNGE", Manner::honest, [&] {
        server_->replace_message(1, mail_with("z.pdf", "%PDF foreign", {}));
        server_->unmark_message(1, "\\Deleted");
        server_->replace_message(3, first);
        server_->mark_message(3, "\\Deleted");
    });
    const RemoveOutcome outcome = remove_uids({1});
    EXPECT_FALSE(outcome.error);
    EXPECT_TRUE(outcome.unknown.empty());
    EXPECT_EQ(why_kept(1), "uidvalidity_changed");
    EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
    EXPECT_TRUE(flags_of(3).empty());
    EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
    EXPECT_EQ(copies().size(), 1U) << "marks may be those of a twin";
}

TEST_F(Removing, what_a_search_does_not_show_as_marked_is_unmarked) {
    have_taken(2);
    treat([&](const std::string& command) {
        const bool asks = command.find("SEARCH") != std::string::npos &&
                          command.find("DELETED") != std::string::npos;
        return asks ? Manner::only_say : Manner::honest;
    });
    EXPECT_FALSE(remove_uids({1, 2}).error);
    EXPECT_EQ(why_kept(1), "not_removed");
    EXPECT_EQ(on_server(), (Uids{1, 2}));
    EXPECT_TRUE(flags_of(1).empty()) << "nobody else is to remove it later";
    EXPECT_TRUE(flags_of(2).empty());
    EXPECT_TRUE(entries().empty());
}

TEST_F(Removing, who_stops_it_finds_all_as_before_or_removed) {
    for (const bool uidplus : {true, false})
        for (const std::string at : {"+FLAGS.SILENT", "DELETED", "EXPUNGE", "ENVELOPE", "BODY"}) {
            SCOPED_TRACE(at + (uidplus ? "" : ", no UIDPLUS"));
            start_afresh();
            demo::Options options;
            options.uidplus = uidplus;
            stop_ = StopSource();
            have_taken(3, options);
            int seen = 0;
            // Those that are asked for repeatedly: after the mark.
            const int which = at == "ENVELOPE" || (at == "DELETED" && !uidplus) ? 3
                              : at == "DELETED"                                 ? 2
                                                                                : 1;
            treat([&](const std::string& command) {
                if (command.find(at) != std::string::npos && ++seen == which)
                    stop_.request_stop();
                return Manner::honest;
            });
            const RemoveOutcome outcome = remove_uids({1, 2});
            treat({});
            EXPECT_TRUE(outcome.unknown.empty());
            EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
            EXPECT_TRUE(kept_.empty()) << "it says nothing of the message";
            if (at == "EXPUNGE") {
                EXPECT_EQ(on_server(), (Uids{3}));
                EXPECT_EQ(removed_.size(), 2U);
                EXPECT_EQ(copies().size(), 2U);
                continue;
            }
            ASSERT_TRUE(outcome.error);
            EXPECT_EQ(outcome.error->cause, Cause::cancelled);
            EXPECT_EQ(outcome.left.size(), 2U);
            EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
            EXPECT_TRUE(flags_of(1).empty());
            EXPECT_TRUE(flags_of(2).empty());
            EXPECT_TRUE(entries().empty());
            EXPECT_TRUE(copies().empty());
            stop_ = StopSource();
            EXPECT_FALSE(remove_uids({1, 2}).error) << "asked again, they go";
            EXPECT_EQ(on_server(), (Uids{3}));
        }
}

TEST_F(Removing, a_folder_that_nobody_may_write_is_said) {
    demo::Options read_only;
    read_only.read_only = true;
    have_taken(1, read_only);
    const auto selected = sign_in()->select("INBOX", wait());
    ASSERT_FALSE(selected);
    EXPECT_EQ(selected.error().cause, Cause::folder_read_only);
}

TEST_F(Removing, a_folder_made_anew_is_not_touched) {
    have_taken(2);
    demo::Options anew;
    anew.uid_validity = 7;
    serve({mail_with("x.pdf", "%PDF x", {}), mail_with("y.pdf", "%PDF y", {})}, anew);
    const RemoveOutcome outcome = remove_uids({1, 2});
    EXPECT_EQ(outcome.error.value().cause, Cause::uidvalidity_changed);
    EXPECT_EQ(outcome.left, (Uids{2, 1}));
    EXPECT_EQ(on_server(), (Uids{1, 2}));
    EXPECT_TRUE(copies().empty());
}

TEST_F(Removing, a_document_under_way_bars_the_removal) {
    have_taken(2);
    server_->add_message(mail_with("3.pdf", "%PDF 3", {}));
    list_again();
    store::MessageEntry plan;
    plan.id.uid = 3;
    ASSERT_TRUE(ledger_->planned(mailbox_, {plan}).value().empty());
    EXPECT_FALSE(remove_uids({2, 3}, {.despite_gate = true}).error);
    EXPECT_EQ(why_kept(3), "busy_elsewhere");
    EXPECT_EQ(removed_, (Uids{2}));
    EXPECT_EQ(on_server(), (Uids{1, 3}));
    EXPECT_TRUE(flags_of(3).empty());
    EXPECT_EQ(copies().size(), 1U);
}

TEST_F(Removing, a_disk_that_fails_at_any_call_lets_nothing_go_without_its_copy) {
    have_taken(2);
    fakes::LossyDisk rehearsal;
    const auto with_disk = [&](fakes::LossyDisk& disk) {
        quarantine_.emplace(Quarantine::open(disk, "/quarantine").value());
        return remove_uids({1, 2}, {.despite_gate = true}, disk);
    };
    EXPECT_FALSE(with_disk(rehearsal).error);
    EXPECT_EQ(removed_.size(), 2U);
    const unsigned calls = rehearsal.calls();
    for (unsigned call = 2; call <= calls; ++call) {
        SCOPED_TRACE(rehearsal.log()[call - 1]);
        start_afresh();
        have_taken(2);
        fakes::LossyDisk disk;
        disk.fail_call(call, Cause::disk_error);
        static_cast<void>(with_disk(disk));
        disk.lose_power(fakes::LossyDisk::Kept::nothing_unsynced);
        const Uids there = on_server();
        for (const std::uint32_t uid : Uids{1, 2}) {
            if (std::ranges::find(there, uid) != there.end())
                continue;
            const auto all = entries();
            const auto entry = std::ranges::find(all, uid, [](const auto& e) { return e.id.uid; });
            ASSERT_NE(entry, all.end());
            EXPECT_EQ(sha256_hex(disk.content("/quarantine/" + entry->copy).value_or("")),
                      entry->copy_sha256);
        }
        EXPECT_FALSE(any_unfinished_removal(*ledger_, mailbox_).value());
    }
}

}  // namespace mail::work
