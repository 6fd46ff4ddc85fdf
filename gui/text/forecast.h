#pragma once
// A forecast in one line, the same for window and commands.

#include <string>

#include "gui/text/text.h"
#include "mail/snapshot.h"

namespace gui::text {

/// Of the files of a forecast those that become ones only if they turn out to be graphic: they say
/// themselves neither that they are nor that they are not.
[[nodiscard]] std::size_t only_if_graphic(const mail::work::Forecast& forecast);

/// "The last 500 of 1,204 messages: 212 files (31 MB), 31 skipped, 4 to decide. 2 messages to be
/// read whole: what is in them shows when they are taken. Of the files, 3 only if they turn out to
/// be graphic"
[[nodiscard]] std::string summary_of(const mail::work::Forecast& forecast, Language language);

}  // namespace gui::text
