#pragma once
// A signed-in conversation with one IMAP server: greeting, capabilities, STARTTLS, login, and the
// pipeline that listing.h and fetch.h send through. Policy of encryption lives here: a password or
// token goes out only after TLS, or in clear to loopback or with the point's consent (never a
// token).

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mail/base/wait.h"
#include "mail/imap/transcript.h"
#include "mail/imap/types.h"
#include "mail/net/connection.h"

namespace mail::imap {

class Pipeline;
struct Synced;
struct SyncRequest;

/// Who looks on while a session is opened. `steps` is told those of net::Connection, and greeting,
/// capabilities (twice where there is STARTTLS), starttls, tls and auth. Facts hold no secret.
struct Observers {
    TranscriptObserver transcript;
    net::StepObserver steps;
};

/// Not thread-safe: owned and used by one thread. Any error that reaches the connection ends it:
/// destroy it. Dropping it without sign_out() just closes.
class Session {
public:
    /// Connects as `endpoint` says and signs in. encryption automatic: TLS on the port; STARTTLS
    /// only where a clear-text greeting is seen there; never after a certificate error, never
    /// clear. One login at most. Errors carry the layer at which it stopped, and "server_said".
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const net::Endpoint& endpoint,
                                                               const Credentials& credentials,
                                                               TranscriptObserver observer,
                                                               const Wait& wait);

    /// The same way for the diagnosis, each step told, with limits of its own: a server that is
    /// silent is given up sooner. What forbids the login (no credentials, no TLS) stops it only
    /// where the login would be sent, so that all before is seen.
    [[nodiscard]] static Result<std::unique_ptr<Session>>
    open_by_steps(const net::Endpoint& endpoint, const Result<Credentials>& credentials,
                  const Observers& observers, const Wait& wait);

    /// The same over a connection made by somebody else, from the greeting on (tests, the demo).
    [[nodiscard]] static Result<std::unique_ptr<Session>>
    over(std::unique_ptr<net::Connection> connection, const net::Endpoint& endpoint,
         const Credentials& credentials, TranscriptObserver observer, const Wait& wait);

    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] const Capabilities& capabilities() const;
    [[nodiscard]] const net::Evidence& evidence() const;

    /// All folders that LIST "" "*" gives, in the server's order.
    [[nodiscard]] Result<std::vector<Folder>> folders(const Wait& wait);
    /// Opens the folder read-only (EXAMINE). `folder` is UTF-8. Errors: folder_missing with the
    /// fact "nearest" where LIST knows one (INBOX.X for X), folder_refused, server_limit,
    /// command_refused (BAD).
    [[nodiscard]] Result<Mailbox> examine(const std::string& folder, const Wait& wait);
    /// The same for writing (SELECT). Error folder_read_only where the server lets nobody write.
    /// Until another folder is opened, whatever tells that UIDs have come to mean other messages
    /// ends the session with uidvalidity_changed (Pipeline::guard).
    [[nodiscard]] Result<Mailbox> select(const std::string& folder, const Wait& wait);
    /// What select() has opened, as it was then, or open_to_claim() where claims may be made;
    /// nothing where no folder is open for writing.
    [[nodiscard]] const std::optional<Mailbox>& selected() const;
    /// To take messages from it, with claims where that may be (claim.h, Mailbox::can_claim). By
    /// SELECT, so that \Recent is lost, and otherwise as examine(): a folder that nobody may write
    /// is opened all the same. Where messages may be numbered anew (quirks.h) by EXAMINE.
    [[nodiscard]] Result<Mailbox> open_to_claim(const std::string& folder, const Wait& wait);
    /// The same with what is in it, in one wait.
    [[nodiscard]] Result<Contents> open_to_claim_with_uids(const std::string& folder,
                                                           const Wait& wait);
    /// As examine(), and what is in it (ESEARCH where the server has it), in one wait.
    [[nodiscard]] Result<Contents> examine_with_uids(const std::string& folder, const Wait& wait);
    /// The folder opened, and what has changed since `remembered`, mostly in one wait: sync.h.
    [[nodiscard]] Result<Synced> sync(const SyncRequest& request, const Wait& wait);
    /// Grows with every message that comes to the open folder, or goes, as far as the server has
    /// told: for idle.h.
    [[nodiscard]] std::uint64_t changes_seen() const;
    /// From now on each command waits for the answer to the one before (quirks.h:
    /// may_have_dropped_commands).
    void send_one_after_another();
    /// After EXPUNGE on some servers (quirks.h: ruins_what_it_expunged): the folder must not be
    /// closed but by dropping this object. Opening another is connection_lost from now on, and
    /// sign_out() says nothing.
    void must_be_dropped();
    /// LOGOUT, waiting at most shortly; errors don't matter any more.
    void sign_out(const Wait& wait);

    /// For listing.cpp, fetch.cpp and changes.cpp only.
    [[nodiscard]] Pipeline& pipeline();

private:
    struct State;
    explicit Session(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace mail::imap
