#pragma once
// The points on the left: name, health in words, number of new messages; a rail of icons where the
// window is narrow.

#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "gui/screen.h"

namespace gui {

class Sidebar {
public:
    static constexpr float full_width = 232.F, rail_width = 56.F;  ///< logical

    /// What was chosen in this frame.
    struct Choice {
        std::string open;  ///< id of a point, or ""
        bool add = false;  ///< [+]
    };
    enum class Form { full, rail };
    /// Fills the current window.
    Choice draw(Frame& frame, const std::string& shown, Form form);
    void take_focus() { focus_next_ = true; }

private:
    bool draw_point(Frame& frame, const mail::PointView& point, bool chosen, Form form);

    bool focus_next_ = false;
};

/// "Na bieżąco · 09:14", "Podaj hasło" …
[[nodiscard]] std::string words_of_health(const Frame& frame, const mail::PointView& point);

}  // namespace gui
