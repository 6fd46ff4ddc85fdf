#include "mail/mime/file_name.h"

#include <algorithm>
#include <iterator>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"

namespace mail::mime {
namespace {

// Room for " (2)" and for the name of a temporary file below the 255 octets of most file systems.
constexpr std::size_t max_octets = 200;
// A longer "extension" is a sentence with a dot in it.
constexpr std::size_t max_extension_octets = 16;

bool is_drive(std::string_view name) {
    return name.size() >= 2 && is_letter(name[0]) && name[1] == ':';
}

/// "FV/12/2026.pdf" is the number of an invoice, and what stands before the slash must stay. Only
/// what can't be anything but a path is read as one.
bool is_path(std::string_view name) {
    return name.starts_with('/') || name.find('\\') != std::string_view::npos || is_drive(name) ||
           name.starts_with("./") || name.starts_with("../") || name.starts_with("~/") ||
           name.find("/../") != std::string_view::npos ||
           name.find("://") != std::string_view::npos;
}

std::string_view last_component(std::string_view name) {
    if (!is_path(name))
        return name;
    while (name.ends_with('/') || name.ends_with('\\'))
        name.remove_suffix(1);
    const std::size_t separator = name.find_last_of("/\\");
    if (separator != std::string_view::npos)
        name.remove_prefix(separator + 1);
    if (is_drive(name))
        name.remove_prefix(2);
    return name;
}

/// Characters that some system refuses or reads as something else.
bool is_forbidden(char32_t code_point) {
    return code_point < 0x80 &&
           std::string_view("<>:\"/\\|?*").find(static_cast<char>(code_point)) !=
               std::string_view::npos;
}

bool is_wide_blank(char32_t code_point) {
    return code_point == ' ' || code_point == '\t' || code_point == '\r' || code_point == '\n' ||
           code_point == 0xA0 || (code_point >= 0x2000 && code_point <= 0x200A) ||
           code_point == 0x3000;
}

/// The characters alone: nothing invisible, nothing forbidden, blanks collapsed, composed.
std::string plain_characters(std::string_view name) {
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const char32_t code_point = utf8::next(name, at);
        if (is_wide_blank(code_point)) {
            if (!out.empty() && out.back() != ' ')
                out += ' ';
        } else if (utf8::is_control(code_point) || is_forbidden(code_point) ||
                   code_point == 0xFFFD) {
            out += '_';
        } else if (!utf8::is_invisible(code_point)) {
            utf8::append(out, code_point);
        }
    }
    // Last, because invisible characters may have stood between a letter and its mark.
    return utf8::composed(out);
}

/// A file that begins with a dot is hidden, one that begins with a dash is an option to some
/// command; Windows drops dots and blanks at the end.
std::string_view without_bad_ends(std::string_view name) {
    const std::size_t begin = name.find_first_not_of(" .-");
    if (begin == std::string_view::npos)
        return {};
    return name.substr(begin, name.find_last_not_of(" .") + 1 - begin);
}

/// Device names of Windows, with any extension (CON.pdf), and files that its shell obeys.
bool is_reserved(std::string_view name) {
    std::string lower = lower_case(name);
    if (lower == "desktop.ini" || lower == "autorun.inf" || lower == "thumbs.db")
        return true;
    lower.resize(std::min(lower.find('.'), lower.size()));
    lower.resize(lower.find_last_not_of(' ') + 1);
    static constexpr std::string_view devices[] = {"con",    "prn",     "aux",    "nul",
                                                   "conin$", "conout$", "clock$", "config$"};
    if (std::find(std::begin(devices), std::end(devices), lower) != std::end(devices))
        return true;
    static constexpr std::string_view superscripts[] = {"\xC2\xB9", "\xC2\xB2", "\xC2\xB3"};
    if (!lower.starts_with("com") && !lower.starts_with("lpt"))
        return false;
    const std::string_view number = std::string_view(lower).substr(3);
    return (number.size() == 1 && is_digit(number[0])) ||
           std::find(std::begin(superscripts), std::end(superscripts), number) !=
               std::end(superscripts);
}

std::string shortened(std::string_view name, std::size_t octets) {
    if (name.size() <= octets)
        return std::string(name);
    while (octets > 0 && (static_cast<unsigned char>(name[octets]) & 0xC0) == 0x80)
        --octets;
    name = name.substr(0, octets);
    return std::string(name.substr(0, name.find_last_not_of(" .") + 1));
}

struct TypeExtension {
    std::string_view type, extension;
};

constexpr TypeExtension extensions[] = {
    {"application/pdf", ".pdf"},
    {"application/x-pdf", ".pdf"},
    {"image/jpeg", ".jpg"},
    {"image/jpg", ".jpg"},
    {"image/pjpeg", ".jpg"},
    {"image/tiff", ".tif"},
    {"image/png", ".png"},
    {"image/x-png", ".png"},
    {"image/bmp", ".bmp"},
    {"image/x-ms-bmp", ".bmp"},
    {"image/gif", ".gif"},
    {"image/webp", ".webp"},
    {"image/heic", ".heic"},
    {"image/heif", ".heic"},
    {"image/svg+xml", ".svg"},
    {"text/plain", ".txt"},
    {"text/html", ".html"},
    {"text/csv", ".csv"},
    {"text/xml", ".xml"},
    {"text/calendar", ".ics"},
    {"text/vcard", ".vcf"},
    {"text/x-vcard", ".vcf"},
    {"text/rtf", ".rtf"},
    {"text/richtext", ".rtx"},
    {"text/enriched", ".txt"},
    {"text/css", ".css"},
    {"application/xml", ".xml"},
    {"application/json", ".json"},
    {"application/rtf", ".rtf"},
    {"application/zip", ".zip"},
    {"application/x-zip-compressed", ".zip"},
    {"application/x-7z-compressed", ".7z"},
    {"application/vnd.rar", ".rar"},
    {"application/x-rar-compressed", ".rar"},
    {"application/gzip", ".gz"},
    {"application/x-gzip", ".gz"},
    {"application/x-tar", ".tar"},
    {"application/msword", ".doc"},
    {"application/vnd.ms-excel", ".xls"},
    {"application/vnd.ms-powerpoint", ".ppt"},
    {"application/vnd.ms-outlook", ".msg"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"},
    {"application/vnd.oasis.opendocument.text", ".odt"},
    {"application/vnd.oasis.opendocument.spreadsheet", ".ods"},
    {"application/epub+zip", ".epub"},
    {"application/postscript", ".ps"},
    {"application/ms-tnef", ".dat"},
    {"application/vnd.ms-tnef", ".dat"},
    {"application/pkcs7-mime", ".p7m"},
    {"application/x-pkcs7-mime", ".p7m"},
    {"application/pkcs7-signature", ".p7s"},
    {"application/x-pkcs7-signature", ".p7s"},
    {"application/pgp-signature", ".asc"},
    {"application/vnd.microsoft.portable-executable", ".exe"},
    {"application/octet-stream", ".bin"},
    {"message/rfc822", ".eml"},
    {"message/global", ".eml"},
    {"message/news", ".eml"},
    {"audio/mpeg", ".mp3"},
    {"audio/wav", ".wav"},
    {"audio/x-wav", ".wav"},
    {"audio/basic", ".au"},
    {"video/mp4", ".mp4"},
    {"video/mpeg", ".mpg"},
};

}  // namespace

bool is_real_extension(std::string_view extension) {
    if (extension.size() < 2 || extension.size() > max_extension_octets)
        return false;
    const std::string_view letters = extension.substr(1);
    return letters.find(' ') == std::string_view::npos &&
           !std::all_of(letters.begin(), letters.end(), is_digit);
}

std::string_view extension_of(std::string_view type) {
    const std::string lower = lower_case(type);
    const auto* const found =
        std::find_if(std::begin(extensions), std::end(extensions),
                     [&lower](const TypeExtension& row) { return row.type == lower; });
    return found != std::end(extensions) ? found->extension : std::string_view();
}

NameParts split_name(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size())
        return {name, {}};
    return {name.substr(0, dot), name.substr(dot)};
}

