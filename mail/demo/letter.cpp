#include "mail/demo/letter.h"

#include <algorithm>
#include <array>

#include "mail/demo/transfer.h"

namespace mail::demo {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < 127; });
}

bool starts_character(char octet) {
    return (static_cast<unsigned char>(octet) & 0xC0U) != 0x80U;
}

std::string address_field(std::string_view field, const Person& person) {
    std::string line(field);
    line += ": ";
    if (!person.name.empty())
        line += (is_ascii(person.name) ? '"' + person.name + '"' : encoded_word(person.name)) + ' ';
    return line + '<' + person.address + ">\r\n";
}

std::string two_digits(unsigned value) {
    return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

}  // namespace

std::string letter(const LetterHead& head, std::string_view part) {
    std::string raw = "Date: " + mail_date(head.date) + "\r\n" + address_field("From", head.from) +
                      address_field("To", head.to) + "Subject: " + head.raw_subject +
                      "\r\nMessage-ID: <" + head.message_id + ">\r\nMIME-Version: 1.0\r\n" +
                      head.more;
    return raw.append(part);
}

std::string encoded_word(std::string_view text) {
    // 45 octets make 60 letters, which with the frame stay below the 75 that a word may have.
    constexpr std::size_t word_octets = 45;
    if (is_ascii(text))
        return std::string(text);
    std::string words;
    while (!text.empty()) {
        std::size_t cut = std::min(word_octets, text.size());
        while (cut < text.size() && !starts_character(text[cut]))
            --cut;
        words +=
            (words.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(text.substr(0, cut))) + "?=";
        text.remove_prefix(cut);
    }
    return words;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
    std::string result = "UTF-8''";
    for (const char letter : text) {
        const auto octet = static_cast<unsigned char>(letter);
        if (plain.find(letter) != std::string_view::npos)
            result += letter;
        else
            result.append({'%', digits[octet >> 4], digits[octet & 15]});
    }
    return result;
}

std::string text_part(std::string_view subtype, std::string_view text) {
    return "Content-Type: text/" + std::string(subtype) +
           "; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
           quoted_printable(with_crlf(text));
}

std::string encoded_part(std::string_view fields, std::string_view raw) {
    return std::string(fields) + "Content-Transfer-Encoding: base64\r\n\r\n" + base64_lines(raw);
}

std::string file_part(std::string_view type, std::string_view name, std::string_view raw) {
    const std::string quoted = "\"" + std::string(name) + "\"";
    return encoded_part("Content-Type: " + std::string(type) + "; name=" + quoted +
                            "\r\nContent-Disposition: attachment; filename=" + quoted +
                            "; size=" + std::to_string(raw.size()) + "\r\n",
                        raw);
}

std::string picture_part(std::string_view type, std::string_view name, std::string_view content_id,
                         std::string_view raw) {
    const std::string quoted = "\"" + std::string(name) + "\"";
    return encoded_part("Content-Type: " + std::string(type) + "; name=" + quoted +
                            "\r\nContent-Disposition: inline; filename=" + quoted +
                            "\r\nContent-ID: <" + std::string(content_id) + ">\r\n",
                        raw);
}

std::string multipart(std::string_view subtype_and_parameters, std::string_view boundary,
                      const std::vector<std::string>& parts) {
    const std::string mark(boundary);
    std::string raw = "Content-Type: multipart/" + std::string(subtype_and_parameters) +
                      ";\r\n boundary=\"" + mark + "\"\r\n\r\n";
    for (const std::string& part : parts)
        raw += "--" + mark + "\r\n" + part + "\r\n";
    return raw + "--" + mark + "--\r\n";
}

std::string message_part(std::string_view name, std::string_view mail) {
    std::string raw =
        "Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"" +
        std::string(name) + "\"\r\n\r\n";
    return raw.append(mail);
}

std::string with_crlf(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        if (letter == '\n')
            result += '\r';
        result += letter;
    }
    return result;
}

std::string mail_date(std::chrono::sys_seconds time) {
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto local = time + std::chrono::hours(1);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(local - day);
    return std::string(days[std::chrono::weekday(day).c_encoding()]) + ", " +
           two_digits(static_cast<unsigned>(date.day())) + ' ' +
           std::string(months[static_cast<unsigned>(date.month()) - 1]) + ' ' +
           std::to_string(static_cast<int>(date.year())) + ' ' +
           two_digits(static_cast<unsigned>(clock.hours().count())) + ':' +
           two_digits(static_cast<unsigned>(clock.minutes().count())) + ':' +
           two_digits(static_cast<unsigned>(clock.seconds().count())) + " +0100";
}

}  // namespace mail::demo
