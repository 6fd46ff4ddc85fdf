#include "mail/ocr/pdf.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/fakes/scratch_folder.h"

namespace mail::ocr {

namespace {

std::string object(int number, const std::string& content) {
    return std::to_string(number) + " 0 obj\n" + content + "\nendobj\n";
}

const std::string head = "%PDF-1.5\n%\xE2\xE3\xCF\xD3\n";

/// A zlib stream of one stored block.
std::string stored(const std::string& text) {
    std::string raw("\x78\x01\x01", 3);
    const auto size = static_cast<unsigned>(text.size());
    for (const unsigned value : {size, ~size})
        for (const unsigned shift : {0U, 8U})
            raw += static_cast<char>((value >> shift) & 0xFFU);
    return raw + text + "sums";
}

std::string compressed_objects(const std::string& data) {
    return object(9, "<</Type /ObjStm /N 2 /First 8 /Filter /FlateDecode /Length " +
                         std::to_string(data.size()) + ">>\nstream\r\n" + data + "\r\nendstream");
}

std::optional<std::uint32_t> pages(const std::string& raw) {
    return pdf_facts(head + raw).pages;
}

}  // namespace

TEST(PdfFacts, the_root_of_the_page_tree_counts) {
    EXPECT_EQ(pages(object(1, "<</Type/Catalog/Pages 2 0 R>>") +
                    object(2, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 12>>") +
                    object(3, "<</Type /Pages /Parent 2 0 R /Count 5 /Kids []>>") +
                    object(4, "<< /Count 7 % all (that) >> is\n /Type\n/Pages >>")),
              12U);
}

TEST(PdfFacts, only_the_nodes_own_count_counts) {
    EXPECT_EQ(pages(object(2, "<</Type/Outlines/Count 900>>") +
                    object(3, "<</Type/PagesX/Count 901>>") +
                    object(4, R"(<</A<</Count 902>>/B[/Count 903](/Count 904\) >>)/C<2F>)"
                              "/Type/Pages/Kids[[]]/Count 3>>")),
              3U);
}

TEST(PdfFacts, are_found_in_compressed_objects) {
    const std::string data = stored("2 0 3 30 <</Type/Catalog/Pages 3 0 R>> "
                                    "<</Type/Pages/Count 31/Kids[1 0 R]>>");
    EXPECT_EQ(pages(compressed_objects(data)), 31U);
}

TEST(PdfFacts, what_is_not_found_is_not_known) {
    for (const std::string& raw :
         {std::string(), std::string("/Type/Pages"), object(2, "<</Type/Pages/Count 2 "),
          object(2, "<</Type/Pages>>"), object(2, "<</Type/Pages/Count -2>>"),
          object(2, "<</Type/Pages/Count 99999999999999999999>>"),
          object(2, "<</Type/Pages/Count(((((("), compressed_objects("no zlib"),
          compressed_objects(""), std::string("1 0 obj <</Type/ObjStm>> stream")})
        EXPECT_EQ(pages(raw), std::nullopt) << raw;
}

TEST(PdfFacts, an_encrypted_one_says_so_in_its_trailer) {
    const auto encrypted = [](const std::string& raw) {
        return pdf_facts(head + raw).is_encrypted;
    };
    EXPECT_TRUE(encrypted("trailer <</Size 9/Encrypt 8 0 R>>"));
    EXPECT_TRUE(encrypted("trailer <</Encrypt<</Filter/Standard>>>>"));
    EXPECT_TRUE(encrypted(object(9, "<</Type/XRef/Encrypt 8 0 R>>stream\nendstream")));
    EXPECT_FALSE(encrypted("trailer <</EncryptMetadata true>> /Encrypt (no) /Encrypt"));
    EXPECT_FALSE(encrypted(""));
}

TEST(PdfFacts, of_a_file_made_to_be_slow_are_had_soon) {
    // Each place looks like the beginning of something that never ends.
    std::string many = "1 0 obj <<";
    for (int i = 0; i < 300'000; ++i)
        many += "/Type/Pages/Count 1/Encrypt ";
    EXPECT_EQ(pages(many), std::nullopt);
    EXPECT_EQ(pages(std::string(1U << 22U, '<') + std::string(1U << 22U, '(')), std::nullopt);
}

TEST(PdfFacts, of_a_huge_file_are_sought_at_both_its_ends) {
    const fakes::ScratchFolder folder;
    for (const bool first : {true, false}) {
        const std::string path = folder / (first ? "first.pdf" : "last.pdf");
        const std::string tree = object(2, "<</Type/Pages/Count 77/Kids[]>>");
        std::ofstream file(path, std::ios::binary);
        file << head << (first ? tree : "");
        file.seekp(static_cast<std::streamoff>(pdf_octets_read * 3));
        file << (first ? "x" : tree) << "trailer <</Encrypt 8 0 R>>";
        file.close();
        const auto facts = pdf_facts_of(real_disk(), path);
        ASSERT_TRUE(facts);
        EXPECT_EQ(*facts, (PdfFacts{77U, true})) << path;
    }
}

}  // namespace mail::ocr
