#include "mail/demo/describe.h"

#include <algorithm>

namespace mail::demo {
namespace {

std::string nstring(const std::optional<std::string>& value) {
    return value ? imap_string(*value) : "NIL";
}

std::string nstring_unless_empty(const std::string& value) {
    return value.empty() ? "NIL" : imap_string(value);
}

std::string address_list(const std::optional<std::string>& field) {
    const auto addresses = parse_addresses(field.value_or(""));
    if (addresses.empty())
        return "NIL";
    std::string list = "(";
    for (const MailAddress& address : addresses)
        list += "(" + nstring_unless_empty(address.name) + " NIL " +
                nstring_unless_empty(address.mailbox) + " " + nstring_unless_empty(address.host) +
                ")";
    return list + ")";
}

std::string parameter_list(const Parameters& parameters) {
    if (parameters.empty())
        return "NIL";
    std::string list;
    for (const auto& [key, value] : parameters)
        list += (list.empty() ? "(" : " ") + imap_string(key) + " " + imap_string(value);
    return list + ")";
}

std::string disposition(const Fields& fields) {
    const auto value = value_of(fields, "Content-Disposition");
    if (!value)
        return "NIL";
    const auto [kind, parameters] = parse_parameters(*value);
    return "(" + imap_string(kind) + " " + parameter_list(parameters) + ")";
}

/// Disposition, language and location: the end of a multipart and of a single part alike.
std::string last_extensions(const Fields& fields) {
    return disposition(fields) + " " + nstring(value_of(fields, "Content-Language")) + " " +
           nstring(value_of(fields, "Content-Location"));
}

std::string single_part(std::string_view mail, const Entity& entity, const Fields& fields,
                        Extensions extensions) {
    const std::string_view body = entity.body_of(mail);
    const std::string lines = std::to_string(std::count(body.begin(), body.end(), '\n'));
    std::string text = "(" + imap_string(entity.type) + " " + imap_string(entity.subtype) + " " +
                       parameter_list(entity.parameters) + " " +
                       nstring(value_of(fields, "Content-ID")) + " " +
                       nstring(value_of(fields, "Content-Description")) + " " +
                       imap_string(entity.encoding) + " " + std::to_string(body.size());
    if (entity.is_message()) {
        const Entity& inside = entity.children.front();
        text += " " + envelope(inside.head_of(mail)) + " " +
                body_structure(mail, inside, extensions) + " " + lines;
    } else if (entity.is_text()) {
        text += " " + lines;
    }
    if (extensions == Extensions::told)
        text += " " + nstring(value_of(fields, "Content-MD5")) + " " + last_extensions(fields);
    return text + ")";
}

}  // namespace

std::string imap_string(std::string_view raw) {
    const auto needs_literal = [](char letter) {
        const auto octet = static_cast<unsigned char>(letter);
        return octet == 0 || octet >= 127 || octet == '\r' || octet == '\n';
    };
    if (std::any_of(raw.begin(), raw.end(), needs_literal)) {
        std::string literal = "{" + std::to_string(raw.size()) + "}\r\n";
        literal += raw;
        // A literal may not hold NUL (RFC 3501, 9: CHAR8).
        std::replace(literal.begin(), literal.end(), '\0', '?');
        return literal;
    }
    std::string quoted = "\"";
    for (const char letter : raw) {
        if (letter == '"' || letter == '\\')
            quoted += '\\';
        quoted += letter;
    }
    return quoted + '"';
}

std::string envelope(std::string_view raw_head) {
    const Fields fields = fields_of(raw_head);
    const auto from = value_of(fields, "From");
    const auto or_from = [&](std::string_view name) {
        const std::string list = address_list(value_of(fields, name));
        return list == "NIL" ? address_list(from) : list;
    };
    return "(" + nstring(value_of(fields, "Date")) + " " + nstring(value_of(fields, "Subject")) +
           " " + address_list(from) + " " + or_from("Sender") + " " + or_from("Reply-To") + " " +
           address_list(value_of(fields, "To")) + " " + address_list(value_of(fields, "Cc")) + " " +
           address_list(value_of(fields, "Bcc")) + " " + nstring(value_of(fields, "In-Reply-To")) +
           " " + nstring(value_of(fields, "Message-ID")) + ")";
}

std::string body_structure(std::string_view mail, const Entity& entity, Extensions extensions) {
    const Fields fields = fields_of(entity.head_of(mail));
    if (!entity.is_multipart())
        return single_part(mail, entity, fields, extensions);
    std::string text = "(";
    for (const Entity& child : entity.children)
        text += body_structure(mail, child, extensions);
    text += " " + imap_string(entity.subtype);
    if (extensions == Extensions::told)
        text += " " + parameter_list(entity.parameters) + " " + last_extensions(fields);
    return text + ")";
}

}  // namespace mail::demo
