#include "mail/base/disk_unix.h"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace mail::unix_disk {

Errno rename_exclusive(const Place& from, const Place& to) {
    return renameatx_np(from.folder, from.name.c_str(), to.folder, to.name.c_str(), RENAME_EXCL) ==
                   0
               ? 0
               : errno;
}

void begin_sync(int /*descriptor*/) {}

Errno sync_descriptor(int descriptor) {
    // fsync leaves the data in the drive's cache here; file systems without F_FULLFSYNC (shares)
    // have nothing better than it.
    if (fcntl(descriptor, F_FULLFSYNC) == 0)
        return 0;
    return fsync(descriptor) == 0 ? 0 : errno;
}

}  // namespace mail::unix_disk
