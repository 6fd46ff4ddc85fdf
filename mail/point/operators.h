#pragma once
// Who works with a workspace, and who may do what there: operators.json
// (docs/operators.schema.json) and its rules, as pure functions. A rule of the program, not a wall:
// whoever can write the folder can write this file (docs/workspace.md).

#include <string>
#include <string_view>
#include <vector>

#include "mail/base/disk.h"
#include "mail/point/point.h"
#include "mail/point/system_account.h"

namespace mail::point {

struct Operator {
    std::string id;            ///< stable, as named in a point's permissions.operators
    std::string account;       ///< the uid as a decimal number, or the SID
    std::string account_name;  ///< login name
    std::string name;          ///< shown
    bool administrator = false, points_area = false;
    std::string unknown_keys = {};  ///< as Point::unknown_keys
    bool operator==(const Operator&) const = default;
};
using Operators = std::vector<Operator>;

struct OperatorsFile {
    Operators operators;
    std::string unknown_keys;  ///< as Point::unknown_keys
    bool operator==(const OperatorsFile&) const = default;
};

/// Errors as parse_point(). An id or an account that stands twice is a damage, too, and so is a
/// list without an administrator: it could never be changed again.
[[nodiscard]] Result<OperatorsFile> parse_operators(std::string_view json);
[[nodiscard]] std::string format_operators(const OperatorsFile& file);

/// No file: nobody. Errors: those of parse_operators() with fact "file".
[[nodiscard]] Result<OperatorsFile> load_operators(Disk& disk, const std::string& path);
/// Atomic, the version before kept as .bak. A damaged file, or one of a newer version, is refused.
/// Keeps the unknown keys of the file that is there.
[[nodiscard]] Result<void> save_operators(Disk& disk, const std::string& path,
                                          const Operators& operators);

/// Account and name must both be the same: a number given to somebody else is somebody else. Null
/// if there is none.
[[nodiscard]] const Operator* operator_of(const Operators& operators, const SystemAccount& account);

/// Of the account, with an id that none of these has.
[[nodiscard]] Operator operator_for(const SystemAccount& account, const Operators& others);
/// From a login name: "Ala Nowak" becomes "ala-nowak", or with a number behind it.
[[nodiscard]] std::string free_operator_id(std::string_view account_name, const Operators& others);

// The rules. Without operators everybody may do everything. `me`: null if not among them.

[[nodiscard]] bool may_define(const Operators& operators, const Operator* me);
[[nodiscard]] bool may_see(const Point& point, const Operators& operators, const Operator* me);
/// Being named on one point opens the area of points, too.
[[nodiscard]] bool may_see_points(const std::vector<const Point*>& points,
                                  const Operators& operators, const Operator* me);
/// Their shown names, for whoever needs one: "Ala, Jan".
[[nodiscard]] std::string administrators_of(const Operators& operators);

}  // namespace mail::point
