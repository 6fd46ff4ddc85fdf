#pragma once
// Writes mails (RFC 5322, RFC 2045-2047, 2231) for the samples: heads, parts, multiparts as
// strings. A part is its head, an empty line and its body, CRLF throughout. Pure.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace mail::demo {

struct Person {
    std::string name, address;  ///< UTF-8; written as an encoded word where it has to be
};

struct LetterHead {
    Person from, to;
    std::string raw_subject;  ///< as it stands in the mail: encoded_word() and the like
    std::chrono::sys_seconds date{};
    std::string message_id;  ///< without < >
    std::string more;        ///< further fields, each with its CRLF
};

/// Head and part as one mail.
[[nodiscard]] std::string letter(const LetterHead& head, std::string_view part);

/// RFC 2047, "B", in words of at most 75 letters, the folding included; ASCII stays as it is.
[[nodiscard]] std::string encoded_word(std::string_view text);
/// RFC 2231: UTF-8''Zam%C3%B3wienie
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Quoted-printable; `text` is UTF-8 with LF line ends.
[[nodiscard]] std::string text_part(std::string_view subtype, std::string_view text);
/// Base64, Content-Disposition: attachment, `name` in both places as it is (ASCII).
[[nodiscard]] std::string file_part(std::string_view type, std::string_view name,
                                    std::string_view raw);
/// Base64 below these header fields (each with its CRLF).
[[nodiscard]] std::string encoded_part(std::string_view fields, std::string_view raw);
/// A picture that the HTML beside it shows.
[[nodiscard]] std::string picture_part(std::string_view type, std::string_view name,
                                       std::string_view content_id, std::string_view raw);

/// `subtype_and_parameters`: "mixed", "related; type=\"text/html\"".
[[nodiscard]] std::string multipart(std::string_view subtype_and_parameters,
                                    std::string_view boundary,
                                    const std::vector<std::string>& parts);
/// A whole mail as an attached message.
[[nodiscard]] std::string message_part(std::string_view name, std::string_view mail);

[[nodiscard]] std::string with_crlf(std::string_view text);
/// "Mon, 02 Nov 2026 09:14:00 +0100": Polish winter time.
[[nodiscard]] std::string mail_date(std::chrono::sys_seconds time);

}  // namespace mail::demo
