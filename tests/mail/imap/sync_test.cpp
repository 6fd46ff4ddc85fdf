#include "mail/imap/sync.h"

#include <gtest/gtest.h>

#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using fakes::any_line;
using fakes::client;
using fakes::server;
using tests::Play;
using tests::play_signed_in;
using tests::Script;
using Uids = std::vector<Uid>;

constexpr const char* everything = "UIDPLUS CONDSTORE QRESYNC ESEARCH ENABLE";
const std::string items = " (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)";

/// Four messages: 1, 2, 3 and 9.
SyncRequest request() {
    return {"INBOX", SyncRequest::Access::to_read, {7, 10, 80, UidSet(Uids{1, 2, 3, 9})}};
}

std::string opened(int exists, int uid_next, int mod_sequence = 90) {
    return "* " + std::to_string(exists) + " EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT " +
           std::to_string(uid_next) +
           "] x\r\n* OK [PERMANENTFLAGS (\\*)] x\r\n* OK [HIGHESTMODSEQ " +
           std::to_string(mod_sequence) + "] x\r\n";
}

std::string listed(int uid) {
    return "* 4 FETCH (UID " + std::to_string(uid) +
           " FLAGS () INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 100 ENVELOPE (NIL "
           "\"s\" NIL NIL NIL NIL NIL NIL NIL \"<a>\") BODYSTRUCTURE (\"text\" \"plain\" NIL NIL "
           "NIL "
           "\"7bit\" 5 1))\r\n";
}

/// What is asked in one go where the server knows QRESYNC.
Script asked_at_once(const std::string& answer) {
    return {client("A1 ENABLE QRESYNC"), client("A2 EXAMINE \"INBOX\" (QRESYNC (7 80 1:3,9))"),
            client("A3 UID FETCH 10:209" + items),
            server("* ENABLED QRESYNC\r\nA1 OK\r\n" + answer)};
}

Script joined(Script one, const Script& other) {
    one.insert(one.end(), other.begin(), other.end());
    return one;
}

Result<Synced> sync(const Play& play, const SyncRequest& wanted = request()) {
    return play.session().sync(wanted, tests::soon());
}

TEST(Sync, is_one_wait_with_qresync) {
    for (const std::size_t octets : {std::size_t{1}, std::size_t{1} << 20}) {
        tests::Habits habits;
        habits.read_octets = octets;
        const Play play = play_signed_in(
            everything,
            asked_at_once(
                opened(4, 11) +
                "* VANISHED (EARLIER) 2,4:8\r\n"
                "* FLAGS (\\Seen \\Deleted $MailpointTaken-0000002a)\r\n"
                "* 2 FETCH (UID 3 FLAGS (\\Seen $mailpointtaken-0000002A) MODSEQ (85))\r\n"
                "* 1 FETCH (UID 1 FLAGS (\\Seen \\deleted) MODSEQ (86))\r\nA2 OK [READ-ONLY] "
                "x\r\n" +
                listed(10) + "A3 OK"),
            habits);
        const Synced synced = sync(play).value();
        EXPECT_EQ(play.played->complaint, "");
        EXPECT_EQ(play.played->steps_left, 0U);
        EXPECT_FALSE(synced.is_anew);
        EXPECT_EQ(synced.vanished.text(), "2");
        EXPECT_EQ(synced.added, (Uids{10}));
        ASSERT_EQ(synced.arrived.size(), 1U);
        EXPECT_EQ(synced.arrived[0].uid, 10U);
        EXPECT_EQ(synced.arrived[0].envelope.raw_subject, "s");
        ASSERT_EQ(synced.flagged.size(), 2U);
        EXPECT_EQ(synced.flagged[0].uid, 1U);
        EXPECT_TRUE(synced.flagged[0].claimants.empty());
        EXPECT_TRUE(synced.flagged[0].is_deleted);
        EXPECT_EQ(synced.flagged[1].claimants, std::vector<Claimant>{42});
        EXPECT_FALSE(synced.flagged[1].is_deleted);
        EXPECT_EQ(synced.mailbox.claimants, (std::vector<Claimant>{42}));
        EXPECT_TRUE(synced.flags_are_known);
        EXPECT_EQ(synced.mailbox.highest_mod_sequence, 90U);
        EXPECT_EQ(synced.mailbox.uid_next, 11U);
        EXPECT_EQ(synced.mailbox.folder, "INBOX");
        EXPECT_FALSE(play.session().selected());
    }
}

