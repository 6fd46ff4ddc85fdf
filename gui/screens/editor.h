#pragma once
// The point editor: a modal window with a blue header, one tab a topic, Save and Close. Posts
// SavePoint, closes when that is done, and asks before it drops what was typed.

#include <optional>
#include <string>
#include <string_view>

#include "gui/master_password.h"
#include "gui/screen.h"
#include "gui/screens/connection_test.h"
#include "gui/screens/editor_connection.h"
#include "gui/screens/editor_form.h"
#include "gui/screens/editor_permissions.h"
#include "gui/screens/folder_check.h"
#include "gui/what_if_dialog.h"

namespace gui {

/// What the shell has to do after this frame.
struct EditorOutcome {
    enum class Kind { editing, saved, closed };
    Kind kind = Kind::editing;
    std::string point;  ///< id of the saved one
    std::string name;   ///< and its name
    mail::point::Type type = mail::point::Type::mailbox;
    std::optional<mail::Error> password_error;  ///< the definition was saved, its password was not
    bool then_ocr = false;                      ///< a new OCR point is wanted next
};

class Editor {
public:
    /// A new point; `address` (may be empty) fills in what is known of its provider.
    [[nodiscard]] static Editor for_address(std::string_view address);
    /// Goes on with an enquiry for that address.
    [[nodiscard]] static Editor for_address(std::string_view address, AddressLookup lookup);
    [[nodiscard]] static Editor for_ocr();
    [[nodiscard]] static Editor for_point(const mail::PointView& view);
    /// To be seen and tested only, by who may not change it.
    [[nodiscard]] static Editor for_viewing(const mail::PointView& view);
    /// A new point like that one, under a name of its own; its password is not copied.
    [[nodiscard]] static Editor for_copy(const mail::PointView& view, text::Language language);

    /// The connection is tested as soon as it is shown.
    void begin_with_test() { test_next_ = true; }

    /// Draws over everything. Once it is not `editing` any more, drop the editor.
    EditorOutcome draw(Frame& frame);

private:
    enum class Leaving { no, asked, yes };

    Editor(mail::point::Point point, EditorForm::Origin origin);

    void first_frame(Frame& frame);
    void take_outcome(const mail::Snapshot& snapshot, EditorOutcome& outcome);
    void take_keys(Frame& frame);
    void draw_header(const Frame& frame);
    void draw_tabs(Frame& frame);
    void draw_tab(Frame& frame, EditorTab tab);
    /// The worst that is said on that tab: error, warning or none.
    [[nodiscard]] NoteKind mark_of(const Frame& frame, EditorTab tab) const;
    void draw_read_only(const Frame& frame) const;
    void draw_save_error(const Frame& frame) const;
    /// Said as soon as it is seen, not only when saving is refused.
    void draw_file_changed(const Frame& frame) const;
    /// Of one in the proxy's address its field speaks.
    void draw_secret_in_file(const Frame& frame) const;
    [[nodiscard]] bool file_changed(const mail::Snapshot& snapshot) const;
    void draw_unlocking(Frame& frame);
    void draw_body(Frame& frame);
    void draw_tab_of_form(Frame& frame);
    void draw_test_button(Frame& frame);
    void draw_footer(Frame& frame);
    void draw_save_button(Frame& frame, const std::string& to_correct);
    void draw_question(Frame& frame);
    void save(Frame& frame);
    void start_test(Frame& frame);
    void draw_dry_run_button(const Frame& frame, std::string_view off);
    void trust(Frame& frame, const std::string& fingerprint);
    void leave();  ///< closes, or asks first
    void choose(EditorTab tab);
    void choose_by_key(Frame& frame,
                       int step);  ///< the next or the one before, and goes to its first field
    void jump_to_fault();
    [[nodiscard]] bool busy() const { return save_job_ != 0; }

    EditorForm form_;
    EditorConnection connection_;
    EditorPermissions permissions_;
    ConnectionTest test_;
    FolderCheck folder_check_;
    WhatIfDialog what_if_;
    MasterPasswordDialog master_dialog_;
    std::string based_on_;      ///< content of the file when editing began
    std::string secret_field_;  ///< PointView::secret_field
    EditorTab tab_ = EditorTab::connection;
    std::optional<mail::point::Field> focus_;
    Leaving leaving_ = Leaving::no;
    mail::JobId save_job_ = 0;
    std::optional<mail::Error> save_error_;
    bool to_ocr_ = false;  ///< why it is being left
    bool opened_ = false;
    bool read_only_ = false;
    bool save_when_unlocked_ = false;
    bool test_next_ = false;
};

}  // namespace gui
