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

}  // namespace
}  // namespace app
