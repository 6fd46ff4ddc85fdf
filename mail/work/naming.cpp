#include "mail/work/naming.h"

#include <array>
#include <ctime>

#include "mail/mime/file_name.h"
#include "mail/point/validate.h"

namespace mail::work {

namespace {

std::string date(std::chrono::sys_seconds when, std::string_view format) {
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day ymd{day};
    const std::chrono::hh_mm_ss time{when - day};
    std::tm broken{};
    broken.tm_year = static_cast<int>(ymd.year()) - 1900;
    broken.tm_mon = static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
    broken.tm_mday = static_cast<int>(static_cast<unsigned>(ymd.day()));
    broken.tm_hour = static_cast<int>(time.hours().count());
    broken.tm_min = static_cast<int>(time.minutes().count());
    broken.tm_sec = static_cast<int>(time.seconds().count());
    std::array<char, 128> text{};
    const std::size_t length =
        std::strftime(text.data(), text.size(), std::string(format).c_str(), &broken);
    return std::string(text.data(), length);
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
