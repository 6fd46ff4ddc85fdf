// file_name_of(): what a part is called, by RFC 2231, by RFC 2047 against the rules, or by neither.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/mime/charset.h"
#include "mail/mime/encoded_word.h"
#include "mail/mime/headers.h"

namespace mail::mime {
namespace {

void note(std::vector<Repair>& repaired, Repair repair) {
    if (std::find(repaired.begin(), repaired.end(), repair) == repaired.end())
        repaired.push_back(repair);
}

struct Unescaped {
    std::string raw;
    bool had_codes = false;   ///< %XX was there
    bool had_others = false;  ///< a % that begins no code was there
};

Unescaped percent_decoded(std::string_view text) {
    Unescaped out;
    out.raw.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.raw += text[i];
        } else if (i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                   hex_value(text[i + 2]) >= 0) {
            out.raw += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            out.had_codes = true;
            i += 2;
        } else {
            out.raw += '%';
            out.had_others = true;
        }
    }
    return out;
}

/// charset'language'text: the charset and where the text begins.
std::optional<std::pair<std::string_view, std::size_t>> charset_prefix(std::string_view value) {
    const std::size_t first = value.find('\'');
    if (first == std::string_view::npos)
        return std::nullopt;
    const std::size_t second = value.find('\'', first + 1);
    const auto is_name_octet = [](char octet) {
        return is_letter(octet) || is_digit(octet) || octet == '-' || octet == '_' ||
               octet == '.' || octet == ':';
    };
    if (second == std::string_view::npos || first > 40 || second - first > 40 ||
        !std::all_of(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(first),
                     is_name_octet))
        return std::nullopt;
    return std::pair(value.substr(0, first), second + 1);
}

/// White space of folding is one blank, none at the ends; control characters stay for the report.
std::string tidy(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char octet : trimmed(text)) {
        const bool space = is_space(octet);
        if (!space || out.empty() || out.back() != ' ')
            out += space ? ' ' : octet;
    }
    return out;
}

std::string guessed_name(std::string_view raw, std::vector<Repair>& repaired) {
    Text text = guessed_utf8(raw);
    if (text.reading == Reading::guessed)
        note(repaired, Repair::name_charset);
    return std::move(text.text);
}

/// A value that claims nothing about its encoding.
std::string decode_plain(std::string_view raw, std::vector<Repair>& repaired) {
    if (raw.find("=?") != std::string_view::npos) {
        const DecodedWords words = decode_words(raw);
        if (words.had_words)
            note(repaired, Repair::name_syntax);
        if (words.reading == Reading::guessed)
            note(repaired, Repair::name_charset);
        return words.text;
    }
    if (raw.find('%') == std::string_view::npos)
        return guessed_name(raw, repaired);
    if (const auto prefix = charset_prefix(raw)) {
        const Unescaped unescaped = percent_decoded(raw.substr(prefix->second));
        if (unescaped.had_codes && !prefix->first.empty()) {
            note(repaired, Repair::name_syntax);
            return to_utf8(unescaped.raw, prefix->first).text;
        }
    }
    // "Za%C5%BC%C3%B3%C5%82%C4%87.pdf" without a star: only what decodes to real UTF-8 is believed.
    const Unescaped unescaped = percent_decoded(raw);
    const bool blanks = raw.find(' ') != std::string_view::npos;
    if (unescaped.had_codes && !unescaped.had_others && !blanks && utf8::valid(unescaped.raw) &&
        unescaped.raw.find('\0') == std::string::npos &&
        unescaped.raw.find('/') == std::string::npos) {
        note(repaired, Repair::name_syntax);
        return unescaped.raw;
    }
    return guessed_name(raw, repaired);
}

/// One piece of a name by RFC 2231, 3: name*2*="…".
struct Piece {
    unsigned number = 0;
    bool extended = false;
    std::string_view value;
};

struct Pieces {
    std::optional<std::string_view> plain;  ///< name=
    std::vector<Piece> pieces;              ///< name*= is piece 0, extended
};

