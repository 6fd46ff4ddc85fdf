// Windows has a font of its own for each script, always under the same name.

#include <array>
#include <string_view>

#include <windows.h>

#include "gui/desktop.h"
#include "gui/font_search.h"
#include "mail/base/disk.h"
#include "mail/base/utf8.h"

namespace gui::desktop {
namespace {

// Small ones first, since all before the right one are read. Since Windows 8, some since 10 or 11.
constexpr std::array<std::string_view, 22> files{
    "segoeui.ttf",  "LeelawUI.ttf", "Nirmala.ttf",  "Nirmala.ttc",  "ebrima.ttf",   "gadugi.ttf",
    "seguisym.ttf", "seguiemj.ttf", "seguihis.ttf", "himalaya.ttf", "monbaiti.ttf", "mmrtext.ttf",
    "sylfaen.ttf",  "javatext.ttf", "ntailu.ttf",   "taile.ttf",    "msyh.ttc",     "YuGothM.ttc",
    "malgun.ttf",   "msjh.ttc",     "simsun.ttc",   "simsunb.ttf"};

}  // namespace

std::vector<FontFile> fonts_for(const std::u32string& characters) {
    std::array<wchar_t, MAX_PATH> windows{};
    const UINT length = ::GetWindowsDirectoryW(windows.data(), static_cast<UINT>(windows.size()));
    if (length == 0 || length >= windows.size())
        return {};
    const std::string folder = mail::join_path(
        mail::utf8::from_utf16({reinterpret_cast<const char16_t*>(windows.data()), length}),
        "Fonts");
    std::vector<std::string> paths;
    for (const std::string_view file : files)
        paths.push_back(mail::join_path(folder, file));
    return fonts_among(paths, characters);
}

}  // namespace gui::desktop
