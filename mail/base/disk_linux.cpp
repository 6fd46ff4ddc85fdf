#include "mail/base/disk_unix.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace mail::unix_disk {

namespace {
// RENAME_NOREPLACE of <linux/fs.h>, which older C libraries don't carry on.
constexpr unsigned rename_noreplace = 1;
}  // namespace

Errno rename_exclusive(const std::string& from, const std::string& to) {
    const long done =
        syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), rename_noreplace);
    return done == 0 ? 0 : errno;
}

void begin_sync(int descriptor) {
    // The blocks of many files are chosen and under way when the first of them is synced: the rest
    // join its commit. Not waiting, it leaves errors where fsync finds them.
    static_cast<void>(sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE));
}

Errno sync_descriptor(int descriptor) {
    return fsync(descriptor) == 0 ? 0 : errno;
}

}  // namespace mail::unix_disk
