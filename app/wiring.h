#pragma once
// Builds workspace, demo server and engine; the only place that knows all of them.

#include <memory>
#include <string>

#include "app/arguments.h"
#include "mail/engine.h"

namespace app {

struct Running {
    std::unique_ptr<mail::Engine> engine;
    std::string point;      ///< id of the point that was asked for; "" if none
    std::string workspace;  ///< its folder
};

/// Errors: the workspace, the ledger, the point that was asked for, the demo's port.
[[nodiscard]] mail::Result<Running> start(const Arguments& arguments,
                                          std::function<void()> on_change);

}  // namespace app
