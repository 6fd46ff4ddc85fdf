#include "gui/theme.h"

#include <array>
#include <cmath>
#include <cstddef>

#include <imgui.h>

#include "gui/fallback_fonts.h"
#include "gui/masked_font.h"

namespace mailpoint_embedded {
extern const unsigned char inter_regular[], inter_medium[], inter_semibold[], material_icons[];
extern const std::size_t inter_regular_size, inter_medium_size, inter_semibold_size,
    material_icons_size;
}  // namespace mailpoint_embedded

namespace gui {
namespace {

constexpr Colour rgb(std::uint32_t hex) {
    return 0xFF000000U | (hex & 0xFFU) << 16U | (hex & 0xFF00U) | (hex >> 16U & 0xFFU);
}

constexpr Colours light{
    .window = rgb(0xF3F5F8),
    .surface = rgb(0xFFFFFF),
    .sidebar = rgb(0xEAEEF3),
    .sunken = rgb(0xF8FAFC),
    .line = rgb(0xD2D9E2),
    .edge = rgb(0x7A8799),
    .text = rgb(0x1A2330),
    .muted = rgb(0x54616F),
    .disabled = rgb(0x8A95A5),
    .accent = rgb(0x1B5FAF),
    .on_accent = rgb(0xFFFFFF),
    .header = rgb(0x1C5A9E),
    .on_header = rgb(0xFFFFFF),
    .ok = rgb(0x17703A),
    .warn = rgb(0x865400),
    .err = rgb(0xB3261E),
    .info = rgb(0x1B5FAF),
    .ok_tint = rgb(0xE3F4E8),
    .warn_tint = rgb(0xFCF1DA),
    .err_tint = rgb(0xFBE6E4),
    .info_tint = rgb(0xE4EEFA),
    .selection = rgb(0xD6E6F8),
    .hover = rgb(0xEAF1F9),
    .edge_width = 1.F,
};

constexpr Colours dark{
    .window = rgb(0x15181D),
    .surface = rgb(0x1C2026),
    .sidebar = rgb(0x181B21),
    .sunken = rgb(0x15181D),
    .line = rgb(0x343B45),
    .edge = rgb(0x6E7A8A),
    .text = rgb(0xE4E8EE),
    .muted = rgb(0xA3AFBE),
    .disabled = rgb(0x6B7684),
    .accent = rgb(0x6FAEF5),
    .on_accent = rgb(0x0A1B2E),
    .header = rgb(0x1F4E86),
    .on_header = rgb(0xFFFFFF),
    .ok = rgb(0x66CC8A),
    .warn = rgb(0xE6B455),
    .err = rgb(0xFF8F86),
    .info = rgb(0x6FAEF5),
    .ok_tint = rgb(0x1B3325),
    .warn_tint = rgb(0x3A2F17),
    .err_tint = rgb(0x402220),
    .info_tint = rgb(0x1B3049),
    .selection = rgb(0x1D3B5D),
    .hover = rgb(0x262D36),
    .edge_width = 1.F,
};

constexpr Colours contrast{
    .window = rgb(0x000000),
    .surface = rgb(0x000000),
    .sidebar = rgb(0x000000),
    .sunken = rgb(0x000000),
    .line = rgb(0xFFFFFF),
    .edge = rgb(0xFFFFFF),
    .text = rgb(0xFFFFFF),
    .muted = rgb(0xFFFFFF),
    .disabled = rgb(0xB8B8B8),
    .accent = rgb(0xFFD800),
    .on_accent = rgb(0x000000),
    .header = rgb(0x003D99),
    .on_header = rgb(0xFFFFFF),
    .ok = rgb(0x6CFF8E),
    .warn = rgb(0xFFD800),
    .err = rgb(0xFF9C9C),
    .info = rgb(0x7FD4FF),
    .ok_tint = rgb(0x000000),
    .warn_tint = rgb(0x000000),
    .err_tint = rgb(0x000000),
    .info_tint = rgb(0x000000),
    .selection = rgb(0x003D99),
    .hover = rgb(0x1F1F1F),
    .edge_width = 2.F,
};

const Colours* current = &light;

constexpr int masked_font = 3;  ///< after those of Weight

double linear(Colour colour, unsigned shift) {
    const double c = static_cast<double>(colour >> shift & 0xFFU) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour, 0) + 0.7152 * linear(colour, 8) + 0.0722 * linear(colour, 16);
}

void add_font(const unsigned char* data, std::size_t size) {
    ImFontConfig text;
    text.SizePixels = 16.F;
    text.OversampleH = 2;
    // The font has signs of its own where the icons are to go.
    static constexpr std::array<ImWchar, 3> private_use{0xE000, 0xF8FF, 0};
    text.GlyphExcludeRanges = private_use.data();
    add_source(text, data, size);
    // What no font has is a box: a question mark would be taken for one of the text.
    constexpr ImWchar box = 0x25A1;
    ImGui::GetIO().Fonts->Fonts.back()->FallbackChar = box;
    ImFontConfig icons;
    icons.SizePixels = 16.F;
    icons.MergeMode = true;
    // Icons stand on the base line with their whole em; this puts their middle on that of capitals.
    icons.GlyphOffset.y = 3.2F;
    add_source(icons, mailpoint_embedded::material_icons, mailpoint_embedded::material_icons_size);
    watch_what_is_missing();
}

void set_sizes(ImGuiStyle& style) {
    style.WindowPadding = {12, 12};
    style.FramePadding = {10, 6};
    style.ItemSpacing = {8, 8};
    style.ItemInnerSpacing = {6, 4};
    style.CellPadding = {8, 7};
    style.IndentSpacing = 20;
    style.ScrollbarSize = 12;
    style.GrabMinSize = 24;
    style.WindowRounding = 8;
    style.ChildRounding = 6;
    style.PopupRounding = 6;
    style.FrameRounding = 5;
    style.GrabRounding = 5;
    style.ScrollbarRounding = 6;
    style.TabRounding = 5;
    style.WindowMenuButtonPosition = ImGuiDir_None;
    style.WindowMinSize = {16, 16};
    style.HoverDelayNormal = 0.5F;
    style.DisabledAlpha = 1.F;
    style.SelectableTextAlign = {0, 0.5F};
}

void set_lines(ImGuiStyle& style, float width) {
    style.WindowBorderSize = width;
    style.ChildBorderSize = width;
    style.PopupBorderSize = width;
    style.FrameBorderSize = width;
    style.TabBorderSize = 0;
    style.TabBarOverlineSize = 0;
}

void set_colours(ImGuiStyle& style, const Colours& c) {
    const auto set = [&style](ImGuiCol role, Colour colour) {
        style.Colors[role] = ImGui::ColorConvertU32ToFloat4(colour);
    };
    const auto set_three = [&set](ImGuiCol normal, ImGuiCol hovered, ImGuiCol active, Colour a,
                                  Colour b, Colour d) {
        set(normal, a);
        set(hovered, b);
        set(active, d);
    };
    set(ImGuiCol_Text, c.text);
    set(ImGuiCol_TextDisabled, c.muted);
    set(ImGuiCol_TextLink, c.accent);
    set(ImGuiCol_TextSelectedBg, mixed(c.surface, c.accent, 0.35F));
    set(ImGuiCol_InputTextCursor, c.text);
    set(ImGuiCol_WindowBg, c.window);
    set(ImGuiCol_ChildBg, with_alpha(c.window, 0));
    set(ImGuiCol_PopupBg, c.surface);
    set(ImGuiCol_Border, c.line);
    set(ImGuiCol_BorderShadow, 0);
    set_three(ImGuiCol_FrameBg, ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive, c.surface,
              c.surface, c.surface);
    set_three(ImGuiCol_TitleBg, ImGuiCol_TitleBgActive, ImGuiCol_TitleBgCollapsed, c.header,
              c.header, c.header);
    set(ImGuiCol_MenuBarBg, c.surface);
    set(ImGuiCol_ScrollbarBg, with_alpha(c.window, 0));
    const Colour grab = mixed(c.surface, c.edge, 0.6F);
    set_three(ImGuiCol_ScrollbarGrab, ImGuiCol_ScrollbarGrabHovered, ImGuiCol_ScrollbarGrabActive,
              grab, c.edge, c.edge);
    set(ImGuiCol_CheckMark, c.accent);
    set_three(ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive, c.surface, c.hover,
              c.selection);
    set_three(ImGuiCol_Header, ImGuiCol_HeaderHovered, ImGuiCol_HeaderActive, c.selection, c.hover,
              c.selection);
    set_three(ImGuiCol_Separator, ImGuiCol_SeparatorHovered, ImGuiCol_SeparatorActive, c.line,
              c.accent, c.accent);
    set(ImGuiCol_TableHeaderBg, c.sunken);
    set(ImGuiCol_TableBorderStrong, c.line);
    set(ImGuiCol_TableBorderLight, mixed(c.surface, c.line, 0.6F));
    set(ImGuiCol_TableRowBg, with_alpha(c.surface, 0));
    set(ImGuiCol_TableRowBgAlt, with_alpha(c.surface, 0));
    set(ImGuiCol_NavCursor, c.accent);
    set(ImGuiCol_DragDropTarget, c.accent);
    set(ImGuiCol_ModalWindowDimBg, with_alpha(rgb(0x0B1220), 107));
}

}  // namespace

