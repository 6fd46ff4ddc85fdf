#pragma once
// The point's naming template: "{received:%Y-%m-%d} {sender} {name}" made into a safe file name.
// Pure.

#include <chrono>
#include <string>
#include <string_view>

namespace mail::work {

/// What the template can name. `name` is the part's name as the mail says it, "" if it has none.
struct NamingFields {
    std::chrono::sys_seconds received{};
    std::string sender, sender_address, subject, name, point;
    unsigned number = 1;  ///< of the file within its message, from 1
    std::string type;     ///< by content: gives a missing extension
};

/// One safe component; the extension of `name` (or that of `type`) is kept. Dates are in UTC.
/// Fields that are unknown stay as they stand.
[[nodiscard]] std::string file_name_for(std::string_view naming, const NamingFields& fields);

}  // namespace mail::work
