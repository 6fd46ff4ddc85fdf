#include "mail/imap/claim.h"

#include <gtest/gtest.h>

#include "mail/imap/fetch.h"
#include "tests/mail/imap/part_record.h"
#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using fakes::any_line;
using fakes::client;
using fakes::server;
using tests::PartRecord;
using tests::Play;
using tests::play_signed_in;
using tests::Script;
using Uids = std::vector<Uid>;

constexpr const char* opened =
    "* 9 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [PERMANENTFLAGS (\\Deleted \\*)] x\r\n"
    "* OK [HIGHESTMODSEQ 123456789012] x\r\nA1 OK [READ-WRITE] x";

/// A folder opened for claims; the next tag is A2.
Play play_opened(const std::string& capabilities, const Script& rest) {
    const bool condstore = capabilities.find("CONDSTORE") != std::string::npos;
    Script script{client(condstore ? "A1 SELECT \"INBOX\" (CONDSTORE)" : "A1 SELECT \"INBOX\""),
                  server(opened)};
    script.insert(script.end(), rest.begin(), rest.end());
    Play play = play_signed_in(capabilities, script);
    EXPECT_TRUE(play.session().open_to_claim("INBOX", tests::soon()));
    return play;
}

struct Claiming {
    Uids contested;
    bool refused = false;
    [[nodiscard]] Claim claim(Uids uids, Uids owned = {}, std::uint64_t since = 40) {
        return {std::move(uids), std::move(owned), since,
                [this](const Uids& some) {
                    contested.insert(contested.end(), some.begin(), some.end());
                },
                [this] { refused = true; }};
    }
};

TEST(OpenToClaim, learns_what_may_be_claimed_and_since_when) {
    const Play play = play_opened("UIDPLUS CONDSTORE", {});
    ASSERT_TRUE(play.session().selected());
    EXPECT_TRUE(play.session().selected()->can_claim);
    EXPECT_EQ(play.session().selected()->highest_mod_sequence, 123456789012U);
}

TEST(OpenToClaim, the_keyword_alone_is_enough_in_any_letters) {
    const Play play = play_signed_in(
        "UIDPLUS", {any_line(), server("* OK [PERMANENTFLAGS (\\Seen $mailpointtaken)] x\r\nA1 OK "
                                       "[READ-WRITE] x")});
    EXPECT_TRUE(play.session().open_to_claim("INBOX", tests::soon())->can_claim);
}

TEST(OpenToClaim, a_folder_that_nobody_may_write_is_opened_without) {
    const Play play = play_signed_in(
        "UIDPLUS", {client("A1 SELECT \"INBOX\""),
                    server("* OK [PERMANENTFLAGS (\\*)] x\r\nA1 OK [READ-ONLY] x"),
                    client("A2 SELECT \"INBOX\""), client("A3 UID SEARCH ALL"),
                    server("* 1 EXISTS\r\n* OK [PERMANENTFLAGS ()] x\r\nA2 OK [READ-ONLY] x\r\n"
                           "* SEARCH 5\r\nA3 OK x")});
    EXPECT_FALSE(play.session().open_to_claim("INBOX", tests::soon())->can_claim);
    EXPECT_FALSE(play.session().selected());
    EXPECT_EQ(play.session().open_to_claim_with_uids("INBOX", tests::soon())->uids, (Uids{5}));
    EXPECT_FALSE(play.session().selected());
    EXPECT_EQ(play.played->complaint, "");
}

