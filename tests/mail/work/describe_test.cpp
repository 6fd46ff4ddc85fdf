#include "mail/work/describe.h"

#include <gtest/gtest.h>

namespace mail::work {

namespace {

imap::BodyNode node(int parent, std::string section, std::string type, std::string subtype) {
    imap::BodyNode node;
    node.parent = parent;
    node.section = std::move(section);
    node.type = std::move(type);
    node.subtype = std::move(subtype);
    node.encoding = node.type == "application" ? "base64" : "7bit";
    node.size_octets = 1000;
    return node;
}

imap::MessageData invoice() {
    imap::MessageData data;
    data.uid = 7;
    data.size_octets = 4000;
    data.envelope.raw_subject = "=?utf-8?Q?Faktura_za_us=C5=82ugi?=";
    data.envelope.from.push_back({"=?utf-8?Q?=C5=BBak?=", "biuro", "zak.example"});
    data.envelope.raw_message_id = "<1@zak.example>";
    data.structure = {node(-1, "", "multipart", "mixed"), node(0, "1", "text", "plain"),
                      node(0, "2", "application", "pdf")};
    data.structure[2].disposition = "attachment";
    data.structure[2].disposition_parameters = {{"filename", "=?utf-8?Q?fv_=C5=82.pdf?="}};
    return data;
}

}  // namespace

TEST(Describe, texts_are_decoded_and_the_part_has_its_name) {
    const MessageRow row = describe(invoice(), {});
    EXPECT_EQ(row.subject, "Faktura za usługi");
    EXPECT_EQ(row.sender_name, "Żak");
    EXPECT_EQ(row.sender_address, "biuro@zak.example");
    EXPECT_EQ(row.attachments, 1U);
    EXPECT_FALSE(row.whole_needed);
    EXPECT_EQ(row.initial.status, Status::new_);
    ASSERT_EQ(row.parts.unpack().size(), 3U);
    EXPECT_EQ(row.parts.unpack()[2].part.name, "fv ł.pdf");
    EXPECT_EQ(row.parts.unpack()[2].part.path, "2");
    EXPECT_TRUE(row.parts.unpack()[0].part.has_children);
}

TEST(Describe, text_that_flows_says_so) {
    imap::MessageData data = invoice();
    data.structure[1].parameters = {{"format", "Flowed"}, {"delsp", "yes"}};
    const Parts parts = describe(std::move(data), {}).parts.unpack();
    EXPECT_EQ(parts[1].part.flow, mime::Flow::flowed_without_spaces);
    EXPECT_EQ(parts[2].part.flow, mime::Flow::none);
}

TEST(Describe, a_hostile_subject_is_one_line) {
    imap::MessageData data = invoice();
    data.envelope.raw_subject =
        std::string("a\r\nb\0c\x1b[31m", 11) + "\xE2\x80\xAE" + std::string(1 << 20, 'x');
    const MessageRow row = describe(data, {});
    EXPECT_EQ(row.subject.find_first_of("\r\n\x1b"), std::string::npos);
    EXPECT_EQ(row.subject.find("\xE2\x80\xAE"), std::string::npos);
    EXPECT_LE(row.subject.size(), 1010U);
}

TEST(Describe, a_structure_that_could_not_be_read_asks_for_the_whole_mail) {
    imap::MessageData data = invoice();
    data.structure.clear();
    data.structure_error = Error{Cause::reply_malformed, Layer::list, Reach::message, {}};
    const MessageRow row = describe(data, {});
    EXPECT_TRUE(row.whole_needed);
    EXPECT_EQ(row.initial.status, Status::new_);
}

TEST(NeedsWholeMail, where_the_wanted_lies_inside_or_the_structure_contradicts_itself) {
    const auto needs = [](imap::BodyNode leaf) {
        return needs_whole_mail(
            structure_of({node(-1, "", "multipart", "mixed"), std::move(leaf)}));
    };
    EXPECT_FALSE(needs(node(0, "1", "application", "pdf")));
    EXPECT_TRUE(needs(node(0, "1", "application", "ms-tnef")));
    EXPECT_TRUE(needs(node(0, "1", "application", "pkcs7-mime")));
    imap::BodyNode odd = node(0, "1", "application", "pdf");
    odd.encoding = "x-own";
    EXPECT_TRUE(needs(odd));
    imap::BodyNode winmail = node(0, "1", "application", "octet-stream");
    winmail.parameters = {{"name", "WINMAIL.DAT"}};
    EXPECT_TRUE(needs(winmail));
    EXPECT_TRUE(needs(node(0, "1", "message", "rfc822")));
    EXPECT_TRUE(needs(node(0, "1", "message", "news")));
    EXPECT_FALSE(needs(node(0, "1", "text", "plain")));
    imap::BodyNode nothing = node(0, "1", "text", "plain");
    nothing.size_octets = 0;
    EXPECT_TRUE(needs(nothing)) << "the boundary never occurs";
    EXPECT_TRUE(needs_whole_mail(structure_of({node(-1, "", "multipart", "mixed")})));
    EXPECT_TRUE(needs_whole_mail({}));
}

TEST(Describe, a_mail_much_larger_than_its_parts_is_read_whole) {
    imap::MessageData data = invoice();
    data.size_octets = 60'000;
    EXPECT_FALSE(describe(data, {}).whole_needed) << "long heads";
    data.size_octets = 200'000;
    EXPECT_TRUE(describe(data, {}).whole_needed) << "something is behind the last delimiter";
    data.structure[2].size_octets = 190'000;
    EXPECT_FALSE(describe(data, {}).whole_needed);
}

TEST(NeedsWholeMail, where_the_server_did_not_know_the_encoding) {
    imap::BodyNode pdf = node(-1, "1", "application", "pdf");
    EXPECT_FALSE(needs_whole_mail(structure_of({pdf})));
    pdf.encoding = "8bit";
    EXPECT_FALSE(needs_whole_mail(structure_of({pdf})));
    pdf.encoding = "7bit";
    EXPECT_TRUE(needs_whole_mail(structure_of({pdf})));
    imap::BodyNode xml = node(-1, "1", "application", "xml");
    xml.encoding = "7bit";
    EXPECT_FALSE(needs_whole_mail(structure_of({xml})));
}

TEST(NeedsWholeMail, where_the_server_cut_a_name_at_its_first_blank) {
    const auto needs = [](const std::string& name) {
        imap::BodyNode leaf = node(0, "1", "application", "pdf");
        leaf.parameters = {{"name", name}};
        return needs_whole_mail(
            structure_of({node(-1, "", "multipart", "mixed"), std::move(leaf)}));
    };
    EXPECT_FALSE(needs("Faktura.PDF"));
    for (const char* cut : {"Faktura", "FV.12", "Dr.Kowalski"})
        EXPECT_TRUE(needs(cut)) << cut;
}

}  // namespace mail::work
