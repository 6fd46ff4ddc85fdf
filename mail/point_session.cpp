#include "mail/point_session.h"

#include "mail/imap/quirks.h"
#include "mail/token_session.h"

namespace mail {

namespace {

// A refused password takes a server up to 8 s, a busy one longer; the engine's own waits are
// shorter.
constexpr auto sign_in_time = std::chrono::seconds(60);
constexpr auto opened_just_now = std::chrono::seconds(20);
constexpr auto store_answers_in = std::chrono::seconds(30);
// Somebody may have to unlock the store.
constexpr auto store_keeps_in = std::chrono::seconds(60);

}  // namespace

Wait PointSession::begin(JobId job, Purpose purpose, const StopToken& stop) {
    job_ = job;
    purpose_ = purpose;
    back_off_ = BackOff();
    one_after_another_ = false;
    return Wait{Clock::time_point::max(), stop, setup_.time};
}

void PointSession::sign_out() {
    if (session_)
        session_->sign_out(Wait::for_at_most(std::chrono::seconds(1)));
    drop();
}

Result<Secret> PointSession::password(const point::Point& point, const Wait& wait) const {
    if (password_in_memory_)
        return *password_in_memory_;
    if (setup_.given_password)
        return *setup_.given_password;
    auto stored = setup_.secrets.get(setup_.password_key(), wait.within(store_answers_in));
    if (!stored)
        return tl::unexpected(std::move(stored.error()));
    if (!*stored)
        return fail(Cause::password_needed, Layer::auth, Reach::point,
                    {{"login", point.connection.login}});
    return std::move(**stored);
}

Result<void> PointSession::hold_off(const Error& error, const Wait& wait, BackOff::Next next) {
    const auto length = back_off_.after(error, next);
    if (!length)
        return tl::unexpected(error);
    one_after_another_ = one_after_another_ || imap::quirks::may_have_dropped_commands(error);
    if (error.reach >= Reach::connection)
        drop();
    setup_.board.change_job(job_, [&](JobView& job) { job.held_up = error; });
    auto waited = wait.pause(*length, error.layer, Reach::point);
    setup_.board.change_job(job_, [](JobView& job) { job.held_up.reset(); });
    return waited;
}

Result<void> PointSession::open_patiently(const point::Point& point, With with, const Wait& wait) {
    for (;;) {
        auto opened = open_folder(point, with, wait);
        if (opened)
            return {};
        if (auto waited = hold_off(opened.error(), wait); !waited)
            return waited;
    }
}

Result<void> PointSession::open_folder_patiently(const point::Point& point, const Wait& wait) {
    return open_patiently(point, With::nothing, wait);
}

Result<void> PointSession::open_for_changes_patiently(const point::Point& point, const Wait& wait) {
    return open_patiently(point, With::changes, wait);
}

Result<imap::Contents> PointSession::examine(const std::string& folder, With with,
                                             const Wait& wait) {
    const bool claims = purpose_ == Purpose::take;
    const auto without_uids = [&] {
        auto mailbox = with == With::changes ? session_->select(folder, wait)
                       : claims              ? session_->open_to_claim(folder, wait)
                                             : session_->examine(folder, wait);
        return std::move(mailbox).map([](imap::Mailbox one) {
            return imap::Contents{std::move(one), {}};
        });
    };
    const auto with_uids = [&] {
        return claims ? session_->open_to_claim_with_uids(folder, wait)
                      : session_->examine_with_uids(folder, wait);
    };
    auto opened = with == With::uids ? with_uids() : without_uids();
    opened_folder_.clear();
    // One that is opened for writing is not kept for those who only read.
    if (opened)
        note_opened(opened->mailbox, with == With::changes ? std::string() : folder);
    return opened;
}

void PointSession::note_opened(const imap::Mailbox& opened, const std::string& folder) {
    opened_ = opened;
    ++openings_;
    opened_folder_ = folder;
    opened_for_ = purpose_;
    opened_at_ = setup_.time->now();
}

Result<void> PointSession::keep_folder_open(const point::Point& point, const Wait& wait) {
    const bool fresh = session_ && opened_folder_ == point.connection.folder &&
                       opened_for_ == purpose_ && setup_.time->now() - opened_at_ < opened_just_now;
    if (!fresh)
        return open_folder_patiently(point, wait);
    back_off_.signed_in();
    return {};
}

template <class Open>
auto PointSession::in_session(const point::Point& point, const Open& open, const Wait& wait)
    -> decltype(open()) {
    if (session_) {
        auto opened = open();
        const bool gone = !opened && opened.error().reach >= Reach::connection &&
                          opened.error().cause != Cause::cancelled;
        if (!gone) {
            back_off_.signed_in();
            return opened;
        }
        drop();
    }
    if (auto signed_in = sign_in(point, wait); !signed_in)
        return tl::unexpected(std::move(signed_in.error()));
    back_off_.signed_in();
    return open();
}

Result<imap::Contents> PointSession::open_folder(const point::Point& point, With with,
                                                 const Wait& wait) {
    return in_session(
        point, [&] { return examine(point.connection.folder, with, wait); }, wait);
}

Result<imap::Synced> PointSession::open_for_sync(const point::Point& point,
                                                 const imap::Remembered& remembered,
                                                 const Wait& wait) {
    using Access = imap::SyncRequest::Access;
    const std::string& folder = point.connection.folder;
    const Access access = purpose_ == Purpose::take ? Access::to_claim : Access::to_read;
    return in_session(
        point,
        [&] {
            auto synced = session_->sync({folder, access, remembered}, wait);
            opened_folder_.clear();
            if (synced)
                note_opened(synced->mailbox, folder);
            return synced;
        },
        wait);
}

Result<imap::Contents> PointSession::open_for_listing(const point::Point& point, const Wait& wait) {
    return open_folder(point, With::uids, wait);
}

Result<std::unique_ptr<imap::Session>> PointSession::with_password(const point::Point& point,
                                                                   const Wait& wait) const {
    const point::Connection& connection = point.connection;
    // Without it the login's own mailbox would be opened: another one.
    if (connection.shared_mailbox)
        return fail(Cause::point_invalid, Layer::point, Reach::point,
                    {{"field", "connection.shared_mailbox"}});
    auto secret = password(point, wait);
    if (!secret)
        return tl::unexpected(std::move(secret.error()));
    const imap::Credentials credentials{imap::Credentials::Kind::password, connection.login,
                                        std::move(*secret)};
    return imap::Session::open(point::endpoint_of(connection), credentials, setup_.transcript,
                               wait.within(sign_in_time));
}

Result<std::unique_ptr<imap::Session>> PointSession::signed_in(const point::Point& point,
                                                               const Wait& wait) const {
    if (point.connection.authentication != point::Authentication::oauth2)
        return with_password(point, wait);
    return setup_.with_client(point.connection).and_then([&](const point::Connection& connection) {
        return open_with_token(setup_.keeper, connection, setup_.transcript, wait);
    });
}

Result<void> PointSession::sign_in(const point::Point& point, const Wait& wait) {
    auto session = signed_in(point, wait);
    if (!session)
        return tl::unexpected(std::move(session.error()));
    session_ = std::move(*session);
    if (one_after_another_)
        session_->send_one_after_another();
    return {};
}

Result<std::unique_ptr<imap::Session>> PointSession::open_another(const point::Point& point,
                                                                  const Wait& wait) const {
    // Where UIDs don't last, two sessions may mean different messages by the same one.
    if (one_after_another_ || !imap::quirks::keeps_its_numbers(session_->capabilities(), opened_))
        return fail(Cause::server_limit, Layer::select, Reach::connection);
    auto session = signed_in(point, wait);
    if (!session)
        return session;
    const auto opened = (*session)->examine(point.connection.folder, wait.within(sign_in_time));
    if (!opened)
        return tl::unexpected(opened.error());
    if (opened->uid_validity != opened_.uid_validity)
        return fail(Cause::uidvalidity_changed, Layer::select, Reach::folder);
    return session;
}

Result<void> PointSession::give_password(const GivePassword& command, const StopToken& stop) {
    password_in_memory_ = command.password;
    if (!command.remember)
        return {};
    return setup_.secrets.put(setup_.password_key(), command.password,
                              Wait::for_at_most(store_keeps_in, stop));
}

Result<void> PointSession::forget_password(const StopToken& stop) {
    password_in_memory_.reset();
    return setup_.secrets.remove(setup_.password_key(), Wait::for_at_most(store_keeps_in, stop));
}

}  // namespace mail
