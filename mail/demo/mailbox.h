#pragma once
// One folder as the server keeps it: messages with UIDs that only grow, their flags, and who is
// told when something changes. Any thread.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "mail/base/wait.h"
#include "mail/demo/outline.h"
#include "mail/demo/server.h"

namespace mail::demo {

using Flags = std::set<std::string>;

class Message {
public:
    Message(std::uint32_t uid, Mail mail, Flags flags);

    const std::uint32_t uid;
    const Mail mail;

    /// Made at the first call.
    [[nodiscard]] const Entity& outline() const;
    [[nodiscard]] Flags flags() const;
    /// RFC 7162; grows with each change of its flags.
    [[nodiscard]] std::uint64_t mod_sequence() const { return mod_sequence_; }
    enum class Change { replace, add, remove };
    [[nodiscard]] bool removed() const { return removed_; }

private:
    friend class Mailbox;
    void change_flags(Change change, const Flags& flags);
    std::atomic<bool> removed_ = false;
    std::atomic<std::uint64_t> mod_sequence_ = 1;
    mutable std::mutex mutex_;
    Flags flags_;
    mutable std::once_flag outlined_;
    mutable Entity outline_;
};

using MessagePointer = std::shared_ptr<Message>;

class Mailbox {
public:
    explicit Mailbox(std::uint32_t uid_validity) : uid_validity_(uid_validity) {}

    [[nodiscard]] std::uint32_t uid_validity() const { return uid_validity_; }
    [[nodiscard]] std::uint32_t uid_next() const;
    /// By ascending UID.
    [[nodiscard]] std::vector<MessagePointer> messages() const;
    MessagePointer add(Mail mail, Flags flags);
    /// False, and nothing happens, where the message has changed since (RFC 7162).
    bool change_flags(Message& message, Message::Change change, const Flags& flags,
                      std::uint64_t unchanged_since = std::numeric_limits<std::uint64_t>::max());
    [[nodiscard]] std::uint64_t highest_mod_sequence() const;
    /// Nothing happens where there is no such message.
    void remove(std::uint32_t uid);
    /// Another mail takes its UID and its place.
    void replace(std::uint32_t uid, Mail mail);

    /// Counts additions and removals.
    [[nodiscard]] std::uint64_t version() const;
    /// Stopped at the next addition or removal. Ask for it before looking at what is there.
    [[nodiscard]] StopToken next_change() const;

private:
    /// What whoever waits is woken by: outside the lock, since what it does then asks us again.
    [[nodiscard]] StopSource changed();

    const std::uint32_t uid_validity_;
    mutable std::mutex mutex_;
    std::vector<MessagePointer> messages_;
    std::uint32_t uid_next_ = 1;
    std::uint64_t version_ = 0;
    std::uint64_t mod_sequence_ = 1;
    StopSource change_;
};

}  // namespace mail::demo
