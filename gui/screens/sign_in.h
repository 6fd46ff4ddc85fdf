#pragma once
// What mends a point that waits for somebody to sign in, in its place over the list: the password,
// or the button Autoryzacja.

#include "gui/screen.h"
#include "gui/screens/authorization_row.h"
#include "gui/widgets.h"

namespace gui {

class SignIn {
public:
    /// Whether a password, or signing in at the provider, mends what is wrong with the point.
    [[nodiscard]] static bool is_needed(const mail::PointView& point);
    void draw(Frame& frame, const mail::PointView& point);
    void take_focus() { focused_ = false; }
    /// The password's field gets it when it is drawn next.
    [[nodiscard]] bool takes_focus() const { return !focused_; }

private:
    void draw_password(Frame& frame, const mail::PointView& point);
    void draw_authorization(Frame& frame, const mail::PointView& point);

    PasswordField password_;
    bool remember_ = true;
    mail::JobId job_ = 0;  ///< of the password that was given last
    bool focused_ = false;
    AuthorizationRow authorization_{AuthorizationRow::Place::list};
};

}  // namespace gui
