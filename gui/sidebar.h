#pragma once
// The points on the left: name, health in words, number of new messages; a rail of icons where the
// window is narrow.

#include <cstddef>
#include <functional>
#include <string>

#include "gui/screen.h"

namespace gui {

class Sidebar {
public:
    static constexpr float full_width = 232.F, rail_width = 56.F;  ///< logical

    /// What was chosen in this frame.
    struct Choice {
        std::string open;  ///< id of a point, or ""
        bool add = false;  ///< [+]
        std::string menu;  ///< id of the point whose menu is wanted, or ""
    };
    enum class Form { full, rail };
    /// Fills the current window.
    /// How many messages of a point are new; asked for every point in every frame.
    using NewMessages = std::function<std::size_t(const mail::PointView&)>;
    Choice draw(Frame& frame, const std::string& shown, Form form, const NewMessages& new_messages);
    void take_focus() { focus_next_ = true; }

private:
    struct Row {
        const mail::PointView& point;
        bool chosen;
        std::string count;  ///< of new messages, "" for none
    };
    void draw_title(const Frame& frame, Form form, Choice& choice);
    void draw_search(const Frame& frame);
    void draw_points(Frame& frame, const std::string& shown, Form form,
                     const NewMessages& new_messages, Choice& choice);
    void draw_point(Frame& frame, const Row& row, Form form, Choice& choice);

    bool focus_next_ = false;
    std::string search_;
};

/// "Na bieżąco · 09:14", "Podaj hasło" …
[[nodiscard]] std::string words_of_health(const Frame& frame, const mail::PointView& point);

}  // namespace gui
