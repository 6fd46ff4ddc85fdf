#pragma once
// The signed-in session of one point with its folder opened: kept from job to job, made again when
// it was lost, and not asked for too often where the server wants to be left alone. Everything here
// runs on the one thread of the point's worker.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "mail/back_off.h"
#include "mail/board.h"
#include "mail/commands.h"
#include "mail/imap/session.h"
#include "mail/imap/sync.h"
#include "mail/oauth/keeper.h"
#include "mail/point/point.h"
#include "mail/secrets/secret_store.h"

namespace mail {

class PointSession {
public:
    struct Setup {
        Board& board;
        SecretStore& secrets;
        oauth::Keeper& keeper;
        std::optional<Secret> given_password;  ///< before the store is asked
        /// That of the password in the store, as things are now.
        std::function<std::string()> password_key;
        /// Definitions::with_client().
        std::function<Result<point::Connection>(point::Connection)> with_client;
        imap::TranscriptObserver transcript;
        const TimeSource* time = &real_time();  ///< for waiting between two tries
    };
    explicit PointSession(Setup setup) : setup_(std::move(setup)) {}

    /// What the folder is opened for: what takes messages claims them where it can
    /// (imap::Session::open_to_claim).
    enum class Purpose { look, take };
    /// A new job: whatever the server did to the one before.
    [[nodiscard]] Wait begin(JobId job, Purpose purpose, const StopToken& stop);
    /// The session with the folder opened, and what is in it; an old one is tried first.
    [[nodiscard]] Result<imap::Contents> open_for_listing(const point::Point& point,
                                                          const Wait& wait);
    /// The same where a list is remembered: what has changed since.
    [[nodiscard]] Result<imap::Synced>
    open_for_sync(const point::Point& point, const imap::Remembered& remembered, const Wait& wait);
    /// The folder opened, but one that was opened just now is not opened again. That it is gone by
    /// then shows as soon as something is asked of it.
    [[nodiscard]] Result<void> keep_folder_open(const point::Point& point, const Wait& wait);
    /// The folder opened, waiting and trying again where that may help.
    [[nodiscard]] Result<void> open_folder_patiently(const point::Point& point, const Wait& wait);
    /// The folder opened for writing (imap::Session::select), likewise. What reads only opens it
    /// read-only again.
    [[nodiscard]] Result<void> open_for_changes_patiently(const point::Point& point,
                                                          const Wait& wait);
    /// One more session with the same folder opened read-only, its UIDs as those of the open one.
    /// Any thread, while the worker's own is open and signs in to nothing. Error server_limit: this
    /// server is not to be asked for one.
    [[nodiscard]] Result<std::unique_ptr<imap::Session>> open_another(const point::Point& point,
                                                                      const Wait& wait) const;
    /// Waits before another try. Where there should be none, `error` comes back.
    [[nodiscard]] Result<void> hold_off(const Error& error, const Wait& wait,
                                        BackOff::Next next = BackOff::Next::same);
    /// The job went on: the next trouble is a new one.
    void progressed() { back_off_.progressed(); }
    /// The job goes on without the message at which `error` came.
    void did_without_one(const Error& error) { back_off_.did_without_one(error); }

    [[nodiscard]] bool is_open() const { return session_ != nullptr; }
    /// Only while it is open.
    [[nodiscard]] imap::Session& operator*() const { return *session_; }
    /// As it was opened last.
    [[nodiscard]] const imap::Mailbox& opened() const { return opened_; }
    /// How often a folder was opened: what came between two times is told as news by nobody.
    [[nodiscard]] std::uint64_t openings() const { return openings_; }
    /// It is of no use any more.
    void drop() { session_.reset(); }
    /// Says goodbye first.
    void sign_out();

    [[nodiscard]] Result<void> give_password(const GivePassword& command, const StopToken& stop);
    [[nodiscard]] Result<void> forget_password(const StopToken& stop);
    void forget_typed_password() { password_in_memory_.reset(); }

private:
    [[nodiscard]] Result<Secret> password(const point::Point& point, const Wait& wait) const;
    [[nodiscard]] Result<std::unique_ptr<imap::Session>> with_password(const point::Point& point,
                                                                       const Wait& wait) const;
    [[nodiscard]] Result<std::unique_ptr<imap::Session>> signed_in(const point::Point& point,
                                                                   const Wait& wait) const;
    [[nodiscard]] Result<void> sign_in(const point::Point& point, const Wait& wait);
    enum class With { nothing, uids, changes };
    [[nodiscard]] Result<imap::Contents> open_folder(const point::Point& point, With with,
                                                     const Wait& wait);
    [[nodiscard]] Result<void> open_patiently(const point::Point& point, With with,
                                              const Wait& wait);
    [[nodiscard]] Result<imap::Contents> examine(const std::string& folder, With with,
                                                 const Wait& wait);
    /// In a session that is open, or a new one where that is lost or there is none.
    template <class Open>
    [[nodiscard]] auto in_session(const point::Point& point, const Open& open, const Wait& wait)
        -> decltype(open());
    void note_opened(const imap::Mailbox& opened, const std::string& folder);

    Setup setup_;
    std::unique_ptr<imap::Session> session_;
    imap::Mailbox opened_;
    std::uint64_t openings_ = 0;
    std::string opened_folder_;  ///< as the point names it
    Purpose opened_for_ = Purpose::look;
    Clock::time_point opened_at_;
    std::optional<Secret> password_in_memory_;
    /// As long as the job runs, for sessions that are made from now on.
    bool one_after_another_ = false;
    JobId job_ = 0;  ///< the running one
    Purpose purpose_ = Purpose::look;
    BackOff back_off_;  ///< of the running job
};

}  // namespace mail
