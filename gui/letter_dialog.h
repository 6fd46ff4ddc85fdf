#pragma once
// What a mail in a file holds, as `extract` sees it: its parts with verdict and repairs, and a look
// at each. For a mail that was dropped on the window; nothing is written.

#include <string>

#include "gui/screen.h"
#include "gui/screens/preview_pane.h"

namespace gui {

class LetterDialog {
public:
    void open(Frame& frame, std::string path);
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);

private:
    enum class Stage { closed, opening, open };
    void draw_letter(Frame& frame, const mail::LetterView& letter);
    void draw_parts(Frame& frame, const mail::LetterView& letter);
    void close();

    Stage stage_ = Stage::closed;
    std::string path_;
    mail::JobId job_ = 0;
    std::shared_ptr<const mail::LetterView> letter_;
    std::optional<mail::Error> error_;
    std::string chosen_, chosen_name_;
    PreviewPane preview_;
};

}  // namespace gui
