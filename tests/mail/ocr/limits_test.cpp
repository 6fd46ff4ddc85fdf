#include "mail/ocr/limits.h"

#include <gtest/gtest.h>

namespace mail::ocr {

using Reason = store::OcrJob::Reason;

TEST(OcrLimits, hold_of_type_and_size) {
    point::Ocr limits;
    limits.max_megabytes = 1;
    EXPECT_EQ(reason_against("application/pdf", 1'000'000, limits), Reason::none);
    EXPECT_EQ(reason_against("application/pdf", 1'000'001, limits), Reason::too_large);
    EXPECT_EQ(reason_against("image/webp", 5, limits), Reason::wrong_type);
    EXPECT_EQ(reason_against("", 5, limits), Reason::wrong_type);
}

TEST(OcrLimits, of_what_is_announced_the_name_counts_where_the_type_says_nothing) {
    const point::Ocr limits;
    const auto reason = [&](std::string_view type, std::string_view name) {
        return reason_against_announced(type, name, 5, limits);
    };
    EXPECT_EQ(reason("application/octet-stream", "FV 1.PDF"), Reason::none);
    EXPECT_EQ(reason("application/x-pdf", "FV 1.pdf"), Reason::none);
    EXPECT_EQ(reason("image/jpeg", "scan"), Reason::none);
    EXPECT_EQ(reason("image/pjpeg", "scan.JPEG"), Reason::none);
    EXPECT_EQ(reason("application/octet-stream", "scan"), Reason::none);
    EXPECT_EQ(reason("application/octet-stream", "a.xlsx"), Reason::wrong_type);
    EXPECT_EQ(reason("text/xml", "faktura"), Reason::wrong_type);
    EXPECT_EQ(reason_against_announced("application/pdf", "a.pdf", 100'000'001, limits),
              Reason::too_large);
}

TEST(OcrLimits, hold_of_a_part_whose_file_goes_to_the_folder) {
    const point::Ocr limits;
    work::PartView part;
    part.part.type = part.type = "application/octet-stream";
    part.part.name = "wykaz.xlsx";
    part.size_octets = 5;
    part.verdict = work::Verdict::will_be_taken;
    EXPECT_EQ(reason_against(part, limits), Reason::wrong_type);
    part.verdict = work::Verdict::taken;
    EXPECT_EQ(reason_against(part, limits), Reason::none) << "it lay elsewhere already";
    part.file = "/skany/wykaz.xlsx";
    EXPECT_EQ(reason_against(part, limits), Reason::wrong_type);
    part.type = "application/pdf";
    EXPECT_EQ(reason_against(part, limits), Reason::none) << "by its content it is one";
    part.size_octets = 900'000'000;
    EXPECT_EQ(reason_against(part, limits), Reason::too_large);
    part.verdict = work::Verdict::skipped;
    EXPECT_EQ(reason_against(part, limits), Reason::none);
}

}  // namespace mail::ocr
