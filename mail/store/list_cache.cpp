#include "mail/store/list_cache.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "mail/base/disk.h"
#include "mail/store/database.h"

namespace mail::store {

namespace {

constexpr std::int64_t application_id = 0x4D504C43;  // "MPLC"
constexpr std::int64_t version = 1;

// NORMAL: what a power failure takes is listed again. The room of forgotten lists is given back by
// forget_unused().
constexpr const char* settings = "PRAGMA journal_mode = TRUNCATE;"
                                 "PRAGMA synchronous = NORMAL;"
                                 "PRAGMA cell_size_check = ON;"
                                 "PRAGMA trusted_schema = OFF;";

// A row's id is its list's number and its UID, so that a list lies together in the file, in the
// order in which it is read.
constexpr const char* schema =
    "CREATE TABLE list (number INTEGER PRIMARY KEY, point TEXT NOT NULL, account TEXT NOT NULL,"
    " folder TEXT NOT NULL, uid_validity INTEGER NOT NULL, uid_next INTEGER NOT NULL,"
    " mod_sequence INTEGER NOT NULL, recipe TEXT NOT NULL, rows INTEGER NOT NULL,"
    " revision INTEGER NOT NULL, used INTEGER NOT NULL, check_sum INTEGER NOT NULL,"
    " UNIQUE (point, account, folder)) STRICT;"
    "CREATE TABLE row (id INTEGER PRIMARY KEY, check_sum INTEGER NOT NULL, octets BLOB NOT NULL)"
    " STRICT;"
    "CREATE TABLE counter (revision INTEGER NOT NULL) STRICT;"
    "INSERT INTO counter VALUES (abs(random() / 2));";

constexpr std::int64_t rows_a_list = std::int64_t{1} << 32;

/// Where another program has not made them since.
Result<void> make_tables(Database& database) {
    return database.transact([&]() -> Result<void> {
        const auto tables = database.ask_integer("SELECT count(*) FROM sqlite_schema");
        if (!tables || *tables > 0)
            return tables.map([](std::int64_t) {});
        return database.run(schema +
                            ("PRAGMA user_version = " + std::to_string(version) +
                             "; PRAGMA application_id = " + std::to_string(application_id)));
    });
}

/// Where nothing has to be made, nothing is written: that would be waited for.
Result<void> make_ready(Database& database) {
    if (auto set = database.run(settings); !set)
        return set;
    const auto tables = database.ask_integer("SELECT count(*) FROM sqlite_schema");
    if (!tables || *tables > 0)
        return tables.map([](std::int64_t) {});
    return database.run("PRAGMA auto_vacuum = INCREMENTAL").and_then([&] {
        return make_tables(database);
    });
}

/// What is damaged goes, all of it.
template <class Value>
Result<Value> or_emptied(Database& database, Result<Value> result) {
    if (!result && result.error().cause == Cause::ledger_damaged)
        static_cast<void>(database.empty().and_then([&] { return make_ready(database); }));
    return result;
}

/// Against what SQLite does not see: octets of the file that are others than those written.
class CheckSum {
public:
    CheckSum& add(std::uint64_t value) {
        sum_ = (sum_ ^ value) * 0x9E3779B97F4A7C15U;
        sum_ ^= sum_ >> 29;
        return *this;
    }
    CheckSum& add(std::string_view octets) {
        add(octets.size());
        for (; octets.size() >= sizeof(std::uint64_t);
             octets.remove_prefix(sizeof(std::uint64_t))) {
            std::uint64_t some = 0;
            std::memcpy(&some, octets.data(), sizeof some);
            add(some);
        }
        std::uint64_t rest = 0;
        std::memcpy(&rest, octets.data(), octets.size());
        return add(rest);
    }
    [[nodiscard]] std::int64_t value() const { return static_cast<std::int64_t>(sum_); }

private:
    std::uint64_t sum_ = 0x243F6A8885A308D3U;
};

tl::unexpected<Error> damaged(const char* what) {
    return fail(Cause::ledger_damaged, Layer::ledger, Reach::point, {{"reason", what}});
}

/// A list as its table has it.
struct List {
    std::int64_t number = 0;
    ListState state;
    std::int64_t rows = 0;
    std::int64_t revision = 0;
    std::int64_t used = 0;

