#pragma once
// The folder with everything that Mailpoint keeps (docs/workspace.md). Found in this order:
// --workspace; mailpoint-data/ beside the executable; the user's data folder. Owner's rights only.
// Nothing here asks who may do it, nor keeps another program from doing it at the same time: that
// is the engine's (mail/definitions.h).

#include <optional>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/point/point.h"
#include "mail/point/system_account.h"

namespace mail::point {

/// A point of the workspace, or why its file could not be read.
struct StoredPoint {
    std::string path;
    Result<Point> point;
    std::string content_sha256 = {};  ///< of the file as read; "" if it could not be
};

class Workspace {
public:
    /// Creates the folder if it isn't there. Errors: workspace_unusable with facts "folder",
    /// "reason".
    [[nodiscard]] static Result<Workspace> open(Disk& disk,
                                                const std::optional<std::string>& asked_for);

    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] std::string ledger_path() const;
    /// The lists of mailboxes as they were seen last (mail/store/list_cache.h).
    [[nodiscard]] std::string lists_path() const;
    [[nodiscard]] std::string settings_path() const;
    [[nodiscard]] std::string points_folder() const;
    [[nodiscard]] std::string operators_path() const;
    [[nodiscard]] std::string office_path() const;
    /// Copies of mails that left their mailbox.
    [[nodiscard]] std::string quarantine_folder() const;
    /// What messages became (mail/work/manifest.h).
    [[nodiscard]] std::string documents_folder() const;
    /// What that person has chosen (chosen_folders.h).
    [[nodiscard]] std::string chosen_folders_path(const SystemAccount& account) const;
    /// Of the file whose FileLock is to be had by whoever changes definitions or operators.
    [[nodiscard]] std::string lock_path() const;
    [[nodiscard]] Disk& disk() const { return *disk_; }

    /// Whether the file is one of its points, or was one before it was deleted.
    [[nodiscard]] bool owns(const std::string& path) const;

    /// Removes what killed programs left in the middle of a save (mail/base/disk.h).
    void tidy() const;
    /// By name, as utf8::sort_key orders. A file with the content that it has among `known` is not
    /// parsed again. Of two files with one id the later is point_damaged.
    [[nodiscard]] Result<std::vector<StoredPoint>>
    points(const std::vector<StoredPoint>& known = {}) const;
    /// By the name of a point, or the path of a definition file, which is the workspace's own
    /// however it is spelt: point_not_found names what there
    /// is for that account to see ("known"), or those that have that name ("files"); for work,
    /// point_invalid the field with which no mailbox can be opened.
    enum class For { work, reading };
    [[nodiscard]] Result<StoredPoint> find(const std::string& name_or_path, For use = For::work,
                                           const SystemAccount& account = system_account()) const;
    /// Makes the id and the file at the first save; returns the point as saved. With `based_on`
    /// given, the file must have that content (StoredPoint::content_sha256), else point_changed. A
    /// secret in it (secrets_in.h) is point_invalid with the facts "field" and "secret".
    [[nodiscard]] Result<StoredPoint>
    save(Point point, const std::optional<std::string>& based_on = std::nullopt) const;
    /// Moves the file, its .bak, too, to the folder deleted/, and says where it is then. The id of
    /// a point that can't be read is its path. Errors: point_not_found.
    [[nodiscard]] Result<std::string> remove(const std::string& id) const;
    /// Moves back what was removed last under that id, with " (2)" behind its name if that is taken
    /// meanwhile. Errors: point_not_found; file_exists where
    /// there is such a point again.
    [[nodiscard]] Result<void> restore(const std::string& id) const;
    /// A copy of the definition, as a point of its own: with another id, unless it was one of this
    /// workspace's and that is free, and " (2)" behind the name if that is here. Errors:
    /// point_damaged; point_invalid, of a secret in it as save() has it, or of a value that can't
    /// be right (error_of() in validate.h).
    [[nodiscard]] Result<StoredPoint> import(const std::string& path) const;

private:
    Workspace(Disk& disk, std::string folder) : disk_(&disk), folder_(std::move(folder)) {}
    [[nodiscard]] std::string deleted_folder() const;
    [[nodiscard]] StoredPoint load(const std::string& path,
                                   const std::vector<StoredPoint>& known) const;
    /// A path for a new file in the folder: "name.json", "name-2.json" …
    [[nodiscard]] Result<std::string> free_path(const std::string& folder,
                                                const std::string& stem) const;
    /// The file and its .bak, to a free name in that folder: its path then.
    [[nodiscard]] Result<std::string> move(const std::string& path,
                                           const std::string& folder) const;

    Disk* disk_;
    std::string folder_;
};

}  // namespace mail::point
