#pragma once
// Every fault of a sign-in in words (sign_in_faults.cpp: a switch without default, so that a fault
// without words does not compile). Apart from causes.h because they are many, and of one kind.

#include "gui/text/text.h"
#include "mail/oauth/fault.h"

namespace gui::text {

struct SignInFaultWords {
    Text cause, next_step;
};
[[nodiscard]] SignInFaultWords words_of(mail::oauth::Fault fault);
/// Of an error with the fact "fault"; of one without, or of a name that is none, unknown.
[[nodiscard]] mail::oauth::Fault fault_in(const mail::Error& error);

}  // namespace gui::text
