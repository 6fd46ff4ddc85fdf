#include "tests/gui/letters.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "mail/base/utf8.h"

namespace gui::test {
namespace {

struct Letter {
    char32_t character = 0;
    ImRect box;
    bool cut = false;
};

/// All letters that were ever drawn, by their place in the texture.
std::vector<const ImFontGlyph*> glyphs_there_are() {
    std::vector<const ImFontGlyph*> all;
    auto& pool = ImGui::GetIO().Fonts->Builder->BakedPool;
    for (int i = 0; i < pool.Size; ++i)
        for (const ImFontGlyph& glyph : pool[i].Glyphs)
            if (glyph.Visible != 0 && !pool[i].WantDestroy)
                all.push_back(&glyph);
    return all;
}

/// Two triangles that show a part of the texture, or nothing.
std::optional<Letter> letter_of(const ImDrawList& list, const ImDrawCmd& command, unsigned at,
                                const std::vector<const ImFontGlyph*>& glyphs) {
    if (at + 6 > command.ElemCount)
        return std::nullopt;
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset + at;
    const ImDrawIdx first = index[0];
    if (index[1] != first + 1 || index[2] != first + 2 || index[3] != first ||
        index[4] != first + 2 || index[5] != first + 3)
        return std::nullopt;
    const ImDrawVert& a = list.VtxBuffer[static_cast<int>(command.VtxOffset + first)];
    const ImDrawVert& b = list.VtxBuffer[static_cast<int>(command.VtxOffset + first + 2)];
    constexpr float near = 1e-5F;
    if (b.uv.x - a.uv.x < near || b.uv.y - a.uv.y < near)
        return std::nullopt;
    for (const ImFontGlyph* glyph : glyphs)
        if (a.uv.x > glyph->U0 - near && a.uv.y > glyph->V0 - near && b.uv.x < glyph->U1 + near &&
            b.uv.y < glyph->V1 + near) {
            const bool whole = a.uv.x < glyph->U0 + near && a.uv.y < glyph->V0 + near &&
                               b.uv.x > glyph->U1 - near && b.uv.y > glyph->V1 - near;
            return Letter{glyph->Codepoint, {a.pos, b.pos}, !whole};
        }
    return std::nullopt;
}

bool goes_on(const ImRect& before, const ImRect& next) {
    const float height = std::max(before.GetHeight(), next.GetHeight());
    return next.Min.x >= before.Min.x && next.Min.x - before.Max.x < height &&
           next.Min.y < before.Max.y + height / 2 && next.Max.y > before.Min.y - height / 2;
}

void add(Line& line, const Letter& letter, const ImRect& clip) {
    constexpr float hair = 1.5F;
    const ImRect& box = letter.box;
    // Lines that are half scrolled out of sight are cut by the window.
    const bool scrolled = box.Max.y > clip.Max.y - hair || box.Min.y < clip.Min.y + hair;
    line.cut = line.cut || (letter.cut && !scrolled) || box.Min.x < clip.Min.x - hair ||
               box.Max.x > clip.Max.x + hair;
    mail::utf8::append(line.words, letter.character);
    ImRect seen = box;
    seen.ClipWithFull(clip);
    if (seen.GetWidth() > 0 && seen.GetHeight() > 0) {
        if (line.seen.GetWidth() > 0)
            line.seen.Add(seen);
        else
            line.seen = seen;
    }
}

/// Cut on purpose: what is scrolled to the side, and what ends with "…" (a tooltip has the rest).
bool may_be_cut(const Line& line) {
    const ImGuiWindow* window = ImGui::FindWindowByName(line.list.c_str());
    return line.words.ends_with("\u2026") || (window != nullptr && window->ScrollbarX);
}

}  // namespace

std::vector<Line> lines_of_frame() {
    const std::vector<const ImFontGlyph*> glyphs = glyphs_there_are();
    std::vector<Line> lines;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
        for (const ImDrawCmd& command : list->CmdBuffer) {
            const ImRect clip(command.ClipRect);
            std::optional<ImRect> before;
            for (unsigned at = 0; at < command.ElemCount;) {
                const std::optional<Letter> letter = letter_of(*list, command, at, glyphs);
                at += letter ? 6 : 3;
                if (!letter)
                    continue;
                if (!before || !goes_on(*before, letter->box))
                    lines.push_back({{}, list->_OwnerName == nullptr ? "" : list->_OwnerName, {}});
                add(lines.back(), *letter, clip);
                before = letter->box;
            }
        }
    std::erase_if(lines, [](const Line& line) { return line.seen.GetWidth() <= 0; });
    return lines;
}

std::vector<std::string> spoilt(const std::vector<Line>& lines) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].cut && !may_be_cut(lines[i]))
            all.push_back("cut: '" + lines[i].words + "' in " + lines[i].list);
        for (std::size_t k = i + 1; k < lines.size(); ++k) {
            ImRect both = lines[i].seen;
            both.ClipWithFull(lines[k].seen);
            if (lines[i].list == lines[k].list && lines[i].seen.Overlaps(lines[k].seen) &&
                both.GetWidth() > 2.F && both.GetHeight() > 4.F)
                all.push_back("'" + lines[i].words + "' lies on '" + lines[k].words + "' in " +
                              lines[i].list);
        }
    }
    return all;
}

}  // namespace gui::test
