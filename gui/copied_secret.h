#pragma once
// A shown password may be copied, but does not stay in the clipboard: it is emptied after a while,
// unless it holds something else by then. There is one clipboard; used by the thread that draws.

#include <chrono>

namespace gui {

/// What the clipboard holds now is a secret.
void secret_was_copied(std::chrono::steady_clock::time_point now);
/// Empties the clipboard when the time has come. Result: how long until then, milliseconds::max()
/// if there is nothing to empty.
std::chrono::milliseconds tend_copied_secret(std::chrono::steady_clock::time_point now);
/// At once, before the program ends.
void drop_copied_secret();

}  // namespace gui
