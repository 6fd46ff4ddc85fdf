#pragma once
// Asks whether the command of an OCR point may run on this computer: a definition lies where others
// may write to, and what it names has the person's rights. Shows it whole, and as the program gets
// it.

#include <string>
#include <utility>

#include "gui/screen.h"

namespace gui {

class OcrConsent {
public:
    void open(const mail::PointView& point);
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);
    /// The point whose command was allowed, once; else "".
    [[nodiscard]] std::string take_allowed() { return std::exchange(allowed_, {}); }

private:
    enum class Stage { closed, opening, asking };
    void follow(const Frame& frame);
    void draw_command(const Frame& frame) const;
    void draw_note(const Frame& frame) const;
    [[nodiscard]] std::string why_not(text::Language language) const;
    void draw_buttons(Frame& frame);
    void close();

    Stage stage_ = Stage::closed;
    // As they were when the question was put: nobody allows what comes in their place meanwhile.
    std::string point_, name_, path_, folder_, command_;
    mail::JobId job_ = 0;
    std::optional<mail::Error> error_;
    int frames_ = 0;  ///< since it was opened, as long as it may grow
    std::string allowed_;
};

}  // namespace gui
