// What `mailpoint list` prints, laid out in pieces as they come.

#include "app/messages_table.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace app {
namespace {

mail::MessageRow row(std::uint32_t uid, const std::string& subject, int day) {
    mail::MessageRow row;
    row.uid = uid;
    row.subject = subject;
    row.sender_address = "ala@firma.example";
    row.received = std::chrono::sys_days{std::chrono::year{2020} / 3 / day};
    return row;
}

mail::MailboxView with_chunk(mail::MailboxView before, std::vector<mail::MessageRow> rows) {
    before.chunks.push_back(std::make_shared<const std::vector<mail::MessageRow>>(std::move(rows)));
    return before;
}

TEST(MessagesTable, is_the_same_in_pieces_and_at_once) {
    const auto first = with_chunk({}, {row(3, "c", 3), row(2, "b", 2)});
    const auto both = with_chunk(first, {row(9, "much longer than the others", 9)});
    MessagesTable in_pieces({}), at_once({});
    in_pieces.prepare(first);
    in_pieces.prepare(first);
    const std::string text = in_pieces.text(both);
    EXPECT_EQ(text, at_once.text(both));
    EXPECT_EQ(std::ranges::count(text, '\n'), 4) << text;
    // Newest first, whatever the order in which they came.
    EXPECT_LT(text.find("much longer"), text.find(" c "));
    EXPECT_LT(text.find(" c "), text.find(" b "));
}

TEST(MessagesTable, shows_the_state_at_the_end) {
    auto mailbox = with_chunk({}, {row(1, "a", 1)});
    MessagesTable table({});
    table.prepare(mailbox);
    mail::MessageState failed;
    failed.status = mail::Status::failed;
    mailbox.changes = mailbox.changes.with({{1, failed}});
    const std::string text = table.text(mailbox);
    EXPECT_NE(text.find("Failed"), std::string::npos) << text;
    EXPECT_EQ(text.find("New"), std::string::npos) << text;
}

TEST(MessagesTable, forgets_rows_that_were_listed_anew) {
    const auto before = with_chunk({}, {row(1, "before", 1)});
    MessagesTable table({});
    table.prepare(before);
    const std::string text = table.text(with_chunk({}, {row(1, "after", 1)}));
    EXPECT_EQ(text.find("before"), std::string::npos) << text;
    EXPECT_NE(text.find("after"), std::string::npos) << text;
}

std::shared_ptr<mail::PointView> point_view(const std::string& id, mail::point::Type type) {
    mail::point::Point definition;
    definition.id = definition.name = id;
    definition.type = type;
    auto view = std::make_shared<mail::PointView>();
    view->definition = std::make_shared<const mail::point::Point>(std::move(definition));
    view->target_folder = "/skany";
    return view;
}

TEST(ListedMessages, say_what_the_ocr_program_will_not_accept_where_the_files_go_to_it) {
    auto mailbox = point_view("faktury", mail::point::Type::mailbox);
    auto definition = *mailbox->definition;
    definition.general.ocr_point = "ocr";
    mailbox->definition = std::make_shared<const mail::point::Point>(definition);
    mail::PartView part;
    part.counts = true;
    part.part.path = "2";
    part.part.name = "wykaz.xlsx";
    part.type = part.part.type = "application/zip";
    part.size_octets = 5;
    part.verdict = mail::Verdict::taken;
    part.file = "/skany/wykaz.xlsx";
    mail::MessageRow one = row(1, "a", 1);
    one.parts = mail::work::PartList(mail::Parts{part});
    mailbox->mailbox = std::make_shared<const mail::MailboxView>(with_chunk({}, {one}));
    mail::Snapshot snapshot;
    snapshot.points = {mailbox, point_view("ocr", mail::point::Type::ocr)};

    auto listed = listed_messages(snapshot, "faktury");
    ASSERT_EQ(listed.size(), 1U);
    const std::string words = "The OCR program won't accept it: the point doesn't accept this type";
    const OutputStyle style{gui::text::Language::en, 400};
    EXPECT_NE(taken_table(listed, style).find(words), std::string::npos)
        << taken_table(listed, style);
    std::string json;
    write_messages_json(listed, {}, [&](const std::string& piece) { json += piece; });
    EXPECT_NE(json.find("\"ocr_refuses\": \"wrong_type\""), std::string::npos) << json;

    // Into another folder: no OCR program sees it.
    mailbox->target_folder = "/gdzie indziej";
    listed = listed_messages(snapshot, "faktury");
    EXPECT_EQ(taken_table(listed, style).find(words), std::string::npos);
    EXPECT_TRUE(listed_messages(snapshot, "nobody's").empty());
}

}  // namespace
}  // namespace app
