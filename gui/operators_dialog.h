#pragma once
// The people of the workspace: who is an operator, with which account, and who is an administrator.
// Posts SaveOperators with what it was based on.

#include <optional>
#include <string>

#include "gui/screen.h"

namespace gui {

class OperatorsDialog {
public:
    void open() { stage_ = Stage::opening; }
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);

private:
    enum class Stage { closed, opening, editing };
    void begin(const mail::Snapshot& snapshot);
    void follow(const Frame& frame);
    void draw_people(const Frame& frame);
    /// True: is to be removed.
    [[nodiscard]] bool draw_person(const Frame& frame, mail::point::Operator& person);
    void draw_points_area(text::Language language, mail::point::Operator& person);
    void draw_note(const Frame& frame) const;
    void draw_buttons(Frame& frame);
    void close();

    Stage stage_ = Stage::closed;
    mail::point::Operators people_;  ///< as they are edited
    mail::point::Operators based_on_;
    mail::JobId job_ = 0;
    std::optional<mail::Error> error_;
};

}  // namespace gui
