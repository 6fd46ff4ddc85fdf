#include "mail/mime/inflate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

namespace mail::mime {
namespace {

constexpr int max_code_bits = 15;

/// Bits from the least significant on (RFC 1951, 3.1.1); sticky failure.
class BitReader {
public:
    explicit BitReader(std::string_view raw) : raw_(raw) {}
    [[nodiscard]] bool failed() const { return failed_; }

    unsigned bits(unsigned count) {
        while (held_ < count) {
            if (at_ >= raw_.size()) {
                failed_ = true;
                return 0;
            }
            buffer_ |= std::uint32_t{static_cast<unsigned char>(raw_[at_++])} << held_;
            held_ += 8;
        }
        const unsigned value = buffer_ & ((1U << count) - 1);
        buffer_ >>= count;
        held_ -= count;
        return value;
    }
    /// What is left of the octet is dropped; then whole octets.
    std::string_view octets(std::size_t count) {
        buffer_ = 0;
        held_ = 0;
        if (count > raw_.size() - at_) {
            failed_ = true;
            return {};
        }
        at_ += count;
        return raw_.substr(at_ - count, count);
    }
    void drop_to_octet() {
        buffer_ = 0;
        held_ = 0;
    }

private:
    std::string_view raw_;
    std::size_t at_ = 0;
    std::uint32_t buffer_ = 0;
    unsigned held_ = 0;
    bool failed_ = false;
};

/// A canonical Huffman code: how many codes have each length, and the symbols in their order.
class Code {
public:
    explicit Code(const std::vector<std::uint8_t>& lengths) : symbols_(lengths.size()) {
        for (const std::uint8_t length : lengths)
            ++counts_[length];
        counts_[0] = 0;
        std::int32_t left = 1;
        for (std::size_t bits = 1; bits <= max_code_bits && valid_; ++bits) {
            left = left * 2 - counts_[bits];
            valid_ = left >= 0;
        }
        std::array<std::size_t, max_code_bits + 1> next{};
        for (std::size_t bits = 1; bits < max_code_bits; ++bits)
            next[bits + 1] = next[bits] + counts_[bits];
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol)
            if (lengths[symbol] != 0)
                symbols_[next[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
    }

    /// The next symbol, or -1.
    [[nodiscard]] int decode(BitReader& reader) const {
        std::uint32_t code = 0, first = 0;
        std::size_t index = 0;
        if (!valid_)
            return -1;
        for (std::size_t bits = 1; bits <= max_code_bits; ++bits) {
            code |= reader.bits(1);
            if (reader.failed())
                return -1;
            if (code < first + counts_[bits])
                return symbols_[index + (code - first)];
            index += counts_[bits];
            first = (first + counts_[bits]) << 1;
            code <<= 1;
        }
        return -1;
    }

private:
    std::array<std::uint16_t, max_code_bits + 1> counts_{};
    std::vector<std::uint16_t> symbols_;
    bool valid_ = true;  ///< false: more codes than there can be
};

struct Extra {
    std::uint16_t base;
    std::uint8_t bits;
};

constexpr Extra lengths[] = {
    {3, 0},  {4, 0},  {5, 0},  {6, 0},   {7, 0},   {8, 0},   {9, 0},   {10, 0},  {11, 1}, {13, 1},
    {15, 1}, {17, 1}, {19, 2}, {23, 2},  {27, 2},  {31, 2},  {35, 3},  {43, 3},  {51, 3}, {59, 3},
    {67, 4}, {83, 4}, {99, 4}, {115, 4}, {131, 5}, {163, 5}, {195, 5}, {227, 5}, {258, 0}};
constexpr Extra distances[] = {{1, 0},     {2, 0},     {3, 0},      {4, 0},      {5, 1},
                               {7, 1},     {9, 2},     {13, 2},     {17, 3},     {25, 3},
                               {33, 4},    {49, 4},    {65, 5},     {97, 5},     {129, 6},
                               {193, 6},   {257, 7},   {385, 7},    {513, 8},    {769, 8},
                               {1025, 9},  {1537, 9},  {2049, 10},  {3073, 10},  {4097, 11},
                               {6145, 11}, {8193, 12}, {12289, 12}, {16385, 13}, {24577, 13}};

class Inflater {
public:
    Inflater(std::string_view raw, std::size_t max_octets)
        : reader_(raw), max_octets_(max_octets) {}

