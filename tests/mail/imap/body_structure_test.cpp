#include "mail/imap/body_structure.h"

#include <gtest/gtest.h>

namespace mail::imap {
namespace {

BodyStructure read(std::string_view raw) {
    Cursor cursor(raw);
    BodyStructure structure = parse_body_structure(cursor);
    EXPECT_FALSE(cursor.failed()) << raw << cursor.offset();
    EXPECT_TRUE(cursor.at_end()) << raw;
    return structure;
}

/// "section:type/subtype<parent" of every node.
std::string shape(std::string_view raw) {
    std::string shape;
    for (const BodyNode& node : read(raw))
        shape += node.section + ":" + node.type + "/" + node.subtype + "<" +
                 std::to_string(node.parent) + " ";
    return shape;
}

Cause refusal(std::string_view raw, const StructureLimits& limits = {}) {
    Cursor cursor(raw);
    const BodyStructure structure = parse_body_structure(cursor, limits);
    EXPECT_TRUE(cursor.failed());
    EXPECT_TRUE(structure.empty());
    return cursor.failed() ? cursor.error(Reach::message).cause : Cause::internal;
}

constexpr std::string_view text = R"(("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 100 5))";
constexpr std::string_view pdf =
    R"(("APPLICATION" "PDF" ("NAME" "a.pdf") "<i@d>" "desc" "BASE64" 5000 NIL ("ATTACHMENT" ("FILENAME" "b.pdf")) NIL NIL))";

std::string multipart(std::string_view parts, std::string_view subtype = "MIXED") {
    return "(" + std::string(parts) + " \"" + std::string(subtype) +
           "\" (\"BOUNDARY\" \"x\") NIL NIL)";
}

std::string message(std::string_view inside) {
    return R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 300 (NIL "s" NIL NIL NIL NIL NIL NIL NIL NIL) )" +
           std::string(inside) + " 10 NIL (\"ATTACHMENT\" NIL) NIL)";
}

TEST(BodyStructure, a_single_part_has_all_its_fields) {
    const BodyStructure structure = read(pdf);
    ASSERT_EQ(structure.size(), 1U);
    const BodyNode& node = structure[0];
    EXPECT_EQ(node.section, "1");
    EXPECT_EQ(node.type + "/" + node.subtype, "application/pdf");
    EXPECT_EQ(node.parameters, (RawParameters{{"name", "a.pdf"}}));
    EXPECT_EQ(node.raw_id, "<i@d>");
    EXPECT_EQ(node.encoding, "base64");
    EXPECT_EQ(node.size_octets, 5000U);
    EXPECT_EQ(node.disposition, "attachment");
    EXPECT_EQ(node.disposition_parameters, (RawParameters{{"filename", "b.pdf"}}));
}

TEST(BodyStructure, sections_are_those_that_fetch_wants) {
    const std::string t(text);
    const std::string p(pdf);
    const std::vector<std::pair<std::string, std::string>> table{
        {t, "1:text/plain<-1 "},
        {multipart(t + p), ":multipart/mixed<-1 1:text/plain<0 2:application/pdf<0 "},
        {multipart(multipart(t + t, "ALTERNATIVE") + p),
         ":multipart/mixed<-1 1:multipart/alternative<0 1.1:text/plain<1 1.2:text/plain<1 "
         "2:application/pdf<0 "},
        // A multipart in a message is the message's body and has its number.
        {multipart(t + message(multipart(t + p))),
         ":multipart/mixed<-1 1:text/plain<0 2:message/rfc822<0 2:multipart/mixed<2 "
         "2.1:text/plain<3 2.2:application/pdf<3 "},
        {multipart(t + message(p)),
         ":multipart/mixed<-1 1:text/plain<0 2:message/rfc822<0 2.1:application/pdf<2 "},
        {message(t), "1:message/rfc822<-1 1.1:text/plain<0 "},
        {message(multipart(t + p)),
         "1:message/rfc822<-1 1:multipart/mixed<0 1.1:text/plain<1 1.2:application/pdf<1 "},
        {message(message(p)), "1:message/rfc822<-1 1.1:message/rfc822<0 1.1.1:application/pdf<1 "},
        {multipart(message(message(multipart(p + p)))),
         ":multipart/mixed<-1 1:message/rfc822<0 1.1:message/rfc822<1 1.1:multipart/mixed<2 "
         "1.1.1:application/pdf<3 1.1.2:application/pdf<3 "},
    };
    for (const auto& [raw, expected] : table)
        EXPECT_EQ(shape(raw), expected) << raw;
}

