#include "mail/store/takings.h"

#include <algorithm>
#include <cassert>

#include "mail/store/action_rows.h"
#include "mail/store/decision_rows.h"
#include "mail/store/mailbox_rows.h"

namespace mail::store {

namespace {

bool names_all(const MessageEntry& message, const std::vector<FileEntry>& taken) {
    return std::ranges::all_of(taken, [&](const FileEntry& file) {
        return std::ranges::any_of(message.files, [&](const FileEntry& named) {
            return named.part == file.part && named.file == file.file;
        });
    });
}

/// Nobody who lives holds it; and what is being placed was planned and not given to others since,
/// because they have removed its temporary files.
Result<void> may_write(const MessageEntry& message, bool for_placing,
                       const std::optional<MessageWriter::Lease>& lease, const Living& living) {
    if (lease ? living.contains(lease->instance) : for_placing)
        return tl::unexpected(
            held_error(message.id.uid, lease ? lease->instance : std::string(), living));
    return {};
}

std::ptrdiff_t taken_files_of(const MessageEntry& message) {
    return message.step == Step::failed
               ? 0
               : std::ranges::count_if(message.files,
                                       [](const FileEntry& file) { return !file.file.empty(); });
}

/// "1/3", or "1/3/2" where two of the three were there already.
std::string files_in_figures(const MessageEntry& message) {
    const auto there = std::ranges::count_if(message.files, &FileEntry::was_there);
    const auto named_there = std::ranges::count_if(
        message.files, [](const FileEntry& file) { return file.was_there && !file.file.empty(); });
    const auto taken = std::max<std::ptrdiff_t>(0, taken_files_of(message) - named_there);
    const std::string figures = std::to_string(taken) + "/" + std::to_string(message.files.size());
    return there == 0 ? figures : figures + "/" + std::to_string(there);
}

/// Nobody has asked for it: its mailbox was listed, and the message was found to hold no file.
bool was_only_listed(const MessageEntry& message) {
    return message.step == Step::none && message.who.empty() && message.files.empty();
}

/// Not every end is something that somebody did: one that was stopped before it had a file is new
/// again, and mails without attachments are found by looking at the list.
bool is_worth_logging(const MessageEntry& message) {
    if (message.cause == name_of(Cause::cancelled))
        return taken_files_of(message) > 0;
    return !was_only_listed(message);
}

Action action_of(const MailboxId& mailbox, const MessageEntry& message) {
    Action action;
    action.when = message.when;
    action.who = message.who;
    action.point = mailbox.point;
    action.what = Action::What::document;
    action.uid = message.id.uid;
    action.subject = message.subject;
    action.result = message.cause;
    if (!message.files.empty())
        action.detail = files_in_figures(message);
    return action;
}

Action action_of(const MailboxId& mailbox, const PartDecision& decision) {
    Action action;
    action.when = decision.when;
    action.who = decision.who;
    action.point = mailbox.point;
    action.what = decision.decision == Decision::take   ? Action::What::part_wanted
                  : decision.decision == Decision::skip ? Action::What::part_unwanted
                                                        : Action::What::part_by_rules;
    action.uid = decision.message.uid;
    action.subject = decision.subject;
    action.detail = decision.name;
    return action;
}

}  // namespace

Result<Takings::Writing> Takings::open_for_writing(const MailboxId& mailbox) {
    auto living = instance_->others(*database_);
    const auto number = find_or_add_mailbox(*database_, mailbox);
    if (!living || !number)
        return tl::unexpected(!living ? living.error() : number.error());
    return MessageWriter::on(*database_, *number).map([&](MessageWriter writer) {
        return Writing{std::move(*living), std::move(writer)};
    });
}

Result<std::optional<Error>> Takings::why_not_plan(Writing& writing,
                                                   const MessageEntry& message) const {
    auto& [living, writer] = writing;
    const auto lease = writer.lease(message.id.uid);
    const auto taken = writer.taken_files(message.id);
    const auto remover = writer.remover(message.id);
    if (!lease || !taken || !remover)
        return tl::unexpected(!lease ? lease.error() : !taken ? taken.error() : remover.error());
    if (*lease && (*lease)->instance != instance_->id())
        return held_error(message.id.uid, (*lease)->instance, living);
    if (*remover)
        return held_error(message.id.uid, **remover, living);
    if (!names_all(message, *taken))
        return Error{Cause::taken_elsewhere,
                     Layer::ledger,
                     Reach::message,
                     {{"uid", std::to_string(message.id.uid)}}};
    return std::nullopt;
}

Result<void> Takings::plan(const MailboxId& mailbox, const std::vector<MessageEntry>& messages,
                           std::vector<Ledger::Refusal>& refused) {
    auto writing = open_for_writing(mailbox);
    if (!writing)
        return tl::unexpected(std::move(writing.error()));
    for (const MessageEntry& message : messages) {
        auto obstacle = why_not_plan(*writing, message);
        if (!obstacle)
            return tl::unexpected(std::move(obstacle.error()));
        if (*obstacle)
            refused.push_back({message.id.uid, std::move(**obstacle)});
        else if (auto done = writing->writer.write(message, Step::planned, instance_->id()); !done)
            return done;
    }
    return {};
}

Result<void> Takings::place(const MailboxId& mailbox, const std::vector<MessageEntry>& messages) {
    auto writing = open_for_writing(mailbox);
    if (!writing)
        return tl::unexpected(std::move(writing.error()));
    for (const MessageEntry& message : messages) {
        const auto lease = writing->writer.lease(message.id.uid);
        if (!lease)
            return tl::unexpected(lease.error());
        auto done = may_write(message, true, *lease, writing->living).and_then([&] {
            return writing->writer.write(message, Step::placing, instance_->id());
        });
        if (!done)
            return done;
    }
    return {};
}

Result<void> Takings::finish(const MailboxId& mailbox, const std::vector<MessageEntry>& messages) {
    if (messages.empty())
        return {};
    auto writing = open_for_writing(mailbox);
    auto log = ActionWriter::on(*database_);
    if (!writing || !log)
        return tl::unexpected(!writing ? writing.error() : log.error());
    for (const MessageEntry& message : messages) {
        assert(message.step != Step::planned && message.step != Step::placing);
        // Whoever took it, or is at it now, knows more than a list and a search of the server.
        if (was_only_listed(message)) {
            const auto known = writing->writer.is_known(message.id.uid);
            if (!known)
                return tl::unexpected(known.error());
            if (*known)
                continue;
        }
        const auto lease = writing->writer.lease(message.id.uid);
        if (!lease)
            return tl::unexpected(lease.error());
        auto done = may_write(message, false, *lease, writing->living).and_then([&] {
            return writing->writer.write(message, message.step, std::nullopt);
        });
        if (done && is_worth_logging(message))
            done = log->add(action_of(mailbox, message));
        if (!done)
            return done;
    }
    return {};
}

Result<void> Takings::decide(const MailboxId& mailbox, const PartDecision& decision,
                             const Ledger::Standing& document) {
    auto writing = open_for_writing(mailbox);
    auto log = ActionWriter::on(*database_);
    const auto number = find_or_add_mailbox(*database_, mailbox);
    if (!writing || !log || !number)
        return tl::unexpected(!writing ? writing.error() : !log ? log.error() : number.error());
    const auto lease = writing->writer.lease(decision.message.uid);
    const auto remover = writing->writer.remover(decision.message);
    if (!lease || !remover)
        return tl::unexpected(!lease ? lease.error() : remover.error());
    // Who takes or removes it, we or another, has read what was decided before.
    if (*lease || *remover)
        return tl::unexpected(held_error(decision.message.uid,
                                         *lease ? (*lease)->instance : **remover, writing->living));
    return write_decision(*database_, mailbox, decision)
        .and_then([&] { return restate(*database_, *number, decision.message, document); })
        .and_then([&] { return log->add(action_of(mailbox, decision)); });
}

Result<std::vector<std::pair<MailboxId, MessageEntry>>>
Takings::abandoned(const std::string& point) {
    const auto living = instance_->others(*database_);
    auto held = held_messages_of(*database_, point);
    if (!living || !held)
        return tl::unexpected(!living ? living.error() : held.error());
    std::vector<std::pair<MailboxId, MessageEntry>> abandoned;
    for (MessageRow& row : *held)
        if (!living->contains(row.instance))
            abandoned.emplace_back(std::move(row.mailbox), std::move(row.entry));
    return abandoned;
}

}  // namespace mail::store
