#include "mail/imap/framer.h"

#include <random>

#include <gtest/gtest.h>

namespace mail::imap {
namespace {

/// Pieces as one text, independent of how literals were cut: "line|literal:5 …".
std::string cut(std::string_view raw, const std::vector<std::size_t>& borders,
                std::size_t max_line = 1000) {
    Framer framer(max_line);
    std::string shown;
    std::size_t from = 0;
    std::vector<std::size_t> ends = borders;
    ends.push_back(raw.size());
    for (const std::size_t end : ends) {
        framer.feed(raw.substr(from, end - from));
        from = end;
        for (;;) {
            auto piece = framer.next();
            if (!piece)
                return shown + "!" + std::string(name_of(piece.error().cause));
            if (!*piece)
                break;
            shown += (*piece)->raw;
            const bool line = (*piece)->kind == Piece::Kind::line;
            if (line)
                shown +=
                    (*piece)->announces ? "|" + std::to_string(*(*piece)->announces) + ":" : "|";
            else if ((*piece)->octets_left == 0)
                shown += ";";
        }
    }
    return shown + (framer.empty() ? "" : "~");
}

std::string cut(std::string_view raw) {
    return cut(raw, {});
}

struct Case {
    const char* raw;
    const char* pieces;
};

const std::vector<Case>& cases() {
    static const std::vector<Case> table{
        {"* OK hi\r\n", "* OK hi|"},
        {"* OK hi\r\n* 1 EXISTS\r\n", "* OK hi|* 1 EXISTS|"},
        {"* OK", "~"},
        {"* 1 FETCH (BODY[] {5}\r\nabcde)\r\n", "* 1 FETCH (BODY[] {5}|5:abcde;)|"},
        {"* 1 FETCH (BODY[] {0}\r\n)\r\n", "* 1 FETCH (BODY[] {0}|0:;)|"},
        {"* 1 FETCH (BINARY[1] ~{3}\r\n\r\n)\n)\r\n", "* 1 FETCH (BINARY[1] ~{3}|3:\r\n);\n)|"},
        {"* 1 FETCH (A {2+}\r\nab B {1}\r\nc)\r\n", "* 1 FETCH (A {2+}|2:ab; B {1}|1:c;)|"},
        // Free text may end like a literal, and is none.
        {"* OK bye {5}\r\n* BYE {3}\r\n", "* OK bye {5}|* BYE {3}|"},
        {"A1 NO no {5}\r\n+ go {5}\r\n", "A1 NO no {5}|+ go {5}|"},
        {"* LIST () \"/\" {x}\r\n", "* LIST () \"/\" {x}|"},
        {"* LIST () \"/\" {}\r\n", "* LIST () \"/\" {}|"},
        // Only CRLF ends a line.
        {"* A\n* B\rC\r\n", "* A\n* B\rC|"},
        {"* A\r\r\n", "* A\r|"},
        {"\r\n\r\n", "||"},
        // S11
        {"* A {99999999999999999999}\r\n", "!literal_size"},
        {"* A {18446744073709551616}\r\n", "!literal_size"},
        {"* A {4294967296}\r\n", "!literal_size"},
        {"* A {4294967295}\r\n", "* A {4294967295}|4294967295:"},
        {"* A {-1}\r\n", "!literal_size"},
        {"* A {007}\r\n", "!literal_size"},
        {"* A {00}\r\n", "!literal_size"},
    };
    return table;
}

TEST(Framer, cuts_lines_and_literals) {
    for (const Case& one : cases())
        EXPECT_EQ(cut(one.raw), one.pieces) << one.raw;
}

TEST(Framer, any_split_gives_the_same) {
    std::mt19937 random(7);
    for (const Case& one : cases()) {
        const std::string_view raw = one.raw;
        std::vector<std::size_t> every;
        for (std::size_t at = 1; at < raw.size(); ++at) {
            every.push_back(at);
            EXPECT_EQ(cut(raw, {at}), one.pieces) << raw << " at " << at;
        }
        EXPECT_EQ(cut(raw, every), one.pieces) << raw;
        for (int round = 0; round < 20; ++round) {
            std::vector<std::size_t> some;
            for (const std::size_t at : every)
                if (random() % 3 == 0)
                    some.push_back(at);
            EXPECT_EQ(cut(raw, some), one.pieces) << raw;
        }
    }
}

TEST(Framer, literal_octets_that_look_like_a_reply_stay_data) {
    EXPECT_EQ(cut("* 1 FETCH (BODY[] {24}\r\nA1 OK done\r\n* BYE {99}\r\n)\r\nA1 OK\r\n"),
              "* 1 FETCH (BODY[] {24}|24:A1 OK done\r\n* BYE {99}\r\n;)|A1 OK|");
}

TEST(Framer, a_lone_lf_ends_a_line_where_it_may) {
    const std::string_view raw = "A OK\nB OK\r\n\n+ \r\n";
    for (std::size_t border = 0; border <= raw.size(); ++border) {
        Framer framer;
        framer.set_line_end(Framer::LineEnd::lone_lf_too);
        std::string lines;
        for (const std::string_view half : {raw.substr(0, border), raw.substr(border)}) {
            framer.feed(half);
            for (auto piece = framer.next(); piece && *piece; piece = framer.next())
                lines.append((*piece)->raw).append("|");
        }
        EXPECT_EQ(lines, "A OK|B OK||+ |") << border;
    }
}

TEST(Framer, a_line_above_the_limit_is_an_error_however_it_comes) {
    const std::string line = "* SEARCH" + std::string(100, '1');
    EXPECT_EQ(cut(line + "\r\n", {}, 108), line + "|");
    EXPECT_EQ(cut(line + "\r\n", {}, 107), "!reply_too_long");
    EXPECT_EQ(cut(line + "\r\n", {50, 107, 109}, 107), "!reply_too_long");
    EXPECT_EQ(cut(line, {}, 50), "!reply_too_long");
}

TEST(Framer, a_long_line_in_single_octets_takes_linear_time) {
    const std::string line = "* SEARCH" + std::string(1'000'000, '1') + "\r\n";
    Framer framer;
    std::size_t lines = 0;
    for (const char& octet : line) {
        framer.feed({&octet, 1});
        if (const auto piece = framer.next().value())
            lines += piece->raw.size() == line.size() - 2 ? 1 : 100;
    }
    EXPECT_EQ(lines, 1U);
}

}  // namespace
}  // namespace mail::imap
