#pragma once
// Lists the messages of a folder that came last, for a forecast. Private to mail/engine.

#include <cstddef>
#include <functional>
#include <memory>

#include "mail/imap/session.h"
#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/forecast.h"

namespace mail {

/// `open` signs in; it is called again where one message's description has ended a session. Nothing
/// is fetched but what a list has, and the folder is opened read-only. `ledger`: what was decided
/// about parts counts as the rules do.
[[nodiscard]] Result<work::Forecast>
look_ahead(const std::function<Result<std::unique_ptr<imap::Session>>()>& open,
           const point::Point& point, std::size_t last, store::Ledger& ledger, const Wait& wait);

}  // namespace mail