    [[nodiscard]] std::int64_t check_sum(const ListName& name) const {
        CheckSum sum;
        sum.add(name.point).add(name.account).add(name.folder).add(state.recipe);
        for (const std::int64_t value :
             {number, std::int64_t{state.uid_validity}, std::int64_t{state.uid_next},
              static_cast<std::int64_t>(state.highest_mod_sequence), rows, revision})
            sum.add(static_cast<std::uint64_t>(value));
        return sum.value();
    }
    [[nodiscard]] std::int64_t first_id() const { return number * rows_a_list; }
};

std::int64_t check_sum_of(std::int64_t id, std::string_view octets) {
    return CheckSum().add(static_cast<std::uint64_t>(id)).add(octets).value();
}

Result<std::optional<List>> find(Database& database, const ListName& name) {
    auto asked = database.prepare(
        "SELECT number, uid_validity, uid_next, mod_sequence, recipe, rows, revision, check_sum,"
        " used FROM list WHERE point = ?1 AND account = ?2 AND folder = ?3");
    if (!asked)
        return tl::unexpected(std::move(asked).error());
    asked->start(name.point, name.account, name.folder);
    const auto there = asked->next();
    if (!there)
        return tl::unexpected(there.error());
    if (!*there)
        return std::nullopt;
    List list;
    list.number = asked->integer(0);
    list.state.uid_validity = static_cast<std::uint32_t>(asked->integer(1));
    list.state.uid_next = static_cast<std::uint32_t>(asked->integer(2));
    list.state.highest_mod_sequence = static_cast<std::uint64_t>(asked->integer(3));
    list.state.recipe = asked->text(4);
    list.rows = asked->integer(5);
    list.revision = asked->integer(6);
    if (asked->integer(7) != list.check_sum(name) || list.rows < 0)
        return damaged("check sum of a list");
    list.used = asked->integer(8);
    return list;
}

class Reading final : public ListReading {
public:
    /// In a transaction that was begun; it ends with this.
    Reading(Database& database, List list, Statement rows, std::chrono::sys_seconds now)
        : database_(database), list_(std::move(list)), rows_(std::move(rows)),
          now_(now.time_since_epoch().count()) {
        rows_.start(list_.first_id(), list_.first_id() + rows_a_list);
    }
    ~Reading() override {
        end();
        note_use();
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    const ListState& state() const override { return list_.state; }
    std::size_t size() const override { return static_cast<std::size_t>(list_.rows); }
    std::uint64_t revision() const override { return static_cast<std::uint64_t>(list_.revision); }

    Result<std::vector<ListRow>> next(std::size_t at_most) override {
        auto some = next_rows(at_most);
        if (!some)
            end();
        return or_emptied(database_, std::move(some));
    }

private:
    Result<std::vector<ListRow>> next_rows(std::size_t at_most) {
        std::vector<ListRow> some;
        some.reserve(std::min(at_most, size()));
        while (!ended_ && some.size() < at_most) {
            const auto there = rows_.next();
            if (!there)
                return tl::unexpected(there.error());
            if (!*there) {
                end();
                if (given_ != list_.rows)
                    return damaged("number of rows");
                break;
            }
            const std::int64_t id = rows_.integer(0);
            some.push_back({static_cast<std::uint32_t>(id % rows_a_list), rows_.text(2)});
            if (rows_.integer(1) != check_sum_of(id, some.back().octets))
                return damaged("check sum of a row");
            ++given_;
        }
        return some;
    }
    void end() {
        if (std::exchange(ended_, true))
            return;
        rows_.stop();
        static_cast<void>(database_.run("ROLLBACK"));
    }
    /// Behind the reading, and rarely: a write waits for who else has the file.
    void note_use() {
        constexpr std::int64_t day = 24 * 60 * 60;
        if (now_ == 0 || (list_.used <= now_ && now_ - list_.used < day))
            return;
        // Where that fails, the next reading does it.
        static_cast<void>(
            database_.prepare("UPDATE list SET used = ?1 WHERE number = ?2")
                .and_then([this](Statement update) { return update.execute(now_, list_.number); }));
    }

    Database& database_;
    List list_;
    Statement rows_;
    std::int64_t now_;
    std::int64_t given_ = 0;
    bool ended_ = false;
};

/// Within a transaction.
class Writing {
public:
    Writing(Database& database, const ListName& name) : database_(database), name_(name) {}

