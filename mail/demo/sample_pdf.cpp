#include "mail/demo/sample_pdf.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mail::demo {
namespace {

/// Polish letters have no place in the built-in encodings: codes from 128 on are given to them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> polish_glyphs{{
    {"ą", "aogonek"},    {"ć", "cacute"},     {"ę", "eogonek"}, {"ł", "lslash"},
    {"ń", "nacute"},     {"ó", "oacute"},     {"ś", "sacute"},  {"ź", "zacute"},
    {"ż", "zdotaccent"}, {"Ą", "Aogonek"},    {"Ć", "Cacute"},  {"Ę", "Eogonek"},
    {"Ł", "Lslash"},     {"Ń", "Nacute"},     {"Ó", "Oacute"},  {"Ś", "Sacute"},
    {"Ź", "Zacute"},     {"Ż", "Zdotaccent"}, {"–", "endash"},  {"³", "threesuperior"},
}};

std::string pdf_string(std::string_view text) {
    constexpr std::string_view digits = "01234567";
    std::string result = "(";
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto glyph = std::find_if(polish_glyphs.begin(), polish_glyphs.end(), [&](auto& g) {
            return text.substr(at, g.first.size()) == g.first;
        });
        if (glyph != polish_glyphs.end()) {
            const auto code = static_cast<unsigned>(128 + (glyph - polish_glyphs.begin()));
            result.append({'\\', digits[code >> 6], digits[code >> 3 & 7], digits[code & 7]});
            at += glyph->first.size() - 1;
        } else {
            if (text[at] == '(' || text[at] == ')' || text[at] == '\\')
                result += '\\';
            result += text[at];
        }
    }
    return result + ")";
}

/// Adds objects one by one and closes with the cross-reference table that their offsets make.
class PdfFile {
public:
    PdfFile() : raw_("%PDF-1.4\n%\xC5\xBC\xC3\xB3\n") {}
    void object(std::string_view body) {
        offsets_.push_back(raw_.size());
        raw_ += std::to_string(offsets_.size()) + " 0 obj\n";
        raw_ += body;
        raw_ += "\nendobj\n";
    }
    void stream(const std::string& entries, std::string_view data) {
        std::string body =
            "<< " + entries + "/Length " + std::to_string(data.size()) + " >>\nstream\n";
        body += data;
        object(body + "\nendstream");
    }
    std::string close() && {
        const std::size_t table = raw_.size();
        const std::string count = std::to_string(offsets_.size() + 1);
        raw_ += "xref\n0 " + count + "\n0000000000 65535 f \n";
        for (const std::size_t offset : offsets_) {
            const std::string digits = std::to_string(offset);
            raw_ += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
        }
        raw_ += "trailer\n<< /Size " + count + " /Root 1 0 R >>\nstartxref\n" +
                std::to_string(table) + "\n%%EOF\n";
        return std::move(raw_);
    }

private:
    std::string raw_;
    std::vector<std::size_t> offsets_;
};

std::string font() {
    std::string names;
    for (const auto& [letter, glyph] : polish_glyphs)
        names += " /" + std::string(glyph);
    return "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
           "/BaseEncoding /WinAnsiEncoding /Differences [128" +
           names + "] >> >>";
}

/// A page of grey paper with a frame and rows of dark dashes, and the grain of a scanner.
std::string scanned_page(int page, std::size_t width, std::size_t height) {
    std::string pixels(width * height, '\0');
    std::uint32_t grain = 0x2026U + static_cast<std::uint32_t>(page);
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x) {
            grain = grain * 1664525U + 1013904223U;
            const bool margin = x < 90 || x >= width - 90 || y < 120 || y >= height - 120;
            const bool ink = !margin && y % 28 < 9 && (x / 11 + y / 28 * 7) % 9 != 0 && x % 11 < 8;
            pixels[y * width + x] = static_cast<char>((ink ? 40U : 232U) + (grain >> 28));
        }
    return pixels;
}

}  // namespace

std::string pdf_page(std::string_view heading, const std::vector<std::string>& lines) {
    std::string content = "BT /F1 20 Tf 60 770 Td " + pdf_string(heading) + " Tj ET\n";
    int y = 730;
    for (const std::string& line : lines) {
        content += "BT /F1 11 Tf 60 " + std::to_string(y) + " Td " + pdf_string(line) + " Tj ET\n";
        y -= 18;
    }
    PdfFile file;
    file.object("<< /Type /Catalog /Pages 2 0 R >>");
    file.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    file.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                "/Resources << /Font << /F1 5 0 R >> >> >>");
    file.stream("", content);
    file.object(font());
    return std::move(file).close();
}

std::string amount(std::uint64_t grosze) {
    const std::string cents = std::to_string(grosze % 100);
    return std::to_string(grosze / 100) + (cents.size() < 2 ? ",0" : ",") + cents;
}

std::uint64_t with_vat(std::uint64_t net_grosze) {
    return (net_grosze * 123 + 50) / 100;
}

std::string invoice_pdf(const Invoice& invoice) {
    const std::uint64_t gross = with_vat(invoice.net_grosze);
    return pdf_page("FAKTURA " + invoice.number,
                    {
                        "Data wystawienia: " + invoice.issued,
                        "Sprzedawca: " + invoice.seller + ", NIP " + invoice.tax_number,
                        "Nabywca: Przykładowa Firma sp. z o.o., ul. Zmyślona 7, 00-000 Warszawa",
                        "",
                        "Lp.  Nazwa towaru lub usługi",
                        "1.   " + invoice.goods,
                        "",
                        "Wartość netto: " + amount(invoice.net_grosze) + " PLN",
                        "VAT 23%: " + amount(gross - invoice.net_grosze) + " PLN",
                        "Do zapłaty: " + amount(gross) + " PLN",
                        "",
                        "Dokument przykładowy. Wszystkie firmy są zmyślone.",
                    });
}

std::string scanned_pdf(int pages) {
    constexpr std::size_t width = 1240;
    constexpr std::size_t height = 1654;
    std::string kids;
    for (int page = 0; page < pages; ++page)
        kids += std::to_string(3 + 3 * page) + " 0 R ";
    PdfFile file;
    file.object("<< /Type /Catalog /Pages 2 0 R >>");
    file.object("<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages) + " >>");
    for (int page = 0; page < pages; ++page) {
        const int first = 3 + 3 * page;
        file.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " +
                    std::to_string(first + 1) + " 0 R /Resources << /XObject << /Scan " +
                    std::to_string(first + 2) + " 0 R >> >> >>");
        file.stream("", "q 595 0 0 842 0 0 cm /Scan Do Q\n");
        file.stream("/Type /XObject /Subtype /Image /Width 1240 /Height 1654 "
                    "/ColorSpace /DeviceGray /BitsPerComponent 8 ",
                    scanned_page(page, width, height));
    }
    return std::move(file).close();
}

}  // namespace mail::demo
