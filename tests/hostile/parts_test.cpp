// Parts that are not what the structure says, and mails that are not the ones that were listed: the
// right attachment or a cause, never another's octets or half of it.

#include "tests/hostile/against_server.h"

namespace mail::hostile {
namespace {

using Parts = AgainstServer;

const std::string fetch_part = "BODY.PEEK[2]";
const std::string fetch_whole = "BODY.PEEK[])";

/// What the server answers for the part, and then for the whole mail.
Script answering(const Letter& letter, const std::string& part, const std::string& whole) {
    return listed({letter}) + Script{expect(fetch_part), say(part + "\r\n$TAG OK"),
                                     expect(fetch_whole), say(whole + "\r\n$TAG OK")};
}

TEST_F(Parts, one_that_is_shorter_than_promised_is_read_from_the_whole_mail) {
    const Letter letter(1);
    serve(answering(letter, letter.fetched("2", letter.encoded().substr(0, 8)),
                    letter.fetched("", letter.raw())));
    EXPECT_EQ(take().files, 1U);
    EXPECT_EQ(statuses(), "1:taken");
    EXPECT_EQ(files().at("faktura-1.pdf"), letter.content());
    EXPECT_EQ(files().size(), 1U) << "nothing half is left";
    EXPECT_EQ(commands_with("LOGIN"), 1U);
}

TEST_F(Parts, one_that_the_server_decoded_and_cut_is_asked_for_as_it_is) {
    const Letter letter(1, "%PDF-1.4 " + std::string(900, 'x'));
    const std::string cut = letter.content().substr(0, 830);
    serve(listed({letter}, "IMAP4rev1 BINARY") +
          Script{expect("BINARY.PEEK[2]"),
                 say("* 1 FETCH (UID 1 BINARY[2] {830}\r\n" + cut + ")\r\n$TAG OK"),
                 expect(fetch_part), say(letter.fetched("2", letter.encoded()) + "\r\n$TAG OK")});
    EXPECT_EQ(take().files, 1U);
    EXPECT_EQ(statuses(), "1:taken");
    EXPECT_EQ(files().at("faktura-1.pdf"), letter.content());
    EXPECT_EQ(commands_with(fetch_whole), 0U);
}

TEST_F(Parts, a_structure_that_lies_about_a_size_loses_nothing) {
    const Letter letter(1);
    serve(greeted() + examined() + searched() +
          Script{expect("UID FETCH"), say(letter.listed(5)), say("$TAG OK"), expect(fetch_part),
                 say(letter.fetched("2", letter.encoded())), say("$TAG OK"), expect(fetch_whole),
                 say(letter.fetched("", letter.raw())), say("$TAG OK")});
    EXPECT_EQ(take().files, 1U);
    EXPECT_EQ(files().at("faktura-1.pdf"), letter.content());
}

TEST_F(Parts, one_that_the_server_says_is_empty_or_not_there_is_looked_for_in_the_whole_mail) {
    const Letter letter(1);
    for (const std::string said :
         {"* 1 FETCH (UID 1 BODY[2] {0}\r\n)", "* 1 FETCH (UID 1 BODY[2] NIL)",
          "* 1 FETCH (UID 1 BODY[2] \"\")", "* 1 FETCH (UID 1)",
          "* 1 FETCH (UID 1 BODY[1.2] {3}\r\nabc)"}) {
        serve(answering(letter, said, letter.fetched("", letter.raw())));
        do_job(Take{"point", {}, true});
        EXPECT_EQ(statuses(), "1:taken") << said;
        EXPECT_EQ(files().at("faktura-1.pdf"), letter.content());
    }
}

TEST_F(Parts, a_substitute_for_a_removed_mail_is_never_taken) {
    // As Courier answers for a mail that another session has expunged.
    const std::string substitute = "From: System Administrator <root@localhost>\r\n"
                                   "Subject: message unavailable\r\n\r\n"
                                   "This message is no longer available on the server.\r\n";
    const Letter letter(1);
    serve(answering(letter, letter.fetched("2", ""), letter.fetched("", substitute)));
    EXPECT_EQ(take().files, 0U);
    EXPECT_EQ(statuses(), "1:gone(message_gone)");
    EXPECT_TRUE(files().empty());
}

TEST_F(Parts, another_mail_in_place_of_the_whole_one_is_refused) {
    const Letter letter(1);
    const Letter other(2, "%PDF of somebody else");
    serve(answering(letter, letter.fetched("2", "abc"), letter.fetched("", other.raw())));
    EXPECT_EQ(take().files, 0U);
    EXPECT_EQ(statuses(), "1:failed(wrong_message)");
    EXPECT_TRUE(files().empty());
}

TEST_F(Parts, a_mail_that_breaks_off_gives_no_half_attachment) {
    const Letter letter(1, "%PDF-1.4 " + std::string(5000, 'x'));
    const std::string half = letter.raw().substr(0, letter.raw().size() / 2);
    serve(answering(letter, letter.fetched("2", letter.encoded().substr(0, 1000)),
                    letter.fetched("", half)));
    EXPECT_EQ(take().files, 0U);
    EXPECT_EQ(statuses(), "1:failed(part_incomplete)");
    EXPECT_TRUE(files().empty());
}

TEST_F(Parts, a_mail_that_lacks_its_last_octets_gives_no_half_attachment) {
    const Letter letter(1, "%PDF-1.4 " + std::string(5000, 'x'));
    const std::string cut = letter.raw().substr(0, letter.raw().size() * 95 / 100);
    serve(answering(letter, letter.fetched("2", letter.encoded().substr(0, 6000)),
                    letter.fetched("", cut)));
    EXPECT_EQ(take().files, 0U);
    EXPECT_EQ(statuses(), "1:failed(part_incomplete)");
    EXPECT_TRUE(files().empty());
}

TEST_F(Parts, a_mail_that_breaks_off_before_its_attachment_is_not_one_without) {
    const Letter letter(1);
    const std::string text_only = letter.raw().substr(0, letter.raw().find("hej") + 2);
    serve(answering(letter, letter.fetched("2", "abc"), letter.fetched("", text_only)));
    EXPECT_EQ(take().files, 0U);
    EXPECT_EQ(statuses(), "1:failed(part_incomplete)");
}

TEST_F(Parts, one_mistrusted_mail_keeps_no_other_waiting_and_is_asked_for_once) {
    const Letter one(1);
    const Letter two(2);
    serve(listed({one, two}) +
          Script{expect("FETCH 2 "), say(two.fetched("2", "abc") + "\r\n$TAG OK"),
                 expect("FETCH 1 "), say(one.fetched("2", one.encoded()) + "\r\n$TAG OK"),
                 expect(fetch_whole), say(two.fetched("", two.raw()) + "\r\n$TAG OK")});
    EXPECT_EQ(take().files, 2U);
    EXPECT_EQ(statuses(), "1:taken 2:taken");
    EXPECT_EQ(files().at("faktura-2.pdf"), two.content());
    EXPECT_EQ(commands_with(fetch_whole), 1U);
}

TEST_F(Parts, a_connection_that_breaks_before_the_whole_mail_came_is_made_again) {
    const Letter letter(1);
    const Script first =
        listed({letter}) +
        Script{expect(fetch_part), say(letter.fetched("2", "abc") + "\r\n$TAG OK"),
               expect(fetch_whole), say_raw("* 1 FETCH (UID 1 BODY[] {99"), hang_up()};
    const Script second =
        greeted() + examined() +
        Script{expect(fetch_part), say(letter.fetched("2", letter.encoded()) + "\r\n$TAG OK")};
    serve({first, second});
    EXPECT_EQ(take().files, 1U);
    EXPECT_EQ(statuses(), "1:taken");
    EXPECT_EQ(files().at("faktura-1.pdf"), letter.content());
    EXPECT_EQ(files().size(), 1U);
}

/// A mail of one text that holds a file, or none; listed as UID 1.
struct TextMail {
    std::string text = "\r\nbegin 644 faktura.txt\r\n(9F%K='5R80H \r\n`\r\nend\r\n";

