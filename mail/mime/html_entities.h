#pragma once
// Character references of HTML (WHATWG, 13.2.5.72): "&oacute;", "&#243;", "&#xF3;". Pure.

#include <cstdint>
#include <string>
#include <string_view>

namespace mail::mime {

enum class Place : std::uint8_t { text, attribute };

/// Appends to `to` what the reference at the start of `text`, which is a '&', means; where it is
/// none, the '&'. Gives how many octets of `text` that was, at least one.
[[nodiscard]] std::size_t read_entity(std::string_view text, Place place, std::string& to);

[[nodiscard]] std::string without_entities(std::string_view text, Place place);

}  // namespace mail::mime
