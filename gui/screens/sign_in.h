#pragma once
// Asks for the password of a point that waits for one, in its place over the list.

#include "gui/screen.h"
#include "gui/widgets.h"

namespace gui {

class SignIn {
public:
    /// Whether a password mends what is wrong with the point.
    [[nodiscard]] static bool is_needed(const mail::PointView& point);
    void draw(Frame& frame, const mail::PointView& point);
    void take_focus() { focused_ = false; }

private:
    PasswordField password_;
    bool remember_ = true;
    mail::JobId job_ = 0;  ///< of the password that was given last
    bool focused_ = false;
};

}  // namespace gui
