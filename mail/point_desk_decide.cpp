// What a PointDesk does when somebody decides about a part of a message.

#include <algorithm>
#include <utility>

#include "mail/point_desk.h"
#include "mail/work/decide.h"
#include "mail/work/refresh.h"

namespace mail {

Result<MessageRow> PointDesk::row_to_decide(const Decide& command) const {
    const auto because = [&](Cause cause) {
        return fail(cause, Layer::list, Reach::message, {{"uid", std::to_string(command.uid)}});
    };
    if (command.uid_validity != 0 && command.uid_validity != listed_uid_validity_)
        return because(Cause::message_changed);
    if (!rows_.has(command.uid))
        return because(Cause::no_such_message);
    std::vector<MessageRow> rows = rows_.to_take({command.point, {command.uid}, true});
    // Who is at work on it has read what was decided before.
    if (rows.empty())
        return because(Cause::busy_elsewhere);
    const Status status = rows.front().initial.status;
    if (status == Status::quarantined || status == Status::gone)
        return because(Cause::message_gone);
    return std::move(rows.front());
}

Result<void> PointDesk::decide(JobId job, const Decide& command, const StopToken& stop) {
    const Wait wait = session_.begin(job, PointSession::Purpose::look, stop);
    const point::Point point = definition();
    const Take about{command.point, {command.uid}, true};
    if (!listed_uid_validity_ || !rows_.has(command.uid))
        if (auto listed = list_to_change(point, about, job, wait); !listed)
            return listed;
    if (auto asked = ask_for_held(point, about); !asked)
        return asked;
    const auto row = row_to_decide(command);
    if (!row)
        return tl::unexpected(row.error());
    auto mailbox = work::mailbox_of(point, session_.opened());
    mailbox.uid_validity = listed_uid_validity_.value_or(0);
    return work::decide({setup_.ledger, mailbox, point.general, setup_.who}, *row, command.part,
                        command.decision)
        .map([&](MessageState state) {
            // What was tried by itself was another wish.
            tried_.erase(command.uid);
            take_at_ = Clock::now();
            rows_.change({{command.uid, std::move(state)}});
        });
}

}  // namespace mail
