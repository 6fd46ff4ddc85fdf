#pragma once
// The folder with everything that Mailpoint keeps: points/*.json, state.db, settings.json. Found in
// this order: --workspace; mailpoint-data/ beside the executable; the user's data folder. Owner's
// rights only.

#include <optional>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/point/point.h"

namespace mail::point {

/// A point of the workspace, or why its file could not be read.
struct StoredPoint {
    std::string path;
    Result<Point> point;
};

class Workspace {
public:
    /// Creates the folder if it isn't there. Errors: workspace_unusable with facts "folder",
    /// "reason".
    [[nodiscard]] static Result<Workspace> open(Disk& disk,
                                                const std::optional<std::string>& asked_for);

    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] std::string ledger_path() const;
    [[nodiscard]] std::string settings_path() const;
    [[nodiscard]] Disk& disk() const { return *disk_; }

    /// By name, as utf8::sort_key orders.
    [[nodiscard]] Result<std::vector<StoredPoint>> points() const;
    /// By the name of a point, or the path of a definition file, to work with it: point_not_found
    /// names what there is, point_invalid the field with which no mailbox can be opened.
    [[nodiscard]] Result<StoredPoint> find(const std::string& name_or_path) const;
    /// Makes the id and the file at the first save; returns the point as saved.
    [[nodiscard]] Result<StoredPoint> save(Point point) const;

private:
    Workspace(Disk& disk, std::string folder) : disk_(&disk), folder_(std::move(folder)) {}
    Disk* disk_;
    std::string folder_;
};

}  // namespace mail::point
