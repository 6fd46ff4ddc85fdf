#include "mail/preview/preview.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace mail::preview {

namespace {

using std::string_literals::operator""s;

Preview made(const std::string& raw, std::string_view type, std::string_view charset = "",
             const Limits& limits = {}) {
    return make({raw, type, charset, mime::Flow::none, false}, limits, {}).value();
}

std::string text_of(const Preview& preview) {
    const auto* text = std::get_if<Text>(&preview);
    return text == nullptr ? "no text" : text->text;
}

/// "" where there is a preview.
std::string_view reason_of(const Preview& preview) {
    const auto* reason = std::get_if<NoPreview>(&preview);
    return reason == nullptr ? "" : name_of(*reason);
}

std::string seed(const std::string& name) {
    std::ifstream in(std::string(MAILPOINT_SOURCE_DIR) + "/tests/fuzz/seeds/picture/" + name,
                     std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST(Preview, text_is_read_by_its_charset) {
    EXPECT_EQ(text_of(made("za\xBF\xF3\xB3\xE6\r\n", "text/plain", "iso-8859-2")), "zażółć");
    const Preview guessed = made("za\xBF\xF3\xB3\xE6", "text/plain");
    EXPECT_EQ(text_of(guessed), "zażółć");
    EXPECT_EQ(std::get<Text>(guessed).reading, mime::Reading::guessed);
    EXPECT_EQ(text_of(made("a\0b\0"s, "text/plain", "utf-16le")), "ab");
    EXPECT_EQ(text_of(made("a;b\n1;2\n", "application/octet-stream")), "a;b\n1;2")
        << "whatever the mail calls it";
    EXPECT_EQ(text_of(made("<?xml version='1.0'?><a/>", "application/xml")),
              "<?xml version='1.0'?><a/>");
}

TEST(Preview, html_is_shown_as_text_in_the_charset_that_it_names) {
    EXPECT_EQ(text_of(made("<p>a</p><p>b</p>", "text/html", "utf-8")), "a\n\nb");
    EXPECT_EQ(
        text_of(made("<html><head><meta charset=\"iso-8859-2\"></head>\xB1</html>", "text/html")),
        "ą");
    EXPECT_EQ(text_of(made("<!DOCTYPE html><p>a", "application/octet-stream")), "a");
    EXPECT_EQ(text_of(made("<p>a</p>", "text/plain", "utf-8")), "<p>a</p>");
}

TEST(Preview, blanks_are_nothing_to_look_at) {
    for (const char* plain : {" \r\n\r\n", "\xC2\xA0\r\n", "\xE2\x80\x8B"})
        EXPECT_EQ(reason_of(made(plain, "text/plain", "utf-8")), "empty") << plain;
    EXPECT_EQ(reason_of(made("<html><body><img src=\"http://x/y.png\">&nbsp;</body></html>",
                             "text/html", "utf-8")),
              "empty");
    EXPECT_NE(text_of(made("\r\n-\r\n", "text/plain", "utf-8")).find('-'), std::string::npos);
}

TEST(Preview, a_picture_is_one_whatever_the_mail_calls_it) {
    const Preview preview = made(seed("quarters.png"), "application/pdf");
    const auto* picture = std::get_if<Picture>(&preview);
    ASSERT_NE(picture, nullptr);
    EXPECT_EQ(picture->original_width, 32U);
    EXPECT_FALSE(picture->damaged);
    const Preview cut = made(seed("quarters.jpg").substr(0, 650), "image/jpeg");
    ASSERT_NE(std::get_if<Picture>(&cut), nullptr);
    EXPECT_TRUE(std::get<Picture>(cut).damaged);
}

TEST(Preview, where_there_is_none_it_says_why) {
    EXPECT_EQ(reason_of(made("", "text/plain")), "empty");
    EXPECT_EQ(reason_of(made("%PDF-1.4\n", "application/pdf")), "other_type");
    EXPECT_EQ(reason_of(made("II*\0\x08\0\0\0"s, "image/tiff")), "other_type");
    EXPECT_EQ(reason_of(made("PK\x03\x04\0\0"s, "text/plain")), "other_type");
    EXPECT_EQ(reason_of(made("\0\x01\x02"s, "text/plain")), "other_type");
    EXPECT_EQ(reason_of(made("{\\rtf1 a}", "text/rtf")), "other_type");
    EXPECT_EQ(reason_of(made("\0\x01\x02"s, "image/png")), "broken");
    EXPECT_EQ(reason_of(made(seed("quarters.png").substr(0, 40), "image/png")), "broken");
    EXPECT_EQ(reason_of(made("\x30\x80\x06", "application/pkcs7-mime")), "encrypted");
    EXPECT_EQ(reason_of(made("\n-----BEGIN PGP MESSAGE-----\n", "text/plain")), "encrypted");
}

TEST(Preview, its_limits_hold) {
    Limits limits;
    limits.octets = 50;
    EXPECT_EQ(reason_of(made(seed("quarters.png"), "image/png", "", limits)), "too_large");
    limits = {};
    limits.picture.pixels = 100;
    EXPECT_EQ(reason_of(made(seed("quarters.png"), "image/png", "", limits)), "too_large");
    limits = {};
    limits.time = std::chrono::milliseconds(0);
    EXPECT_EQ(reason_of(made(seed("quarters.png"), "image/png", "", limits)), "too_large");
    limits = {};
    limits.raw_text_octets = 3;
    const Preview cut = made("abcdef", "text/plain", "utf-8", limits);
    EXPECT_EQ(text_of(cut), "abc");
    EXPECT_TRUE(std::get<Text>(cut).cut);
    limits.text_octets = 2;
    EXPECT_EQ(text_of(made("abcdef", "text/plain", "utf-8", limits)), "ab");
}

TEST(Preview, of_a_part_that_was_not_fetched_to_its_end_there_is_what_came) {
    const std::string raw = seed("quarters.png").substr(0, 40);
    Content content{raw, "image/png", "", mime::Flow::none, true};
    EXPECT_EQ(reason_of(make(content, {}, {}).value()), "too_large");
    content.raw = "abc";
    EXPECT_TRUE(std::get<Text>(make(content, {}, {}).value()).cut);
}

TEST(Preview, a_stop_is_an_error) {
    StopSource stop;
    stop.request_stop();
    Wait wait;
    wait.stop = stop.get_token();
    const auto none = make({"a", "text/plain", "", mime::Flow::none, false}, {}, wait);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().cause, Cause::cancelled);
}

}  // namespace mail::preview
