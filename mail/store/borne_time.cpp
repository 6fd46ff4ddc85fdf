#include "mail/store/borne_time.h"

#include <algorithm>

namespace mail::store {

namespace {

std::chrono::sys_seconds time_of(std::int64_t seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

}  // namespace

bool BorneTime::go_on_to(std::chrono::sys_seconds at) {
    const auto step = at - last_;
    const bool is_leap = step > longest_gap || step < -longest_gap;
    // Lines of two programs need not be in the order of their times.
    if (!is_leap && step <= std::chrono::seconds(0))
        return true;
    total_ += is_leap ? std::chrono::seconds(0) : step;
    last_ = at;
    return !is_leap;
}

Result<BorneTime> BorneTime::read(Database& database, std::chrono::sys_seconds now) {
    auto rows = database.prepare("SELECT at, (what = 'removed' OR what = 'taken_along' OR what = "
                                 "'marked') AND result = '', point, uid, number "
                                 "FROM action ORDER BY number");
    if (!rows)
        return tl::unexpected(std::move(rows).error());
    BorneTime time;
    rows->start();
    const auto read = each_row(*rows, [&] {
        time.go_on_to(time_of(rows->integer(0)));
        time.at_lines_[rows->integer(4)] = time.total_;
        if (rows->integer(1) != 0)
            time.at_removals_[{rows->text(2), static_cast<std::uint32_t>(rows->integer(3)),
                               rows->integer(0)}] = time.total_;
    });
    if (!read)
        return tl::unexpected(read.error());
    time.leaps_now_ = !time.go_on_to(now);
    return time;
}

bool BorneTime::is_over(const MailboxId& mailbox, const RemovalEntry& entry) const {
    // Where its line is not there any more, the whole log is younger than it.
    const auto found = at_removals_.find(
        {mailbox.point, entry.id.uid, std::int64_t{entry.when.time_since_epoch().count()}});
    const auto before = found == at_removals_.end() ? std::chrono::seconds(0) : found->second;
    const auto needed = std::min<std::chrono::seconds>(entry.keep_until - entry.when, most_needed);
    return total_ - before >= needed;
}

std::chrono::seconds BorneTime::since(std::int64_t line) const {
    const auto found = at_lines_.lower_bound(line);
    return found == at_lines_.end() ? std::chrono::seconds(0) : total_ - found->second;
}

}  // namespace mail::store
