#pragma once
// The evidence of an error for whoever reports or mends it: its code, where it showed, its facts.

#include <string>

#include "gui/text/text.h"
#include "mail/base/result.h"

namespace gui::text {

/// One "key: value" a line, made safe; the server's words quoted. Facts that have no name of ours
/// keep their key.
[[nodiscard]] std::string lines_of(const mail::Facts& facts, Language language);
/// The same with the error's code before it.
[[nodiscard]] std::string details_of(const mail::Error& error, Language language);

}  // namespace gui::text