TEST(Sync, nothing_new_is_nothing) {
    const Play play =
        play_signed_in(everything, asked_at_once(opened(4, 10, 80) + "A2 OK\r\nA3 OK"));
    const Synced synced = sync(play).value();
    EXPECT_TRUE(synced.vanished.empty());
    EXPECT_TRUE(synced.added.empty());
    EXPECT_TRUE(synced.flagged.empty());
    EXPECT_TRUE(synced.flags_are_known);
}

TEST(Sync, a_new_one_that_did_not_come_whole_is_to_be_asked_for) {
    const Play play = play_signed_in(
        everything, asked_at_once(opened(6, 12) + "A2 OK\r\n* 5 FETCH (UID 10 FLAGS ())\r\n" +
                                  "* 6 FETCH (UID 11 FLAGS () ENVELOPE broken)\r\nA3 OK"));
    const Synced synced = sync(play).value();
    EXPECT_EQ(synced.added, (Uids{10, 11}));
    EXPECT_TRUE(synced.arrived.empty());
}

TEST(Sync, all_may_have_vanished_in_a_few_octets) {
    for (const std::string said : {"1:4294967295", "4294967295:1", "1:3,9", "1,2,3,9,3,2,1"}) {
        const Play play =
            play_signed_in(everything, asked_at_once(opened(0, 10) + "* VANISHED (EARLIER) " +
                                                     said + "\r\nA2 OK\r\nA3 OK"));
        EXPECT_EQ(sync(play).value().vanished.text(), "1:3,9") << said;
    }
}

TEST(Sync, a_server_that_never_ends_to_say_what_vanished_is_left) {
    std::string said;
    for (int i = 0; i < 2000; ++i)
        said += "* VANISHED (EARLIER) 2\r\n";
    const Play play = play_signed_in(everything, asked_at_once(said));
    EXPECT_EQ(sync(play).error().cause, Cause::reply_too_long);
}

/// What leads to all UIDs being compared, and the list being kept.
TEST(Sync, what_does_not_add_up_is_compared) {
    const std::string gone = "* VANISHED (EARLIER) 2\r\n";
    for (const std::string& answer :
         {opened(4, 11) + "A2 OK\r\nA3 OK",                              // 10 was not told
          opened(4, 11) + gone + "A2 OK\r\nA3 OK",                       // likewise
          opened(4, 11) + "A2 OK\r\n" + listed(10) + "A3 OK",            // 2 was not told
          opened(4, 11) + gone + listed(10) + "A2 OK\r\nA3 OK",          // before it is open
          opened(4, 211) + gone + "A2 OK\r\n" + listed(10) + "A3 OK",    // there may be more
          opened(4, 11) + gone + "A2 OK\r\nA3 NO not now",               //
          opened(4, 11) + gone + "A2 OK\r\nA3 BAD what",                 //
          opened(4, 11) + "* VANISHED (EARLIER) 1:*\r\nA2 OK\r\nA3 OK",  // no set
          opened(4, 11) + "* VANISHED (LATER) 2\r\nA2 OK\r\nA3 OK",      //
          opened(4, 11) + "* VANISHED (EARLIER)\r\nA2 OK\r\nA3 OK",      //
          std::string("A2 BAD what is QRESYNC\r\nA3 BAD no folder"),     //
          std::string("A2 NO not now\r\n" + listed(10) + "A3 OK"),       //
          "A3 OK\r\n" + opened(4, 11) + gone + listed(10) + "A2 OK"}) {
        const Play play = play_signed_in(
            everything,
            joined(asked_at_once(answer),
                   {client("A4 EXAMINE \"INBOX\" (CONDSTORE)"),
                    client("A5 UID SEARCH RETURN (ALL) ALL"),
                    server(opened(4, 11) +
                           "A4 OK\r\n* ESEARCH (TAG \"A5\") UID ALL 1,3,9:10\r\nA5 OK"),
                    client("A6 UID FETCH 1:3,9 (UID FLAGS) (CHANGEDSINCE 80)"),
                    server("* 2 FETCH (UID 3 FLAGS ($MailpointTaken) MODSEQ (85))\r\nA6 OK")}));
        const auto synced = sync(play);
        ASSERT_TRUE(synced) << answer << name_of(synced.error().cause);
        EXPECT_EQ(play.played->complaint, "") << answer;
        EXPECT_FALSE(synced->is_anew);
        EXPECT_EQ(synced->vanished.text(), "2");
        EXPECT_EQ(synced->added, (Uids{10}));
        EXPECT_TRUE(synced->arrived.empty());
        ASSERT_EQ(synced->flagged.size(), 1U);
        EXPECT_EQ(synced->flagged[0].claimants, std::vector<Claimant>{0});
    }
}

