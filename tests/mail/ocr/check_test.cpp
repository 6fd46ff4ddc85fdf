#include "mail/ocr/check.h"

#include <fstream>

#include <gtest/gtest.h>

#include "mail/point/command.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::ocr {

using Reason = store::OcrJob::Reason;

class CheckTest : public testing::Test {
protected:
    Checked check(const std::string& content) {
        std::ofstream(path(), std::ios::binary) << content;
        const auto checked = check_file(real_disk(), path(), limits_);
        EXPECT_TRUE(checked);
        return checked.value_or(Checked{});
    }
    std::string path() const { return folder_ / "file.pdf"; }

    fakes::ScratchFolder folder_;
    point::Ocr limits_;
};

TEST_F(CheckTest, types_are_told_by_content_and_not_by_name) {
    const std::vector<std::pair<const char*, std::string>> files{
        {"pdf", "%PDF-1.4\n"},
        {"jpg", "\xFF\xD8\xFF\xE0"},
        {"tif", std::string("II*\0", 4)},
        {"png", "\x89PNG\r\n\x1A\n"},
        {"bmp", std::string("BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", 18)},
        {"gif", "GIF89a"},
        {"webp", std::string("RIFF\x10\0\0\0WEBPVP8 ", 16)},
        {"heic", std::string("\0\0\0\x18"
                             "ftypheic\0\0\0\0mif1heic",
                             24)}};
    ASSERT_EQ(files.size(), point::ocr_type_names.size());
    for (const auto& [name, content] : files) {
        limits_.types = {name};
        EXPECT_EQ(check(content).reason, Reason::none) << name;
        limits_.types.clear();
        for (const std::string_view other : point::ocr_type_names)
            if (other != name)
                limits_.types.emplace_back(other);
        EXPECT_EQ(check(content).reason, Reason::wrong_type) << name;
    }
}

TEST_F(CheckTest, a_damaged_file_is_not_one_of_a_type_that_is_not_accepted) {
    EXPECT_EQ(check("no PDF at all").reason, Reason::unreadable);
    limits_.types = {"png"};
    EXPECT_EQ(check("no PDF at all").reason, Reason::wrong_type) << "nor would a whole one be";
    limits_ = {};
    const Checked page = check("<!DOCTYPE html><html><body>404</body></html>");
    EXPECT_EQ(page.reason, Reason::wrong_type);
    EXPECT_EQ(page.type, "text/html") << "whatever its name says";
}

TEST_F(CheckTest, size_and_pages_have_limits) {
    EXPECT_EQ(check("").reason, Reason::empty);
    limits_.max_megabytes = 1;
    EXPECT_EQ(check("%PDF-1.4\n" + std::string(1'000'000, ' ')).reason, Reason::too_large);
    const std::string tree = "%PDF-1.4\n2 0 obj <</Type/Pages/Count 11/Kids[]>> endobj";
    EXPECT_EQ(check(tree).pages, 11U);
    limits_.max_pages = 11;
    EXPECT_EQ(check(tree).reason, Reason::none);
    limits_.max_pages = 10;
    EXPECT_EQ(check(tree).reason, Reason::too_many_pages);
    EXPECT_EQ(check("%PDF-1.4\n").reason, Reason::none) << "not known";
    limits_.max_pages = 0;
    EXPECT_EQ(check(tree).reason, Reason::none);
}

TEST_F(CheckTest, one_that_is_gone_is_an_error) {
    EXPECT_EQ(check_file(real_disk(), folder_ / "none", limits_).error().cause,
              Cause::file_not_found);
}

TEST_F(CheckTest, an_encrypted_pdf_is_taken_and_known) {
    EXPECT_EQ(check("%PDF-1.4\ntrailer <</Encrypt 8 0 R>>").reason, Reason::none);
    EXPECT_TRUE(is_encrypted_pdf(real_disk(), path()));
    static_cast<void>(check("no PDF: trailer <</Encrypt 8 0 R>>"));
    EXPECT_FALSE(is_encrypted_pdf(real_disk(), path()));
}

}  // namespace mail::ocr
