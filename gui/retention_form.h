#pragma once
// For how long the workspace keeps its log and its lists, in the settings. Apart from the person's
// own settings because it is everybody's: it waits for a button, and administrators change it only.

#include <optional>
#include <string>

#include "gui/screen.h"
#include "mail/point/office.h"

namespace gui {

class RetentionForm {
public:
    /// Begins anew with what is in the workspace.
    void begin();
    void draw(Frame& frame);

private:
    [[nodiscard]] std::optional<mail::point::Retention> typed() const;
    void follow(const Frame& frame);
    void take_over(const mail::Snapshot& snapshot);
    void draw_for_others(const Frame& frame) const;
    void draw_fields(const Frame& frame);
    void draw_outcome(const Frame& frame);
    void draw_button(Frame& frame);

    std::string log_days_, list_days_;
    mail::point::Retention based_on_;
    bool begun_ = false, saved_ = false;
    mail::JobId job_ = 0;
    std::optional<mail::Error> error_;
};

}  // namespace gui
