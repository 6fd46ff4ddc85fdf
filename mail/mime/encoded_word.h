#pragma once
// Encoded words (RFC 2047), also where they must not stand: in quotes, glued to other text, with
// blanks inside, cut off, with a character split over two of them. Pure.

#include <string>
#include <string_view>

#include "mail/mime/charset.h"

namespace mail::mime {

struct DecodedWords {
    std::string text;                    ///< valid UTF-8
    bool had_words = false;              ///< there was at least one
    bool cut = false;                    ///< the last one has no end
    Reading reading = Reading::as_said;  ///< guessed: raw octets, or a charset that does not fit
};

/// `raw` is unfolded. White space between two words goes, all other text stays.
[[nodiscard]] DecodedWords decode_words(std::string_view raw);

}  // namespace mail::mime
