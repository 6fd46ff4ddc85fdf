#include <gtest/gtest.h>

#include "tests/mail/demo/client.h"

namespace mail::demo {
namespace {

using test::Client;
using test::first_literal;
using test::in_inbox;
using test::Reply;
using test::started;

constexpr const char* inner_head = "From: a@a.example\r\nSubject: w\xC5\x9B"
                                   "rodku\r\n\r\n";

/// A mail with every kind of part that sections can name.
Mail nested_mail() {
    return {std::string("From: =?utf-8?Q?Ewa?= <ewa@firma.example>\r\n"
                        "Subject: zewn\r\n\ttrz\r\n"
                        "Content-Type: multipart/mixed; boundary=\"m\"\r\n\r\n"
                        "wstep\r\n"
                        "--m\r\n\r\nTekst.\r\n\r\n"
                        "--m\r\nContent-Type: message/rfc822\r\n\r\n") +
                inner_head +
                "Sam tekst.\r\n\r\n"
                "--m\r\nContent-Type: Application/PDF; Name=\"a\\\"b.pdf\"\r\n"
                "Content-Transfer-Encoding: base64\r\n"
                "Content-ID: <p@firma.example>\r\nContent-MD5: abc==\r\n"
                "Content-Disposition: attachment; filename=c.pdf\r\nContent-Language: pl\r\n"
                "Content-Location: file:c\r\nContent-Description: opis\r\n\r\nJVBERg0K\r\n"
                "--m\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: x-obce\r\n\r\nx\r\n"
                "--m--\r\nreszta\r\n",
            {}};
}

std::string section(Client& client, const std::string& name) {
    const Reply reply = client.ask("UID FETCH 1 BODY.PEEK[" + name + "]");
    EXPECT_TRUE(reply.contains("(UID 1 BODY[" + name + "] ")) << name;
    EXPECT_TRUE(reply.ok());
    return reply.contains("] NIL)") ? "NIL" : first_literal(reply);
}

TEST(DemoFetch, sections_are_the_octets_of_the_mail) {
    const auto server = started({nested_mail()});
    Client client = in_inbox(*server);
    const std::string raw = nested_mail().raw;
    EXPECT_EQ(section(client, ""), raw);
    EXPECT_EQ(section(client, "HEADER") + section(client, "TEXT"), raw);
    EXPECT_EQ(section(client, "1"), "Tekst.\r\n");
    EXPECT_EQ(section(client, "1.MIME"), "\r\n");
    EXPECT_EQ(section(client, "2"), std::string(inner_head) + "Sam tekst.\r\n");
    EXPECT_EQ(section(client, "2.HEADER"), inner_head);
    EXPECT_EQ(section(client, "2.TEXT"), "Sam tekst.\r\n");
    EXPECT_EQ(section(client, "2.1"), "Sam tekst.\r\n");
    EXPECT_EQ(section(client, "2.1.MIME"), inner_head);
    EXPECT_EQ(section(client, "2.MIME"), "Content-Type: message/rfc822\r\n\r\n");
    EXPECT_EQ(section(client, "3"), "JVBERg0K");
    for (const char* missing : {"5", "1.1", "2.2", "2.1.1", "3.1", "1.HEADER", "3.TEXT"})
        EXPECT_EQ(section(client, missing), "NIL") << missing;
}

TEST(DemoFetch, fields_are_chosen_by_name_with_their_folds) {
    const auto server = started({nested_mail()});
    Client client = in_inbox(*server);
    EXPECT_EQ(first_literal(client.ask("UID FETCH 1 BODY.PEEK[HEADER.FIELDS (subject To)]")),
              "Subject: zewn\r\n\ttrz\r\n\r\n");
    EXPECT_EQ(first_literal(client.ask("UID FETCH 1 BODY.PEEK[2.HEADER.FIELDS.NOT (Subject)]")),
              "From: a@a.example\r\n\r\n");
    EXPECT_EQ(client.ask("UID FETCH 1 BODY.PEEK[HEADER.FIELDS (Date)]").untagged,
              "* 1 FETCH (UID 1 BODY[HEADER.FIELDS (\"Date\")] {2}\r\n\r\n)\r\n");
}

TEST(DemoFetch, partial_octets_stay_within_the_section) {
    const auto server = started({nested_mail()});
    Client client = in_inbox(*server);
    EXPECT_EQ(client.ask("UID FETCH 1 BODY.PEEK[1]<2.3>").untagged,
              "* 1 FETCH (UID 1 BODY[1]<2> {3}\r\nkst)\r\n");
    EXPECT_EQ(client.ask("UID FETCH 1 BODY.PEEK[1]<6.100>").untagged,
              "* 1 FETCH (UID 1 BODY[1]<6> {2}\r\n\r\n)\r\n");
    EXPECT_EQ(client.ask("UID FETCH 1 BODY.PEEK[1]<100.5>").untagged,
              "* 1 FETCH (UID 1 BODY[1]<100> {0}\r\n)\r\n");
    EXPECT_EQ(client.ask("UID FETCH 1 BINARY.PEEK[3]<1.2>").untagged,
              "* 1 FETCH (UID 1 BINARY[3]<1> ~{2}\r\nPD)\r\n");
}

TEST(DemoFetch, binary_is_decoded_and_an_unknown_encoding_refused) {
    const auto server = started({nested_mail()});
    Client client = in_inbox(*server);
    EXPECT_EQ(client.ask("UID FETCH 1 (BINARY.SIZE[3] BINARY.PEEK[3])").untagged,
              "* 1 FETCH (UID 1 BINARY.SIZE[3] 6 BINARY[3] ~{6}\r\n%PDF\r\n)\r\n");
    const Reply refused = client.ask("UID FETCH 1 (UID BINARY.PEEK[4])");
    EXPECT_EQ(refused.untagged, "* 1 FETCH (UID 1)\r\n");
    EXPECT_TRUE(refused.tagged.starts_with("NO [UNKNOWN-CTE]"));
    EXPECT_EQ(client.ask("UID FETCH 1 BINARY.PEEK[9]").untagged,
              "* 1 FETCH (UID 1 BINARY[9] NIL)\r\n");
}

TEST(DemoFetch, body_structure_tells_everything) {
    const auto server = started({nested_mail()});
    Client client = in_inbox(*server);
    EXPECT_EQ(client.ask("UID FETCH 1 BODYSTRUCTURE").untagged,
              "* 1 FETCH (UID 1 BODYSTRUCTURE ("
              "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 8 1 NIL NIL NIL NIL)"
              "(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 52 (NIL {8}\r\nw\xC5\x9B"
              "rodku ((NIL NIL \"a\" \"a.example\")) ((NIL NIL \"a\" \"a.example\")) "
              "((NIL NIL \"a\" \"a.example\")) NIL NIL NIL NIL NIL) "
              "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 12 1 NIL NIL NIL NIL) 4 NIL NIL NIL NIL)"
              "(\"Application\" \"PDF\" (\"Name\" \"a\\\"b.pdf\") \"<p@firma.example>\" \"opis\" "
              "\"base64\" 8 \"abc==\" (\"attachment\" (\"filename\" \"c.pdf\")) \"pl\" \"file:c\")"
              "(\"text\" \"plain\" NIL NIL NIL \"x-obce\" 1 0 NIL NIL NIL NIL)"
              " \"mixed\" (\"boundary\" \"m\") NIL NIL NIL))\r\n");
    EXPECT_FALSE(client.ask("UID FETCH 1 BODY").contains("boundary"));
}

TEST(DemoFetch, the_envelope_unfolds_and_fills_in_the_sender) {
    const auto server = started({nested_mail()});
    Client client = in_inbox(*server);
    const std::string ewa = "((\"=?utf-8?Q?Ewa?=\" NIL \"ewa\" \"firma.example\"))";
    EXPECT_EQ(client.ask("UID FETCH 1 ENVELOPE").untagged,
              "* 1 FETCH (UID 1 ENVELOPE (NIL \"zewn\ttrz\" " + ewa + " " + ewa + " " + ewa +
                  " NIL NIL NIL NIL NIL))\r\n");
}

TEST(DemoFetch, macros_and_older_names_are_known) {
    const auto server = started({nested_mail()});
    Client client = in_inbox(*server);
    EXPECT_TRUE(client.ask("FETCH 1 FAST").contains("(FLAGS () INTERNALDATE \" 1-Jan-1970 "));
    EXPECT_TRUE(client.ask("FETCH 1 ALL").contains(" ENVELOPE ("));
    EXPECT_TRUE(client.ask("FETCH 1 FULL").contains(" BODY ("));
    EXPECT_EQ(first_literal(client.ask("FETCH 1 RFC822")), nested_mail().raw);
    EXPECT_EQ(first_literal(client.ask("FETCH 1 RFC822.HEADER")), section(client, "HEADER"));
    EXPECT_EQ(first_literal(client.ask("FETCH 1 RFC822.TEXT")), section(client, "TEXT"));
    EXPECT_TRUE(client.ask("FETCH 1 RFC822.SIZE")
                    .contains("RFC822.SIZE " + std::to_string(nested_mail().raw.size())));
}

}  // namespace
}  // namespace mail::demo
