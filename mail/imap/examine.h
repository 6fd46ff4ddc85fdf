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

}  // namespace mail::imap
