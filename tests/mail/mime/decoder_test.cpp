#include "mail/mime/decoder.h"

#include <functional>
#include <string>

#include <gtest/gtest.h>

namespace mail::mime {
namespace {

struct Decoded {
    std::string raw;
    bool damaged = false;
    bool operator==(const Decoded&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Decoded& decoded) {
    return out << '"' << decoded.raw << "\" damaged " << decoded.damaged;
}

Decoded decode(std::string_view encoding, std::string_view raw, std::size_t first = 0,
               std::size_t step = std::string_view::npos) {
    Decoded decoded;
    const auto decoder = make_decoder(encoding);
    const Sink sink = [&](std::string_view piece) -> Result<void> {
        decoded.raw += piece;
        return {};
    };
    EXPECT_TRUE(decoder->feed(raw.substr(0, first), sink));
    for (std::size_t at = first; at < raw.size(); at += std::min(step, raw.size()))
        EXPECT_TRUE(decoder->feed(raw.substr(at, step), sink));
    EXPECT_TRUE(decoder->finish(sink));
    decoded.damaged = decoder->damaged();
    return decoded;
}

struct Row {
    std::string_view raw, decoded;
    bool damaged;
};

void check(std::string_view encoding, std::initializer_list<Row> rows) {
    for (const Row& row : rows) {
        const Decoded expected{std::string(row.decoded), row.damaged};
        EXPECT_EQ(decode(encoding, row.raw), expected) << row.raw;
        for (std::size_t at = 0; at <= row.raw.size(); ++at)
            EXPECT_EQ(decode(encoding, row.raw, at), expected) << row.raw << " cut at " << at;
        EXPECT_EQ(decode(encoding, row.raw, 0, 1), expected) << row.raw << " octet by octet";
    }
}

TEST(Base64Decoder, decodes_what_is_well_formed) {
    check("base64", {{"", "", false},
                     {"Zg==", "f", false},
                     {"Zm8=", "fo", false},
                     {"Zm9v", "foo", false},
                     {"Zm9v\r\nYmFy\r\n", "foobar", false},
                     {"Z m\t9v\nYg\n==\n", "foob", false}});
}

TEST(Base64Decoder, skips_foreign_characters_and_says_so) {
    check("base64", {{"Zm9*vYm!Fy", "foobar", true},
                     {"\xEF\xBB\xBFZm9v", "foo", true},
                     {"=Zm9v", "foo", true},
                     {"> Zm9v\n> YmFy", "foobar", true}});
}

TEST(Base64Decoder, a_cut_end_gives_the_whole_octets_of_it) {
    check("base64", {{"Zm9vY", "foo", true},
                     {"Zm9vYg", "foob", true},
                     {"Zm9vYmE", "fooba", true},
                     {"Zm9vYg=", "foob", true}});
}

TEST(Base64Decoder, padding_ends_the_data_unless_whole_lines_of_quanta_follow) {
    check("base64", {{"Zm8=\nZm9v\nYmFy\n", "fofoobar", false},
                     {"Zg==Zg==", "ff", false},
                     {"Zg==\nZg==\nZm9v", "fffoo", false},
                     {"Zg==\nThis is a footer of some list\n", "f", true},
                     {"Zg==\n--boundary-with-errors-\nZm9v\n", "f", true},
                     {"Zg==\nZm9vY\nZm9v\n", "f", true},
                     {"Zg====\nZm9v\n", "ffoo", false}});
}

TEST(Base64Decoder, a_line_without_breaks_behind_padding_is_data_whatever_its_length) {
    std::string raw = "Zg==\n", decoded = "f";
    for (int i = 0; i < 5000; ++i) {
        raw += "Zm9v";
        decoded += "foo";
    }
    EXPECT_EQ(decode("base64", raw, 0, 777), (Decoded{decoded, false}));
}

TEST(QuotedPrintableDecoder, decodes_what_is_well_formed) {
    check("quoted-printable", {{"", "", false},
                               {"za=C5=BC=c3=b3", "zażó", false},
                               {"soft =\r\nbreak=\nhere", "soft breakhere", false},
                               {"a\r\nb\nc", "a\r\nb\nc", false}});
}

TEST(QuotedPrintableDecoder, blanks_at_the_end_of_a_line_were_added_on_the_way) {
    check("quoted-printable", {{"a  \t\r\nb", "a\r\nb", false},
                               {"a  b", "a  b", false},
                               {"soft=  \r\nbreak", "softbreak", false},
                               {"a =20 \nb", "a  \nb", false},
                               {"a  ", "a", false}});
}

TEST(QuotedPrintableDecoder, what_is_no_code_stays_as_it_is) {
    check("quoted-printable", {{"1+1=2", "1+1=2", true},
                               {"a=ZZb", "a=ZZb", true},
                               {"a==41", "a=A", true},
                               {"a=4", "a=4", true},
                               {"a=4=41", "a=4A", true},
                               {"a= b", "a= b", true}});
}

TEST(QuotedPrintableDecoder, a_soft_break_at_the_very_end_is_no_data) {
    check("quoted-printable", {{"a=", "a", false}, {"a=\r\n", "a", false}, {"a=\r", "a", false}});
}

TEST(QuotedPrintableDecoder, endless_blanks_do_not_grow_its_state) {
    const std::string blanks(5'000'000, ' ');
    EXPECT_GE(decode("quoted-printable", blanks + "x", 0, 4096).raw.size(), blanks.size() - 1024);
    EXPECT_EQ(decode("quoted-printable", "=" + blanks + "x", 0, 4096).raw.back(), 'x');
}

TEST(UuencodeDecoder, gives_what_stands_between_begin_and_end) {
    check("x-uuencode", {{"begin 644 a.txt\n#9F]O\n`\nend\n", "foo", false},
                         {"hello\nbegin 644 a b.txt\r\n#9F]O\r\n`\r\nend\r\nbye\r\n", "foo", false},
                         {"begin 644 a\n#9F]O\n \nend", "foo", false},
                         {"begin 644 a\n#9F]OX\n`\nend", "foo", false}});
}

TEST(UuencodeDecoder, damage_is_told_and_the_rest_is_read) {
    check("x-uuencode", {{"begin 644 a\n#9F]O\n", "foo", true},
                         {"begin 644 a\n~~~\n#9F]O\n`\nend\n", "foo", true},
                         {"no block at all\n", "", true}});
}

TEST(UuencodeDecoder, blanks_that_were_cut_off_are_zeros) {
    EXPECT_EQ(decode("x-uue", "begin 644 a\n&9F]O   \n`\nend\n").raw,
              (std::string("foo\0\0\0", 6)));
    EXPECT_EQ(decode("x-uue", "begin 644 a\n&9F]O\n`\nend\n"),
              (Decoded{std::string("foo\0\0\0", 6), true}));
}

TEST(Decoder, encodings_without_a_code_pass_as_they_are) {
    for (const std::string_view encoding : {"", "7bit", "8bit", "binary", "x-unknown"})
        check(encoding, {{"a=41\r\n", "a=41\r\n", false}});
    EXPECT_TRUE(is_identity("7BIT"));
    EXPECT_TRUE(is_identity(""));
    EXPECT_FALSE(is_identity("x-unknown"));
    EXPECT_FALSE(is_identity("base64"));
}

TEST(Decoder, names_are_read_in_any_case_and_with_what_clings_to_them) {
    for (const std::string_view encoding :
         {"BASE64", " base64 ", "\"base64\"", "base64;", "Base64 (comment)"})
        EXPECT_EQ(decode(encoding, "Zm9v").raw, "foo") << encoding;
}

TEST(Decoder, an_error_of_the_sink_is_handed_through) {
    const Sink full = [](std::string_view) -> Result<void> {
        return fail(Cause::disk_full, Layer::target, Reach::point);
    };
    for (const std::string_view encoding : {"base64", "quoted-printable", "7bit"}) {
        const auto result = make_decoder(encoding)->feed("Zm9v", full);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().cause, Cause::disk_full);
    }
}

TEST(Decoder, bombs_of_soft_breaks_and_garbage_take_linear_time) {
    std::string breaks;
    while (breaks.size() < (16 << 20))
        breaks += "=\n";
    EXPECT_EQ(decode("quoted-printable", breaks, 0, 65536), (Decoded{"", false}));
    EXPECT_EQ(decode("base64", std::string(16 << 20, '='), 0, 65536).raw, "");
    std::string torn;
    while (torn.size() < (16 << 20))
        torn += "Zm9v*Z*m*9*v*";
    const Decoded decoded = decode("base64", torn, 0, 1 << 20);
    EXPECT_EQ(decoded.raw.size(), (torn.size() / 13) * 6);
    EXPECT_TRUE(decoded.damaged);
}

}  // namespace
}  // namespace mail::mime
