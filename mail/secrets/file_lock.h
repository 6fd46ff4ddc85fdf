#pragma once
// The right to change a file, for one at a time among all threads and processes that ask for it;
// the system takes it back from a process that dies. file_lock_{unix,windows}.cpp. Private to
// mail/secrets.

#include <memory>
#include <string>

#include "mail/base/wait.h"

namespace mail {

class FileLock {
public:
    virtual ~FileLock() = default;
    /// `path` is made if it isn't there, for the owner only, and stays. Errors: cancelled, deadline
    /// while somebody else has it; no_permission_there, disk_error with facts "path", "reason".
    [[nodiscard]] static Result<std::unique_ptr<FileLock>> take(const std::string& path,
                                                                const Wait& wait);

protected:
    /// Polled: neither system can wait for a lock and for a stop token at once.
    static constexpr std::chrono::milliseconds look_again{20};
};

}  // namespace mail
