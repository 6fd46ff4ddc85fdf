#include "mail/mime/part_head.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/mime/charset.h"
#include "mail/mime/decoder.h"
#include "mail/mime/headers.h"
#include "mail/mime/parameters.h"

namespace mail::mime {
namespace {

constexpr std::size_t max_fields = 10'000;
constexpr std::size_t max_choices = 8;
constexpr std::size_t max_boundaries = 4;

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return to_lower(x) == to_lower(y);
           });
}

bool is_type_octet(char octet) {
    return is_letter(octet) || is_digit(octet) ||
           std::string_view("-+._!#$&^").find(octet) != std::string_view::npos;
}

/// "text/plain>" → "text/plain"; what has no subtype is what it most likely means.
std::string cleaned_type(std::string_view value, std::string_view default_type) {
    const std::size_t slash = value.find('/');
    const auto token = [](std::string_view text) {
        text = trimmed(text);
        const auto end = std::find_if_not(text.begin(), text.end(), is_type_octet);
        return std::string(text.begin(), end);
    };
    const std::string type = token(value.substr(0, slash));
    if (type.empty())
        return std::string(default_type);
    const std::string subtype =
        slash == std::string_view::npos ? std::string() : token(value.substr(slash + 1));
    if (!subtype.empty())
        return type + "/" + subtype;
    if (type == "text")
        return "text/plain";
    return type == "multipart" ? "multipart/mixed" : "application/octet-stream";
}

Disposition disposition_of(std::string_view value) {
    if (value.empty())
        return Disposition::none;
    if (value == "inline")
        return Disposition::inline_;
    return value == "attachment" ? Disposition::attachment : Disposition::other;
}

TypeChoice choice_of(std::string_view raw_value, std::string_view default_type) {
    ParameterField field = parse_parameters(raw_value);
    TypeChoice choice;
    choice.type = cleaned_type(field.value, default_type);
    for (const auto& [key, value] : field.parameters) {
        if (key != "boundary")
            continue;
        std::string_view boundary = value;
        while (!boundary.empty() && is_space(boundary.back()))
            boundary.remove_suffix(1);
        if (boundary.empty() || choice.boundaries.size() >= max_boundaries)
            continue;
        choice.boundaries.emplace_back(boundary);
        // Single quotes quote nothing, but some write them so.
        if (boundary.size() > 2 && boundary.front() == '\'' && boundary.back() == '\'')
            choice.boundaries.emplace_back(boundary.substr(1, boundary.size() - 2));
    }
    choice.parameters = std::move(field.parameters);
    return choice;
}

std::string_view without_angles(std::string_view value) {
    value = trimmed(value);
    if (value.starts_with('<'))
        value.remove_prefix(1);
    return value.substr(0, value.find('>'));
}

/// "base64 (comment);" → "base64".
std::string encoding_of(std::string_view value) {
    value = trimmed(value.substr(0, value.find_first_of(";(")));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
    return utf8::repaired(lower_case(value));
}

bool is_known_encoding(std::string_view encoding) {
    static constexpr std::string_view known[] = {
        "base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue", "uue"};
    return is_identity(encoding) ||
           std::find(std::begin(known), std::end(known), encoding) != std::end(known);
}

void add_repair(Part& part, Repair repair) {
    if (std::find(part.repaired.begin(), part.repaired.end(), repair) == part.repaired.end())
        part.repaired.push_back(repair);
}

}  // namespace

std::size_t field_name_octets(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && line[at] > ' ' && line[at] < 0x7F && line[at] != ':')
        ++at;
    const std::size_t octets = at;
    while (at < line.size() && is_blank(line[at]))
        ++at;
    return at < line.size() && line[at] == ':' ? octets : 0;
}

bool is_usual_field(std::string_view line) {
    const std::string name =
        lower_case(line.substr(0, std::min<std::size_t>(field_name_octets(line), 64)));
    static constexpr std::string_view usual[] = {
        "received",       "return-path",  "from",         "to",          "cc",
        "subject",        "date",         "message-id",   "sender",      "reply-to",
        "mime-version",   "delivered-to", "references",   "in-reply-to", "status",
        "dkim-signature", "importance",   "organization", "user-agent",  "errors-to",
        "precedence"};
    return name.starts_with("content-") || name.starts_with("x-") || name.starts_with("list-") ||
           std::find(std::begin(usual), std::end(usual), name) != std::end(usual);
}

