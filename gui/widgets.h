#pragma once
// Our few widgets on top of Dear ImGui, as the window's looks want them: labels left of fields, a
// line of help or fault under them, one primary button, an ellipsis where text is cut. They hold no
// words; labels follow ImGui's rule, "Text###identity". Lengths are logical pixels.

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include <imgui.h>

#include "gui/theme.h"

namespace gui {

enum class Emphasis { primary, outlined, flat };

struct ButtonLook {
    Emphasis emphasis = Emphasis::outlined;
    const char* icon = nullptr;  ///< of icons.h, left of the label
    float width = 0.F;           ///< 0: as wide as its label
    float height = 32.F;
    bool chevron = false;    ///< it opens a menu
    bool looks_off = false;  ///< in its colours only: it is a stop for Tab, and can be pressed
};
/// Pressed? With an `off_reason` it is off, and says why in its tooltip.
bool button(const char* label, const ButtonLook& look = {}, std::string_view off_reason = {});
/// A square one with an icon only; `name` is its tooltip, and its identity. With an `off_reason` it
/// is off, and says that, too.
bool icon_button(const char* name, const char* icon, float side = 32.F,
                 std::string_view off_reason = {});
/// How wide button() will be, in physical pixels.
[[nodiscard]] float button_width(const char* label, const ButtonLook& look = {});
/// Accent-coloured words that act like a button.
bool link(const char* label, const char* icon = nullptr);
[[nodiscard]] float link_width(std::string_view words, const char* icon = nullptr);

/// The tooltip of the item before; wraps, and shows on disabled items too. Empty: none.
void tooltip(std::string_view text);

/// One line; what doesn't fit is cut with "…" and is the tooltip. Returns the width drawn.
float ellipsis_text(std::string_view text, float max_width_px, Colour colour);
/// The same at a place of its own, without an item.
void draw_ellipsis(ImDrawList& list, ImVec2 at, float max_width_px, Colour colour,
                   std::string_view text);
void coloured_text(std::string_view text, Colour colour);
void wrapped_text(std::string_view text, Colour colour);
/// An icon of `size`, its middle at `centre`.
void draw_icon(ImDrawList& list, ImVec2 centre, const char* icon, float size, Colour colour);
/// An icon as an item, in the middle of a line of text.
void icon_text(const char* icon, float size, Colour colour);
/// A small title over a group, with room above.
void section_title(std::string_view text);
[[nodiscard]] float badge_width(std::string_view text);
/// A rounded box with a number or word in it, its right middle at `right`. Returns its width.
float draw_badge(ImDrawList& list, ImVec2 right, std::string_view text, Colour fill, Colour ink);

// Forms. field_label() draws the label column and leaves the cursor where the control goes; the
// control comes next, then at most one field_note().

inline constexpr float label_column = 224.F, field_width = 320.F;

enum class NoteKind { none, help, info, ok, warning, error };
struct Note {
    NoteKind kind = NoteKind::none;
    std::string text;
    std::string action;  ///< label of a button at its end that mends it, or ""
};
/// Physical pixels from the left edge of a form to its controls: the label column, or 0 where the
/// window is too narrow for both. Labels stand above their controls then.
[[nodiscard]] float label_room();
void field_label(std::string_view label);
/// The next item goes on the same line where `width_px` is left there, else below the last one.
void same_line_if_it_fits(float width_px, float gap);
/// Under the control; true when its action is pressed. `none` draws nothing.
bool field_note(const Note& note);
/// The same at the left edge, where there is no column of labels.
void note_line(NoteKind kind, std::string_view words);
/// The colour and the icon of a kind: a shape each, never colour alone.
[[nodiscard]] Colour colour_of(NoteKind kind);
[[nodiscard]] const char* icon_of(NoteKind kind);

struct FieldLook {
    float width = field_width;
    bool faulty = false;         ///< edge in the colour of errors
    const char* hint = nullptr;  ///< shown while it is empty
    const char* icon = nullptr;  ///< inside, at the left
    ImGuiInputTextFlags flags = 0;
    bool goes_on = false;  ///< Enter does not leave it: what it asks for may be refused
};
struct FieldEvents {
    bool changed = false;
    bool confirmed = false;  ///< Enter
    bool left = false;       ///< focus went away after a change
    bool active = false;     ///< it is being typed in
};
/// `id`: not shown ("##server").
FieldEvents text_field(const char* id, std::string& text, const FieldLook& look = {});

/// True when another one is chosen.
bool combo(const char* id, std::span<const std::string_view> names, int& chosen,
           const FieldLook& look = {});
/// A box and its label, wrapped where it must; true when it changed. With `off_reason` it is off.
bool check_box(const char* label, bool& on, std::string_view off_reason = {});

/// Masked, with a check box that shows it. It hides again by itself: when the window loses the
/// focus, and 60 s after it was shown.
struct PasswordField {
    std::string text;  ///< wiped by forget()
    bool shown = false;
    std::chrono::steady_clock::time_point shown_since{};

    void forget();  ///< overwrites and empties it, also what Dear ImGui holds of it
};
FieldEvents password_field(const char* id, PasswordField& field, const char* show_label,
                           const FieldLook& look = {});

/// A filter: label and number; true when pressed.
bool chip(const char* label, std::string_view count, bool chosen);
[[nodiscard]] float chip_width(const char* label, std::string_view count);
/// `share` of 0…1 in the accent; the cursor goes below.
void progress_bar(float share, float width_px, float height = 6.F);
void draw_progress(ImDrawList& list, ImVec2 min, ImVec2 max, float share);
/// A line over the whole width, tinted by its kind: icon and words; then the caller's buttons on
/// the same line, and end_strip(). `height`: logical.
void begin_strip(const char* id, NoteKind kind, float height);
void end_strip();

/// Gives the keyboard's focus to the next item, wherever it was before.
void focus_next_item();
/// Before Dear ImGui is asked to move the focus: it drops the wish if what has it now is drawn
/// later in the frame.
void forget_focus();
/// Ring of 2 px around the item before, while it has the keyboard's focus.
void focus_ring(float rounding = 5.F);

}  // namespace gui
