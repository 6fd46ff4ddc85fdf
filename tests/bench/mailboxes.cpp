#include "tests/bench/mailboxes.h"

#include <array>
#include <random>
#include <vector>

#include "mail/demo/transfer.h"

namespace bench {

namespace {

constexpr std::uint64_t seed = 20'261'103;

std::string octets_of(std::mt19937_64& random, std::uint64_t count) {
    std::string content = "%PDF-1.4\n";
    while (content.size() + 8 <= count) {
        const std::uint64_t word = random();
        content.append(reinterpret_cast<const char*>(&word), sizeof word);
    }
    content.resize(count, '\n');
    return content;
}

std::string head(int number) {
    const std::string text = std::to_string(number);
    return "Return-Path: <biuro@dostawca-" + text +
           ".example>\r\nFrom: =?utf-8?B?S3NpxJlnb3dvxZvEhw==?= <ksiegowosc@dostawca-" + text +
           ".example>\r\nTo: =?utf-8?Q?Firma_=C5=BB=C3=B3=C5=82w?= <faktury@firma.example>\r\n"
           "Subject: "
           "=?utf-8?Q?Faktura_VAT_za_us=C5=82ugi_nr_?= FV/2026/11/" +
           text + "\r\nMessage-ID: <20261103." + text +
           "@dostawca.example>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
           "Content-Type: multipart/mixed; boundary=\"=_g_" +
           text + "\"\r\n\r\n";
}

std::string border(int number) {
    return "--=_g_" + std::to_string(number);
}

std::string text_part(int number) {
    return border(number) +
           "\r\nContent-Type: multipart/alternative; "
           "boundary=inner\r\n\r\n--inner\r\nContent-Type: "
           "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nFaktura w "
           "załączniku.\r\n--inner\r\nContent-Type: text/html; charset=utf-8\r\n"
           "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Faktura</p>\r\n--inner--\r\n";
}

std::string pdf_part(int number, int which, const std::string& content) {
    const std::string name = "FV_" + std::to_string(number) + "_" + std::to_string(which) + ".pdf";
    return border(number) + "\r\nContent-Type: application/pdf; name=\"" + name +
           "\"\r\nContent-Disposition: attachment; filename=\"" + name +
           "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + mail::demo::base64_lines(content);
}

/// The first of them have two.
int attachments_of(int message) {
    return message < taken_attachments - taken_messages ? 2 : 1;
}

/// Between a third of the mean and three times it, and exactly taken_octets together.
std::vector<std::uint64_t> attachment_sizes(std::mt19937_64& random) {
    std::vector<std::uint64_t> sizes;
    std::uint64_t sum = 0;
    for (int i = 0; i < taken_attachments; ++i) {
        sizes.push_back(10 + random() % 80);
        sum += sizes.back();
    }
    std::uint64_t left = taken_octets;
    for (std::uint64_t& size : sizes) {
        size = size * taken_octets / sum;
        left -= size;
    }
    sizes.front() += left;
    return sizes;
}

}  // namespace

void attachments(const Take& take) {
    std::mt19937_64 random(seed);
    const auto sizes = attachment_sizes(random);
    auto size = sizes.begin();
    for (int message = 0; message < taken_messages; ++message) {
        std::string raw = head(message) + text_part(message);
        for (int which = 0; which < attachments_of(message); ++which)
            raw += pdf_part(message, which, octets_of(random, *size++));
        take(raw + border(message) + "--\r\n");
    }
}

std::string plan_for_attachments() {
    std::string plan;
    for (int message = 0; message < taken_messages; ++message) {
        plan += std::to_string(message + 1);
        for (int which = 0; which < attachments_of(message); ++which)
            plan += " " + std::to_string(which + 2);
        plan += "\n";
    }
    return plan;
}

void many(int messages, const Take& take) {
    std::mt19937_64 random(seed);
    for (int message = 0; message < messages; ++message)
        take(head(message) + text_part(message) + pdf_part(message, 0, octets_of(random, 60)) +
             border(message) + "--\r\n");
}

void large(std::uint64_t octets, const Take& take) {
    std::mt19937_64 random(seed);
    take(head(0) + text_part(0) + pdf_part(0, 0, octets_of(random, octets)) + border(0) + "--\r\n");
}

}  // namespace bench
