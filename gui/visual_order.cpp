#include "gui/visual_order.h"

#include <algorithm>
#include <memory>

#include <putty.h>

#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr std::size_t most_letters = 4096;
// The first octet of what may be Hebrew or anything that follows it.
constexpr unsigned char first_octet = 0xD6;

/// Vowel marks of Arabic stand over a letter, and part no two of them.
bool is_arabic_mark(char32_t c) {
    return (c >= 0x064B && c <= 0x065F) || c == 0x0670;
}

struct FreeContext {
    void operator()(BidiContext* context) const { bidi_free_context(context); }
};

/// Into the forms that stand beside each other, of letters that are in visual order.
void join(std::vector<bidi_char>& letters) {
    std::vector<std::size_t> places;
    std::vector<bidi_char> base;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (is_arabic_mark(letters[i].wc))
            continue;
        places.push_back(i);
        base.push_back(letters[i]);
    }
    std::vector<bidi_char> joined(base.size());
    do_shape(base.data(), joined.data(), static_cast<int>(base.size()));
    for (std::size_t i = 0; i < joined.size(); ++i) {
        // Its way to say that the letter has become part of the next one.
        const bool swallowed = joined[i].wc == ' ' && base[i].wc != ' ';
        letters[places[i]].wc = swallowed ? 0 : joined[i].wc;
    }
}

}  // namespace

bool runs_right_to_left(std::string_view text) {
    const std::size_t end = std::min(text.size(), most_letters);
    for (std::size_t at = 0; at < end;) {
        if (static_cast<unsigned char>(text[at]) < first_octet) {
            ++at;
            continue;
        }
        if (is_rtl(static_cast<int>(mail::utf8::next(text, at))))
            return true;
    }
    return false;
}

std::vector<VisualLetter> in_visual_order(std::string_view text) {
    std::vector<bidi_char> letters;
    std::vector<VisualLetter> all;
    for (std::size_t at = 0; at < text.size() && all.size() < most_letters;) {
        const std::size_t from = at;
        const char32_t letter = mail::utf8::next(text, at);
        letters.push_back({letter, letter, static_cast<unsigned short>(all.size()), 1});
        all.push_back({letter, letter, from});
    }
    const std::unique_ptr<BidiContext, FreeContext> context(bidi_new_context());
    do_bidi(context.get(), letters.data(), letters.size());
    // Brackets are turned already.
    std::vector<VisualLetter> ordered;
    ordered.reserve(all.size());
    for (const bidi_char& letter : letters)
        ordered.push_back({0, letter.wc, all[letter.index].from});
    join(letters);
    for (std::size_t i = 0; i < letters.size(); ++i)
        ordered[i].shown = letters[i].wc;
    return ordered;
}

}  // namespace gui
