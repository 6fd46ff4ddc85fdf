#include "mail/work/row_blob.h"

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/imap/listing.h"
#include "mail/net/connection.h"
#include "mail/work/describe.h"

namespace mail::work {
namespace {

void expect_same(const std::optional<Error>& got, const std::optional<Error>& expected) {
    ASSERT_EQ(got.has_value(), expected.has_value());
    if (!got)
        return;
    EXPECT_EQ(got->cause, expected->cause);
    EXPECT_EQ(got->layer, expected->layer);
    EXPECT_EQ(got->reach, expected->reach);
    EXPECT_EQ(got->facts, expected->facts);
}

void expect_same_parts(const PartList& got, const PartList& expected) {
    EXPECT_EQ(static_cast<bool>(got), static_cast<bool>(expected));
    EXPECT_EQ(got.packed(), expected.packed());
    const Parts one = got.unpack();
    const Parts other = expected.unpack();
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].part.name, other[i].part.name);
        expect_same(one[i].error, other[i].error);
    }
}

void expect_same(const MessageRow& got, const MessageRow& expected) {
    EXPECT_EQ(got.uid, expected.uid);
    EXPECT_EQ(got.subject, expected.subject);
    EXPECT_EQ(got.sender_name, expected.sender_name);
    EXPECT_EQ(got.sender_address, expected.sender_address);
    EXPECT_EQ(got.message_id, expected.message_id);
    EXPECT_EQ(got.received, expected.received);
    EXPECT_EQ(got.size_octets, expected.size_octets);
    EXPECT_EQ(got.attachments, expected.attachments);
    EXPECT_EQ(got.whole_needed, expected.whole_needed);
    EXPECT_EQ(got.is_deleted, expected.is_deleted);
    EXPECT_EQ(got.claimed_by, expected.claimed_by);
    EXPECT_EQ(got.initial.status, expected.initial.status);
    expect_same(got.structure_error, expected.structure_error);
    expect_same_parts(got.parts, expected.parts);
}

MessageRow odd_row() {
    MessageRow row;
    row.uid = 4'294'967'295;
    row.subject = std::string(500, 'x') + "Zażółć";
    row.message_id.assign("<a\0\xff>", 5);
    row.received = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);
    row.size_octets = UINT64_MAX;
    row.attachments = 70'000;
    row.whole_needed = row.is_deleted = true;
    row.claimed_by = ClaimedBy::another;
    row.structure_error = Error{Cause::reply_malformed, Layer::list, Reach::message, {{"a", "ą"}}};
    row.initial.status = Status::check;
    PartView part;
    part.part.name = "faktura ąż.pdf";
    part.part.type = part.type = "application/pdf";
    part.part.encoding = "\xff";
    part.part.repaired = {mime::Repair::structure_replaced, mime::Repair::name_charset};
    part.size_octets = 1ULL << 40;
    part.reason = Reason::failed;
    PartView inner = part;
    inner.part.parent = 0;
    inner.error = Error{Cause::part_missing, Layer::fetch, Reach::part, {}};
    row.parts = PartList({part, inner});
    return row;
}

}  // namespace

TEST(RowBlob, every_sample_mail_comes_back_as_it_was_described) {
    net::initialise();
    const auto server = demo::Server::start(demo::sample_mails()).value();
    const Wait wait = Wait::for_at_most(std::chrono::minutes(2));
    const auto session =
        imap::Session::open(server->endpoint(),
                            {imap::Credentials::Kind::password, "demo", Secret("demo")}, {}, wait)
            .value();
    const imap::Contents contents = session->examine_with_uids("INBOX", wait).value();
    std::size_t rows = 0;
    const auto listed = imap::list_messages(
        *session, {contents.uids}, [](imap::MessageData data) { return describe(data, {}); },
        [&](const MessageRow& row) {
            const std::string blob = to_blob(row);
            const auto back = row_from_blob(blob);
            ASSERT_TRUE(back) << row.subject;
            expect_same(*back, row);
            for (std::size_t octets = 0; octets < blob.size(); ++octets)
                ASSERT_FALSE(row_from_blob(blob.substr(0, octets)));
            ++rows;
        },
        wait);
    ASSERT_TRUE(listed);
    EXPECT_EQ(rows, contents.uids.size());
    EXPECT_GT(rows, 20U);
}

