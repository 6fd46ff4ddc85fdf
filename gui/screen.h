#pragma once
// What every screen gets to draw itself with: the snapshot of this frame, a way to post commands,
// the language and looks. A screen is a class with draw(Frame&); its members are view state only.
// Screens do not know each other.

#include <chrono>
#include <functional>
#include <string>

#include "gui/settings.h"
#include "gui/theme.h"
#include "mail/snapshot.h"

namespace gui {

struct Frame {
    const mail::Snapshot& snapshot;
    const std::function<mail::JobId(mail::Command)>& post;
    const std::function<void(mail::JobId)>& cancel;
    Settings& settings;  ///< a change is saved by the window after the frame
    const Colours& colours;
    float scale = 1.F;  ///< logical pixel → physical
    std::chrono::sys_seconds now{};
    text::Language language = text::Language::pl;
    bool caps_lock = false;  ///< as far as the keys pressed here tell
};

}  // namespace gui
