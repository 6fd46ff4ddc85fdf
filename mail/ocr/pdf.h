#pragma once
// What of a PDF matters before anybody works on it: how many pages it has, and whether it is
// encrypted. No reader of PDFs: it looks for the nodes of the page tree wherever they lie, also in
// compressed objects, so a damaged cross-reference table is no hindrance. Bounded in time and
// memory; what it can't find it doesn't know.

#include <cstdint>
#include <optional>
#include <string_view>

#include "mail/base/disk.h"

namespace mail::ocr {

struct PdfFacts {
    std::optional<std::uint32_t> pages;
    bool is_encrypted = false;
    bool operator==(const PdfFacts&) const = default;
};

/// Pure.
[[nodiscard]] PdfFacts pdf_facts(std::string_view raw);

/// Of a larger file than this its beginning and its end, where the page tree mostly lies.
inline constexpr std::uint64_t pdf_octets_read = 64U << 20U;
[[nodiscard]] Result<PdfFacts> pdf_facts_of(Disk& disk, const std::string& path);

}  // namespace mail::ocr
