#include "mail/store/claim_rows.h"

#include <string>

#include "mail/store/mailbox_rows.h"

namespace mail::store {

namespace {

const std::string claimed_sql =
    "SELECT uid FROM mailbox CROSS JOIN message ON message.mailbox = mailbox.id "
    "WHERE account = ?2 AND mailbox.folder = ?3 AND uid_validity = ?4 AND claimed = 1 ";

template <class... Values>
Result<void> read_uids(Statement& rows, std::vector<std::uint32_t>& uids, const Values&... values) {
    rows.start(values...);
    for (;;) {
        const auto row = rows.next();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        uids.push_back(static_cast<std::uint32_t>(rows.integer(0)));
    }
}

Result<std::vector<std::uint32_t>> uids_where(Database& database, const MailboxId& mailbox,
                                              const std::string& condition) {
    auto rows = database.prepare(claimed_sql + condition);
    if (!rows)
        return tl::unexpected(std::move(rows.error()));
    std::vector<std::uint32_t> uids;
    return read_uids(*rows, uids, mailbox.point, mailbox.account, mailbox.folder,
                     mailbox.uid_validity)
        .map([&] { return std::move(uids); });
}

}  // namespace

Result<std::vector<std::uint32_t>> claimed_of(Database& database, const MailboxId& mailbox,
                                              const std::vector<std::uint32_t>& uids) {
    auto rows = database.prepare(claimed_sql + "AND uid = ?5 AND ?1 <> '' LIMIT 1");
    if (!rows)
        return tl::unexpected(std::move(rows.error()));
    std::vector<std::uint32_t> claimed;
    for (const std::uint32_t uid : uids)
        if (auto read = read_uids(*rows, claimed, mailbox.point, mailbox.account, mailbox.folder,
                                  mailbox.uid_validity, uid);
            !read)
            return tl::unexpected(std::move(read.error()));
    return claimed;
}

Result<std::vector<std::uint32_t>> claimed_beside(Database& database, const MailboxId& mailbox) {
    return uids_where(database, mailbox, "AND point <> ?1 ORDER BY uid");
}

Result<std::vector<std::uint32_t>> claimed_in_vain_of(Database& database,
                                                      const MailboxId& mailbox) {
    return uids_where(
        database, mailbox,
        // The mark may be of another point's document.
        "AND point = ?1 AND (step = 'failed' OR step = 'none') AND NOT EXISTS "
        "(SELECT 1 FROM mailbox AS its JOIN message AS other ON other.mailbox = "
        "its.id WHERE its.account = mailbox.account AND its.folder = mailbox.folder "
        "AND its.uid_validity = mailbox.uid_validity AND its.point <> ?1 AND "
        "other.uid = message.uid AND other.claimed = 1 AND other.step <> 'failed' AND "
        "other.step <> 'none') ORDER BY uid");
}

Result<void> forget_claims(Database& database, const MailboxId& mailbox,
                           const std::vector<std::uint32_t>& uids) {
    const auto number = find_mailbox(database, mailbox);
    auto statement =
        database.prepare("UPDATE message SET claimed = 0 WHERE mailbox = ?1 AND uid = ?2 "
                         "AND (step = 'failed' OR step = 'none')");
    if (!number || !statement)
        return tl::unexpected(!number ? number.error() : statement.error());
    for (const std::uint32_t uid : uids)
        if (*number)
            if (auto done = statement->execute(**number, uid); !done)
                return done;
    return {};
}

}  // namespace mail::store
