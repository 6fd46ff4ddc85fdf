#pragma once
// What became of messages on a day: messages, files, what was left out and why, what is still open.

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gui/point_dialogs.h"
#include "gui/record_table.h"
#include "gui/screen.h"

namespace gui {

class ReportDialog {
public:
    /// `desk` as FileDialog has it.
    explicit ReportDialog(const Desk& desk) : export_(desk) {}

    void open();
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);
    /// The folder of the report that was exported, where somebody wants to see it: once; else "".
    [[nodiscard]] std::string take_folder_wish() { return std::exchange(folder_wish_, {}); }

private:
    enum class Stage { closed, opening, open };
    enum class About : std::uint8_t { documents, files, left_out, open };
    static constexpr std::size_t about_count = 4;
    struct Line {
        std::chrono::sys_seconds when{};
        std::array<std::string, 4> cells;  ///< behind the time
        bool stands_out = false;
    };
    [[nodiscard]] mail::MakeReport question() const;
    void ask(Frame& frame);
    void follow(const Frame& frame);
    void fill_lines(const Frame& frame);
    void add_documents(const mail::DayReport& report, text::Language language);
    void add_files(const mail::DayReport& report, text::Language language);
    void add_left_out(const mail::DayReport& report, text::Language language);
    void add_open(const mail::DayReport& report, text::Language language);
    void draw_day(Frame& frame);
    void draw_chips(const Frame& frame);
    void draw_rows(const Frame& frame, float height);
    void draw_sums(const Frame& frame);
    void draw_buttons(Frame& frame);
    void draw_export(Frame& frame);
    void copy_rows(const Frame& frame) const;
    void close();

    Stage stage_ = Stage::closed;
    std::chrono::sys_days day_{}, today_{};  ///< in the computer's time zone
    std::string point_;                      ///< id; "": all
    mail::JobId job_ = 0;                    ///< 0: nothing is asked
    std::shared_ptr<const mail::DayReport> found_;
    std::optional<mail::Error> error_;
    About about_ = About::documents;
    std::vector<Line> lines_;
    bool fill_anew_ = false;
    text::Language filled_in_ = text::Language::pl;
    RecordTable table_;
    FileDialog export_;
    std::string exported_, folder_wish_;
};

}  // namespace gui