TEST(RowBlob, odd_rows_come_back) {
    MessageRow row = odd_row();
    expect_same(row_from_blob(to_blob(row)).value(), row);
    row.parts = PartList(Parts{});
    expect_same(row_from_blob(to_blob(row)).value(), row);
    row.parts = PartList();
    row.structure_error.reset();
    for (const ClaimedBy claimed_by : {ClaimedBy::nobody, ClaimedBy::somebody, ClaimedBy::us}) {
        row.claimed_by = claimed_by;
        row.is_deleted = false;
        expect_same(row_from_blob(to_blob(row)).value(), row);
    }
}

TEST(RowBlob, what_the_ledger_said_is_not_kept) {
    MessageRow row = odd_row();
    row.initial.status = Status::quarantined;
    row.initial.error = Error{};
    row.initial.folder = "/faktury";
    const MessageRow back = row_from_blob(to_blob(row)).value();
    EXPECT_EQ(back.initial.status, Status::new_);
    EXPECT_FALSE(back.initial.error);
    EXPECT_EQ(back.initial.folder, "");
}

TEST(RowBlob, octets_that_are_none_are_refused) {
    const std::string blob = to_blob(odd_row());
    EXPECT_FALSE(row_from_blob(""));
    EXPECT_FALSE(row_from_blob(blob + "x"));
    EXPECT_FALSE(row_from_blob("\1" + blob.substr(1)));
    EXPECT_FALSE(row_from_blob(std::string(11, '\xff')));
    const auto with = [&](const auto& change) {
        MessageRow row = odd_row();
        change(row);
        return row_from_blob(to_blob(row)).has_value();
    };
    EXPECT_TRUE(with([](MessageRow&) {}));
    EXPECT_FALSE(with([](MessageRow& row) { row.uid = 0; }));
    EXPECT_FALSE(with([](MessageRow& row) { row.subject = "\xff"; }));
    EXPECT_FALSE(with([](MessageRow& row) {
        row.received = std::chrono::sys_seconds(std::chrono::seconds(INT64_MAX));
    }));
    EXPECT_FALSE(with([](MessageRow& row) {
        PartView part;
        part.part.name = "\xff";
        row.parts = PartList({part});
    }));
    EXPECT_FALSE(with([](MessageRow& row) {
        PartView part;
        part.part.parent = 0;
        row.parts = PartList({part});
    }));
}

TEST(RowBlob, any_octet_may_be_another) {
    const std::string blob = to_blob(odd_row());
    for (std::size_t at = 0; at < blob.size(); ++at)
        for (const int other : {0, 1, 0x7F, 0x80, 0xFF}) {
            std::string damaged = blob;
            damaged[at] = static_cast<char>(other);
            const auto row = row_from_blob(damaged);
            if (!row)
                continue;
            EXPECT_EQ(row->parts.unpack().size(), row->parts.size());
        }
}

TEST(RowBlob, the_recipe_names_what_changes_verdicts) {
    point::General general;
    const std::string recipe = row_recipe(general, "1.0", 7);
    general.naming = "{date} {name}";
    EXPECT_EQ(row_recipe(general, "1.0", 7), recipe);
    EXPECT_NE(row_recipe(general, "1.1", 7), recipe);
    EXPECT_NE(row_recipe(general, "1.0", 8), recipe);
    general.only_graphic_attachments = true;
    EXPECT_NE(row_recipe(general, "1.0", 7), recipe);
    general.only_graphic_attachments = false;
    general.inline_images = point::InlineImages::skip;
    EXPECT_NE(row_recipe(general, "1.0", 7), recipe);
}

}  // namespace mail::work