    Result<void> remove(std::int64_t number) {
        return run("DELETE FROM row WHERE id >= ?1 AND id < ?2", number * rows_a_list,
                   (number + 1) * rows_a_list)
            .and_then([&] { return run("DELETE FROM list WHERE number = ?1", number); });
    }
    Result<void> remove_rows(List& list, const std::vector<std::uint32_t>& uids) {
        auto remove = database_.prepare("DELETE FROM row WHERE id = ?1");
        if (!remove)
            return tl::unexpected(std::move(remove).error());
        for (const std::uint32_t uid : uids) {
            if (auto done = remove->execute(list.first_id() + uid); !done)
                return done;
            list.rows -= database_.changed_rows();
        }
        return {};
    }
    /// None of them may be there.
    Result<void> put_rows(List& list, const std::vector<const ListRow*>& rows) {
        auto put = database_.prepare("INSERT INTO row VALUES (?1, ?2, ?3)");
        if (!put)
            return tl::unexpected(std::move(put).error());
        for (const ListRow* row : rows) {
            const std::int64_t id = list.first_id() + row->uid;
            if (auto done = put->execute(id, check_sum_of(id, row->octets), Octets{row->octets});
                !done)
                return done;
        }
        list.rows += static_cast<std::int64_t>(rows.size());
        return {};
    }
    /// Gives it a new revision.
    Result<void> put_list(List& list, std::chrono::sys_seconds now) {
        // Of all lists together: none that is made anew has a revision that another program knows.
        auto revision =
            database_.ask_integer("UPDATE counter SET revision = revision + 1 RETURNING revision");
        if (!revision)
            return tl::unexpected(std::move(revision).error());
        list.revision = *revision;
        return run("INSERT OR REPLACE INTO list VALUES"
                   " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                   list.number, name_.point, name_.account, name_.folder, list.state.uid_validity,
                   list.state.uid_next, list.state.highest_mod_sequence, list.state.recipe,
                   list.rows, list.revision, std::int64_t{now.time_since_epoch().count()},
                   list.check_sum(name_));
    }
    Result<std::int64_t> free_number() {
        return database_.ask_integer("SELECT coalesce(max(number), 0) + 1 FROM list");
    }

private:
    template <class... Values>
    Result<void> run(std::string_view sql, const Values&... values) {
        auto statement = database_.prepare(sql);
        if (!statement)
            return tl::unexpected(std::move(statement).error());
        return statement->execute(values...);
    }

    Database& database_;
    const ListName& name_;
};

/// In the order of the file: far cheaper than where pages are split all the time.
std::vector<const ListRow*> by_uid(const std::vector<ListRow>& rows) {
    std::vector<const ListRow*> sorted;
    sorted.reserve(rows.size());
    for (const ListRow& row : rows)
        sorted.push_back(&row);
    std::ranges::stable_sort(sorted, {}, &ListRow::uid);
    sorted.erase(std::unique(sorted.begin(), sorted.end(),
                             [](const ListRow* one, const ListRow* other) {
                                 return one->uid == other->uid;
                             }),
                 sorted.end());
    return sorted;
}

std::vector<std::uint32_t> uids_of(const std::vector<ListRow>& rows) {
    std::vector<std::uint32_t> uids;
    for (const ListRow& row : rows)
        uids.push_back(row.uid);
    return uids;
}

class SqliteListCache final : public ListCache {
public:
    explicit SqliteListCache(Database database) : database_(std::move(database)) {}

    Result<std::unique_ptr<ListReading>> read(const ListName& name,
                                              std::chrono::sys_seconds now) override {
        return or_emptied(database_, begin_reading(name, now));
    }

    Result<std::uint64_t> replace(const ListName& name, const ListState& state,
                                  std::vector<ListRow> rows,
                                  std::chrono::sys_seconds now) override {
        auto revision = or_emptied(database_, put_all(name, state, rows, now));
        if (!revision && revision.error().cause == Cause::ledger_damaged)
            revision = put_all(name, state, rows, now);
        return revision;
    }

    Result<std::optional<std::uint64_t>> change(const ListName& name, std::uint64_t revision,
                                                const ListState& state, const ListChange& change,
                                                std::chrono::sys_seconds now) override {
        std::optional<std::uint64_t> after;
        auto done = database_.transact([&]() -> Result<void> {
            auto list = find(database_, name);
            if (!list)
                return tl::unexpected(std::move(list).error());
            if (!*list || static_cast<std::uint64_t>((*list)->revision) != revision)
                return {};
            Writing writing(database_, name);
            (*list)->state = state;
            return writing.remove_rows(**list, change.removed)
                .and_then([&] { return writing.remove_rows(**list, uids_of(change.put)); })
                .and_then([&] { return writing.put_rows(**list, by_uid(change.put)); })
                .and_then([&] { return writing.put_list(**list, now); })
                .map([&] { after = static_cast<std::uint64_t>((*list)->revision); });
        });
        return or_emptied(database_, std::move(done)).map([&] { return after; });
    }

    Result<void> forget(const ListName& name) override {
        return or_emptied(database_, database_.transact([&]() -> Result<void> {
            const auto list = find(database_, name);
            if (!list)
                return tl::unexpected(list.error());
            return *list ? Writing(database_, name).remove((*list)->number) : Result<void>();
        }));
    }

