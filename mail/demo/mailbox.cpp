#include "mail/demo/mailbox.h"

#include <algorithm>
#include <utility>

namespace mail::demo {

Message::Message(std::uint32_t number, Mail content, Flags flags)
    : uid(number), mail(std::move(content)), flags_(std::move(flags)) {}

const Entity& Message::outline() const {
    std::call_once(outlined_, [this] { outline_ = outline_of(mail.raw); });
    return outline_;
}

Flags Message::flags() const {
    const std::lock_guard lock(mutex_);
    return flags_;
}

void Message::change_flags(Change change, const Flags& flags) {
    const std::lock_guard lock(mutex_);
    if (change == Change::replace)
        flags_ = flags;
    for (const std::string& flag : flags) {
        if (change == Change::add)
            flags_.insert(flag);
        if (change == Change::remove)
            flags_.erase(flag);
    }
}

std::uint32_t Mailbox::uid_next() const {
    const std::lock_guard lock(mutex_);
    return uid_next_;
}

std::vector<MessagePointer> Mailbox::messages() const {
    const std::lock_guard lock(mutex_);
    return messages_;
}

MessagePointer Mailbox::add(Mail mail, Flags flags) {
    StopSource waiting;
    MessagePointer message;
    {
        const std::lock_guard lock(mutex_);
        message = std::make_shared<Message>(uid_next_++, std::move(mail), std::move(flags));
        message->mod_sequence_ = ++mod_sequence_;
        messages_.push_back(message);
        waiting = changed();
    }
    waiting.request_stop();
    return message;
}

bool Mailbox::change_flags(Message& message, Message::Change change, const Flags& flags,
                           std::uint64_t unchanged_since) {
    const std::lock_guard lock(mutex_);
    if (message.mod_sequence_ > unchanged_since)
        return false;
    message.change_flags(change, flags);
    message.mod_sequence_ = ++mod_sequence_;
    return true;
}

std::uint64_t Mailbox::highest_mod_sequence() const {
    const std::lock_guard lock(mutex_);
    return mod_sequence_;
}

void Mailbox::remove(std::uint32_t uid) {
    StopSource waiting;
    {
        const std::lock_guard lock(mutex_);
        const auto message = std::find_if(messages_.begin(), messages_.end(),
                                          [uid](const auto& m) { return m->uid == uid; });
        if (message == messages_.end())
            return;
        (*message)->removed_ = true;
        messages_.erase(message);
        waiting = changed();
    }
    waiting.request_stop();
}

void Mailbox::replace(std::uint32_t uid, Mail mail) {
    const std::lock_guard lock(mutex_);
    const auto message = std::find_if(messages_.begin(), messages_.end(),
                                      [uid](const auto& m) { return m->uid == uid; });
    if (message != messages_.end())
        *message = std::make_shared<Message>(uid, std::move(mail), (*message)->flags());
}

std::uint64_t Mailbox::version() const {
    const std::lock_guard lock(mutex_);
    return version_;
}

StopToken Mailbox::next_change() const {
    const std::lock_guard lock(mutex_);
    return change_.get_token();
}

StopSource Mailbox::changed() {
    ++version_;
    return std::exchange(change_, StopSource());
}

}  // namespace mail::demo
