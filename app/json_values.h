#pragma once
// Values of the commands' JSON. Private to the files that print it.

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/cli_output.h"
#include "mail/base/result.h"
#include "mail/snapshot.h"

namespace app {

// Keys stand in the order in which they were written, so that the output is stable.
using Json = nlohmann::ordered_json;

[[nodiscard]] Json text_or_null(const std::string& text);
[[nodiscard]] std::string iso_time(std::chrono::sys_seconds when);
[[nodiscard]] Json facts_value(const mail::Facts& facts);
[[nodiscard]] Json error_value(const mail::Error& error);
/// As list and run print it.
[[nodiscard]] Json message_value(const Listed& listed);
/// UIDs of what is off the list, or out of the mailbox.
[[nodiscard]] Json removed_value(const mail::JobView& job);
/// What stayed, and why.
[[nodiscard]] Json kept_value(const mail::JobView& job);
/// With blanks and line feeds, for people.
[[nodiscard]] std::string text_of(const Json& json);
/// The same, each line behind `indent`.
[[nodiscard]] std::string indented(const Json& json, std::string_view indent);
/// The same with a line feed at its end.
[[nodiscard]] std::string document(const Json& json);

}  // namespace app
