#include "mail/demo/sample_archives.h"
#include "mail/demo/sample_mails.h"
#include "mail/demo/sample_pictures.h"
#include "mail/demo/transfer.h"

namespace mail::demo {
namespace {

using Kind = ExpectedFile::Kind;

constexpr std::string_view scanner_text =
    "Wiadomość z urządzenia wielofunkcyjnego.\nZeskanowany dokument w załączniku.\n";

}  // namespace

Sample newsletter() {
    const std::string subject = "Listopad w Ogrodach Biurowych: rośliny, które lubią cień";
    LetterHead head = sample_head({"Ogrody Biurowe", "nowosci@ogrody-biurowe.example"}, subject,
                                  november(1, 9, 0));
    head.more = "List-Unsubscribe: <mailto:wypisz@ogrody-biurowe.example>\r\nPrecedence: bulk\r\n";
    return sample(
        head, subject, {},
        multipart(
            "alternative", "nl_2026_11",
            {text_part("plain", "Rośliny do biura: zamiokulkas, sansewieria, skrzydłokwiat.\n"
                                "Do końca miesiąca doniczki taniej o 15%.\n"),
             text_part("html", "<html><body><h1>Rośliny, które lubią cień</h1><p>Zamiokulkas, "
                               "sansewieria, skrzydłokwiat – do końca miesiąca doniczki taniej o "
                               "<b>15%</b>.</p><p>Nie chcesz tych wiadomości? Wypisz się.</p>"
                               "</body></html>\n")}));
}

Sample plain_letter_with_raw_subject() {
    const std::string subject = "Zaległa płatność – prośba o wyjaśnienie";
    LetterHead head =
        sample_head({"", "ksiegowosc@drukarnia-sloneczna.example"}, subject, november(6, 11, 48));
    // An old program that writes windows-1250 into the head and says so nowhere.
    head.raw_subject = "Zaleg\xB3"
                       "a p\xB3"
                       "atno\x9C\xE6 \x96 pro\x9C"
                       "ba o wyja\x9C"
                       "nienie";
    head.message_id = "1104.drukarnia@drukarnia-sloneczna.example";
    const std::string text = "Dzie\xF1 dobry,\r\n\r\nprosimy o informacj\xEA, kiedy zostanie "
                             "op\xB3"
                             "acona faktura 311/2026.\r\n\r\nDrukarnia S\xB3"
                             "oneczna\r\n";
    return sample(head, subject, {},
                  "Content-Type: text/plain; charset=windows-1250\r\n"
                  "Content-Transfer-Encoding: 8bit\r\n\r\n" +
                      text);
}

Sample reply_without_attachment() {
    const std::string subject = "Re: Faktura za transport – październik";
    LetterHead head = sample_head({"Grażyna Żurawska", "grazyna@zuraw-transport.example"}, subject,
                                  november(17, 12, 31));
    const std::string first =
        "<" +
        sample_head({"", "grazyna@zuraw-transport.example"}, "", november(3, 10, 5)).message_id +
        ">";
    head.more = "In-Reply-To: " + first + "\r\nReferences: " + first + "\r\n";
    return sample(head, subject, {},
                  text_part("plain", "Dziękuję, przelew doszedł.\n\nPozdrawiam\nGrażyna\n\n"
                                     "> Dzień dobry, zapłacone dzisiaj.\n> Faktury dział\n"));
}

Sample report_with_pictures_only() {
    const std::string subject = "Raport tygodnia: zużycie energii";
    const std::string chart = chart_png({200, 110, 0});
    const std::string sign = logo_png(40, {20, 130, 60});
    const std::string html =
        "<html><body><img src=\"cid:znak.46@licznik.example\"><h2>Tydzień 46</h2><p>Zużycie "
        "wzrosło o 9%.</p><img src=\"cid:wykres.46@licznik.example\"></body></html>\n";
    return sample(
        sample_head({"Licznik Online", "raporty@licznik.example"}, subject, november(13, 5, 30)),
        subject, {{"znak.png", sign, Kind::picture}, {"wykres.png", chart, Kind::picture}},
        multipart("related; type=\"text/html\"", "licznik46",
                  {text_part("html", html),
                   picture_part("image/png", "znak.png", "znak.46@licznik.example", sign),
                   picture_part("image/png", "wykres.png", "wykres.46@licznik.example", chart)}));
}

Sample scan_as_jpeg() {
    const std::string subject = "Paragon za paliwo";
    const std::string jpeg = receipt_jpeg(3);
    return sample(
        sample_head({"Paweł Dąbrowski", "pawel@firma.example"}, subject, november(16, 8, 3)),
        subject, {{"IMG_20261116_080211.jpg", jpeg}},
        multipart("mixed", "tel-0803",
                  {text_part("plain", "Paragon z trasy, proszę o rozliczenie.\nPaweł\n"),
                   file_part("image/jpeg", "IMG_20261116_080211.jpg", jpeg)}));
}

Sample scan_as_tiff() {
    const std::string subject = "Skan z urządzenia MFP-2";
    const std::string tiff = scan_tiff();
    return sample(
        sample_head({"MFP-2 piętro I", "skaner@firma.example"}, subject, november(16, 13, 44)),
        subject, {{"SKAN_0007.TIF", tiff}},
        multipart(
            "mixed", "MFP2.0007",
            {text_part("plain", scanner_text), file_part("image/tiff", "SKAN_0007.TIF", tiff)}));
}

Sample files_in_archive() {
    const std::string subject = "Komplet faktur za październik (archiwum)";
    const std::string firm = "Serwis Windy Północ";
    std::vector<ContainedFile> invoices;
    for (int number = 61; number <= 63; ++number) {
        const std::string text = std::to_string(number);
        invoices.push_back({"faktura_" + text + "_październik.pdf",
                            invoice_pdf({text + "/10/2026", firm, "000-000-00-61",
                                         "30 października 2026", "Konserwacja dźwigu", 61'500})});
    }
    const std::string zip = zip_archive(invoices);
    return sample(sample_head({firm, "biuro@windy-polnoc.example"}, subject, november(17, 9, 55)),
                  subject, {{"faktury_pazdziernik.zip", zip}},
                  multipart("mixed", "wp.61-63",
                            {text_part("plain", "Dzień dobry,\n\nfaktury 61–63 w jednym archiwum.\n"
                                                "\nSerwis Windy Północ\n"),
                             file_part("application/zip", "faktury_pazdziernik.zip", zip)}));
}

Sample structured_file_as_text_and_empty_file() {
    const std::string subject = "Wyciąg i potwierdzenie w XML";
    const std::string xml = with_crlf(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<potwierdzenie>\n  <nadawca>Spółdzielnia Łąka</nadawca>\n"
        "  <tytul>Zapłata za fakturę 311/2026 – część druga, zgodnie z ustaleniami</tytul>\n"
        "  <kwota waluta=\"PLN\">512,40</kwota>\n</potwierdzenie>\n");
    const std::string fields = "Content-Type: text/xml; charset=utf-8; "
                               "name=\"potwierdzenie.xml\"\r\nContent-Disposition: attachment; "
                               "filename=\"potwierdzenie.xml\"\r\n"
                               "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    return sample(
        sample_head({"Spółdzielnia Łąka", "kasa@laka.example"}, subject, november(20, 10, 10)),
        subject, {{"potwierdzenie.xml", xml}, {"podpis.txt", "", Kind::control}},
        multipart("mixed", "laka+311",
                  {text_part("plain", "Potwierdzenie w załączniku.\n"),
                   fields + quoted_printable(xml), file_part("text/plain", "podpis.txt", "")}));
}

}  // namespace mail::demo
