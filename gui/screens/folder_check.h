#pragma once
// Asks whether the target folder of a form is there and can be written to, when its field was left,
// and says what is wrong under it. A warning: a folder may be offline just now.

#include <optional>
#include <string>

#include "gui/screen.h"
#include "gui/widgets.h"

namespace gui {

/// Why a folder will not do, with the button that makes it where that can help. `made`: it was to
/// be made, and could not.
[[nodiscard]] Note note_of_folder(const mail::Error& error, bool made, text::Language language);
/// What one may not be good for though it can be used, from JobView::folder_facts.
[[nodiscard]] Note note_of_folder(const mail::Facts& facts, text::Language language);

class FolderCheck {
public:
    void left() { due_ = true; }
    /// Once a frame, with what is in the field of that point's form: asks where it is time, takes
    /// the answer, forgets one that is about another folder.
    void follow(Frame& frame, const std::string& folder, const std::string& point);
    void make(Frame& frame);  ///< what the note's button says
    void end(Frame& frame);   ///< nobody wants to know any more
    /// NoteKind::none where nothing is wrong, as far as is known.
    [[nodiscard]] Note note(text::Language language) const;

private:
    void forget(Frame& frame);

    bool due_ = true;    ///< a form that opens may name one that has gone
    std::string asked_;  ///< the folder that was asked for last
    std::string point_;
    bool made_ = false;  ///< or tried to
    mail::JobId job_ = 0;
    std::optional<mail::Error> error_;
    mail::Facts facts_;  ///< where there is no error
};

}  // namespace gui
