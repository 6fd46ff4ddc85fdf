#pragma once
// The diagnosis of a point: the way of a message from the server's name to the target folder, gone
// step by step over the same code that jobs use. Nothing on the server is changed (EXAMINE, PEEK),
// and one login is tried at most. A new step is a row of record.cpp and a function of ladder.cpp.

#include <string>

#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/diagnose/diagnosis.h"
#include "mail/diagnose/record.h"
#include "mail/imap/session.h"

namespace mail::diagnose {

struct Plan {
    net::Endpoint endpoint;
    /// An error is the verdict of the step that it names (oauth, else auth); those before still
    /// run.
    Result<imap::Credentials> credentials;
    std::string folder;         ///< of the mailbox, UTF-8
    std::string target_folder;  ///< absolute; "": none is set
    enum class Target { fixed, chosen_at_work } target = Target::fixed;
};

/// About a minute at most, unless the server drips. Stopped by `wait`, it comes back at once with
/// what was found until then. `watcher` sees it grow.
[[nodiscard]] Diagnosis climb(const Plan& plan, Disk& disk,
                              const imap::TranscriptObserver& transcript, const Watcher& watcher,
                              const Wait& wait);

}  // namespace mail::diagnose