    [[nodiscard]] std::string raw() const { return "Message-ID: <t@firma.example>\r\n" + text; }
    [[nodiscard]] Script listed() const {
        return greeted() + examined() + searched() +
               Script{expect("UID FETCH"),
                      say("* 1 FETCH (UID 1 FLAGS () INTERNALDATE \"02-Nov-2026 09:00:00 +0100\" "
                          "RFC822.SIZE " +
                          std::to_string(raw().size()) +
                          " ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<t@firma.example>\") "
                          "BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" " +
                          std::to_string(text.size() - 2) + " 3))"),
                      say("$TAG OK listed")};
    }
    [[nodiscard]] Script fetched() const {
        return {expect(fetch_whole),
                say("* 1 FETCH (UID 1 BODY[] {" + std::to_string(raw().size()) + "}\r\n" + raw() +
                    ")\r\n$TAG OK")};
    }
};

TEST_F(Parts, where_a_search_of_texts_is_refused_they_are_read) {
    const TextMail mail;
    serve(mail.listed() + Script{expect("UID SEARCH"), say("$TAG BAD no such key")} +
          mail.fetched());
    EXPECT_EQ(take().error, std::nullopt);
    EXPECT_EQ(statuses(), "1:taken");
    EXPECT_EQ(files().at("faktura.txt"), "faktura\n");
}

TEST_F(Parts, a_list_of_texts_that_can_not_be_searched_shows_them_as_texts) {
    const TextMail mail;
    serve(mail.listed() + Script{expect("UID SEARCH"), say("$TAG NO search is disabled")});
    EXPECT_EQ(open().error, std::nullopt);
    EXPECT_EQ(statuses(), "1:none");
}

TEST_F(Parts, where_a_search_of_texts_breaks_the_line_again_they_are_read_and_not_asked_for_again) {
    TextMail mail;
    mail.text = "\r\nNothing begins here, and nothing is added to it.\r\n";
    const Script breaks{expect("UID SEARCH"), say("* BYE search crashed"), hang_up()};
    serve({mail.listed() + breaks, greeted() + examined() + breaks,
           greeted() + examined() + mail.fetched(), mail.listed()});
    EXPECT_EQ(take().error, std::nullopt);
    EXPECT_EQ(statuses(), "1:none");
    EXPECT_EQ(commands_with("LOGIN"), 3U);
}

TEST_F(Parts, a_search_of_texts_that_broke_by_chance_is_made_again) {
    const TextMail mail;
    serve({mail.listed() + Script{expect("UID SEARCH"), hang_up()},
           greeted() + examined() + Script{expect("UID SEARCH"), say("* SEARCH 1\r\n$TAG OK")} +
               mail.fetched()});
    EXPECT_EQ(take().error, std::nullopt);
    EXPECT_EQ(statuses(), "1:taken");
}

}  // namespace
}  // namespace mail::hostile
