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

Errno rename_exclusive(const Place& from, const Place& to) {
    const long done = syscall(SYS_renameat2, from.folder, from.name.c_str(), to.folder,
                              to.name.c_str(), rename_noreplace);
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
