#include "mail/point_desk.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "mail/imap/quirks.h"
#include "mail/listing_view.h"
#include "mail/work/describe.h"
#include "mail/work/known.h"
#include "mail/work/manifest.h"
#include "mail/work/refresh.h"
#include "mail/work/text_files.h"

namespace mail {

namespace {

// A list is not kept waiting for a server that searches a hundred thousand texts: taking does the
// rest.
constexpr std::size_t searched_when_opened = 2000;
// silence_of() looks back no further.
constexpr std::chrono::days habit_made_in{61};

PointHealth health_of(const Error& error) {
    return exit_class_of(error.cause) == ExitClass::signin ? PointHealth::signin
                                                           : PointHealth::down;
}

}  // namespace

PointDesk::PointDesk(Setup setup)
    : setup_(std::move(setup)),
      session_({setup_.board, setup_.secrets, setup_.keeper, setup_.given_password,
                setup_.password_key, setup_.with_client, setup_.transcript, setup_.time}),
      rows_(setup_.board, setup_.point),
      removals_({setup_.board, setup_.disk, setup_.ledger, setup_.who, setup_.quarantine}, session_,
                rows_),
      lists_(setup_.lists, setup_.ledger), line_pace_(setup_.tries_again_after),
      take_pace_(setup_.tries_again_after) {}

point::Point PointDesk::definition() const {
    const auto view = setup_.board.point(setup_.point);
    return view ? *view->definition : point::Point{};
}

void PointDesk::show_health(const Result<void>& outcome) {
    setup_.board.change_point(setup_.point, [&](PointView& view) {
        // Who stops a check has learnt nothing: what the last one found stands.
        const bool cancelled = !outcome && outcome.error().cause == Cause::cancelled;
        if (!cancelled)
            found_ = outcome ? Found{PointHealth::ok, std::nullopt}
                             : Found{health_of(outcome.error()), outcome.error()};
        view.health = found_.health;
        view.error = found_.error;
        if (outcome)
            view.checked_at = std::chrono::system_clock::now();
    });
}

Result<void> PointDesk::refresh(const work::RefreshContext& context, JobId job, const Wait& wait) {
    ListingView listing(setup_.board, setup_.point, job, rows_.statuses());
    using Extent = work::RefreshContext::Extent;
    const bool is_whole = context.extent == Extent::all && context.uids.empty();
    using Keeps = ListKeeper::Keeps;
    ListKeeper keeper(listing, is_whole && lists_.is_kept() ? Keeps::all : Keeps::nothing);
    care_.begin();
    listed_mod_sequence_ = std::numeric_limits<std::uint64_t>::max();
    for (;;) {
        const std::size_t before = listing.came();
        auto opened = open_to_list(context.point, keeper, wait);
        const auto listed = opened ? list(context, std::move(*opened), listing, keeper, wait)
                                   : tl::unexpected(opened.error());
        if (listed) {
            keep_list(context.point, keeper);
            return listed;
        }
        const bool came = listing.came() > before;
        if (came)
            session_.progressed();
        using Before = ListingCare::Before;
        const bool otherwise =
            opened && care_.learn(listed.error(), came ? Before::rows : Before::nothing);
        if (otherwise) {
            session_.drop();
            session_.did_without_one(listed.error());
        }
        using Next = BackOff::Next;
        if (auto waited =
                session_.hold_off(listed.error(), wait, otherwise ? Next::otherwise : Next::same);
            !waited)
            return waited;
    }
}

Result<void> PointDesk::list(work::RefreshContext context, work::Opened opened,
                             ListingView& listing, ListKeeper& keeper, const Wait& wait) {
    const imap::Mailbox mailbox = opened.contents.mailbox;
    if (auto recovered = recover(context.point); !recovered)
        return recovered;
    note_listed(mailbox);
    changes_seen_ = (*session_).changes_seen();
    listed_at_opening_ = session_.openings();
    keeps_its_numbers_ = imap::quirks::keeps_its_numbers((*session_).capabilities(), mailbox);
    context.caution = care_.caution(mailbox.uid_validity);
    out_ = out_when_listed_ = out_of(work::mailbox_of(context.point, mailbox));
    auto listed = work::refresh(*session_, context, std::move(opened), keeper, wait);
    if (listed) {
        const bool all =
            context.extent == work::RefreshContext::Extent::all && context.uids.empty();
        listing.put_back(put_back_since_opened());
        listing.complete(all ? ListingView::Extent::all : ListingView::Extent::some);
        listed_uid_validity_ = listing.uid_validity();
        show_blocked(context.point);
    }
    return listed;
}

Result<void> PointDesk::list_for(const point::Point& point, const Take& command, JobId job,
                                 const Wait& wait) {
    using Extent = work::RefreshContext::Extent;
    const bool watched = rows_.any() && !listed_for_;
    work::RefreshContext context{setup_.ledger, point};
    if (!watched) {
        context.extent = command.again ? Extent::all : Extent::unfinished;
        context.uids = command.uids;
    }
    const bool is_there =
        listed_for_ ? listed_for_->again == command.again && listed_for_->uids == command.uids
                    : rows_.complete();
    if (is_there && listed_uid_validity_) {
        if (auto opened = session_.keep_folder_open(point, wait); !opened)
            return opened;
        if (session_.opened().uid_validity == listed_uid_validity_)
            return {};
    }
    auto listed = refresh(context, job, wait);
    if (listed && !watched)
        listed_for_ = command;
    return listed;
}

Result<void> PointDesk::finish_and_list_for(const point::Point& point, const Take& command,
                                            JobId job, const Wait& wait) {
    auto listed = list_for(point, command, job, wait);
    if (!listed || !finish_removals(point, job, wait))
        return listed;
    listed_uid_validity_.reset();
    return list_for(point, command, job, wait);
}

Result<void> PointDesk::recover(const point::Point& point) {
    auto blocked = work::recover(setup_.disk, setup_.ledger, point.id);
    if (!blocked)
        return tl::unexpected(std::move(blocked.error()));
    blocked_ = std::move(*blocked);
    // One that can't be made now is made the next time, and nobody is kept from the list by it.
    static_cast<void>(
        work::finish_manifests(setup_.disk, setup_.documents, setup_.ledger, point.id));
    return {};
}

void PointDesk::show_blocked(const point::Point& point) {
    const auto mailbox = work::mailbox_of(point, session_.opened());
    ListedRows::States states;
    for (const work::Blocked& one : blocked_) {
        if (one.mailbox != mailbox || !rows_.has(one.uid))
            continue;
        MessageState state;
        state.status = Status::held;
        state.error = one.error;
        states.emplace_back(one.uid, std::move(state));
    }
    rows_.change(states);
}

Result<void> PointDesk::show_as_recorded(const point::Point& point,
                                         const std::vector<std::uint32_t>& uids) {
    if (uids.empty())
        return {};
    const auto known = work::Known::load(setup_.ledger, work::mailbox_of(point, session_.opened()));
    if (!known)
        return tl::unexpected(known.error());
    ListedRows::States states;
    rows_.each([&](const MessageRow& row) {
        if (!std::ranges::binary_search(uids, row.uid))
            return;
        MessageRow now = row;
        now.initial = {};
        now.initial.status = work::status_as_listed(row);
        work::remember(now, *known, point.general);
        states.emplace_back(row.uid, std::move(now.initial));
    });
    rows_.change(states);
    return {};
}

Result<void> PointDesk::open(JobId job, const OpenPoint& command, const StopToken& stop) {
    const Wait wait = session_.begin(job, PointSession::Purpose::look, stop);
    setup_.board.change_point(setup_.point,
                              [](PointView& view) { view.health = PointHealth::checking; });
    const point::Point point = definition();
    listed_for_.reset();
    is_opened_ = true;
    look_at_.reset();
    const bool had_line = session_.is_open();
    if (!rows_.any())
        show_remembered(point, stop);
    auto outcome = refresh({setup_.ledger, point}, job, wait);
    if (outcome && !command.only_look && finish_removals(point, job, wait))
        outcome = refresh({setup_.ledger, point}, job, wait);
    if (outcome)
        find_text_files_in_list(point, wait);
    if (!outcome && outcome.error().reach >= Reach::connection)
        session_.drop();
    show_health(outcome);
    checked_ = Clock::now();
    if (!had_line || !session_.is_open())
        line_since_ = Clock::now();
    if (outcome) {
        list_is_new();
        note_habit();
    } else if (outcome.error().cause != Cause::cancelled) {
        plan_next_look(After::failed_job, &outcome.error());
    }
    return outcome;
}

void PointDesk::find_text_files_in_list(const point::Point& point, const Wait& wait) {
    const auto found = find_text_files(
        point, rows_.unchanged({}, searched_when_opened, work::may_hold_text_file), wait);
    // A list without that hint is still a list; taking asks again.
    if (!found && found.error().reach >= Reach::connection)
        session_.drop();
}

void PointDesk::note_habit() {
    // The demo's mails are all of one month.
    const auto view = setup_.board.point(setup_.point);
    if (!view || view->demo)
        return;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto since = now - habit_made_in;
    std::vector<std::chrono::sys_seconds> received;
    // What was put back has another number.
    std::set<std::pair<std::chrono::sys_seconds, std::string>> counted;
    rows_.each([&](const MessageRow& row) {
        if (row.received < since)
            return;
        received.push_back(row.received);
        counted.emplace(row.received, row.message_id);
    });
    // Where mails leave with their documents, those that are there are no habit.
    for (const store::MessageId& message : taken_or_removed(since)) {
        const std::chrono::sys_seconds when{std::chrono::seconds(message.received)};
        if (when >= since && counted.emplace(when, message.message_id).second)
            received.push_back(when);
    }
    const auto silence = silence_of(std::move(received), now);
    setup_.board.change_point(setup_.point, [&](PointView& shown) { shown.silence = silence; });
}

std::vector<store::MessageId> PointDesk::taken_or_removed(std::chrono::sys_seconds since) const {
    const auto here = work::mailbox_of(definition(), session_.opened());
    std::vector<store::MessageId> messages;
    // What can't be read now counts at the next list.
    const auto documents = setup_.ledger.documents({.point = setup_.point, .since = since});
    if (documents)
        for (const auto& [mailbox, entry] : *documents)
            // Whatever its UIDVALIDITY was.
            if (mailbox.account == here.account && mailbox.folder == here.folder)
                messages.push_back(entry.id);
    const auto removals = setup_.ledger.removals(here);
    if (removals)
        for (const store::RemovalEntry& entry : *removals)
            messages.push_back(entry.id);
    return messages;
}

Result<void> PointDesk::find_text_files(const point::Point& point,
                                        const std::vector<const MessageRow*>& candidates,
                                        const Wait& wait) {
    if (candidates.empty())
        return {};
    const auto found = work::find_text_files(
        *session_, setup_.ledger, work::mailbox_of(point, session_.opened()), candidates, wait);
    if (!found)
        return tl::unexpected(found.error());
    if (found->empty())
        return {};
    rows_.read_whole(*found);
    keep_read_whole(point, *found);
    return {};
}

Result<void> PointDesk::ask_for_held(const point::Point& point, const Take& command) {
    const auto uids = rows_.held(command);
    if (uids.empty())
        return {};
    return recover(point).and_then([&] { return show_as_recorded(point, uids); }).map([&] {
        show_blocked(point);
    });
}

Result<void> PointDesk::give_password(const GivePassword& command, const StopToken& stop) {
    return session_.give_password(command, stop);
}

Result<void> PointDesk::forget_password(const StopToken& stop) {
    return session_.forget_password(stop);
}

}  // namespace mail
