#pragma once
// What is seen of a text that somebody typed or pasted: from web pages come blanks that are none,
// and characters that show nothing and spoil a login or a name.

#include <string>
#include <string_view>

namespace mail::point {

/// Control characters only, or all that shows nothing; but for the joiners that some scripts and
/// emoji are written with, where `Joiners::stay`.
enum class Hidden { control, all };
enum class Joiners { go, stay };
[[nodiscard]] std::string without_hidden(std::string_view text, Hidden hidden, Joiners joiners);

/// Without blanks of any kind at both ends.
[[nodiscard]] std::string_view without_blanks_around(std::string_view text);
[[nodiscard]] std::string without_blanks(std::string_view text);

}  // namespace mail::point
