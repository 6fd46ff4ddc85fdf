#include "mail/imap/changes.h"

#include <gtest/gtest.h>

#include "mail/imap/quirks.h"
#include "tests/fakes/stepped_time.h"
#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using namespace std::chrono_literals;
using fakes::any_line;
using fakes::client;
using fakes::hang_up;
using fakes::raw_client;
using fakes::server;
using tests::Play;
using tests::play_signed_in;
using tests::Script;

constexpr std::chrono::sys_seconds received =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 3} + 10h;

std::string told(Uid uid, const std::string& id, const std::string& flags = "\\Seen") {
    return "* 1 FETCH (UID " + std::to_string(uid) + " FLAGS (" + flags +
           ") INTERNALDATE \" 3-Nov-2026 10:00:00 +0000\" RFC822.SIZE 100 ENVELOPE (NIL \"s\" NIL "
           "NIL NIL NIL NIL NIL NIL \"" +
           id + "\"))\r\n";
}

/// A folder of five messages that was opened for writing; the next tag is A2.
Play play_selected(const std::string& capabilities, const Script& rest,
                   const tests::Habits& habits = {}) {
    Script script{any_line(),
                  server("* 5 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [PERMANENTFLAGS (\\Deleted "
                         "\\*)] x\r\nA1 OK [READ-WRITE] x")};
    script.insert(script.end(), rest.begin(), rest.end());
    Play play = play_signed_in(capabilities, script, habits);
    EXPECT_TRUE(play.session().select("INBOX", tests::soon()));
    return play;
}

TEST(Select, opens_for_writing_and_is_remembered) {
    const Play play = play_signed_in(
        "UIDPLUS", {client("A1 SELECT \"INBOX\""),
                    server("* 5 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nA1 OK [READ-WRITE] x"),
                    client("A2 EXAMINE \"INBOX\""), server("A2 OK [READ-ONLY] x")});
    EXPECT_FALSE(play.session().selected());
    EXPECT_EQ(play.session().select("INBOX", tests::soon()).value().exists, 5U);
    ASSERT_TRUE(play.session().selected());
    EXPECT_EQ(play.session().selected()->uid_validity, 7U);
    EXPECT_TRUE(play.session().examine("INBOX", tests::soon()));
    EXPECT_FALSE(play.session().selected()) << "it is open for reading only";
    EXPECT_EQ(play.played->complaint, "");
}

TEST(Select, a_folder_that_nobody_may_write_is_an_error_and_the_session_goes_on) {
    const Play play = play_signed_in("", {any_line(), server("A1 OK [READ-ONLY] shared"),
                                          any_line(), server("A2 OK [READ-ONLY] x")});
    const auto selected = play.session().select("INBOX", tests::soon());
    ASSERT_FALSE(selected);
    EXPECT_EQ(selected.error().cause, Cause::folder_read_only);
    EXPECT_EQ(selected.error().fact("server_said"), "[READ-ONLY] shared");
    EXPECT_FALSE(play.session().selected());
    EXPECT_TRUE(play.session().examine("INBOX", tests::soon()));
}

