#pragma once
// What a mail in a file holds, as `extract` sees it: its parts with verdict and repairs, and a look
// at each. For a mail that was dropped on the window; nothing is written.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gui/point_dialogs.h"
#include "gui/screen.h"
#include "gui/screens/preview_pane.h"

namespace gui {

class LetterDialog {
public:
    /// `desk` as FileDialog has it.
    explicit LetterDialog(const Desk& desk) : save_(desk) {}

    /// At least one; they are shown one after the other.
    void open(Frame& frame, std::vector<std::string> paths);
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);
    /// The job that has saved its files, once; the dialog is closed then.
    [[nodiscard]] std::shared_ptr<const mail::JobView> take_saved() {
        return std::exchange(saved_, nullptr);
    }

private:
    enum class Stage { closed, opening, open };
    void draw_letter(Frame& frame, const mail::LetterView& letter);
    void draw_parts(Frame& frame, const mail::LetterView& letter);
    void draw_buttons(Frame& frame);
    void look_at_next(Frame& frame);
    void close();

    Stage stage_ = Stage::closed;
    std::string path_;
    std::vector<std::string> further_;  ///< the next one last
    mail::JobId job_ = 0;
    std::shared_ptr<const mail::LetterView> letter_;
    std::optional<mail::Error> error_;
    std::string chosen_, chosen_name_;
    PreviewPane preview_;
    FileDialog save_;
    std::shared_ptr<const mail::JobView> saved_;
};

}  // namespace gui
