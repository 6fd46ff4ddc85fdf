#pragma once
// The target folders that an operator has chosen with Set folder, by point: one file of each
// operator in the workspace, so that nobody's choice is another's.

#include <string>
#include <string_view>
#include <vector>

#include "mail/base/disk.h"
#include "mail/point/system_account.h"

namespace mail::point {

struct ChosenFolder {
    std::string point;              ///< its id; of a definition given by its path, that path
    std::string folder;             ///< absolute
    std::string unknown_keys = {};  ///< as Point::unknown_keys
    bool operator==(const ChosenFolder&) const = default;
};

struct ChosenFolders {
    std::string account, account_name;  ///< whose they are, as in Operator
    std::vector<ChosenFolder> folders;
    std::string unknown_keys = {};  ///< as Point::unknown_keys
    bool operator==(const ChosenFolders&) const = default;

    /// "" where none is chosen.
    [[nodiscard]] std::string of(std::string_view point) const;
    void set(const std::string& point, const std::string& folder);  ///< "": none any more
};

/// The name of the account's file.
[[nodiscard]] std::string chosen_folders_file(const SystemAccount& account);
[[nodiscard]] bool is_chosen_folders_file(std::string_view name);

/// Errors as parse_point(). A point that stands twice is a damage, too.
[[nodiscard]] Result<ChosenFolders> parse_chosen_folders(std::string_view json);
[[nodiscard]] std::string format_chosen_folders(const ChosenFolders& chosen);

/// No file, or one of somebody else's who had that number before: none is chosen. Errors: those of
/// parse_chosen_folders() with fact "file".
[[nodiscard]] Result<ChosenFolders> load_chosen_folders(Disk& disk, const std::string& path,
                                                        const SystemAccount& account);
/// Atomic, the version before kept as .bak.
[[nodiscard]] Result<void> save_chosen_folders(Disk& disk, const std::string& path,
                                               const ChosenFolders& chosen);

}  // namespace mail::point
