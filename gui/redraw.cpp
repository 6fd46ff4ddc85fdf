#include "gui/redraw.h"

#include <algorithm>
#include <utility>

namespace gui {
namespace {

std::chrono::milliseconds wish = std::chrono::milliseconds::max();

}  // namespace

void redraw_within(std::chrono::milliseconds time) {
    wish = std::min(wish, time);
}

std::chrono::milliseconds take_redraw() {
    return std::exchange(wish, std::chrono::milliseconds::max());
}

}  // namespace gui
