#pragma once
// The editor's tab Tryb współpracy: everything that is needed to reach a mailbox. Posts ListFolders
// with what is in the form, saved or not.

#include <optional>
#include <string>
#include <vector>

#include "gui/screens/address_lookup.h"
#include "gui/screens/authorization_row.h"
#include "gui/screens/editor_rows.h"

namespace gui {

class EditorConnection {
public:
    explicit EditorConnection(const mail::point::Connection& connection);

    void draw(Frame& frame, EditorForm& form, EditorRows& rows);

    /// Goes on with an enquiry for the address in the login, or begins one.
    void look_up(AddressLookup lookup) { lookup_ = std::move(lookup); }
    /// Once a frame, whatever tab is drawn: fills in what was found. True if it has.
    [[nodiscard]] bool follow_lookup(Frame& frame, EditorForm& form);
    /// The editor goes: what it has asked for is given up.
    void end(Frame& frame) {
        lookup_.end(frame);
        authorization_.end(frame);
    }

    /// What was typed, to be saved; nothing if the field is empty.
    [[nodiscard]] std::optional<mail::Secret> typed_password() const;
    /// The same of the application's secret.
    [[nodiscard]] std::optional<mail::Secret> typed_client_secret() const {
        return authorization_.typed_client_secret();
    }
    void hide_secrets() {  ///< leaving the tab, saving
        password_.shown = false;
        authorization_.hide_client_secret();
    }
    void forget_secrets() {
        password_.forget();
        authorization_.forget_client_secret();
    }
    /// While that field's row is folded away it can't get the focus.
    void unfold() { more_open_ = true; }

private:
    void draw_mode_row(EditorForm& form, EditorRows& rows);
    static void draw_account_row(EditorRows& rows);
    void draw_server_rows(EditorForm& form, EditorRows& rows);
    void draw_encryption_row(EditorForm& form, EditorRows& rows, const Frame& frame);
    void draw_login_row(Frame& frame, EditorForm& form, EditorRows& rows);
    void draw_password_row(Frame& frame, EditorForm& form, EditorRows& rows);
    void draw_oauth_rows(Frame& frame, EditorForm& form, EditorRows& rows);
    void draw_client_note(const Frame& frame, const EditorForm& form);
    void draw_office_client(Frame& frame, const EditorForm& form);
    void draw_folder_row(Frame& frame, EditorForm& form, EditorRows& rows);
    /// True when another folder is chosen.
    bool draw_folder_combo(EditorForm& form, text::Language language);
    /// Does what the button of folder_note() says.
    void mend_folder(Frame& frame, EditorForm& form, EditorRows& rows);
    void draw_more(Frame& frame, EditorForm& form, EditorRows& rows);
    [[nodiscard]] Note password_note(const Frame& frame, const EditorForm& form,
                                     const FieldEvents& events) const;
    [[nodiscard]] Note folder_note(const Frame& frame, const EditorForm& form) const;
    void take_outcome(const mail::Snapshot& snapshot);

    PasswordField password_;
    AddressLookup lookup_;
    AuthorizationRow authorization_{AuthorizationRow::Place::form};
    bool admin_page_copied_ = false;
    mail::JobId office_job_ = 0;
    enum class Typing {
        nowhere,
        server,
        login
    } typing_ = Typing::nowhere;                       ///< in this frame so far
    mail::JobId folders_job_ = 0;                      ///< the list that is being fetched; 0: none
    std::optional<std::vector<std::string>> folders_;  ///< as the server listed them
    std::optional<mail::Error> folders_error_;         ///< why it did not, the last time
    bool more_open_ = false;
};

}  // namespace gui
