#include "mail/work/naming.h"

#include "mail/mime/file_name.h"
#include "mail/point/validate.h"

#include <cstdint>

namespace mail::work {

namespace {

/// With zeros in front.
std::string digits(std::int64_t value, std::size_t count) {
    std::string text = std::to_string(value);
    return text.size() < count ? text.insert(0, count - text.size(), '0') : text;
}

/// Only what point::validate() lets through; strftime() would say in the language of the system
/// what it likes, and does what it likes with the rest.
std::string date(std::chrono::sys_seconds when, std::string_view format) {
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day ymd{day};
    const std::chrono::hh_mm_ss time{when - day};
    std::string text;
    for (std::size_t at = 0; at < format.size(); ++at) {
        const char what = format[at] == '%' && at + 1 < format.size() ? format[++at] : '\0';
        switch (what) {
        case 'Y':
            text += digits(static_cast<int>(ymd.year()), 4);
            break;
        case 'm':
            text += digits(static_cast<unsigned>(ymd.month()), 2);
            break;
        case 'd':
            text += digits(static_cast<unsigned>(ymd.day()), 2);
            break;
        case 'H':
            text += digits(time.hours().count(), 2);
            break;
        case 'M':
            text += digits(time.minutes().count(), 2);
            break;
        case 'S':
            text += digits(time.seconds().count(), 2);
            break;
        case '%':
            text += '%';
            break;
        default:
            text += format[at];
        }
    }
    return text;
}

std::string stem_of(const NamingFields& fields) {
    const std::string_view stem = mime::split_name(fields.name).stem;
    if (!stem.empty())
        return std::string(stem);
    return fields.subject.empty() ? "attachment " + std::to_string(fields.number) : fields.subject;
}

std::string value_of(std::string_view field, std::string_view format, const NamingFields& fields) {
    if (field == "received")
        return date(fields.received, format.empty() ? "%Y-%m-%d" : format);
    if (field == "sender")
        return fields.sender.empty() ? fields.sender_address : fields.sender;
    if (field == "sender_address")
        return fields.sender_address;
    if (field == "subject")
        return fields.subject;
    if (field == "number")
        return std::to_string(fields.number);
    return field == "point" ? fields.point : stem_of(fields);
}

/// Calls `literal` and `field` for the pieces of the template in their order.
template <class Literal, class Field>
void for_each_piece(std::string_view naming, const Literal& literal, const Field& field) {
    while (!naming.empty()) {
        const std::size_t open = naming.find('{');
        const std::size_t close = open == std::string_view::npos ? open : naming.find('}', open);
        if (close == std::string_view::npos) {
            literal(naming);
            return;
        }
        literal(naming.substr(0, open));
        const std::string_view inside = naming.substr(open + 1, close - open - 1);
        const std::size_t colon = inside.find(':');
        field(inside.substr(0, colon),
              colon == std::string_view::npos ? std::string_view() : inside.substr(colon + 1));
        naming.remove_prefix(close + 1);
    }
}

}  // namespace

std::string file_name_for(std::string_view naming, const NamingFields& fields) {
    std::string stem;
    for_each_piece(
        naming, [&](std::string_view text) { stem += text; },
        [&](std::string_view field, std::string_view format) {
            if (point::is_naming_field(field))
                stem += value_of(field, format, fields);
            else
                stem.append("{").append(field).append("}");
        });
    // A field may hold anything; a slash in it must not look like a folder to what comes next.
    for (char& c : stem)
        if (c == '/' || c == '\\')
            c = '_';
    std::string extension(mime::split_name(fields.name).extension);
    if (extension.empty())
        extension = mime::extension_of(fields.type);
    return mime::safe_file_name(stem + extension, "attachment", fields.type);
}

}  // namespace mail::work
