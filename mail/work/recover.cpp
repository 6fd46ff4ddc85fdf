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
        if (file.temporary.empty() || file.file.empty())
            continue;
        const auto there = target->disk().look(file.temporary);
        if (!there && there.error().cause != Cause::file_not_found)
            return tl::unexpected(there.error());
        if (there) {
            auto placed = target->place({file.temporary, file.size_octets, file.sha256, file.type},
                                        file.file);
            if (!placed)
                return tl::unexpected(std::move(placed.error()));
            file.file = std::move(placed->path);
        }
        file.temporary.clear();
    }
    if (auto synced = target->sync(); !synced)
        return tl::unexpected(std::move(synced.error()));
    if (entry.cause.empty())
        return store::Step::stored;
    const bool some = std::ranges::any_of(
        entry.files, [](const store::FileEntry& file) { return !file.file.empty(); });
    return some ? store::Step::partial : store::Step::failed;
}

/// Nothing of it had its final name: the temporary files go, and the message is new again. One that
/// can't be removed does no harm: its name says that it is nobody's document.
store::Step forget_plan(Disk& disk, store::MessageEntry& entry) {
    for (const store::FileEntry& file : entry.files)
        if (!file.temporary.empty())
            static_cast<void>(disk.remove(file.temporary));
    // What an earlier run took of the message stays on record.
    std::erase_if(entry.files,
                  [](const store::FileEntry& file) { return !file.temporary.empty(); });
    entry.cause = name_of(Cause::cancelled);
    return entry.files.empty() ? store::Step::failed : store::Step::partial;
}

}  // namespace

Result<std::vector<Blocked>> recover(Disk& disk, store::Ledger& ledger, const std::string& point) {
    auto unfinished = ledger.unfinished(point);
    if (!unfinished)
        return tl::unexpected(std::move(unfinished.error()));
    std::vector<Blocked> blocked;
    for (auto& [mailbox, entry] : *unfinished) {
        auto step = entry.step == store::Step::placing
                        ? finish_placing(disk, entry)
                        : Result<store::Step>(forget_plan(disk, entry));
        if (!step) {
            blocked.push_back({mailbox, entry.id.uid, std::move(step.error())});
            continue;
        }
        entry.step = *step;
        if (auto recorded = ledger.finished(mailbox, {entry}); !recorded)
            return tl::unexpected(std::move(recorded.error()));
    }
    return blocked;
}

}  // namespace mail::work
