// The decoder takes whole quanta at once where it can: it must give what one that looks at each
// octet of the whole text gives, whatever the text is and however it was split.
#include "mail/mime/decoder_base64.h"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace mail::mime {
namespace {

constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_letter(char octet) {
    return letters.find(octet) != std::string_view::npos;
}

bool is_blank(char octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

struct Decoded {
    std::string raw;
    bool damaged = false;
    std::size_t pieces = 0;
};

/// The whole octets that these letters hold.
std::string octets_of(std::string_view text) {
    std::string octets;
    unsigned bits = 0, count = 0;
    for (const char letter : text) {
        bits = (bits << 6U | static_cast<unsigned>(letters.find(letter))) & 0xFFFFU;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        octets += static_cast<char>(bits >> count);
    }
    return octets;
}

/// What stands behind padding: lines, data as long as each is whole. None is longer than what is
/// held back.
void decode_following(std::string_view rest, Decoded& decoded) {
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        line.remove_prefix(std::min(line.find_first_not_of(" \t="), line.size()));
        const std::size_t data = std::min(line.find('='), line.size());
        const std::string_view padding = line.substr(data);
        const bool whole =
            line.size() % 4 == 0 && (padding.empty() || padding == "=" || padding == "==") &&
            std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(data), is_letter);
        if (!whole) {
            decoded.damaged = true;
            return;
        }
        decoded.raw += octets_of(line.substr(0, data));
    }
}

Decoded reference(std::string_view raw) {
    Decoded decoded;
    std::string data;
    std::size_t at = 0;
    for (; at < raw.size() && (raw[at] != '=' || data.size() % 4 == 0); ++at) {
        if (is_letter(raw[at]))
            data += raw[at];
        else
            decoded.damaged = decoded.damaged || !is_blank(raw[at]);
    }
    decoded.raw = octets_of(data);
    if (at == raw.size()) {
        decoded.damaged = decoded.damaged || data.size() % 4 != 0;
        return decoded;
    }
    decoded.damaged = decoded.damaged || data.size() % 4 == 1;
    ++at;
    if (data.size() % 4 == 2) {
        while (at < raw.size() && is_blank(raw[at]))
            ++at;
        decoded.damaged = decoded.damaged || at == raw.size() || raw[at] != '=';
    }
    decode_following(raw.substr(at), decoded);
    return decoded;
}

/// In pieces of up to `longest` octets.
Decoded decode(std::string_view raw, std::size_t longest, std::mt19937& random) {
    Decoded decoded;
    Base64Decoder decoder;
    const Sink sink = [&](std::string_view piece) -> Result<void> {
        decoded.raw += piece;
        ++decoded.pieces;
        return {};
    };
    while (!raw.empty()) {
        const std::size_t octets = std::min(1 + random() % longest, raw.size());
        EXPECT_TRUE(decoder.feed(raw.substr(0, octets), sink));
        raw.remove_prefix(octets);
    }
    EXPECT_TRUE(decoder.finish(sink));
    decoded.damaged = decoder.damaged();
    return decoded;
}

void expect_as_reference(const std::string& raw, std::mt19937& random) {
    const Decoded expected = reference(raw);
    for (const std::size_t longest : {1U, 7U, 90U, 4096U}) {
        const Decoded decoded = decode(raw, longest, random);
        ASSERT_EQ(decoded.raw, expected.raw) << raw;
        ASSERT_EQ(decoded.damaged, expected.damaged) << raw;
    }
}

/// Letters with something else between them: at every other place, or seldom.
std::string some_text(std::mt19937& random) {
    constexpr std::string_view odd = "=== \r\n\n\t*-_\xFF";
    const std::size_t size = random() % 300, odd_every = 1 + random() % 60;
    std::string raw;
    while (raw.size() < size) {
        const std::size_t dice = random() % 200;
        if (random() % odd_every == 0)
            raw += odd[random() % odd.size()];
        else if (dice < 3)
            raw += "Zg==\n";
        else if (dice < 6)
            raw += "\r\nZm8=\r\nZm9v\r\n";
        else
            raw += letters[random() % letters.size()];
    }
    return raw;
}

TEST(Base64Decoder, any_octet_at_any_place_of_a_quantum_is_read_the_same) {
    std::mt19937 random(5);
    for (int octet = 0; octet < 256; ++octet)
        for (std::size_t place = 0; place < 9; ++place) {
            std::string raw = "Zm9vYmFyZm9v";
            raw[place] = static_cast<char>(octet);
            expect_as_reference(raw, random);
            raw.insert(place, "\r\n");
            expect_as_reference(raw, random);
        }
}

TEST(Base64Decoder, whatever_stands_between_the_letters_it_gives_what_a_plain_one_gives) {
    std::mt19937 random(20261125);
    for (int i = 0; i < 10'000 && !testing::Test::HasFatalFailure(); ++i)
        expect_as_reference(some_text(random), random);
}

TEST(Base64Decoder, lines_of_any_length_are_decoded_whole) {
    std::mt19937 random(9);
    for (std::size_t length = 1; length < 120; ++length) {
        std::string raw, data;
        for (int line = 0; line < 12; ++line) {
            std::string text;
            for (std::size_t i = 0; i < length; ++i)
                text += letters[random() % letters.size()];
            data += text;
            raw += text + "\r\n";
        }
        const Decoded decoded = decode(raw, 200, random);
        ASSERT_EQ(decoded.raw, octets_of(data)) << length;
        ASSERT_FALSE(decoded.damaged) << length;
    }
}

TEST(Base64Decoder, a_piece_is_handed_on_as_one_piece) {
    std::string raw;
    while (raw.size() < 16'384)
        raw += "Zm9vYmFyZm9vYmFyZm9vYmFy*\r\n";
    std::mt19937 random(1);
    const Decoded decoded = decode(raw + "Zg==\r\nZm9v\r\n", raw.size() * 10, random);
    EXPECT_LE(decoded.pieces, 3U);
    EXPECT_TRUE(decoded.raw.ends_with("barffoo"));
}

}  // namespace
}  // namespace mail::mime
