#pragma once
// The right to change a file, for one at a time among all threads and processes that ask for it;
// the system takes it back from a process that dies. Advisory: who doesn't ask is not kept out.
// file_lock_{unix,windows}.cpp.

#include <memory>
#include <string>

#include "mail/base/wait.h"

namespace mail {

class FileLock {
public:
    virtual ~FileLock() = default;
    /// `path` is made if it isn't there, for all who may write its folder, and stays. Errors:
    /// cancelled, deadline while somebody else has it; with facts "path", "reason":
    /// no_permission_there, and disk_error, which a file system without locks leads to, too.
    [[nodiscard]] static Result<std::unique_ptr<FileLock>> take(const std::string& path,
                                                                const Wait& wait);

protected:
    /// Polled: neither system can wait for a lock and for a stop token at once.
    static constexpr std::chrono::milliseconds look_again{20};
};

}  // namespace mail
