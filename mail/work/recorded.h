#pragma once
// What the ledger has come to say of a listed message while another program worked on it: the list
// follows without asking the server.

#include <optional>

#include "mail/point/point.h"
#include "mail/work/known.h"
#include "mail/work/message.h"

namespace mail::work {

/// Nothing where it says what is shown, or says nothing. `was_out`: the ledger had the message as
/// out of the mailbox when it was listed all the same: it is there, by whatever way.
enum class Before { was_in, was_out };
[[nodiscard]] std::optional<MessageState> recorded_since(const MessageRow& row,
                                                         const MessageState& shown, Before before,
                                                         const Known& known,
                                                         const point::General& general);

}  // namespace mail::work
