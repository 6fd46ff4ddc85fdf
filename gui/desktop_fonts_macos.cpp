// macOS has a font of its own for each script, under names that change seldom; Arial Unicode has
// nearly everything else.

#include <array>

#include "gui/desktop.h"
#include "gui/font_search.h"

namespace gui::desktop {

std::vector<FontFile> fonts_for(const std::u32string& characters) {
    static constexpr std::array<const char*, 14> files{"SFArabic.ttf",
                                                       "SFHebrew.ttf",
                                                       "GeezaPro.ttc",
                                                       "ArialHB.ttc",
                                                       "Thonburi.ttc",
                                                       "Kohinoor.ttc",
                                                       "KohinoorBangla.ttc",
                                                       "Apple Symbols.ttf",
                                                       "AppleSDGothicNeo.ttc",
                                                       "PingFang.ttc",
                                                       "Hiragino Sans GB.ttc",
                                                       "STHeiti Light.ttc",
                                                       "Supplemental/Arial Unicode.ttf",
                                                       "Supplemental/Songti.ttc"};
    std::vector<std::string> paths;
    for (const char* file : files)
        paths.push_back(std::string("/System/Library/Fonts/") + file);
    return fonts_among(paths, characters);
}

}  // namespace gui::desktop
