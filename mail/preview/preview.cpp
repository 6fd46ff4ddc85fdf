#include "mail/preview/preview.h"

#include <algorithm>
#include <utility>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/mime/html_text.h"
#include "mail/mime/sniff.h"
#include "mail/preview/plain_text.h"

namespace mail::preview {

namespace {

bool is_encrypted(const Content& content) {
    // Opaque S/MIME that could be opened never gets here as a part.
    for (const std::string_view type :
         {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
        if (content.type == type)
            return true;
    return trimmed(content.raw.substr(0, 1024)).starts_with("-----BEGIN PGP MESSAGE-----");
}

/// UTF-16 and its kin have octets that look like no text.
bool has_wide_letters(const Content& content) {
    const std::string charset = mime::canonical_charset(content.charset);
    return content.type.starts_with("text/") &&
           (charset.starts_with("utf-16") || charset.starts_with("utf-32") ||
            charset.starts_with("ucs-"));
}

bool looks_like_text(std::string_view raw) {
    return std::ranges::all_of(raw.substr(0, mime::sniff_octets), [](char octet) {
        const auto value = static_cast<unsigned char>(octet);
        constexpr char escape = 0x1B;  // ISO-2022-JP
        return value >= 0x20 || is_space(octet) || octet == '\f' || octet == escape;
    });
}

/// What the page itself says, where the mail is silent.
std::string_view charset_in(std::string_view html) {
    constexpr std::size_t where_browsers_look = 1024;
    const std::string_view begin = html.substr(0, where_browsers_look);
    const std::size_t at = begin.find("charset=");
    if (at == std::string_view::npos)
        return {};
    std::string_view rest = begin.substr(at + std::string_view("charset=").size());
    while (!rest.empty() && (rest.front() == '"' || rest.front() == '\''))
        rest.remove_prefix(1);
    return rest.substr(0, rest.find_first_of("\"' ;/>"));
}

/// Nothing that anybody could read: blanks, also those of HTML.
bool is_blank(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t letter = utf8::next(utf8, at);
        const bool is_blank = letter <= 0x20 || letter == 0xA0 || letter == 0xAD ||
                              (letter >= 0x2000 && letter <= 0x200F) || letter == 0x202F ||
                              letter == 0x3000 || letter == 0xFEFF;
        if (!is_blank)
            return false;
    }
    return true;
}

Preview text_of(const Content& content, const Limits& limits, bool is_html) {
    const std::string_view raw = content.raw.substr(0, limits.raw_text_octets);
    std::string_view charset = content.charset;
    if (is_html && charset.empty())
        charset = charset_in(raw);
    auto [utf8, reading] = mime::to_utf8(raw, charset);
    Text text;
    text.reading = reading;
    if (is_html) {
        auto read = mime::html_to_text(utf8, limits.text_octets);
        text.text = std::move(read.text);
        text.cut = read.cut;
    } else {
        auto read = plain_text(utf8, content.flow, limits.text_octets);
        text.text = std::move(read.text);
        text.cut = read.cut;
    }
    text.cut = text.cut || content.is_cut || raw.size() < content.raw.size();
    // A part of blanks beside one that says something is common, a page of pictures only is, too.
    if (!text.cut && is_blank(text.text))
        return NoPreview::empty;
    return text;
}

Result<Preview> picture_of(std::string_view type, const Content& content, const Limits& limits,
                           const Wait& wait) {
    if (content.raw.size() > limits.octets)
        return NoPreview::too_large;
    Picture picture;
    switch (decode_picture(type, content.raw, limits.picture, wait.within(limits.time), picture)) {
    case Decoded::whole:
        return picture;
    case Decoded::damaged:
        picture.damaged = true;
        return picture;
    case Decoded::too_large:
        return NoPreview::too_large;
    case Decoded::broken:
        // Less of it than the limits want would have been less work.
        return content.is_cut ? NoPreview::too_large : NoPreview::broken;
    case Decoded::unknown:
        return NoPreview::other_type;
    case Decoded::stopped:
        break;
    }
    if (auto go_on = wait.check(Layer::mime, Reach::part); !go_on)
        return tl::unexpected(std::move(go_on.error()));
    return NoPreview::too_large;
}

}  // namespace

std::string_view name_of(NoPreview reason) {
    switch (reason) {
    case NoPreview::empty:
        return "empty";
    case NoPreview::encrypted:
        return "encrypted";
    case NoPreview::too_large:
        return "too_large";
    case NoPreview::broken:
        return "broken";
    case NoPreview::other_type:
        break;
    }
    return "other_type";
}

Result<Preview> make(const Content& content, const Limits& limits, const Wait& wait) {
    if (auto go_on = wait.check(Layer::mime, Reach::part); !go_on)
        return tl::unexpected(std::move(go_on.error()));
    if (content.raw.empty())
        return NoPreview::empty;
    if (is_encrypted(content))
        return NoPreview::encrypted;
    const std::string_view real = mime::sniff(content.raw);
    if (can_decode(real))
        return picture_of(real, content, limits, wait);
    const bool is_readable = looks_like_text(content.raw) || has_wide_letters(content);
    if (real == "text/html" || (real.empty() && is_readable && content.type == "text/html"))
        return text_of(content, limits, true);
    const bool is_text = real.empty() || real == "application/xml" || real == "message/rfc822";
    if (is_text && is_readable)
        return text_of(content, limits, false);
    return real.empty() && can_decode(content.type) ? NoPreview::broken : NoPreview::other_type;
}

}  // namespace mail::preview
