#include "mail/net/certificate.h"

#include <cstdint>

#include "mail/base/hash.h"

namespace mail::net {

namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_label(std::string_view label, std::string_view wanted) {
    if (label.size() != wanted.size())
        return false;
    for (std::size_t i = 0; i < label.size(); ++i)
        if (lower(label[i]) != wanted[i])
            return false;
    return true;
}

// "DNS:localhost, IP Address:127.0.0.1" as OpenSSL words it; other kinds of names keep their kind.
std::vector<std::string> names_of(std::string_view text) {
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(", "), text.size());
        std::string_view name = text.substr(0, end);
        text.remove_prefix(std::min(end + 2, text.size()));
        for (const std::string_view kind : {"DNS:", "IP Address:"})
            if (name.substr(0, kind.size()) == kind)
                name.remove_prefix(kind.size());
        if (!name.empty())
            names.emplace_back(name);
    }
    return names;
}

int base64_value(char letter) {
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a' + 26;
    if (letter >= '0' && letter <= '9')
        return letter - '0' + 52;
    return letter == '+' ? 62 : letter == '/' ? 63 : -1;
}

}  // namespace

std::string der_of_pem(std::string_view pem) {
    constexpr std::string_view border = "-----";
    const std::size_t begin = pem.find("-----BEGIN ");
    if (begin == std::string_view::npos)
        return {};
    const std::size_t body = pem.find(border, begin + border.size());
    const std::size_t end = pem.find("-----END ", begin);
    if (end == std::string_view::npos || body > end)
        return {};
    std::string der;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char letter : pem.substr(body + border.size(), end - body - border.size())) {
        const int value = base64_value(letter);
        if (value < 0)
            continue;
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            der += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
        }
    }
    return der;
}

Certificate certificate_of(const std::vector<std::string>& lines) {
    Certificate certificate;
    for (const std::string& line : lines) {
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string_view label = std::string_view(line).substr(0, colon);
        const std::string value = line.substr(std::min(colon + 1, line.size()));
        if (same_label(label, "subject"))
            certificate.subject = value;
        else if (same_label(label, "issuer"))
            certificate.issuer = value;
        else if (same_label(label, "start date"))
            certificate.valid_from = value;
        else if (same_label(label, "expire date"))
            certificate.valid_until = value;
        else if (same_label(label, "x509v3 subject alternative name"))
            certificate.names = names_of(value);
        else if (same_label(label, "cert"))
            certificate.sha256 = sha256_hex(der_of_pem(value));
    }
    return certificate;
}

}  // namespace mail::net
