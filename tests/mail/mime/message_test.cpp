#include "mail/mime/message.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/mail/mime/mail_text.h"

namespace mail::mime {
namespace {

bool has(const Part& part, Repair repair) {
    return std::find(part.repaired.begin(), part.repaired.end(), repair) != part.repaired.end();
}

constexpr std::string_view invoice = "Subject: =?utf-8?Q?Faktura_=C5=BC?=\r\n"
                                     "From: Jan <jan@firma.example>\r\n"
                                     "Message-ID: <1@firma.example>\r\n"
                                     "Date: Tue, 24 Nov 2026 13:00:05 +0100\r\n"
                                     "Content-Type: multipart/mixed; boundary=\"b\"\r\n"
                                     "\r\n"
                                     "preamble\r\n"
                                     "--b\r\n"
                                     "Content-Type: text/plain; charset=UTF-8\r\n"
                                     "\r\n"
                                     "hello\r\n"
                                     "\r\n"
                                     "--b\r\n"
                                     "Content-Type: application/pdf; name=\"a.pdf\"\r\n"
                                     "Content-Disposition: attachment\r\n"
                                     "Content-ID: <c1>\r\n"
                                     "Content-Transfer-Encoding: Base64\r\n"
                                     "\r\n"
                                     "JVBE\r\n"
                                     "Rg==\r\n"
                                     "--b--\r\n"
                                     "epilogue\r\n";

TEST(Message, parts_have_the_numbers_and_octets_that_a_server_would_give) {
    const MailReading mail = reading_of(invoice);
    EXPECT_EQ(mail.parts, (Strings{" multipart/mixed", "1 text/plain [hello\r\n]",
                                   "2 application/pdf a.pdf [%PDF]"}));
    EXPECT_EQ(mail.files, Strings{"a.pdf [%PDF]"});
    const Part& pdf = mail.structure.parts[2];
    EXPECT_EQ(pdf.parent, 0);
    EXPECT_EQ(pdf.content_id, "c1");
    EXPECT_EQ(pdf.encoding, "base64");
    EXPECT_EQ(pdf.disposition, Disposition::attachment);
    EXPECT_EQ(pdf.size_octets, 10U);
    EXPECT_EQ(mail.structure.parts[1].charset, "utf-8");
    EXPECT_TRUE(mail.structure.parts[0].repaired.empty());
    EXPECT_TRUE(mail.structure.complete);
}

TEST(Message, text_that_flows_says_so) {
    const auto flow_in = [](const std::string& parameters) {
        const std::string raw = "Content-Type: text/plain; " + parameters + "\r\n\r\na \r\nb\r\n";
        return reading_of(raw).structure.parts.at(0).flow;
    };
    EXPECT_EQ(flow_in("format=flowed"), Flow::flowed);
    EXPECT_EQ(flow_in("FORMAT=Flowed; DelSp=Yes"), Flow::flowed_without_spaces);
    EXPECT_EQ(flow_in("format=fixed; delsp=yes"), Flow::none);
}

TEST(Message, the_head_is_decoded) {
    const Head head = reading_of(invoice).head;
    EXPECT_EQ(head.subject, "Faktura ż");
    EXPECT_EQ(head.sender_name, "Jan");
    EXPECT_EQ(head.sender_address, "jan@firma.example");
    EXPECT_EQ(head.message_id, "1@firma.example");
    EXPECT_EQ(head.raw_date, "Tue, 24 Nov 2026 13:00:05 +0100");
}

TEST(Message, every_prefix_of_a_mail_can_be_read) {
    for (std::size_t octets = 1; octets < invoice.size(); ++octets)
        EXPECT_FALSE(reading_of(invoice.substr(0, octets)).parts.empty());
}

TEST(Message, nothing_at_all_is_no_mail) {
    const auto empty = source_of("");
    const auto message = Message::read(*empty);
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().cause, Cause::not_a_mail);
}

TEST(Message, a_mail_that_is_the_file) {
    EXPECT_EQ(reading_of("Content-Type: application/pdf; name=a.pdf\n"
                         "Content-Transfer-Encoding: base64\n\nJVBERg==\n")
                  .parts,
              Strings{"1 application/pdf a.pdf [%PDF]"});
    EXPECT_EQ(reading_of("Content-Type: text/plain\n\nJust text\n").files, Strings{});
}

TEST(Message, a_message_in_a_message_goes_on_in_its_number) {
    const MailReading mail = reading_of("Content-Type: multipart/mixed; boundary=o\n\n"
                                        "--o\n\ntext\n"
                                        "--o\nContent-Type: message/rfc822\n\n"
                                        "Subject: in\nContent-Type: multipart/mixed; boundary=i\n\n"
                                        "--i\n\nbody\n--i\nContent-Type: image/png\n\nPNG\n--i--\n"
                                        "--o\nContent-Type: message/rfc822\n\n"
                                        "Content-Type: image/gif\n\nGIF\n"
                                        "--o--\n");
    EXPECT_EQ(mail.parts,
              (Strings{" multipart/mixed", "1 text/plain [text]", "2 message/rfc822",
                       "2 multipart/mixed", "2.1 text/plain [body]", "2.2 image/png [PNG]",
                       "3 message/rfc822", "3.1 image/gif [GIF]"}));
    EXPECT_EQ(mail.files, (Strings{" [PNG]", " [GIF]"}));
}

TEST(Message, a_digest_holds_messages) {
    EXPECT_EQ(reading_of("Content-Type: multipart/digest; boundary=d\n\n"
                         "--d\n\nContent-Type: image/png\n\nPNG\n--d--\n")
                  .parts,
              (Strings{" multipart/digest", "1 message/rfc822", "1.1 image/png [PNG]"}));
}

TEST(Message, an_encoded_message_is_opened_in_a_number_of_its_own) {
    const std::string inner = "Subject: in\nContent-Type: multipart/mixed; boundary=i\n\n"
                              "--i\nContent-Type: image/png\n\nPNG\n--i--\n";
    const MailReading mail = reading_of("Content-Type: multipart/mixed; boundary=o\n\n"
                                        "--o\nContent-Type: message/rfc822\n"
                                        "Content-Transfer-Encoding: base64\n\n" +
                                        base64_of(inner) +
                                        "\n--o\nContent-Type: message/rfc822\n"
                                        "Content-Transfer-Encoding: quoted-printable\n\n"
                                        "Content-Type: image/gif\n\n=47IF\n--o--\n");
    EXPECT_EQ(mail.parts,
              (Strings{" multipart/mixed", "1 message/rfc822", "1/ multipart/mixed",
                       "1/1 image/png [PNG]", "2 message/rfc822", "2/1 image/gif [GIF]"}));
    EXPECT_TRUE(has(mail.structure.parts[3], Repair::encoded_message));
}

TEST(Message, a_message_that_claims_to_be_base64_but_stands_in_clear_is_read) {
    EXPECT_EQ(reading_of("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                         "Subject: in\nContent-Type: image/png\n\nPNG")
                  .files,
              Strings{" [PNG]"});
}

struct Row {
    std::string_view what, raw;
    Strings files;
    Repair repair;
};

TEST(Message, damaged_mails_are_mended_and_say_so) {
    const Row rows[] = {
        {"no end",
         "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\n\nPNG",
         {" [PNG]"},
         Repair::boundary},
        {"the inner end is missing",
         "Content-Type: multipart/mixed; boundary=o\n\n--o\n"
         "Content-Type: multipart/related; boundary=i\n\n--i\nContent-Type: image/png\n\nPNG\n"
         "--o\nContent-Type: image/gif\n\nGIF\n--o--\n",
         {" [PNG]", " [GIF]"},
         Repair::boundary},
        {"wrong boundary",
         "Content-Type: multipart/mixed; boundary=none\n\n--used\nContent-Type: image/png\n\nPNG\n"
         "--used--\n",
         {" [PNG]"},
         Repair::boundary},
        {"no boundary parameter",
         "Content-Type: multipart/mixed\n\n--used\nContent-Type: image/png\n\nPNG\n--used--\n",
         {" [PNG]"},
         Repair::boundary},
        {"doubled boundary",
         "Content-Type: multipart/mixed; boundary=x; boundary=b\n\n--b\nContent-Type: image/png\n\n"
         "PNG\n--b--\n",
         {" [PNG]"},
         Repair::boundary},
        {"parts after the end",
         "Content-Type: multipart/mixed; boundary=b\n\n--b--\n--b\nContent-Type: image/png\n\nPNG\n"
         "--b--\n",
         {" [PNG]"},
         Repair::boundary},
        {"something clings to the end",
         "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\n\nPNG\n"
         "--b--> x\n",
         {" [PNG]"},
         Repair::boundary},
        {"several types",
         "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=b\n\n"
         "--b\nContent-Type: image/png\n\nPNG\n--b--\n",
         {" [PNG]"},
         Repair::content_type},
        {"no type, but a body of parts",
         "Subject: a\n\n--b\nContent-Type: image/png\n\nPNG\n--b--\n",
         {" [PNG]"},
         Repair::content_type},
        {"no blank line behind the head",
         "Content-Type: image/png\nPNG data, no field\n",
         {" [PNG data, no field\n]"},
         Repair::headers},
        {"foreign text above",
         "Here is the mail that you asked for\n\nSubject: a\nContent-Type: image/png\n\nPNG",
         {" [PNG]"},
         Repair::headers},
        {"an odd line among the fields",
         "Subject: a\n*** scanned ***\nContent-Type: image/png\n\nPNG",
         {" [PNG]"},
         Repair::headers},
        {"a blank line among the fields",
         "Subject: a\n\nContent-Type: image/png\n\nPNG",
         {" [PNG]"},
         Repair::headers},
        {"a blank line above the fields of a part",
         "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nContent-Type: "
         "image/png\n\nPNG\n--b--\n",
         {" [PNG]"},
         Repair::headers},
        {"a lost blank of folding",
         "Content-Type: image/png;\nname=\"a:b.png\"\n\nPNG",
         {"a:b.png [PNG]"},
         Repair::headers},
        {"unknown encoding",
         "Content-Type: image/png\nContent-Transfer-Encoding: x-strange\n\nPNG",
         {" [PNG]"},
         Repair::transfer_encoding},
        {"uuencoded file in a text",
         "Subject: a\n\nHere:\nbegin 644 a.txt\n#9F]O\n`\nend\nBye\n",
         {"a.txt [foo]"},
         Repair::uuencode}};
    for (const Row& row : rows) {
        const MailReading mail = reading_of(row.raw);
        EXPECT_EQ(mail.files, row.files) << row.what;
        bool told = false;
        for (const Part& part : mail.structure.parts)
            told = told || has(part, row.repair);
        const bool harmless =
            row.what == "doubled boundary" || row.what == "something clings to the end";
        EXPECT_NE(told, harmless) << row.what;
    }
}

TEST(Message, what_is_harmless_is_not_called_a_repair) {
    for (const std::string_view raw :
         {"From jan@firma.example Tue Nov 24 13:00:05 2026\nContent-Type: image/png\n\nPNG",
          "\xEF\xBB\xBF"
          "Content-Type: image/png\n\nPNG",
          "\n\r\n\nContent-Type: image/png\n\nPNG", "Content-Type: image/png\r\r\n\r\r\nPNG",
          "Content-type : image/png\n\nPNG"}) {
        const MailReading mail = reading_of(raw);
        EXPECT_EQ(mail.files, Strings{" [PNG]"}) << raw;
        EXPECT_TRUE(mail.structure.parts[0].repaired.empty()) << raw;
    }
}

TEST(Message, lines_that_end_by_cr_alone_are_lines) {
    EXPECT_EQ(reading_of("Content-Type: multipart/mixed; boundary=b\r\r--b\r"
                         "Content-Type: image/png\r\rPNG\rPNG\r--b--\r")
                  .files,
              Strings{" [PNG\rPNG]"});
}

TEST(Message, a_mail_saved_as_utf_16_is_read) {
    const std::string_view text = "Content-Type: image/png\n\nPNG";
    std::string little = "\xFF\xFE", big = "\xFE\xFF";
    for (const char octet : text) {
        little += {octet, '\0'};
        big += {'\0', octet};
    }
    EXPECT_EQ(reading_of(little).files, Strings{" [PNG]"});
    EXPECT_EQ(reading_of(big).files, Strings{" [PNG]"});
}

TEST(Message, boundaries_that_begin_alike_are_told_apart) {
    EXPECT_EQ(reading_of("Content-Type: multipart/mixed; boundary=b\n\n--b\n"
                         "Content-Type: multipart/mixed; boundary=bb\n\n--bb\n"
                         "Content-Type: image/png\n\n--b-not\nPNG\n--bb--\n--b\n"
                         "Content-Type: image/gif\n\nGIF\n--b--\n")
                  .files,
              (Strings{" [--b-not\nPNG]", " [GIF]"}));
}

TEST(Message, text_in_a_multipart_without_any_delimiter_is_no_attachment) {
    EXPECT_EQ(reading_of("Content-Type: multipart/mixed; boundary=b\n\nJust text\n").files,
              Strings{});
}

TEST(Message, a_text_that_speaks_of_begin_holds_no_file) {
    for (const std::string_view body :
         {"begin 644 a.txt\nand now some text\nend\n", "begin 644 a.txt\n#9F]O\n`\n",
          "to begin 644 a.txt\n#9F]O\nend\n", "begin 644 a.txt\nend\n"})
        EXPECT_EQ(reading_of("Subject: a\n\n" + std::string(body)).files, Strings{}) << body;
}

TEST(Message, a_uuencoded_file_in_an_encoded_text_is_found) {
    const MailReading mail = reading_of("Content-Transfer-Encoding: quoted-printable\n\n"
                                        "=62egin 644 a.txt\n#9F=5DO\n`\nend\n");
    EXPECT_EQ(mail.files, Strings{"a.txt [foo]"});
    EXPECT_EQ(mail.structure.parts[1].path, "1/1");
}

TEST(Message, decoding_tells_what_only_it_can_see) {
    const auto source = source_of("Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
                                  "Zm9v*Zg\n");
    const auto message = Message::read(*source);
    std::vector<Repair> repaired;
    ASSERT_TRUE(message->decode(
        0, [](std::string_view) { return Result<void>{}; }, repaired));
    EXPECT_EQ(repaired, std::vector<Repair>{Repair::base64_damaged});
}

class FailingSource final : public Source {
public:
    explicit FailingSource(std::uint64_t good) : good_(good) {}
    [[nodiscard]] std::uint64_t size() const override { return 1 << 20; }
    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, char* to,
                                              std::size_t room) const override {
        if (offset + room > good_)
            return fail(Cause::disk_error, Layer::mime, Reach::message);
        std::fill_n(to, room, 'x');
        return room;
    }

private:
    std::uint64_t good_;
};

TEST(Message, an_error_of_the_source_is_handed_through) {
    for (const std::uint64_t good : {0U, 2U, 5000U, 300'000U}) {
        const FailingSource source(good);
        const auto message = Message::read(source);
        ASSERT_FALSE(message);
        EXPECT_EQ(message.error().cause, Cause::disk_error);
    }
}

}  // namespace
}  // namespace mail::mime
