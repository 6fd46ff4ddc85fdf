#include "mail/imap/examine.h"

#include <gtest/gtest.h>

#include "mail/imap/nearest_folder.h"
#include "tests/fakes/stepped_time.h"
#include "tests/mail/imap/play.h"

namespace mail::imap {
namespace {

using fakes::any_line;
using fakes::client;
using fakes::raw_server;
using fakes::server;
using tests::Play;
using tests::play_signed_in;

TEST(Folders, are_given_in_the_servers_order) {
    const Play result = play_signed_in(
        "",
        {client("A1 LIST \"\" \"*\""),
         server("* LIST (\\NoInferiors) NIL INBOX\r\n* LSUB () \"/\" Old\r\n"
                "* LIST () \"/\" Zako&AUQ-czone\r\n* LIST (\\Noselect) \"/\" {1}\r\na\r\nA1 OK")});
    const auto folders = result.session().folders(tests::soon()).value();
    ASSERT_EQ(folders.size(), 3U);
    EXPECT_EQ(folders[1].name, "Zakończone");
    EXPECT_FALSE(folders[2].selectable);
}

TEST(Examine, takes_what_the_server_says_of_the_folder) {
    const Play result = play_signed_in(
        "", {client("A1 EXAMINE \"Zako&AUQ-czone\""),
             server("* FLAGS (\\Seen)\r\n* 17 EXISTS\r\n* 2 RECENT\r\n* OK [UNSEEN 8] x\r\n"
                    "* OK [UIDVALIDITY 3857529045] x\r\n* OK [UIDNEXT 4392] x\r\n"
                    "* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\nA1 OK [READ-ONLY] done")});
    const Mailbox mailbox = result.session().examine("Zakończone", tests::soon()).value();
    EXPECT_EQ(mailbox.folder, "Zakończone");
    EXPECT_EQ(mailbox.uid_validity, 3857529045U);
    EXPECT_EQ(mailbox.uid_next, 4392U);
    EXPECT_EQ(mailbox.exists, 17U);
    EXPECT_TRUE(mailbox.can_store_keywords);
}

TEST(Examine, a_missing_folder_has_its_nearest) {
    const Play result = play_signed_in(
        "", {client("A1 EXAMINE \"Faktury\""), server("A1 NO Mailbox does not exist."),
             client("A2 LIST \"\" \"*\""),
             server("* LIST () \".\" INBOX\r\n* LIST () \".\" INBOX.Faktury\r\nA2 OK"),
             client("A3 EXAMINE \"INBOX.Faktury\""), server("A3 OK done")});
    const auto missing = result.session().examine("Faktury", tests::soon());
    EXPECT_EQ(missing.error().cause, Cause::folder_missing);
    EXPECT_EQ(missing.error().fact("nearest"), "INBOX.Faktury");
    EXPECT_EQ(missing.error().fact("server_said"), "Mailbox does not exist.");
    EXPECT_TRUE(result.session().examine("INBOX.Faktury", tests::soon()));
    EXPECT_EQ(result.played->complaint, "");
}

TEST(Examine, a_refused_folder_is_not_called_missing) {
    const auto refused = [](const std::string& said, const std::string& folder,
                            const std::string& listed) {
        const Play result = play_signed_in(
            "", {any_line(), server("A1 " + said), any_line(), server(listed + "A2 OK")});
        return result.session().examine(folder, tests::soon()).error().cause;
    };
    EXPECT_EQ(refused("NO [INUSE] locked", "X", ""), Cause::folder_refused);
    EXPECT_EQ(refused("NO no", "X", "* LIST () \"/\" X\r\n"), Cause::folder_refused);
    EXPECT_EQ(refused("BAD User is authenticated but not connected.", "INBOX", ""),
              Cause::mailbox_not_opened);
    EXPECT_EQ(refused("BAD unknown command", "X", "* LIST () \"/\" X\r\n"), Cause::command_refused);
    EXPECT_EQ(refused("NO [LIMIT] too many sessions on this mailbox", "X", ""),
              Cause::server_limit);
    EXPECT_EQ(refused("BAD no", "X", ""), Cause::folder_missing);
}

TEST(Examine, a_server_with_raw_names_gets_its_raw_name) {
    const Play result =
        play_signed_in("LITERAL+", {client("A1 EXAMINE \"Zako&AUQ-czone\""), server("A1 NO no"),
                                    any_line(), server("* LIST () \"/\" \"Zakończone\"\r\nA2 OK"),
                                    fakes::raw_client("A3 EXAMINE {11+}\r\nZakończone\r\n"),
                                    server("A3 OK done")});
    EXPECT_TRUE(result.session().examine("Zakończone", tests::soon()));
    EXPECT_EQ(result.played->complaint, "");
}

TEST(Examine, names_that_cannot_be_are_refused_before_anything_is_said) {
    using namespace std::string_literals;
    for (const auto& name : {""s, "a\r\nA2 LOGOUT"s, "\xff"s}) {
        const Play result = play_signed_in("", {any_line()});
        const auto refused = result.session().examine(name, tests::soon());
        // Control characters have a form in modified UTF-7: then it is the server that says no.
        if (!refused && refused.error().cause == Cause::bad_folder_name) {
            EXPECT_EQ(result.played->written, "");
        }
        EXPECT_EQ(result.played->written.find("\r\nA2 LOGOUT"), std::string::npos);
    }
}

Result<Contents> examine_with_uids(const Play& play, const std::string& folder = "INBOX") {
    return play.session().examine_with_uids(folder, tests::soon());
}

TEST(ExamineWithUids, is_one_wait_and_uses_esearch_where_the_server_has_it) {
    const Play play = play_signed_in(
        "ESEARCH", {client("A1 EXAMINE \"INBOX\""), client("A2 UID SEARCH RETURN (ALL) ALL"),
                    server("* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nA1 OK [READ-ONLY] opened"),
                    server("* ESEARCH (TAG \"A9\") UID ALL 1:100\r\n* 4 EXISTS\r\n"
                           "* ESEARCH (TAG \"A2\") UID ALL 7,1:3\r\nA2 OK")});
    const Contents contents = examine_with_uids(play).value();
    EXPECT_EQ(contents.uids, (std::vector<Uid>{1, 2, 3, 7}));
    EXPECT_EQ(contents.mailbox.uid_validity, 7U);
    EXPECT_EQ(contents.mailbox.folder, "INBOX");
    EXPECT_EQ(play.played->complaint, "");
}

TEST(ExamineWithUids, uses_search_else) {
    const Play play =
        play_signed_in("", {client("A1 EXAMINE \"INBOX\""), client("A2 UID SEARCH ALL"),
                            server("A1 OK\r\n* SEARCH 7 3\r\n* SEARCH 5 3\r\nA2 OK")});
    EXPECT_EQ(examine_with_uids(play).value().uids, (std::vector<Uid>{3, 5, 7}));
}

TEST(ExamineWithUids, an_answer_before_the_folder_is_open_is_asked_for_again) {
    for (const std::string said :
         {"* SEARCH 6 66\r\n* 1 EXISTS\r\nA1 OK\r\n* SEARCH 5\r\nA2 OK",
          "* SEARCH 6 66\r\nA2 OK\r\n* 1 EXISTS\r\nA1 OK", "* 1 EXISTS\r\nA1 OK\r\nA2 OK",
          "A2 BAD no folder\r\n* 1 EXISTS\r\nA1 OK"}) {
        const Play play =
            play_signed_in("", {any_line(), any_line(), server(said), client("A3 UID SEARCH ALL"),
                                server("* SEARCH 5\r\nA3 OK")});
        EXPECT_EQ(examine_with_uids(play).value().uids, (std::vector<Uid>{5})) << said;
        EXPECT_EQ(play.played->complaint, "");
    }
    const Play extended = play_signed_in(
        "ESEARCH", {any_line(), any_line(),
                    server("* ESEARCH (TAG \"A2\") UID ALL 6\r\n* 1 EXISTS\r\nA1 OK\r\nA2 OK"),
                    client("A3 UID SEARCH RETURN (ALL) ALL"),
                    server("* ESEARCH (TAG \"A3\") UID ALL 5\r\nA3 OK")});
    EXPECT_EQ(examine_with_uids(extended).value().uids, (std::vector<Uid>{5}));
}

TEST(ExamineWithUids, nothing_found_of_what_exists_is_no_empty_folder) {
    for (const std::string found : {"", " 7 8"}) {
        const std::string answer = "* SEARCH" + found + "\r\n";
        tests::Script script{any_line(), any_line(),
                             server("* 3 EXISTS\r\nA1 OK\r\n" + answer + "A2 OK"), any_line(),
                             server(answer + "A3 OK")};
        if (!found.empty()) {
            script.push_back(client("A4 UID SEARCH UID 1:6"));
            script.push_back(server("* SEARCH\r\nA4 OK"));
        }
        script.push_back(any_line());
        script.push_back(server(found.empty() ? "A4 OK" : "A5 OK"));
        const Play play = play_signed_in("", script);
        const auto opened = examine_with_uids(play);
        ASSERT_FALSE(opened) << found;
        EXPECT_EQ(opened.error().cause, Cause::reply_malformed);
        EXPECT_EQ(opened.error().fact("exists"), "3");
        EXPECT_EQ(play.played->complaint, "");
    }
    const Play empty = play_signed_in(
        "", {any_line(), any_line(), server("* 0 EXISTS\r\nA1 OK\r\n* SEARCH\r\nA2 OK")});
    EXPECT_TRUE(examine_with_uids(empty).value().uids.empty());
}

TEST(ExamineWithUids, a_server_that_finds_two_at_a_time_is_asked_for_the_older_ones) {
    const Play play = play_signed_in(
        "", {any_line(), any_line(), server("* 5 EXISTS\r\nA1 OK\r\n* SEARCH 9 8\r\nA2 OK"),
             client("A3 UID SEARCH ALL"), server("* SEARCH 9 8\r\nA3 OK"),
             client("A4 UID SEARCH UID 1:7"), server("* SEARCH 6 4\r\nA4 OK"),
             client("A5 UID SEARCH UID 1:3"), server("* SEARCH 2\r\nA5 OK")});
    EXPECT_EQ(examine_with_uids(play).value().uids, (std::vector<Uid>{2, 4, 6, 8, 9}));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(ExamineWithUids, messages_that_arrive_all_the_time_are_no_error) {
    const Play play =
        play_signed_in("", {any_line(), any_line(),
                            server("* 1 EXISTS\r\nA1 OK\r\n* SEARCH 5\r\n* 2 EXISTS\r\nA2 OK"),
                            any_line(), server("* SEARCH 5 6\r\n* 3 EXISTS\r\nA3 OK")});
    EXPECT_EQ(examine_with_uids(play).value().uids, (std::vector<Uid>{5, 6}));
    EXPECT_EQ(play.played->complaint, "");
}

TEST(ExamineWithUids, a_message_that_goes_meanwhile_is_no_error) {
    for (const std::string said :
         {"* 1 EXPUNGE\r\n* SEARCH\r\nA2 OK", "* SEARCH\r\n* 1 EXPUNGE\r\nA2 OK"}) {
        const Play play = play_signed_in(
            "", {any_line(), any_line(), server("* 1 EXISTS\r\nA1 OK"), server(said)});
        EXPECT_TRUE(examine_with_uids(play).value().uids.empty()) << said;
    }
    const Play late = play_signed_in(
        "", {any_line(), any_line(), server("* 1 EXISTS\r\nA1 OK\r\n* SEARCH\r\nA2 OK"), any_line(),
             server("* SEARCH\r\nA3 OK"), client("A4 NOOP"), server("* 1 EXPUNGE\r\nA4 OK")});
    EXPECT_TRUE(examine_with_uids(late).value().uids.empty());
}

TEST(ExamineWithUids, a_server_without_the_form_that_it_names_is_asked_in_the_old_one) {
    const Play play = play_signed_in(
        "ESEARCH",
        {any_line(), any_line(), server("* 1 EXISTS\r\nA1 OK\r\nA2 BAD what"), any_line(),
         server("A3 BAD what"), client("A4 UID SEARCH ALL"), server("* SEARCH 5\r\nA4 OK")});
    EXPECT_EQ(examine_with_uids(play).value().uids, (std::vector<Uid>{5}));
    const Play lower_case = play_signed_in(
        "ESEARCH", {any_line(), any_line(),
                    server("* 1 EXISTS\r\nA1 OK\r\n* ESEARCH (TAG a2) UID ALL 5\r\nA2 OK")});
    EXPECT_EQ(examine_with_uids(lower_case).value().uids, (std::vector<Uid>{5}));
}

TEST(Examine, numbers_that_do_not_last_are_told) {
    const Play play = play_signed_in(
        "", {any_line(), server("* OK [UIDVALIDITY 7] x\r\n* NO [UIDNOTSTICKY] x\r\nA1 OK")});
    EXPECT_FALSE(play.session().examine("INBOX", tests::soon()).value().uids_stick);
}

TEST(ExamineWithUids, a_server_that_repeats_itself_is_not_waited_for_for_ever) {
    const auto held_by = [](const std::string& before, const std::string& line) {
        tests::Script script{any_line(), any_line()};
        if (!before.empty())
            script.push_back(server(before));
        for (int i = 0; i < 1000; ++i) {
            script.push_back(fakes::later(std::chrono::seconds(50)));
            script.push_back(server(line));
        }
        const Play play = play_signed_in("", script);
        const fakes::SteppedTime time;
        const auto opened = play.session().examine_with_uids("INBOX", time.wait());
        return opened ? Cause::internal : opened.error().cause;
    };
    EXPECT_EQ(held_by("", "* 5 EXISTS"), Cause::deadline);
    EXPECT_EQ(held_by("", "* OK [UIDVALIDITY 7] x"), Cause::deadline);
    EXPECT_EQ(held_by("A1 OK", "* SEARCH"), Cause::deadline);
    EXPECT_EQ(held_by("A1 OK", "* SEARCH 7"), Cause::deadline);
}

TEST(ExamineWithUids, more_uids_than_any_folder_has_are_an_error) {
    tests::Script script{any_line(), any_line(), server("* 5 EXISTS\r\nA1 OK")};
    for (int i = 0; i < 40; ++i)
        script.push_back(server("* ESEARCH (TAG \"A2\") UID ALL 1:1000000"));
    const Play play = play_signed_in("ESEARCH", script);
    EXPECT_EQ(examine_with_uids(play).error().cause, Cause::reply_too_long);
}

TEST(Examine, what_the_folder_before_still_says_is_not_of_the_new_one) {
    const Play play =
        play_signed_in("", {any_line(), server("* 5 EXISTS\r\nA1 OK"), any_line(),
                            server("* 7 EXISTS\r\n* OK [CLOSED] x\r\n* 3 EXISTS\r\nA2 OK")});
    EXPECT_TRUE(play.session().examine("INBOX", tests::soon()));
    EXPECT_EQ(play.session().examine("Inny", tests::soon()).value().exists, 3U);
}

TEST(ExamineWithUids, a_folder_that_is_refused_is_told_whatever_the_search_said) {
    for (const std::string second : {"A2 BAD no folder", "* SEARCH 1 2\r\nA2 OK"}) {
        const Play play = play_signed_in(
            "", {any_line(), any_line(), server("A1 NO no such folder"), server(second), any_line(),
                 server("* LIST () \".\" INBOX.Faktury\r\nA3 OK")});
        const auto refused = examine_with_uids(play, "Faktury");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().cause, Cause::folder_missing);
        EXPECT_EQ(refused.error().fact("nearest"), "INBOX.Faktury");
    }
}

TEST(ExamineWithUids, a_long_line_loses_nothing) {
    std::string line = "* SEARCH";
    for (Uid uid = 100'000; uid < 300'000; ++uid)
        line += " " + std::to_string(uid);
    const Play play =
        play_signed_in("", {any_line(), any_line(), server("A1 OK"), server(line), server("A2 OK")},
                       {fakes::ScriptedStream::Begins::encrypted, 1000});
    const auto uids = examine_with_uids(play).value().uids;
    ASSERT_EQ(uids.size(), 200'000U);
    EXPECT_EQ(uids.front(), 100'000U);
    EXPECT_EQ(uids.back(), 299'999U);
}

TEST(ExamineWithUids, a_refused_search_or_damage_is_an_error_and_never_a_part) {
    for (const std::string said : {"A2 NO no", "A2 BAD no", "* SEARCH 1 2 x\r\nA2 OK"}) {
        const Play play =
            play_signed_in("", {any_line(), any_line(), server("A1 OK"), server(said)});
        EXPECT_FALSE(examine_with_uids(play)) << said;
    }
}

TEST(NearestFolder, is_the_one_that_was_meant) {
    std::vector<Folder> folders;
    for (const std::string name : {"INBOX", "INBOX.Faktury", "Archiwum/2025", "Zakończone", "Z"})
        folders.push_back(
            {name, name, name.find('/') != std::string::npos ? '/' : '.', name != "Z", {}});
    const std::vector<std::pair<std::string_view, std::string_view>> table{
        {"inbox", "INBOX"},
        {"Faktury", "INBOX.Faktury"},
        {"faktury", "INBOX.Faktury"},
        {"archiwum.2025", "Archiwum/2025"},
        {"zakonczone", "Zakończone"},
        {"X/2025", "Archiwum/2025"},
        {"Z", ""},
        {"Nosuch", ""},
        {"", ""},
    };
    for (const auto& [wanted, nearest] : table)
        EXPECT_EQ(nearest_folder(folders, wanted), nearest) << wanted;
}

}  // namespace
}  // namespace mail::imap
