#pragma once
// What becomes of messages that others have marked, where the server can't expunge ours alone.

#include <cstdint>

namespace mail::work {

/// Without UIDPLUS an EXPUNGE takes all along that is marked \Deleted.
enum class Others : std::uint8_t {
    ask,        ///< where there are such nothing is done
    only_mark,  ///< ours are marked, and left to whoever expunges
    take_along  ///< they leave as ours do, with a copy, and only if all of them can
};

}  // namespace mail::work
