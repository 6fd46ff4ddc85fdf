#pragma once
// A look at one part of a mail before it is taken: its text, or its picture made small. Nothing is
// loaded from elsewhere, nothing of it is run. May take a while: never on the window's thread.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "mail/base/wait.h"
#include "mail/mime/charset.h"
#include "mail/mime/part.h"
#include "mail/preview/picture.h"

namespace mail::preview {

/// Why there is none; named in JSON as here.
enum class NoPreview : std::uint8_t {
    empty,
    encrypted,
    too_large,   ///< more octets, pixels, memory or time than the limits allow
    broken,      ///< says it is a picture, and can't be decoded
    other_type,  ///< PDF, office formats, TIFF, HEIC, archives, programs …
};
[[nodiscard]] std::string_view name_of(NoPreview reason);

struct Text {
    std::string text;  ///< UTF-8, lines end in \n, no other control characters but tabs
    mime::Reading reading = mime::Reading::as_said;
    bool cut = false;  ///< there is more
};

using Preview = std::variant<NoPreview, Text, Picture>;

struct Limits {
    std::size_t octets = 32 << 20;  ///< of a picture as it lies in the mail
    std::size_t raw_text_octets = 2 << 20;
    std::size_t text_octets = 256 << 10;
    PictureLimits picture;
    std::chrono::milliseconds time = std::chrono::seconds(10);
};

/// A part, its transfer encoding undone.
struct Content {
    std::string_view raw;
    std::string_view type;     ///< as the mail says; what the octets are decides
    std::string_view charset;  ///< of text, as the mail says
    mime::Flow flow = mime::Flow::none;
    bool is_cut = false;  ///< there is more of it
};

/// Errors: only cancelled and deadline, of `wait`; what is wrong with the part is its NoPreview.
[[nodiscard]] Result<Preview> make(const Content& content, const Limits& limits, const Wait& wait);

}  // namespace mail::preview
