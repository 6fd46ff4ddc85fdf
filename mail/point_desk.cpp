#include "mail/point_desk.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "mail/imap/quirks.h"
#include "mail/listing_view.h"
#include "mail/suspicion.h"
#include "mail/take_progress.h"
#include "mail/work/known.h"
#include "mail/work/refresh.h"
#include "mail/work/text_files.h"

namespace mail {

namespace {

// A list is not kept waiting for a server that searches a hundred thousand texts: taking does the
// rest.
constexpr std::size_t searched_when_opened = 2000;

/// What breaks the connection while parts are fetched may be one message's fault. A stop is not.
bool may_be_of_one_message(const Error& error) {
    // Not these numbers again, even if the UIDVALIDITY is the same.
    if (error.cause == Cause::uidvalidity_changed)
        return false;
    const bool broke = error.layer == Layer::fetch && error.reach == Reach::connection;
    return retry_of(error.cause) == Retry::now || (broke && error.cause != Cause::cancelled);
}

PointHealth health_of(const Error& error) {
    return exit_class_of(error.cause) == ExitClass::signin ? PointHealth::signin
                                                           : PointHealth::down;
}

std::uint64_t octets_to_take(const std::vector<MessageRow>& rows) {
    std::uint64_t octets = 0;
    for (const MessageRow& row : rows)
        for (const PartView& part : row.parts.unpack())
            octets += part.verdict == Verdict::will_be_taken ? part.part.size_octets : 0;
    return octets;
}

}  // namespace

PointDesk::PointDesk(Setup setup)
    : setup_(std::move(setup)),
      session_({setup_.board, setup_.secrets, setup_.keeper, setup_.given_password,
                setup_.password_key, setup_.with_client, setup_.transcript, setup_.time}),
      rows_(setup_.board, setup_.point) {}

point::Point PointDesk::definition() const {
    const auto view = setup_.board.point(setup_.point);
    return view ? *view->definition : point::Point{};
}

void PointDesk::show_health(const Result<void>& outcome) {
    setup_.board.change_point(setup_.point, [&](PointView& view) {
        const bool cancelled = !outcome && outcome.error().cause == Cause::cancelled;
        view.health = outcome     ? PointHealth::ok
                      : cancelled ? PointHealth::never
                                  : health_of(outcome.error());
        view.error = outcome || cancelled ? std::nullopt : std::optional(outcome.error());
        if (outcome)
            view.checked_at = std::chrono::system_clock::now();
    });
}

Result<void> PointDesk::refresh(const work::RefreshContext& context, JobId job, const Wait& wait) {
    ListingView listing(setup_.board, setup_.point, job, rows_.statuses());
    care_.begin();
    for (;;) {
        const std::size_t before = listing.came();
        auto opened = session_.open_for_listing(context.point, wait);
        const auto listed = opened ? list(context, std::move(*opened), listing, wait)
                                   : tl::unexpected(opened.error());
        if (listed)
            return listed;
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

Result<void> PointDesk::list(work::RefreshContext context, imap::Contents opened,
                             ListingView& listing, const Wait& wait) {
    if (auto recovered = recover(context.point); !recovered)
        return recovered;
    keeps_its_numbers_ =
        imap::quirks::keeps_its_numbers((*session_).capabilities(), opened.mailbox);
    context.caution = care_.caution(opened.mailbox.uid_validity);
    auto listed = work::refresh(*session_, context, std::move(opened), listing, wait);
    if (listed) {
        const bool all =
            context.extent == work::RefreshContext::Extent::all && context.uids.empty();
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

Result<void> PointDesk::recover(const point::Point& point) {
    auto blocked = work::recover(setup_.disk, setup_.ledger, point.id);
    if (!blocked)
        return tl::unexpected(std::move(blocked.error()));
    blocked_ = std::move(*blocked);
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
        if (const store::MessageEntry* entry = known->find(row))
            work::remember(now, *entry, point.general);
        states.emplace_back(row.uid, std::move(now.initial));
    });
    rows_.change(states);
    return {};
}

Result<void> PointDesk::open(JobId job, const StopToken& stop) {
    const Wait wait = session_.begin(job, stop);
    setup_.board.change_point(setup_.point,
                              [](PointView& view) { view.health = PointHealth::checking; });
    const point::Point point = definition();
    listed_for_.reset();
    auto outcome = refresh({setup_.ledger, point}, job, wait);
    // A list without that hint is still a list; taking asks again.
    if (outcome)
        if (const auto searched = find_text_files(
                point, rows_.unchanged({}, searched_when_opened, work::may_hold_text_file), wait);
            !searched && searched.error().reach >= Reach::connection)
            session_.drop();
    if (!outcome && outcome.error().reach >= Reach::connection)
        session_.drop();
    show_health(outcome);
    return outcome;
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
    if (!found->empty())
        rows_.read_whole(*found);
    return {};
}

Result<work::TakeOutcome> PointDesk::take_once(const work::TakeContext& context,
                                               const std::vector<MessageRow>& rows,
                                               TakeProgress& progress, const Wait& wait) {
    std::vector<const MessageRow*> pointers;
    for (const MessageRow& row : rows)
        pointers.push_back(&row);
    auto outcome = work::take(*session_, context, pointers, progress, wait);
    std::vector<std::uint32_t> refused;
    for (const auto& refusal : outcome.refused)
        refused.push_back(refusal.uid);
    std::ranges::sort(refused);
    if (auto shown = show_as_recorded(context.point, refused); !shown)
        return tl::unexpected(std::move(shown.error()));
    if (!outcome.error)
        return outcome;
    if (outcome.error->reach >= Reach::connection && outcome.error->layer < Layer::target)
        session_.drop();
    if (outcome.left.size() + refused.size() < rows.size())
        session_.progressed();
    return outcome;
}

Result<void> PointDesk::take_rows(const point::Point& point, std::vector<MessageRow> rows,
                                  const Take& command, TakeProgress& progress, const Wait& wait) {
    using Transfer = work::Delivery::Transfer;
    using Extent = work::Delivery::Extent;
    const std::string folder = setup_.board.point(setup_.point)->target_folder;
    work::Delivery::Order order;
    order.extent = command.again ? Extent::all_again : Extent::what_is_open;
    Suspicion suspicion;
    for (;;) {
        if (!session_.is_open())
            if (auto opened = session_.open_folder_patiently(point, wait); !opened)
                return opened;
        order.transfer =
            suspicion.decoding_ended() ? Transfer::as_stored : Transfer::server_may_decode;
        // The UIDs of the list mean other messages now, or none.
        if (session_.opened().uid_validity != listed_uid_validity_)
            return fail(Cause::uidvalidity_changed, Layer::select, Reach::folder,
                        {{"folder", point.connection.folder}});
        const work::TakeContext context{
            setup_.disk, setup_.ledger, point, work::mailbox_of(point, session_.opened()),
            folder,      setup_.who,    order};
        auto done = take_once(context, rows, progress, wait);
        if (!done)
            return tl::unexpected(std::move(done.error()));
        if (!done->error)
            return {};
        const Error error = *done->error;
        std::vector<std::uint32_t>& left = done->left;
        // A server that keeps its numbers, and says that there are fewer, says which only later.
        const bool are_fewer = error.cause == Cause::uidvalidity_changed && keeps_its_numbers_ &&
                               !error.fact("exists").empty();
        if ((!are_fewer && !may_be_of_one_message(error)) || left.empty())
            return tl::unexpected(error);
        // One message must not stop the others.
        const std::uint32_t first = left.front();
        const auto verdict = are_fewer ? Suspicion::Verdict::go_on : suspicion.judge(first, error);
        std::ranges::sort(left);
        std::erase_if(rows, [&](const MessageRow& one) {
            return !std::ranges::binary_search(left, one.uid);
        });
        const auto suspect =
            std::stable_partition(rows.begin(), rows.end(), [&](const MessageRow& row) {
                return verdict == Suspicion::Verdict::go_on || row.uid != first;
            });
        if (verdict == Suspicion::Verdict::give_up) {
            if (auto given = work::give_up(context, {&*suspect}, error, progress); !given)
                return given;
            rows.erase(suspect, rows.end());
            session_.did_without_one(error);
            if (rows.empty())
                return {};
        }
        rows_.show_queued(rows);
        if (auto waited = session_.hold_off(error, wait); !waited)
            return waited;
    }
}

Result<void> PointDesk::ask_for_held(const point::Point& point, const Take& command) {
    const auto uids = rows_.held(command);
    if (uids.empty())
        return {};
    return recover(point).and_then([&] { return show_as_recorded(point, uids); }).map([&] {
        show_blocked(point);
    });
}

Result<void> PointDesk::find_text_files_patiently(const point::Point& point, const Take& command,
                                                  const Wait& wait) {
    constexpr auto all = std::numeric_limits<std::size_t>::max();
    const auto candidates = [&] {
        return rows_.unchanged(command, all, [](const MessageRow& row) {
            return work::may_hold_text_file(row) || work::may_hold_file_beside(row);
        });
    };
    // A line may break once by chance. Where the search breaks it again, it will always.
    for (const bool is_last_try : {false, true}) {
        auto searched = find_text_files(point, candidates(), wait);
        const bool is_servers = !searched && searched.error().layer < Layer::target &&
                                searched.error().cause != Cause::cancelled;
        if (!is_servers)
            return searched;
        if (searched.error().reach <= Reach::message)
            break;
        session_.drop();
        const auto waited = session_.hold_off(searched.error(), wait);
        if (!waited && waited.error().cause == Cause::cancelled)
            return waited;
        if (!waited || is_last_try)
            break;
        if (auto opened = session_.open_folder_patiently(point, wait); !opened)
            return opened;
        // The UIDs of the list mean others now: taking says so.
        if (session_.opened().uid_validity != listed_uid_validity_)
            return {};
    }
    rows_.read_whole(work::uids_of(candidates()));
    return {};
}

Result<void> PointDesk::take_listed(const point::Point& point, TakeProgress& progress,
                                    const Take& command, const Wait& wait) {
    if (auto asked = ask_for_held(point, command); !asked)
        return asked;
    if (auto searched = find_text_files_patiently(point, command, wait); !searched)
        return searched;
    const std::vector<MessageRow> rows = rows_.to_take(command);
    rows_.show_queued(rows);
    progress.begins(rows.size(), octets_to_take(rows));
    auto taken = rows.empty() ? Result<void>() : take_rows(point, rows, command, progress, wait);
    if (!taken)
        rows_.unqueue(rows);
    if (!taken)
        return taken;
    // Somebody has to know what was asked for and not done.
    const auto untouched = rows_.held(command);
    const auto why = untouched.empty() ? std::nullopt : rows_.error_of(untouched.front());
    return why ? Result<void>(tl::unexpected(*why)) : Result<void>();
}

Result<void> PointDesk::list_and_take(const point::Point& point, JobId job, const Take& command,
                                      const Wait& wait) {
    TakeProgress progress(rows_, setup_.board, job);
    const auto begun = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto outcome = list_for(point, command, job, wait);
    if (outcome)
        outcome = take_listed(point, progress, command, wait);
    const bool all_and_no_numbers = command.uids.empty() && !command.again;
    if (outcome || outcome.error().cause != Cause::uidvalidity_changed || !all_and_no_numbers)
        return outcome;
    // Once. What was taken is known by its other marks, or found to be there already.
    listed_uid_validity_.reset();
    if (auto listed = list_for(point, command, job, wait); !listed)
        return listed;
    rows_.show_taken_since(begun);
    return take_listed(point, progress, command, wait);
}

Result<void> PointDesk::take(JobId job, const Take& command, const StopToken& stop) {
    const Wait wait = session_.begin(job, stop);
    const point::Point point = definition();
    Take sorted = command;
    std::ranges::sort(sorted.uids);
    auto outcome = list_and_take(point, job, sorted, wait);
    if (!outcome && outcome.error().layer < Layer::target &&
        outcome.error().reach >= Reach::connection) {
        session_.drop();
        show_health(outcome);
    }
    return outcome;
}

Result<void> PointDesk::give_password(const GivePassword& command, const StopToken& stop) {
    return session_.give_password(command, stop);
}

Result<void> PointDesk::forget_password(const StopToken& stop) {
    return session_.forget_password(stop);
}

}  // namespace mail
