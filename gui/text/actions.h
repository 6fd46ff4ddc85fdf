#pragma once
// What the activity log says, the same for window and commands.

#include <string>
#include <string_view>

#include "gui/text/text.h"
#include "mail/store/action.h"
#include "mail/work/gate.h"

namespace gui::text {

[[nodiscard]] std::string_view words_of(mail::store::Action::What what, Language language);
/// "Zapisano 2 z 3 plików", a cause as a sentence; "Wykonano" where there is no more to say.
[[nodiscard]] std::string result_of(const mail::store::Action& action, Language language);
/// Why a message may not leave the mailbox without anybody's word; goes on after a colon.
[[nodiscard]] std::string words_of(const mail::work::Gate& gate, Language language);
/// The same without the file's name: for several messages at once.
[[nodiscard]] std::string_view words_of(mail::work::Gate::Lock lock, Language language);

}  // namespace gui::text
