#include "mail/preview/plain_text.h"

#include <gtest/gtest.h>

#include "mail/base/utf8.h"

namespace mail::preview {

namespace {

std::string text_of(std::string_view utf8, mime::Flow flow = mime::Flow::none) {
    return plain_text(utf8, flow, 10'000).text;
}

constexpr auto flowed = mime::Flow::flowed;

}  // namespace

TEST(PlainText, every_line_end_is_one_and_nothing_controls) {
    EXPECT_EQ(text_of("a\r\nb\rc\n\n\td \r\n"), "a\nb\nc\n\n\td ");
    EXPECT_EQ(text_of("a\x1B[31mb\x07\xE2\x80\xAE\x63\xC2\x85"), "a[31mbc");
    EXPECT_EQ(text_of(" \r\n> a \r\nb"), " \n> a \nb") << "what does not flow stays as it is";
}

// RFC 3676, 4.
TEST(PlainText, paragraphs_that_flow_are_put_together) {
    EXPECT_EQ(text_of("To be or \r\nnot \r\nto be.\r\nThat\r\n", flowed),
              "To be or not to be.\nThat");
    EXPECT_EQ(text_of(" From\r\n  two\r\n", flowed), "From\n two") << "stuffed";
    EXPECT_EQ(text_of("> a \r\n> b\r\n>> c \r\n> d\r\n", flowed), "> a b\n>> c \n> d")
        << "each depth by itself";
    EXPECT_EQ(text_of("a \r\n-- \r\nAla\r\n", flowed), "a \n-- \nAla")
        << "a signature begins a line";
    EXPECT_EQ(text_of("a\r\n \r\nb", flowed), "a\n\nb");
    EXPECT_EQ(text_of("wie \r\nder", mime::Flow::flowed_without_spaces), "wieder");
}

TEST(PlainText, no_more_comes_out_than_was_asked_for) {
    for (const auto flow : {mime::Flow::none, flowed}) {
        const auto text = plain_text("zażółć gęślą jaźń", flow, 10);
        EXPECT_TRUE(text.cut);
        EXPECT_LE(text.text.size(), 10U);
        EXPECT_TRUE(utf8::valid(text.text));
    }
    EXPECT_FALSE(plain_text("a\n", mime::Flow::none, 10).cut);
}

}  // namespace mail::preview