std::string safe_file_name(std::string_view name, std::string_view fallback_stem,
                           std::string_view type) {
    std::string clean(without_bad_ends(plain_characters(last_component(trimmed(name)))));
    const bool nameless = clean.empty();
    if (nameless)
        clean = without_bad_ends(plain_characters(fallback_stem));
    if (clean.empty())
        clean = "file";
    NameParts parts = split_name(clean);
    std::string stem(parts.stem), extension(parts.extension);
    if (extension.size() > max_extension_octets) {
        stem += extension;
        extension.clear();
    }
    // "octet-stream" says nothing: "README" stays what it is.
    const bool telling = nameless || lower_case(type) != "application/octet-stream";
    if (telling && !is_real_extension(extension) && !extension_of(type).empty()) {
        stem += extension;
        extension = extension_of(type);
    }
    if (is_reserved(stem + extension)) {
        const std::size_t dot = std::min(stem.find('.'), stem.size());
        stem.insert(stem.find_last_not_of(' ', dot == 0 ? 0 : dot - 1) + 1, "_");
    }
    return shortened(stem, max_octets - extension.size()) + extension;
}

std::string numbered_name(std::string_view name, unsigned number) {
    const NameParts parts = split_name(name);
    return std::string(parts.stem) + " (" + std::to_string(number) + ")" +
           std::string(parts.extension);
}

std::string key_on_any_disk(std::string_view name) {
    std::string key = utf8::folded(utf8::composed(name));
    key.resize(key.find_last_not_of(" .") + 1);
    return key;
}

}  // namespace mail::mime
