#pragma once
// What somebody has decided about one part of a message, against the rules of the point or in
// their stead. Plain data.

#include <cstdint>
#include <string_view>

namespace mail::store {

/// by_rules: nothing, or what was decided was taken back.
enum class Decision : std::uint8_t { by_rules, take, skip };
/// "by_rules", …: as in JSON and in state.db, so never changed.
[[nodiscard]] std::string_view name_of(Decision decision);

}  // namespace mail::store
