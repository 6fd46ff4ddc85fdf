#pragma once
// One client's conversation with the honest server (RFC 3501), from the greeting to the end.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mail/demo/arguments.h"
#include "mail/demo/channel.h"
#include "mail/demo/command.h"
#include "mail/demo/folders.h"
#include "mail/demo/search.h"
#include "mail/demo/server.h"
#include "mail/demo/traffic.h"

namespace mail::demo {

/// Used by one thread.
class Conversation {
public:
    /// All must outlive it.
    Conversation(Channel& channel, const Folders& folders, const Options& options, Traffic& traffic)
        : channel_(channel), folders_(folders), options_(options), traffic_(traffic) {}

    /// Until the client signs out or goes, or the channel is stopped.
    void run();

private:
    enum class State { not_signed_in, signed_in, selected, signed_out };
    enum class Access { read_only, read_write };
    struct Entry;
    static const Entry* find(const std::string& name);

    void treat(std::string text);
    void answer(const Command& command);
    void ok(const Command& command, const std::string& text);
    void no(const Command& command, const std::string& text);
    void bad(const Command& command, const std::string& text);
    [[nodiscard]] std::string capabilities() const;

    // conversation.cpp: signing in and out
    void capability(const Command& command);
    void noop(const Command& command);
    void id(const Command& command);
    void login(const Command& command);
    void authenticate(const Command& command);
    void sign_in(const Command& command, const std::string& login, const std::string& password);
    void logout(const Command& command);

    // conversation_folders.cpp
    void list(const Command& command);
    void namespaces(const Command& command);
    void status(const Command& command);
    void select(const Command& command);
    void close(const Command& command);
    void fixed_folders(const Command& command);
    void append(const Command& command);
    /// The folder of that raw name; refuses the command where there is none.
    Mailbox* folder_named(const Command& command, const std::string& raw_name);
    void tell_selected();

    // conversation_messages.cpp: what needs a selected folder
    void fetch(const Command& command);
    void store(const Command& command);
    void search(const Command& command);
    void expunge(const Command& command);
    void idle(const Command& command);
    /// EXPUNGE and EXISTS for what has changed since the client was last told.
    void tell_changes();
    /// Messages whose UID means another mail by now.
    void take_replacements();
    [[nodiscard]] bool is_clamped_to(const NumberSet& set, std::size_t index) const;
    /// Numbers of the set in the kind that the command's name says: UIDs or sequence numbers.
    [[nodiscard]] bool chosen(const NumberSet& set, NumberKind kind, std::size_t index) const;
    [[nodiscard]] Candidate candidate(std::size_t index) const;

    Channel& channel_;
    const Folders& folders_;
    const Options& options_;
    Traffic& traffic_;

    State state_ = State::not_signed_in;
    /// While selected: what the client knows of the folder.
    Mailbox* mailbox_ = nullptr;
    Access access_ = Access::read_only;
    std::vector<MessagePointer> known_;
    std::uint64_t version_ = 0;
};

}  // namespace mail::demo
