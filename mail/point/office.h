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

struct Office {
    std::vector<OfficeClient> clients;
    std::string unknown_keys = {};  ///< as Point::unknown_keys
    bool operator==(const Office&) const = default;
};

/// Errors as parse_point(). Two clients of one provider are a damage, too.
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
