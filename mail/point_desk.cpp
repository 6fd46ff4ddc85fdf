#include "mail/point_desk.h"

#include <algorithm>
#include <limits>

#include "mail/listing_view.h"
#include "mail/suspicion.h"
#include "mail/work/known.h"
#include "mail/work/refresh.h"
#include "mail/work/text_files.h"

namespace mail {

namespace {

// A refused password takes a server up to 8 s, a busy one longer; the engine's own waits are
// shorter.
constexpr auto sign_in_time = std::chrono::seconds(60);
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

bool is_about(const Take& command, std::uint32_t uid) {
    return command.uids.empty() || std::ranges::binary_search(command.uids, uid);
}

bool has_ended(Status status) {
    return status != Status::queued && status != Status::taking && status != Status::new_;
}

}  // namespace

/// Writes the progress of a taking into the rows and the job.
class PointDesk::TakeProgress : public work::TakeObserver {
public:
    TakeProgress(PointDesk& desk, JobId job) : desk_(desk), board_(desk.setup_.board), job_(job) {}

    void changed(std::uint32_t uid, const MessageState& state) override {
        desk_.change_states({{uid, state}});
        const std::uint64_t before = std::exchange(octets_[uid], state.done_octets);
        board_.change_job(job_, [&](JobView& job) {
            job.octets_done += state.done_octets;
            job.octets_done -= std::min(job.octets_done, before);
            // A message that is put back and tried again counts once.
            uncount(job, counted_[uid]);
            counted_[uid] = state.parts && has_ended(state.status) ? counts_of(state) : Counts{};
            count(job, counted_[uid]);
        });
    }

private:
    struct Counts {
        std::size_t done = 0, failed = 0, check = 0, files = 0;
    };
    static Counts counts_of(const MessageState& state) {
        const bool failed = state.status == Status::failed || state.status == Status::partial ||
                            state.status == Status::gone;
        const auto files = std::ranges::count_if(state.parts.unpack(), [](const PartView& part) {
            return part.verdict == Verdict::taken;
        });
        return {1, failed ? 1U : 0U, state.status == Status::check ? 1U : 0U,
                static_cast<std::size_t>(files)};
    }
    static void count(JobView& job, const Counts& counts) {
        job.messages_done += counts.done;
        job.messages_failed += counts.failed;
        job.messages_check += counts.check;
        job.files += counts.files;
    }
    static void uncount(JobView& job, const Counts& counts) {
        job.messages_done -= counts.done;
        job.messages_failed -= counts.failed;
        job.messages_check -= counts.check;
        job.files -= counts.files;
    }
    PointDesk& desk_;
    Board& board_;
    JobId job_;
    std::unordered_map<std::uint32_t, std::uint64_t> octets_;
    std::unordered_map<std::uint32_t, Counts> counted_;
};

void PointDesk::change_states(const std::vector<std::pair<std::uint32_t, MessageState>>& states) {
    setup_.board.change_point(setup_.point, [&](PointView& view) {
        if (!view.mailbox)
            return;
        auto mailbox = std::make_shared<MailboxView>(*view.mailbox);
        mailbox->changes = mailbox->changes.with(states);
        ++mailbox->states_version;
        for (const auto& [uid, state] : states) {
            Status& status = statuses_[uid];
            --mailbox->counts.at(static_cast<std::size_t>(status));
            ++mailbox->counts.at(static_cast<std::size_t>(state.status));
            status = state.status;
        }
        view.mailbox = std::move(mailbox);
    });
}

PointDesk::PointDesk(Setup setup) : setup_(std::move(setup)) {}

point::Point PointDesk::definition() const {
    const auto view = setup_.board.point(setup_.point);
    return view ? *view->definition : point::Point{};
}

void PointDesk::forget_session() {
    if (session_)
        session_->sign_out(Wait::for_at_most(std::chrono::seconds(1)));
    session_.reset();
}

Result<Secret> PointDesk::password(const point::Point& point, const Wait& wait) {
    if (password_in_memory_)
        return *password_in_memory_;
    if (setup_.given_password)
        return *setup_.given_password;
    auto stored = setup_.secrets.get(password_key(point.id), wait.within(std::chrono::seconds(30)));
    if (!stored)
        return tl::unexpected(std::move(stored.error()));
    if (!*stored)
        return fail(Cause::password_needed, Layer::auth, Reach::point,
                    {{"login", point.connection.login}});
    return std::move(**stored);
}

Wait PointDesk::begin(JobId job, const StopToken& stop) {
    job_ = job;
    back_off_ = BackOff();
    return Wait{Clock::time_point::max(), stop, setup_.time};
}

Result<void> PointDesk::hold_off(const Error& error, const Wait& wait) {
    const auto length = back_off_.after(error);
    if (!length)
        return tl::unexpected(error);
    if (error.reach >= Reach::connection)
        session_.reset();
    setup_.board.change_job(job_, [&](JobView& job) { job.held_up = error; });
    auto waited = wait.pause(*length, error.layer, Reach::point);
    setup_.board.change_job(job_, [](JobView& job) { job.held_up.reset(); });
    return waited;
}

Result<void> PointDesk::open_folder_patiently(const point::Point& point, const Wait& wait) {
    for (;;) {
        auto opened = open_folder(point, wait);
        if (opened)
            return opened;
        if (auto waited = hold_off(opened.error(), wait); !waited)
            return waited;
    }
}

Result<void> PointDesk::note_opened(Result<imap::Mailbox> opened) {
    if (!opened)
        return tl::unexpected(std::move(opened.error()));
    opened_ = std::move(*opened);
    return {};
}

Result<void> PointDesk::open_folder(const point::Point& point, const Wait& wait) {
    if (session_) {
        auto opened = session_->examine(point.connection.folder, wait);
        const bool gone = !opened && opened.error().reach >= Reach::connection &&
                          opened.error().cause != Cause::cancelled;
        if (!gone) {
            back_off_.signed_in();
            return note_opened(std::move(opened));
        }
        session_.reset();
    }
    if (point.connection.authentication == point::Authentication::oauth2)
        return fail(Cause::signin_needed, Layer::oauth, Reach::point,
                    {{"login", point.connection.login}});
    auto secret = password(point, wait);
    if (!secret)
        return tl::unexpected(std::move(secret.error()));
    imap::Credentials credentials;
    credentials.login = point.connection.login;
    credentials.secret = std::move(*secret);
    auto session = imap::Session::open(point::endpoint_of(point.connection), credentials,
                                       setup_.transcript, wait.within(sign_in_time));
    if (!session)
        return tl::unexpected(std::move(session.error()));
    session_ = std::move(*session);
    back_off_.signed_in();
    return note_opened(session_->examine(point.connection.folder, wait));
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

Result<void> PointDesk::refresh(const point::Point& point, JobId job, const Wait& wait) {
    for (;;) {
        auto listed = list(point, job, wait);
        if (listed)
            return listed;
        if (auto waited = hold_off(listed.error(), wait); !waited)
            return waited;
    }
}

Result<void> PointDesk::list(const point::Point& point, JobId job, const Wait& wait) {
    if (auto opened = open_folder(point, wait); !opened)
        return tl::unexpected(std::move(opened.error()));
    if (auto recovered = recover(point); !recovered)
        return recovered;
    ListingView listing(setup_.board, setup_.point, job, statuses_);
    auto listed = work::refresh(*session_, {setup_.ledger, point}, opened_, listing, wait);
    if (listed) {
        listing.complete();
        listed_uid_validity_ = listing.uid_validity();
        show_blocked(point);
    }
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
    const auto mailbox = work::mailbox_of(point, opened_);
    std::vector<std::pair<std::uint32_t, MessageState>> states;
    for (const work::Blocked& one : blocked_) {
        if (one.mailbox != mailbox || !statuses_.contains(one.uid))
            continue;
        MessageState state;
        state.status = Status::held;
        state.error = one.error;
        states.emplace_back(one.uid, std::move(state));
    }
    change_states(states);
}

Result<void> PointDesk::show_as_recorded(const point::Point& point,
                                         const std::vector<std::uint32_t>& uids) {
    if (uids.empty())
        return {};
    const auto known = work::Known::load(setup_.ledger, work::mailbox_of(point, opened_));
    if (!known)
        return tl::unexpected(known.error());
    std::vector<std::pair<std::uint32_t, MessageState>> states;
    const auto view = setup_.board.point(setup_.point);
    for (const auto& chunk : view->mailbox->chunks)
        for (const MessageRow& row : *chunk) {
            if (!std::ranges::binary_search(uids, row.uid))
                continue;
            MessageRow now = row;
            now.initial = {};
            if (const store::MessageEntry* entry = known->find(row))
                work::remember(now, *entry, point.general);
            states.emplace_back(row.uid, std::move(now.initial));
        }
    change_states(states);
    return {};
}

std::vector<std::uint32_t> PointDesk::held(const Take& command) const {
    std::vector<std::uint32_t> uids;
    for (const auto& [uid, status] : statuses_)
        if (status == Status::held && is_about(command, uid))
            uids.push_back(uid);
    std::ranges::sort(uids);
    return uids;
}

Result<void> PointDesk::open(JobId job, const StopToken& stop) {
    const Wait wait = begin(job, stop);
    setup_.board.change_point(setup_.point,
                              [](PointView& view) { view.health = PointHealth::checking; });
    const point::Point point = definition();
    auto outcome = refresh(point, job, wait);
    // A list without that hint is still a list; taking asks again.
    if (outcome)
        if (const auto searched = find_text_files(point, Take{}, searched_when_opened, wait);
            !searched && searched.error().reach >= Reach::connection)
            session_.reset();
    if (!outcome && outcome.error().reach >= Reach::connection)
        session_.reset();
    show_health(outcome);
    return outcome;
}

Result<void> PointDesk::find_text_files(const point::Point& point, const Take& command,
                                        std::size_t at_most, const Wait& wait) {
    const auto view = setup_.board.point(setup_.point);
    std::vector<const MessageRow*> candidates;
    for (const auto& chunk : view->mailbox->chunks)
        for (const MessageRow& row : *chunk)
            if (candidates.size() < at_most && is_about(command, row.uid) &&
                work::may_hold_text_file(row) && view->mailbox->changes.find(row.uid) == nullptr)
                candidates.push_back(&row);
    if (candidates.empty())
        return {};
    const auto found = work::find_text_files(*session_, setup_.ledger,
                                             work::mailbox_of(point, opened_), candidates, wait);
    if (!found)
        return tl::unexpected(found.error());
    if (!found->empty())
        read_whole(*found);
    return {};
}

void PointDesk::read_whole(const std::vector<std::uint32_t>& uids) {
    const auto is_one = [&](const MessageRow& row) {
        return std::ranges::binary_search(uids, row.uid);
    };
    setup_.board.change_point(setup_.point, [&](PointView& view) {
        auto mailbox = std::make_shared<MailboxView>(*view.mailbox);
        for (auto& chunk : mailbox->chunks) {
            if (std::ranges::none_of(*chunk, is_one))
                continue;
            auto changed = std::make_shared<std::vector<MessageRow>>(*chunk);
            for (MessageRow& row : *changed) {
                if (!is_one(row))
                    continue;
                row.whole_needed = true;
                if (row.initial.status != Status::none)
                    continue;
                --mailbox->counts.at(static_cast<std::size_t>(Status::none));
                row.initial.status = statuses_[row.uid] = Status::new_;
                ++mailbox->counts.at(static_cast<std::size_t>(Status::new_));
            }
            chunk = std::move(changed);
        }
        ++mailbox->rows_version;
        ++mailbox->states_version;
        view.mailbox = std::move(mailbox);
    });
}

std::vector<MessageRow> PointDesk::rows_to_take(const Take& command) const {
    std::vector<MessageRow> rows;
    const auto view = setup_.board.point(setup_.point);
    for (const auto& chunk : view->mailbox->chunks)
        for (const MessageRow& row : *chunk) {
            const MessageState& state = view->mailbox->state_of(row);
            const bool wanted = is_open(state) || (command.again && state.status != Status::held);
            if (!is_about(command, row.uid) || !wanted)
                continue;
            rows.push_back(row);
            rows.back().initial = state;
        }
    std::stable_partition(rows.begin(), rows.end(), [](const MessageRow& row) {
        return row.initial.status != Status::failed;
    });
    return rows;
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
        if (!session_)
            if (auto opened = open_folder_patiently(point, wait); !opened)
                return opened;
        order.transfer =
            suspicion.decoding_ended() ? Transfer::as_stored : Transfer::server_may_decode;
        // The UIDs of the list mean other messages now, or none.
        if (opened_.uid_validity != listed_uid_validity_)
            return fail(Cause::uidvalidity_changed, Layer::select, Reach::folder,
                        {{"folder", point.connection.folder}});
        const work::TakeContext context{
            setup_.disk, setup_.ledger, point, work::mailbox_of(point, opened_),
            folder,      setup_.who,    order};
        std::vector<const MessageRow*> pointers;
        for (const MessageRow& row : rows)
            pointers.push_back(&row);
        auto outcome = work::take(*session_, context, pointers, progress, wait);
        std::vector<std::uint32_t> refused;
        for (const auto& refusal : outcome.refused)
            refused.push_back(refusal.uid);
        std::ranges::sort(refused);
        if (auto shown = show_as_recorded(point, refused); !shown)
            return shown;
        if (!outcome.error)
            return {};
        const Error error = std::move(*outcome.error);
        if (error.reach >= Reach::connection && error.layer < Layer::target)
            session_.reset();
        if (outcome.left.size() + refused.size() < rows.size())
            back_off_.progressed();
        if (!may_be_of_one_message(error) || outcome.left.empty())
            return tl::unexpected(error);
        // One message must not stop the others.
        const std::uint32_t first = outcome.left.front();
        const auto verdict = suspicion.judge(first, error);
        std::ranges::sort(outcome.left);
        std::erase_if(rows, [&](const MessageRow& one) {
            return !std::ranges::binary_search(outcome.left, one.uid);
        });
        const auto suspect =
            std::stable_partition(rows.begin(), rows.end(), [&](const MessageRow& row) {
                return verdict == Suspicion::Verdict::go_on || row.uid != first;
            });
        if (verdict == Suspicion::Verdict::give_up) {
            if (auto given = work::give_up(context, {&*suspect}, error, progress); !given)
                return given;
            rows.erase(suspect, rows.end());
            back_off_.progressed();
            if (rows.empty())
                return {};
        }
        show_queued(rows);
        if (auto waited = hold_off(error, wait); !waited)
            return waited;
    }
}

Result<void> PointDesk::list_if_needed(const point::Point& point, JobId job, const Wait& wait) {
    const auto view = setup_.board.point(setup_.point);
    if (!view || !view->mailbox || !view->mailbox->complete)
        return refresh(point, job, wait);
    if (auto opened = open_folder_patiently(point, wait); !opened)
        return opened;
    return opened_.uid_validity == listed_uid_validity_ ? Result<void>()
                                                        : refresh(point, job, wait);
}

void PointDesk::show_queued(const std::vector<MessageRow>& rows) {
    std::vector<std::pair<std::uint32_t, MessageState>> queued;
    for (const MessageRow& row : rows) {
        queued.emplace_back(row.uid, row.initial);
        queued.back().second.status = Status::queued;
    }
    change_states(queued);
}

void PointDesk::queue(const std::vector<MessageRow>& rows, JobId job) {
    show_queued(rows);
    std::uint64_t octets = 0;
    for (const MessageRow& row : rows)
        for (const PartView& part : row.parts.unpack())
            octets += part.verdict == Verdict::will_be_taken ? part.part.size_octets : 0;
    setup_.board.change_job(job, [&](JobView& view) {
        view.messages_total = rows.size();
        view.messages_done = 0;
        view.octets_total = octets;
    });
}

void PointDesk::unqueue(const std::vector<MessageRow>& rows) {
    const auto view = setup_.board.point(setup_.point);
    std::vector<std::pair<std::uint32_t, MessageState>> back;
    for (const MessageRow& row : rows)
        if (view && view->mailbox && view->mailbox->state_of(row).status == Status::queued)
            back.emplace_back(row.uid, row.initial);
    change_states(back);
}

Result<void> PointDesk::take_listed(const point::Point& point, JobId job, const Take& command,
                                    const Wait& wait) {
    // Perhaps nobody holds these any more.
    if (const auto uids = held(command); !uids.empty()) {
        auto asked = recover(point).and_then([&] { return show_as_recorded(point, uids); });
        if (!asked)
            return asked;
        show_blocked(point);
    }
    // Without an answer the other messages are taken all the same; the job says at its end that
    // files may be missing.
    auto searched = find_text_files(point, command, std::numeric_limits<std::size_t>::max(), wait);
    if (!searched && searched.error().reach >= Reach::connection) {
        session_.reset();
        if (auto waited = hold_off(searched.error(), wait);
            !waited && waited.error().cause == Cause::cancelled)
            return waited;
    }
    const std::vector<MessageRow> rows = rows_to_take(command);
    queue(rows, job);
    TakeProgress progress(*this, job);
    auto taken = rows.empty() ? Result<void>() : take_rows(point, rows, command, progress, wait);
    if (!taken)
        unqueue(rows);
    if (!taken || !searched)
        return !taken ? taken : searched;
    const auto untouched = held(command);
    if (untouched.empty())
        return {};
    const auto view = setup_.board.point(setup_.point);
    for (const auto& chunk : view->mailbox->chunks)
        for (const MessageRow& row : *chunk)
            if (row.uid == untouched.front())
                return tl::unexpected(*view->mailbox->state_of(row).error);
    return {};
}

Result<void> PointDesk::take(JobId job, const Take& command, const StopToken& stop) {
    const Wait wait = begin(job, stop);
    const point::Point point = definition();
    auto outcome = list_if_needed(point, job, wait);
    if (outcome) {
        Take sorted = command;
        std::ranges::sort(sorted.uids);
        outcome = take_listed(point, job, sorted, wait);
    }
    if (!outcome && outcome.error().layer < Layer::target &&
        outcome.error().reach >= Reach::connection) {
        session_.reset();
        show_health(outcome);
    }
    return outcome;
}

Result<void> PointDesk::give_password(const GivePassword& command, const StopToken& stop) {
    password_in_memory_ = command.password;
    if (!command.remember)
        return {};
    return setup_.secrets.put(password_key(command.point), command.password,
                              Wait::for_at_most(std::chrono::seconds(60), stop));
}

}  // namespace mail
