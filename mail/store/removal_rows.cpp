#include "mail/store/removal_rows.h"

#include <utility>

#include "mail/store/mailbox_rows.h"
#include "mail/store/names.h"

namespace mail::store {

namespace {

using Stage = RemovalEntry::Stage;

constexpr Names<Stage, 5> stage_names{{{"hidden", Stage::hidden},
                                       {"removing", Stage::removing},
                                       {"removed", Stage::removed},
                                       {"restoring", Stage::restoring},
                                       {"marked", Stage::marked}}};

/// The table lets no other word in.
Stage stage_of(std::string_view name) {
    return value_in(stage_names, name).value_or(Stage::hidden);
}

const std::string removals_sql =
    "SELECT point, account, mailbox.folder, uid_validity, uid, message_id, received, size_octets, "
    "stage, copy, copy_octets, copy_sha256, flags, subject, sender, at, keep_until, "
    "CASE stage WHEN 'restoring' THEN restorer ELSE who END, instance, number, hidden, "
    "next_validity, next_uid, astray, stopped "
    "FROM removal JOIN mailbox ON mailbox.id = removal.mailbox WHERE ";

std::chrono::sys_seconds time_in(const Statement& row, int column) {
    return std::chrono::sys_seconds(std::chrono::seconds(row.integer(column)));
}

RemovalRow removal_row(const Statement& row) {
    RemovalRow removal;
    removal.mailbox = mailbox_in(row, 0);
    RemovalEntry& entry = removal.entry;
    entry.id = {static_cast<std::uint32_t>(row.integer(4)), row.text(5), row.integer(6),
                static_cast<std::uint64_t>(row.integer(7))};
    entry.stage = stage_of(row.text(8));
    entry.copy = row.text(9);
    entry.copy_octets = static_cast<std::uint64_t>(row.integer(10));
    entry.copy_sha256 = row.text(11);
    entry.flags = row.text(12);
    entry.subject = row.text(13);
    entry.sender = row.text(14);
    entry.when = time_in(row, 15);
    entry.keep_until = time_in(row, 16);
    entry.who = row.text(17);
    removal.instance = row.text(18);
    entry.number = static_cast<std::uint32_t>(row.integer(19));
    entry.is_hidden_too = row.integer(20) != 0;
    entry.next = {static_cast<std::uint32_t>(row.integer(21)),
                  static_cast<std::uint32_t>(row.integer(22))};
    entry.may_be_astray = row.integer(23) != 0;
    entry.is_stopped = row.integer(24) != 0;
    return removal;
}

template <class... Values>
Result<std::vector<RemovalRow>> read_removals(Database& database, const std::string& condition,
                                              const Values&... values) {
    auto rows = database.prepare(removals_sql + condition);
    if (!rows)
        return tl::unexpected(std::move(rows).error());
    std::vector<RemovalRow> removals;
    rows->start(values...);
    return each_row(*rows, [&] { removals.push_back(removal_row(*rows)); }).map([&] {
        return std::move(removals);
    });
}

}  // namespace

Result<std::vector<RemovalRow>> removals_of(Database& database, const MailboxId& mailbox) {
    return read_removals(database, std::string(here_condition) + " ORDER BY uid, number",
                         mailbox.point, mailbox.account, mailbox.folder, mailbox.uid_validity);
}

Result<std::vector<RemovalRow>> removals_beside(Database& database, const MailboxId& mailbox) {
    return read_removals(
        database, std::string(beside_condition) + " ORDER BY uid, number, removal.mailbox",
        mailbox.point, mailbox.account, mailbox.folder, mailbox.uid_validity, login_of(mailbox));
}

// The + keeps SQLite from going through all that ever left the point: copies and leases are few.
Result<std::vector<RemovalRow>> kept_removals_of(Database& database, const std::string& point) {
    return read_removals(database,
                         "copy <> '' AND (stage = 'removed' OR stage = 'restoring' "
                         "OR stage = 'marked') AND +point = ?1 "
                         "ORDER BY at DESC, uid DESC, number",
                         point);
}

Result<std::vector<RemovalRow>> held_removals_of(Database& database, const std::string& point) {
    return read_removals(database, "instance IS NOT NULL AND +point = ?1 ORDER BY uid", point);
}

Result<std::vector<RemovalRow>> expired_removals(Database& database, std::chrono::sys_seconds now) {
    return read_removals(database,
                         "copy <> '' AND (stage = 'removed' OR stage = 'marked') "
                         "AND keep_until <= ?1 "
                         "ORDER BY keep_until, uid",
                         std::int64_t{now.time_since_epoch().count()});
}

Result<void> adopt_hidden(Database& database, const MailboxId& mailbox,
                          const std::vector<Ledger::Moved>& moved) {
    return adopt_rows(
        database, mailbox, moved,
        "UPDATE OR IGNORE removal SET mailbox = ?1, uid = ?2, message_id = ?3, received = ?4, "
        "size_octets = ?5 WHERE uid = ?9 AND number = 0 AND mailbox = (SELECT removal.mailbox FROM "
        "removal "
        "JOIN mailbox ON mailbox.id = removal.mailbox WHERE point = ?6 "
        "AND substr(account, 1, length(?7)) = ?7 AND mailbox.folder = ?8 AND mailbox.id <> ?1 "
        "AND uid = ?9 AND message_id = ?10 AND received = ?11 AND size_octets = ?12 "
        "AND stage = 'hidden' ORDER BY mailbox.id DESC LIMIT 1)");
}

RemovalWriter::RemovalWriter(std::int64_t mailbox, std::array<Statement, 6> statements)
    : mailbox_(mailbox), find_(std::move(statements[0])), taker_(std::move(statements[1])),
      write_(std::move(statements[2])), stage_(std::move(statements[3])),
      forget_(std::move(statements[4])), give_up_(std::move(statements[5])) {}

Result<RemovalWriter> RemovalWriter::on(Database& database, std::int64_t mailbox) {
    auto find =
        database.prepare(removals_sql + "removal.mailbox = ?1 AND uid = ?2 AND number = ?3");
    auto taker = database.prepare("SELECT instance FROM message "
                                  "WHERE mailbox = ?1 AND uid = ?2 AND instance IS NOT NULL");
    auto write = database.prepare(
        "INSERT OR REPLACE INTO removal (mailbox, uid, message_id, received, size_octets, stage, "
        "copy, copy_octets, copy_sha256, flags, subject, sender, at, keep_until, who, restorer, "
        "instance, number, hidden, next_validity, next_uid, astray, stopped) VALUES (?1, ?2, ?3, "
        "?4, ?5, "
        "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, '', nullif(?16, ''), ?17, ?18, ?19, ?20, "
        "?21, ?22)");
    auto stage =
        database.prepare("UPDATE removal SET stage = ?4, restorer = ?5, instance = nullif(?6, ''), "
                         "next_validity = CASE ?8 WHEN 0 THEN next_validity ELSE ?7 END, "
                         "next_uid = CASE ?8 WHEN 0 THEN next_uid ELSE ?8 END "
                         "WHERE mailbox = ?1 AND uid = ?2 AND number = ?3");
    auto forget =
        database.prepare("DELETE FROM removal WHERE mailbox = ?1 AND uid = ?2 AND number = ?3");
    auto give_up = database.prepare(
        "UPDATE removal SET number = (SELECT max(number) + 1 FROM removal WHERE mailbox = ?1 "
        "AND uid = ?2) WHERE mailbox = ?1 AND uid = ?2 AND number = 0");
    for (const auto* statement : {&find, &taker, &write, &stage, &forget, &give_up})
        if (!*statement)
            return tl::unexpected(statement->error());
    return RemovalWriter(mailbox, {*std::move(find), *std::move(taker), *std::move(write),
                                   *std::move(stage), *std::move(forget), *std::move(give_up)});
}

Result<std::optional<RemovalRow>> RemovalWriter::find(RemovalKey key) {
    find_.start(mailbox_, key.uid, key.number);
    const auto row = find_.next();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::nullopt;
    auto found = removal_row(find_);
    return find_.next().map([&](bool) { return std::optional(std::move(found)); });
}

Result<std::string> RemovalWriter::taker(std::uint32_t uid) {
    taker_.start(mailbox_, uid);
    const auto row = taker_.next();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::string();
    std::string instance = taker_.text(0);
    return taker_.next().map([&](bool) { return std::move(instance); });
}

Result<void> RemovalWriter::write(const RemovalEntry& entry, const std::string& instance) {
    return write_.execute(mailbox_, entry.id.uid, Octets{entry.id.message_id}, entry.id.received,
                          entry.id.size_octets, name_in(stage_names, entry.stage), entry.copy,
                          entry.copy_octets, entry.copy_sha256, entry.flags, entry.subject,
                          entry.sender, std::int64_t{entry.when.time_since_epoch().count()},
                          std::int64_t{entry.keep_until.time_since_epoch().count()}, entry.who,
                          instance, entry.number, std::uint32_t{entry.is_hidden_too},
                          entry.next.uid_validity, entry.next.uid,
                          std::int64_t{entry.stage == Stage::removing && entry.may_be_astray},
                          std::int64_t{entry.stage == Stage::removing && entry.is_stopped});
}

Result<void> RemovalWriter::restoring(RemovalKey key, const std::string& who, const NextUid& next,
                                      const std::string& instance) {
    return stage_.execute(mailbox_, key.uid, key.number, name_in(stage_names, Stage::restoring),
                          who, instance, next.uid_validity, next.uid);
}

Result<void> RemovalWriter::not_restored(RemovalKey key) {
    // What an APPEND of which nobody knows the end has made may be there after all: it is looked
    // for from the UID on that was the next when that began.
    return stage_.execute(mailbox_, key.uid, key.number, name_in(stage_names, Stage::removed), "",
                          "", std::uint32_t{0}, std::uint32_t{0});
}

Result<void> RemovalWriter::forget(RemovalKey key) {
    return forget_.execute(mailbox_, key.uid, key.number);
}

Result<void> RemovalWriter::give_up_its_uid(std::uint32_t uid) {
    return give_up_.execute(mailbox_, uid);
}

}  // namespace mail::store
