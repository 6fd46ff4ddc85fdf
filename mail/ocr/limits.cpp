#include "mail/ocr/limits.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/base/utf8.h"

namespace mail::ocr {

namespace {

using Reason = store::OcrJob::Reason;

constexpr std::uint64_t megabyte = 1'000'000;

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> mime_types{{
    {"pdf", "application/pdf"},
    {"jpg", "image/jpeg"},
    {"tif", "image/tiff"},
    {"png", "image/png"},
    {"bmp", "image/bmp"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"heic", "image/heic"},
}};

// Endings and types that stand for others of the table.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> other_endings{
    {{"jpeg", "jpg"}, {"tiff", "tif"}, {"heif", "heic"}}};

bool accepts(const point::Ocr& limits, std::string_view name) {
    return !name.empty() && std::ranges::find(limits.types, name) != limits.types.end();
}

/// By the ending of a file's name; "": none of those.
std::string_view type_named_by(std::string_view file_name) {
    const std::size_t dot = file_name.rfind('.');
    if (dot == std::string_view::npos)
        return "";
    const std::string ending = utf8::folded(file_name.substr(dot + 1));
    for (const auto& [other, name] : other_endings)
        if (ending == other)
            return name;
    for (const auto& [name, mime_type] : mime_types)
        if (ending == name)
            return name;
    return "";
}

}  // namespace

std::string_view type_name_of(std::string_view mime_type) {
    const auto* const found = std::ranges::find(
        mime_types, mime_type, &std::pair<std::string_view, std::string_view>::second);
    return found == mime_types.end() ? std::string_view() : found->first;
}

bool is_named_as_accepted(std::string_view file_name, const point::Ocr& limits) {
    return accepts(limits, type_named_by(file_name));
}

bool is_too_large(std::uint64_t size_octets, const point::Ocr& limits) {
    return size_octets > static_cast<std::uint64_t>(limits.max_megabytes) * megabyte;
}

Reason reason_against(std::string_view mime_type, std::uint64_t size_octets,
                      const point::Ocr& limits) {
    if (is_too_large(size_octets, limits))
        return Reason::too_large;
    return accepts(limits, type_name_of(mime_type)) ? Reason::none : Reason::wrong_type;
}

Reason reason_against_announced(std::string_view mime_type, std::string_view file_name,
                                std::uint64_t size_octets, const point::Ocr& limits) {
    if (is_too_large(size_octets, limits))
        return Reason::too_large;
    if (accepts(limits, type_name_of(mime_type)) || is_named_as_accepted(file_name, limits))
        return Reason::none;
    // Neither says what it is: its content may be anything.
    const bool says_nothing = mime_type.empty() || mime_type == "application/octet-stream";
    const bool has_no_ending = file_name.rfind('.') == std::string_view::npos;
    return says_nothing && has_no_ending ? Reason::none : Reason::wrong_type;
}

Reason reason_against(const work::PartView& part, const point::Ocr& limits) {
    const bool is_taken = part.verdict == work::Verdict::taken;
    // What lay elsewhere already, or is not to come, it does not see.
    if (!(is_taken && !part.file.empty()) && part.verdict != work::Verdict::will_be_taken)
        return Reason::none;
    return is_taken && !part.type.empty()
               ? reason_against(part.type, part.size_octets, limits)
               : reason_against_announced(part.part.type, part.part.name, part.size_octets, limits);
}

}  // namespace mail::ocr