TEST(MarksOf, tells_what_is_asked_for_and_nothing_else) {
    const Play play = play_selected(
        "UIDPLUS",
        {client("A2 UID FETCH 1:3,9 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)"),
         server(told(3, "<3@x>", "\\Seen \\deleted $Label") + told(5, "<5@x>") +
                "* 1 FETCH (UID 2 ENVELOPE (x (\r\n* 2 FETCH (UID 9 FLAGS ())\r\n" +
                told(1, "<1@x>") + told(1, "<again@x>") + "A2 OK [EXPUNGEISSUED] some")});
    const auto marks = marks_of(play.session(), {3, 1, 9, 2, 3}, tests::soon()).value();
    ASSERT_EQ(marks.size(), 2U);
    EXPECT_EQ(marks[0].uid, 1U);
    EXPECT_EQ(marks[0].raw_message_id, "<1@x>");
    EXPECT_EQ(marks[0].size_octets, 100U);
    EXPECT_EQ(marks[0].internal_date, received);
    EXPECT_FALSE(marks[0].is_deleted());
    EXPECT_TRUE(marks[1].is_deleted());
    EXPECT_EQ(marks[1].flags.size(), 3U);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(MarksOf, a_thousand_are_asked_for_in_one_wait) {
    std::vector<Uid> uids;
    for (Uid uid = 1; uid <= 1000; ++uid)
        uids.push_back(2 * uid);
    const Play play = play_selected("UIDPLUS", {any_line(), any_line(), server("A3 OK\r\nA2 OK")});
    EXPECT_TRUE(marks_of(play.session(), uids, tests::soon()).value().empty());
    EXPECT_EQ(play.played->complaint, "");
}

TEST(MarksOf, no_is_not_that_there_are_none) {
    const auto cause_of = [](const std::string& said) {
        const Play play = play_selected("UIDPLUS", {any_line(), server(said)});
        const auto marks = marks_of(play.session(), {1}, tests::soon());
        return marks ? "" : name_of(marks.error().cause);
    };
    EXPECT_EQ(cause_of("A2 NO x"), "server_refused");
    EXPECT_EQ(cause_of("A2 BAD x"), "command_refused");
    EXPECT_EQ(cause_of("A2 NO [LIMIT] x"), "server_limit");
    EXPECT_EQ(cause_of("* BYE going down"), "server_says_bye");
    EXPECT_EQ(cause_of("A2 NO [EXPUNGEISSUED] x"), "") << "Cyrus, of a file that is missing";
}

Script deleted(const std::string& tag, const std::string& uids) {
    return {client(tag + " UID SEARCH DELETED"), server("* SEARCH" + uids + "\r\n" + tag + " OK")};
}

Script joined(std::initializer_list<Script> scripts) {
    Script all;
    for (const Script& one : scripts)
        all.insert(all.end(), one.begin(), one.end());
    return all;
}

TEST(MarkDeleted, says_what_is_marked_in_the_end) {
    const Play play = play_selected(
        "UIDPLUS",
        joined({deleted("A2", " 9 3"),
                {client("A3 UID STORE 1:2,4 +FLAGS.SILENT (\\Deleted)"), server("A3 OK")},
                deleted("A4", " 1 2 3 9")}));
    const auto marked = mark_deleted(play.session(), {4, 3, 2, 1}, Mark::set, tests::soon());
    EXPECT_EQ(marked.value().done, (std::vector<Uid>{1, 2, 3})) << "4 has none in spite of OK";
    EXPECT_EQ(marked.value().others, (std::vector<Uid>{9}));
    EXPECT_EQ(play.played->complaint, "");
}

// Mailutils 3.15.
TEST(MarkDeleted, a_mark_that_came_on_a_neighbour_is_taken_back) {
    const Play play = play_selected(
        "", joined({deleted("A2", " 2"),
                    {client("A3 UID STORE 4,777 +FLAGS.SILENT (\\Deleted)"), server("A3 OK")},
                    deleted("A4", " 2 4 5"),
                    {client("A5 UID STORE 5 -FLAGS.SILENT (\\Deleted)"), server("A5 OK")}}));
    const auto marked = mark_deleted(play.session(), {4, 777}, Mark::set, tests::soon());
    EXPECT_EQ(marked.value().done, (std::vector<Uid>{4}));
    EXPECT_EQ(marked.value().others, (std::vector<Uid>{2}));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(MarkDeleted, a_mark_that_somebody_else_made_meanwhile_stays) {
    const Play play = play_selected(
        "", joined({deleted("A2", ""), {any_line(), server("A3 OK")}, deleted("A4", " 4 5")}));
    const auto marked = mark_deleted(play.session(), {4}, Mark::set, tests::soon());
    EXPECT_EQ(marked.value().done, (std::vector<Uid>{4}));
    EXPECT_EQ(marked.value().others, (std::vector<Uid>{5}));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(MarkDeleted, after_a_no_none_of_ours_is_left) {
    for (const auto& [said, cause] :
         std::vector<std::pair<std::string, std::string>>{{"NO [NOPERM] x", "folder_read_only"},
                                                          {"NO [READ-ONLY] x", "folder_read_only"},
                                                          {"NO x", "server_refused"},
                                                          {"BAD x", "command_refused"}}) {
        const Play play = play_selected(
            "UIDPLUS",
            joined({deleted("A2", " 2"),
                    {any_line(), server("A3 " + said)},
                    deleted("A4", " 1 2 6"),
                    {client("A5 UID STORE 1 -FLAGS.SILENT (\\Deleted)"), server("A5 OK")}}));
        const auto marked = mark_deleted(play.session(), {1, 2, 4}, Mark::set, tests::soon());
        ASSERT_FALSE(marked);
        EXPECT_EQ(name_of(marked.error().cause), cause);
        EXPECT_EQ(marked.error().reach, Reach::folder);
        EXPECT_EQ(play.played->complaint, "");
    }
}

Script flags_told(const std::string& tag, const std::string& uids, const std::string& replies) {
    return {client(tag + " UID FETCH " + uids + " (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)"),
            server(replies + tag + " OK")};
}

TEST(MarkDeleted, is_cleared_only_where_it_is) {
    const Play play = play_selected(
        "UIDPLUS",
        joined({{client("A2 UID SEARCH UID 1:2,777 ALL"), server("* SEARCH 1 2\r\nA2 OK")},
                flags_told("A3", "1:2", told(1, "<1@x>") + told(2, "<2@x>", "\\Deleted")),
                deleted("A4", " 2 7"),
                {client("A5 UID STORE 2 -FLAGS.SILENT (\\Deleted)"), server("A5 OK")},
                flags_told("A6", "2", told(2, "<2@x>")),
                deleted("A7", " 7")}));
    const auto cleared = mark_deleted(play.session(), {1, 2, 777}, Mark::clear, tests::soon());
    EXPECT_EQ(cleared.value().done, (std::vector<Uid>{1, 2}));
    EXPECT_EQ(cleared.value().gone, (std::vector<Uid>{777}));
    EXPECT_EQ(cleared.value().others, (std::vector<Uid>{7}));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(MarkDeleted, what_a_search_does_not_show_is_cleared_by_its_flags) {
    const Play play = play_selected(
        "UIDPLUS",
        joined({{client("A2 UID SEARCH UID 1:3 ALL"), server("* SEARCH 1 2 3\r\nA2 OK")},
                flags_told("A3", "1:3", told(1, "<1@x>", "\\Deleted") + told(2, "<2@x>")),
                deleted("A4", " 3"),
                {client("A5 UID STORE 1,3 -FLAGS.SILENT (\\Deleted)"), server("A5 OK")},
                flags_told("A6", "1,3", told(1, "<1@x>", "\\Deleted")),
                deleted("A7", " 3"),
                {client("A8 UID SEARCH UID 3 ALL"), server("* SEARCH 3\r\nA8 OK")}}));
    const auto cleared = mark_deleted(play.session(), {1, 2, 3}, Mark::clear, tests::soon());
    EXPECT_EQ(cleared.value().done, (std::vector<Uid>{2})) << "1 and 3 have it in spite of the OK";
    EXPECT_TRUE(cleared.value().gone.empty());
    EXPECT_EQ(play.played->complaint, "");
}

TEST(MarkDeleted, what_is_expunged_meanwhile_has_not_lost_its_mark) {
    const Play play = play_selected(
        "UIDPLUS",
        joined({{client("A2 UID SEARCH UID 1:3 ALL"), server("* SEARCH 1 2 3\r\nA2 OK")},
                flags_told("A3", "1:3", told(1, "<1@x>", "\\Deleted") + told(2, "<2@x>")),
                deleted("A4", " 1"),
                {client("A5 UID STORE 1 -FLAGS.SILENT (\\Deleted)"), server("A5 OK")},
                flags_told("A6", "1", ""),
                deleted("A7", ""),
                {client("A8 UID SEARCH UID 1,3 ALL"), server("* SEARCH\r\nA8 OK")}}));
    const auto cleared = mark_deleted(play.session(), {1, 2, 3}, Mark::clear, tests::soon());
    EXPECT_EQ(cleared.value().done, (std::vector<Uid>{2}));
    EXPECT_EQ(cleared.value().gone, (std::vector<Uid>{1, 3}));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(MarkDeleted, nothing_more_is_said_where_numbers_have_moved) {
    // On a server that numbers anew, whoever removes a message changes what our UIDs mean.
    for (const std::string seen : {"* 1 EXPUNGE", "* 4 EXISTS", "* OK [UIDVALIDITY 8] new"}) {
        const Play play = play_selected("", {any_line(), server("* SEARCH\r\n" + seen),
                                             server("A2 OK"), any_line(), server("A3 OK")});
        const auto marked = mark_deleted(play.session(), {4}, Mark::set, tests::soon());
        ASSERT_FALSE(marked) << seen;
        EXPECT_EQ(marked.error().cause, Cause::uidvalidity_changed) << seen;
        EXPECT_EQ(play.played->written.find("STORE"), std::string::npos) << seen;
    }
    // Where UIDs last, the others are none of our business.
    const Play play =
        play_selected("UIDPLUS", joined({{any_line(), server("* 1 EXPUNGE\r\n* SEARCH\r\nA2 OK"),
                                          any_line(), server("A3 OK")},
                                         deleted("A4", " 4")}));
    EXPECT_TRUE(mark_deleted(play.session(), {4}, Mark::set, tests::soon()));
}

TEST(Expunge, names_its_messages_where_the_server_can) {
    const Play play = play_selected(
        "UIDPLUS", {client("A2 UID EXPUNGE 1:2,4"), server("* 4 EXPUNGE\r\n* 1 EXPUNGE\r\nA2 OK")});
    EXPECT_TRUE(expunge(play.session(), {1, 4, 2}, tests::soon()));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(Expunge, what_goes_because_we_said_so_alarms_nobody) {
    const Play play = play_selected(
        "", {client("A2 EXPUNGE"), server("* 2 EXPUNGED\r\n* 3 EXPUNGED\r\n* 3 EXISTS\r\nA2 OK")});
    EXPECT_TRUE(expunge_marked(play.session(), tests::soon()));
    const std::size_t said = play.played->written.size();
    play.session().sign_out(tests::soon());
    EXPECT_EQ(play.session().examine("INBOX", tests::soon()).error().cause, Cause::connection_lost);
    EXPECT_FALSE(play.session().select("INBOX", tests::soon()));
    EXPECT_EQ(play.played->written.size(), said)
        << "to close the folder would have Mailutils ruin it";
    const Play refused = play_selected("", {any_line(), server("A2 NO not allowed")});
    EXPECT_EQ(expunge_marked(refused.session(), tests::soon()).error().cause,
              Cause::server_refused);
    const Play cut = play_selected("", {any_line(), hang_up()});
    EXPECT_EQ(expunge_marked(cut.session(), tests::soon()).error().reach, Reach::connection);
}

TEST(UidsLike, asks_for_what_needs_no_quoting) {
    const auto asked = [](const std::string& id) {
        const Play play = play_selected("", {any_line(), server("* SEARCH 4 2\r\nA2 OK")});
        EXPECT_EQ(uids_like(play.session(), id, received, tests::soon()).value(),
                  (std::vector<Uid>{2, 4}));
        const std::string& all = play.played->written;
        return all.substr(all.find("A2 "));
    };
    EXPECT_EQ(asked("<faktura-1@firma.example>"),
              "A2 UID SEARCH HEADER Message-ID \"faktura-1@firma.example\"\r\n");
    EXPECT_EQ(asked("<a\"faktura-1@firma\\x>"),
              "A2 UID SEARCH HEADER Message-ID \"faktura-1@firma\"\r\n");
    EXPECT_EQ(asked("<za\xc5\xbc\r\nA3 LOGOUT faktura-1@x>"),
              "A2 UID SEARCH HEADER Message-ID \"faktura-1@x\"\r\n");
    EXPECT_EQ(asked("<" + std::string(10'000, 'x') + ">"),
              "A2 UID SEARCH HEADER Message-ID \"" + std::string(200, 'x') + "\"\r\n");
    for (const std::string id : {"", "<a@b>", "\xff\xff\xff\xff\xff\xff\xff\xff\xff"})
        EXPECT_EQ(asked(id), "A2 UID SEARCH SINCE 02-Nov-2026 BEFORE 05-Nov-2026\r\n");
}

/// `octets` of "x" in pieces of a thousand, then `more`.
NewMessage message_of(std::uint64_t announced, std::uint64_t octets, std::size_t& pieces) {
    NewMessage message;
    message.folder = "Zakończone";
    message.flags = {"\\Seen", "\\Recent", "$Label", "two words", "Junk)", "\\Flagged"};
    message.internal_date = received;
    message.size_octets = announced;
    message.next = [left = octets, &pieces]() mutable -> Result<std::string> {
        ++pieces;
        const std::uint64_t some = std::min<std::uint64_t>(left, 1000);
        left -= some;
        return std::string(some, 'x');
    };
    return message;
}

/// One alone, that nobody stops.
Result<std::optional<Appended>> append(Session& session, NewMessage message) {
    AppendedAll all = append_all(session, {std::move(message)}, {}, tests::soon());
    if (all.error)
        return tl::unexpected(std::move(*all.error));
    return std::move(*all.each.front());
}

const std::string announced = "APPEND \"Zako&AUQ-czone\" (\\Seen $Label \\Flagged) \"03-Nov-2026 "
                              "10:00:00 +0000\" {";

TEST(Append, the_literal_is_waited_for) {
    const Play play =
        play_selected("UIDPLUS", {client("A2 " + announced + "2500}"), server("* 5 EXISTS\r\n+ go"),
                                  raw_client(std::string(2500, 'x') + "\r\n"),
                                  server("* 6 EXISTS\r\nA2 OK [APPENDUID 7 81] done")});
    std::size_t pieces = 0;
    const auto appended = append(play.session(), message_of(2500, 2500, pieces));
    ASSERT_TRUE(appended) << name_of(appended.error().cause);
    ASSERT_TRUE(*appended);
    EXPECT_EQ((*appended)->uid_validity, 7U);
    EXPECT_EQ((*appended)->uid, 81U);
    EXPECT_EQ(play.played->complaint, "");
    EXPECT_EQ(play.conversation().find("xxxx"), std::string::npos) << "the console shows no mail";
}

TEST(Append, goes_at_once_where_the_server_can_and_only_there) {
    const Play plus = play_selected(
        "LITERAL+", {raw_client("A2 " + announced + "2500+}\r\n" + std::string(2500, 'x') + "\r\n"),
                     server("A2 OK done")});
    std::size_t pieces = 0;
    const auto appended = append(plus.session(), message_of(2500, 2500, pieces));
    ASSERT_TRUE(appended);
    EXPECT_FALSE(*appended) << "no APPENDUID";
    EXPECT_EQ(plus.played->complaint, "");
    const Play minus = play_selected(
        "LITERAL-", {client("A2 " + announced + "5000}"), server("+ go"),
                     raw_client(std::string(5000, 'x') + "\r\n"), server("A2 OK done")});
    EXPECT_TRUE(append(minus.session(), message_of(5000, 5000, pieces)));
    EXPECT_EQ(minus.played->complaint, "");
}

TEST(Append, a_refusal_costs_no_piece_and_not_the_session) {
    const Play play = play_selected(
        "", {any_line(), server("A2 NO [OVERQUOTA] full"), client("A3 NOOP"), server("A3 OK")});
    std::size_t pieces = 0;
    const auto refused = append(play.session(), message_of(2500, 2500, pieces));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::append_refused);
    EXPECT_EQ(refused.error().reach, Reach::message);
    EXPECT_EQ(refused.error().fact("server_said"), "[OVERQUOTA] full");
    EXPECT_EQ(pieces, 0U);
    EXPECT_TRUE(look_again(play.session(), tests::soon()));
}

TEST(Append, octets_other_than_announced_end_the_session) {
    for (const std::uint64_t octets : {2499ULL, 2501ULL}) {
        const Play play = play_selected("LITERAL+", {any_line()});
        std::size_t pieces = 0;
        const auto broken = append(play.session(), message_of(2500, octets, pieces));
        ASSERT_FALSE(broken);
        EXPECT_EQ(broken.error().cause, Cause::verify_failed);
        EXPECT_EQ(broken.error().reach, Reach::connection);
        EXPECT_FALSE(look_again(play.session(), tests::soon()));
    }
}

TEST(Append, a_word_in_the_middle_of_the_mail_ends_the_session) {
    for (const std::string said : {"A2 NO too large", "* BYE too large"}) {
        const Play play =
            play_selected("LITERAL+", {any_line(), server(said)}, {.write_octets = 100});
        std::size_t pieces = 0;
        const auto cut = append(play.session(), message_of(100'000, 100'000, pieces));
        ASSERT_FALSE(cut);
        EXPECT_EQ(cut.error().reach, Reach::connection);
        EXPECT_NE(cut.error().fact("server_said"), "");
    }
    const Play early = play_selected("", {any_line(), server("A2 OK [APPENDUID 7 81] done")});
    std::size_t pieces = 0;
    EXPECT_FALSE(append(early.session(), message_of(10, 10, pieces)))
        << "it has not had a single octet";
}

TEST(Append, however_large_only_a_piece_is_held) {
    // Were it not held piece by piece, all pieces would be asked for before the first is gone.
    constexpr std::uint64_t octets = 3'000'000;
    const Play play = play_selected(
        "LITERAL+",
        {any_line(), raw_client(std::string(octets, 'x') + "\r\n"), server("A2 OK done")},
        {.write_octets = 700});
    std::size_t pieces = 0;
    std::size_t ahead = 0;
    NewMessage message = message_of(octets, octets, pieces);
    message.next = [next = message.next, &play, &pieces, &ahead]() -> Result<std::string> {
        const std::size_t given = pieces * 1000;
        const std::size_t written = play.played->written.size();
        ahead = std::max(ahead, given > written ? given - written : 0);
        return next();
    };
    EXPECT_TRUE(append(play.session(), message));
    EXPECT_LE(ahead, 2000U);
    EXPECT_EQ(play.played->complaint, "");
}

TEST(Quirks, sizes_of_one_mail_differ_only_where_the_server_is_known_for_it) {
    Capabilities plus;
    plus.uidplus = true;
    EXPECT_TRUE(quirks::sizes_may_be_of_one(plus, 100, 100));
    EXPECT_FALSE(quirks::sizes_may_be_of_one(plus, 100, 101));
    EXPECT_TRUE(quirks::sizes_may_be_of_one({}, 163, 106));
    EXPECT_FALSE(quirks::sizes_may_be_of_one({}, 300, 106));
}

}  // namespace
}  // namespace mail::imap
