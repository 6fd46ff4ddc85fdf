#pragma once
// The folders of a mailbox, and opening one. Private to mail/imap.

#include <string>
#include <vector>

#include "mail/imap/pipeline.h"

namespace mail::imap {

[[nodiscard]] Result<std::vector<Folder>> list_folders(Pipeline& pipeline, const Wait& wait);

/// As Session::examine().
[[nodiscard]] Result<Mailbox> examine_folder(Pipeline& pipeline, const Capabilities& capabilities,
                                             const std::string& folder, const Wait& wait);

/// As Session::select().
[[nodiscard]] Result<Mailbox> select_folder(Pipeline& pipeline, const Capabilities& capabilities,
                                            const std::string& folder, const Wait& wait);

/// As Session::open_to_claim().
[[nodiscard]] Result<Mailbox> open_folder_to_claim(Pipeline& pipeline,
                                                   const Capabilities& capabilities,
                                                   const std::string& folder, const Wait& wait);

/// As Session::open_to_claim_with_uids().
[[nodiscard]] Result<Contents> open_to_claim_with_uids_of(Pipeline& pipeline,
                                                          const Capabilities& capabilities,
                                                          const std::string& folder,
                                                          const Wait& wait);

/// As Session::examine_with_uids().
[[nodiscard]] Result<Contents> examine_with_uids_of(Pipeline& pipeline,
                                                    const Capabilities& capabilities,
                                                    const std::string& folder, const Wait& wait);

/// The same for sync.h: with HIGHESTMODSEQ where the server has one.
[[nodiscard]] Result<Contents> examine_with_uids_and_changes_of(Pipeline& pipeline,
                                                                const Capabilities& capabilities,
                                                                const std::string& folder,
                                                                const Wait& wait);

/// What `response` says of the folder that is being opened, or is open.
void note(Mailbox& mailbox, const Response& response);
/// From now on what says that UIDs mean other messages ends the session, if it can be claimed in.
void guard_if_claimable(Pipeline& pipeline, const Capabilities& capabilities,
                        const Mailbox& mailbox);

}  // namespace mail::imap