const Colours& colours_of(Theme theme) {
    switch (theme) {
    case Theme::dark:
        return dark;
    case Theme::contrast:
        return contrast;
    case Theme::system:
    case Theme::light:
        break;
    }
    return light;
}

double contrast_ratio(Colour a, Colour b) {
    const double one = luminance(a) + 0.05, two = luminance(b) + 0.05;
    return one > two ? one / two : two / one;
}

Colour mixed(Colour under, Colour over, float share) {
    Colour result = 0xFF000000U;
    for (const unsigned shift : {0U, 8U, 16U}) {
        const auto a = static_cast<float>(under >> shift & 0xFFU);
        const auto b = static_cast<float>(over >> shift & 0xFFU);
        result |= static_cast<Colour>(std::lround(a + (b - a) * share)) << shift;
    }
    return result;
}

void load_fonts() {
    using namespace mailpoint_embedded;
    forget_fallback_fonts();
    // In the order of Weight: push_font() finds them by it.
    add_font(inter_regular, inter_regular_size);
    add_font(inter_medium, inter_medium_size);
    add_font(inter_semibold, inter_semibold_size);
    // Dear ImGui has an asterisk for each letter of a password, which stands above the middle.
    constexpr ImWchar asterisk = '*', bullet = 0x2022;
    add_font(inter_regular, inter_regular_size);
    ImGui::GetIO().Fonts->Fonts.back()->AddRemapChar(asterisk, bullet);
}

void push_masked_font() {
    ImGui::PushFont(ImGui::GetIO().Fonts->Fonts[masked_font], 0.F);
}

void push_font(Weight weight, float size) {
    ImGui::PushFont(ImGui::GetIO().Fonts->Fonts[static_cast<int>(weight)], size);
}

void push_font(Weight weight) {
    push_font(weight, 0.F);
}

void pop_font() {
    ImGui::PopFont();
}

void apply_theme(Theme theme, float scale) {
    current = &colours_of(theme);
    ImGuiStyle style;
    set_sizes(style);
    style.ScaleAllSizes(scale);
    set_lines(style, std::fmax(1.F, std::round(current->edge_width * scale)));
    set_colours(style, *current);
    style.FontSizeBase = 16.F;
    style.FontScaleDpi = scale;
    // The frame in which the theme changes may hold a pushed font.
    style._NextFrameFontSizeBase = 0.F;
    ImGui::GetStyle() = style;
}

const Colours& colours() {
    return *current;
}

float px(float logical) {
    return std::floor(logical * ImGui::GetStyle().FontScaleDpi + 0.5F);
}

}  // namespace gui
