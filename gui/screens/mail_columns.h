#pragma once
// The columns of the mail grid: which are shown, in which order, how wide, and what the list is
// sorted by. Kept in the settings, for each point.

#include <string>
#include <vector>

#include "gui/screen.h"
#include "gui/screens/arrange.h"

struct ImGuiTable;

namespace gui {

/// Everything here is called between BeginTable() and EndTable() of the grid.
class MailColumns {
public:
    /// Narrower lists scroll sideways, so that subjects can be read. Logical pixels.
    static constexpr float least_width = 730.F;

    /// Before the first row, in every frame; the sort counts in the first one only.
    /// What the user has not chosen is as the point's definition has it.
    void set_up(const Frame& frame, const mail::point::Point& point,
                const std::vector<SortKey>& sort);
    void draw_headers(const Frame& frame);
    /// What the user did to them in this frame, into the settings.
    void read(Frame& frame, const std::string& point);
    /// True when the user has sorted anew; `sort` is then what by.
    [[nodiscard]] bool read_sort(std::vector<SortKey>& sort);
    /// The menu on a right click: which are shown, and what the list is sorted by.
    void draw_menu(Frame& frame, const std::string& point);
    /// The same by other means.
    void open_menu() { opens_ = true; }

    /// In the order of their indices in the table.
    [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
    [[nodiscard]] int index_of(Column column) const;
    [[nodiscard]] bool is_shown(Column column) const;
    [[nodiscard]] bool is_set_up() const { return set_up_; }

private:
    void read_widths(Frame& frame, const std::string& point) const;
    struct Choice {
        bool as_defined = false;  ///< all as the point's definition has them
        int sort_by = -1;         ///< index in the table
    };
    [[nodiscard]] Choice draw_choices(const Frame& frame, ImGuiTable& table) const;
    [[nodiscard]] int draw_sort_choices(const Frame& frame, const ImGuiTable& table) const;
    void forget_choices(Frame& frame, const std::string& point);

    std::vector<Column> columns_;
    std::vector<std::string> defined_;  ///< by the definition, in its order; the status first
    bool set_up_ = false, opens_ = false;
};

}  // namespace gui