TEST(BodyStructure, of_parameters_those_are_kept_that_name_a_part_or_its_letters) {
    EXPECT_EQ(
        read(R"(("A" "B" ("CHARSET" "c" "BOUNDARY" {1})"
             "\r\nx \"NAME*0*\" \"a\" \"TITLE\" NIL \"DelSp\" \"yes\" \"FileName\" \"b\") NIL NIL "
             "NIL 1)")
            .at(0)
            .parameters,
        (RawParameters{{"charset", "c"}, {"name*0*", "a"}, {"delsp", "yes"}, {"filename", "b"}}));
}

TEST(BodyStructure, names_as_literals_are_read) {
    const BodyStructure structure =
        read("(\"APPLICATION\" \"PDF\" (\"NAME\" {9}\r\na\"(b).pdf) NIL NIL \"base64\" 10 NIL "
             "(\"attachment\" (\"filename\" {1}\r\n))) NIL NIL)");
    EXPECT_EQ(structure.at(0).parameters.at(0).second, "a\"(b).pdf");
    EXPECT_EQ(structure.at(0).disposition_parameters.at(0).second, ")");
}

TEST(BodyStructure, careless_servers_are_read) {
    const std::string t(text);
    // Without extension data, with blanks between parts, without one before the subtype.
    EXPECT_EQ(shape("(" + t + " " + t + "\"MIXED\")"),
              ":multipart/mixed<-1 1:text/plain<0 2:text/plain<0 ");
    // An attached mail described as a file, and one whose envelope is NIL.
    EXPECT_EQ(shape(R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 300))"), "1:message/rfc822<-1 ");
    EXPECT_EQ(shape("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 300 NIL " + t + " 3)"),
              "1:message/rfc822<-1 1.1:text/plain<0 ");
    // A multipart without parts; NIL for strings; NIL, nothing and nonsense for numbers.
    EXPECT_EQ(shape(R"(("MIXED" ("BOUNDARY" "x") NIL NIL))"), ":multipart/mixed<-1 ");
    EXPECT_EQ(shape("(NIL NIL NIL NIL NIL NIL NIL NIL)"), "1:/<-1 ");
    EXPECT_EQ(read(R"(("A" "B" () NIL NIL NIL -1))").at(0).size_octets, 0U);
    EXPECT_EQ(read(R"(("A" "B" ("NAME" NIL "Y") NIL NIL NIL 1))").at(0).parameters,
              (RawParameters{{"name", ""}}));
    EXPECT_EQ(read(R"(("A" "B" NIL NIL NIL NIL 1 NIL "INLINE" ("pl" "en") NIL (1 (2))))")
                  .at(0)
                  .disposition,
              "inline");
}

TEST(BodyStructure, a_damaged_one_is_refused) {
    for (const std::string_view raw :
         {"", "(", "()", "NIL", "x", R"(("TEXT"))", R"(("TEXT" "PLAIN" x NIL NIL "7BIT" 1))",
          R"((("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1))", R"(("A" "B" ("x" "y) NIL NIL NIL 1))"})
        EXPECT_EQ(refusal(raw), Cause::reply_malformed) << raw;
}

TEST(BodyStructure, depth_and_count_are_capped) {
    std::string deep(text);
    for (int depth = 1; depth < 100; ++depth)
        deep = multipart(deep);
    EXPECT_EQ(read(deep).size(), 100U);
    EXPECT_EQ(refusal(multipart(deep)), Cause::nesting_too_deep);
    EXPECT_EQ(refusal(std::string(100'000, '(')), Cause::nesting_too_deep);

    std::string parts;
    for (int count = 0; count < 20; ++count)
        parts += text;
    EXPECT_EQ(read(multipart(parts)).size(), 21U);
    EXPECT_EQ(refusal(multipart(parts), {100, 20}), Cause::too_many_parts);
}

}  // namespace
}  // namespace mail::imap
