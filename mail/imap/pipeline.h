#pragma once
// Sends commands without waiting for one reply before the next, and gives what comes back to the
// job that asked. Reads while it writes, so that neither side can wait for the other for ever.
// Private to mail/imap.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/command.h"
#include "mail/imap/framer.h"
#include "mail/imap/reply_assembler.h"
#include "mail/imap/response.h"
#include "mail/imap/transcript.h"
#include "mail/net/connection.h"

namespace mail::imap {

/// One job's conversation: what it wants to say, and what it makes of the replies. An error from
/// any of these ends the run and leaves the pipeline unusable.
class Exchange {
public:
    enum class Use { used, unused };

    virtual ~Exchange() = default;
    /// Where errors of this job show.
    [[nodiscard]] virtual Layer layer() const = 0;
    /// The next command, when there is room to send it. Nothing: all are sent (until a completed()
    /// makes more).
    [[nodiscard]] virtual Result<std::optional<Command>> next_command() = 0;
    /// The command that next_command() gave out as its `command`-th, from 0, got this tag.
    virtual void sent(std::size_t command, const std::string& tag) {
        (void)command;
        (void)tag;
    }
    [[nodiscard]] virtual Result<void> completed(std::size_t command, const Status& status) = 0;
    /// An untagged reply. Those that no job uses are counted, and too many of them are an error.
    [[nodiscard]] virtual Result<Use> untagged(Response& response) = 0;
    /// A body arrives in pieces; the FETCH that it is part of follows as untagged().
    [[nodiscard]] virtual Result<Use> body_begins(const BodyStart& start);
    [[nodiscard]] virtual Result<void> body_octets(std::string_view raw, std::uint64_t octets_left);
    /// The server wants more for AUTHENTICATE: the line to send, without CRLF. By default nothing
    /// is expected and this is an error.
    [[nodiscard]] virtual Result<Secret> answer(const Continuation& challenge);
    /// What came is no reply, or answers nothing that was asked. Whoever can tell what it belongs
    /// to, because only the next tag ends that, passes it over; by default it ends the run.
    [[nodiscard]] virtual bool goes_on_after(const Error& error) {
        (void)error;
        return false;
    }
    /// Messages go because this job wants them to.
    [[nodiscard]] virtual bool expunges() const { return false; }
    /// BYE is what this job waits for.
    [[nodiscard]] virtual bool expects_bye() const { return false; }
};

/// Not thread-safe. After an error nothing more can be sent.
class Pipeline {
public:
    enum class Patience {
        /// The time is for silence: whatever arrives starts it again. Too little for too long is a
        /// deadline, too, with the facts "octets_came" and "seconds".
        idle,
        total,  ///< the time is for the whole run
    };
    struct Pace {
        Patience patience = Patience::idle;
        std::chrono::seconds time{60};
        std::size_t window = 1;  ///< commands sent and not completed
    };

    Pipeline(std::unique_ptr<net::Connection> connection, TranscriptObserver observer);
    ~Pipeline();
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    /// The first line of the server, whatever it is, empty ones passed over. Errors: no_greeting,
    /// closed_before_greeting, not_imap where something came that is no line.
    [[nodiscard]] Result<Reply> greeting(const Wait& wait);

    /// Until `exchange` has no more commands and all are completed.
    [[nodiscard]] Result<void> run(Exchange& exchange, const Pace& pace, const Wait& wait);

    /// IDLE (RFC 2177), for `exchange`, which is told what comes meanwhile.
    struct IdleLimits {
        Clock::duration period{};  ///< then it is ended
        Clock::duration answer{};  ///< for what the server has to answer
        /// The same after a stop. The answer that has not come by then is passed over later.
        Clock::duration answer_after_stop{};
        /// Something was heard that is not to wait.
        std::function<bool()> is_enough;
    };
    enum class IdleEnd { enough, time_over, stopped, refused };
    /// A stop ends the idling, not the conversation. Errors: as of run(); deadline with the fact
    /// "awaited", "+" or "OK", where the server does not answer.
    [[nodiscard]] Result<IdleEnd> idle(Exchange& exchange, const IdleLimits& limits,
                                       const Wait& wait);

    /// After the OK to STARTTLS: bytes_before_tls if anything came behind it.
    [[nodiscard]] Result<void> start_tls(const Wait& wait);

