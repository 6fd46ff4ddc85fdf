#include "mail/store/message_rows.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "mail/store/mailbox_rows.h"
#include "mail/store/names.h"

namespace mail::store {

namespace {

constexpr Names<Step, 6> step_names{{{"planned", Step::planned},
                                     {"placing", Step::placing},
                                     {"stored", Step::stored},
                                     {"partial", Step::partial},
                                     {"none", Step::none},
                                     {"failed", Step::failed}}};

std::string_view name_of(MessageEntry::Claim claim) {
    switch (claim) {
    case MessageEntry::Claim::as_before:
        return "";
    case MessageEntry::Claim::ours:
        return "ours";
    case MessageEntry::Claim::none:
        break;
    }
    return "none";
}

/// The table lets no other word in.
Step step_of(std::string_view name) {
    return value_in(step_names, name).value_or(Step::failed);
}

const std::string messages_sql =
    "SELECT message.id, point, account, mailbox.folder, uid_validity, uid, message_id, received, "
    "size_octets, step, message.folder, cause, at, who, instance, claimed, due, manifest, "
    "left_out FROM message JOIN mailbox ON mailbox.id = message.mailbox WHERE ";

// CROSS holds SQLite to this order: it would read all files there are for the few that are leased.
const std::string files_sql =
    "SELECT file.message, part, name, type, file.size_octets, sha256, temporary, file "
    "FROM message CROSS JOIN file ON file.message = message.id "
    "JOIN mailbox ON mailbox.id = message.mailbox WHERE ";

// Both statements in one order, so that the files are dealt out in one pass.
const std::string messages_order = " ORDER BY uid, message.id";
const std::string files_order = " ORDER BY uid, message.id, position";

// One line each; see schema_6.sql.
std::string text_of(const std::vector<LeftOut>& left_out) {
    std::string lines;
    for (const LeftOut& one : left_out) {
        lines.append(1, one.needs_you ? '?' : '-').append(one.reason).append(1, ' ');
        for (const char c : one.name)
            lines += c == '\n' ? ' ' : c;
        lines += '\n';
    }
    return lines;
}

std::vector<LeftOut> left_out_in(std::string_view lines) {
    std::vector<LeftOut> left_out;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        const std::size_t blank = line.find(' ');
        if (line.empty() || blank == std::string_view::npos)
            continue;
        left_out.push_back({std::string(line.substr(blank + 1)),
                            std::string(line.substr(1, blank - 1)), line.front() == '?'});
    }
    return left_out;
}

MessageRow message_row(const Statement& row) {
    MessageRow message;
    message.number = row.integer(0);
    message.mailbox = mailbox_in(row, 1);
    message.entry.id = {static_cast<std::uint32_t>(row.integer(5)), row.text(6), row.integer(7),
                        static_cast<std::uint64_t>(row.integer(8))};
    message.entry.step = step_of(row.text(9));
    message.entry.folder = row.text(10);
    message.entry.cause = row.text(11);
    message.entry.when = std::chrono::sys_seconds(std::chrono::seconds(row.integer(12)));
    message.entry.who = row.text(13);
    message.instance = row.text(14);
    message.entry.claim =
        row.integer(15) != 0 ? MessageEntry::Claim::ours : MessageEntry::Claim::none;
    message.entry.is_due = row.integer(16) != 0;
    message.entry.manifest = row.text(17);
    message.entry.left_out = left_out_in(row.text(18));
    return message;
}

FileEntry file_row(const Statement& row) {
    return {row.text(1), row.text(2), row.text(3), static_cast<std::uint64_t>(row.integer(4)),
            row.text(5), row.text(6), row.text(7)};
}

Result<void> read_files(Statement& rows, std::vector<MessageRow>& messages) {
    auto message = messages.begin();
    for (;;) {
        const auto row = rows.next();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        while (message != messages.end() && message->number != rows.integer(0))
            ++message;
        if (message == messages.end())
            return {};
        message->entry.files.push_back(file_row(rows));
    }
}

template <class... Values>
Result<std::vector<MessageRow>> read_messages(Database& database, const std::string& condition,
                                              const Values&... values) {
    auto rows = database.prepare(messages_sql + condition + messages_order);
    auto files = database.prepare(files_sql + condition + files_order);
    if (!rows || !files)
        return tl::unexpected(!rows ? rows.error() : files.error());
    std::vector<MessageRow> messages;
    rows->start(values...);
    for (;;) {
        const auto row = rows->next();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            break;
        messages.push_back(message_row(*rows));
    }
    files->start(values...);
    return read_files(*files, messages).map([&] { return std::move(messages); });
}

}  // namespace

