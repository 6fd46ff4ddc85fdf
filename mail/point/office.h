#pragma once
// What holds for all points of a workspace: workspace.json (docs/workspace.schema.json).

#include <optional>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/point/point.h"

namespace mail::point {

/// The office's own application at a provider; its secret, if it has one, is in the secret store.
struct OfficeClient {
    std::string provider;               ///< as OAuth::provider
    std::optional<std::string> issuer;  ///< as OAuth::issuer, of provider oidc
    std::string client_id;
    std::string unknown_keys = {};  ///< as Point::unknown_keys
    bool operator==(const OfficeClient&) const = default;
};

/// For how long the workspace keeps what its work goes on without. What was taken and what was
/// removed is no part of it: that stays.
struct Retention {
    int log_days = 400;  ///< lines of the activity log
    /// Lists as the window saw them last, counted from when they changed last; 0: none is kept.
    int list_days = 90;
    bool operator==(const Retention&) const = default;

    /// A month: a look at yesterday's work, and a removal that is taken up again, need their lines.
    static constexpr int fewest_log_days = 30;
    /// Ten years. Not for ever: the lines are personal data.
    static constexpr int most_log_days = 3650;
    static constexpr int most_list_days = 365;
    [[nodiscard]] static constexpr bool is_log_days(int days) {
        return days >= fewest_log_days && days <= most_log_days;
    }
    [[nodiscard]] static constexpr bool is_list_days(int days) {
        return days >= 0 && days <= most_list_days;
    }
};

struct Office {
    std::vector<OfficeClient> clients;
    Retention retention = {};
    std::string unknown_keys = {};  ///< as Point::unknown_keys
    bool operator==(const Office&) const = default;
};

/// Errors as parse_point(). Two clients of one provider are a damage, too, and so are days beyond
/// their limits.
[[nodiscard]] Result<Office> parse_office(std::string_view json);
[[nodiscard]] std::string format_office(const Office& office);

/// No file: nothing is set. Errors: those of parse_office() with fact "file".
[[nodiscard]] Result<Office> load_office(Disk& disk, const std::string& path);
/// Atomic, the version before kept as .bak.
[[nodiscard]] Result<void> save_office(Disk& disk, const std::string& path, const Office& office);

/// The client that a point of this provider uses which names none; "" if there is none.
[[nodiscard]] std::string client_of(const Office& office, const OAuth& settings);
/// That client for all points of this provider that name none; "": no longer.
void set_client(Office& office, const OAuth& settings, const std::string& client_id);

}  // namespace mail::point
