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
    /// Path of the part that has or had the focus last, in the message that is looked at; "": none.
    [[nodiscard]] const std::string& chosen() const { return chosen_; }
    /// Its name; "" for none.
    [[nodiscard]] const std::string& chosen_name() const { return chosen_name_; }
    /// The first part gets the keyboard's focus in the next frame.
    void take_focus() { focus_next_ = true; }

private:
    bool draw_message(Frame& frame, const mail::MessageRow& message,
                      const mail::MessageState& state);
    void draw_removal(const Frame& frame, const mail::MessageRow& message,
                      const mail::MessageState& state) const;
    void draw_part(Frame& frame, const mail::PartView& part, const mail::MessageRow& message,
                   const mail::MessageState& state);
    void draw_ocr_link(Frame& frame, const mail::PartView& part, const mail::OcrView::File& file);

    const std::function<void(const std::string&)>* open_path_ = nullptr;
    const mail::PointView* point_ = nullptr;  ///< in this frame, as the next
    const mail::Error* kept_ = nullptr;       ///< in this frame
    const mail::PointView* ocr_ = nullptr;    ///< OCR point that the files go to; null: none
    bool can_leave_ = false;                  ///< the point removes from the mailbox
    std::span<const std::string> words_;      ///< of the filter, in this frame
    bool focus_next_ = false;
    bool reveal_ = false;    ///< the first part that waits for somebody is to be in sight
    std::uint32_t uid_ = 0;  ///< whose part is chosen
    std::string chosen_, chosen_name_;
};

}  // namespace gui
