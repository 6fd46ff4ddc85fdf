#pragma once
// The command watch: stays, tells what happens to its points, and has new messages taken.

#include <functional>
#include <string>

#include "app/arguments.h"
#include "app/cli.h"
#include "gui/text/text.h"

namespace app {

/// `write`: a line to standard output; false: nobody reads it any more, so it ends.
[[nodiscard]] ExitCode watch(const Arguments& arguments, gui::text::Language language,
                             const std::function<bool(const std::string&)>& write);

}  // namespace app
