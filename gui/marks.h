#pragma once
// Shapes and colours for what the mail side tells: a status is a shape, a word and a colour, never
// a colour alone.

#include <string_view>

#include "gui/theme.h"
#include "mail/snapshot.h"

namespace gui {

struct Mark {
    const char* icon;
    Colour colour;       ///< of the shape
    Colour word_colour;  ///< of the word beside it
};
[[nodiscard]] Mark mark_of(mail::Status status);
[[nodiscard]] Mark mark_of(mail::Verdict verdict);
/// Of a file of an OCR point.
[[nodiscard]] Mark mark_of(const mail::OcrView::File& file);
/// Of a point; `signin` and `down` have a shape that shows on its icon, too.
[[nodiscard]] Mark mark_of(mail::PointHealth health);
/// By content type, "application/pdf".
[[nodiscard]] const char* icon_of_type(std::string_view type);

}  // namespace gui
