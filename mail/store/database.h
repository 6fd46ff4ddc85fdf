#pragma once
// SQLite for the ledger: handles that close themselves, statements with typed bindings, and errors
// that carry SQLite's words. Opening is in open_database.h. Not thread-safe: the owner locks.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mail/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace mail::store {

/// Bound as a BLOB: text that may be no UTF-8.
struct Octets {
    std::string_view raw;
};

/// One prepared statement; its rows are read with next() and then the columns by number, from 0.
class Statement {
public:
    /// Binds the values to ?1, ?2 … and starts from the first row.
    template <class... Values>
    void start(const Values&... values) {
        reset();
        int index = 0;
        (bind(++index, values), ...);
    }
    /// Whether there is a row.
    [[nodiscard]] Result<bool> next();
    /// start() and all rows passed over.
    template <class... Values>
    [[nodiscard]] Result<void> execute(const Values&... values) {
        start(values...);
        return finish();
    }

    /// Rows that were not read are passed over, so that a transaction can end.
    void stop() { reset(); }

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;  ///< also of a BLOB; NULL is ""

private:
    friend class Database;
    explicit Statement(sqlite3_stmt* statement);

    void reset();
    Result<void> finish();
    void bind(int index, std::int64_t value);
    void bind(int index, std::uint32_t value);
    void bind(int index, std::uint64_t value);
    void bind(int index, std::string_view text);
    void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
    void bind(int index, const char* text) { bind(index, std::string_view(text)); }
    void bind(int index, Octets octets);
    void bind(int index, std::nullptr_t);

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
public:
    /// Creates the file where there is none. Waits up to 5 s for another process's lock, then
    /// ledger_busy.
    [[nodiscard]] static Result<Database> open(const std::string& path);

    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// One or more statements without values.
    [[nodiscard]] Result<void> run(const std::string& sql);
    /// The first column of the first row.
    [[nodiscard]] Result<std::int64_t> ask_integer(std::string_view sql);
    [[nodiscard]] Result<std::string> ask_text(std::string_view sql);

    /// All that is in the file goes, however damaged it is, in one step that other programs which
    /// have it open see like any change. Not within a transaction.
    [[nodiscard]] Result<void> empty();

    /// By the statement that was executed last.
    [[nodiscard]] std::int64_t changed_rows() const;

    /// Runs `body` (→ Result<void>) in one transaction that has the write lock from its start;
    /// undone if it fails, durable when this returns without an error.
    template <class Body>
    [[nodiscard]] Result<void> transact(const Body& body) {
        return between("BEGIN IMMEDIATE", body);
    }
    /// The same for reading: all that `body` reads is of one moment.
    template <class Body>
    [[nodiscard]] Result<void> read(const Body& body) {
        return between("BEGIN", body);
    }

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    explicit Database(sqlite3* handle);
    template <class Body>
    Result<void> between(const std::string& begin, const Body& body) {
        return run(begin).and_then([&]() -> Result<void> {
            Result<void> done = body();
            if (done)
                done = run("COMMIT");
            if (!done)
                undo();
            return done;
        });
    }
    void undo();
    std::unique_ptr<sqlite3, Close> handle_;
};

/// `take()` for each row of a statement that was started.
template <class Take>
[[nodiscard]] Result<void> each_row(Statement& rows, const Take& take) {
    for (;;) {
        const auto row = rows.next();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        take();
    }
}

}  // namespace mail::store
