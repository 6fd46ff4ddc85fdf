#pragma once
// All that can be asked of the engine, as plain structs. Whoever posts one gets a JobId and sees
// the outcome in later snapshots.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mail/base/secret.h"
#include "mail/point/point.h"

namespace mail {

using JobId = std::uint64_t;  ///< 0 is none

/// A point is named by its id everywhere.
struct OpenPoint {  ///< list its mailbox and show it; an open one is brought up to date
    std::string point;
};
struct Take {  ///< make documents of these messages
    std::string point;
    std::vector<std::uint32_t> uids;  ///< empty: all that are new
    bool again = false;               ///< also what was taken before
};
struct SetFolder {  ///< the target folder of this run of the point
    std::string point, folder;
};
struct GivePassword {  ///< for a point that waits for one
    std::string point;
    Secret password;
    bool remember = true;
};
struct SavePoint {
    point::Point point;
    std::optional<Secret> password;  ///< nothing: leave what is stored
};
struct ListFolders {  ///< with what is in the form, saved or not
    point::Point point;
    std::optional<Secret> password;  ///< nothing: the stored one
};
struct ReloadPoints {};
struct OpenDemo {};  ///< adds the sample mailbox as a point; its id is the job's saved_point

using Command = std::variant<OpenPoint, Take, SetFolder, GivePassword, SavePoint, ListFolders,
                             OpenDemo, ReloadPoints>;

}  // namespace mail
