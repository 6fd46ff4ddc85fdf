#include "gui/font_search.h"

#include <algorithm>
#include <utility>

#include "mail/base/disk.h"

namespace gui {

std::optional<FontFile> read_font(const FontPlace& place) {
    auto octets = mail::read_file(mail::real_disk(), place.path, largest_font);
    if (!octets || !em_share(*octets, place.face))
        return std::nullopt;
    return FontFile{std::move(*octets), place.face};
}

std::vector<FontFile> fonts_among(const std::vector<std::string>& paths,
                                  std::u32string characters) {
    std::vector<FontFile> found;
    for (const std::string& path : paths) {
        if (characters.empty())
            break;
        std::optional<FontFile> file = read_font({path, 0});
        if (!file)
            continue;
        const auto lacks = [&file](char32_t character) {
            return !has_character(file->octets, 0, character);
        };
        const auto left = std::stable_partition(characters.begin(), characters.end(), lacks);
        if (left == characters.end())
            continue;
        characters.erase(left, characters.end());
        found.push_back(std::move(*file));
    }
    return found;
}

}  // namespace gui
