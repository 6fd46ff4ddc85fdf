#include "gui/text/progress.h"

#include <cmath>

#include "gui/text/format.h"

namespace gui::text {

std::string size_so_far(std::uint64_t done, std::uint64_t total, Language language) {
    auto whole = static_cast<double>(total), part = static_cast<double>(done);
    constexpr int largest_unit = 4;  // as size() has them
    int unit = 0;
    for (; std::round(whole) >= 1024.0 && unit < largest_unit; ++unit) {
        whole /= 1024.0;
        part /= 1024.0;
    }
    if (unit == 0 || std::llround(whole * 10.0) >= 100)
        return number(static_cast<std::uint64_t>(std::llround(part)), language);
    const auto tenths = static_cast<std::uint64_t>(std::llround(part * 10.0));
    return number(tenths / 10, language) + (language == Language::pl ? "," : ".") +
           std::to_string(tenths % 10);
}

}  // namespace gui::text
