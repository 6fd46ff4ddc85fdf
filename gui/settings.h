#pragma once
// What the window remembers between starts. Plain data: who reads and writes the file is app/.

#include <map>
#include <string>
#include <vector>

#include "gui/text/text.h"

namespace gui {

enum class Theme : std::uint8_t { system, light, dark, contrast };

struct Settings {
    text::Language language = text::Language::pl;
    Theme theme = Theme::system;
    Theme desktop = Theme::light;  ///< as it was told last: used until it answers again
    int scale_percent = 100;       ///< on top of the monitor's own: 100, 125, 150, 175, 200
    bool dense_rows = false;
    int window_width = 1280, window_height = 800;
    bool details_open = true;
    /// Per point id: shown columns in their order, those with another width than at first, and sort
    /// ("-received", "subject" …). Widths are logical pixels, or shares of what is left.
    struct Grid {
        std::vector<std::string> columns;
        std::map<std::string, float> widths;
        std::vector<std::string> sort;
        bool operator==(const Grid&) const = default;
    };
    std::map<std::string, Grid> grids;
    bool operator==(const Settings&) const = default;
};

}  // namespace gui