Result<std::vector<MessageRow>> messages_of(Database& database, const MailboxId& mailbox) {
    return read_messages(database, std::string(here_condition), mailbox.point, mailbox.account,
                         mailbox.folder, mailbox.uid_validity);
}

Result<std::vector<MessageRow>> messages_beside(Database& database, const MailboxId& mailbox) {
    return read_messages(database, std::string(beside_condition), mailbox.point, mailbox.account,
                         mailbox.folder, mailbox.uid_validity, login_of(mailbox));
}

Result<std::vector<MessageRow>> held_messages_of(Database& database, const std::string& point) {
    // By the leases, which are few, and not (+) by the point, which may have many messages.
    return read_messages(database, "instance IS NOT NULL AND +point = ?1", point);
}

Result<std::vector<MessageRow>> documents_of(Database& database, const DocumentQuery& query) {
    const auto seconds = [](std::chrono::sys_seconds when) {
        return std::int64_t{when.time_since_epoch().count()};
    };
    std::string condition = "instance IS NULL AND (?1 = '' OR point = ?1) AND at >= ?2 AND at < ?3 "
                            "AND step <> 'planned' AND step <> 'placing'";
    condition += query.open_only
                     ? " AND (step = 'failed' OR step = 'partial' OR "
                       // Some line begins so: see text_of().
                       "instr(char(10) || left_out, char(10) || '?') > 0) AND NOT EXISTS (SELECT 1 "
                       "FROM removal WHERE removal.mailbox = message.mailbox AND removal.uid = "
                       "message.uid)"
                     : " AND (step <> 'none' OR left_out <> '')";
    auto found =
        read_messages(database, condition, query.point, seconds(query.since), seconds(query.until));
    if (found)
        std::ranges::stable_sort(*found, {}, [](const MessageRow& row) { return row.entry.when; });
    return found;
}

Result<void> adopt_messages(Database& database, const MailboxId& mailbox,
                            const std::vector<Ledger::Moved>& moved) {
    return adopt_rows(
        database, mailbox, moved,
        "UPDATE OR IGNORE message SET mailbox = ?1, uid = ?2, message_id = ?3, received = ?4, "
        "size_octets = ?5 WHERE id = (SELECT message.id FROM message JOIN mailbox "
        "ON mailbox.id = message.mailbox WHERE point = ?6 AND substr(account, 1, length(?7)) = "
        "?7 AND mailbox.folder = ?8 AND mailbox <> ?1 AND (uid = ?9 OR ?9 = 0) AND message_id = "
        "?10 "
        "AND received = ?11 AND size_octets = ?12 AND instance IS NULL "
        "ORDER BY message.id DESC LIMIT 1)");
}

Result<void> move_message(Database& database, const MailboxId& mailbox, std::uint32_t uid,
                          const MailboxId& mailbox_now, const MessageId& now) {
    // No server numbers by UIDVALIDITY 0 (RFC 9051, 2.3.1.1), so such a row is beside any mailbox.
    MailboxId target = mailbox_now;
    if (now.uid == 0)
        target.uid_validity = 0;
    const auto from = find_or_add_mailbox(database, mailbox);
    const auto to = find_or_add_mailbox(database, target);
    auto clear = database.prepare(
        "DELETE FROM message WHERE mailbox = ?1 AND uid = ?2 AND (?1 <> ?3 OR ?2 <> ?4) "
        "AND instance IS NULL AND EXISTS (SELECT 1 FROM message AS moved WHERE moved.mailbox = ?3 "
        "AND moved.uid = ?4) AND NOT EXISTS (SELECT 1 FROM file WHERE file.message = message.id "
        "AND file.file <> '')");
    auto move = database.prepare(
        "UPDATE OR IGNORE message SET mailbox = ?1, uid = ifnull(nullif(?2, 0), "
        "(SELECT ifnull(max(uid), 0) + 1 FROM message WHERE mailbox = ?1)), message_id = ?5, "
        "received = ?6, size_octets = ?7, due = 0 WHERE mailbox = ?3 AND uid = ?4 "
        "AND instance IS NULL");
    if (!from || !to)
        return tl::unexpected(!from ? from.error() : to.error());
    if (!clear || !move)
        return tl::unexpected(!clear ? clear.error() : move.error());
    return clear->execute(*to, now.uid, *from, uid).and_then([&] {
        return move->execute(*to, now.uid, *from, uid, Octets{now.message_id}, now.received,
                             now.size_octets);
    });
}

