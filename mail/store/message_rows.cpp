#include "mail/store/message_rows.h"

#include <array>
#include <utility>

namespace mail::store {

namespace {

constexpr std::array<std::pair<std::string_view, Step>, 6> step_names{{{"planned", Step::planned},
                                                                       {"placing", Step::placing},
                                                                       {"stored", Step::stored},
                                                                       {"partial", Step::partial},
                                                                       {"none", Step::none},
                                                                       {"failed", Step::failed}}};

std::string_view name_of(Step step) {
    return step_names.at(static_cast<std::size_t>(step)).first;
}

/// The table lets no other word in.
Step step_of(std::string_view name) {
    for (const auto& [known, step] : step_names)
        if (known == name)
            return step;
    return Step::failed;
}

const std::string messages_sql =
    "SELECT message.id, point, account, mailbox.folder, uid_validity, uid, message_id, received, "
    "size_octets, step, message.folder, cause, at, who, instance "
    "FROM message JOIN mailbox ON mailbox.id = message.mailbox WHERE ";

const std::string files_sql =
    "SELECT file.message, part, name, type, file.size_octets, sha256, temporary, file "
    "FROM file JOIN message ON message.id = file.message "
    "JOIN mailbox ON mailbox.id = message.mailbox WHERE ";

// Both statements in one order, so that the files are dealt out in one pass.
const std::string messages_order = " ORDER BY uid, message.id";
const std::string files_order = " ORDER BY uid, message.id, position";

/// The same login, on whichever server: servers are renamed, and mailboxes moved.
constexpr std::string_view beside_condition =
    "point = ?1 AND mailbox.folder = ?3 AND NOT (account = ?2 AND uid_validity = ?4) "
    "AND substr(account, 1, length(?5)) = ?5 AND instr(substr(account, length(?5) + 1), '@') = 0";

MessageRow message_row(const Statement& row) {
    MessageRow message;
    message.number = row.integer(0);
    message.mailbox = {row.text(1), row.text(2), row.text(3),
                       static_cast<std::uint32_t>(row.integer(4))};
    message.entry.id = {static_cast<std::uint32_t>(row.integer(5)), row.text(6), row.integer(7),
                        static_cast<std::uint64_t>(row.integer(8))};
    message.entry.step = step_of(row.text(9));
    message.entry.folder = row.text(10);
    message.entry.cause = row.text(11);
    message.entry.when = std::chrono::sys_seconds(std::chrono::seconds(row.integer(12)));
    message.entry.who = row.text(13);
    message.instance = row.text(14);
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

std::string login_of(const MailboxId& mailbox) {
    return mailbox.account.substr(0, mailbox.account.rfind('@') + 1);
}

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

Result<std::vector<MessageRow>> messages_of(Database& database, const MailboxId& mailbox) {
    return read_messages(database,
                         "point = ?1 AND account = ?2 AND mailbox.folder = ?3 "
                         "AND uid_validity = ?4",
                         mailbox.point, mailbox.account, mailbox.folder, mailbox.uid_validity);
}

Result<std::vector<MessageRow>> messages_beside(Database& database, const MailboxId& mailbox) {
    return read_messages(database, std::string(beside_condition), mailbox.point, mailbox.account,
                         mailbox.folder, mailbox.uid_validity, login_of(mailbox));
}

Result<std::vector<MessageRow>> held_messages_of(Database& database, const std::string& point) {
    return read_messages(database, "instance IS NOT NULL AND point = ?1", point);
}

MessageWriter::MessageWriter(std::int64_t mailbox, std::array<Statement, 6> statements)
    : mailbox_(mailbox), lease_(std::move(statements[0])), taken_(std::move(statements[1])),
      message_(std::move(statements[2])), number_(std::move(statements[3])),
      forget_(std::move(statements[4])), file_(std::move(statements[5])) {}

Result<MessageWriter> MessageWriter::on(Database& database, std::int64_t mailbox) {
    auto lease = database.prepare("SELECT step, instance FROM message "
                                  "WHERE mailbox = ?1 AND uid = ?2 AND instance IS NOT NULL");
    auto taken = database.prepare(
        "SELECT part, file FROM file JOIN message ON message.id = file.message "
        "WHERE mailbox = ?1 AND uid = ?2 AND message_id = ?3 AND file <> '' AND temporary = ''");
    auto message = database.prepare(
        "INSERT INTO message (mailbox, uid, message_id, received, size_octets, step, folder, "
        "cause, at, who, instance) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
        "ON CONFLICT (mailbox, uid) DO UPDATE SET message_id = excluded.message_id, "
        "received = excluded.received, size_octets = excluded.size_octets, step = excluded.step, "
        "folder = excluded.folder, cause = excluded.cause, at = excluded.at, who = excluded.who, "
        "instance = excluded.instance");
    // RETURNING would do, but SQLite makes a temporary table with a page cache of its own for it.
    auto number = database.prepare(
        "SELECT id, (SELECT ifnull(max(position) + 1, 0) FROM file WHERE message = id) "
        "FROM message WHERE mailbox = ?1 AND uid = ?2");
    // One by one: where foreign keys are checked, several are put into such a table first.
    auto forget = database.prepare("DELETE FROM file WHERE message = ?1 AND position = ?2");
    auto file =
        database.prepare("INSERT OR REPLACE INTO file VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    for (const auto* statement : {&lease, &taken, &message, &number, &forget, &file})
        if (!*statement)
            return tl::unexpected(statement->error());
    return MessageWriter(mailbox, {*std::move(lease), *std::move(taken), *std::move(message),
                                   *std::move(number), *std::move(forget), *std::move(file)});
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

Result<void> MessageWriter::write(const MessageEntry& entry, Step step,
                                  const std::optional<std::string>& instance) {
    const auto write_row = [&](const auto& holder) {
        message_.start(mailbox_, entry.id.uid, Octets{entry.id.message_id}, entry.id.received,
                       entry.id.size_octets, name_of(step), entry.folder, entry.cause,
                       std::int64_t{entry.when.time_since_epoch().count()}, entry.who, holder);
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