std::optional<Piece> piece_of(std::string_view suffix, std::string_view value) {
    if (suffix == "*")
        return Piece{0, true, value};
    if (!suffix.starts_with('*'))
        return std::nullopt;
    suffix.remove_prefix(1);
    Piece piece{0, suffix.ends_with('*'), value};
    if (piece.extended)
        suffix.remove_suffix(1);
    if (suffix.empty() || suffix.size() > 4 || !std::all_of(suffix.begin(), suffix.end(), is_digit))
        return std::nullopt;
    for (const char digit : suffix)
        piece.number = piece.number * 10 + static_cast<unsigned>(digit - '0');
    return piece;
}

Pieces pieces_of(const RawParameters& parameters, std::string_view key) {
    Pieces found;
    for (const auto& [name, value] : parameters) {
        if (!std::string_view(name).starts_with(key))
            continue;
        const std::string_view suffix = std::string_view(name).substr(key.size());
        if (suffix.empty()) {
            if (!found.plain || found.plain->empty())
                found.plain = value;
        } else if (const std::optional<Piece> piece = piece_of(suffix, value)) {
            found.pieces.push_back(*piece);
        }
    }
    std::stable_sort(found.pieces.begin(), found.pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.number < b.number; });
    // A doubled piece would double the name.
    const auto same = [](const Piece& a, const Piece& b) { return a.number == b.number; };
    found.pieces.erase(std::unique(found.pieces.begin(), found.pieces.end(), same),
                       found.pieces.end());
    return found;
}

std::string decode_pieces(const std::vector<Piece>& pieces, std::vector<Repair>& repaired) {
    std::string_view first = pieces.front().value;
    const auto prefix = charset_prefix(first);
    const bool extended = std::any_of(pieces.begin(), pieces.end(),
                                      [](const Piece& piece) { return piece.extended; });
    if (!extended && !(prefix && !prefix->first.empty())) {
        std::string joined;
        for (const Piece& piece : pieces)
            joined += piece.value;
        return decode_plain(joined, repaired);
    }
    std::string raw;
    for (const Piece& piece : pieces) {
        std::string_view value = piece.value;
        if (&piece == &pieces.front() && prefix)
            value.remove_prefix(prefix->second);
        raw += piece.extended || !extended ? percent_decoded(value).raw : std::string(value);
    }
    if (!prefix || !extended)
        note(repaired, Repair::name_syntax);
    if (!prefix && raw.find("=?") != std::string::npos)
        return decode_plain(raw, repaired);
    Text text = to_utf8(raw, prefix ? prefix->first : std::string_view());
    if (text.reading == Reading::guessed)
        note(repaired, Repair::name_charset);
    return std::move(text.text);
}

std::string name_by_key(const RawParameters& parameters, std::string_view key,
                        std::vector<Repair>& repaired) {
    const Pieces found = pieces_of(parameters, key);
    if (!found.pieces.empty()) {
        std::string name = tidy(decode_pieces(found.pieces, repaired));
        if (!name.empty())
            return name;
    }
    return found.plain ? tidy(decode_plain(*found.plain, repaired)) : std::string();
}

}  // namespace

FileName file_name_of(const RawParameters& disposition, const RawParameters& type) {
    struct Place {
        const RawParameters& parameters;
        std::string_view key;
    };
    // The last two are against the rules, and seen.
    const Place places[] = {
        {disposition, "filename"}, {type, "name"}, {disposition, "name"}, {type, "filename"}};
    FileName file;
    for (const Place& place : places) {
        // Texts and multiparts, most of all parts, have none.
        if (std::ranges::none_of(place.parameters, [&](const auto& parameter) {
                return parameter.first.starts_with(place.key);
            }))
            continue;
        file.repaired.clear();
        file.name = name_by_key(place.parameters, place.key, file.repaired);
        if (!file.name.empty())
            break;
    }
    return file;
}

}  // namespace mail::mime
