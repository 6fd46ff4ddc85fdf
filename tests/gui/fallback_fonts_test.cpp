// Needs the fonts that third_party/packages.sh lists for the tests.
#include "gui/fallback_fonts.h"

#include <cmath>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "gui/desk.h"
#include "gui/desktop.h"
#include "gui/font_search.h"
#include "gui/theme.h"
#include "gui/widgets.h"
#include "mail/base/utf8.h"
#include "tests/gui/driver.h"

namespace gui {
namespace {

using namespace std::chrono_literals;

/// A line of text that is drawn as the window would, with the fonts that `find` gives.
class FallbackFonts : public ::testing::Test {
protected:
    void draw(const std::string& text,
              std::function<std::vector<FontFile>(const std::u32string&)> find,
              Weight weight = Weight::regular) {
        desk_.emplace(DesktopCalls{[](const std::string&) { return true; },
                                   [] { return Theme::light; },
                                   [this, find = std::move(find)](const std::u32string& wanted) {
                                       asked_from_ = std::this_thread::get_id();
                                       auto found = find(wanted);
                                       const std::lock_guard lock(mutex_);
                                       asked_.push_back(wanted);
                                       return found;
                                   }},
                      [this] {
                          const std::lock_guard lock(mutex_);
                          ++answers_;
                          answered_.notify_all();
                      });
        driver_ = std::make_unique<test::Driver>([this, text, weight] {
            ImGui::Begin("text");
            push_font(weight, 16.F);
            ImGui::TextUnformatted(text.c_str());
            for (std::size_t at = 0; at < text.size();)
                look_at(mail::utf8::next(text, at));
            pop_font();
            ImGui::End();
        });
        frame();
    }
    void frame() {
        came_ = add_found_fonts(*desk_);
        driver_->frames();
        ask_for_missing_fonts(*desk_);
    }
    void wait_for_answer() {
        std::unique_lock lock(mutex_);
        ASSERT_TRUE(answered_.wait_for(lock, 60s, [this] { return answers_ > 0; }));
    }
    /// Draws `text` until its fonts are there.
    void draw_with_system_fonts(const std::string& text, Weight weight = Weight::regular) {
        draw(text, desktop::fonts_for, weight);
        wait_for_answer();
        frame();
        EXPECT_TRUE(came_);
        frame();
    }
    void look_at(char32_t character) {
        ImFontBaked* baked = ImGui::GetFontBaked();
        const ImFontGlyph* glyph = baked->FindGlyphNoFallback(static_cast<ImWchar>(character));
        glyphs_[character] = glyph == nullptr ? ImFontGlyph() : *glyph;
        real_[character] = glyph != nullptr;
    }
    /// The picture of a glyph, as it lies in the texture.
    [[nodiscard]] std::string pixels(char32_t character) const {
        const ImFontGlyph& glyph = glyphs_.at(character);
        const ImTextureData& texture = *ImGui::GetIO().Fonts->TexData;
        const auto x0 = static_cast<int>(std::lround(glyph.U0 * static_cast<float>(texture.Width)));
        const auto x1 = static_cast<int>(std::lround(glyph.U1 * static_cast<float>(texture.Width)));
        const auto y0 =
            static_cast<int>(std::lround(glyph.V0 * static_cast<float>(texture.Height)));
        const auto y1 =
            static_cast<int>(std::lround(glyph.V1 * static_cast<float>(texture.Height)));
        std::string all;
        for (int y = y0; y < y1; ++y)
            for (int x = x0; x < x1; ++x)
                all.push_back(static_cast<char>(
                    texture.Pixels[(y * texture.Width + x) * texture.BytesPerPixel +
                                   texture.BytesPerPixel - 1]));
        return all;
    }
    void expect_real_glyphs(const std::u32string& characters) {
        std::set<std::string> seen;
        for (const char32_t c : characters) {
            EXPECT_TRUE(real_.at(c)) << static_cast<unsigned>(c);
            const std::string picture = pixels(c);
            EXPECT_GT(std::count_if(picture.begin(), picture.end(),
                                    [](char p) { return (p & 0x80) != 0; }),
                      4)
                << static_cast<unsigned>(c);
            EXPECT_TRUE(seen.insert(picture).second) << "as another: " << static_cast<unsigned>(c);
        }
    }

