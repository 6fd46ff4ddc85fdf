#include "mail/work/room.h"

#include <algorithm>

namespace mail::work {

namespace {

// A file takes whole blocks, and an entry in its folder.
constexpr std::uint64_t block_octets = 4096;
// Always the same: one that a killed program left is found by the next, and goes.
constexpr const char* probe_name = ".mailpoint-room.part";

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

Result<void> check_rights(Disk& disk, const std::string& folder) {
    const std::string probe = join_path(folder, probe_name);
    auto made = disk.create(probe);
    if (!made && made.error().cause == Cause::file_exists && disk.remove(probe))
        made = disk.create(probe);
    // Where it is there still, another program has just made it: so can we.
    if (!made && made.error().cause != Cause::file_exists)
        return tl::unexpected(std::move(made.error()));
    // Closed first. One that can't be removed at the second try either is nobody's document.
    made = {};
    if (!disk.remove(probe))
        static_cast<void>(disk.remove(probe));
    return {};
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
    if (auto checked = check_rights(disk, target.path()); !checked)
        return checked;
    const auto free = disk.free_octets(target.path());
    if (!free || octets <= *free)
        return {};
    return fail(Cause::disk_full, Layer::target, Reach::point,
                {{"path", target.path()},
                 {"needed_octets", std::to_string(octets)},
                 {"free_octets", std::to_string(*free)}});
}

}  // namespace mail::work