    /// Replies to CAPABILITY, wherever they came from, are kept here. Forgotten at start_tls().
    [[nodiscard]] const std::optional<Capabilities>& capabilities() const { return capabilities_; }
    void forget_capabilities() { capabilities_.reset(); }
    void learn(const Status& status);
    /// Between the two, what is counted may still be of the folder that was open before.
    void folder_changes() {
        folder_changes_ = true;
        opened_any_ = true;
        guarded_.reset();
    }
    void folder_is_open() { folder_changes_ = false; }
    /// ENABLE is only allowed before that (RFC 5161, 3.1).
    [[nodiscard]] bool opened_any() const { return opened_any_; }
    /// The server has said that it is enabled (RFC 7162): EXPUNGE comes as VANISHED from then on.
    [[nodiscard]] bool speaks_qresync() const { return qresync_; }
    /// Grows with every message that comes to the open folder, or goes.
    [[nodiscard]] std::uint64_t changes_seen() const { return changes_seen_; }
    /// What a folder that is open for writing said of its UIDs. As long as it is open, another
    /// UIDVALIDITY is an error, and so is, where they don't last, a message that somebody else
    /// removes: uidvalidity_changed, before anything is done to a message under the UID of another.
    struct Numbers {
        std::uint32_t uid_validity = 0;
        bool they_last = true;
    };
    void guard(const Numbers& numbers) { guarded_ = numbers; }
    /// Each command waits for the answer to the one before, whatever the pace (quirks.h).
    void send_one_after_another() { one_after_another_ = true; }
    void set_line_end(Framer::LineEnd line_end) { framer_.set_line_end(line_end); }

    [[nodiscard]] const net::Connection& connection() const { return *connection_; }
    [[nodiscard]] Transcript& transcript() { return transcript_; }
    [[nodiscard]] const Transcript& transcript() const { return transcript_; }
    /// With the server's words as the fact "server_said". Where it wants to be asked again, but not
    /// now, "try_again" is "later", perhaps with "try_again_after_seconds".
    [[nodiscard]] Error refusal(Cause cause, Layer layer, Reach reach, const Status& status) const;

private:
    struct Outstanding {
        std::string tag;
        std::size_t number = 0;     ///< in its exchange
        std::deque<Secret> unsent;  ///< segments; the first waits for "+"
        Pieces streamed;            ///< what is left of what follows them
        bool streams_after_continuation = false;
        std::uint64_t ends_at =
            0;  ///< in queued_octets_: what is queued of it has gone from there on
    };
    struct Run;
    struct Idling;

    [[nodiscard]] Result<void> converse(Run& run);
    [[nodiscard]] Result<void> fill_window(Run& run);
    [[nodiscard]] Result<void> move_octets(Run& run);
    [[nodiscard]] Result<void> write_some();
    [[nodiscard]] Result<std::size_t> wait_for_octets(const Wait& wait);
    [[nodiscard]] Result<std::size_t> read_some(const Wait& wait);
    [[nodiscard]] Result<void> take_unasked(Run& run);
    enum class Until { nothing_left, all_completed };
    [[nodiscard]] Result<void> take_pieces(Run& run, Until until);
    [[nodiscard]] Result<void> take_event(Run& run, const ReplyAssembler::Event& event);
    [[nodiscard]] Result<void> take_reply(Run& run, const Reply& reply);
    [[nodiscard]] Result<void> take_tagged(Run& run, const Tagged& tagged);
    [[nodiscard]] Result<void> take_continuation(Run& run, const Continuation& continuation);
    [[nodiscard]] Result<void> take_untagged(Run& run, Response& response);
    [[nodiscard]] Result<void> refuse(Run& run, Error error);
    [[nodiscard]] Result<void> note_changes(const Run& run, const Response& response);
    [[nodiscard]] Result<void> note_gone(const Run& run, std::uint64_t messages);
    [[nodiscard]] Result<void> note_exists(std::uint32_t exist);
    [[nodiscard]] Result<IdleEnd> converse_idly(Idling& idling);
    [[nodiscard]] Result<void> wait_idly(Idling& idling);
    void end_idling(Idling& idling, IdleEnd end);
    [[nodiscard]] Result<void> check_validity(const Status& status) const;
    [[nodiscard]] Result<void> stream_some();
    [[nodiscard]] bool is_streaming() const;
    void queue(Command command, Run& run);
    void queue_octets(std::string_view raw);
    [[nodiscard]] bool waits_for_continuation() const;

    std::unique_ptr<net::Connection> connection_;
    Transcript transcript_;
    Framer framer_;
    ReplyAssembler assembler_;
    std::vector<char> input_;
    std::string output_;  ///< may hold a password: wiped when it has gone
    std::size_t output_sent_ = 0;
    std::uint64_t queued_octets_ = 0;  ///< in all, and of these what is gone
    std::uint64_t written_octets_ = 0;
    std::uint64_t body_left_ = 0;  ///< of the literal that is streaming
    std::deque<Outstanding> outstanding_;
    std::uint64_t last_tag_ = 0;
    std::optional<Capabilities> capabilities_;
    std::optional<std::uint32_t> exists_;  ///< messages in the open folder
    bool folder_changes_ = false;
    bool opened_any_ = false;
    bool qresync_ = false;
    std::uint64_t changes_seen_ = 0;
    std::string left_idle_;  ///< tag of an IDLE whose end nobody waited for
    std::optional<Numbers> guarded_;
    bool one_after_another_ = false;
    bool broken_ = false;
};

}  // namespace mail::imap
