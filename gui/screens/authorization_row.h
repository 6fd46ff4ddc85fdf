#pragma once
// The button Autoryzacja and what it leads to: waiting for the browser or for a code, who is signed
// in, signing out. Stands in the editor, where it works with what is in the form, saved or not, and
// over a list whose sign-in has expired. Posts Authorize, LookUpAccount, SignOut, HandOverAnswer
// and ForgetClientSecret.

#include <memory>
#include <optional>
#include <string>

#include "gui/screen.h"
#include "gui/widgets.h"

namespace gui {

class AuthorizationRow {
public:
    enum class Place {
        form,  ///< with who is signed in, and the way out
        list   ///< the button only, and what comes of it
    };
    explicit AuthorizationRow(Place place) : place_(place) {}

    /// The secret of the application, above the button in a form.
    void draw_client_secret(Frame& frame, const mail::point::Point& point);
    void draw(Frame& frame, const mail::point::Point& point);
    /// It goes: so does what it waits for.
    void end(Frame& frame);
    /// Somebody has signed in since this was asked last.
    [[nodiscard]] bool take_success() { return std::exchange(success_, false); }

    /// What was typed, to be stored; nothing if the field is empty.
    [[nodiscard]] std::optional<mail::Secret> typed_client_secret() const;
    void hide_client_secret() { client_secret_.shown = false; }
    void forget_client_secret() { client_secret_.forget(); }

private:
    void take_outcomes(const mail::Snapshot& snapshot);
    void look_up(Frame& frame, const mail::point::Point& point);
    void start(Frame& frame, const mail::point::Point& point, mail::Authorize::By by);
    void draw_button(Frame& frame, const mail::point::Point& point);
    void draw_waiting(Frame& frame, const mail::point::Point& point,
                      const mail::AuthorizationView& now);
    void draw_paste(Frame& frame);
    void draw_outcome(const Frame& frame, const mail::point::Point& point) const;
    [[nodiscard]] bool knows_account_of(const mail::point::Connection& connection) const;
    void draw_account(Frame& frame, const mail::point::Point& point);

    Place place_;
    mail::JobId job_ = 0, lookup_ = 0, sign_out_ = 0, hand_over_ = 0, forget_secret_ = 0;
    bool looked_up_ = false;
    bool success_ = false;
    bool copied_ = false;
    bool waited_ = false;         ///< in the frame before
    int scroll_ = 0;              ///< frames in which it is brought into sight
    std::string login_;           ///< whose sign-in error_ is of
    bool paste_open_ = false;     ///< the field for the browser's address
    std::string pasted_;          ///< holds a code while it is there
    bool paste_refused_ = false;  ///< no sign-in waits for what was pasted
    std::string browser_error_;   ///< what was pasted, where it was an error, in words
    std::optional<mail::Error> error_;
    std::shared_ptr<const mail::AccountView> account_;
    std::optional<mail::point::Connection> account_of_;  ///< what account_ was asked for
    PasswordField client_secret_;
    bool has_client_secret_ = false;  ///< one is stored for the client of account_of_
};

}  // namespace gui
