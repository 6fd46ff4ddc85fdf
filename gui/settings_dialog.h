#pragma once
// What a person sets for the window, as it takes effect at once; and how long the workspace keeps
// what is not needed for work.

#include "gui/retention_form.h"
#include "gui/screen.h"

namespace gui {

class SettingsDialog {
public:
    void open() { stage_ = Stage::opening; }
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);

private:
    enum class Stage { closed, opening, open };
    Stage stage_ = Stage::closed;
    RetentionForm retention_;
};

}  // namespace gui
