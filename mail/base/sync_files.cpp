#include "mail/base/sync_files.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>

namespace mail {

namespace {

constexpr std::size_t most_threads = 4;

}  // namespace

std::vector<Result<void>> sync_in_parallel(const std::vector<NewFile*>& files) {
    std::vector<Result<void>> outcomes(files.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < files.size(); i = next++)
            outcomes[i] = files[i]->sync();
    };
    std::vector<std::jthread> others;
    // Without more threads it only takes longer.
    try {
        for (std::size_t i = 1; i < std::min(files.size(), most_threads); ++i)
            others.emplace_back(work);
    } catch (const std::system_error&) {
    }
    work();
    others.clear();
    return outcomes;
}

}  // namespace mail