std::vector<Field> fields_of(std::string_view raw_head) {
    std::vector<Field> fields;
    bool in_field = false;
    for (std::size_t at = 0; at < raw_head.size() && fields.size() < max_fields;) {
        const std::size_t feed = std::min(raw_head.find('\n', at), raw_head.size());
        const std::string_view line = raw_head.substr(at, feed - at);
        const std::size_t name = line.empty() || is_blank(line[0]) ? 0 : field_name_octets(line);
        if (name > 0) {
            const std::size_t colon = line.find(':', name);
            fields.push_back({line.substr(0, name), line.substr(colon + 1)});
            in_field = true;
        } else if (in_field && !line.empty() && is_blank(line[0])) {
            Field& field = fields.back();
            field.value = std::string_view(
                field.value.data(),
                static_cast<std::size_t>(line.data() + line.size() - field.value.data()));
        } else {
            in_field = false;
        }
        at = feed + 1;
    }
    return fields;
}

PartHead read_part_head(std::string_view raw_head, std::string_view default_type) {
    PartHead head;
    Part& part = head.part;
    for (const Field& field : fields_of(raw_head)) {
        const auto is = [&field](std::string_view name) {
            return equals_ignoring_case(field.name, name);
        };
        if (is("content-type") && head.choices.size() < max_choices) {
            if (!trimmed(field.value).empty())
                head.choices.push_back(choice_of(field.value, default_type));
        } else if (is("content-disposition") && part.disposition == Disposition::none) {
            ParameterField disposition = parse_parameters(field.value);
            part.disposition = disposition_of(disposition.value);
            if (head.disposition.empty())
                head.disposition = std::move(disposition.parameters);
        } else if (is("content-transfer-encoding") && part.encoding.empty()) {
            part.encoding = encoding_of(field.value);
        } else if (is("content-id") && part.content_id.empty()) {
            part.content_id = utf8::repaired(without_angles(field.value));
        }
    }
    if (head.choices.empty())
        head.choices.push_back({std::string(default_type), {}, {}});
    if (head.choices.size() > 1)
        add_repair(part, Repair::content_type);
    if (!is_known_encoding(part.encoding))
        add_repair(part, Repair::transfer_encoding);
    choose_type(head, 0);
    return head;
}

void choose_type(PartHead& head, std::size_t choice) {
    const TypeChoice& chosen = head.choices[choice];
    head.part.type = chosen.type;
    const std::string_view charset = parameter(chosen.parameters, "charset");
    head.part.charset = charset.empty() ? std::string() : utf8::repaired(lower_case(charset));
    head.part.flow =
        flow_of(parameter(chosen.parameters, "format"), parameter(chosen.parameters, "delsp"));
    FileName file = file_name_of(head.disposition, chosen.parameters);
    head.part.name = std::move(file.name);
    for (const Repair repair : file.repaired)
        add_repair(head.part, repair);
}

Head read_mail_head(std::string_view raw_head) {
    Head head;
    std::string_view from, sender;
    for (const Field& field : fields_of(raw_head)) {
        const auto is = [&field](std::string_view name) {
            return equals_ignoring_case(field.name, name);
        };
        if (is("subject") && head.subject.empty())
            head.subject = decode_text(field.value);
        else if (is("from") && from.empty())
            from = field.value;
        else if (is("sender") && sender.empty())
            sender = field.value;
        else if (is("message-id") && head.message_id.empty())
            head.message_id = utf8::repaired(without_angles(field.value));
        else if (is("date") && head.raw_date.empty())
            head.raw_date = trimmed(field.value);
    }
    Mailbox mailbox = first_mailbox(from);
    if (mailbox.address.empty() && mailbox.name.empty())
        mailbox = first_mailbox(sender);
    head.sender_name = std::move(mailbox.name);
    head.sender_address = std::move(mailbox.address);
    return head;
}

}  // namespace mail::mime
