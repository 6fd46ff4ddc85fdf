// Asks fontconfig, which knows what the user prefers. Loaded at run time: the program needs no such
// library, and without it shows boxes.

#include <array>
#include <memory>
#include <type_traits>

#include "gui/desktop.h"
#include "gui/font_search.h"
#include "mail/base/shared_library_unix.h"

namespace gui::desktop {
namespace {

// As in fontconfig's public header: its binary interface, stable since 2.0.
struct FcConfig;
struct FcPattern;
struct FcCharSet;
struct FcFontSet {
    int count, room;
    FcPattern** fonts;
};
constexpr int match_pattern = 0, matched = 0;

struct Fontconfig {
    FcConfig* (*load)();
    void (*config_destroy)(FcConfig*);
    FcPattern* (*pattern_create)();
    void (*pattern_destroy)(FcPattern*);
    int (*add_string)(FcPattern*, const char* object, const unsigned char* value);
    int (*substitute)(FcConfig*, FcPattern*, int kind);
    void (*default_substitute)(FcPattern*);
    FcFontSet* (*sort)(FcConfig*, FcPattern*, int trim, FcCharSet**, int* result);
    void (*set_destroy)(FcFontSet*);
    int (*get_string)(const FcPattern*, const char* object, int n, unsigned char** value);
    int (*get_integer)(const FcPattern*, const char* object, int n, int* value);
    int (*get_bool)(const FcPattern*, const char* object, int n, int* value);
    int (*get_charset)(const FcPattern*, const char* object, int n, FcCharSet** value);
    int (*has_char)(const FcCharSet*, unsigned character);

    // Never closed: the desktop's libraries in the process may use it, too.
    [[nodiscard]] bool all_from(void* library) {
        return mail::find_function(library, "FcInitLoadConfigAndFonts", load) &&
               mail::find_function(library, "FcConfigDestroy", config_destroy) &&
               mail::find_function(library, "FcPatternCreate", pattern_create) &&
               mail::find_function(library, "FcPatternDestroy", pattern_destroy) &&
               mail::find_function(library, "FcPatternAddString", add_string) &&
               mail::find_function(library, "FcConfigSubstitute", substitute) &&
               mail::find_function(library, "FcDefaultSubstitute", default_substitute) &&
               mail::find_function(library, "FcFontSort", sort) &&
               mail::find_function(library, "FcFontSetDestroy", set_destroy) &&
               mail::find_function(library, "FcPatternGetString", get_string) &&
               mail::find_function(library, "FcPatternGetInteger", get_integer) &&
               mail::find_function(library, "FcPatternGetBool", get_bool) &&
               mail::find_function(library, "FcPatternGetCharSet", get_charset) &&
               mail::find_function(library, "FcCharSetHasChar", has_char);
    }
};

template <class Object>
using Owned = std::unique_ptr<Object, void (*)(Object*)>;

bool is(const Fontconfig& fc, const FcPattern* font, const char* object) {
    int value = 0;
    return fc.get_bool(font, object, 0, &value) == matched && value != 0;
}

/// Takes out of `characters` what the font has; whether that was any.
bool takes_any(const Fontconfig& fc, const FcPattern* font, std::u32string& characters) {
    FcCharSet* has = nullptr;
    if (fc.get_charset(font, "charset", 0, &has) != matched)
        return false;
    return std::erase_if(characters,
                         [&](char32_t character) { return fc.has_char(has, character) != 0; }) > 0;
}

FontPlace place_of(const Fontconfig& fc, const FcPattern* font) {
    unsigned char* path = nullptr;
    int index = 0;
    if (fc.get_string(font, "file", 0, &path) != matched)
        return {};
    fc.get_integer(font, "index", 0, &index);
    // Above the lower 16 bits there is the number of a variation.
    return {reinterpret_cast<const char*>(path), static_cast<unsigned>(index) & 0xFFFFU};
}

std::vector<FontFile> read_best(const Fontconfig& fc, const FcFontSet& sorted,
                                std::u32string characters) {
    std::vector<FontFile> found;
    for (int i = 0; i < sorted.count && !characters.empty(); ++i) {
        const FcPattern* font = sorted.fonts[i];
        std::u32string left = characters;
        // Pictures in colours are not drawn here.
        if (!is(fc, font, "outline") || is(fc, font, "color") || !takes_any(fc, font, left))
            continue;
        if (std::optional<FontFile> file = read_font(place_of(fc, font))) {
            found.push_back(std::move(*file));
            characters = std::move(left);
        }
    }
    return found;
}

}  // namespace

std::vector<FontFile> fonts_for(const std::u32string& characters) {
    Fontconfig fc{};
    if (!fc.all_from(dlopen("libfontconfig.so.1", RTLD_NOW | RTLD_LOCAL)))
        return {};
    const Owned<FcConfig> config(fc.load(), fc.config_destroy);
    const Owned<FcPattern> wanted(fc.pattern_create(), fc.pattern_destroy);
    if (!config || !wanted)
        return {};
    fc.add_string(wanted.get(), "family", reinterpret_cast<const unsigned char*>("sans-serif"));
    fc.substitute(config.get(), wanted.get(), match_pattern);
    fc.default_substitute(wanted.get());
    int result = 0;
    const Owned<FcFontSet> sorted(fc.sort(config.get(), wanted.get(), 0, nullptr, &result),
                                  fc.set_destroy);
    return sorted ? read_best(fc, *sorted, characters) : std::vector<FontFile>();
}

}  // namespace gui::desktop
