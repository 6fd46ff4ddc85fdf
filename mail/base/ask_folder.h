#pragma once
// Questions about a folder that may be on a network share which has gone: of that a system says
// nothing for minutes, and nobody should wait for it.

#include <functional>
#include <string>

#include "mail/base/wait.h"

namespace mail {

/// So long a share is given to answer, where nobody says otherwise.
inline constexpr std::chrono::seconds folder_answers_in{10};

/// Runs `ask` on a thread of its own and waits for it. Where `wait` ends first, it may still go on,
/// even after all else: all it touches must be its own (shared) property, or live for ever. Errors:
/// folder_silent with the fact "path", cancelled.
[[nodiscard]] Result<void> ask_folder(const std::string& folder, std::function<void()> ask,
                                      const Wait& wait);

}  // namespace mail
