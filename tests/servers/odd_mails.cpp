#include "tests/servers/odd_mails.h"

#include "mail/base/hash.h"
#include "mail/demo/letter.h"
#include "mail/demo/sample_pdf.h"
#include "mail/demo/server.h"
#include "mail/demo/transfer.h"

namespace servers {

namespace {

using mail::demo::ExpectedFile;

ExpectedFile document(const std::string& name, const std::string& content) {
    return {name, mail::sha256_hex(content), content.size(), ExpectedFile::Kind::document};
}

std::string pdf(const std::string& number) {
    return mail::demo::pdf_page("Faktura " + number, {"Zażółć gęślą jaźń"});
}

std::string head(const std::string& subject) {
    return "From: Ala <ala@firma.example>\r\nTo: biuro@firma.example\r\nSubject: " + subject +
           "\r\nDate: Tue, 3 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n";
}

std::string mixed(const std::vector<std::string>& parts) {
    return mail::demo::multipart("mixed", "=_granica_1", parts);
}

OddMail name_with_escaped_quotes() {
    const std::string content = pdf("w cudzysłowie");
    return {head("Nazwa w cudzyslowie") + "Message-ID: <quotes@firma.example>\r\n" +
                mixed({mail::demo::text_part("plain", "Faktura.\n"),
                       mail::demo::encoded_part(
                           "Content-Type: application/pdf; name=\"Faktura \\\"nowa\\\".pdf\"\r\n"
                           "Content-Disposition: attachment; filename=\"Faktura "
                           "\\\"nowa\\\".pdf\"\r\n",
                           content)}),
            {document("Faktura \"nowa\".pdf", content)}};
}

OddMail text_in_flowed_format() {
    const std::string content = pdf("pod tekstem");
    return {head("Tekst, ktory plynie") + "Message-ID: <flowed@firma.example>\r\n" +
                mixed({"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\n"
                       "Content-Transfer-Encoding: 8bit\r\n\r\nZażółć gęślą \r\njaźń.\r\n-- \r\n"
                       "Ala\r\n",
                       mail::demo::file_part("application/pdf", "pod_tekstem.pdf", content)}),
            {document("pod_tekstem.pdf", content)}};
}

/// Attached as it is: between servers its lines end as all lines of a mail do, with CRLF.
OddMail text_file_without_encoding() {
    const std::string content = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<Faktura>\r\n"
                                "<Nabywca>Zażółć</Nabywca>\r\n</Faktura>\r\n";
    return {head("Plik bez kodowania") + "Message-ID: <eight@firma.example>\r\n" +
                mixed({mail::demo::text_part("plain", "Faktura.\n"),
                       "Content-Type: application/xml; name=faktura.xml\r\n"
                       "Content-Disposition: attachment; filename=faktura.xml\r\n"
                       "Content-Transfer-Encoding: 8bit\r\n\r\n" +
                           content}),
            {document("faktura.xml", content)}};
}

OddMail mail_without_message_id() {
    const std::string content = pdf("bez identyfikatora");
    return {head("Bez identyfikatora") +
                mixed({mail::demo::text_part("plain", "Faktura.\n"),
                       mail::demo::file_part("application/pdf", "bez_id.pdf", content)}),
            {document("bez_id.pdf", content)}};
}

}  // namespace

std::vector<OddMail> odd_mails() {
    constexpr std::size_t largest_octets = 1'000'000;
    std::vector<OddMail> mails{name_with_escaped_quotes(), text_in_flowed_format(),
                               text_file_without_encoding(), mail_without_message_id()};
    const auto samples = mail::demo::sample_mails();
    const auto expected = mail::demo::expected_mails();
    for (std::size_t i = 0; i < samples.size(); ++i)
        if (samples[i].raw.size() < largest_octets)
            mails.push_back({samples[i].raw, expected[i].files});
    return mails;
}

OddMail numbered_mail(int number) {
    const std::string text = std::to_string(number);
    const std::string content = "%PDF-1.4\n% " + text + "\n%%EOF\n";
    return {head("Faktura " + text) + "Message-ID: <n" + text +
                "@firma.example>\r\nContent-Type: application/pdf; name=f" + text +
                ".pdf\r\nContent-Disposition: attachment; filename=f" + text +
                ".pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
                mail::demo::base64_lines(content),
            {document("f" + text + ".pdf", content)}};
}

}  // namespace servers
