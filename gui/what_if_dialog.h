#pragma once
// The dry run: what a point, saved or as it is in the editor, would make of the messages that came
// last, before anything is taken.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gui/record_table.h"
#include "gui/screen.h"
#include "mail/base/secret.h"

namespace gui {

class WhatIfDialog {
public:
    /// `password`: as in mail::WhatIf.
    void open(mail::point::Point point, std::optional<mail::Secret> password);
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);

private:
    enum class Stage { closed, opening, open };
    using Forecast = mail::work::Forecast;
    /// A line of the table: a file of a message, or the message itself where nothing is known of
    /// its files.
    struct Line {
        const Forecast::Message* message = nullptr;
        const Forecast::File* file = nullptr;
    };
    void ask(Frame& frame);
    void follow(const Frame& frame);
    void draw_filter(Frame& frame);
    [[nodiscard]] bool lets_through(const Line& line) const;
    void draw_rows(const Frame& frame, float height);
    void draw_row(const Frame& frame, const Line& line);
    void draw_buttons(Frame& frame);
    void copy_rows(const Frame& frame) const;
    void close(Frame& frame);

    Stage stage_ = Stage::closed;
    mail::point::Point point_;
    std::optional<mail::Secret> password_;
    mail::JobId job_ = 0;
    bool is_waiting_ = false;
    std::shared_ptr<const Forecast> found_;
    std::optional<mail::Error> error_;
    std::vector<Line> lines_;         ///< all
    std::vector<std::size_t> shown_;  ///< places in `lines_`
    int chosen_ = 0;                  ///< filter: 0 all, then by Verdict
    RecordTable table_;
};

}  // namespace gui
