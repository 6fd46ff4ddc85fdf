#pragma once
// A small, honest IMAP server on loopback with two dozen sample mails of our own writing: --demo
// works on it, and the tests. Given a script it is the tests' dishonest server instead. It shares
// no protocol code with mail/imap, so that the two check each other.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "mail/base/result.h"
#include "mail/net/endpoint.h"

namespace mail::demo {

/// A mail as the server keeps it.
struct Mail {
    std::string raw;  ///< CRLF line ends
    std::chrono::sys_seconds received{};
};

/// How it treats one command.
enum class Manner {
    honest,
    hang_up,        ///< before it has done anything
    hang_up_after,  ///< it has done it, and says nothing
    only_say,       ///< OK, without doing it
    busy,           ///< NO [UNAVAILABLE]: later, please
    bye,            ///< BYE, without having done it
};

struct Options {
    std::string login = "demo", password = "demo";
    bool binary = true, esearch = true, uidplus = true, sasl_ir = true, condstore = true;
    bool keywords = true;  ///< flags of the clients' own
    std::uint32_t uid_validity = 20261101;
    std::uint16_t port = 0;  ///< 0: a free one
    /// Asked for the content of one of these UIDs, it says BYE and hangs up, as Dovecot 2.3 does at
    /// an error of its own.
    std::vector<std::uint32_t> fatal_uids;
    /// Lets nobody write, whoever asks for SELECT.
    bool read_only = false;
    /// A UID that is not there means the last message, as with Mailutils 3.15.
    bool clamps_uids = false;
    /// Asked before each command, on the thread of that client; nothing: honest. A test's place to
    /// do something just then.
    std::function<Manner(const std::string& command)> manner = {};
    std::vector<std::string> folders{"INBOX", "Faktury", "Archiwum/2025", "Zażółć"};
};

/// One step of a scripted conversation.
struct Step {
    enum class Kind {
        send,    ///< these octets, as they are; "$TAG" becomes the tag of the last command read
        expect,  ///< read command lines until one contains this (any case); literals are taken too
        pause,   ///< milliseconds
        close,
        reset,  ///< the client sees an error in place of an end
    };
    Kind kind = Kind::send;
    std::string octets = {};
    std::chrono::milliseconds time{0};
    std::uint64_t times = 1;  ///< that `send` does it: what is larger than memory, too
};

class Server {
public:
    /// Serves `mails` from INBOX (the other folders are empty) until destroyed; any number of
    /// clients.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(std::vector<Mail> mails,
                                                               const Options& options = {});
    /// Plays `script` to each client that connects. After the last step the connection stays open,
    /// and what comes is thrown away, until the client goes.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start_script(std::vector<Step> script);
    /// The same with a script for the first client, for the second …; the last is for all that
    /// follow. There must be one.
    [[nodiscard]] static Result<std::unique_ptr<Server>>
    start_scripts(std::vector<std::vector<Step>> scripts);
    virtual ~Server() = default;

    /// 127.0.0.1, its port, encryption none.
    [[nodiscard]] virtual net::Endpoint endpoint() const = 0;

    struct Counts {
        std::uint64_t connections = 0, logins = 0, commands = 0, octets_sent = 0;
    };
    [[nodiscard]] virtual Counts counts() const = 0;
    /// The command lines received so far (the latest 100,000, of each the first 64 KiB), with their
    /// literals and with what answered a challenge or ended an IDLE. Secrets as they came: tests
    /// only.
    [[nodiscard]] virtual std::vector<std::string> commands() const = 0;

    /// As another client would: they take effect for new FETCHes at once.
    virtual void remove_message(std::uint32_t uid) = 0;
    virtual void add_message(Mail mail) = 0;
    virtual void mark_message(std::uint32_t uid, const std::string& flag) = 0;
    virtual void unmark_message(std::uint32_t uid, const std::string& flag) = 0;
    /// Another mail under the same UID, which no honest server has.
    virtual void replace_message(std::uint32_t uid, Mail mail) = 0;

    struct Kept {
        std::uint32_t uid = 0;
        std::set<std::string> flags;
        Mail mail;
    };
    /// INBOX as it is now, by ascending UID.
    [[nodiscard]] virtual std::vector<Kept> inbox() const = 0;
};

/// The two dozen mails of --demo, received between 1 and 24 November 2026. Made at each call, 28 MB
/// in all: nearly all of it is the scan of 20 MB, which is not stored in the program. What must
/// come out of them: expected.h.
[[nodiscard]] std::vector<Mail> sample_mails();

}  // namespace mail::demo
