#pragma once
// Which commands of OCR points a person lets run on a computer. A definition lies in a workspace
// that others may write to, or came from somebody else; a program that it names runs only after the
// person has seen it. The list is the person's own, outside the workspace. All functions: any
// thread.

#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "mail/base/disk.h"

namespace mail::point {

class AllowedCommands {
public:
    /// `path`: "" keeps them for as long as this object lives. The disk must outlive it.
    AllowedCommands(Disk& disk, std::string path) : disk_(&disk), path_(std::move(path)) {}

    /// Of that point and of no other, in exactly these words. A file that can't be read allows
    /// nothing.
    [[nodiscard]] bool has(std::string_view point, std::string_view command);
    /// Durable. Errors: point_damaged, point_newer, those of the disk; it is allowed for as long as
    /// this object lives all the same.
    [[nodiscard]] Result<void> add(std::string_view point, std::string_view command);

private:
    using Hashes = std::set<std::string>;
    [[nodiscard]] Result<Hashes> load();

    Disk* disk_;
    const std::string path_;
    std::mutex mutex_;
    Hashes now_;  ///< those that this object has added
};

}  // namespace mail::point
