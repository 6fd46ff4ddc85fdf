#pragma once
// Looks: the colours of the three themes, the fonts, and Dear ImGui's style made from them. Apart,
// so that no colour and no font name stands anywhere else. Everything here belongs to the thread
// that draws.

#include <cstdint>

#include "gui/settings.h"

namespace gui {

/// 0xAABBGGRR, as Dear ImGui's draw lists take it.
using Colour = std::uint32_t;

/// The roles of colours. Texts have at least 4.5:1 on what they are drawn on, edges of controls 3:1
/// (tests/gui/theme_test.cpp computes it).
struct Colours {
    Colour window, surface, sidebar, sunken, line, edge;
    Colour text, muted, disabled, accent, on_accent, header, on_header;
    Colour ok, warn, err, info;
    Colour ok_tint, warn_tint, err_tint, info_tint;
    Colour selection, hover;
    float edge_width;  ///< logical pixels: 1, and 2 where contrast is wanted
};

/// `Theme::system` gives the light one: ask resolved() first.
[[nodiscard]] const Colours& colours_of(Theme theme);
/// What `wanted` comes to on a desktop that likes `desktop`.
[[nodiscard]] constexpr Theme resolved(Theme wanted, Theme desktop) {
    return wanted == Theme::system ? desktop : wanted;
}

/// WCAG 2: from 1 (the same) to 21 (black on white). Ignores alpha.
[[nodiscard]] double contrast_ratio(Colour a, Colour b);
[[nodiscard]] constexpr Colour with_alpha(Colour colour, unsigned alpha) {
    return (colour & 0x00FFFFFFU) | (alpha << 24U);
}
/// `share` of `over` on top of `under`, both opaque.
[[nodiscard]] Colour mixed(Colour under, Colour over, float share);

enum class Weight { regular, medium, semibold };

/// Adds the fonts to the current context: once a context, before its first frame.
void load_fonts();
/// Sizes are logical and mean ascent + descent (Inter's em is 0.826 of it): 16 is body text.
void push_font(Weight weight, float size);
void push_font(Weight weight);  ///< the size stays
void pop_font();

/// Makes the whole style anew, so that it may be called as often as wanted: colours, sizes, fonts'
/// scale. `scale`: logical pixel to physical.
void apply_theme(Theme theme, float scale);
/// The colours and the scale that apply_theme() was given last.
[[nodiscard]] const Colours& colours();
/// A length in logical pixels as whole physical ones.
[[nodiscard]] float px(float logical);

}  // namespace gui
