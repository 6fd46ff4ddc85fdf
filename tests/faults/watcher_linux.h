#pragma once
// An OCR program at its worst: it opens every file of a folder at the moment it appears, and reads
// it to its end. Linux.

#include <atomic>
#include <set>
#include <string>
#include <thread>

namespace mail::faults {

class Watcher {
public:
    /// `whole`: the SHA-256 of all that may appear there.
    Watcher(std::string folder, std::set<std::string> whole);
    ~Watcher();
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    /// Once it has come to all that appeared before this call.
    [[nodiscard]] unsigned seen();
    [[nodiscard]] unsigned bad() const { return bad_; }  ///< of them

private:
    void watch();
    void read_all();
    void look(const std::string& name);

    std::string folder_;
    std::set<std::string> whole_;
    int notices_ = -1;
    std::atomic<unsigned> seen_ = 0, bad_ = 0, asked_ = 0, answered_ = 0;
    std::atomic<bool> ends_ = false;
    std::thread thread_;
};

}  // namespace mail::faults
