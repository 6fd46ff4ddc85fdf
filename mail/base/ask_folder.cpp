#include "mail/base/ask_folder.h"

#include <utility>

#include "mail/base/worker.h"

namespace mail {

Result<void> ask_folder(const std::string& folder, std::function<void()> ask, const Wait& wait) {
    // Its own: one that is left behind must not hold up the next.
    Worker worker;
    auto ran = worker.run({std::move(ask), {}}, wait);
    if (!ran && ran.error().cause == Cause::deadline)
        return fail(Cause::folder_silent, Layer::target, Reach::point, {{"path", folder}});
    return ran;
}

}  // namespace mail
