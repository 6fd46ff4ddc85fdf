#pragma once
// Where this system keeps things: workspace_{linux,macos,windows}.cpp. Asked by workspace.cpp only.

#include <optional>
#include <string>

namespace mail::point {

/// The folder that the running program lies in; nothing where the system doesn't say.
[[nodiscard]] std::optional<std::string> executable_folder();

/// The user's own folder for the data of this program, which need not exist. Nothing for a user
/// without a home.
[[nodiscard]] std::optional<std::string> user_data_folder();

}  // namespace mail::point
