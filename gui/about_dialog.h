#pragma once
// What the program is: version, licence, whose libraries are in it, where its workspace lies; to be
// copied for whoever is asked for help.

#include <span>
#include <string>
#include <string_view>

#include "gui/screen.h"

namespace gui {

/// third_party/README.md has the same, and why.
struct Library {
    std::string_view name;
    std::string_view version;  ///< "": the system's
    std::string_view licence;
};
[[nodiscard]] std::span<const Library> libraries();

class AboutDialog {
public:
    void open() { stage_ = Stage::opening; }
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);

private:
    enum class Stage { closed, opening, open };
    void draw_facts(const Frame& frame) const;
    void draw_libraries(const Frame& frame) const;
    void draw_buttons(const Frame& frame);

    Stage stage_ = Stage::closed;
    bool copied_ = false;
};

}  // namespace gui
