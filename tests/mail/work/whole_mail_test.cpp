#include "mail/work/whole_mail.h"

#include <gtest/gtest.h>

namespace mail::work {

namespace {

MessageRow row_of(const std::string& message_id, std::uint64_t octets) {
    MessageRow row;
    row.subject = "Faktura";
    row.message_id = message_id;
    row.size_octets = octets;
    row.parts = PartList(Parts{});
    return row;
}

/// "" where it is the listed mail.
std::string identity(const MessageRow& row, const std::string& raw) {
    const auto source = mime::source_of(raw);
    const auto mail = mime::Message::read(*source);
    const auto checked = check_identity(row, *mail, raw.size());
    return checked ? "" : std::string(name_of(checked.error().cause));
}

std::string mail_with_id(const std::string& field) {
    return "Subject: Faktura\r\n" + field + "\r\nhej\r\n";
}

}  // namespace

TEST(CheckIdentity, a_message_id_is_the_same_however_a_server_writes_it) {
    const std::string raw = mail_with_id("Message-ID: <a.b@firma.example>\r\n");
    for (const std::string id :
         {"<a.b@firma.example>", "a.b@firma.example", " <a.b@firma.example> (x)",
          "<a.b@ firma.example>", "<a.b@firma", ""})
        EXPECT_EQ(identity(row_of(id, 1), raw), "") << id;
    EXPECT_EQ(identity(row_of("<c@firma.example>", 1), raw), "wrong_message");
}

TEST(CheckIdentity, of_two_message_ids_the_server_may_know_the_other) {
    const std::string raw = mail_with_id("Message-ID: <a@x>\r\nMessage-ID: <b@x>\r\n");
    EXPECT_EQ(identity(row_of("<b@x>", raw.size()), raw), "");
}

TEST(CheckIdentity, a_mail_without_the_listed_id_is_a_substitute) {
    EXPECT_EQ(identity(row_of("<a@x>", 1), mail_with_id("")), "message_gone");
    EXPECT_EQ(identity(row_of("", 1), mail_with_id("")), "");
    EXPECT_EQ(identity(row_of("", 1),
                       "From: root@localhost\r\nSubject: message unavailable\r\n\r\ngone\r\n"),
              "message_gone");
}

TEST(PartCutOff, takes_a_wrong_size_and_an_open_end_together) {
    const auto cut = [](const std::string& raw, std::uint64_t said) {
        const auto source = mime::source_of(raw);
        const auto mail = mime::Message::read(*source);
        return part_cut_off(row_of("", said), mail->structure(), raw.size()).has_value();
    };
    const std::string open = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhej\r\n"
                             "--b\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n";
    EXPECT_TRUE(cut(open, open.size() * 2));
    EXPECT_FALSE(cut(open, open.size() + open.size() / 20)) << "GNU Mailutils is wrong by so much";
    EXPECT_FALSE(cut(open + "--b--\r\n", open.size() * 2));
    EXPECT_FALSE(cut(open, 0)) << "not said";
}

TEST(PartCutOff, a_mail_of_one_part_needs_both_sizes) {
    const std::string raw = "Content-Type: application/pdf\r\n\r\n%PDF";
    const auto source = mime::source_of(raw);
    const auto mail = mime::Message::read(*source);
    MessageRow row = row_of("", 1000);
    EXPECT_FALSE(part_cut_off(row, mail->structure(), raw.size()));
    PartView listed;
    listed.part.size_octets = 900;
    row.parts = PartList(Parts{listed});
    EXPECT_TRUE(part_cut_off(row, mail->structure(), raw.size()));
}

}  // namespace mail::work
