#pragma once
// Asks for the target folder of a point, where the point lets it be chosen while it works; the
// engine says whether it will do, and remembers it.

#include <optional>
#include <string>

#include "gui/screen.h"

namespace gui {

class FolderDialog {
public:
    void open(const mail::PointView& point);
    [[nodiscard]] bool is_open() const { return !point_.empty(); }
    /// What the folder that was set just now may not be good for (JobView::folder_facts), once.
    [[nodiscard]] mail::Facts draw(Frame& frame);

private:
    enum class Stage { opening, typing, waiting };
    void follow(const Frame& frame);
    void post(Frame& frame, std::string folder, bool make);
    void draw_fault(Frame& frame);
    void draw_meaning(const Frame& frame, const mail::PointView& point) const;
    void draw_points_own(Frame& frame, const mail::PointView& point);
    void close();

    std::string point_, folder_;
    Stage stage_ = Stage::opening;
    mail::JobId job_ = 0;
    bool made_ = false;  ///< it was to be made
    std::optional<mail::Error> error_;
    mail::Facts facts_;
    bool field_active_ = false, focus_field_ = false;
};

}  // namespace gui
