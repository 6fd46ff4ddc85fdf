#pragma once
// One command and its reply, for those that must be waited for: everything before the folder is
// open. Private to mail/imap.

#include <functional>

#include "mail/imap/pipeline.h"

namespace mail::imap {

/// What becomes of untagged replies meanwhile.
using UntaggedTaker = std::function<Exchange::Use(Response&)>;

/// The tagged status, whatever it says. Errors: those of the pipeline. 40 seconds at most in all:
/// servers make a wrong password wait for up to ten.
[[nodiscard]] Result<Status> ask(Pipeline& pipeline, Layer layer, Command command, const Wait& wait,
                                 UntaggedTaker taker = {});

/// A command of our own words only.
[[nodiscard]] Command plain_command(std::string_view words);

inline constexpr std::chrono::seconds ask_time{40};

}  // namespace mail::imap
