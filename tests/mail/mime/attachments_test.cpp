#include "mail/mime/attachments.h"

#include <gtest/gtest.h>

namespace mail::mime {
namespace {

bool counts(Part part) {
    part.size_octets = part.size_octets == 0 ? 10 : part.size_octets;
    Structure structure;
    structure.parts.push_back(std::move(part));
    return counts_as_attachment(structure, 0);
}

Part of_type(std::string type) {
    Part part;
    part.type = std::move(type);
    return part;
}

TEST(CountsAsAttachment, leaves_that_are_not_text_do_whatever_their_name_or_disposition) {
    for (const std::string type :
         {"application/pdf", "image/png", "audio/basic", "x/y", "application/octet-stream",
          "application/ms-tnef", "application/pkcs7-mime", "message/feedback-report"})
        for (const Disposition disposition : {Disposition::none, Disposition::inline_,
                                              Disposition::attachment, Disposition::other}) {
            Part part = of_type(type);
            part.disposition = disposition;
            EXPECT_TRUE(counts(part)) << type;
        }
}

TEST(CountsAsAttachment, a_text_needs_a_name_or_the_disposition) {
    for (const std::string type : {"text/plain", "text/html", "text/calendar"}) {
        Part part = of_type(type);
        EXPECT_FALSE(counts(part)) << type;
        part.disposition = Disposition::inline_;
        EXPECT_FALSE(counts(part)) << type;
        part.disposition = Disposition::other;
        EXPECT_FALSE(counts(part)) << type;
        part.disposition = Disposition::attachment;
        EXPECT_TRUE(counts(part)) << type;
        part.disposition = Disposition::none;
        part.name = "a.txt";
        EXPECT_TRUE(counts(part)) << type;
    }
    Part part = of_type("text/plain");
    part.encoding = "x-uuencode";
    EXPECT_TRUE(counts(part));
}

TEST(CountsAsAttachment, containers_that_were_opened_do_not) {
    for (const std::string type :
         {"multipart/mixed", "message/rfc822", "application/ms-tnef", "application/pkcs7-mime"}) {
        Part part = of_type(type);
        part.name = "a.eml";
        part.has_children = true;
        EXPECT_FALSE(counts(part)) << type;
    }
    EXPECT_FALSE(counts(of_type("multipart/mixed")));
    EXPECT_TRUE(counts(of_type("message/rfc822"))) << "not opened: all that there is of it";
}

TEST(CountsAsAttachment, signatures_reports_and_references_do_not) {
    for (const std::string type :
         {"application/pkcs7-signature", "application/x-pkcs7-signature",
          "application/pgp-signature", "application/pgp-encrypted", "application/applefile",
          "message/delivery-status", "message/disposition-notification", "message/partial",
          "message/external-body"}) {
        Part part = of_type(type);
        part.name = "a";
        part.disposition = Disposition::attachment;
        EXPECT_FALSE(counts(part)) << type;
    }
}

TEST(CountsAsAttachment, a_part_without_an_octet_does_not) {
    Structure structure;
    structure.parts.push_back(of_type("application/pdf"));
    EXPECT_FALSE(counts_as_attachment(structure, 0));
}

TEST(EstimatedOctets, is_about_what_an_encoding_leaves) {
    Part part = of_type("application/pdf");
    part.size_octets = 7800;
    EXPECT_EQ(part.estimated_octets(), 7800U);
    part.encoding = "base64";
    EXPECT_EQ(part.estimated_octets(), 5700U);
    part.encoding = "x-uuencode";
    EXPECT_NEAR(static_cast<double>(part.estimated_octets()), 5570, 50);
}

TEST(RepairNames, are_all_different) {
    std::vector<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Repair::structure_replaced); ++i)
        names.push_back(name_of(static_cast<Repair>(i)));
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            EXPECT_NE(names[i], names[k]);
    EXPECT_EQ(names[0], "name_charset");
}

}  // namespace
}  // namespace mail::mime
