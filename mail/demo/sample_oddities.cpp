#include "mail/demo/sample_archives.h"
#include "mail/demo/sample_mails.h"
#include "mail/demo/transfer.h"

namespace mail::demo {
namespace {

using Kind = ExpectedFile::Kind;

/// As uuencode(1) of POSIX writes it, with "`" for zero.
std::string uuencoded(std::string_view name, std::string_view raw) {
    constexpr std::size_t line_octets = 45;
    const auto letter = [](unsigned value) {
        return static_cast<char>(value == 0 ? '`' : static_cast<int>(value) + 32);
    };
    std::string text = "begin 644 " + std::string(name) + "\r\n";
    for (std::size_t at = 0; at < raw.size(); at += line_octets) {
        const std::string_view line = raw.substr(at, line_octets);
        text += letter(static_cast<unsigned>(line.size()));
        for (std::size_t i = 0; i < line.size(); i += 3) {
            unsigned group = 0;
            for (std::size_t j = i; j < i + 3; ++j)
                group = group << 8 | (j < line.size() ? static_cast<unsigned char>(line[j]) : 0U);
            text.append({letter(group >> 18 & 63), letter(group >> 12 & 63),
                         letter(group >> 6 & 63), letter(group & 63)});
        }
        text += "\r\n";
    }
    return text + "`\r\nend\r\n";
}

}  // namespace

Sample pdf_shown_inline() {
    const std::string subject = "Twoja faktura za telefon";
    const std::string pdf = invoice_pdf({"TEL/901/11", "Telekom Świerk", "000-000-09-01",
                                         "9 listopada 2026", "Abonament, listopad 2026", 7'900});
    return sample(
        sample_head({"Telekom Świerk", "efaktura@telekom-swierk.example"}, subject,
                    november(9, 15, 22)),
        subject, {{"faktura_TEL_901_11.pdf", pdf}},
        multipart("mixed", "swierk=901",
                  {text_part("plain", "Faktura poniżej.\n"),
                   encoded_part("Content-Type: application/pdf\r\nContent-Disposition: inline;\r\n "
                                "filename=faktura_TEL_901_11.pdf\r\n",
                                pdf),
                   text_part("plain", "Dziękujemy, że jesteś z nami.\n")}));
}

Sample invoice_in_forwarded_message() {
    const std::string subject = "Fwd: Faktura za przeprowadzkę";
    const std::string inner_subject = "Faktura za przeprowadzkę";
    const std::string pdf =
        invoice_pdf({"P/9/2026", "Przeprowadzki Bóbr", "000-000-00-09", "7 listopada 2026",
                     "Przeprowadzka biura, 6 godzin", 132'000});
    const std::string inner =
        letter(sample_head({"Przeprowadzki Bóbr", "biuro@bobr.example"}, inner_subject,
                           november(7, 16, 1)),
               multipart("mixed", "bobr-9",
                         {text_part("plain", "Dzień dobry, faktura w załączniku.\n"),
                          file_part("application/pdf", "P_9_2026.pdf", pdf)}));
    return sample(sample_head({"Ewa Źródlana", "ewa@firma.example"}, subject, november(10, 8, 17)),
                  subject, {{"faktura_bobr.eml", inner, Kind::container}, {"P_9_2026.pdf", pdf}},
                  multipart("mixed", "fwd_ewa_9",
                            {text_part("plain", "Przekazuję do zapłaty.\nEwa\n"),
                             message_part("faktura_bobr.eml", inner)}));
}

Sample mail_that_is_the_pdf() {
    const std::string subject = "Faktura nr 3/XI/2026";
    const std::string pdf = invoice_pdf({"3/XI/2026", "Ślusarstwo Kowalik", "000-000-00-03",
                                         "12 listopada 2026", "Dorobienie kluczy", 9'000});
    return sample(sample_head({"Ślusarstwo Kowalik", "kowalik@slusarz.example"}, subject,
                              november(12, 7, 40)),
                  subject, {{"faktura_3_XI.pdf", pdf}},
                  file_part("application/pdf", "faktura_3_XI.pdf", pdf));
}

Sample winmail_from_outlook() {
    const std::string subject = "Faktury od Wodociągów";
    const std::string firm = "Wodociągi Modre";
    const std::string water = invoice_pdf(
        {"W/1/11/2026", firm, "000-000-00-11", "12 listopada 2026", "Woda, 31 m³", 14'260});
    const std::string sewage = invoice_pdf(
        {"S/1/11/2026", firm, "000-000-00-11", "12 listopada 2026", "Ścieki, 31 m³", 22'130});
    const std::vector<ContainedFile> files{{"Woda – listopad.pdf", water},
                                           {"Ścieki – listopad.pdf", sewage}};
    const std::string winmail = winmail_dat(files);
    return sample(sample_head({"Bożena Kręć", "bozena@wodociagi-modre.example"}, subject,
                              november(12, 11, 9)),
                  subject,
                  {{"winmail.dat", winmail, Kind::container},
                   {files[0].name, water},
                   {files[1].name, sewage}},
                  multipart("mixed", "_000_WODA_",
                            {text_part("plain", "Dzień dobry,\n\nfaktury w załączeniu.\n\nBożena "
                                                "Kręć\n"),
                             file_part("application/ms-tnef", "winmail.dat", winmail)}));
}

Sample broken_frame() {
    const std::string subject = "Faktura z kasy nr 2";
    const std::string pdf = invoice_pdf({"K2/771", "Sklep Narożny", "000-000-07-71",
                                         "18 listopada 2026", "Artykuły biurowe", 4'560});
    // What a till's own mailer once sent: the multipart claims to be base64 itself, the text has an
    // encoding that does not exist, and the boundary is never closed.
    const std::string part =
        "Content-Type: multipart/mixed; boundary=KASA2\r\nContent-Transfer-Encoding: base64\r\n"
        "\r\n--KASA2\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8-bit-tekst\r\n\r\nFaktura z kasy nr 2.\r\n\r\n--KASA2\r\n"
        "Content-Type: application/pdf; name=K2_771.pdf\r\n"
        "Content-Disposition: attachment; filename=K2_771.pdf\r\n"
        "Content-Transfer-Encoding:BASE64\r\n\r\n" +
        base64_lines(pdf);
    return sample(
        sample_head({"Kasa 2", "kasa2@sklep-narozny.example"}, subject, november(18, 17, 59)),
        subject, {{"K2_771.pdf", pdf}}, part);
}

Sample uuencoded_in_text() {
    const std::string subject = "Faktura F-1997";
    const std::string pdf =
        invoice_pdf({"F-1997", "Zakład Zegarmistrzowski Kurant", "000-000-19-97",
                     "19 listopada 2026", "Naprawa zegara w holu", 26'000});
    return sample(sample_head({"Kurant", "kurant@zegary.example"}, subject, november(19, 10, 26)),
                  subject, {{"F1997.PDF", pdf}},
                  "Content-Type: text/plain; charset=us-ascii\r\n\r\nPrzesylam fakture.\r\n\r\n" +
                      uuencoded("F1997.PDF", pdf) + "\r\nKurant\r\n");
}

Sample large_scan() {
    const std::string subject = "Skan umowy i faktur – całość (20 MB)";
    const std::string pdf = scanned_pdf(10);
    return sample(
        sample_head({"MFP-2 piętro I", "skaner@firma.example"}, subject, november(23, 15, 5)),
        subject, {{"SKAN_0008.pdf", pdf}},
        multipart("mixed", "MFP2.0008",
                  {text_part("plain", "Wiadomość z urządzenia wielofunkcyjnego.\n"),
                   file_part("application/pdf", "SKAN_0008.pdf", pdf)}));
}

Sample program_with_the_name_of_a_pdf() {
    const std::string subject = "PILNE! Faktura do zapłaty dzisiaj";
    // The mark of a program and nothing that could run.
    const std::string program =
        "MZ" + std::string(126, '\0') + "Ten plik niczego nie robi: jest tylko przykładem.\r\n";
    return sample(sample_head({"Dział Windykacji", "platnosci@pilna-wplata.example"}, subject,
                              november(24, 8, 33)),
                  subject, {{"faktura.pdf.exe", program, Kind::program}},
                  multipart("mixed", "x9x9x9",
                            {text_part("plain", "Prosimy o natychmiastowe otwarcie załącznika.\n"),
                             file_part("application/octet-stream", "faktura.pdf.exe", program)}));
}

}  // namespace mail::demo
