#include "mail/demo/outline.h"

#include <gtest/gtest.h>

#include "mail/demo/describe.h"

namespace mail::demo {
namespace {

std::string_view body(std::string_view mail, const Entity& entity) {
    return entity.body_of(mail);
}

TEST(Outline, the_line_break_before_a_delimiter_belongs_to_it) {
    const std::string mail = "Content-Type: multipart/mixed; boundary=b\r\n\r\nwstep\r\n--b\r\n\r\n"
                             "raz\r\n--b  \r\n\r\ndwa\r\n\r\n--b--\r\nkoniec";
    const Entity outline = outline_of(mail);
    ASSERT_EQ(outline.children.size(), 2U);
    EXPECT_EQ(body(mail, outline.children[0]), "raz");
    EXPECT_EQ(body(mail, outline.children[1]), "dwa\r\n");
}

TEST(Outline, a_longer_boundary_is_another_one) {
    const std::string mail = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
                             "--bb\r\nx --b\r\n--b--";
    const Entity outline = outline_of(mail);
    ASSERT_EQ(outline.children.size(), 1U);
    EXPECT_EQ(body(mail, outline.children[0]), "--bb\r\nx --b");
}

TEST(Outline, a_multipart_that_is_not_closed_ends_with_what_holds_it) {
    const std::string mail =
        "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nraz\r\n--a\r\n\r\ndwa\r\n";
    const Entity outline = outline_of(mail);
    ASSERT_EQ(outline.children.size(), 2U);
    ASSERT_EQ(outline.children[0].children.size(), 1U);
    EXPECT_EQ(body(mail, outline.children[0].children[0]), "raz");
    EXPECT_EQ(body(mail, outline.children[1]), "dwa\r\n");
}

TEST(Outline, a_multipart_without_its_boundary_has_one_empty_part) {
    const Entity outline =
        outline_of("Content-Type: multipart/mixed; boundary=b\r\n\r\nnic takiego\r\n");
    ASSERT_EQ(outline.children.size(), 1U);
    EXPECT_TRUE(outline.children[0].is_text());
    EXPECT_EQ(outline.children[0].begin, outline.children[0].end);
}

TEST(Outline, parts_of_a_digest_are_messages) {
    const Entity outline =
        outline_of("Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n"
                   "Subject: x\r\n\r\ny\r\n--b--\r\n");
    ASSERT_EQ(outline.children.size(), 1U);
    EXPECT_TRUE(outline.children[0].is_message());
}

TEST(Outline, depth_has_an_end) {
    std::string mail;
    for (int i = 0; i < 20'000; ++i)
        mail += "Content-Type: message/rfc822\r\n\r\n";
    int depth = 0;
    const Entity outline = outline_of(mail);
    for (const Entity* at = &outline; !at->children.empty(); at = &at->children.front())
        ++depth;
    EXPECT_EQ(depth, 50);
    EXPECT_NE(body_structure(mail, outline, Extensions::told).find("OCTET-STREAM"),
              std::string::npos);
}

TEST(Outline, strange_heads_are_survived) {
    for (const char* mail : {"", "\r\n", "bez dwukropka", "A: b", "Content-Type:\r\n\r\n",
                             "Content-Type: multipart/mixed\r\n\r\n--\r\n", ": \r\n\r\n",
                             "Content-Type: (((\r\n\r\nx", "Content-Type: text/\"\r\n\r\nx",
                             "From: <\r\n\r\n", "From: \"a\r\n\r\n", "From: a <b@c, ;:\r\n\r\n"}) {
        const Entity outline = outline_of(mail);
        EXPECT_FALSE(body_structure(mail, outline, Extensions::told).empty()) << mail;
        EXPECT_FALSE(envelope(outline.head_of(mail)).empty()) << mail;
    }
}

TEST(Fields, parameters_lose_quotes_and_comments_only) {
    const auto value = parse_parameters("application/pdf (faktura; 1); name=\"a; \\\"b\\\".pdf\" ; "
                                        "x*0*=UTF-8''%C4%85;y = z ; pusty=");
    EXPECT_EQ(value.value, "application/pdf");
    const Parameters wanted{
        {"name", "a; \"b\".pdf"}, {"x*0*", "UTF-8''%C4%85"}, {"y", "z"}, {"pusty", ""}};
    EXPECT_EQ(value.parameters, wanted);
}

TEST(Fields, addresses_in_all_their_forms) {
    const auto list = parse_addresses(
        "Jan Nowak <jan@a.example>, \"Nowak, Ewa\" <ewa@a.example>, biuro@a.example (Biuro), "
        "Grupa: x@b.example, <y@b.example>;, nikt:;");
    ASSERT_EQ(list.size(), 5U);
    EXPECT_EQ(list[0].name, "Jan Nowak");
    EXPECT_EQ(list[0].mailbox, "jan");
    EXPECT_EQ(list[0].host, "a.example");
    EXPECT_EQ(list[1].name, "Nowak, Ewa");
    EXPECT_EQ(list[2].name, "Biuro");
    EXPECT_EQ(list[2].mailbox, "biuro");
    EXPECT_EQ(list[3].mailbox, "x");
    EXPECT_EQ(list[4].mailbox, "y");
}

TEST(ImapString, is_quoted_where_it_can_be_and_a_literal_elsewhere) {
    EXPECT_EQ(imap_string("a \"b\\"), "\"a \\\"b\\\\\"");
    EXPECT_EQ(imap_string("a\r\nb"), "{4}\r\na\r\nb");
    EXPECT_EQ(imap_string("\xB3"), "{1}\r\n\xB3");
    EXPECT_EQ(imap_string(std::string_view("\0", 1)), "{1}\r\n?");
}

}  // namespace
}  // namespace mail::demo