    std::mutex mutex_;
    std::condition_variable answered_;
    int answers_ = 0;
    std::vector<std::u32string> asked_;
    std::thread::id asked_from_;
    std::map<char32_t, ImFontGlyph> glyphs_;
    std::map<char32_t, bool> real_;
    bool came_ = false;
    std::unique_ptr<test::Driver> driver_;
    std::optional<Desk> desk_;  // its thread ends first
};

std::vector<FontFile> no_fonts(const std::u32string& /*characters*/) {
    return {};
}

TEST_F(FallbackFonts, latin_greek_and_cyrillic_are_built_in) {
    draw("Faktura Łódź „ĄĆĘ” – Müller Τιμολόγιο Счёт-фактура № 5 €", no_fonts);
    frame();
    EXPECT_TRUE(take_missing().empty());
    EXPECT_TRUE(asked_.empty());
    for (const auto& [character, real] : real_)
        EXPECT_TRUE(real) << static_cast<unsigned>(character);
}

TEST_F(FallbackFonts, without_any_font_a_box_is_seen_and_asked_for_once) {
    draw("Faktura 发票 😀", no_fonts);
    wait_for_answer();
    for (int i = 0; i < 5; ++i)
        frame();
    EXPECT_EQ(asked_, std::vector<std::u32string>{U"发票😀"});
    EXPECT_FALSE(real_.at(U'发'));
    // What stands in its place is drawn, and takes room.
    ImFontBaked* baked = ImGui::GetIO().Fonts->Fonts[0]->GetFontBaked(16.F);
    const ImFontGlyph* box = baked->FindGlyph(static_cast<ImWchar>(U'发'));
    ASSERT_NE(box, nullptr);
    EXPECT_EQ(static_cast<unsigned>(box->Codepoint), 0x25A1U);
    EXPECT_TRUE(box->Visible != 0);
    EXPECT_GT(box->AdvanceX, 4.F);
}

TEST_F(FallbackFonts, the_system_without_fonts_gives_none) {
    const std::string config = ::testing::TempDir() + "no_fonts.conf";
    std::ofstream(config) << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM "
                             "\"urn:fontconfig:fonts.dtd\"><fontconfig></fontconfig>";
    ::setenv("FONTCONFIG_FILE", config.c_str(), 1);
    draw("发票", desktop::fonts_for);
    wait_for_answer();
    ::unsetenv("FONTCONFIG_FILE");
    frame();
    EXPECT_FALSE(came_);
    EXPECT_FALSE(real_.at(U'发'));
}

TEST_F(FallbackFonts, chinese_japanese_and_korean_get_glyphs) {
    draw_with_system_fonts("发票 請求書 インボイス 청구서");
    expect_real_glyphs(U"发票請求書インボス청구서");
    EXPECT_NE(asked_from_, std::this_thread::get_id());
}

TEST_F(FallbackFonts, arabic_hebrew_hindi_and_thai_get_glyphs) {
    draw_with_system_fonts("فاتورة חשבונית चालान ใบแจ้งหนี้");
    expect_real_glyphs(U"\u0641\u062a\u0631\u05d7\u05e9\u05d1\u091a\u0932\u0928\u0e43\u0e1a\u0e2b");
}

TEST_F(FallbackFonts, emoji_beyond_the_first_plane_get_glyphs) {
    draw_with_system_fonts("\U0001F600 \U0001F60E");
    expect_real_glyphs(U"\U0001F600\U0001F60E");
}

TEST_F(FallbackFonts, all_weights_have_them) {
    for (const Weight weight : {Weight::medium, Weight::semibold}) {
        answers_ = 0;
        desk_.reset();
        driver_.reset();
        draw_with_system_fonts("发票", weight);
        expect_real_glyphs(U"发票");
    }
}

TEST_F(FallbackFonts, a_font_of_another_maker_is_as_large) {
    draw_with_system_fonts("发票");
    // A character of a square em is as wide as the em of the built-in font: 13.2 of 16.
    EXPECT_NEAR(glyphs_.at(U'发').AdvanceX, 13.2F, 0.7F);
}

TEST_F(FallbackFonts, the_next_character_of_a_font_that_is_there_asks_nobody) {
    const std::vector<FontFile> fonts = desktop::fonts_for(U"发");
    ASSERT_EQ(fonts.size(), 1U);
    draw("票", no_fonts);
    wait_for_answer();
    ASSERT_TRUE(add_fallback_font(fonts[0]));
    frame();
    EXPECT_TRUE(real_.at(U'票'));
    ImGui::GetIO().Fonts->Fonts[0]->GetFontBaked(20.F)->FindGlyph(static_cast<ImWchar>(U'書'));
    EXPECT_TRUE(take_missing().empty());
}

TEST_F(FallbackFonts, marks_that_show_nothing_take_no_room_and_ask_nobody) {
    draw("a\u200d\u2066b\ufe0f", no_fonts);
    EXPECT_TRUE(take_missing().empty());
    EXPECT_EQ(glyphs_.at(0x2066).AdvanceX, 0.F);
    EXPECT_EQ(glyphs_.at(0xFE0F).AdvanceX, 0.F);
}

TEST_F(FallbackFonts, controls_private_and_broken_characters_ask_nobody) {
    draw("\u0085\uf900\uf123\ufffd\U000F1234\U0010FFFD", no_fonts);
    EXPECT_EQ(take_missing(), U"");
    wait_for_answer();
    EXPECT_EQ(asked_, std::vector<std::u32string>{U"\uf900"});  // an ideograph
}

TEST_F(FallbackFonts, what_is_no_font_is_refused) {
    draw("发", no_fonts);
    EXPECT_FALSE(add_fallback_font({"OTTO", 0}));
    EXPECT_FALSE(add_fallback_font({"", 3}));
    frame();
}

}  // namespace
}  // namespace gui
