#include "mail/store/mailbox_rows.h"

namespace mail::store {

Result<std::optional<std::int64_t>> find_mailbox(Database& database, const MailboxId& mailbox) {
    auto statement = database.prepare("SELECT id FROM mailbox WHERE point = ?1 AND account = ?2 "
                                      "AND folder = ?3 AND uid_validity = ?4");
    if (!statement)
        return tl::unexpected(std::move(statement).error());
    statement->start(mailbox.point, mailbox.account, mailbox.folder, mailbox.uid_validity);
    const auto row = statement->next();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? std::optional(statement->integer(0)) : std::nullopt;
}

Result<std::int64_t> find_or_add_mailbox(Database& database, const MailboxId& mailbox) {
    auto added = database.prepare("INSERT INTO mailbox (point, account, folder, uid_validity) "
                                  "VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
    if (!added)
        return tl::unexpected(std::move(added).error());
    return added->execute(mailbox.point, mailbox.account, mailbox.folder, mailbox.uid_validity)
        .and_then([&] { return find_mailbox(database, mailbox); })
        .map([](std::optional<std::int64_t> number) { return number.value_or(0); });
}

Result<void> adopt_rows(Database& database, const MailboxId& mailbox,
                        const std::vector<Ledger::Moved>& moved, const std::string& sql) {
    const auto number = find_or_add_mailbox(database, mailbox);
    auto statement = database.prepare(sql);
    if (!number || !statement)
        return tl::unexpected(!number ? number.error() : statement.error());
    for (const Ledger::Moved& one : moved) {
        const MessageId& before = one.before.id;
        auto done = statement->execute(
            *number, one.now.uid, Octets{one.now.message_id}, one.now.received, one.now.size_octets,
            mailbox.point, login_of(mailbox), mailbox.folder,
            // Set aside it has a number that nobody knows.
            one.is_of_this_mailbox ? 0 : before.uid, Octets{before.message_id}, before.received,
            before.size_octets);
        if (!done)
            return done;
    }
    return {};
}

Result<void> set_aside(Database& database, const MailboxId& mailbox,
                       const std::vector<std::uint32_t>& uids, const std::string& table,
                       const std::string& condition) {
    if (uids.empty())
        return {};
    // No server numbers by UIDVALIDITY 0 (RFC 9051, 2.3.1.1), so such a row is beside any mailbox.
    MailboxId aside = mailbox;
    aside.uid_validity = 0;
    const auto from = find_or_add_mailbox(database, mailbox);
    const auto to = find_or_add_mailbox(database, aside);
    auto move = database.prepare("UPDATE " + table +
                                 " SET mailbox = ?2, uid = (SELECT "
                                 "ifnull(max(uid), 0) + 1 FROM " +
                                 table +
                                 " WHERE mailbox = ?2) "
                                 "WHERE mailbox = ?1 AND uid = ?3 AND " +
                                 condition);
    if (!from || !to || !move)
        return tl::unexpected(!from ? from.error() : !to ? to.error() : move.error());
    for (const std::uint32_t uid : uids)
        if (auto done = move->execute(*from, *to, uid); !done)
            return done;
    return {};
}

std::string login_of(const MailboxId& mailbox) {
    return mailbox.account.substr(0, mailbox.account.rfind('@') + 1);
}

MailboxId mailbox_in(const Statement& row, int column) {
    return {row.text(column), row.text(column + 1), row.text(column + 2),
            static_cast<std::uint32_t>(row.integer(column + 3))};
}

}  // namespace mail::store
