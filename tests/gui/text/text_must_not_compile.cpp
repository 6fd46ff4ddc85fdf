// Compiled by the test "text_compile", each fault by its own macro; see CMakeLists.txt.
#include "gui/text/text.h"

namespace {

using gui::text::Text;

#if defined(MISSING_LANGUAGE)
constexpr Text faulty{"Taken", ""};
#elif defined(OTHER_HOLE)
constexpr Text faulty{"{n} selected", "zaznaczono {k}"};
#elif defined(MISSING_HOLE)
constexpr Text faulty{"{k} of {n}", "{k}"};
#else
constexpr Text faulty{"{k} of {n}", "{n}: {k}"};
#endif

}  // namespace

int main() {
    return faulty.en.empty() ? 1 : 0;
}
