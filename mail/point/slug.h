#pragma once
// A name as a plain word of small letters, digits and hyphens, for file names and ids.

#include <string>
#include <string_view>

namespace mail::point {

/// "Faktury – Łódź" becomes "faktury-lodz"; `otherwise` where nothing of it is left. At most 40
/// letters.
[[nodiscard]] std::string slug_of(std::string_view name, std::string_view otherwise);

}  // namespace mail::point
