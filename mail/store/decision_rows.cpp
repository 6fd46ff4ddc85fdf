#include "mail/store/decision_rows.h"

#include <utility>

#include "mail/store/names.h"

namespace mail::store {

namespace {

constexpr Names<Decision, 3> decision_names{
    {{"by_rules", Decision::by_rules}, {"take", Decision::take}, {"skip", Decision::skip}}};

/// What tells a message without a Message-ID: none of another numbering.
struct Number {
    std::uint32_t uid_validity = 0, uid = 0;
};
Number number_of(const MailboxId& mailbox, const MessageId& message) {
    return message.message_id.empty() ? Number{mailbox.uid_validity, message.uid} : Number{};
}

}  // namespace

std::string_view name_of(Decision decision) {
    return name_in(decision_names, decision);
}

Result<std::vector<PartDecision>> decisions_of(Database& database, const MailboxId& mailbox) {
    auto rows = database.prepare(
        "SELECT message_id, received, uid, part, name, decision, who, at FROM decision "
        "WHERE point = ?1 AND (uid_validity = 0 OR uid_validity = ?2)");
    if (!rows)
        return tl::unexpected(std::move(rows.error()));
    rows->start(mailbox.point, mailbox.uid_validity);
    std::vector<PartDecision> decisions;
    return each_row(*rows,
                    [&] {
                        PartDecision& one = decisions.emplace_back();
                        one.message.message_id = rows->text(0);
                        one.message.received = rows->integer(1);
                        one.message.uid = static_cast<std::uint32_t>(rows->integer(2));
                        one.part = rows->text(3);
                        one.name = rows->text(4);
                        one.decision =
                            value_in(decision_names, rows->text(5)).value_or(Decision::by_rules);
                        one.who = rows->text(6);
                        one.when = std::chrono::sys_seconds(std::chrono::seconds(rows->integer(7)));
                    })
        .map([&] { return std::move(decisions); });
}

Result<Statement> prepare_unmet_wishes(Database& database) {
    return database.prepare(
        "SELECT part, name FROM decision WHERE point = ?1 AND message_id = ?2 AND received = ?3 "
        "AND "
        "uid_validity = ?4 AND uid = ?5 AND decision = 'take' AND NOT EXISTS ("
        "SELECT 1 FROM file JOIN message ON message.id = file.message "
        "JOIN mailbox ON mailbox.id = message.mailbox WHERE mailbox.point = ?1 AND "
        "account = ?6 AND mailbox.folder = ?7 AND mailbox.uid_validity = ?8 AND message.uid = ?9 "
        "AND file.part = decision.part AND file.name = decision.name AND file.file <> '' "
        "AND file.temporary = '') ORDER BY part");
}

Result<std::vector<PartDecision>> unmet_wishes(Statement& rows, const MailboxId& mailbox,
                                               const MessageId& message) {
    const auto [uid_validity, uid] = number_of(mailbox, message);
    rows.start(mailbox.point, Octets{message.message_id}, message.received, uid_validity, uid,
               mailbox.account, mailbox.folder, mailbox.uid_validity, message.uid);
    std::vector<PartDecision> wishes;
    return each_row(rows,
                    [&] {
                        PartDecision& one = wishes.emplace_back();
                        one.message = message;
                        one.part = rows.text(0);
                        one.name = rows.text(1);
                        one.decision = Decision::take;
                    })
        .map([&] { return std::move(wishes); });
}

Result<void> write_decision(Database& database, const MailboxId& mailbox,
                            const PartDecision& decision) {
    auto write = database.prepare(
        "INSERT OR REPLACE INTO decision (point, message_id, received, uid_validity, uid, part, "
        "name, decision, who, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    if (!write)
        return tl::unexpected(std::move(write.error()));
    const auto [uid_validity, uid] = number_of(mailbox, decision.message);
    return write->execute(mailbox.point, Octets{decision.message.message_id},
                          decision.message.received, uid_validity, uid, decision.part,
                          decision.name, name_of(decision.decision), decision.who,
                          std::int64_t{decision.when.time_since_epoch().count()});
}

}  // namespace mail::store
