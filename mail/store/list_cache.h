#pragma once
// The list of a mailbox as it was seen last, so that a window shows it before the server has
// answered. In a file of its own, apart from the ledger, because it may be lost: deleted at any
// time, and thrown away where it is damaged or of another version. Rows are octets that the caller
// makes (work/row_blob.h). An error means: do without it.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mail/base/result.h"

namespace mail::store {

/// A folder of an account as one point lists it. One list of it is kept, whatever its UIDVALIDITY.
struct ListName {
    std::string point;    ///< the point's id
    std::string account;  ///< login@server
    std::string folder;
};

/// How far a list was up to date.
struct ListState {
    std::uint32_t uid_validity = 0;
    std::uint32_t uid_next = 0;              ///< 0: not known
    std::uint64_t highest_mod_sequence = 0;  ///< RFC 7162; 0: not known
    /// What the rows were made with. Rows of another recipe are of no use to their reader.
    std::string recipe = {};
};

struct ListRow {
    std::uint32_t uid = 0;
    std::string octets;
};

/// What is to be done to a list. Rows that are put take the place of those of the same UID.
struct ListChange {
    std::vector<ListRow> put;
    std::vector<std::uint32_t> removed;
};

/// One list, read while no program can change it: to be read to its end or ended without delay.
/// Must not outlive the cache, of which one list is read at a time.
class ListReading {
public:
    virtual ~ListReading() = default;
    [[nodiscard]] virtual const ListState& state() const = 0;
    [[nodiscard]] virtual std::size_t size() const = 0;  ///< rows in all
    /// Names this state of the list: see ListCache::change().
    [[nodiscard]] virtual std::uint64_t revision() const = 0;
    /// The next of them, the newest (highest UID) first; none at the end. Error ledger_damaged: the
    /// cache has been emptied, and what was read from it stays right.
    [[nodiscard]] virtual Result<std::vector<ListRow>> next(std::size_t at_most) = 0;
};

/// Owned and used by one thread; several programs may have the file open. Errors are those of a
/// ledger (ledger_busy, ledger_failed, ledger_damaged, disk_full); after ledger_damaged it is
/// empty, and may be used again.
class ListCache {
public:
    /// Makes the file and its folder where there are none, and empties it where it can't be used.
    [[nodiscard]] static Result<std::unique_ptr<ListCache>> open(const std::string& path);
    virtual ~ListCache() = default;

    /// Null where there is no such list. Once it has been read it counts as used at `now`, to the
    /// day; with 1970 it does not.
    [[nodiscard]] virtual Result<std::unique_ptr<ListReading>>
    read(const ListName& name, std::chrono::sys_seconds now) = 0;
    [[nodiscard]] Result<std::unique_ptr<ListReading>> read(const ListName& name) {
        return read(name, std::chrono::sys_seconds{});
    }

    /// `rows` and nothing else, in any order. Result: the revision.
    [[nodiscard]] virtual Result<std::uint64_t> replace(const ListName& name,
                                                        const ListState& state,
                                                        std::vector<ListRow> rows,
                                                        std::chrono::sys_seconds now) = 0;
    /// Rows and state in one step. Result: the new revision; nothing, and nothing done, where the
    /// list is not of `revision` any more: another program has written it, and what is missing
    /// between the two states is not known here.
    [[nodiscard]] virtual Result<std::optional<std::uint64_t>>
    change(const ListName& name, std::uint64_t revision, const ListState& state,
           const ListChange& change, std::chrono::sys_seconds now) = 0;
    [[nodiscard]] virtual Result<void> forget(const ListName& name) = 0;
    /// Lists neither written nor read for so long, and gives their room back to the disk; of 0 days
    /// all. May take a while.
    [[nodiscard]] virtual Result<void> forget_unused(std::chrono::days kept,
                                                     std::chrono::sys_seconds now) = 0;
};

}  // namespace mail::store
