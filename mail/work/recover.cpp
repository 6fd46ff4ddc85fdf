#include <algorithm>

#include "mail/work/filing.h"
#include "mail/work/take.h"

namespace mail::work {

namespace {

/// The files were whole and synced: each is renamed already, or is renamed now.
Result<store::Step> finish_placing(Disk& disk, store::MessageEntry& entry) {
    auto target = TargetFolder::open(disk, entry.folder);
    if (!target)
        return tl::unexpected(std::move(target.error()));
    for (store::FileEntry& file : entry.files) {
        if (file.temporary.empty() || file.file.empty() || !disk.look(file.temporary))
            continue;
        auto placed = target->place(file.temporary, file.file);
        if (!placed)
            return tl::unexpected(std::move(placed.error()));
        file.file = std::move(*placed);
    }
    if (auto synced = target->sync(); !synced)
        return tl::unexpected(std::move(synced.error()));
    if (entry.cause.empty())
        return store::Step::stored;
    const bool some = std::ranges::any_of(
        entry.files, [](const store::FileEntry& file) { return !file.file.empty(); });
    return some ? store::Step::partial : store::Step::failed;
}

/// Nothing of it had its final name: the temporary files go, and the message is new again.
Result<store::Step> forget_plan(Disk& disk, store::MessageEntry& entry) {
    for (const store::FileEntry& file : entry.files) {
        if (file.temporary.empty())
            continue;
        const auto removed = disk.remove(file.temporary);
        const bool gone = !removed && (removed.error().cause == Cause::file_not_found ||
                                       removed.error().cause == Cause::folder_not_found);
        if (!removed && !gone)
            return tl::unexpected(removed.error());
    }
    // What an earlier run took of the message stays on record.
    std::erase_if(entry.files,
                  [](const store::FileEntry& file) { return !file.temporary.empty(); });
    entry.cause = name_of(Cause::cancelled);
    return entry.files.empty() ? store::Step::failed : store::Step::partial;
}

}  // namespace

Result<void> recover(Disk& disk, store::Ledger& ledger, const std::string& point) {
    auto unfinished = ledger.unfinished(point);
    if (!unfinished)
        return tl::unexpected(std::move(unfinished.error()));
    for (auto& [mailbox, entry] : *unfinished) {
        auto step = entry.step == store::Step::placing ? finish_placing(disk, entry)
                                                       : forget_plan(disk, entry);
        if (!step)
            return tl::unexpected(std::move(step.error()));
        entry.step = *step;
        if (auto recorded = ledger.finished(mailbox, {entry}); !recorded)
            return recorded;
    }
    return {};
}

}  // namespace mail::work