/// What leads to all that is remembered being forgotten.
TEST(Sync, another_state_is_listed_anew) {
    std::string other = opened(4, 11);
    other.replace(other.find("UIDVALIDITY 7"), 13, "UIDVALIDITY 8");
    for (const std::string& said : {other, opened(4, 11, 79),  // older than what is remembered
                                    opened(4, 11) + "* NO [UIDNOTSTICKY] x\r\n"}) {
        const Play play = play_signed_in(
            everything,
            joined(asked_at_once(said + "A2 OK\r\n" + listed(10) + "A3 OK"),
                   {any_line(), any_line(),
                    server(said + "A4 OK\r\n* ESEARCH (TAG \"A5\") UID ALL 2:5\r\nA5 OK")}));
        const Synced synced = sync(play).value();
        EXPECT_TRUE(synced.is_anew) << said;
        EXPECT_EQ(synced.added, (Uids{2, 3, 4, 5}));
        EXPECT_TRUE(synced.vanished.empty());
        EXPECT_TRUE(synced.flags_are_known);
    }
}

TEST(Sync, nothing_remembered_is_a_list_of_all) {
    const Play play = play_signed_in(
        everything,
        {client("A1 EXAMINE \"INBOX\" (CONDSTORE)"), client("A2 UID SEARCH RETURN (ALL) ALL"),
         server(opened(2, 11) + "A1 OK\r\n* ESEARCH (TAG \"A2\") UID ALL 4,7\r\nA2 OK")});
    const Synced synced = sync(play, {"INBOX", SyncRequest::Access::to_read, {}}).value();
    EXPECT_TRUE(synced.is_anew);
    EXPECT_EQ(synced.added, (Uids{4, 7}));
    EXPECT_EQ(synced.mailbox.highest_mod_sequence, 90U);
}

TEST(Sync, enables_once_and_only_before_a_folder_was_open) {
    const Play play =
        play_signed_in(everything, joined(asked_at_once(opened(4, 10) + "A2 OK\r\nA3 OK"),
                                          {client("A4 EXAMINE \"INBOX\" (QRESYNC (7 80 1:3,9))"),
                                           client("A5 UID FETCH 10:209" + items),
                                           server(opened(4, 10) + "A4 OK\r\nA5 OK")}));
    EXPECT_TRUE(sync(play));
    EXPECT_TRUE(sync(play));
    EXPECT_EQ(play.played->complaint, "");
    const Play late = play_signed_in(
        everything, {any_line(), server("A1 OK"), client("A2 EXAMINE \"INBOX\" (CONDSTORE)"),
                     client("A3 UID FETCH 1:3,9 (UID FLAGS) (CHANGEDSINCE 80)"),
                     client("A4 UID FETCH 10:209" + items),
                     server(opened(5, 11) +
                            "A2 OK\r\n* 2 FETCH (UID 9 FLAGS () MODSEQ (81))\r\n"
                            "A3 OK\r\n" +
                            listed(10) + "A4 OK")});
    ASSERT_TRUE(late.session().examine("Other", tests::soon()));
    const Synced synced = sync(late).value();
    EXPECT_EQ(late.played->complaint, "");
    EXPECT_EQ(synced.added, (Uids{10}));
    EXPECT_EQ(synced.flagged.size(), 1U);
    EXPECT_TRUE(synced.flags_are_known);
}

