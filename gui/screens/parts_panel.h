#pragma once
// What is in the selected message: its parts with type, size, verdict and reason. Shows nothing of
// the message before: stale content is blanked.

#include "gui/screen.h"
#include "gui/screens/mail_grid.h"

namespace gui {

class PartsPanel {
public:
    /// Fills the current window. `open_path` opens a saved file; `kept`: why the message that is
    /// looked at stayed when it was to be removed, or null. Whether there are parts.
    bool draw(Frame& frame, const mail::PointView& point, const MailGrid& grid,
              const std::function<void(const std::string&)>& open_path, const mail::Error* kept);
    /// The first part gets the keyboard's focus in the next frame.
    void take_focus() { focus_next_ = true; }

private:
    bool draw_message(Frame& frame, const mail::MessageRow& message,
                      const mail::MessageState& state);
    void draw_removal(const Frame& frame, const mail::MessageRow& message,
                      const mail::MessageState& state) const;
    void draw_part(Frame& frame, const mail::PartView& part, const mail::MessageState& state);

    const std::function<void(const std::string&)>* open_path_ = nullptr;
    const mail::Error* kept_ = nullptr;   ///< in this frame
    bool can_leave_ = false;              ///< the point removes from the mailbox
    std::span<const std::string> words_;  ///< of the filter, in this frame
    bool focus_next_ = false;
};

}  // namespace gui
