#include "tests/faults/sent_mail.h"

#include "mail/base/hash.h"
#include "mail/demo/transfer.h"

namespace mail::faults {

namespace {

std::string pdf(int number, int file) {
    const int content = number % 20 == 19 ? number - 1 : number;  // the same as the one before
    std::string octets = "%PDF-1.4 " + std::to_string(content) + "." + std::to_string(file) + "\n";
    octets.resize(octets.size() + static_cast<std::size_t>(content % 7) * 15'000,
                  static_cast<char>('a' + content % 26));
    return octets;
}

}  // namespace

Sent sent_mail(int number) {
    Sent sent;
    const std::string n = std::to_string(number);
    sent.message_id = "<m" + n + "@firma.example>";
    const std::string head = "From: Ala <ala@firma.example>\r\nTo: biuro@firma.example\r\n"
                             "Date: Tue, 03 Nov 2026 10:00:00 +0100\r\nSubject: Faktura " +
                             n + "\r\nMessage-ID: " + sent.message_id + "\r\nMIME-Version: 1.0\r\n";
    if (number % 25 == 7) {
        sent.in_its_copy = "Nic w zalaczeniu, list " + n + ".";
        sent.raw = head + "Content-Type: text/plain\r\n\r\n" + sent.in_its_copy + "\r\n";
        return sent;
    }
    std::string parts;
    const int files = number % 10 == 3 ? 2 : 1;
    for (int file = 0; file < files; ++file) {
        const std::string content = pdf(number, file);
        const std::string name = "faktura " + std::to_string(number % 5) + ".pdf";
        sent.contents.push_back(sha256_hex(content));
        const std::string lines = demo::base64_lines(content);
        sent.in_its_copy = lines.substr(0, 20);
        parts += "--grenze\r\nContent-Type: application/pdf; name=\"" + name +
                 "\"\r\nContent-Disposition: attachment; filename=\"" + name +
                 "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + lines + "\r\n";
    }
    sent.raw =
        head + "Content-Type: multipart/mixed; boundary=grenze\r\n\r\n" + parts + "--grenze--\r\n";
    return sent;
}

}  // namespace mail::faults
