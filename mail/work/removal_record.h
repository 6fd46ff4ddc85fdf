#pragma once
// What became of messages that were to leave, written into the ledger, and the copies that are of
// no use any more dropped. Private to the removal.

#include "mail/work/take_out.h"

namespace mail::work {

[[nodiscard]] Error gone_error(const store::RemovalEntry& entry);

/// It is out of the mailbox, asked for or not.
void tell_removed(RemoveObserver& observer, const store::RemovalEntry& entry);

/// They stay in the mailbox, and why: the entry goes first, then the copy.
[[nodiscard]] Result<void> take_back(const RemoveContext& context, const RemovalEntries& entries,
                                     const Error& why);

/// Who is said to have taken out what was gone before anything was done: others, or the run that
/// was cut off.
enum class Vanished { by_others, by_us };
/// TakenOut::unknown, and TakenOut::untouched of a run that was cut off, stay removing.
[[nodiscard]] Result<void> record_removal(const RemoveContext& context, const TakenOut& out,
                                          Vanished vanished);

}  // namespace mail::work
