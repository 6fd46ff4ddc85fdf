#pragma once
// Characters that the built-in font lacks: noted while they are drawn, looked for by Desk on its
// thread, and their fonts added between two frames. Who never sees such a character never loads
// one. Everything here belongs to the thread that draws.

#include <cstddef>
#include <string>

#include <imgui.h>

namespace gui {

class Desk;
struct FontFile;

/// Before a frame: adds what Desk has found. True if something came, and texts change.
bool add_found_fonts(Desk& desk);
/// After a frame: has Desk look for what the frame lacked, each character once.
void ask_for_missing_fonts(Desk& desk);

/// A source of a font whose octets outlive the context: Dear ImGui would copy them for each font.
/// Nothing is drawn with it before the context's first frame.
void add_source(const ImFontConfig& config, const void* octets, std::size_t size);
/// Ends the list of sources of the font that was added last: what comes to it, the font lacks.
void watch_what_is_missing();
/// Forgets what was noted and found: for a new context.
void forget_fallback_fonts();
/// What was noted since the last call.
[[nodiscard]] std::u32string take_missing();
/// Whether the current font has it; where it has not, it is looked for from now on.
[[nodiscard]] bool has_or_asks(char32_t character);
/// To all fonts of the context. False for a file that can't be drawn with, or if there are too
/// many.
bool add_fallback_font(FontFile file);

}  // namespace gui
