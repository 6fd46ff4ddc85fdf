// What a PointDesk does to make documents.

#include <algorithm>
#include <atomic>
#include <limits>
#include <optional>
#include <utility>

#include "mail/point_desk.h"
#include "mail/suspicion.h"
#include "mail/take_progress.h"
#include "mail/work/text_files.h"

namespace mail {

namespace {

/// What breaks the connection while parts are fetched may be one message's fault. A stop is not.
bool may_be_of_one_message(const Error& error) {
    // Not these numbers again, even if the UIDVALIDITY is the same.
    if (error.cause == Cause::uidvalidity_changed)
        return false;
    const bool broke = error.layer == Layer::fetch && error.reach == Reach::connection;
    return retry_of(error.cause) == Retry::now || (broke && error.cause != Cause::cancelled);
}

/// Of one job. A server that has refused one, or has dropped one, is asked for no other.
class FurtherSessions final : public work::MoreSessions {
public:
    FurtherSessions(const PointSession& session, const point::Point& point)
        : session_(session), point_(point) {}
    Result<std::unique_ptr<imap::Session>> open(const Wait& wait) override {
        if (is_enough_)
            return fail(Cause::server_limit, Layer::select, Reach::connection);
        auto opened = session_.open_another(point_, wait);
        if (!opened && !wait.stopped())
            is_enough_ = true;
        return opened;
    }
    void no_more() { is_enough_ = true; }

private:
    const PointSession& session_;
    const point::Point& point_;
    std::atomic<bool> is_enough_ = false;
};

std::uint64_t octets_to_take(const std::vector<MessageRow>& rows) {
    std::uint64_t octets = 0;
    for (const MessageRow& row : rows)
        for (const PartView& part : row.parts.unpack())
            octets += part.verdict == Verdict::will_be_taken ? part.part.size_octets : 0;
    return octets;
}

/// Drops what is done of `rows`; the `last` one comes behind the others.
/// @return where that is, or the end.
std::vector<MessageRow>::iterator keep_those_left(std::vector<MessageRow>& rows,
                                                  std::vector<std::uint32_t> left,
                                                  std::optional<std::uint32_t> last) {
    std::ranges::sort(left);
    std::erase_if(
        rows, [&](const MessageRow& one) { return !std::ranges::binary_search(left, one.uid); });
    return std::stable_partition(rows.begin(), rows.end(),
                                 [&](const MessageRow& row) { return row.uid != last; });
}

}  // namespace

Result<work::TakeOutcome> PointDesk::take_once(const work::TakeContext& context,
                                               const std::vector<MessageRow>& rows,
                                               TakeProgress& progress, const Wait& wait) {
    std::vector<const MessageRow*> pointers;
    for (const MessageRow& row : rows)
        pointers.push_back(&row);
    auto outcome = work::take(*session_, context, pointers, progress, wait);
    delivered_.merge(outcome.delivered);
    std::vector<std::uint32_t> refused;
    for (const auto& refusal : outcome.refused)
        refused.push_back(refusal.uid);
    std::ranges::sort(refused);
    if (auto shown = show_as_recorded(context.point, refused); !shown)
        return tl::unexpected(std::move(shown.error()));
    show_lost(outcome.refused);
    // Of what another holds the row says so. Of what the ledger has for out of the mailbox nothing
    // else would.
    for (const auto& [uid, error] : outcome.refused)
        if (const auto now = rows_.statuses().find(uid); error.cause == Cause::busy_elsewhere &&
                                                         now != rows_.statuses().end() &&
                                                         now->second == Status::new_)
            refused_ = error;
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
    const auto view = setup_.board.point(setup_.point);
    // Deleted meanwhile, or no longer for this person.
    if (!view)
        return fail(Cause::point_not_found, Layer::workspace, Reach::point, {{"name", point.name}});
    const std::string folder = view->target_folder;
    work::Delivery::Order order;
    order.extent = command.again ? Extent::all_again : Extent::what_is_open;
    for (MessageRow& row : rows)
        row.whole_needed = row.whole_needed || work::has_more_than_taken(row.initial.error);
    Suspicion suspicion;
    FurtherSessions further(session_, point);
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
        const work::TakeContext context{setup_.disk,
                                        setup_.ledger,
                                        point,
                                        work::mailbox_of(point, session_.opened()),
                                        folder,
                                        setup_.who,
                                        order,
                                        setup_.documents,
                                        listed_mod_sequence_,
                                        {&further}};
        auto done = take_once(context, rows, progress, wait);
        if (!done)
            return tl::unexpected(std::move(done.error()));
        if (!done->error)
            return {};
        const Error error = *done->error;
        // It may have been too many for the server.
        further.no_more();
        const std::vector<std::uint32_t>& left = done->left;
        // A server that keeps its numbers, and says that there are fewer, says which only later.
        const bool are_fewer = error.cause == Cause::uidvalidity_changed && keeps_its_numbers_ &&
                               !error.fact("exists").empty();
        if ((!are_fewer && !may_be_of_one_message(error)) || left.empty())
            return tl::unexpected(error);
        // One message must not stop the others.
        const std::uint32_t first = left.front();
        const auto verdict = are_fewer ? Suspicion::Verdict::go_on : suspicion.judge(first, error);
        const auto suspect = keep_those_left(
            rows, left, verdict == Suspicion::Verdict::go_on ? std::nullopt : std::optional(first));
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
    refused_.reset();
    delivered_.clear();
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
    // Also where the rest could not be taken: what is safe may go.
    if (point.general.delete_after_document && session_.is_open())
        if (auto removed = remove_taken(point, progress.job(), command, rows, wait);
            !removed && taken)
            return removed;
    if (!taken)
        return taken;
    // Somebody has to know what was asked for and not done.
    const auto untouched = rows_.held_for_now(command);
    const auto why = untouched.empty() ? refused_ : rows_.error_of(untouched.front());
    return why ? Result<void>(tl::unexpected(*why)) : Result<void>();
}

Result<void> PointDesk::list_and_take(const point::Point& point, JobId job, const Take& command,
                                      const Wait& wait) {
    TakeProgress progress(rows_, setup_.board, job);
    const auto begun = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto outcome = finish_and_list_for(point, command, job, wait);
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
    const Wait wait = session_.begin(job, PointSession::Purpose::take, stop);
    const point::Point point = definition();
    Take sorted = command;
    std::ranges::sort(sorted.uids);
    auto outcome = list_and_take(point, job, sorted, wait);
    give_back_claims(point, outcome);
    if (!outcome && outcome.error().layer < Layer::target &&
        outcome.error().reach >= Reach::connection) {
        session_.drop();
        show_health(outcome);
        if (outcome.error().cause != Cause::cancelled)
            plan_next_look(After::failed_job, &outcome.error());
    }
    return outcome;
}

}  // namespace mail
