#pragma once
// The lines over the list that stay until what they say is no more: it concerns the workspace, not
// one point.

#include "gui/screen.h"

namespace gui {

enum class NoticeWish { none, master_password };
/// What somebody has pressed there.
[[nodiscard]] NoticeWish draw_notices(const Frame& frame);

/// The line about passwords that are locked, or kept in memory only; true when its button is
/// pressed. Draws nothing where there is nothing to say.
[[nodiscard]] bool draw_secrets_notice(const Frame& frame);

}  // namespace gui
