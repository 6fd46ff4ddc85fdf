#pragma once
// Copies of mails that leave the mailbox: whole .eml files in a folder of the workspace, durable
// and read back before anything is said to the server. Which message a copy is of, and how long it
// is kept, the ledger knows.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/work/filing.h"

namespace mail::work {

class Quarantine {
public:
    /// Made where it is missing, for its owner only. Errors: the disk's.
    [[nodiscard]] static Result<Quarantine> open(Disk& disk, const std::string& folder);

    struct Copy {
        std::string name;  ///< of the file in the folder
        std::uint64_t size_octets = 0;
        std::string sha256;  ///< hex
    };
    [[nodiscard]] std::string path_of(const std::string& name) const;
    [[nodiscard]] Disk& disk() const { return *disk_; }
    /// A mail on its way; see Incoming.
    [[nodiscard]] Result<Incoming> begin() const;
    /// Each synced, given a name that begins so, read back and found equal (else verify_failed, and
    /// nothing stays). The names are durable when this returns.
    [[nodiscard]] std::vector<Result<Copy>>
    keep(std::vector<Unsynced> mails, std::string_view prefix, const Wait& wait = {}) const;
    using Time = std::chrono::system_clock::time_point;
    /// By the clock that gives files of the folder their times, which may be another computer's: of
    /// a file that is made for it and removed again.
    [[nodiscard]] Result<Time> now_there() const;
    /// To be asked after the ledger has named it, with now_there() of then: it is there, and so
    /// young that nobody has taken it for a stray. verify_failed where this program was asleep
    /// meanwhile.
    [[nodiscard]] Result<void> check_young(const Copy& copy, Time now) const;
    /// Reads it again: verify_failed where it is not what was kept, file_not_found.
    [[nodiscard]] Result<void> check(const Copy& copy, const Wait& wait = {}) const;
    /// One that is not there is no error.
    [[nodiscard]] Result<void> drop(const std::string& name) const;
    /// For longer than this a program that lives writes nothing to a temporary file of its own.
    static constexpr std::chrono::minutes half_ones_kept{10};
    struct Aged {
        std::string name;
        std::chrono::system_clock::duration age{};
    };
    /// Files, temporary ones among them, and for how long nobody has written to them, by
    /// now_there(). None where that can't be told.
    [[nodiscard]] Result<std::vector<Aged>> ages() const;

private:
    Quarantine(Disk& disk, std::string folder) : disk_(&disk), folder_(std::move(folder)) {}
    [[nodiscard]] Result<std::string> place(const Arrival& arrival, std::string_view prefix) const;
    Disk* disk_;
    std::string folder_;
};

}  // namespace mail::work
