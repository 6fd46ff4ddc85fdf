#include "mail/imap/transcript.h"

#include <gtest/gtest.h>

#include "mail/base/base64.h"
#include "tests/mail/imap/replies.h"

namespace mail::imap {
namespace {

std::string shown(std::string_view raw_line) {
    return shown_reply(tests::reply_of(raw_line));
}

TEST(Transcript, of_mails_only_sizes_and_structure_are_shown) {
    const std::vector<std::pair<std::string_view, std::string_view>> table{
        {"* OK [CAPABILITY IMAP4rev1] Dovecot \"ready\".",
         "* OK [CAPABILITY IMAP4rev1] Dovecot \"ready\"."},
        {"* 1 FETCH (UID 7 BODY[1] {3}\r\nabc)", "* 1 FETCH (UID 7 BODY[1] {3} …)"},
        {"* 1 FETCH (UID 7 BODY[1] \"geheim text\")", "* 1 FETCH (UID 7 BODY[1] \"…\")"},
        {"* 1 FETCH (ENVELOPE (\"d\" \"Faktura\" ((NIL NIL {3}\r\na)b \"x\")) \"i\") UID 7)",
         "* 1 FETCH (ENVELOPE (…) UID 7)"},
        {"* 1 FETCH (BODYSTRUCTURE (\"APPLICATION\" \"PDF\" (\"NAME\" \"Faktura.pdf\") NIL NIL "
         "\"base64\" 5 NIL (\"attachment\" (\"filename*\" {11}\r\nFaktura.pdf))) UID 7)",
         "* 1 FETCH (BODYSTRUCTURE (\"APPLICATION\" \"PDF\" (\"NAME\" \"…\") NIL NIL \"base64\" 5 "
         "NIL (\"attachment\" (\"filename*\" {11} …))) UID 7)"},
        {"* 1 FETCH (ENVELOPE (\"cut", "* 1 FETCH (ENVELOPE (…)"},
        {"* LIST () \"/\" {5}\r\na\r\nbc", "* LIST () \"/\" {5} …"},
        {"+ eyJzdGF0dXMiOiI0MDEifQ==", "+ …"},
    };
    for (const auto& [raw, text] : table)
        EXPECT_EQ(shown(raw), text) << raw;
}

TEST(Transcript, lines_are_single_and_short) {
    std::vector<TranscriptLine> lines;
    const Transcript transcript([&](const TranscriptLine& line) { lines.push_back(line); });
    transcript.note("a\r\n2026 ERROR login ok\xff");
    transcript.received(tests::reply_of("* OK " + std::string(100'000, 'x')));
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].text.find('\n'), std::string::npos);
    EXPECT_LT(lines[1].text.size(), 600U);
}

TEST(Redactor, finds_secrets_plain_and_in_base64_at_every_offset) {
    for (const std::string secret : {"Tajne-7f3a", "TOK-9c1b", "krótkie"}) {
        Redactor redactor;
        redactor.hide(Secret(secret));
        EXPECT_EQ(redactor.redacted("a " + secret + " b " + secret), "a *** b ***");
        EXPECT_EQ(redactor.redacted("nothing"), "nothing");
        for (std::size_t before = 0; before < 5; ++before)
            for (std::size_t after = 0; after < 4; ++after) {
                const std::string around =
                    to_base64(std::string(before, 'u') + secret + std::string(after, '\1'));
                EXPECT_NE(redactor.redacted(around).find("***"), std::string::npos) << around;
            }
    }
}

TEST(Redactor, too_short_a_secret_is_not_shown_by_its_stars) {
    Redactor redactor;
    redactor.hide(Secret("a"));
    redactor.hide(Secret(""));
    EXPECT_EQ(redactor.redacted("banana"), "banana");
}

}  // namespace
}  // namespace mail::imap
