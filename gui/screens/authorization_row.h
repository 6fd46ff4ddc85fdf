#pragma once
// The button Autoryzacja of the editor and what it leads to: waiting for the browser or for a code,
// who is signed in, signing out. Posts Authorize, LookUpAccount and SignOut with what is in the
// form, saved or not.

#include <memory>
#include <optional>
#include <string>

#include "gui/screens/editor_rows.h"

namespace gui {

class AuthorizationRow {
public:
    void draw(Frame& frame, const EditorForm& form, const EditorRows& rows);
    /// The editor goes: so does what it waits for.
    void end(Frame& frame);

private:
    void take_outcomes(const mail::Snapshot& snapshot);
    void start(Frame& frame, const EditorForm& form, mail::Authorize::By by);
    void draw_button(Frame& frame, const EditorForm& form, const EditorRows& rows);
    void draw_waiting(Frame& frame, const EditorForm& form, const mail::AuthorizationView& now);
    void draw_outcome(const Frame& frame, const EditorForm& form) const;
    void draw_account(Frame& frame, const EditorForm& form);

    mail::JobId job_ = 0, lookup_ = 0, sign_out_ = 0;
    bool looked_up_ = false;
    bool copied_ = false;
    bool waited_ = false;  ///< in the frame before
    int scroll_ = 0;       ///< frames in which it is brought into sight
    std::string login_;    ///< whose sign-in error_ is of
    std::optional<mail::Error> error_;
    std::shared_ptr<const mail::AccountView> account_;
    std::optional<mail::point::Connection> account_of_;  ///< what account_ was asked for
};

}  // namespace gui
