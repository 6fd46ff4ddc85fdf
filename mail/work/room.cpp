#include "mail/work/room.h"

#include <algorithm>

namespace mail::work {

namespace {

// A file takes whole blocks, and an entry in its folder.
constexpr std::uint64_t block_octets = 4096;

std::uint64_t in_blocks(std::uint64_t octets) {
    return (octets / block_octets + 1) * block_octets;
}

std::uint64_t octets_of(const MessageRow& row, Delivery::Extent extent) {
    if (row.whole_needed)
        return in_blocks(row.size_octets);
    const bool again = extent == Delivery::Extent::all_again;
    std::uint64_t octets = 0;
    for (const PartView& part : (again ? row.parts : parts_of(row, row.initial)).unpack()) {
        const bool failed_before = part.verdict == Verdict::needs_you && part.error;
        if (part.verdict != Verdict::will_be_taken && !failed_before)
            continue;
        const std::uint64_t most = row.size_octets > 0 ? row.size_octets : part.size_octets;
        octets += in_blocks(std::min(part.size_octets, most));
    }
    return octets;
}

}  // namespace

std::uint64_t octets_to_come(const std::vector<const MessageRow*>& rows, Delivery::Extent extent) {
    std::uint64_t octets = 0;
    for (const MessageRow* row : rows)
        octets += octets_of(*row, extent);
    return octets;
}

Result<void> check_room(const TargetFolder& target, std::uint64_t octets) {
    Disk& disk = target.disk();
    const std::string probe = temporary_path(target.path());
    if (auto made = disk.create(probe); !made)
        return tl::unexpected(std::move(made.error()));
    // Closed by now. One that can't be removed is nobody's document.
    static_cast<void>(disk.remove(probe));
    const auto free = disk.free_octets(target.path());
    if (!free || octets <= *free)
        return {};
    return fail(Cause::disk_full, Layer::target, Reach::point,
                {{"path", target.path()},
                 {"needed_octets", std::to_string(octets)},
                 {"free_octets", std::to_string(*free)}});
}

}  // namespace mail::work
