#include "gui/fallback_fonts.h"

#include <algorithm>
#include <list>
#include <set>
#include <utility>
#include <vector>

#include <imgui_internal.h>

#include "gui/desk.h"
#include "gui/font_file.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

// A mail with a letter of every script there is must not fill the memory.
constexpr std::size_t most_fonts = 24, most_asked = 20000;
constexpr std::size_t most_octets = std::size_t{192} << 20U;
constexpr float reference_size = 16.F, em_share_of_inter = 0.826F;
// What imgui_draw.cpp writes where no source had a glyph, and where none was looked for yet.
constexpr ImU16 not_found = 0xFFFE, not_looked_for = 0xFFFF;

struct Octets {
    const void* data = nullptr;
    int size = 0;
};

/// Of the one context that there is at a time.
struct Fonts {
    std::vector<Octets> sources;  ///< FontLoaderFlags of a source is its index here
    std::list<FontFile> found;
    std::set<char32_t> asked;
    std::u32string missing;
};
Fonts fonts;

const ImFontLoader& plain_loader() {
    return *ImFontAtlasGetFontLoaderForStbTruetype();
}

bool start_source(ImFontAtlas* atlas, ImFontConfig* source) {
    const Octets& octets = fonts.sources.at(source->FontLoaderFlags);
    // Dear ImGui takes a pointer to mutable data, and doesn't write to what it doesn't own.
    source->FontData = const_cast<void*>(octets.data);
    source->FontDataSize = octets.size;
    source->FontDataOwnedByAtlas = false;
    return plain_loader().FontSrcInit(atlas, source);
}

const ImFontLoader* shared_loader() {
    static const ImFontLoader loader = [] {
        ImFontLoader made = plain_loader();
        made.Name = "shared";
        made.FontSrcInit = start_source;
        return made;
    }();
    return &loader;
}

/// Whether a font can be expected to have it: no control, nothing private (icons are), no half of
/// a pair.
bool is_wanted(char32_t c) {
    const bool private_use = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
    const bool never = (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFEU) == 0xFFFE ||
                       (c >= 0xFDD0 && c <= 0xFDEF) || c == 0xFFFD;
    return c >= 0xA0 && !private_use && !never;
}

/// Joiners, marks of direction, variation selectors: they change others and show nothing.
bool shows_nothing(char32_t c) {
    return mail::utf8::is_invisible(c) || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0100 && c <= 0xE01EF) || c == 0x034F;
}

void note(char32_t character) {
    if (is_wanted(character) && fonts.asked.size() < most_asked &&
        fonts.asked.insert(character).second)
        fonts.missing.push_back(character);
}

/// The last of the built-in sources: a character comes here if none of them has it.
// NOLINTNEXTLINE(readability-function-size): as Dear ImGui calls it
bool note_missing(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* /*baked*/, void* /*data*/,
                  ImWchar codepoint, ImFontGlyph* /*glyph*/, float* advance) {
    if (shows_nothing(codepoint)) {
        if (advance != nullptr)
            *advance = 0.F;
        return true;
    }
    const ImVector<ImFontConfig*>& all = source->DstFont->Sources;
    const bool found = std::any_of(all.begin(), all.end(), [&](ImFontConfig* other) {
        return other->FontLoader == shared_loader() &&
               plain_loader().FontSrcContainsGlyph(atlas, other, codepoint);
    });
    if (!found)
        note(codepoint);
    return false;
}

const ImFontLoader* watching_loader() {
    static const ImFontLoader loader = [] {
        ImFontLoader made;
        made.Name = "watch";
        made.FontBakedLoadGlyph = note_missing;
        return made;
    }();
    return &loader;
}

/// What was looked for in vain is looked for again. All glyphs that are there stay.
void look_again(ImFontAtlas& atlas) {
    for (int i = 0; i < atlas.Builder->BakedPool.Size; ++i) {
        ImFontBaked& baked = atlas.Builder->BakedPool[i];
        for (int c = 0; c < baked.IndexLookup.Size; ++c) {
            if (baked.IndexLookup[c] != not_found)
                continue;
            baked.IndexLookup[c] = not_looked_for;
            baked.IndexAdvanceX[c] = -1.F;
        }
    }
}

}  // namespace

void add_source(const ImFontConfig& config, const void* octets, std::size_t size) {
    ImFontConfig source = config;
    source.FontLoader = shared_loader();
    source.FontLoaderFlags = static_cast<unsigned>(fonts.sources.size());
    fonts.sources.push_back({octets, static_cast<int>(size)});
    ImGui::GetIO().Fonts->AddFont(&source);
}

void watch_what_is_missing() {
    ImFontConfig source;
    source.MergeMode = true;
    source.SizePixels = reference_size;
    source.FontLoader = watching_loader();
    ImGui::GetIO().Fonts->AddFont(&source);
}

void forget_fallback_fonts() {
    fonts = {};
}

std::u32string take_missing() {
    return std::exchange(fonts.missing, {});
}

bool has_or_asks(char32_t character) {
    const bool found = ImGui::GetFont()->IsGlyphInFont(character);
    if (!found)
        note(character);
    return found;
}

bool add_fallback_font(FontFile file) {
    const std::optional<float> share = em_share(file.octets, file.face);
    std::size_t total = file.octets.size();
    for (const FontFile& other : fonts.found)
        total += other.octets.size();
    if (!share || fonts.found.size() >= most_fonts || total > most_octets)
        return false;
    const FontFile& kept = fonts.found.emplace_back(std::move(file));
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontConfig source;
    source.MergeMode = true;
    source.FontNo = static_cast<ImU32>(kept.face);
    source.SizePixels = reference_size * em_share_of_inter / *share;
    source.OversampleH = 1;
    for (ImFont*& font : atlas.Fonts) {
        // This version adds to the last font whatever DstFont says.
        source.DstFont = font;
        std::swap(font, atlas.Fonts.back());
        add_source(source, kept.octets.data(), kept.octets.size());
        std::swap(font, atlas.Fonts.back());
    }
    look_again(atlas);
    return true;
}

bool add_found_fonts(Desk& desk) {
    bool added = false;
    for (FontFile& file : desk.take_fonts())
        added = add_fallback_font(std::move(file)) || added;
    return added;
}

void ask_for_missing_fonts(Desk& desk) {
    if (std::u32string missing = take_missing(); !missing.empty())
        desk.ask_fonts(std::move(missing));
}

}  // namespace gui
