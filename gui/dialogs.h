#pragma once
// The small questions of the window, one at a time over everything: quitting while work
// goes on, the list of keys.

#include "gui/acts.h"
#include "gui/screen.h"

namespace gui {

/// Asks before work under way is stopped.
class QuitDialog {
public:
    void open() { stage_ = Stage::opening; }
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    /// True when it is to be stopped.
    [[nodiscard]] bool draw(Frame& frame);

private:
    enum class Stage { closed, opening, asking };
    Stage stage_ = Stage::closed;
};

/// F1: what the keys do.
class KeysDialog {
public:
    /// Beside those that always are: those of messages, or of an OCR point's queue.
    void open(ActScope scope) {
        stage_ = Stage::opening;
        scope_ = scope;
    }
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);

private:
    void draw_groups(text::Language language, bool side_by_side) const;

    enum class Stage { closed, opening, showing };
    Stage stage_ = Stage::closed;
    ActScope scope_ = ActScope::mail;
};

/// The job that is under way with messages, of any point.
[[nodiscard]] const mail::JobView* working(const mail::Snapshot& snapshot);

}  // namespace gui
