#pragma once
// A disk in memory that can fail its n-th call, stop for good at it (as a killed program would),
// run full, and lose power: then what was not synced is gone, data and names each by their own
// rules. So a test can walk through a job call by call and demand the same end.

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mail/base/disk.h"

namespace mail::fakes {

class LossyDisk final : public Disk {
public:
    LossyDisk();
    ~LossyDisk() override;

    // Faults. Calls are those of Disk, NewFile::write and sync, and OldFile::read; numbered from 1.

    /// How many there were, failed ones included.
    [[nodiscard]] unsigned calls() const;
    /// What they were, such as "create /faktury/a.part".
    [[nodiscard]] std::vector<std::string> log() const;
    /// The n-th call from now fails once; a failing write() leaves half of its octets behind.
    void fail_call(unsigned n, Cause cause);
    /// The n-th call from now and all after it fail: nothing of them reaches the disk. Until
    /// heal() or lose_power().
    void stop_at_call(unsigned n);
    void heal();
    /// Room for so many more octets; then disk_full.
    void set_room(std::uint64_t octets);

    enum class Kept {
        nothing_unsynced,  ///< neither data nor names
        unsynced_names,    ///< the folders were flushed by themselves, the data was not
    };
    /// Files still open stay dead: all calls on them fail.
    void lose_power(Kept kept);

    // What a test puts there and finds there; these are no calls, and what is put is durable.

    void put_folder(const std::string& path);
    void put(const std::string& path, std::string_view content);
    /// As if nobody had written to it for so long.
    void age(const std::string& path, std::chrono::system_clock::duration by);
    /// Files made from now on have their times by another computer's clock.
    void set_clock_ahead(std::chrono::system_clock::duration by);
    [[nodiscard]] std::optional<std::string> content(const std::string& path) const;
    /// Paths of all files, sorted.
    [[nodiscard]] std::vector<std::string> files() const;

    Result<std::unique_ptr<NewFile>> create(const std::string& path,
                                            Access access = Access::usual) override;
    std::vector<Result<void>> sync_all(const std::vector<NewFile*>& files) override;
    Result<std::unique_ptr<OldFile>> open(const std::string& path) override;
    Result<void> rename_new(const std::string& from, const std::string& to) override;
    Result<void> rename_over(const std::string& from, const std::string& to) override;
    Result<void> sync_folder(const std::string& folder) override;
    Result<void> remove(const std::string& path) override;
    Result<void> make_folder(const std::string& path, Access access) override;
    Result<std::vector<Entry>> list(const std::string& folder) override;
    Result<Entry> look(const std::string& path) override;
    Result<std::uint64_t> free_octets(const std::string& folder) override;

private:
    struct Content {
        std::string live, synced;
        std::chrono::system_clock::time_point modified = std::chrono::system_clock::now();
    };
    using Names = std::map<std::string, std::shared_ptr<Content>>;
    class LossyNewFile;
    class LossyOldFile;

    /// Counts the call and fails it if it is its turn. Under the lock, as all below.
    Result<void> count(const std::string& call, const std::string& path);
    Result<void> rename(const std::string& from, const std::string& to);
    [[nodiscard]] Result<void> check_parent(const std::string& path) const;
    [[nodiscard]] bool is_there(const std::string& path) const;

    mutable std::mutex mutex_;
    std::set<std::string> folders_;  ///< durable at once, as those of real disks
    Names live_, synced_;
    std::vector<std::string> log_;
    std::map<unsigned, Cause> faults_;  ///< by number of the call
    std::optional<unsigned> stopped_at_;
    std::uint64_t room_;
    unsigned power_cycles_ = 0;
    std::chrono::system_clock::duration clock_ahead_{};
};

}  // namespace mail::fakes
