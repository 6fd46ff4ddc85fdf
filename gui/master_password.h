#pragma once
// The master password of the encrypted file with the stored passwords: asks for the one that it
// has, or for a new one where passwords are only kept in memory so far. Posts UnlockSecrets.

#include <optional>
#include <string>

#include "gui/screen.h"
#include "gui/widgets.h"

namespace gui {

/// Whether stored passwords can't be read before somebody has given it.
[[nodiscard]] bool wants_master_password(const mail::Snapshot& snapshot);
/// Whether that is why the point can't be worked with.
[[nodiscard]] bool waits_for_master_password(const mail::PointView& point);
/// Whether there is none yet, and one would do good: passwords go with the program.
[[nodiscard]] bool can_set_master_password(const mail::Snapshot& snapshot);
/// Whether no password can be stored before somebody has given one.
[[nodiscard]] bool stores_nothing_yet(const mail::Snapshot& snapshot);
/// That the one which was given to the program is too short; "" if that is not so.
[[nodiscard]] std::string given_too_short(const mail::Snapshot& snapshot, text::Language language);

/// Drawn in the window (or popup) that opens it.
class MasterPasswordDialog {
public:
    /// Asks for a new one where there is none.
    void open() { stage_ = Stage::opening; }
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    /// True in the frame in which it was taken.
    [[nodiscard]] bool draw(Frame& frame);

private:
    enum class Stage { closed, opening, typing };
    /// Whether the password is taken now.
    [[nodiscard]] bool follow(const Frame& frame);
    void draw_fields(const Frame& frame, bool& confirmed);
    void draw_note(const Frame& frame) const;
    void draw_buttons(Frame& frame, bool confirmed);
    /// Why it can't be posted yet; null: it can.
    [[nodiscard]] const text::Text* fault() const;
    void close();

    Stage stage_ = Stage::closed;
    bool is_new_ = false;
    bool tried_ = false;  ///< what is wrong is said from then on
    bool to_second_ = false;
    PasswordField password_, repeated_;
    mail::JobId job_ = 0;
    std::optional<mail::Error> error_;
};

}  // namespace gui
