#pragma once
// What has happened to a point between two snapshots, one event each: for `mailpoint watch`. Pure.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/cli_output.h"
#include "mail/snapshot.h"

namespace app {

struct WatchEvent {
    enum class What : std::uint8_t {
        opened,   ///< listed for the first time: messages, fresh
        mail,     ///< a message has come
        taken,    ///< with all that was wanted of it
        check,    ///< something of it needs a person
        failed,   ///< all of it, or some
        removed,  ///< out of the mailbox, after its document
        lost,     ///< the line, or never had: error
        back,     ///< the line
        stuck,    ///< new messages can't be taken at present: error
        silent,   ///< no message since `since`, which is unusual
        refused   ///< the point is not watched any more: error
    } what{};
    std::optional<Listed> message = {};  ///< lives as long as the snapshot
    std::optional<mail::Error> error = {};
    std::size_t messages = 0, fresh = 0;
    std::chrono::sys_seconds since{};
};
[[nodiscard]] std::string_view name_of(WatchEvent::What what);  ///< as in JSON

/// Of one point; sees its snapshots in their order.
class WatchEvents {
public:
    explicit WatchEvents(std::string point) : point_(std::move(point)) {}
    [[nodiscard]] const std::string& point() const { return point_; }
    /// Since the snapshot before.
    [[nodiscard]] std::vector<WatchEvent> look(const mail::Snapshot& snapshot,
                                               std::chrono::sys_seconds now);
    /// The point was shown, and is not any more: once, and again where what was asked then was
    /// stopped.
    [[nodiscard]] bool has_gone(const mail::Snapshot& snapshot);
    /// Nothing more will come: somebody has to act. A new password begins it anew.
    [[nodiscard]] const std::optional<mail::Error>& ended_by() const { return ended_by_; }
    void begin_anew() { ended_by_.reset(); }

private:
    using Events = std::vector<WatchEvent>;
    void look_at_line(const mail::PointView& view, Events& events);
    void look_at_jobs(const mail::Snapshot& snapshot, Events& events);
    void look_at_messages(const mail::MailboxView& mailbox, Events& events);
    void look_at_message(const Listed& listed, mail::Status before, Events& events);
    void end(const mail::Error& error, Events& events);

    std::string point_;
    mail::PointHealth health_ = mail::PointHealth::never;
    std::optional<mail::Cause> stuck_;
    std::optional<mail::Error> ended_by_;
    std::chrono::sys_seconds silent_since_{};
    mail::JobId seen_jobs_ = 0;
    std::uint32_t uid_validity_ = 0;
    std::uint64_t rows_version_ = 0, states_version_ = 0;
    bool listed_ = false, is_shown_ = false;
    std::unordered_map<std::uint32_t, mail::Status> statuses_;  ///< by UID, as they were told
};

}  // namespace app
