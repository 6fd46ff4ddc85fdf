#pragma once
// The one seam to the file system for everything that must survive: target folders, points,
// manifests. A test's disk can fail the n-th call or lose what was not synced
// (tests/fakes/lossy_disk.h); the real one is disk_posix.cpp / disk_windows.cpp. Paths are absolute
// and UTF-8. All functions: any thread.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mail/base/result.h"

namespace mail {

/// A file being written that nobody else sees as finished yet. Closing without sync() is allowed.
class NewFile {
public:
    virtual ~NewFile() = default;
    /// Errors: disk_full, disk_error; the file is not to be trusted after one, and all later calls
    /// fail, too.
    [[nodiscard]] virtual Result<void> write(std::string_view raw) = 0;
    /// It is complete, and sync() comes later: the system may begin to bring it to the medium, if
    /// it can do so without being waited for.
    virtual void begin_sync() {}
    /// Contents and size are on the medium when this returns (fsync, FlushFileBuffers).
    [[nodiscard]] virtual Result<void> sync() = 0;
};

/// A file read from its start, or on from wherever it is moved to; used to read back what was
/// written.
class OldFile {
public:
    virtual ~OldFile() = default;
    /// Up to `room` octets into `to`; 0 at the end.
    [[nodiscard]] virtual Result<std::size_t> read(char* to, std::size_t room) = 0;
    /// Of regular files only. Behind the end there is nothing to read.
    [[nodiscard]] virtual Result<void> move_to(std::uint64_t offset) = 0;
};

struct Entry {
    enum class Kind { file, folder, other };
    std::string name;  ///< the last component
    Kind kind = Kind::other;
    std::uint64_t size_octets = 0;
    std::chrono::system_clock::time_point modified{};  ///< by the clock of whoever keeps the disk
};

class Disk {
public:
    virtual ~Disk() = default;

    /// Who may read what is made. On Windows a file has the rights of its folder.
    enum class Access { usual, owner_only };
    /// Creates `path`, which must not exist (O_EXCL, no following of links). Errors: file_exists,
    /// folder_not_found, no_permission_there, disk_full, disk_error.
    [[nodiscard]] virtual Result<std::unique_ptr<NewFile>>
    create(const std::string& path, Access access = Access::usual) = 0;
    /// NewFile::sync() of each, in their order of outcomes but perhaps at the same time.
    [[nodiscard]] virtual std::vector<Result<void>>
    sync_all(const std::vector<NewFile*>& files) = 0;
    /// Errors: file_not_found, not_a_file, no_permission_there, disk_error.
    [[nodiscard]] virtual Result<std::unique_ptr<OldFile>> open(const std::string& path) = 0;
    /// Gives the file its final name, never replacing one that is there: file_exists then.
    [[nodiscard]] virtual Result<void> rename_new(const std::string& from,
                                                  const std::string& to) = 0;
    /// Replaces `to` in one step: for our own files (points, settings) only. On POSIX the rights
    /// that `to` had stay.
    [[nodiscard]] virtual Result<void> rename_over(const std::string& from,
                                                   const std::string& to) = 0;
    /// Makes names created, renamed or removed in `folder` durable. Nothing to do on Windows.
    [[nodiscard]] virtual Result<void> sync_folder(const std::string& folder) = 0;
    [[nodiscard]] virtual Result<void> remove(const std::string& path) = 0;
    /// Creates the folder and those above it, durably; those it creates are for the owner only
    /// where `access` says so. A folder that is there stays as it is.
    [[nodiscard]] virtual Result<void> make_folder(const std::string& path, Access access) = 0;
    /// Nothing there is folder_not_found. In no particular order.
    [[nodiscard]] virtual Result<std::vector<Entry>> list(const std::string& folder) = 0;
    [[nodiscard]] virtual Result<Entry>
    look(const std::string& path) = 0;  ///< file_not_found if none
    [[nodiscard]] virtual Result<std::uint64_t> free_octets(const std::string& folder) = 0;

    /// This disk again, on which `folder` stays the one that it is now: nothing that is put in its
    /// place, a link to elsewhere least of all, gets what is written into it. sync_folder() of it
    /// is folder_not_found once its name leads to another. A fake's folders are their names: there
    /// it is just the same disk. Must not outlive this one. Errors: folder_not_found,
    /// no_permission_there, disk_error.
    [[nodiscard]] virtual Result<std::shared_ptr<Disk>> hold(const std::string& folder);
};

/// The computer's own disk. Never destroyed; any thread.
[[nodiscard]] Disk& real_disk();

/// The whole file; an error part_too_large above `limit_octets`.
[[nodiscard]] Result<std::string> read_file(Disk& disk, const std::string& path,
                                            std::uint64_t limit_octets);

/// Writes `path` so that at every moment the old or the new content is there, whole: temporary file
/// in the same folder, sync, rename over, sync of the folder. The previous content, if it was
/// another, is kept as `path` + ".bak".
[[nodiscard]] Result<void> replace_file(Disk& disk, const std::string& path,
                                        std::string_view content);
/// The same for a secret of the owner's: nobody else may read it, and no previous content is kept.
[[nodiscard]] Result<void> replace_private_file(Disk& disk, const std::string& path,
                                                std::string_view content);

/// The same for a file that must not be there yet: file_exists then.
[[nodiscard]] Result<void> write_new_file(Disk& disk, const std::string& path,
                                          std::string_view content);

/// Removes the temporary files that the three above leave when the program is killed: of the files
/// of `folder` whose names `ours` knows, and only those that nobody has written to for ten minutes.
/// What cannot be removed stays.
void remove_strays(Disk& disk, const std::string& folder,
                   const std::function<bool(std::string_view name)>& ours);

/// Joined with the system's separator; `name` is not checked.
[[nodiscard]] std::string join_path(std::string_view folder, std::string_view name);
[[nodiscard]] std::string parent_path(std::string_view path);
[[nodiscard]] bool is_absolute_path(std::string_view path);
/// Against the current folder where it is relative.
[[nodiscard]] std::string absolute_path(std::string_view path);

}  // namespace mail
