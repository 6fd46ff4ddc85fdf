#pragma once
// One part as a text or a small picture, with no more of it fetched than that needs, wherever it
// comes from: a mailbox or a file. Private to the engine.

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "mail/preview/preview.h"
#include "mail/work/message.h"
#include "mail/work/peek.h"

namespace mail {

/// Up to so many octets of the part that is looked at.
using FetchPart =
    std::function<Result<work::PartOctets>(const mime::Part& part, std::size_t max_octets)>;

/// Which parts to look at, the next where the one before is empty: that of this path, or those that
/// may be the text of the message ("").
[[nodiscard]] std::vector<mime::Part> parts_to_look_at(const work::Parts& parts,
                                                       std::string_view path);

/// Of the first that is not empty. Error part_missing where there is none to look at; those of
/// `fetch`, and of `wait`.
[[nodiscard]] Result<preview::Preview> look_at(const std::vector<mime::Part>& parts,
                                               const FetchPart& fetch, const Wait& wait);

}  // namespace mail