TEST(OpenToClaim, a_server_that_does_not_know_what_it_says_is_asked_without) {
    const Play play = play_signed_in(
        "UIDPLUS CONDSTORE", {client("A1 SELECT \"INBOX\" (CONDSTORE)"), server("A1 BAD what?"),
                              client("A2 SELECT \"INBOX\""),
                              server("* OK [PERMANENTFLAGS (\\*)] x\r\nA2 OK [READ-WRITE] x")});
    EXPECT_TRUE(play.session().open_to_claim("INBOX", tests::soon())->can_claim);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(OpenToClaim, where_numbers_move_nothing_is_opened_for_writing) {
    const Play play =
        play_signed_in("", {client("A1 EXAMINE \"INBOX\""),
                            server("* OK [PERMANENTFLAGS (\\*)] x\r\nA1 OK [READ-ONLY] x")});
    EXPECT_FALSE(play.session().open_to_claim("INBOX", tests::soon())->can_claim);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(FetchPartsClaiming, the_mark_goes_before_the_parts_without_a_wait) {
    const Play play = play_opened(
        "UIDPLUS CONDSTORE",
        {client("A2 UID STORE 4 +FLAGS.SILENT ($MailpointTaken)"),
         client("A3 UID STORE 7:8 (UNCHANGEDSINCE 40) +FLAGS.SILENT ($MailpointTaken)"),
         client("A4 UID FETCH 7 (UID BODY.PEEK[1])"), client("A5 UID FETCH 8 (UID BODY.PEEK[1])"),
         server("A2 OK x\r\n* 7 FETCH (UID 7 MODSEQ (41))\r\nA3 OK [MODIFIED 8] x\r\n"
                "* 7 FETCH (UID 7 BODY[1] {3}\r\nabc)\r\nA4 OK x\r\nA5 OK x")});
    Claiming claiming;
    PartRecord record;
    ASSERT_TRUE(fetch_parts(play.session(), claiming.claim({7, 8}, {4}),
                            {{7, "1", "7bit"}, {8, "1", "7bit"}}, record, tests::soon()));
    EXPECT_EQ(claiming.contested, (Uids{8}));
    EXPECT_FALSE(claiming.refused);
    EXPECT_EQ(record.shown(), "0:decoded:abc:whole 1:message_gone")
        << "what the claim told of it does not make its part missing";
    EXPECT_EQ(play.played->complaint, "");
}

TEST(FetchPartsClaiming, without_condstore_the_flags_are_looked_at_right_before) {
    const Play play = play_opened(
        "UIDPLUS", {client("A2 NOOP"), client("A3 UID FETCH 7:8 (UID FLAGS)"),
                    server("* 8 FETCH (FLAGS ($MAILPOINTTAKEN))\r\nA2 OK x\r\n"
                           "* 7 FETCH (UID 7 FLAGS (\\Seen))\r\n"
                           "* 8 FETCH (UID 8 FLAGS ($MAILPOINTTAKEN))\r\nA3 OK x"),
                    client("A4 UID STORE 7 +FLAGS.SILENT ($MailpointTaken)"),
                    client("A5 UID FETCH 7 (UID BODY.PEEK[1])"),
                    server("* 7 FETCH (UID 7 FLAGS ($MailpointTaken \\Seen))\r\nA4 OK x\r\n"
                           "* 7 FETCH (UID 7 BODY[1] {3}\r\nabc)\r\nA5 OK x")});
    Claiming claiming;
    PartRecord record;
    ASSERT_TRUE(fetch_parts(play.session(), claiming.claim({7, 8}), {{7, "1", "7bit"}}, record,
                            tests::soon()));
    EXPECT_EQ(claiming.contested, (Uids{8})) << "our own mark contests nothing";
    EXPECT_EQ(record.wholes(), 1U);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(FetchPartsClaiming, a_server_that_lets_nobody_mark_gives_its_parts) {
    const Play play = play_opened("UIDPLUS CONDSTORE",
                                  {any_line(), any_line(),
                                   server("A2 NO [LIMIT] Too many keywords\r\n"
                                          "* 7 FETCH (UID 7 BODY[1] {3}\r\nabc)\r\nA3 OK x")});
    Claiming claiming;
    PartRecord record;
    ASSERT_TRUE(fetch_parts(play.session(), claiming.claim({7}), {{7, "1", "7bit"}}, record,
                            tests::soon()));
    EXPECT_TRUE(claiming.refused);
    EXPECT_TRUE(claiming.contested.empty());
    EXPECT_EQ(record.wholes(), 1U);
}

TEST(FetchPartsClaiming, where_nobody_knows_since_when_all_is_contested) {
    const Play play = play_opened("UIDPLUS CONDSTORE", {});
    Claiming claiming;
    PartRecord record;
    ASSERT_TRUE(
        fetch_parts(play.session(), claiming.claim({8, 7}, {}, 0), {}, record, tests::soon()));
    EXPECT_EQ(claiming.contested, (Uids{7, 8}));
}

TEST(SettleClaims, who_has_the_mark_is_lost_and_another_flag_is_no_mark) {
    const Play play =
        play_opened("UIDPLUS CONDSTORE",
                    {client("A2 UID FETCH 7:10 (UID FLAGS MODSEQ)"),
                     server("* 7 FETCH (UID 7 FLAGS (\\Seen) MODSEQ (50))\r\n"
                            "* 8 FETCH (UID 8 FLAGS ($MailpointTaken) MODSEQ (51))\r\n"
                            "* 9 FETCH (UID 9 FLAGS (\\Answered) MODSEQ (52))\r\nA2 OK x"),
                     client("A3 UID STORE 7 (UNCHANGEDSINCE 50) +FLAGS.SILENT ($MailpointTaken)"),
                     server("* 7 FETCH (UID 7 MODSEQ (53))\r\nA3 OK x"),
                     client("A4 UID STORE 9 (UNCHANGEDSINCE 52) +FLAGS.SILENT ($MailpointTaken)"),
                     server("A4 OK [MODIFIED 9] x"), client("A5 UID FETCH 9 (UID FLAGS MODSEQ)"),
                     server("* 9 FETCH (UID 9 FLAGS ($MailpointTaken) MODSEQ (54))\r\nA5 OK x")});
    const auto settled = settle_claims(play.session(), {10, 9, 8, 7}, 0, tests::soon());
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->ours, (Uids{7, 10})) << "10 is gone, as whoever asks for it is told";
    EXPECT_EQ(settled->lost, (Uids{8, 9}));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(Claimants, are_told_by_the_keyword_and_the_lowest_counts) {
    EXPECT_EQ(keyword_of(0x1a2b), "$MailpointTaken-00001a2b");
    EXPECT_EQ(keyword_of(0), "$MailpointTaken");
    EXPECT_EQ(claimant_of({"\\Seen", "$MailpointTakenOver"}), std::nullopt);
    EXPECT_EQ(claimant_of({"$mailpointtaken"}), 0U);
    EXPECT_EQ(claimant_of({"$MAILPOINTTAKEN-FFFFFFFF", "\\Seen"}), 0xffffffffU);
    EXPECT_EQ(claimant_of({keyword_of(7), keyword_of(5), keyword_of(9)}), 5U);
    EXPECT_TRUE(has_claim({keyword_of(7)}));
}

TEST(FetchPartsClaiming, of_two_whose_marks_came_in_one_moment_the_lower_has_it) {
    const auto contested_by = [](const std::string& told, Claimant we) {
        const Play play = play_opened("UIDPLUS CONDSTORE", {any_line(), any_line(), server(told)});
        Claiming claiming;
        Claim claim = claiming.claim({7, 8});
        claim.claimant = we;
        PartRecord record;
        EXPECT_TRUE(fetch_parts(play.session(), claim, {{7, "1", "7bit"}}, record, tests::soon()));
        EXPECT_NE(play.played->written.find("+FLAGS.SILENT (" + keyword_of(we) + ")"),
                  std::string::npos);
        return claiming.contested;
    };
    const std::string rival = "* 8 FETCH (UID 8 FLAGS (" + keyword_of(5) + " ";
    const std::string part = "* 7 FETCH (UID 7 BODY[1] {3}\r\nabc)\r\nA3 OK x";
    EXPECT_EQ(contested_by(rival + keyword_of(9) + "))\r\nA2 OK x\r\n" + part, 9), (Uids{8}));
    EXPECT_EQ(contested_by("A2 OK x\r\n" + rival + keyword_of(9) + "))\r\n" + part, 9), (Uids{8}))
        << "told only later";
    EXPECT_EQ(contested_by("* 8 FETCH (UID 8 FLAGS (" + keyword_of(5) + " " + keyword_of(3) +
                               "))\r\nA2 OK x\r\n" + part,
                           3),
              Uids());
}

TEST(FetchPartsClaiming, without_condstore_the_flags_are_looked_at_behind_the_mark_too) {
    const std::string ours = keyword_of(9), lower = keyword_of(5), higher = keyword_of(12);
    const Play play =
        play_opened("UIDPLUS", {client("A2 NOOP"), client("A3 UID FETCH 7:9 (UID FLAGS)"),
                                server("A2 OK x\r\n* 7 FETCH (UID 7 FLAGS ())\r\nA3 OK x"),
                                client("A4 UID STORE 7:9 +FLAGS.SILENT (" + ours + ")"),
                                client("A5 NOOP"), client("A6 UID FETCH 7:9 (UID FLAGS)"),
                                server("A4 OK x\r\nA5 OK x\r\n* 7 FETCH (UID 7 FLAGS (" + ours +
                                       "))\r\n* 8 FETCH (UID 8 FLAGS (" + ours + " " + lower +
                                       "))\r\n* 9 FETCH (UID 9 FLAGS (" + ours + " " + higher +
                                       "))\r\nA6 OK x")});
    Claiming claiming;
    Claim claim = claiming.claim({7, 8, 9});
    claim.claimant = 9;
    PartRecord record;
    ASSERT_TRUE(fetch_parts(play.session(), claim, {}, record, tests::soon()));
    EXPECT_EQ(claiming.contested, (Uids{8}));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(ClaimantIn, a_folder_gets_so_many_numbers_and_no_more) {
    Mailbox folder;
    folder.can_store_keywords = true;
    EXPECT_EQ(claimant_in(folder, 7), 7U);
    std::vector<std::string> flags{"\\Seen", std::string(claim_keyword), "$Junk"};
    for (Claimant number = 100; number < 100 + most_claimants; ++number)
        flags.push_back(keyword_of(number));
    folder.claimants = claimants_of(flags);
    EXPECT_EQ(folder.claimants.size(), most_claimants) << "who has no number needs no room";
    EXPECT_EQ(claimant_in(folder, 7), 0U);
    EXPECT_EQ(claimant_in(folder, 105), 105U) << "it is there already";
    folder.claimants.pop_back();
    EXPECT_EQ(claimant_in(folder, 7), 7U);
    folder.can_store_keywords = false;
    EXPECT_EQ(claimant_in(folder, 7), 0U) << "none can be made, that without a number may be there";
    EXPECT_EQ(claimant_in(folder, 105), 105U);
}

TEST(SettleClaims, what_has_our_mark_is_ours_unless_a_lower_one_is_there) {
    const Play play = play_opened(
        "UIDPLUS CONDSTORE",
        {any_line(), server("* 7 FETCH (UID 7 FLAGS (" + keyword_of(5) + ") MODSEQ (50))\r\n" +
                            "* 8 FETCH (UID 8 FLAGS (" + keyword_of(5) + " " + keyword_of(9) +
                            ") MODSEQ (50))\r\n" + "* 9 FETCH (UID 9 FLAGS (" + keyword_of(5) +
                            " " + keyword_of(4) + ") MODSEQ (50))\r\nA2 OK x")});
    const auto settled = settle_claims(play.session(), {7, 8, 9}, 5, tests::soon());
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->ours, (Uids{7, 8}));
    EXPECT_EQ(settled->lost, (Uids{9}));
}

TEST(GiveBackClaims, takes_the_mark_and_nothing_else) {
    const Play play =
        play_opened("UIDPLUS", {client("A2 UID STORE 3,5 -FLAGS.SILENT ($MailpointTaken)"),
                                server("A2 OK x"), any_line(), server("A3 NO x")});
    EXPECT_TRUE(give_back_claims(play.session(), {5, 3, 5}, 0, tests::soon()));
    EXPECT_EQ(give_back_claims(play.session(), {5}, 0, tests::soon()).error().cause,
              Cause::server_refused);
    EXPECT_EQ(play.played->complaint, "");
}

}  // namespace
}  // namespace mail::imap
