#include "mail/demo/sample_mails.h"
#include "mail/demo/sample_pictures.h"
#include "mail/demo/transfer.h"

namespace mail::demo {
namespace {

using Kind = ExpectedFile::Kind;

/// Fields of a part whose name stands in its disposition only, written as `filename` says.
std::string disposition_fields(std::string_view type, std::string_view filename) {
    return "Content-Type: " + std::string(type) + "\r\nContent-Disposition: attachment;\r\n " +
           std::string(filename) + "\r\n";
}

}  // namespace

Person paper_wholesaler() {
    return {"Hurtownia Papieru Celuloza", "faktury@celuloza.example"};
}

std::string paper_invoice() {
    return invoice_pdf({"FV/2026/11/0412", "Hurtownia Papieru Celuloza sp. z o.o.", "000-000-04-12",
                        "2 listopada 2026", "Papier ksero A4 80 g, 40 ryz", 74'800});
}

Sample invoice_with_pdf() {
    const std::string subject = "Faktura FV/2026/11/0412";
    const std::string pdf = paper_invoice();
    return sample(sample_head(paper_wholesaler(), subject, november(2, 8, 41)), subject,
                  {{"FV_2026_11_0412.pdf", pdf}},
                  multipart("mixed", "=_celuloza_0412",
                            {text_part("plain", "Dzień dobry,\n\nw załączeniu przesyłamy fakturę "
                                                "FV/2026/11/0412 za papier ksero.\nTermin "
                                                "płatności: 14 dni.\n\nZ poważaniem\nDział "
                                                "Sprzedaży\nHurtownia Papieru Celuloza\n"),
                             file_part("application/pdf", "FV_2026_11_0412.pdf", pdf)}));
}

Sample invoice_with_encoded_name_and_logo() {
    const std::string subject = "Faktura za transport – październik";
    const std::string name = "Faktura Żuraw październik 2026.pdf";
    const std::string pdf =
        invoice_pdf({"T/118/10/2026", "Żuraw Transport s.c.", "000-000-01-18",
                     "31 października 2026", "Przewóz palet, trasa Łódź – Gdańsk", 215'000});
    const std::string logo = logo_png(48, {0, 90, 160});
    // Many programs put an encoded word between quotes, where RFC 2047 does not allow it.
    const std::string quoted = '"' + encoded_word(name) + '"';
    const std::string html =
        "<p>Dzień dobry,</p><p>faktura za październik w załączniku.</p>"
        "<p>--<br>Grażyna Żurawska<br><b>Żuraw Transport</b><br>tel. 00 000 00 00</p>"
        "<p><img src=\"cid:znak@zuraw-transport.example\" alt=\"Żuraw\"></p>\n";
    return sample(sample_head({"Grażyna Żurawska", "grazyna@zuraw-transport.example"}, subject,
                              november(3, 10, 5)),
                  subject, {{"znak.png", logo, Kind::picture}, {name, pdf}},
                  multipart("mixed", "----=_Part_118_mixed",
                            {multipart("related; type=\"text/html\"", "----=_Part_118_related",
                                       {text_part("html", html),
                                        picture_part("image/png", "znak.png",
                                                     "znak@zuraw-transport.example", logo)}),
                             encoded_part("Content-Type: application/pdf;\r\n name=" + quoted +
                                              "\r\nContent-Disposition: attachment;\r\n filename=" +
                                              quoted + "\r\n",
                                          pdf)}));
}

Sample invoice_with_extended_name_signed() {
    const std::string subject = "Faktura za usługi księgowe 10/2026";
    const std::string name = "Faktura za usługi księgowe.pdf";
    const std::string pdf =
        invoice_pdf({"SAL/88/2026", "Biuro Rachunkowe Saldo", "000-000-00-88", "3 listopada 2026",
                     "Obsługa księgowa, październik 2026", 120'000});
    // Octets in the place of a signature: nothing here is signed, and nobody checks it.
    std::string signature;
    for (unsigned i = 0; i < 900; ++i)
        signature += static_cast<char>(i * 37 % 251);
    const std::string text = "Szanowni Państwo,\n\nprzesyłamy podpisaną fakturę za obsługę "
                             "księgową.\n\nBiuro Rachunkowe Saldo\n";
    return sample(
        sample_head({"Biuro Rachunkowe Saldo", "biuro@saldo.example"}, subject, november(4, 9, 30)),
        subject, {{name, pdf}, {"smime.p7s", signature, Kind::control}},
        multipart("signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256",
                  "signed_88_saldo",
                  {multipart("mixed", "inner_88_saldo",
                             {text_part("plain", text),
                              encoded_part(disposition_fields("application/pdf",
                                                              "filename*=" + percent_encoded(name)),
                                           pdf)}),
                   file_part("application/pkcs7-signature", "smime.p7s", signature)}));
}

Sample invoice_with_name_in_pieces() {
    const std::string subject = "Zamówienie 5571 – faktura i podziękowanie";
    const std::string name =
        "Faktura końcowa do zamówienia nr 5571 z dnia 5 listopada 2026 – świeże pieczywo.pdf";
    const std::string pdf =
        invoice_pdf({"5571/11/26", "Piekarnia Świt", "000-000-55-71", "5 listopada 2026",
                     "Pieczywo na spotkanie, 60 sztuk", 34'900});
    // RFC 2231, 3 and 4: a long name goes into numbered pieces, only the first of which says the
    // charset, and only those with a star are percent-encoded.
    const std::string pieces =
        "filename*0*=UTF-8''Faktura%20ko%C5%84cowa%20do%20zam%C3%B3wienia;\r\n"
        " filename*1=\" nr 5571 z dnia 5 listopada 2026\";\r\n"
        " filename*2*=%20%E2%80%93%20%C5%9Bwie%C5%BCe%20pieczywo.pdf";
    return sample(
        sample_head({"Piekarnia Świt", "zamowienia@piekarnia-swit.example"}, subject,
                    november(5, 7, 15)),
        subject, {{name, pdf}},
        multipart("mixed", "swit-5571",
                  {text_part("plain", "Dzień dobry,\n\ndziękujemy za zamówienie. Faktura w "
                                      "załączniku.\n\nPiekarnia Świt\n"),
                   encoded_part(disposition_fields("application/pdf", pieces), pdf)}));
}

Sample invoice_with_three_files() {
    const std::string subject = "Faktura 24/11/2026 z protokołem i specyfikacją";
    const std::string firm = "Modrzew IT Jan Modrzewski";
    const std::string invoice = invoice_pdf(
        {"24/11/2026", firm, "000-000-24-11", "24 listopada 2026", "Serwis komputerów", 186'000});
    const std::string report =
        pdf_page("PROTOKÓŁ ODBIORU", {"Do faktury 24/11/2026", "Wykonano: przegląd 12 stanowisk",
                                      "Uwag nie zgłoszono."});
    const std::string details =
        pdf_page("SPECYFIKACJA PRAC", {"Do faktury 24/11/2026", "Wymiana dysków: 3 szt.",
                                       "Czyszczenie: 12 szt.", "Godziny pracy: 9"});
    return sample(sample_head({firm, "jan@modrzew-it.example"}, subject, november(24, 9, 12)),
                  subject,
                  {{"faktura_24_11_2026.pdf", invoice},
                   {"protokol.pdf", report},
                   {"specyfikacja.pdf", details}},
                  multipart("mixed", "Apple-Mail=_24-11",
                            {text_part("plain", "Cześć,\n\nprzesyłam fakturę, protokół odbioru i "
                                                "specyfikację.\n\nPozdrawiam\nJan\n"),
                             file_part("application/pdf", "faktura_24_11_2026.pdf", invoice),
                             file_part("application/pdf", "protokol.pdf", report),
                             file_part("application/pdf", "specyfikacja.pdf", details)}));
}

Sample invoice_with_structured_file() {
    const std::string subject = "E-faktura EW/2026/10/77031 za energię";
    const std::string pdf =
        invoice_pdf({"EW/2026/10/77031", "Energia Wierzbowa S.A.", "000-000-77-31",
                     "6 listopada 2026", "Energia elektryczna, 1 240 kWh", 118'420});
    const std::string xml = with_crlf(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<Faktura>\n"
        "  <Naglowek><KodFormularza>FA</KodFormularza><SystemInfo>przykład</SystemInfo>"
        "</Naglowek>\n"
        "  <Podmiot1><NIP>0000007731</NIP><Nazwa>Energia Wierzbowa S.A.</Nazwa></Podmiot1>\n"
        "  <Podmiot2><Nazwa>Przykładowa Firma sp. z o.o.</Nazwa></Podmiot2>\n"
        "  <Fa><KodWaluty>PLN</KodWaluty><P_1>2026-11-06</P_1>"
        "<P_2>EW/2026/10/77031</P_2><P_15>1456.57</P_15></Fa>\n"
        "</Faktura>\n");
    return sample(sample_head({"Energia Wierzbowa", "efaktura@energia-wierzbowa.example"}, subject,
                              november(9, 6, 2)),
                  subject, {{"EW_2026_10_77031.pdf", pdf}, {"EW_2026_10_77031.xml", xml}},
                  multipart("mixed", "_=ewf=_77031",
                            {text_part("plain", "Szanowny Kliencie,\n\nw załączeniu e-faktura za "
                                                "energię w postaci PDF i XML.\n\nWiadomość "
                                                "wysłana automatycznie.\n"),
                             file_part("application/pdf", "EW_2026_10_77031.pdf", pdf),
                             file_part("application/xml", "EW_2026_10_77031.xml", xml)}));
}

Sample invoice_sent_again() {
    const std::string subject = "Przypomnienie o płatności: FV/2026/11/0412";
    const std::string pdf = paper_invoice();
    return sample(sample_head(paper_wholesaler(), subject, november(24, 7, 58)), subject,
                  {{"FV_2026_11_0412.pdf", pdf}},
                  multipart("mixed", "=_celuloza_0412_p",
                            {text_part("plain", "Dzień dobry,\n\nuprzejmie przypominamy o fakturze "
                                                "FV/2026/11/0412. Kopia w załączeniu.\nJeśli "
                                                "płatność już wyszła, prosimy pominąć tę "
                                                "wiadomość.\n\nHurtownia Papieru Celuloza\n"),
                             file_part("application/pdf", "FV_2026_11_0412.pdf", pdf)}));
}

Sample two_files_with_one_name() {
    const std::string subject = "Dwie faktury za najem";
    const std::string firm = "Kamienica Lipowa Zarządca";
    const std::string office = invoice_pdf({"N/21/2026", firm, "000-000-00-21", "20 listopada 2026",
                                            "Najem lokalu biurowego", 450'000});
    const std::string storage = invoice_pdf(
        {"N/22/2026", firm, "000-000-00-21", "20 listopada 2026", "Najem magazynu", 98'000});
    return sample(
        sample_head({firm, "czynsz@kamienica-lipowa.example"}, subject, november(20, 14, 20)),
        subject, {{"faktura.pdf", office}, {"faktura.pdf", storage}},
        multipart("mixed", "lipowa.2122",
                  {text_part("plain", "Witam,\n\nprzesyłam dwie faktury: za biuro i za "
                                      "magazyn.\n\nZarządca\n"),
                   file_part("application/pdf", "faktura.pdf", office),
                   file_part("application/pdf", "faktura.pdf", storage)}));
}

}  // namespace mail::demo
