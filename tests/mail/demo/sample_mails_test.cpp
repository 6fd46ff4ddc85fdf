#include "mail/demo/sample_mails.h"

#include <gtest/gtest.h>

#include <set>

#include "mail/base/hash.h"
#include "mail/demo/outline.h"
#include "mail/demo/transfer.h"
#include "tests/mail/demo/client.h"

namespace mail::demo {
namespace {

using Kind = ExpectedFile::Kind;

/// Made once for all tests: each making costs 28 MB.
const std::vector<Mail>& all_mails() {
    static const auto mails = sample_mails();
    return mails;
}

const std::vector<ExpectedMail>& all_expected() {
    static const auto table = expected_mails();
    return table;
}

/// The contents of all leaves, decoded, by their hash.
void collect(std::string_view mail, const Entity& entity, std::multiset<std::string>& hashes) {
    for (const Entity& child : entity.children)
        collect(mail, child, hashes);
    if (!entity.children.empty() && !entity.is_message())
        return;
    std::string raw;
    decode(entity.body_of(mail), transfer_encoding(entity.encoding),
           [&raw](std::string_view piece) {
               raw += piece;
               return true;
           });
    hashes.insert(sha256_hex(raw));
}

TEST(SampleMails, are_two_dozen_in_the_order_of_november) {
    const auto& mails = all_mails();
    ASSERT_EQ(mails.size(), 24U);
    EXPECT_EQ(all_expected().size(), 24U);
    for (std::size_t i = 1; i < mails.size(); ++i)
        EXPECT_LT(mails[i - 1].received, mails[i].received);
    EXPECT_GE(mails.front().received, november(1, 0, 0));
    EXPECT_LT(mails.back().received, november(25, 0, 0));
    EXPECT_GE(mails[mails.size() - 3].received, november(24, 0, 0));
}

TEST(SampleMails, are_the_same_octets_each_time) {
    const auto& once = all_mails();
    const auto again = sample_mails();
    for (std::size_t i = 0; i < once.size(); ++i)
        EXPECT_TRUE(once[i].raw == again[i].raw) << i;
}

TEST(SampleMails, have_crlf_throughout_and_no_line_beyond_the_limit) {
    for (const Mail& mail : all_mails())
        for (std::size_t at = 0; at < mail.raw.size();) {
            const std::size_t end = mail.raw.find('\n', at);
            ASSERT_NE(end, std::string::npos);
            ASSERT_EQ(mail.raw[end - 1], '\r');
            ASSERT_LE(end - at, 999U);
            at = end + 1;
        }
}

TEST(SampleMails, hold_what_is_expected_of_them) {
    const auto& mails = all_mails();
    const auto& table = all_expected();
    for (std::size_t i = 0; i < mails.size(); ++i) {
        std::multiset<std::string> hashes;
        collect(mails[i].raw, outline_of(mails[i].raw), hashes);
        const bool outlook = !table[i].files.empty() && table[i].files[0].name == "winmail.dat";
        for (const ExpectedFile& file : table[i].files) {
            // What lies inside winmail.dat or a text is not a part: tested below.
            if ((outlook && file.kind == Kind::document) || file.name == "F1997.PDF")
                continue;
            EXPECT_EQ(hashes.count(file.sha256), 1U) << i << " " << file.name;
        }
    }
}

TEST(SampleMails, the_reminder_brings_the_same_invoice_again) {
    const auto& table = all_expected();
    std::multiset<std::string> documents;
    for (const ExpectedMail& mail : table)
        for (const ExpectedFile& file : mail.files)
            if (file.kind == Kind::document)
                documents.insert(file.sha256);
    EXPECT_EQ(documents.count(sha256_hex(paper_invoice())), 2U);
    EXPECT_EQ(std::set<std::string>(documents.begin(), documents.end()).size(),
              documents.size() - 1);
}

TEST(SampleMails, winmail_holds_both_files_whole) {
    const Sample made = winmail_from_outlook();
    const std::string& container = made.files[0].raw;
    EXPECT_TRUE(container.starts_with("\x78\x9F\x3E\x22"));
    EXPECT_NE(container.find(made.files[1].raw), std::string::npos);
    EXPECT_NE(container.find(made.files[2].raw), std::string::npos);
}

TEST(SampleMails, cross_references_of_the_pdf_point_at_its_objects) {
    for (const std::string& pdf : {paper_invoice(), scanned_pdf(1)}) {
        const std::size_t start = pdf.rfind("startxref\n") + 10;
        const std::size_t table = std::stoul(pdf.substr(start));
        ASSERT_EQ(pdf.substr(table, 5), "xref\n");
        const std::size_t count = std::stoul(pdf.substr(table + 7));
        const std::size_t entries = pdf.find('\n', table + 5) + 1;
        for (std::size_t i = 1; i < count; ++i) {
            const std::size_t offset = std::stoul(pdf.substr(entries + i * 20, 10));
            const std::string mark = std::to_string(i) + " 0 obj\n";
            EXPECT_EQ(pdf.substr(offset, mark.size()), mark);
        }
    }
}

TEST(SampleMails, amounts_are_written_as_people_read_them) {
    EXPECT_EQ(amount(123'456), "1234,56");
    EXPECT_EQ(amount(5), "0,05");
    EXPECT_EQ(with_vat(10'000), 12'300U);
    EXPECT_EQ(with_vat(1), 1U);
}

TEST(SampleMails, come_whole_over_the_wire) {
    const auto& mails = all_mails();
    const auto server = test::started(all_mails());
    test::Client client = test::in_inbox(*server);
    for (std::size_t i = 0; i < mails.size(); ++i) {
        const auto reply = client.ask("UID FETCH " + std::to_string(i + 1) + " BODY.PEEK[]");
        EXPECT_TRUE(test::first_literal(reply) == mails[i].raw) << i;
    }
}

TEST(SampleMails, the_large_scan_comes_decoded_by_binary) {
    const Sample made = large_scan();
    const auto server = test::started({made.mail});
    test::Client client = test::in_inbox(*server);
    const auto reply = client.ask("UID FETCH 1 BINARY.PEEK[2]");
    EXPECT_TRUE(test::first_literal(reply) == made.files[0].raw);
}

}  // namespace
}  // namespace mail::demo
