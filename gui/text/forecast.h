#pragma once
// A forecast in one line, the same for window and commands.

#include <string>

#include "gui/text/text.h"
#include "mail/snapshot.h"

namespace gui::text {

/// "The last 500 of 1,204 messages: 212 files (31 MB), 31 skipped, 4 to decide. 2 messages to be
/// read whole: what is in them shows when they are taken"
[[nodiscard]] std::string summary_of(const mail::work::Forecast& forecast, Language language);

}  // namespace gui::text
