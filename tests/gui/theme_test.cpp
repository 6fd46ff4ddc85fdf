#include "gui/theme.h"

#include <array>

#include <gtest/gtest.h>

namespace gui {
namespace {

constexpr std::array<Theme, 3> themes{Theme::light, Theme::dark, Theme::contrast};

TEST(Theme, contrast_is_that_of_wcag) {
    EXPECT_NEAR(contrast_ratio(0xFFFFFFFF, 0xFF000000), 21.0, 0.01);
    EXPECT_NEAR(contrast_ratio(0xFF777777, 0xFFFFFFFF), 4.48, 0.01);
    EXPECT_NEAR(contrast_ratio(0xFF123456, 0xFF123456), 1.0, 0.001);
}

TEST(Theme, texts_can_be_read_on_all_that_they_stand_on) {
    for (const Theme theme : themes) {
        const Colours& c = colours_of(theme);
        for (const Colour back : {c.window, c.surface, c.sidebar, c.sunken, c.selection, c.hover}) {
            EXPECT_GE(contrast_ratio(c.text, back), 4.5);
            EXPECT_GE(contrast_ratio(c.muted, back), 4.5);
        }
        for (const Colour ink : {c.accent, c.ok, c.warn, c.err, c.info})
            for (const Colour back : {c.surface, c.selection, c.sidebar})
                EXPECT_GE(contrast_ratio(ink, back), 4.5);
        EXPECT_GE(contrast_ratio(c.on_accent, c.accent), 4.5);
        EXPECT_GE(contrast_ratio(c.on_header, c.header), 4.5);
    }
}

TEST(Theme, kinds_of_notes_can_be_read_on_their_tints) {
    for (const Theme theme : themes) {
        const Colours& c = colours_of(theme);
        EXPECT_GE(contrast_ratio(c.ok, c.ok_tint), 4.5);
        EXPECT_GE(contrast_ratio(c.warn, c.warn_tint), 4.5);
        EXPECT_GE(contrast_ratio(c.err, c.err_tint), 4.5);
        EXPECT_GE(contrast_ratio(c.info, c.info_tint), 4.5);
        for (const Colour tint : {c.ok_tint, c.warn_tint, c.err_tint, c.info_tint})
            EXPECT_GE(contrast_ratio(c.text, tint), 4.5);
    }
}

TEST(Theme, edges_of_controls_can_be_seen) {
    for (const Theme theme : themes) {
        const Colours& c = colours_of(theme);
        for (const Colour back : {c.window, c.surface}) {
            EXPECT_GE(contrast_ratio(c.edge, back), 3.0);
            EXPECT_GE(contrast_ratio(c.accent, back), 3.0);  // the ring of the focus
        }
        // Where a control is off, its tooltip says why: it may be fainter, not invisible.
        EXPECT_GE(contrast_ratio(c.disabled, c.surface), 2.9);
    }
}

TEST(Theme, the_desktop_decides_unless_somebody_did) {
    EXPECT_EQ(resolved(Theme::system, Theme::dark), Theme::dark);
    EXPECT_EQ(resolved(Theme::light, Theme::dark), Theme::light);
    EXPECT_EQ(resolved(Theme::contrast, Theme::light), Theme::contrast);
}

TEST(Theme, mixing_keeps_the_ends) {
    EXPECT_EQ(mixed(0xFF000000, 0xFFFFFFFF, 0.F), 0xFF000000);
    EXPECT_EQ(mixed(0xFF000000, 0xFFFFFFFF, 1.F), 0xFFFFFFFF);
    EXPECT_EQ(mixed(0xFF000000, 0xFF0000FF, 0.5F), 0xFF000080);
}

}  // namespace
}  // namespace gui
