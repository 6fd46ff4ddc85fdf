#include "mail/mime/sniff.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "mail/base/ascii.h"

namespace mail::mime {
namespace {

using std::string_view_literals::operator""sv;

struct Magic {
    std::size_t offset;
    std::string_view octets;
    std::string_view type;
};

constexpr Magic magics[] = {
    {0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {0, "II+\0"sv, "image/tiff"},
    {0, "MM\0+"sv, "image/tiff"},
    {0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "application/x-ole-storage"},
    {0, "{\\rtf"sv, "application/rtf"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "application/x-7z-compressed"},
    {0, "Rar!\x1A\x07"sv, "application/vnd.rar"},
    {0, "\x1F\x8B\x08"sv, "application/gzip"},
    {0,
     "\x7F"
     "ELF"sv,
     "application/x-executable"},
    {0, "\x78\x9F\x3E\x22"sv, "application/ms-tnef"},
    {0, "PK\x05\x06"sv, "application/zip"},
};

std::uint32_t little_endian_32(std::string_view raw, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value |= std::uint32_t{static_cast<unsigned char>(raw[at + i])} << (8 * i);
    return value;
}

bool has(std::string_view raw, std::size_t at, std::string_view octets) {
    return raw.size() >= at + octets.size() && raw.substr(at, octets.size()) == octets;
}

/// The header of a bitmap says its own size, which two letters "BM" at the start of a text don't.
bool is_bmp(std::string_view raw) {
    if (!raw.starts_with("BM") || raw.size() < 18)
        return false;
    const std::uint32_t header = little_endian_32(raw, 14);
    return header == 12 || (header >= 40 && header <= 124);
}

/// "MZ" and the offset of the second header, which says "PE".
bool is_pe(std::string_view raw) {
    if (!raw.starts_with("MZ") || raw.size() < 64)
        return false;
    const std::size_t at = little_endian_32(raw, 60);
    return at >= raw.size() - 4 || has(raw, at, "PE\0\0"sv) || has(raw, at, "NE"sv);
}

bool is_heic(std::string_view raw) {
    if (!has(raw, 4, "ftyp") || raw.size() < 12)
        return false;
    static constexpr std::string_view brands[] = {"heic", "heix", "hevc", "heim", "heis",
                                                  "hevm", "mif1", "msf1", "heif", "avif"};
    const std::string_view brand = raw.substr(8, 4);
    return std::find(std::begin(brands), std::end(brands), brand) != std::end(brands);
}

/// What is zipped shows in the names of the first entries.
std::string_view zip_kind(std::string_view raw) {
    if (has(raw, 30, "mimetypeapplication/vnd.oasis.opendocument.text"))
        return "application/vnd.oasis.opendocument.text";
    if (has(raw, 30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"))
        return "application/vnd.oasis.opendocument.spreadsheet";
    if (has(raw, 30, "mimetypeapplication/epub"))
        return "application/epub+zip";
    const auto holds = [raw](std::string_view name) {
        return raw.find(name) != std::string_view::npos;
    };
    if (holds("[Content_Types].xml") || holds("_rels/.rels")) {
        if (holds("word/"))
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        if (holds("xl/"))
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        if (holds("ppt/"))
            return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    }
    return "application/zip";
}

bool is_html(const std::string& lower) {
    return lower.starts_with("<!doctype html") || lower.starts_with("<html") ||
           (lower.starts_with("<?xml") && lower.find("<html") != std::string::npos);
}

/// A head whose first field is one that mails begin with.
bool is_mail(const std::string& lower) {
    static constexpr std::string_view fields[] = {
        "received:", "return-path:", "delivered-to:",    "from:", "message-id:", "mime-version:",
        "subject:",  "date:",        "x-mozilla-status:"};
    const bool begins = std::any_of(std::begin(fields), std::end(fields),
                                    [&](std::string_view name) { return lower.starts_with(name); });
    return begins && (lower.find("\nsubject:") != std::string::npos ||
                      lower.find("\nfrom:") != std::string::npos ||
                      lower.find("\ndate:") != std::string::npos ||
                      lower.find("\ncontent-type:") != std::string::npos);
}

std::string_view text_kind(std::string_view raw) {
    if (raw.starts_with("\xEF\xBB\xBF"))
        raw.remove_prefix(3);
    while (!raw.empty() && is_space(raw.front()))
        raw.remove_prefix(1);
    const std::string lower = lower_case(raw.substr(0, sniff_octets));
    if (is_html(lower))
        return "text/html";
    if (lower.starts_with("<?xml"))
        return "application/xml";
    return is_mail(lower) ? "message/rfc822"sv : std::string_view();
}

}  // namespace

std::string_view sniff(std::string_view first_octets) {
    const std::string_view raw = first_octets.substr(0, sniff_octets);
    for (const Magic& magic : magics)
        if (has(raw, magic.offset, magic.octets))
            return magic.type;
    if (raw.starts_with("PK\x03\x04"))
        return zip_kind(raw);
    if (raw.starts_with("RIFF") && has(raw, 8, "WEBP"))
        return "image/webp";
    if (is_bmp(raw))
        return "image/bmp";
    if (is_heic(raw))
        return "image/heic";
    if (is_pe(raw))
        return "application/vnd.microsoft.portable-executable";
    if (const std::string_view kind = text_kind(raw); !kind.empty())
        return kind;
    // Readers accept %PDF anywhere in the first 1024 octets, and scanners put junk before it.
    const std::size_t pdf = raw.substr(0, 1024).find("%PDF-");
    if (pdf != std::string_view::npos && pdf + 5 < raw.size() && is_digit(raw[pdf + 5]))
        return "application/pdf";
    return {};
}

bool is_graphic(std::string_view mime_type) {
    static constexpr std::string_view types[] = {"application/pdf", "image/jpeg", "image/tiff",
                                                 "image/png",       "image/bmp",  "image/gif",
                                                 "image/webp",      "image/heic"};
    return std::find(std::begin(types), std::end(types), mime_type) != std::end(types);
}

}  // namespace mail::mime
