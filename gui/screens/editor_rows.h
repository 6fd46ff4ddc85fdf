#pragma once
// One row of the point editor: label, control, and under it what is wrong, else a help line. Apart
// from the tabs, so that all of them say faults the same way.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gui/screen.h"
#include "gui/screens/editor_form.h"
#include "gui/text/text.h"
#include "gui/widgets.h"

namespace gui {

/// For one frame of one tab.
class EditorRows {
public:
    /// `focus`: the field that is to get the keyboard's focus; emptied when its row is drawn.
    EditorRows(Frame& frame, EditorForm& form, std::optional<mail::point::Field>& focus)
        : frame_(frame), form_(form), focus_(focus) {}

    FieldEvents text(mail::point::Field field, const text::Text& label, std::string& value,
                     FieldLook look = {}, const Note& otherwise = {});
    /// True when another one is chosen.
    bool choice(mail::point::Field field, const text::Text& label,
                std::span<const std::string_view> names, int& chosen, float width,
                const Note& otherwise = {});

    // For rows of more than one control: begin() before the first, note() after the last. The field
    // itself is drawn as id_of(field).
    [[nodiscard]] static const char* id_of(mail::point::Field field);
    void begin(mail::point::Field field, const text::Text& label);
    /// True when the button of `otherwise` was pressed.
    bool note(mail::point::Field field, const Note& otherwise = {});
    /// What happened to the control of that field.
    void happened(mail::point::Field field, const FieldEvents& events);
    /// Gives the next control the focus, if it is that field's turn.
    void take_focus(mail::point::Field field);
    [[nodiscard]] bool faulty(mail::point::Field field) const;
    void check();  ///< after any change

    [[nodiscard]] std::string_view say(const text::Text& words) const {
        return words.in(frame_.language);
    }

private:
    Frame& frame_;
    EditorForm& form_;
    std::optional<mail::point::Field>& focus_;
};

/// The names of the workspace's points but the one that is edited.
[[nodiscard]] std::vector<std::string> other_names(const mail::Snapshot& snapshot,
                                                   const std::string& own_id);

}  // namespace gui
