#pragma once
// How a camera was held (Exif 2.3, tag 0x0112): phones send pictures lying on their side. Pure.
// Private to mail/preview.

#include <string_view>

#include "mail/preview/picture.h"

namespace mail::preview {

/// 1 to 8 as Exif has it; 1 where nothing is said. Of a JPEG, PNG or WebP, whole.
[[nodiscard]] int orientation_in(std::string_view type, std::string_view raw);

/// Turned and mirrored so that it stands upright.
[[nodiscard]] Picture upright(Picture picture, int orientation);

}  // namespace mail::preview
