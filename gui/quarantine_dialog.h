#pragma once
// The copies of messages that left the mailbox of a point: to be looked through, put back, and
// thrown away.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/record_table.h"
#include "gui/screen.h"
#include "gui/screens/selection.h"

struct ImGuiMultiSelectIO;

namespace gui {

class QuarantineDialog {
public:
    void open(const mail::PointView& point);
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    [[nodiscard]] const std::string& point() const { return point_; }
    /// Which messages are to be put back; whoever posts that says which job it is.
    [[nodiscard]] std::vector<mail::Restore::Which> draw(Frame& frame);
    void restores(mail::JobId job);
    /// It says itself what comes of that job.
    [[nodiscard]] bool follows(mail::JobId job) const {
        return is_open() && work_ == Work::restoring && job_ == job;
    }

private:
    enum class Stage { closed, opening, open };
    enum class Work { none, looking_up, restoring, emptying };
    void look_up(Frame& frame);
    void follow(Frame& frame);
    void draw_rows(const Frame& frame, float height);
    void apply(const ImGuiMultiSelectIO& io);
    void draw_note(const Frame& frame) const;
    [[nodiscard]] bool draw_buttons(Frame& frame);
    void draw_purge_question(Frame& frame);
    [[nodiscard]] std::vector<mail::Restore::Which> selected() const;
    void close();

    Stage stage_ = Stage::closed;
    std::string point_, name_;
    Work work_ = Work::none;
    mail::JobId job_ = 0;
    std::chrono::steady_clock::time_point asked_at_{};
    std::shared_ptr<const std::vector<mail::QuarantineView>> found_;
    RecordTable table_;
    Selection selection_;  ///< by their place in `found_`
    std::size_t asked_back_ = 0, not_back_ = 0;
    std::optional<mail::Error> error_;
    bool opens_question_ = false, stopped_ = false;
};

}  // namespace gui
