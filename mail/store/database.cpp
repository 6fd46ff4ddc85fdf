#include "mail/store/database.h"

#include <sqlite3.h>

namespace mail::store {

namespace {

constexpr int busy_timeout_milliseconds = 5000;

Cause cause_of(int code) {
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Cause::ledger_busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Cause::ledger_damaged;
    case SQLITE_FULL:
        return Cause::disk_full;
    default:
        return Cause::ledger_failed;
    }
}

tl::unexpected<Error> failure(sqlite3* handle) {
    const int code = sqlite3_extended_errcode(handle);
    Facts facts{{"reason", sqlite3_errmsg(handle)}, {"code", std::to_string(code)}};
    if (const char* file = sqlite3_db_filename(handle, "main"); file != nullptr && *file != '\0')
        facts.emplace_back("file", file);
    return fail(cause_of(code), Layer::ledger, Reach::point, std::move(facts));
}

}  // namespace

Statement::Statement(sqlite3_stmt* statement) : statement_(statement) {}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void Statement::reset() {
    // Says again what the last step said: that has been told.
    static_cast<void>(sqlite3_reset(statement_.get()));
}

Result<bool> Statement::next() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    auto failed = failure(sqlite3_db_handle(statement_.get()));
    reset();
    return failed;
}

Result<void> Statement::finish() {
    for (;;) {
        const auto row = next();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
    }
}

// Binding fails only for an index that the statement doesn't have, or without memory.
void Statement::bind(int index, std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), index, value);
}
void Statement::bind(int index, std::uint32_t value) {
    bind(index, std::int64_t{value});
}
void Statement::bind(int index, std::uint64_t value) {
    bind(index, static_cast<std::int64_t>(value));
}
void Statement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(statement_.get(), index, text.data(), text.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
}
void Statement::bind(int index, Octets octets) {
    // A null pointer would be NULL and not an empty BLOB.
    const char* data = octets.raw.empty() ? "" : octets.raw.data();
    sqlite3_bind_blob64(statement_.get(), index, data, octets.raw.size(), SQLITE_TRANSIENT);
}
void Statement::bind(int index, std::nullptr_t) {
    sqlite3_bind_null(statement_.get(), index);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
    const void* data = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    if (data == nullptr)
        return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

Database::Database(sqlite3* handle) : handle_(handle) {}

void Database::Close::operator()(sqlite3* handle) const {
    sqlite3_close_v2(handle);
}

Result<Database> Database::open(const std::string& path) {
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    Database database(handle);
    // SQLite forgets the name of a file that it could not open.
    if (code != SQLITE_OK)
        return fail(
            cause_of(code), Layer::ledger, Reach::point,
            {{"reason", sqlite3_errstr(code)}, {"code", std::to_string(code)}, {"file", path}});
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busy_timeout_milliseconds);
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), 0,
                                        &statement, nullptr);
    if (code != SQLITE_OK)
        return failure(handle_.get());
    return Statement(statement);
}

Result<void> Database::run(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(handle_.get());
    return {};
}

Result<std::int64_t> Database::ask_integer(std::string_view sql) {
    return ask_text(sql).map([](const std::string& text) {
        return static_cast<std::int64_t>(std::strtoll(text.c_str(), nullptr, 10));
    });
}

Result<std::string> Database::ask_text(std::string_view sql) {
    auto statement = prepare(sql);
    if (!statement)
        return tl::unexpected(std::move(statement).error());
    const auto row = statement->next();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? statement->text(0) : std::string();
}

Result<void> Database::empty() {
    // As SQLite's documentation wants it: the schema is read first, whatever comes of it.
    static_cast<void>(ask_integer("SELECT count(*) FROM sqlite_schema"));
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_RESET_DATABASE, 1, nullptr);
    Result<void> emptied = run("VACUUM");
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_RESET_DATABASE, 0, nullptr);
    return emptied;
}

std::int64_t Database::changed_rows() const {
    return sqlite3_changes64(handle_.get());
}

void Database::undo() {
    // SQLite has undone some failures (a full disk) by itself; ROLLBACK then has nothing to do.
    if (sqlite3_get_autocommit(handle_.get()) == 0)
        static_cast<void>(run("ROLLBACK"));
}

}  // namespace mail::store
