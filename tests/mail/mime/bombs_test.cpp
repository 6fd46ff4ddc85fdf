// Mails that want to exhaust whoever reads them: all end by the limits, in a moment, and what was
// not listed is told.
#include <ctime>

#include <gtest/gtest.h>

#include "mail/mime/message.h"
#include "tests/mail/mime/mail_text.h"

namespace mail::mime {
namespace {

/// A mail made on the fly: a beginning, one piece repeated, an end.
class RepeatedSource final : public Source {
public:
    RepeatedSource(std::string begin, std::string piece, std::uint64_t count, std::string end)
        : begin_(std::move(begin)), piece_(std::move(piece)), count_(count), end_(std::move(end)) {}

    [[nodiscard]] std::uint64_t size() const override {
        return begin_.size() + piece_.size() * count_ + end_.size();
    }
    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, char* to,
                                              std::size_t room) const override {
        const std::uint64_t middle_end = begin_.size() + piece_.size() * count_;
        std::size_t got = 0;
        while (got < room && offset + got < size()) {
            const std::uint64_t at = offset + got;
            if (at < begin_.size())
                got += begin_.copy(to + got, room - got, static_cast<std::size_t>(at));
            else if (at >= middle_end)
                got += end_.copy(to + got, room - got, static_cast<std::size_t>(at - middle_end));
            else
                got += piece_.copy(to + got, room - got,
                                   static_cast<std::size_t>((at - begin_.size()) % piece_.size()));
        }
        return got;
    }

private:
    std::string begin_, piece_;
    std::uint64_t count_;
    std::string end_;
};

std::string times(std::string_view text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

/// Found within five seconds of our own, however busy the machine is.
Structure structure_of(const Source& source) {
    const std::clock_t begin = std::clock();
    const auto message = Message::read(source);
    EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 5);
    return message ? message->structure() : Structure{};
}

TEST(Bombs, a_hundred_thousand_nested_messages) {
    const RepeatedSource source("", "Content-Type: message/rfc822\n\n", 100'000, "text");
    const Structure structure = structure_of(source);
    EXPECT_EQ(structure.parts.size(), 100U);
    EXPECT_FALSE(structure.complete);
}

TEST(Bombs, a_hundred_thousand_nested_multiparts) {
    const RepeatedSource source("", "Content-Type: multipart/mixed; boundary=b\n\n--b\n", 100'000,
                                "");
    const Structure structure = structure_of(source);
    EXPECT_LE(structure.parts.size(), 10'000U);
    EXPECT_FALSE(structure.complete);
}

TEST(Bombs, a_million_empty_parts) {
    const RepeatedSource source("Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\n",
                                1'000'000, "--b--\n");
    const Structure structure = structure_of(source);
    EXPECT_EQ(structure.parts.size(), 10'000U);
    EXPECT_FALSE(structure.complete);
}

TEST(Bombs, a_hundred_megabytes_of_head) {
    const RepeatedSource fields("", "X-Field: 0123456789012345678901234567890123456789\n",
                                2'000'000, "Content-Type: image/png\n\nPNG");
    EXPECT_EQ(structure_of(fields).parts.size(), 1U);
    const RepeatedSource line("Subject: ", times("0123456789", 1000), 10'000,
                              "\nContent-Type: image/png\n\nPNG");
    EXPECT_EQ(structure_of(line).parts[0].type, "image/png");
    const RepeatedSource folded("Content-Type: image/png; name=\"",
                                times(times("0123456789", 9) + "\n ", 1000), 1'000, "\"\n\nPNG");
    EXPECT_EQ(structure_of(folded).parts[0].type, "image/png");
}

TEST(Bombs, blank_lines_and_foreign_lines_above_the_head) {
    const RepeatedSource blank("", times("\n", 1000), 1'000, "Content-Type: image/png\n\nPNG");
    EXPECT_EQ(structure_of(blank).parts[0].type, "image/png");
    const RepeatedSource fields("", "MIME-Version: 1.0\n\n", 100'000, "");
    EXPECT_EQ(structure_of(fields).parts.size(), 1U);
    const RepeatedSource odd("Subject: a\n", "odd line\nX-A: b\n", 100'000, "");
    EXPECT_EQ(structure_of(odd).parts.size(), 1U);
}

TEST(Bombs, lines_that_look_like_delimiters_do_not_make_us_read_again_and_again) {
    const RepeatedSource source("Content-Type: multipart/mixed; boundary=none\n\n",
                                "--other\nMIME-Version: 1.0\n", 100'000, "--none\n\ntext\n");
    EXPECT_EQ(structure_of(source).parts.size(), 10'000U);
    const RepeatedSource many(
        "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=x\n\n", "--\n",
        1'000'000, "");
    EXPECT_EQ(structure_of(many).parts.size(), 1U);
}

TEST(Bombs, a_message_wrapped_in_base64_again_and_again_meets_the_limits) {
    std::string mail = "Content-Type: image/png\n\nPNG";
    for (int i = 0; i < 25; ++i)
        mail =
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64_of(mail);
    Limits limits;
    EXPECT_EQ(reading_of(*source_of(mail), limits).files, Strings{" [PNG]"});
    limits.expanded_octets = mail.size() * 2;
    const Structure cut = reading_of(*source_of(mail), limits).structure;
    EXPECT_FALSE(cut.complete);
    limits.depth = 3;
    EXPECT_EQ(reading_of(*source_of(mail), limits).structure.parts.size(), 3U);
}

TEST(Bombs, a_large_file_passes_in_pieces_no_larger_than_the_window) {
    const std::string line =
        "JVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBE\r\n";
    const RepeatedSource source("Content-Type: application/pdf\r\n"
                                "Content-Transfer-Encoding: base64\r\n\r\n",
                                line, 64'000, "");
    const auto message = Message::read(source);
    std::uint64_t octets = 0;
    std::size_t largest = 0;
    std::vector<Repair> repaired;
    const Sink sink = [&](std::string_view piece) -> Result<void> {
        octets += piece.size();
        largest = std::max(largest, piece.size());
        return {};
    };
    ASSERT_TRUE(message->decode(0, sink, repaired));
    EXPECT_EQ(octets, 64'000U * 57U);
    EXPECT_LE(largest, 64U << 10);
}

}  // namespace
}  // namespace mail::mime
