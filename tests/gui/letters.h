#pragma once
// The words of a frame as they stand in what Dear ImGui hands to the renderer: where each line is,
// and whether an edge cuts its letters. Finds what a text drawn in too little room looks like.

#include <string>
#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

namespace gui::test {

/// Letters side by side.
struct Line {
    std::string words;
    std::string list;  ///< the window
    ImRect seen;       ///< of its letters, within what clips them
    bool cut = false;  ///< at its left or right side, or a letter above or below by its own item
};

/// Of the frame that was rendered last. Letters wholly outside are not drawn: an edge between two
/// letters cuts unseen.
[[nodiscard]] std::vector<Line> lines_of_frame();
/// Those that are cut, and pairs of the same window that lie on each other; as words for a message.
[[nodiscard]] std::vector<std::string> spoilt(const std::vector<Line>& lines);

}  // namespace gui::test
