#include "mail/imap/reply_assembler.h"

#include <gtest/gtest.h>

#include "tests/mail/imap/replies.h"

namespace mail::imap {
namespace {

TEST(ReplyAssembler, short_literals_become_part_of_the_reply) {
    const Reply reply = tests::reply_of("* LIST () \"/\" {5}\r\na\r\nb)");
    EXPECT_EQ(reply.raw, "* LIST () \"/\" {5}\r\na\r\nb)");
    EXPECT_TRUE(reply.streamed.empty());
}

TEST(ReplyAssembler, bodies_pass_by_and_leave_a_mark) {
    const Reply reply =
        tests::reply_of("* 1 FETCH (UID 7 BODY[1] {3}\r\nabc BINARY[2]<0> ~{2}\r\nde FLAGS ())");
    EXPECT_EQ(reply.raw, "* 1 FETCH (UID 7 BODY[1] {3}\r\n BINARY[2]<0> ~{2}\r\n FLAGS ())");
    ASSERT_EQ(reply.streamed.size(), 2U);
    EXPECT_EQ(reply.streamed[0].at, 30U);
    EXPECT_EQ(reply.streamed[0].octets, 3U);
    EXPECT_EQ(reply.streamed[1].octets, 2U);
}

TEST(ReplyAssembler, the_next_reply_begins_empty) {
    const auto replies = tests::replies_of("* 1 FETCH (BODY[] {1}\r\nx)\r\n* 2 EXISTS\r\n");
    ASSERT_EQ(replies.size(), 2U);
    EXPECT_EQ(replies[1].raw, "* 2 EXISTS");
    EXPECT_TRUE(replies[1].streamed.empty());
}

TEST(ReplyAssembler, only_a_fetch_streams) {
    EXPECT_EQ(tests::reply_of("* STATUS BODY[1] {3}\r\nabc ()").raw,
              "* STATUS BODY[1] {3}\r\nabc ()");
}

TEST(ReplyAssembler, an_announced_literal_above_the_limit_is_an_error_before_it_comes) {
    Framer framer;
    ReplyAssembler assembler(1000);
    framer.feed("* LIST () \"/\" {2000}\r\n");
    const auto event = assembler.add(*framer.next().value());
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().cause, Cause::reply_too_long);
    EXPECT_EQ(event.error().reach, Reach::connection);
}

TEST(ReplyAssembler, a_body_of_any_size_costs_no_memory) {
    Framer framer;
    ReplyAssembler assembler(1000);
    const std::string block(100'000, 'x');
    framer.feed("* 1 FETCH (BODY[] {104857600}\r\n");
    ASSERT_TRUE(assembler.add(*framer.next().value()));
    ASSERT_FALSE(framer.next().value());
    for (int megabytes = 0; megabytes < 1000; ++megabytes) {
        framer.feed(block);
        while (const auto piece = framer.next().value())
            ASSERT_TRUE(assembler.add(*piece));
    }
    EXPECT_LT(assembler.reply().raw.size(), 100U);
}

TEST(BodyItemBeforeLiteral, is_found_only_where_the_grammar_has_it) {
    const std::vector<std::pair<std::string_view, std::string_view>> table{
        {"* 1 FETCH (BODY[] {1}", "BODY[]"},
        {"* 1 FETCH (UID 1 body[1.2] {1}", "body[1.2]"},
        {"* 1 FETCH (BINARY[2]<0> ~{1}", "BINARY[2]<0>"},
        {" BODY[HEADER.FIELDS (SUBJECT)] {1}", "BODY[HEADER.FIELDS (SUBJECT)]"},
        {"* 1 FETCH (ENVELOPE ({1}", ""},
        {"* 1 FETCH (ENVELOPE (\"BODY[1]\" {1}", ""},
        {"* 1 FETCH (XBODY[1] {1}", ""},
        {"* 1 FETCH (RFC822 {1}", ""},
        {"BODY[1] {1}", ""},
    };
    for (const auto& [line, item] : table)
        EXPECT_EQ(body_item_before_literal(line), item) << line;
}

}  // namespace
}  // namespace mail::imap