    std::optional<std::string> run() {
        bool last = false;
        while (!last) {
            last = reader_.bits(1) == 1;
            const unsigned kind = reader_.bits(2);
            if (reader_.failed() || !block(kind))
                return std::nullopt;
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] bool block(unsigned kind) {
        switch (kind) {
        case 0:
            return stored_block();
        case 1: {
            std::vector<std::uint8_t> literal(288, 8);
            std::fill(literal.begin() + 144, literal.begin() + 256, std::uint8_t{9});
            std::fill(literal.begin() + 256, literal.begin() + 280, std::uint8_t{7});
            return coded_block(Code(literal), Code(std::vector<std::uint8_t>(30, 5)));
        }
        case 2:
            return dynamic_block();
        default:
            return false;
        }
    }

    bool stored_block() {
        reader_.drop_to_octet();
        const std::string_view size = reader_.octets(4);
        if (reader_.failed())
            return false;
        const auto octet = [size](std::size_t at) {
            return static_cast<std::size_t>(static_cast<unsigned char>(size[at]));
        };
        const std::string_view data = reader_.octets(octet(0) | (octet(1) << 8));
        out_ += data;
        return !reader_.failed() && out_.size() <= max_octets_;
    }

    bool dynamic_block() {
        static constexpr std::uint8_t order[] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                 11, 4,  12, 3, 13, 2, 14, 1, 15};
        const std::size_t literal_count = reader_.bits(5) + 257;
        const std::size_t distance_count = reader_.bits(5) + 1;
        const std::size_t length_count = reader_.bits(4) + 4;
        std::vector<std::uint8_t> code_lengths(19, 0);
        for (std::size_t i = 0; i < length_count; ++i)
            code_lengths[order[i]] = static_cast<std::uint8_t>(reader_.bits(3));
        const Code code(code_lengths);
        std::vector<std::uint8_t> all;
        while (all.size() < literal_count + distance_count) {
            const int symbol = code.decode(reader_);
            if (symbol < 0)
                return false;
            if (!append_lengths(all, symbol))
                return false;
        }
        if (reader_.failed() || all.size() != literal_count + distance_count)
            return false;
        const auto middle = all.begin() + static_cast<std::ptrdiff_t>(literal_count);
        return coded_block(Code({all.begin(), middle}), Code({middle, all.end()}));
    }

    /// RFC 1951, 3.2.7: a length, or the last one or zeros repeated.
    bool append_lengths(std::vector<std::uint8_t>& all, int symbol) {
        if (symbol < 16) {
            all.push_back(static_cast<std::uint8_t>(symbol));
            return true;
        }
        if (symbol == 16 && all.empty())
            return false;
        const std::uint8_t value = symbol == 16 ? all.back() : std::uint8_t{0};
        const std::size_t count = symbol == 16   ? 3 + reader_.bits(2)
                                  : symbol == 17 ? 3 + reader_.bits(3)
                                                 : 11 + reader_.bits(7);
        all.insert(all.end(), count, value);
        return true;
    }

    bool coded_block(const Code& literal, const Code& distance) {
        while (true) {
            const int symbol = literal.decode(reader_);
            if (symbol < 0 || out_.size() > max_octets_)
                return false;
            if (symbol < 256)
                out_ += static_cast<char>(symbol);
            else if (symbol == 256)
                return true;
            else if (!copy(static_cast<std::size_t>(symbol) - 257, distance))
                return false;
        }
    }

    bool copy(std::size_t length_code, const Code& distance) {
        if (length_code >= std::size(lengths))
            return false;
        const std::size_t octets =
            lengths[length_code].base + reader_.bits(lengths[length_code].bits);
        const int code = distance.decode(reader_);
        if (code < 0 || static_cast<std::size_t>(code) >= std::size(distances))
            return false;
        const Extra& extra = distances[static_cast<std::size_t>(code)];
        const std::size_t back = extra.base + reader_.bits(extra.bits);
        if (reader_.failed() || back > out_.size())
            return false;
        for (std::size_t i = 0; i < octets; ++i)
            out_ += out_[out_.size() - back];
        return true;
    }

    BitReader reader_;
    std::size_t max_octets_;
    std::string out_;
};

}  // namespace

std::optional<std::string> inflate_zlib(std::string_view raw, std::size_t max_octets) {
    // Two octets of header: the method is 8, and both together are a multiple of 31.
    if (raw.size() < 2 || (raw[0] & 0x0F) != 8 ||
        (static_cast<unsigned char>(raw[0]) * 256U + static_cast<unsigned char>(raw[1])) % 31 != 0)
        return std::nullopt;
    return Inflater(raw.substr(2), max_octets).run();
}

}  // namespace mail::mime
