#pragma once
// How well a name answers to what somebody types who knows it only by half. Pure.

#include <optional>
#include <string_view>

namespace gui {

/// Higher is better; nothing where it does not fit. Each word of `typed` has to be found, without
/// regard to case and diacritics: at the beginning of a word best, within one, or as letters that
/// come one after the other ("gdok" for "Generuj dokument"). Nothing typed fits all alike.
[[nodiscard]] std::optional<int> fuzzy_fit(std::string_view typed, std::string_view name);

}  // namespace gui
