#pragma once
// Small valid PDF files (ISO 32000-1), written by hand: the invoices of the sample mails. The same
// octets at every call. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mail::demo {

/// One page of Helvetica: a heading, and lines below it. UTF-8; ASCII and the Polish letters.
[[nodiscard]] std::string pdf_page(std::string_view heading, const std::vector<std::string>& lines);

struct Invoice {
    std::string number;  ///< "FV/2026/11/0412"
    std::string seller, tax_number;
    std::string issued;  ///< as it is to be read
    std::string goods;
    std::uint64_t net_grosze = 0;  ///< VAT of 23 % is added
};
[[nodiscard]] std::string invoice_pdf(const Invoice& invoice);
/// "1234,56"
[[nodiscard]] std::string amount(std::uint64_t grosze);
[[nodiscard]] std::uint64_t with_vat(std::uint64_t net_grosze);

/// A scan of `pages` pages as uncompressed grey pictures, about 2 MB a page.
[[nodiscard]] std::string scanned_pdf(int pages);

}  // namespace mail::demo
