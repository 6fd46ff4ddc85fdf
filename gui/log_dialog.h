#pragma once
// Who did what, when, and what came of it: the activity log, newest first, with a filter.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gui/point_dialogs.h"
#include "gui/record_table.h"
#include "gui/screen.h"

namespace gui {

class LogDialog {
public:
    /// `desk` as FileDialog has it.
    explicit LogDialog(const Desk& desk) : export_(desk) {}

    void open();
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);
    /// The folder of the log that was exported, where somebody wants to see it: once; else "".
    [[nodiscard]] std::string take_folder_wish() { return std::exchange(folder_wish_, {}); }

private:
    enum class Stage { closed, opening, open };
    void look_up(Frame& frame, std::int64_t before);
    void follow(const Frame& frame);
    /// Which entries are asked for.
    [[nodiscard]] mail::store::ActionQuery query(const Frame& frame) const;
    void look_up_anew(Frame& frame);
    void draw_filter(Frame& frame);
    void draw_choices(Frame& frame);
    void draw_rows(const Frame& frame, float height);
    void draw_note(const Frame& frame);
    [[nodiscard]] std::string count_words(text::Language language) const;
    void draw_buttons(Frame& frame);
    void draw_export(Frame& frame);
    void filter(const Frame& frame);
    void copy_rows(const Frame& frame) const;
    void close();

    Stage stage_ = Stage::closed;
    mail::JobId job_ = 0;
    std::chrono::steady_clock::time_point asked_at_{};
    std::vector<mail::store::Action> found_;
    bool has_found_ = false;
    std::int64_t older_ = 0;     ///< as JobView::log_older
    std::size_t total_ = 0;      ///< as JobView::log_total
    std::string point_;          ///< id; "": all
    int kind_ = 0, period_ = 0;  ///< as chosen; 0: all
    std::optional<mail::Error> error_;
    RecordTable table_;
    std::string words_;
    std::vector<std::size_t> shown_;  ///< places in `found_`
    bool filter_anew_ = false;
    bool starts_anew_ = false;  ///< what is being read takes the place of `found_`
    text::Language filtered_in_ = text::Language::pl;
    FileDialog export_;
    std::string exported_;  ///< where the log went, to be said; "": nothing to say
    std::string folder_wish_;
};

}  // namespace gui
