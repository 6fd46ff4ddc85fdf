#pragma once
// What somebody decides about a part of a message (part_decision.h), on record, and what it makes
// of the message.

#include <string>
#include <vector>

#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/message.h"
#include "mail/work/part_decision.h"

namespace mail::work {

/// What was decided of the message's parts; its status follows where nobody is at work on it.
void apply_decisions(const std::vector<const store::PartDecision*>& decisions, MessageRow& row);

/// Whose decision, and of which message: `row.initial` is its state now.
struct DecisionContext {
    store::Ledger& ledger;
    const store::MailboxId& mailbox;
    const point::General& general;
    std::string who;
};
/// Records the decision and returns the message's state after it. Errors: nothing_to_decide (the
/// part is not there, or the rules need no help with it), busy_elsewhere, the ledger's.
[[nodiscard]] Result<MessageState> decide(const DecisionContext& context, const MessageRow& row,
                                          const std::string& part, store::Decision decision);

}  // namespace mail::work
