#include "mail/work/gate.h"

#include <algorithm>
#include <array>
#include <vector>

#include "mail/base/hash.h"
#include "mail/work/choose.h"

namespace mail::work {

namespace {

using Lock = Gate::Lock;

constexpr std::array<std::string_view, 8> lock_names{
    "open",         "not_taken",    "part_needs_you",  "no_attachments",
    "file_missing", "file_changed", "file_unreadable", "ledger_damaged"};

Lock lock_of(Status status) {
    switch (status) {
    case Status::taken:
        return Lock::open;
    case Status::check:
        return Lock::part_needs_you;
    case Status::none:
        return Lock::no_attachments;
    case Status::new_:
    case Status::queued:
    case Status::taking:
    case Status::partial:
    case Status::failed:
    case Status::hidden:
    case Status::quarantined:
    case Status::gone:
    case Status::held:
        break;
    }
    return Lock::not_taken;
}

Gate unreadable(const std::string& path, const Error& error) {
    const bool missing =
        error.cause == Cause::file_not_found || error.cause == Cause::folder_not_found;
    return {missing ? Lock::file_missing : Lock::file_unreadable, path, error};
}

/// No more is read of a file that has grown than it should have.
Gate read_back(Disk& disk, const PartView& part, const Wait& wait) {
    auto file = disk.open(part.file);
    if (!file)
        return unreadable(part.file, file.error());
    Sha256 hash;
    std::vector<char> piece(256U << 10U);
    std::uint64_t octets = 0;
    for (;;) {
        if (auto go_on = wait.check(Layer::target, Reach::point); !go_on)
            return {Lock::file_unreadable, part.file, go_on.error()};
        const auto got = (*file)->read(piece.data(), piece.size());
        if (!got)
            return unreadable(part.file, got.error());
        if (*got == 0)
            break;
        octets += *got;
        if (octets > part.size_octets)
            return {Lock::file_changed, part.file, {}};
        hash.update({piece.data(), *got});
    }
    if (octets != part.size_octets || to_hex(hash.finish()) != part.sha256)
        return {Lock::file_changed, part.file, {}};
    return {};
}

}  // namespace

std::string_view name_of(Gate::Lock lock) {
    return lock_names.at(static_cast<std::size_t>(lock));
}

Gate gate_of(const MessageRow& row, const MessageState& state) {
    const Parts parts = parts_of(row, state).unpack();
    // Off the list or not, what became of its document counts.
    const Status status = state.status == Status::hidden ? status_of(parts) : state.status;
    if (const Lock lock = lock_of(status); lock != Lock::open)
        return {lock, {}, {}};
    // A status that its parts don't bear out opens nothing.
    if (const Lock lock = lock_of(status_of(parts)); lock != Lock::open)
        return {lock, {}, {}};
    const bool on_record = std::ranges::all_of(parts, [](const PartView& part) {
        return !is_saved(part) || (!part.file.empty() && !part.sha256.empty());
    });
    return {on_record ? Lock::open : Lock::not_taken, {}, {}};
}

Gate check_gate(Disk& disk, const MessageRow& row, const MessageState& state, const Wait& wait) {
    Gate gate = gate_of(row, state);
    if (gate.lock != Lock::open)
        return gate;
    for (const PartView& part : parts_of(row, state).unpack())
        if (is_saved(part))
            if (gate = read_back(disk, part, wait); gate.lock != Lock::open)
                return gate;
    return gate;
}

}  // namespace mail::work