TEST(Sync, a_server_that_says_nothing_of_enabling_is_asked_for_flags) {
    const Play play =
        play_signed_in(everything, {any_line(), any_line(), any_line(),
                                    server("A1 OK\r\n" + opened(4, 10) + "A2 OK\r\nA3 OK"),
                                    client("A4 UID FETCH 1:3,9 (UID FLAGS) (CHANGEDSINCE 80)"),
                                    server("* 2 FETCH (UID 9 FLAGS () MODSEQ (81))\r\nA4 OK")});
    EXPECT_EQ(sync(play).value().flagged.size(), 1U);
    EXPECT_EQ(play.played->complaint, "");
}

SyncRequest without_mod_sequence() {
    SyncRequest wanted = request();
    wanted.remembered.highest_mod_sequence = 0;
    return wanted;
}

/// Opened, the flags of all, new ones: sent in one go.
Script all_flags_at_once(const std::string& answer) {
    return {client("A1 EXAMINE \"INBOX\""), client("A2 UID FETCH 1:3,9 (UID FLAGS)"),
            client("A3 UID FETCH 10:209" + items), server(answer)};
}

std::string flags_of(const Uids& uids) {
    std::string said;
    for (const Uid uid : uids)
        said += "* 1 FETCH (UID " + std::to_string(uid) +
                (uid == 3 ? " FLAGS ($MailpointTaken-0000002a \\Deleted))\r\n"
                          : " FLAGS (\\Seen))\r\n");
    return said;
}

const std::string opened_without = "* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 11] x\r\nA1 OK\r\n";

TEST(Sync, without_condstore_the_flags_of_all_tell_what_is_gone_as_well) {
    const Play play = play_signed_in(
        "UIDPLUS", all_flags_at_once("* 4 EXISTS\r\n" + opened_without + flags_of({1, 3, 9}) +
                                     "A2 OK\r\n" + listed(10) + "A3 OK"));
    const Synced synced = sync(play, without_mod_sequence()).value();
    EXPECT_EQ(play.played->complaint, "");
    EXPECT_EQ(play.played->steps_left, 0U);
    EXPECT_FALSE(synced.is_anew);
    EXPECT_EQ(synced.vanished.text(), "2");
    EXPECT_EQ(synced.added, (Uids{10}));
    EXPECT_EQ(synced.arrived.size(), 1U);
    EXPECT_TRUE(synced.flags_are_known);
    EXPECT_TRUE(synced.tells_all_flags);
    ASSERT_EQ(synced.flagged.size(), 3U);
    EXPECT_EQ(synced.flagged[0].uid, 1U);
    EXPECT_TRUE(synced.flagged[0].claimants.empty());
    EXPECT_EQ(synced.flagged[1].claimants, std::vector<Claimant>{42});
    EXPECT_TRUE(synced.flagged[1].is_deleted);
    EXPECT_EQ(synced.mailbox.highest_mod_sequence, 0U);
}

