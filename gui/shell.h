#pragma once
// The frame around the screens: toolbar, points, the screen of one point, status bar, toasts, and
// what stands over all of it. Holds view state only: what is to be done is posted as a command.

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "gui/about_dialog.h"
#include "gui/acts.h"
#include "gui/desk.h"
#include "gui/dialogs.h"
#include "gui/folder_dialog.h"
#include "gui/job_reports.h"
#include "gui/letter_dialog.h"
#include "gui/log_dialog.h"
#include "gui/master_password.h"
#include "gui/ocr_consent.h"
#include "gui/ocr_runner.h"
#include "gui/operators_dialog.h"
#include "gui/palette.h"
#include "gui/point_dialogs.h"
#include "gui/quarantine_dialog.h"
#include "gui/report_dialog.h"
#include "gui/screen.h"
#include "gui/screens/editor.h"
#include "gui/screens/mailbox.h"
#include "gui/screens/ocr_queue.h"
#include "gui/screens/welcome.h"
#include "gui/settings_dialog.h"
#include "gui/sidebar.h"
#include "gui/toolbar.h"
#include "gui/what_if_dialog.h"

namespace gui {

class Shell {
public:
    /// `desk` outlives it. `wake`: any thread. `open_point`: id of the point to begin with, or "".
    Shell(Desk& desk, std::function<void()> wake, std::string open_point);

    /// Opens the demo mailbox once the first frame has been seen, and shows it next.
    void begin_with_demo() { reports_.begin_with_demo(); }
    /// Draws one frame over the whole viewport.
    void draw(Frame& frame);
    /// Somebody wants to close the window: ends it, or asks first where work is under way.
    void ask_to_end(const mail::Snapshot& snapshot);
    void end() { ended_ = true; }
    /// Files were dropped on the window: what they hold is shown, one after the other; where
    /// something is open over the window just then, that is said instead.
    void dropped(std::vector<std::string> paths) { dropped_ = std::move(paths); }
    [[nodiscard]] bool ended() const { return ended_; }
    /// Whether a worker is still arranging a list.
    [[nodiscard]] bool busy() const { return mailbox_.busy(); }
    /// Name of the point that is shown, "" if none.
    [[nodiscard]] const std::string& title() const { return title_; }

private:
    void choose_point(Frame& frame);
    void open_those_that_take(Frame& frame);
    void show_point(const std::string& id);
    /// Asks for the master password where a stored one is wanted, and goes on with it.
    void follow_secrets(Frame& frame);
    void draw_point_menu(Frame& frame);
    void draw_first_run(Frame& frame);
    void draw_toolbar(Frame& frame, const mail::PointView* point);
    void draw_body(Frame& frame, const mail::PointView* point);
    void draw_nothing_chosen(const Frame& frame);
    void draw_content(Frame& frame, const mail::PointView& point);
    void draw_status(const Frame& frame, const mail::PointView* point);
    /// What the screen of the point asks for.
    void obey_screen(Frame& frame, const mail::PointView* point);
    [[nodiscard]] OcrQueueScreen::State ocr_state(const mail::PointView& point) const;
    void perform_ocr(Frame& frame, Act act, const mail::PointView& point);
    /// Asks for consent where somebody wants a queue to run whose command has none yet.
    void follow_ocr(Frame& frame);
    void draw_over(Frame& frame);
    void draw_dropped(Frame& frame);
    void draw_editor(Frame& frame);
    [[nodiscard]] ActFacts facts_of(const Frame& frame, const mail::PointView* point);
    void read_keys(Frame& frame, const mail::PointView* point);
    void perform(Frame& frame, Act act, const mail::PointView* point);
    void perform_on(Frame& frame, Act act, const mail::PointView& point);
    void get_folder(Frame& frame, const mail::PointView& point);
    void define(const Frame& frame, Act act, const mail::PointView* point);
    [[nodiscard]] bool has_keys_now(Act act, const mail::PointView* point) const;
    void remove(Frame& frame, Act act, const mail::PointView& point);
    void ask_to_delete(const mail::PointView& point);
    void save_message(const Frame& frame, const mail::PointView& point);
    void generate(Frame& frame, const mail::PointView& point);
    void change_pane(const Frame& frame, int step);
    [[nodiscard]] bool is_there(Pane pane, const mail::PointView* point);
    /// What had the focus when the frame began, by its id, may not be there any more: what is near
    /// has it then.
    void keep_focus(unsigned int before, const mail::PointView* point);
    void go_to(Pane pane, const mail::PointView* point);
    void welcome(WelcomeOutcome outcome, Frame& frame);
    [[nodiscard]] bool something_over() const;

    Desk& desk_;
    std::string point_, title_;
    Sidebar sidebar_;
    Toolbar toolbar_;
    MailboxScreen mailbox_;
    OcrQueueScreen ocr_queue_;
    OcrRunner ocr_runner_;
    JobReports reports_;
    FolderDialog folder_dialog_;
    QuitDialog quit_dialog_;
    KeysDialog keys_dialog_;
    Palette palette_;
    SettingsDialog settings_dialog_;
    AboutDialog about_dialog_;
    WhatIfDialog what_if_dialog_;
    ReportDialog report_dialog_;
    DeleteDialog delete_dialog_;
    FileDialog file_dialog_;
    MasterPasswordDialog master_dialog_;
    OperatorsDialog operators_dialog_;
    QuarantineDialog quarantine_dialog_;
    LogDialog log_dialog_;
    LetterDialog letter_dialog_;
    OcrConsent ocr_consent_;
    std::string menu_point_;  ///< whose menu in the list of points is open
    std::optional<Welcome> welcome_;
    std::optional<Editor> editor_;
    std::set<std::string> opened_points_;
    std::optional<Pane> focused_;
    std::vector<std::string> dropped_;
    bool wants_folder_ = false;
    bool was_locked_ = false, asked_to_unlock_ = false;
    bool ended_ = false;
    float content_left_ = 0.F;
};

}  // namespace gui
