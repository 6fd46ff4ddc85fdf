#pragma once
// How far something has come, in the unit of the whole: the two numbers can be compared at a
// glance, and the words keep their width while the first one grows.

#include <cstdint>
#include <string>

#include "gui/text/text.h"

namespace gui::text {

/// Among other commands: "Anuluj" alone would not say what.
inline constexpr Text cancel_job{"Cancel what is running", "Anuluj bieżące zadanie"};
inline constexpr Text off_no_job{"Nothing is running that could be cancelled",
                                 "Nic nie trwa, co można by anulować"};

/// The "0,9" of "0,9 z 2,4 MB", where size() gives the rest.
[[nodiscard]] std::string size_so_far(std::uint64_t done, std::uint64_t total, Language language);

}  // namespace gui::text
