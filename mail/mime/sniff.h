#pragma once
// What a file is by its first octets, whatever the mail says. Pure.

#include <string_view>

namespace mail::mime {

/// How many octets from the start are enough for every kind below.
inline constexpr std::size_t sniff_octets = 4096;

/// A MIME type ("application/pdf"), or "" if the octets tell nothing. Knows pdf (also with junk
/// before %PDF), jpeg, tiff, png, bmp, gif, webp, heic, zip and the office formats in it, OLE, rtf,
/// xml, html, 7z, rar, gzip, PE/ELF executables, TNEF, mail.
[[nodiscard]] std::string_view sniff(std::string_view first_octets);

/// pdf, jpg, tif, png, bmp, gif, webp, heic: what "only graphic attachments" lets through.
[[nodiscard]] bool is_graphic(std::string_view mime_type);

}  // namespace mail::mime
