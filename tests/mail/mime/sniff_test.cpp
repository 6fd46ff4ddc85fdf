#include "mail/mime/sniff.h"

#include <string>

#include <gtest/gtest.h>

namespace mail::mime {
namespace {

using std::string_literals::operator""s;

TEST(Sniff, knows_files_by_their_first_octets) {
    const std::pair<std::string, std::string_view> rows[] = {
        {"%PDF-1.7\n", "application/pdf"},
        {"junk of a scanner\r\n%PDF-1.4", "application/pdf"},
        {"\xFF\xD8\xFF\xE0", "image/jpeg"},
        {"II*\0"s, "image/tiff"},
        {"MM\0*"s, "image/tiff"},
        {"\x89PNG\r\n\x1A\n", "image/png"},
        {"GIF89a", "image/gif"},
        {"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"s, "image/bmp"},
        {"RIFF\0\0\0\0WEBPVP8 "s, "image/webp"},
        {"\0\0\0\x18"
         "ftypheic\0\0\0\0"s,
         "image/heic"},
        {"PK\x03\x04\x14\0\x06\0"s + std::string(22, 'x') + "[Content_Types].xml xl/workbook",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"PK\x03\x04\x14\0\x06\0"s + std::string(22, 'x') + "[Content_Types].xml word/document",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"PK\x03\x04"s + std::string(26, 'x') + "a.txt", "application/zip"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage"},
        {"{\\rtf1\\ansi", "application/rtf"},
        {"<?xml version=\"1.0\"?><Faktura/>", "application/xml"},
        {"\xEF\xBB\xBF<?xml version=\"1.0\"?>", "application/xml"},
        {"  <!DOCTYPE HTML><html>", "text/html"},
        {"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"},
        {"Rar!\x1A\x07\x01", "application/vnd.rar"},
        {"\x1F\x8B\x08", "application/gzip"},
        {"\x7F"
         "ELF\x02",
         "application/x-executable"},
        {"MZ" + std::string(58, '\0') + "\x80\0\0\0"s,
         "application/vnd.microsoft.portable-executable"},
        {"\x78\x9F\x3E\x22\x01", "application/ms-tnef"},
        {"Received: from a\r\nSubject: b\r\n", "message/rfc822"}};
    for (const auto& [raw, type] : rows)
        EXPECT_EQ(sniff(raw), type) << raw.substr(0, 12);
}

TEST(Sniff, texts_that_only_look_like_it_tell_nothing) {
    for (const std::string& raw : {""s, "BMW jest w warsztacie"s, "MZ to inicjaly"s, "Dear Sir,\n"s,
                                   "From here on: nothing"s, "\0\0\0\0"s, "GIF"s, "100 %PDF- "s})
        EXPECT_EQ(sniff(raw), "") << raw;
}

TEST(Sniff, no_prefix_of_anything_is_read_beyond_its_end) {
    const std::string raw = "MZ" + std::string(58, '\0') + "\xFF\xFF\xFF\xFF"s;
    for (std::size_t octets = 0; octets <= raw.size(); ++octets)
        EXPECT_TRUE(sniff(raw.substr(0, octets)).empty() || octets == raw.size());
}

TEST(IsGraphic, scans_and_pictures_are) {
    for (const std::string_view type : {"application/pdf", "image/jpeg", "image/tiff", "image/png",
                                        "image/bmp", "image/gif", "image/webp", "image/heic"})
        EXPECT_TRUE(is_graphic(type)) << type;
    for (const std::string_view type : {"", "image/svg+xml", "application/zip", "text/html"})
        EXPECT_FALSE(is_graphic(type)) << type;
}

}  // namespace
}  // namespace mail::mime
