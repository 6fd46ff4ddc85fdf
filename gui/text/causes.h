#pragma once
// Every error in words: what is wrong, and the next step (causes.cpp: a switch without default, so
// that a cause without words does not compile).

#include <string>

#include "gui/text/text.h"
#include "mail/base/result.h"

namespace gui::text {

struct ErrorWords {
    std::string cause;      ///< one plain sentence
    std::string next_step;  ///< one sentence, imperative; may be ""
    std::string
        details;  ///< evidence, one "key: value" a line, made safe; the server's words quoted
};
[[nodiscard]] ErrorWords words_of(const mail::Error& error, Language language);
/// The cause and the next step, one after the other.
[[nodiscard]] std::string sentences_of(const mail::Error& error, Language language);
/// All three, to be copied and sent to whoever can help.
[[nodiscard]] std::string to_copy(const ErrorWords& words);

}  // namespace gui::text
