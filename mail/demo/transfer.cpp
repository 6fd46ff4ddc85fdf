#include "mail/demo/transfer.h"

#include <algorithm>
#include <array>

#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t line_letters = 76;
constexpr std::size_t piece_octets = 64 * 1024;

std::array<signed char, 256> reverse_alphabet() {
    std::array<signed char, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
    return table;
}

void append_base64(std::string& text, std::string_view raw) {
    for (std::size_t at = 0; at < raw.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, raw.size() - at);
        unsigned group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8 | (i < count ? static_cast<unsigned char>(raw[at + i]) : 0U);
        text += alphabet[group >> 18 & 63];
        text += alphabet[group >> 12 & 63];
        text += count > 1 ? alphabet[group >> 6 & 63] : '=';
        text += count > 2 ? alphabet[group & 63] : '=';
    }
}

/// Collects octets and hands them on in pieces.
class Pieces {
public:
    explicit Pieces(const Taker& take) : take_(take) { raw_.reserve(piece_octets); }
    bool add(char octet) {
        raw_ += octet;
        return raw_.size() < piece_octets || flush();
    }
    bool flush() {
        const bool more = raw_.empty() || take_(raw_);
        raw_.clear();
        return more;
    }

private:
    const Taker& take_;
    std::string raw_;
};

void decode_base64(std::string_view body, const Taker& take) {
    static const auto values = reverse_alphabet();
    Pieces pieces(take);
    unsigned group = 0;
    int bits = 0;
    for (const char letter : body) {
        if (letter == '=')
            break;
        const signed char value = values[static_cast<unsigned char>(letter)];
        if (value < 0)
            continue;
        group = group << 6 | static_cast<unsigned>(value);
        bits += 6;
        if (bits < 8)
            continue;
        bits -= 8;
        if (!pieces.add(static_cast<char>(group >> bits & 255)))
            return;
    }
    pieces.flush();
}

int hex_value(char letter) {
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    const char upper = upper_letter(letter);
    return upper >= 'A' && upper <= 'F' ? upper - 'A' + 10 : -1;
}

void decode_quoted_printable(std::string_view body, const Taker& take) {
    Pieces pieces(take);
    for (std::size_t at = 0; at < body.size(); ++at) {
        if (body.substr(at, 3) == "=\r\n") {
            at += 2;
            continue;
        }
        const bool escape = body[at] == '=' && at + 2 < body.size() &&
                            hex_value(body[at + 1]) >= 0 && hex_value(body[at + 2]) >= 0;
        const char octet =
            escape ? static_cast<char>(hex_value(body[at + 1]) * 16 + hex_value(body[at + 2]))
                   : body[at];
        at += escape ? 2 : 0;
        if (!pieces.add(octet))
            return;
    }
    pieces.flush();
}

}  // namespace

std::string base64(std::string_view raw) {
    std::string text;
    text.reserve(raw.size() / 3 * 4 + 4);
    append_base64(text, raw);
    return text;
}

std::string base64_lines(std::string_view raw) {
    constexpr std::size_t line_octets = line_letters / 4 * 3;
    std::string text;
    text.reserve(raw.size() / line_octets * (line_letters + 2) + line_letters + 8);
    for (std::size_t at = 0; at < raw.size(); at += line_octets) {
        append_base64(text, raw.substr(at, line_octets));
        text += "\r\n";
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    static const auto values = reverse_alphabet();
    const std::size_t letters = std::min(text.find('='), text.size());
    if (text.size() % 4 != 0 || text.size() - letters > 2 ||
        text.find_first_not_of('=', letters) != std::string_view::npos)
        return std::nullopt;
    for (const char letter : text.substr(0, letters))
        if (values[static_cast<unsigned char>(letter)] < 0)
            return std::nullopt;
    std::string raw;
    decode_base64(text, [&raw](std::string_view piece) {
        raw += piece;
        return true;
    });
    return raw;
}

std::string quoted_printable(std::string_view raw) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    std::size_t column = 0;
    for (std::size_t at = 0; at < raw.size(); ++at) {
        if (raw.substr(at, 2) == "\r\n") {
            text += "\r\n";
            ++at;
            column = 0;
            continue;
        }
        const auto octet = static_cast<unsigned char>(raw[at]);
        const bool blank_at_end = octet == ' ' && raw.substr(at + 1, 2) == "\r\n";
        const bool plain = octet >= 32 && octet < 127 && octet != '=' && !blank_at_end;
        if (column + (plain ? 1 : 3) > line_letters - 1) {
            text += "=\r\n";
            column = 0;
        }
        if (plain)
            text += raw[at];
        else
            text.append({'=', digits[octet >> 4], digits[octet & 15]});
        column += plain ? 1 : 3;
    }
    return text;
}

TransferEncoding transfer_encoding(std::string_view name) {
    const std::string lower = lower_case(name);
    if (lower == "base64")
        return TransferEncoding::base64;
    if (lower == "quoted-printable")
        return TransferEncoding::quoted_printable;
    if (lower.empty() || lower == "7bit" || lower == "8bit" || lower == "binary")
        return TransferEncoding::identity;
    return TransferEncoding::unknown;
}

void decode(std::string_view body, TransferEncoding encoding, const Taker& take) {
    if (encoding == TransferEncoding::base64)
        return decode_base64(body, take);
    if (encoding == TransferEncoding::quoted_printable)
        return decode_quoted_printable(body, take);
    while (!body.empty() && take(body.substr(0, piece_octets)))
        body.remove_prefix(std::min(piece_octets, body.size()));
}

}  // namespace mail::demo
