#pragma once
// The strip over a list that says what is wrong, what helps, and offers that as buttons.

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "gui/text/causes.h"
#include "gui/widgets.h"

namespace gui {

/// Fills the width of the current window. Which of the buttons ("Words###identity") was pressed.
std::optional<std::size_t> draw_trouble_strip(const char* id, NoteKind kind,
                                              const text::ErrorWords& words,
                                              std::span<const std::string> buttons);

}  // namespace gui
