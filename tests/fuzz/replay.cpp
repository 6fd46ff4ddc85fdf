// What libFuzzer would be, where it is not: feeds a target the files of a folder, whole and cut at
// each octet. So the seeds, and with them all that fuzzing ever found, are tests of every build.
//
//   fuzz_NAME FOLDER

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// A large seed is cut near its start only: the cuts behind are much like those before.
constexpr std::size_t most_cuts = 2000;

std::vector<std::uint8_t> octets_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

int main(int count, char** words) {
    if (count != 2)
        return 2;
    std::size_t seeds = 0;
    for (const auto& entry : std::filesystem::directory_iterator(words[1])) {
        const auto octets = octets_of(entry.path());
        std::printf("%s: %zu octets\n", entry.path().filename().string().c_str(), octets.size());
        std::fflush(stdout);
        for (std::size_t size = 0; size < std::min(octets.size(), most_cuts); ++size) {
            // A copy of that size: what reads beyond its end is seen.
            const std::vector<std::uint8_t> cut(octets.data(), octets.data() + size);
            LLVMFuzzerTestOneInput(cut.data(), cut.size());
        }
        LLVMFuzzerTestOneInput(octets.data(), octets.size());
        ++seeds;
    }
    return seeds > 0 ? 0 : 1;
}
