#include "mail/imap/envelope.h"

#include <gtest/gtest.h>

namespace mail::imap {
namespace {

Envelope read(std::string_view raw) {
    Cursor cursor(raw);
    Envelope envelope = parse_envelope(cursor);
    EXPECT_FALSE(cursor.failed()) << raw;
    EXPECT_TRUE(cursor.at_end()) << raw;
    return envelope;
}

TEST(Envelope, of_the_standard_is_read) {
    const Envelope envelope =
        read("(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev2 WG mtg summary and minutes\" "
             "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
             "((\"T\" NIL \"gray\" \"cac.washington.edu\")) "
             "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
             "((NIL NIL \"imap\" \"cac.washington.edu\")) "
             "((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")"
             "(\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\")) NIL NIL "
             "\"<B27397-0100000@cac.washington.edu>\")");
    EXPECT_EQ(envelope.raw_subject, "IMAP4rev2 WG mtg summary and minutes");
    ASSERT_EQ(envelope.from.size(), 1U);
    EXPECT_EQ(envelope.from[0].raw_name, "Terry Gray");
    EXPECT_EQ(envelope.from[0].raw_mailbox, "gray");
    EXPECT_EQ(envelope.from[0].raw_host, "cac.washington.edu");
    EXPECT_TRUE(envelope.sender.empty());  // needed by none that has a "from"
    EXPECT_EQ(envelope.raw_message_id, "<B27397-0100000@cac.washington.edu>");
}

TEST(Envelope, literals_and_nil_stand_anywhere) {
    const Envelope envelope =
        read("(NIL {7}\r\na \"b\" \r NIL NIL NIL NIL NIL NIL NIL {3}\r\n<i>)");
    EXPECT_EQ(envelope.raw_subject, "a \"b\" \r");
    EXPECT_TRUE(envelope.from.empty());
    EXPECT_EQ(envelope.raw_message_id, "<i>");
}

TEST(Envelope, the_sender_stands_in_for_a_missing_from) {
    const Envelope envelope =
        read(R"(("d" "s" NIL ((NIL NIL "a" "b")) NIL NIL NIL NIL NIL "<i>"))");
    EXPECT_EQ(envelope.sender.at(0).raw_mailbox, "a");
    EXPECT_EQ(envelope.raw_message_id, "<i>");
}

TEST(Envelope, careless_servers_are_read) {
    EXPECT_EQ(read(R"(("d" "s" "" () NIL NIL NIL NIL NIL "<i>"))").raw_message_id, "<i>");
    EXPECT_EQ(read(R"(("d" "s"))").raw_subject, "s");
    EXPECT_EQ(read("NIL").raw_subject, "");
    EXPECT_EQ(read("(NIL NIL ((NIL NIL \"a\" \"b\") (NIL NIL \"c\" \"d\")))").from.size(), 2U);
}

TEST(Envelope, a_damaged_one_is_refused) {
    for (const std::string_view raw :
         {"(", "(\"d\" \"s\" (\"x\"", "(\"d\" \"s\" x)", "(\"d\" ((", "7"}) {
        Cursor cursor(raw);
        (void)parse_envelope(cursor);
        EXPECT_TRUE(cursor.failed()) << raw;
    }
}

TEST(Envelope, a_hundred_thousand_addresses_are_read_and_few_kept) {
    std::string raw = "(NIL NIL (";
    for (int i = 0; i < 100'000; ++i)
        raw += "(NIL NIL \"a\" \"b\")";
    EXPECT_EQ(read(raw + "))").from.size(), 100U);
}

}  // namespace
}  // namespace mail::imap
