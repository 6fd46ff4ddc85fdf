#pragma once
// Where the settings that an address led to come from, in one or two sentences: the window says
// them under the field, the command behind the settings.

#include <string>

#include "gui/text/text.h"
#include "mail/snapshot.h"

namespace gui::text {

[[nodiscard]] std::string origin_of(const mail::Proposal& proposal, Language language);

inline constexpr Text looking_up{"Looking up the mail settings of {domain}…",
                                 "Szukanie ustawień poczty domeny {domain}…"};
inline constexpr Text settings_found{"Server: {server}. {origin}", "Serwer: {server}. {origin}"};

}  // namespace gui::text
