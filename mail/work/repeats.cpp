#include "mail/work/repeats.h"

#include <utility>

namespace mail::work {

Result<std::optional<SavedFile>> Repeats::find(std::uint32_t uid, const Arrival& arrival) const {
    if (!matter())
        return std::nullopt;
    const auto at = placed_.find(arrival.sha256);
    if (at != placed_.end() && at->second.uid != uid)
        return at->second.file;
    return ledger_->earlier_file(mailbox_, uid, arrival.sha256)
        .map([&](std::optional<store::Ledger::EarlierFile> earlier) -> std::optional<SavedFile> {
            if (!earlier || earlier->file.size_octets != arrival.size_octets)
                return std::nullopt;
            return SavedFile{std::move(earlier->file.file), earlier->when};
        });
}

void Repeats::placed(std::uint32_t uid, const PartView& part, std::chrono::sys_seconds when) {
    if (matter())
        placed_.try_emplace(part.sha256, Placed{uid, {part.file, when}});
}

void judge_repeat(PartView& part, SavedFile saved, point::RepeatedFiles rule) {
    part.verdict = rule == point::RepeatedFiles::ask ? Verdict::needs_you : Verdict::skipped;
    part.reason = Reason::saved_before;
    part.counts = true;
    part.file = std::move(saved.path);
    part.saved_at = saved.when;
}

}  // namespace mail::work
