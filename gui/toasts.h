#pragma once
// Short messages at the bottom: one at a time, the newest replaces. The clock stands still under
// the pointer, with the focus and below a dialog; errors stay until they are closed, and come back
// when what was told over them has gone.

#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include "gui/screen.h"
#include "gui/widgets.h"

namespace gui {

struct ToastWords {
    std::string text;
    std::string button = {};  ///< "": none
    std::string other = {};   ///< a second one, left of it
};
struct Toast {
    NoteKind kind = NoteKind::ok;
    /// Asked in every frame: the language may change while it stands there.
    std::function<ToastWords(text::Language)> words;
    std::function<void()> pressed = {};
    std::function<void()> other_pressed = {};
};

class Toasts {
public:
    void show(Toast toast);
    /// `middle_x`: of what it belongs to; `bottom`: its lower edge. Physical pixels.
    void draw(Frame& frame, float middle_x, float bottom);
    [[nodiscard]] bool showing() const { return toast_.words != nullptr; }
    /// Gives the focus to its first button, in the next frame.
    void take_focus() { focus_next_ = true; }
    /// One of its buttons has it.
    [[nodiscard]] bool focused() const { return focused_; }
    /// It has gone and had the focus: true once.
    [[nodiscard]] bool take_left() { return std::exchange(left_focus_, false); }

private:
    void begin(Toast toast);
    bool draw_inside(const Frame& frame, const ToastWords& words, bool focus);

    Toast toast_;
    Toast covered_;  ///< an error that nobody has closed yet
    bool focus_next_ = false, focused_ = false, left_focus_ = false;
    std::chrono::duration<double> left_{0};
    bool appeared_ = false;
};

}  // namespace gui