Result<Statement> prepare_earlier_file(Database& database) {
    // Those with a temporary name are still to come, or never came.
    return database.prepare(
        "SELECT point, account, mailbox.folder, uid_validity, uid, message_id, received, "
        "message.size_octets, at, part, name, type, file.size_octets, sha256, file "
        "FROM file JOIN message ON message.id = file.message "
        "JOIN mailbox ON mailbox.id = message.mailbox "
        "WHERE sha256 = ?1 AND sha256 <> '' AND file <> '' AND temporary = '' AND point = ?2 "
        "AND NOT (account = ?3 AND mailbox.folder = ?4 AND uid_validity = ?5 AND uid = ?6) "
        "ORDER BY at DESC, message.id DESC LIMIT 1");
}

Result<std::optional<Ledger::EarlierFile>> earlier_file_of(Statement& rows,
                                                           const MailboxId& mailbox,
                                                           std::uint32_t but_not_of,
                                                           const std::string& sha256) {
    rows.start(sha256, mailbox.point, mailbox.account, mailbox.folder, mailbox.uid_validity,
               but_not_of);
    const auto row = rows.next();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::nullopt;
    Ledger::EarlierFile found;
    found.mailbox = mailbox_in(rows, 0);
    found.message = {static_cast<std::uint32_t>(rows.integer(4)), rows.text(5), rows.integer(6),
                     static_cast<std::uint64_t>(rows.integer(7))};
    found.when = std::chrono::sys_seconds(std::chrono::seconds(rows.integer(8)));
    found.file = {rows.text(9),  rows.text(10),
                  rows.text(11), static_cast<std::uint64_t>(rows.integer(12)),
                  rows.text(13), "",
                  rows.text(14)};
    // To its end: a statement in the middle keeps others from writing.
    return rows.next().map([&](bool) { return std::optional(std::move(found)); });
}

Result<void> restate(Database& database, std::int64_t mailbox, const MessageId& id,
                     const Ledger::Standing& document) {
    return database
        .prepare("UPDATE message SET step = ?4, left_out = ?5, cause = CASE WHEN "
                 "(step = 'failed' OR step = 'partial') AND ?4 <> 'failed' AND ?4 <> 'partial' "
                 "THEN '' ELSE cause END WHERE mailbox = ?1 AND uid = ?2 AND instance IS NULL AND "
                 "(message_id = ?3 OR message_id = x'' OR ?3 = x'')")
        .and_then([&](Statement update) {
            return update.execute(mailbox, id.uid, Octets{id.message_id},
                                  name_in(step_names, document.step), text_of(document.left_out));
        });
}

MessageWriter::MessageWriter(std::int64_t mailbox, std::array<Statement, 8> statements)
    : mailbox_(mailbox), lease_(std::move(statements[0])), taken_(std::move(statements[1])),
      remover_(std::move(statements[2])), message_(std::move(statements[3])),
      number_(std::move(statements[4])), forget_(std::move(statements[5])),
      file_(std::move(statements[6])), known_(std::move(statements[7])) {}