    Result<void> forget_unused(std::chrono::days kept, std::chrono::sys_seconds now) override {
        // A clock that was ahead must not keep a list for ever.
        const std::string old = kept.count() == 0 ? "1"
                                                  : "used < " + seconds(now - kept) +
                                                        " OR used > " + seconds(now + kept);
        return or_emptied(
            database_,
            database_.transact([&]() -> Result<void> { return remove_where(old); }).and_then([&] {
                return database_.run("PRAGMA incremental_vacuum");
            }));
    }

private:
    static std::string seconds(std::chrono::sys_seconds time) {
        return std::to_string(time.time_since_epoch().count());
    }

    Result<std::unique_ptr<ListReading>> begin_reading(const ListName& name,
                                                       std::chrono::sys_seconds now) {
        if (auto begun = database_.run("BEGIN"); !begun)
            return tl::unexpected(std::move(begun).error());
        auto list = find(database_, name);
        auto rows = database_.prepare("SELECT id, check_sum, octets FROM row"
                                      " WHERE id >= ?1 AND id < ?2 ORDER BY id DESC");
        if (list && *list && rows)
            return std::make_unique<Reading>(database_, **std::move(list), *std::move(rows), now);
        static_cast<void>(database_.run("ROLLBACK"));
        if (!list)
            return tl::unexpected(std::move(list).error());
        if (!rows)
            return tl::unexpected(std::move(rows).error());
        return nullptr;
    }

    Result<std::uint64_t> put_all(const ListName& name, const ListState& state,
                                  const std::vector<ListRow>& rows, std::chrono::sys_seconds now) {
        List list;
        list.state = state;
        auto done = database_.transact([&]() -> Result<void> {
            const auto before = find(database_, name);
            if (!before)
                return tl::unexpected(before.error());
            Writing writing(database_, name);
            if (*before)
                if (auto removed = writing.remove((*before)->number); !removed)
                    return removed;
            auto number = writing.free_number();
            if (!number)
                return tl::unexpected(std::move(number).error());
            list.number = *number;
            return writing.put_rows(list, by_uid(rows)).and_then([&] {
                return writing.put_list(list, now);
            });
        });
        return done.map([&] { return static_cast<std::uint64_t>(list.revision); });
    }

    Result<void> remove_where(const std::string& condition) {
        auto asked = database_.prepare("SELECT number FROM list WHERE " + condition);
        if (!asked)
            return tl::unexpected(std::move(asked).error());
        std::vector<std::int64_t> numbers;
        if (auto read = each_row(*asked, [&] { numbers.push_back(asked->integer(0)); }); !read)
            return read;
        const ListName any;
        for (const std::int64_t number : numbers)
            if (auto removed = Writing(database_, any).remove(number); !removed)
                return removed;
        return {};
    }

    Database database_;
};

/// Whether it is one of ours and of this version, or has nothing in it.
Result<bool> is_usable(Database& database) {
    auto tables = database.ask_integer("SELECT count(*) FROM sqlite_schema");
    auto made_by = database.ask_integer("PRAGMA application_id");
    auto made_as = database.ask_integer("PRAGMA user_version");
    for (const auto* answer : {&tables, &made_by, &made_as})
        if (!*answer)
            return tl::unexpected(answer->error());
    return *tables == 0 || (*made_by == application_id && *made_as == version);
}

Result<Database> open_usable(const std::string& path) {
    auto database = Database::open(path);
    if (!database)
        return database;
    auto usable = is_usable(*database);
    if (!usable && usable.error().cause != Cause::ledger_damaged)
        return tl::unexpected(std::move(usable).error());
    if (!usable || !*usable)
        if (auto emptied = database->empty(); !emptied)
            return tl::unexpected(std::move(emptied).error());
    if (auto made = make_ready(*database); !made)
        return tl::unexpected(std::move(made).error());
    return database;
}

}  // namespace

Result<std::unique_ptr<ListCache>> ListCache::open(const std::string& path) {
    static_cast<void>(real_disk().make_folder(parent_path(path), Disk::Access::usual));
    auto database = open_usable(path);
    if (!database && database.error().cause == Cause::ledger_damaged) {
        // So damaged that SQLite can't even empty it. Its journal is of no use without it.
        for (const char* of : {"-journal", ""})
            static_cast<void>(real_disk().remove(path + of));
        database = open_usable(path);
    }
    if (!database)
        return tl::unexpected(std::move(database).error());
    return std::make_unique<SqliteListCache>(*std::move(database));
}

}  // namespace mail::store
