#pragma once
// What is wrong with a field of a point, and the button that mends it, in words.

#include <string>
#include <string_view>

#include "gui/text/text.h"
#include "mail/point/validate.h"

namespace gui::text {

struct FaultWords {
    std::string sentence;
    std::string_view mend;  ///< label of the button; "" where only the user can mend it
};
/// `point`: the one that was validated; sentences name its port.
[[nodiscard]] FaultWords words_of(const mail::point::Finding& finding,
                                  const mail::point::Point& point, Language language);

/// Of a point_invalid: the same error with that sentence as its "reason". One that is no code stays
/// as it is.
[[nodiscard]] mail::Error with_fault_in_words(mail::Error error, Language language);

/// "TLS (od początku połączenia)", "Automatyczne" …
[[nodiscard]] std::string_view words_of(mail::net::Encryption method, Language language);

}  // namespace gui::text