Result<MessageWriter> MessageWriter::on(Database& database, std::int64_t mailbox) {
    auto lease = database.prepare("SELECT step, instance FROM message "
                                  "WHERE mailbox = ?1 AND uid = ?2 AND instance IS NOT NULL");
    auto taken = database.prepare(
        "SELECT part, file FROM file JOIN message ON message.id = file.message "
        "WHERE mailbox = ?1 AND uid = ?2 AND message_id = ?3 AND file <> '' AND temporary = ''");
    auto remover = database.prepare("SELECT instance FROM removal WHERE mailbox = ?1 AND uid = ?2 "
                                    "AND stage <> 'hidden' AND stage <> 'marked' AND CASE "
                                    "WHEN message_id <> x'' AND ?3 <> x'' THEN message_id = ?3 "
                                    "WHEN stage <> 'removed' THEN 1 "
                                    "ELSE message_id = ?3 AND received = ?4 AND size_octets = ?5 "
                                    "END");
    auto message = database.prepare(
        "INSERT INTO message (mailbox, uid, message_id, received, size_octets, step, folder, "
        "cause, at, who, instance, claimed, due, manifest, left_out) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 = 'ours', ?13, ?14, ?15) "
        "ON CONFLICT (mailbox, uid) DO UPDATE SET message_id = excluded.message_id, "
        "received = excluded.received, size_octets = excluded.size_octets, step = excluded.step, "
        "folder = excluded.folder, cause = excluded.cause, at = excluded.at, who = excluded.who, "
        "instance = excluded.instance, "
        "due = excluded.due, manifest = excluded.manifest, left_out = excluded.left_out, claimed = "
        "CASE ?12 WHEN '' THEN claimed "
        "ELSE excluded.claimed END");
    // RETURNING would do, but SQLite makes a temporary table with a page cache of its own for it.
    auto number = database.prepare(
        "SELECT id, (SELECT ifnull(max(position) + 1, 0) FROM file WHERE message = id) "
        "FROM message WHERE mailbox = ?1 AND uid = ?2");
    // One by one: where foreign keys are checked, several are put into such a table first.
    auto forget = database.prepare("DELETE FROM file WHERE message = ?1 AND position = ?2");
    auto file =
        database.prepare("INSERT OR REPLACE INTO file VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    auto known = database.prepare("SELECT 1 FROM message WHERE mailbox = ?1 AND uid = ?2 AND "
                                  "NOT (step = 'failed' AND cause = ?3)");
    for (const auto* statement :
         {&lease, &taken, &remover, &message, &number, &forget, &file, &known})
        if (!*statement)
            return tl::unexpected(statement->error());
    return MessageWriter(mailbox, {*std::move(lease), *std::move(taken), *std::move(remover),
                                   *std::move(message), *std::move(number), *std::move(forget),
                                   *std::move(file), *std::move(known)});
}

Result<std::optional<MessageWriter::Lease>> MessageWriter::lease(std::uint32_t uid) {
    lease_.start(mailbox_, uid);
    const auto row = lease_.next();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::nullopt;
    return Lease{step_of(lease_.text(0)), lease_.text(1)};
}

Result<bool> MessageWriter::is_known(std::uint32_t uid) {
    known_.start(mailbox_, uid, name_of(Cause::cancelled));
    auto row = known_.next();
    known_.stop();
    return row;
}

Result<std::vector<FileEntry>> MessageWriter::taken_files(const MessageId& id) {
    std::vector<FileEntry> files;
    taken_.start(mailbox_, id.uid, Octets{id.message_id});
    for (;;) {
        const auto row = taken_.next();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return files;
        files.emplace_back();
        files.back().part = taken_.text(0);
        files.back().file = taken_.text(1);
    }
}

Result<std::optional<std::string>> MessageWriter::remover(const MessageId& id) {
    remover_.start(mailbox_, id.uid, Octets{id.message_id}, id.received, id.size_octets);
    const auto row = remover_.next();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? std::optional(remover_.text(0)) : std::nullopt;
}

Result<void> MessageWriter::write(const MessageEntry& entry, Step step,
                                  const std::optional<std::string>& instance) {
    const auto write_row = [&](const auto& holder) {
        message_.start(mailbox_, entry.id.uid, Octets{entry.id.message_id}, entry.id.received,
                       entry.id.size_octets, name_in(step_names, step), entry.folder, entry.cause,
                       std::int64_t{entry.when.time_since_epoch().count()}, entry.who, holder,
                       name_of(entry.claim), std::int64_t{entry.is_due}, entry.manifest,
                       text_of(entry.left_out));
    };
    if (instance)
        write_row(*instance);
    else
        write_row(nullptr);
    if (const auto written = message_.next(); !written)
        return tl::unexpected(written.error());
    number_.start(mailbox_, entry.id.uid);
    if (const auto found = number_.next(); !found)
        return tl::unexpected(found.error());
    const std::int64_t number = number_.integer(0);
    const std::int64_t earlier_files = number_.integer(1);
    Result<void> done = number_.next().map([](bool) {});  // ends reading before more is written
    std::int64_t position = 0;
    for (const FileEntry& file : entry.files)
        if (done)
            done = file_.execute(number, position++, file.part, file.name, file.type,
                                 file.size_octets, file.sha256, file.temporary, file.file);
    for (; done && position < earlier_files; ++position)
        done = forget_.execute(number, position);
    return done;
}

}  // namespace mail::store
