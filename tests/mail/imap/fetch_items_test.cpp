#include "mail/imap/fetch_items.h"

#include <gtest/gtest.h>

#include "tests/mail/imap/replies.h"

namespace mail::imap {
namespace {

using namespace std::chrono;

FetchData read(std::string_view items) {
    return tests::parsed<FetchData>("* 12 FETCH " + std::string(items));
}

constexpr std::string_view envelope = R"(("d" "s" NIL NIL NIL NIL NIL NIL NIL "<i>"))";
constexpr std::string_view structure = R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 100 5))";

TEST(FetchItems, are_read_in_any_order_and_among_unknown_ones) {
    const std::string e = "ENVELOPE " + std::string(envelope);
    const std::string b = "BODYSTRUCTURE " + std::string(structure);
    const std::vector<std::string> orders{
        "(UID 7 FLAGS (\\Seen $X) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 44 " + e +
            " " + b + ")",
        "(" + b + " MODSEQ (624140003) " + e +
            " X-GM-LABELS (\"\\\\Inbox\" a) RFC822.SIZE 44 INTERNALDATE \"17-Jul-1996 02:44:25 "
            "-0700\" FLAGS (\\Seen $X) UID 7)",
        "(BODY[HEADER.FIELDS (\"TO]\" X)] \"a)\" uid 7 flags (\\Seen $X) body (\"A\" (1)) " + b +
            " rfc822.size 44 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" BINARY.SIZE[1] 4 " + e +
            " )",
    };
    for (const std::string& items : orders) {
        const FetchData data = read(items);
        EXPECT_FALSE(data.error) << items;
        EXPECT_EQ(data.sequence, 12U);
        EXPECT_EQ(data.uid, 7U) << items;
        EXPECT_EQ(data.flags, (std::vector<std::string>{"\\Seen", "$X"})) << items;
        EXPECT_EQ(data.size_octets, 44U) << items;
        EXPECT_EQ(data.internal_date, sys_days{1996y / July / 17} + 9h + 44min + 25s) << items;
        EXPECT_EQ(data.envelope.value().raw_subject, "s") << items;
        EXPECT_EQ(data.structure.value().size(), 1U) << items;
        EXPECT_FALSE(data.structure_error) << items;
    }
}

TEST(FetchItems, bodies_have_their_kind_section_and_form) {
    const FetchData data = read("(UID 7 BODY[1.2] {3}\r\nabc BINARY[3] NIL BODY[] \"d\\\"\" "
                                "BODY[2]<0> \"\" BODY[2]<10> \"x\" BODY[text] NIL)");
    ASSERT_FALSE(data.error);
    ASSERT_EQ(data.bodies.size(), 6U);
    EXPECT_EQ(data.bodies[0].section, "1.2");
    EXPECT_EQ(data.bodies[0].value.kind, StringValue::Kind::streamed);
    EXPECT_EQ(data.bodies[1].kind, BodyItem::Kind::binary);
    EXPECT_EQ(data.bodies[1].value.kind, StringValue::Kind::nil);
    EXPECT_EQ(data.bodies[2].section, "");
    EXPECT_EQ(data.bodies[2].value.text, "d\"");
    EXPECT_TRUE(data.bodies[3].from_start);
    EXPECT_FALSE(data.bodies[4].from_start);
    EXPECT_EQ(data.bodies[5].section, "TEXT");
}

TEST(FetchItems, a_damaged_structure_leaves_the_rest) {
    for (const std::string_view damaged :
         {"(\"TEXT\" \"PLAIN\" x)", "NIL", "()", "(1 2 3)", "((((\"a\"))))"}) {
        const FetchData data = read("(UID 7 BODYSTRUCTURE " + std::string(damaged) + " ENVELOPE " +
                                    std::string(envelope) + " RFC822.SIZE 9)");
        EXPECT_FALSE(data.error) << damaged;
        EXPECT_EQ(data.uid, 7U);
        EXPECT_EQ(data.envelope.value().raw_message_id, "<i>") << damaged;
        EXPECT_EQ(data.size_octets, 9U);
        ASSERT_TRUE(data.structure_error) << damaged;
        EXPECT_EQ(data.structure_error->reach, Reach::message);
    }
}

TEST(FetchItems, a_hundred_thousand_parentheses_cost_one_structure) {
    const FetchData data =
        read("(BODYSTRUCTURE " + std::string(100'000, '(') + std::string(100'000, ')') + " UID 7)");
    EXPECT_EQ(data.uid, 7U);
    EXPECT_EQ(data.structure_error.value().cause, Cause::nesting_too_deep);
}

TEST(FetchItems, a_damaged_reply_condemns_its_message_and_names_it_where_it_can) {
    const std::vector<std::pair<std::string_view, std::optional<Uid>>> table{
        {"(UID 7 ENVELOPE (\"d\" x y)", 7U},
        {"(ENVELOPE (\"a\"(( UID 7)", 7U},
        {"(ENVELOPE (\"a\"(( FLAGS ()", std::nullopt},
        {"(UID 0 FLAGS ())", std::nullopt},
        {"(UID x)", std::nullopt},
        {"(UID 4294967296)", std::nullopt},
        {"(UID 7", 7U},
        {"(UID 7) x", 7U},
        {"UID 7", std::nullopt},
        {"(FLAGS (\\Seen UID 7", std::nullopt},
        {"", std::nullopt},
    };
    for (const auto& [items, uid] : table) {
        const FetchData data = read(items);
        ASSERT_TRUE(data.error) << items;
        EXPECT_EQ(data.error->reach, Reach::message) << items;
        EXPECT_EQ(data.uid, uid) << items;
    }
}

TEST(FetchItems, what_has_arrived_names_the_body_that_begins) {
    Framer framer;
    ReplyAssembler assembler;
    framer.feed("* 3 FETCH (FLAGS (\\Seen) UID 7 BODY[1] {2}\r\nab BINARY[2.1]<0> ~{9}\r\n");
    std::vector<BodyStart> starts;
    while (const auto piece = framer.next().value()) {
        const auto event = assembler.add(*piece).value();
        if (event && event->kind == ReplyAssembler::Event::Kind::body_begins)
            starts.push_back(parse_body_start(assembler.reply()));
    }
    ASSERT_EQ(starts.size(), 2U);
    EXPECT_EQ(starts[0].uid, 7U);
    EXPECT_EQ(starts[0].section, "1");
    EXPECT_EQ(starts[0].octets, 2U);
    EXPECT_EQ(starts[1].kind, BodyItem::Kind::binary);
    EXPECT_EQ(starts[1].section, "2.1");
    EXPECT_EQ(starts[1].octets, 9U);
}

TEST(InternalDate, is_read_or_refused) {
    const std::vector<std::pair<std::string_view, std::optional<sys_seconds>>> table{
        {"17-Jul-1996 02:44:25 -0700", sys_days{1996y / July / 17} + 9h + 44min + 25s},
        {" 7-Jul-1996 02:44:25 +0130", sys_days{1996y / July / 7} + 1h + 14min + 25s},
        {"7-jul-1996 02:44:25 +0000", sys_days{1996y / July / 7} + 2h + 44min + 25s},
        {"29-Feb-2025 00:00:00 +0000", std::nullopt},
        {"17-Foo-1996 02:44:25 -0700", std::nullopt},
        {"17-Jul-1996 02:44:25", std::nullopt},
        {"17-Jul-1996 02:44:25 MEST!", std::nullopt},
        {"", std::nullopt},
    };
    for (const auto& [raw, date] : table)
        EXPECT_EQ(parse_internal_date(raw), date) << raw;
}

}  // namespace
}  // namespace mail::imap
