#pragma once
// The three ways of giving a file its name without replacing one that is there, best first, and
// what differs between the kernels (disk_linux.cpp, disk_macos.cpp). Apart, so that a test can take
// each way on a file system that would never need the later ones.

#include <string>
#include <utility>

#include <fcntl.h>

namespace mail::unix_disk {

/// What a call said: 0, or an errno.
using Errno = int;

/// A path, as the calls that end in "at" want it.
struct Place {
    Place(const std::string& path) : Place(AT_FDCWD, path) {}
    Place(int from, std::string path) : folder(from), name(std::move(path)) {}
    int folder;
    std::string name;
};

/// Atomic and refuses an existing name. Not on every file system (NFS, exFAT, old kernels).
[[nodiscard]] Errno rename_exclusive(const Place& from, const Place& to);
/// A second name, then the first removed: refuses an existing name; a crash between leaves both.
[[nodiscard]] Errno rename_by_link(const Place& from, const Place& to);
/// Looks, then renames: only the point's lock keeps others of us from the moment between.
[[nodiscard]] Errno rename_after_look(const Place& from, const Place& to);

/// The file system cannot do this at all, so the next way is to be tried.
[[nodiscard]] bool is_unsupported(Errno error);

/// NewFile::begin_sync(). What goes wrong is told by sync_descriptor().
void begin_sync(int descriptor);

/// Contents on the medium, not only in the drive's cache.
[[nodiscard]] Errno sync_descriptor(int descriptor);

}  // namespace mail::unix_disk
