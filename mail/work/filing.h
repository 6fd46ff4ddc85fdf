#pragma once
// Files that appear whole or not at all: written under a temporary name in the target folder,
// hashed as they stream, synced, checked, and only then given a final name that nothing else has.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "mail/base/disk.h"
#include "mail/base/hash.h"

namespace mail::work {

/// A fresh name ".mailpoint-XXXX.part" in `folder`, as a path.
[[nodiscard]] std::string temporary_path(const std::string& folder);
/// Of the file as it is read now; hex.
[[nodiscard]] Result<std::string> sha256_of(Disk& disk, const std::string& path);

/// What a temporary file turned out to hold.
struct Arrival {
    std::string temporary;
    std::uint64_t size_octets = 0;
    std::string sha256;
    std::string type;  ///< by content; "" if the octets tell nothing
};

/// A file that is written to its end and not yet durable.
struct Unsynced {
    Arrival arrival;
    std::unique_ptr<NewFile> file;
};

/// One file on its way. Dropped before finish(), or after an error, the temporary file goes.
class Incoming {
public:
    [[nodiscard]] static Result<Incoming> create(Disk& disk, const std::string& temporary,
                                                 Disk::Access access = Disk::Access::usual);
    Incoming(Incoming&&) noexcept;
    Incoming& operator=(Incoming&&) = delete;
    ~Incoming();

    [[nodiscard]] Result<void> write(std::string_view raw);
    /// The size on the disk is the size that was written (else verify_failed). The file stays from
    /// now on: whoever has the Arrival syncs it, then places or removes it.
    [[nodiscard]] Result<Unsynced> finish_unsynced();
    /// The same, synced and closed.
    [[nodiscard]] Result<Arrival> finish();

private:
    Incoming(Disk& disk, std::string temporary, std::unique_ptr<NewFile> file);
    Disk* disk_;
    std::string temporary_;
    std::unique_ptr<NewFile> file_;
    Sha256 hash_;
    std::string first_octets_;
    std::uint64_t size_octets_ = 0;
};

/// The final names of one folder, which is opened once: what takes its place meanwhile, as a link
/// to elsewhere, gets nothing. Names that differ only in case or Unicode form are one name here.
class TargetFolder {
public:
    /// Creates nothing. Errors: no_target_folder for "", folder_not_found, not_a_folder,
    /// no_permission_there.
    [[nodiscard]] static Result<TargetFolder> open(Disk& disk, const std::string& folder);
    /// The folder itself is created, those above it must be there.
    [[nodiscard]] static Result<TargetFolder> open_or_make(Disk& disk, const std::string& folder);

    [[nodiscard]] const std::string& path() const { return folder_; }
    /// On which the folder stays the one that was opened: for the temporary files in it.
    [[nodiscard]] Disk& disk() const { return *disk_; }

    struct Name {
        std::string path;
        bool same_content_there = false;
    };
    /// `wanted`, or with a number if another content has it: never a name that is in use. The same
    /// content under the same name is one file, also while the first is still to be placed.
    [[nodiscard]] Result<Name> name_for(const std::string& wanted, const Arrival& arrival);

    /// The temporary file gets its name, without replacing: if somebody was faster, another of the
    /// same kind; if the same content is there, the temporary file goes. Durable only after sync().
    [[nodiscard]] Result<Name> place(const Arrival& arrival, const std::string& path);
    [[nodiscard]] Result<void> sync();

private:
    TargetFolder(std::shared_ptr<Disk> disk, std::string folder)
        : disk_(std::move(disk)), folder_(std::move(folder)) {}
    [[nodiscard]] Result<bool> holds(const std::string& path, const Arrival& arrival) const;
    std::shared_ptr<Disk> disk_;
    std::string folder_;
    struct Known {
        std::string name;
        std::string sha256;  ///< of what was given this name in this run; it may not be there yet
    };
    std::map<std::string, Known> names_;  ///< by their key_on_any_disk
};

}  // namespace mail::work
