#pragma once
// What is wrong with a file of JSON, in words: the codes of mail/point/json_fault.h.

#include <string>

#include "gui/text/text.h"
#include "mail/base/result.h"

namespace gui::text {

/// Of a point_damaged: the same error with words as its "reason" ("„connection.port” musi być
/// liczbą całkowitą (jest: tekst)"), and without the facts that are in them. A reason that is no
/// code stays as it is.
[[nodiscard]] mail::Error with_reason_in_words(mail::Error error, Language language);

}  // namespace gui::text