TEST(Sync, flags_that_do_not_add_up_are_no_proof_that_anything_is_gone) {
    for (const std::string& answer :
         {flags_of({1, 3, 9}) + "A2 OK\r\n" + listed(10) + "A3 OK",  // 2 is there
          flags_of({1, 2, 3}) + "* 1 FETCH (UID none FLAGS ())\r\nA2 OK\r\n" + listed(10) + "A3 OK",
          flags_of({1, 2, 3}) + "A2 NO some are gone\r\n" + listed(10) + "A3 OK"}) {
        const Play play = play_signed_in(
            "UIDPLUS",
            joined(all_flags_at_once("* 5 EXISTS\r\n" + opened_without + answer),
                   {client("A4 EXAMINE \"INBOX\""), client("A5 UID SEARCH ALL"),
                    server("* 5 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nA4 OK\r\n* SEARCH 1 2 3 9 "
                           "10\r\nA5 OK"),
                    client("A6 UID FETCH 1:3,9 (UID FLAGS)"),
                    server(flags_of({1, 3}) + "* 1 FETCH (UID none FLAGS ())\r\nA6 NO not all")}));
        const auto synced = sync(play, without_mod_sequence());
        ASSERT_TRUE(synced) << answer << name_of(synced.error().cause);
        EXPECT_EQ(play.played->complaint, "") << answer;
        EXPECT_TRUE(synced->vanished.empty());
        EXPECT_EQ(synced->added, (Uids{10}));
        EXPECT_TRUE(synced->flags_are_known);
        EXPECT_TRUE(synced->tells_all_flags);
        EXPECT_EQ(synced->flagged.size(), 2U) << "of 2 and 9 nobody knows them";
    }
}

TEST(Sync, a_folder_without_mod_sequences_is_asked_for_all_flags) {
    const std::string said = "* 4 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [NOMODSEQ] x\r\n";
    const Play play =
        play_signed_in(everything, joined(asked_at_once(said + "A2 OK\r\nA3 OK"),
                                          {client("A4 UID FETCH 1:3,9 (UID FLAGS)"),
                                           server(flags_of({1, 2, 3, 9}) + "A4 OK")}));
    const Synced synced = sync(play).value();
    EXPECT_EQ(play.played->complaint, "");
    EXPECT_TRUE(synced.flags_are_known);
    EXPECT_TRUE(synced.tells_all_flags);
    EXPECT_EQ(synced.flagged.size(), 4U);
    EXPECT_EQ(synced.mailbox.highest_mod_sequence, 0U);
}

TEST(Sync, a_server_that_cannot_say_whose_flags_changed_is_not_believed) {
    const Play play =
        play_signed_in("UIDPLUS CONDSTORE",
                       {any_line(), any_line(), any_line(),
                        server(opened(4, 10) + "A1 OK\r\nA2 BAD what\r\nA3 OK"), any_line(),
                        any_line(), server(opened(4, 10) + "A4 OK\r\n* SEARCH 1 2 3 9\r\nA5 OK"),
                        any_line(), server("A6 BAD what")});
    const Synced synced = sync(play).value();
    EXPECT_FALSE(synced.is_anew);
    EXPECT_FALSE(synced.flags_are_known);
    EXPECT_EQ(synced.mailbox.highest_mod_sequence, 0U);
    // From then on it tells them all, and the list goes on.
    const Play later = play_signed_in(
        "UIDPLUS CONDSTORE",
        {client("A1 EXAMINE \"INBOX\" (CONDSTORE)"), client("A2 UID FETCH 1:3,9 (UID FLAGS)"),
         any_line(),
         server(opened(4, 10) + "A1 OK\r\n" + flags_of({1, 2, 3, 9}) + "A2 OK\r\nA3 OK")});
    const Synced again = sync(later, without_mod_sequence()).value();
    EXPECT_EQ(later.played->complaint, "");
    EXPECT_FALSE(again.is_anew);
    EXPECT_EQ(again.flagged.size(), 4U);
    EXPECT_EQ(again.mailbox.highest_mod_sequence, 90U);
}

TEST(Sync, where_numbers_do_not_last_nothing_is_remembered) {
    const Play play =
        play_signed_in("CONDSTORE", {any_line(), client("A2 UID SEARCH ALL"),
                                     server(opened(2, 10) + "A1 OK\r\n* SEARCH 1 2\r\nA2 OK")});
    const Synced synced = sync(play).value();
    EXPECT_TRUE(synced.is_anew);
    EXPECT_EQ(synced.added, (Uids{1, 2}));
}

