#pragma once
// A folder of a test's own on the real disk, removed with all that is in it.

#include <filesystem>
#include <string>
#include <system_error>

#include "mail/base/hash.h"

namespace mail::fakes {

class ScratchFolder {
public:
    /// `memory`: where the system has such a folder, for tests that would wait for the disk most of
    /// the time and don't pull the plug.
    enum class Medium { disk, memory };
    explicit ScratchFolder(Medium medium = Medium::disk)
        : path_(root_of(medium) / ("mailpoint-test-" + random_uuid())) {
        std::filesystem::create_directories(path_);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string path() const { return path_.string(); }
    [[nodiscard]] std::string operator/(const std::string& name) const {
        return (path_ / name).string();
    }

private:
    static std::filesystem::path root_of(Medium medium) {
        std::error_code ignored;
        const std::filesystem::path shared_memory = "/dev/shm";
        return medium == Medium::memory && std::filesystem::is_directory(shared_memory, ignored)
                   ? shared_memory
                   : std::filesystem::temp_directory_path();
    }
    std::filesystem::path path_;
};

}  // namespace mail::fakes
