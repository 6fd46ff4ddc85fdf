#pragma once
// Builds workspace, demo server and engine; the only place that knows all of them.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/arguments.h"
#include "mail/base/secret.h"
#include "mail/engine.h"

namespace app {

struct Running {
    std::unique_ptr<mail::Engine> engine;
    std::string point;                ///< id of the point that was asked for; "" if none
    std::vector<std::string> points;  ///< all that were asked for, each once
    std::string workspace;            ///< its folder
    /// MAILPOINT_CLIENT_SECRET, which no program that is started from here finds any more.
    std::optional<mail::Secret> client_secret;
};

/// Errors: the workspace, the ledger, the point that was asked for, the demo's port.
[[nodiscard]] mail::Result<Running> start(const Arguments& arguments,
                                          std::function<void()> on_change);

}  // namespace app
