#pragma once
// Whether what a server shows is the message that somebody meant: by the marks that it has wherever
// it lies, never by its number alone.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mail/imap/changes.h"
#include "mail/store/ledger.h"

namespace mail::work {

/// Message-ID, INTERNALDATE and RFC822.SIZE are those that were listed. Sizes may differ where the
/// server is known for it (quirks.h), and the message has a Message-ID.
[[nodiscard]] bool is_same(const imap::Capabilities& capabilities, const store::MessageId& listed,
                           const imap::Marks& now);

/// The message in the open folder that has these marks, whatever its UID but none of `others`.
/// Where none has its date, one with its Message-ID and size: a mailbox that was moved to another
/// server may have new dates. So it may be a twin.
[[nodiscard]] Result<std::optional<imap::Marks>> find_again(imap::Session& session,
                                                            const store::MessageId& listed,
                                                            const std::set<imap::Uid>& others,
                                                            const Wait& wait);

/// As it was when the folder was opened: what came since then has a later one. Nothing where
/// numbers don't last.
[[nodiscard]] store::NextUid next_uid_of(const imap::Session& session);

/// Reads it, and compares: what a server says of a message may be said of another one.
[[nodiscard]] Result<bool> has_content(imap::Session& session, imap::Uid uid,
                                       const std::string& sha256, const Wait& wait);

}  // namespace mail::work
