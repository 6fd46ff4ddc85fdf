#include "app/csv.h"

#include <string_view>

namespace app {

namespace {

bool looks_like_a_formula(std::string_view value) {
    return !value.empty() &&
           std::string_view("=+-@\t\r").find(value.front()) != std::string_view::npos;
}

}  // namespace

std::string csv_field(const Json& value) {
    std::string field = value.is_null()     ? std::string()
                        : value.is_string() ? value.get<std::string>()
                                            : value.dump();
    if (value.is_string() && looks_like_a_formula(field))
        field.insert(0, 1, '\'');
    if (field.find_first_of(",\"\r\n") == std::string::npos)
        return field;
    std::string quoted = "\"";
    for (const char c : field)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string csv_line(const Json& object) {
    std::string line;
    bool is_first = true;
    for (const Json& value : object) {
        line += (is_first ? "" : ",") + csv_field(value);
        is_first = false;
    }
    return line + "\r\n";
}

std::string csv_titles(const Json& object) {
    std::string line;
    for (auto title = object.begin(); title != object.end(); ++title)
        line += (title == object.begin() ? "" : ",") + title.key();
    return line + "\r\n";
}

}  // namespace app
