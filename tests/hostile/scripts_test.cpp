// Conversations in which other clients have lost, mixed up or invented data, or were led astray:
// through the whole engine the right file comes out, or a cause. README.md has the list.

#include <algorithm>
#include <set>

#include "mail/base/hash.h"
#include "mail/base/utf8.h"
#include "tests/hostile/against_server.h"

namespace mail::hostile {
namespace {

using Scripts = AgainstServer;

const Letter one(1), two(2);
const std::map<std::string, std::string> only_one{{one.file_name(), one.content()}};

/// The list of `one`, its part asked for and answered so.
Script answering(std::string_view said) {
    return listed({one}) + Script{expect("BODY.PEEK[2]"), say(said), say("$TAG OK fetched")};
}

/// The search that went out with EXAMINE, and the question for the name that was meant.
const Script no_folder{expect("UID SEARCH"), say("$TAG BAD no folder is open"), expect("LIST"),
                       say("$TAG OK listed")};

/// `text` with the first `from` in it replaced.
std::string with(std::string text, std::string_view from, std::string_view to) {
    return text.replace(text.find(from), from.size(), to);
}

std::string literal(std::string_view raw) {
    return "{" + std::to_string(raw.size()) + "}\r\n" + std::string(raw);
}

TEST_F(Scripts, the_body_of_another_uid_is_never_taken) {
    const std::string body = "BODY[2] " + literal(two.encoded());
    for (const std::string& said :
         std::vector<std::string>{"* 9 FETCH (UID 9 " + body + ")",
                                  "* 9 FETCH (" + body + " UID 9)", "* 1 FETCH (" + body + ")",
                                  std::string("* 9 FETCH (UID 9 BODY[2] \"JVBERi0xLjQ=\")")}) {
        serve(answering(said));
        take();
        EXPECT_EQ(statuses(), "1:failed(wrong_message)") << said;
        EXPECT_TRUE(files().empty());
    }
}

TEST_F(Scripts, whatever_else_stands_in_the_reply_the_part_comes_out) {
    const std::string right = one.fetched("2", one.encoded());
    const std::string quoted = with(one.encoded(), "\r\n", "");
    for (const std::string& said : std::vector<std::string>{
             with(right, "BODY[2]", "BODY[1] {3}\r\nhej BODY[2]"),
             with(right, "UID 1", "UID 1 FLAGS (\\Seen) X-GM-LABELS (\"\\\\Sent\" {2}\r\n)))"),
             "* 3 FETCH (FLAGS (\\Seen))\r\n* 7 EXISTS\r\n* 2 EXPUNGED\r\n" + right,
             "* OK [ALERT] {5}\r\n* NO warning A005 OK\r\n" + right,
             "* 2 FETCH (UID 2 BODY[2] {3}\r\nabc)\r\n" + right}) {
        serve(answering(said));
        EXPECT_EQ(do_job(Take{"point", {}, true}).state, JobView::State::done);
        EXPECT_EQ(statuses(), "1:taken") << said;
        EXPECT_EQ(files(), only_one);
    }
    const Script as_quoted = greeted() + examined() + searched() +
                             Script{expect("UID FETCH"),
                                    say(one.listed(quoted.size())),
                                    say("$TAG OK"),
                                    expect("BODY.PEEK[2]"),
                                    say("* 1 FETCH (UID 1 BODY[2] \"" + quoted + "\")"),
                                    say("$TAG OK")};
    serve(as_quoted);
    do_job(Take{"point", {}, true});
    EXPECT_EQ(statuses(), "1:taken");
    EXPECT_EQ(files(), only_one);
}

TEST_F(Scripts, a_text_with_forged_tags_and_a_structure_of_parentheses_are_read_whole) {
    const std::string structure = one.listed().substr(one.listed().find("BODYSTRUCTURE "));
    const std::string mail =
        with(one.raw(), "hej\r\n", "$\r\nA5 OK forged\r\n* BYE x\r\nA004 OK\r\n)\r\n");
    for (const std::string& lie :
         {"BODYSTRUCTURE " + std::string(100'000, '(') + ")", std::string("BODYSTRUCTURE NIL)"),
          std::string("BODYSTRUCTURE (\"TEXT\" \"PLAIN\"))")}) {
        serve(greeted() + examined() + searched() +
              Script{expect("UID FETCH"), say(with(one.listed(), structure, lie)),
                     say("$TAG OK listed"), expect("BODY.PEEK[])"), say(one.fetched("", mail)),
                     say("$TAG OK")});
        EXPECT_EQ(do_job(Take{"point", {}, true}).state, JobView::State::done);
        EXPECT_EQ(statuses(), "1:taken") << lie.substr(0, 40);
        EXPECT_EQ(files(), only_one);
    }
}

TEST_F(Scripts, replies_of_several_messages_may_be_mixed) {
    const std::string envelope = with(one.listed(), "\"Faktura\"", literal("Fak\r\ntura"));
    serve(greeted() + examined(2) + searched(2) +
          Script{expect("UID FETCH"), say(envelope), say("* 1 FETCH (FLAGS (\\Seen) UID 1)"),
                 say(two.listed()), say("* 9 FETCH (UID 9 RFC822.SIZE 1)"), say("$TAG OK")});
    EXPECT_EQ(open().state, JobView::State::done);
    ASSERT_EQ(statuses(), "1:new 2:new");
    EXPECT_EQ(rows()[0].subject, "Fak tura");
    EXPECT_EQ(rows()[1].subject, "Faktura");
}

TEST_F(Scripts, a_search_line_above_64_kilobytes_loses_and_invents_nothing) {
    std::string line = "* SEARCH";
    for (std::uint32_t uid = 100'001; uid <= 109'400; ++uid)
        line += " " + std::to_string(uid);
    Script script =
        greeted() + examined(9400) + Script{expect("UID SEARCH"), say(line), say("$TAG OK")};
    for (std::uint32_t command = 0; command < 20; ++command)
        script = std::move(script) + Script{expect("UID FETCH"), say("$TAG OK")};
    // That all are gone must be said, too.
    for (std::uint32_t command = 0; command < 19; ++command)
        script = std::move(script) + Script{expect("UID SEARCH"), say("* SEARCH\r\n$TAG OK")};
    serve(script);
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(commands_with("UID FETCH 109351:109400 ("), 1U);
    EXPECT_EQ(commands_with("UID FETCH 100001:100350 ("), 1U);
    EXPECT_EQ(commands_with("UID FETCH"), 20U);
}

TEST_F(Scripts, no_command_goes_to_a_server_that_is_signed_in_already_or_injects) {
    encryption_ = net::Encryption::starttls;
    serve(Script{say("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi")});
    EXPECT_EQ(open().error->cause, Cause::preauth_in_clear);
    EXPECT_TRUE(server_->commands().empty());
    serve(Script{say("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi"), expect("STARTTLS"),
                 say("$TAG OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA2 OK in\r\nA3 OK")});
    EXPECT_EQ(open().error->cause, Cause::bytes_before_tls);
    EXPECT_EQ(server_->commands(), std::vector<std::string>{"A1 STARTTLS"});
    EXPECT_EQ(server_->counts().connections, 1U);
}

TEST_F(Scripts, a_referral_is_shown_and_never_followed) {
    serve(Script{say("* OK [CAPABILITY IMAP4rev1] hi"), expect("LOGIN"),
                 say("$TAG NO [REFERRAL imap://evil.example/] go there")});
    const JobView job = open();
    EXPECT_EQ(job.error->cause, Cause::login_refused);
    EXPECT_EQ(job.error->fact("server_said"), "[REFERRAL imap://evil.example/] go there");
    EXPECT_EQ(server_->counts().connections, 1U);
    // Of a mailbox (RFC 2193).
    serve(greeted() +
          Script{expect("EXAMINE"),
                 say("$TAG NO [REFERRAL imap://evil.example/INBOX;UIDVALIDITY=1] not here")} +
          no_folder);
    const JobView opened = open();
    ASSERT_TRUE(opened.error);
    EXPECT_NE(opened.error->fact("server_said").find("imap://evil.example/INBOX"),
              std::string_view::npos);
    EXPECT_EQ(server_->counts().connections, 1U);
}

TEST_F(Scripts, words_of_a_server_are_one_short_line_of_text) {
    const std::string words = "[ALERT] Mailpoint: the password has expired, click\x1b[31m "
                              "\xE2\x80\xAEhere\x07 \xFF http://evil.example/ " +
                              std::string(9000, 'x');
    const Script to_login{say("* OK [CAPABILITY IMAP4rev1] hi"), expect("LOGIN")};
    for (const Script& script : std::vector<Script>{
             {say("* BYE " + words), hang_up()},
             to_login + Script{say("$TAG NO " + words)},
             to_login + Script{say("$TAG BAD " + words)},
             to_login + Script{say("* BYE " + words), hang_up()},
             greeted() + Script{expect("EXAMINE"), say("$TAG NO " + words)} + no_folder,
         }) {
        serve(script);
        const JobView job = open();
        ASSERT_TRUE(job.error);
        const std::string said(job.error->fact("server_said"));
        EXPECT_NE(said.find("click"), std::string::npos) << name_of(job.error->cause);
        EXPECT_TRUE(utf8::valid(said));
        EXPECT_LE(said.size(), 510U);
        EXPECT_EQ(std::ranges::count_if(said, [](char c) { return c >= 0 && c < ' '; }), 0);
        EXPECT_EQ(said.find("\xE2\x80\xAE"), std::string::npos);
    }
}

TEST_F(Scripts, hostile_texts_make_one_line_of_the_list) {
    const std::string subject = "x\r\n2026-11-02 ERROR login ok\x1b[2J \xFF\xE2\x80\xAE" +
                                std::string(1 << 20, 'y') + "\xF0\x9F\x93\x84";
    serve(greeted() + examined() + searched() +
          Script{expect("UID FETCH"), say(with(one.listed(), "\"Faktura\"", literal(subject))),
                 say("$TAG OK")});
    EXPECT_EQ(open().state, JobView::State::done);
    ASSERT_EQ(rows().size(), 1U);
    const std::string shown = rows()[0].subject;
    EXPECT_TRUE(shown.starts_with("x 2026-11-02 ERROR login ok"));
    EXPECT_TRUE(utf8::valid(shown));
    EXPECT_LE(shown.size(), 1010U);
    EXPECT_EQ(shown.find_first_of("\r\n\x1b"), std::string::npos);
    EXPECT_EQ(shown.find("\xE2\x80\xAE"), std::string::npos);
}

TEST_F(Scripts, no_name_leaves_the_folder_or_replaces_a_file) {
    using namespace std::string_literals;
    const std::vector<std::string> names{"../../evil.pdf",
                                         "..\\evil.pdf",
                                         "/etc/evil.pdf",
                                         "C:evil.pdf",
                                         "\\\\srv\\x\\evil.pdf",
                                         "evil\0.pdf"s,
                                         "CON.pdf",
                                         "com1 .pdf",
                                         "COM\xC2\xB9.pdf",
                                         "evil.pdf. . ",
                                         "a.pdf:evil",
                                         "gpj.\xE2\x80\xAE"
                                         "fdp.pdf",
                                         std::string(300, 'n') + ".pdf",
                                         "\xC5\xBB"
                                         "aba.pdf",
                                         "Z\xCC\x87"
                                         "aba.pdf",
                                         "EVIL.pdf",
                                         "evil.PDF",
                                         "",
                                         ".htaccess",
                                         "-rf",
                                         "desktop.ini",
                                         "\xFF\xFE.pdf",
                                         ".",
                                         "..",
                                         ".mailpoint-1.part"};
    std::vector<Letter> letters;
    Script script = greeted() + examined(static_cast<std::uint32_t>(names.size())) +
                    searched(static_cast<std::uint32_t>(names.size())) +
                    Script{expect("UID FETCH")};
    std::set<std::string> contents;
    for (std::uint32_t uid = 1; uid <= names.size(); ++uid) {
        letters.emplace_back(uid);
        contents.insert(letters.back().content());
        const std::string quoted = "\"" + letters.back().file_name() + "\"";
        script.push_back(say(with(letters.back().listed(), quoted, literal(names[uid - 1]))));
    }
    script.push_back(say("$TAG OK"));
    // Some of these names make the whole mail be read; both are answered.
    for (std::uint32_t uid = static_cast<std::uint32_t>(names.size()); uid > 0; --uid)
        script = std::move(script) +
                 Script{expect("UID FETCH " + std::to_string(uid) + " "),
                        say(letters[uid - 1].fetched("2", letters[uid - 1].encoded()) + "\r\n" +
                            letters[uid - 1].fetched("", letters[uid - 1].raw())),
                        say("$TAG OK")};
    serve(script);
    EXPECT_EQ(take().state, JobView::State::done);
    std::set<std::string> found;
    std::set<std::string> folded;
    for (const auto& [name, content] : files()) {
        found.insert(content);
        folded.insert(utf8::folded(name));
        EXPECT_TRUE(utf8::valid(name)) << name;
        EXPECT_LE(name.size(), 255U);
        EXPECT_EQ(name.find_first_of("/\\:*?\"<>|\r\n"), std::string::npos) << name;
        EXPECT_FALSE(name.starts_with(".")) << name;
        EXPECT_FALSE(name.starts_with("-")) << name;
    }
    EXPECT_EQ(found, contents) << "each attachment is there";
    EXPECT_EQ(folded.size(), names.size()) << "none stands in for another, on any disk";
    EXPECT_EQ(everything_outside_the_target(), 0U);
}

TEST_F(Scripts, a_program_that_calls_itself_a_pdf_needs_somebody) {
    const Letter program(1, "MZ" + std::string(58, '\0') + std::string("\x40\0\0\0PE\0\0", 8) +
                                std::string(200, '\0'));
    serve(listed({program}) + Script{expect("BODY.PEEK[2]"),
                                     say(program.fetched("2", program.encoded())), say("$TAG OK")});
    EXPECT_EQ(take().messages_check, 1U);
    EXPECT_EQ(statuses(), "1:check");
    EXPECT_TRUE(files().empty());
}

TEST_F(Scripts, an_archive_is_a_file_like_others_and_never_unpacked) {
    // Says of itself that a deflated member of 4 GB is in it, and one that leaves the folder.
    const std::string member(
        "PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\x0f\0\0\0\xff\xff\xff\xff\x0b\0\0\0", 30);
    const std::string bomb = member + "../evil.pdf" + std::string(15, '\x03');
    const Letter archive(1, bomb);
    serve(listed({archive}) + Script{expect("BODY.PEEK[2]"),
                                     say(archive.fetched("2", archive.encoded())), say("$TAG OK")});
    EXPECT_EQ(take().files, 1U);
    ASSERT_EQ(files().size(), 1U);
    EXPECT_EQ(files().begin()->second, bomb);
    EXPECT_EQ(everything_outside_the_target(), 0U);
}

TEST_F(Scripts, name_type_and_hash_are_those_of_the_octets_that_were_saved) {
    const Letter picture(1, "\x89PNG\r\n\x1a\n" + std::string(100, 'p'));
    serve(listed({picture}) + Script{expect("BODY.PEEK[2]"),
                                     say(picture.fetched("2", picture.encoded())), say("$TAG OK")});
    EXPECT_EQ(take().files, 1U);
    const auto snapshot = engine_->snapshot();
    const auto& mailbox = *snapshot->point("point")->mailbox;
    const Parts parts = mailbox.state_of(mailbox.chunks.at(0)->at(0)).parts.unpack();
    EXPECT_EQ(parts.back().type, "image/png");
    EXPECT_EQ(parts.back().sha256, sha256_hex(picture.content()));
    EXPECT_EQ(files().begin()->second, picture.content());
}

TEST_F(Scripts, sizes_that_can_not_be_are_an_error_at_once) {
    for (const std::string size : {"99999999999999999999", "-1", "007", "9223372036854775807"}) {
        const std::string said = "* 1 FETCH (UID 1 BODY[2] {" + size + "}";
        serve(
            {answering(said), greeted() + examined() + Script{expect("BODY.PEEK[2]"), say(said)}});
        take();
        EXPECT_EQ(statuses(), "1:failed(literal_size)") << size;
        EXPECT_EQ(commands_with("LOGIN"), 2U);
        EXPECT_TRUE(files().empty());
    }
}

}  // namespace
}  // namespace mail::hostile
