#pragma once
// Ctrl+K: all that can be asked of the window, and all points, found by typing a part of the name.

#include <optional>
#include <string>
#include <vector>

#include "gui/acts.h"
#include "gui/screen.h"

namespace gui {

class Palette {
public:
    /// One of them, or neither.
    struct Choice {
        std::optional<Act> act = {};
        std::string point = {};  ///< id
    };

    void open();
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    /// What was chosen in this frame; the palette is closed then. `facts`: of the point shown.
    [[nodiscard]] Choice draw(Frame& frame, const ActFacts& facts);

private:
    enum class Stage { closed, opening, open };
    struct Entry {
        Choice choice;
        std::string words, more;  ///< `more`: its keys, or why it is off
        const char* icon = nullptr;
        bool is_off = false;
        int fit = 0;
    };
    void add_points(const Frame& frame);
    void add_acts(const Frame& frame, const ActFacts& facts);
    void find(const Frame& frame, const ActFacts& facts);
    [[nodiscard]] int age_of(Act act) const;
    void read_keys();
    [[nodiscard]] bool draw_entry(const Frame& frame, std::size_t index);
    [[nodiscard]] Choice draw_entries(const Frame& frame);
    void close();

    Stage stage_ = Stage::closed;
    std::string typed_;
    std::vector<Entry> found_;  ///< the best first; of this frame
    std::size_t chosen_ = 0;
    bool scroll_ = false;      ///< what is chosen may be out of sight
    std::vector<Act> recent_;  ///< the last first
};

}  // namespace gui