TEST(Sync, to_claim_selects_and_watches_the_uids) {
    SyncRequest wanted = request();
    wanted.access = SyncRequest::Access::to_claim;
    const Script asked{any_line(), client("A2 SELECT \"INBOX\" (QRESYNC (7 80 1:3,9))"),
                       any_line()};
    const Play play = play_signed_in(
        everything, joined(asked, {server("* ENABLED QRESYNC\r\nA1 OK\r\n" + opened(4, 10) +
                                          "A2 OK [READ-WRITE] x\r\nA3 OK")}));
    EXPECT_TRUE(sync(play, wanted).value().mailbox.can_claim);
    ASSERT_TRUE(play.session().selected());
    EXPECT_EQ(play.session().selected()->uid_validity, 7U);
    const Play shut = play_signed_in(
        everything, joined(asked, {server("* ENABLED QRESYNC\r\nA1 OK\r\n" + opened(4, 10) +
                                          "A2 OK [READ-ONLY] x\r\nA3 OK")}));
    EXPECT_FALSE(sync(shut, wanted).value().mailbox.can_claim);
    EXPECT_FALSE(shut.session().selected());
}

TEST(Sync, a_long_set_is_not_sent) {
    SyncRequest wanted = request();
    Uids scattered;
    for (Uid uid = 1; uid < 1000; uid += 2)
        scattered.push_back(uid);
    wanted.remembered.uids = UidSet(scattered);
    wanted.remembered.uid_next = 0;  // not said, then
    const Play play = play_signed_in(
        everything, {any_line(), client("A2 EXAMINE \"INBOX\" (QRESYNC (7 80 1:999))"),
                     client("A3 UID FETCH 1000:1199" + items),
                     server("* ENABLED QRESYNC\r\nA1 OK\r\n" + opened(499, 1000) +
                            "* VANISHED (EARLIER) 2:3\r\nA2 OK\r\nA3 OK")});
    EXPECT_EQ(sync(play, wanted).value().vanished.text(), "3");
    EXPECT_EQ(play.played->complaint, "");
}

TEST(Sync, the_last_uid_there_can_be_does_no_harm) {
    SyncRequest wanted = request();
    wanted.remembered.uids = UidSet(Uids{4'294'967'295U});
    wanted.remembered.uid_next = 0;
    const Play play =
        play_signed_in(everything, {any_line(), any_line(), any_line(),
                                    server("A1 OK\r\nA2 NO x\r\nA3 BAD x"), any_line(), any_line(),
                                    server(opened(1, 10) + "A4 OK\r\n* ESEARCH (TAG "
                                                           "\"A5\") UID ALL 4294967295\r\nA5 OK"),
                                    any_line(), server("A6 OK")});
    const auto synced = sync(play, wanted);
    ASSERT_TRUE(synced);
    EXPECT_TRUE(synced->added.empty());
}

TEST(Sync, a_missing_folder_is_explained) {
    const Play play = play_signed_in(
        everything, {any_line(), any_line(), any_line(),
                     server("A1 OK\r\nA2 NO no such folder\r\nA3 BAD no folder"), any_line(),
                     any_line(), server("A4 NO no such folder\r\nA5 BAD no folder"),
                     client("A6 LIST \"\" \"*\""), server("A6 OK")});
    SyncRequest wanted = request();
    wanted.folder = "Faktury";
    EXPECT_EQ(sync(play, wanted).error().cause, Cause::folder_missing);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(Sync, after_it_messages_that_vanish_are_counted_as_expunged) {
    const Play play =
        play_signed_in(everything, joined(asked_at_once(opened(4, 10) + "A2 OK\r\nA3 OK"),
                                          {client("A4 UID SEARCH RETURN (ALL) UID 1 ALL"),
                                           server("* VANISHED 2:3\r\n* 2 EXISTS\r\nA4 OK")}));
    ASSERT_TRUE(sync(play));
    const std::uint64_t before = play.session().changes_seen();
    EXPECT_TRUE(uids_matching(play.session(), {1}, "ALL", tests::soon()));
    EXPECT_GT(play.session().changes_seen(), before);
}

}  // namespace
}  // namespace mail::imap
