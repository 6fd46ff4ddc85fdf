#include "mail/store/open_database.h"

#include <chrono>

#include "mail/base/disk.h"

namespace mail::store {

namespace {

// A rollback journal, because the workspace may lie on a share, where WAL's shared memory does not
// work. TRUNCATE, because with synchronous=FULL it syncs the end of a transaction, which DELETE
// does only with EXTRA; and Windows' scanners often hold a file that is to be deleted.
constexpr const char* settings = "PRAGMA foreign_keys = ON;"
                                 "PRAGMA journal_mode = TRUNCATE;"
                                 "PRAGMA synchronous = FULL;"
                                 "PRAGMA cell_size_check = ON;"
                                 "PRAGMA trusted_schema = OFF;";

tl::unexpected<Error> damaged(const std::string& path, std::string reason) {
    return fail(Cause::ledger_damaged, Layer::ledger, Reach::point,
                {{"reason", std::move(reason)}, {"file", path}});
}

/// "20261124-091200", UTC: for names of copies.
std::string date_now() {
    using namespace std::chrono;
    const auto now = floor<seconds>(system_clock::now());
    const auto today = floor<days>(now);
    const year_month_day date(today);
    const hh_mm_ss time(now - today);
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(static_cast<int>(date.year())) +
           two(static_cast<unsigned>(date.month())) + two(static_cast<unsigned>(date.day())) + "-" +
           two(time.hours().count()) + two(time.minutes().count()) + two(time.seconds().count());
}

/// `path` + "." + `what` + date, and a number if that is taken.
Result<std::string> free_name(const std::string& path, const std::string& what) {
    const std::string name = path + "." + what + "-" + date_now();
    for (unsigned number = 1;; ++number) {
        std::string free = number == 1 ? name : name + "-" + std::to_string(number);
        const auto there = real_disk().look(free);
        if (!there && there.error().cause == Cause::file_not_found)
            return free;
        if (!there)
            return fail(Cause::ledger_failed, Layer::ledger, Reach::point, there.error().facts);
    }
}

/// Its journal needs no care: SQLite has played it back or dropped it before it judged the file.
Result<std::string> set_aside(const std::string& path) {
    auto name = free_name(path, "damaged");
    if (!name)
        return name;
    const auto moved = real_disk().rename_new(path, *name);
    if (!moved)
        return fail(Cause::ledger_failed, Layer::ledger, Reach::point, moved.error().facts);
    static_cast<void>(real_disk().sync_folder(parent_path(path)));
    return name;
}

Result<void> check_content(Database& database, const std::string& path, const Schema& schema) {
    const auto version = database.ask_integer("PRAGMA user_version");
    if (!version)
        return tl::unexpected(version.error());
    // Before all else: what a newer program means by its file is not ours to judge.
    if (*version > schema.version())
        return fail(Cause::point_newer, Layer::ledger, Reach::point,
                    {{"version", std::to_string(*version)}, {"file", path}});
    const auto application = database.ask_integer("PRAGMA application_id");
    const auto tables = database.ask_integer("SELECT count(*) FROM sqlite_schema");
    if (!application || !tables)
        return tl::unexpected(!application ? application.error() : tables.error());
    // SQLite takes a file of a few octets for an empty one; but ours has none or whole pages.
    const auto entry = real_disk().look(path);
    if (*version == 0 && *application == 0 && *tables == 0 && entry && entry->size_octets == 0)
        return {};
    if (*version < 1 || *application != schema.application_id)
        return damaged(path, "not a file of this program");
    const auto check = database.ask_text("PRAGMA quick_check(1)");
    if (!check)
        return tl::unexpected(check.error());
    if (*check != "ok")
        return damaged(path, *check);
    return {};
}

Result<std::string> back_up(Database& database, const std::string& path, std::int64_t version) {
    auto name = free_name(path, "version" + std::to_string(version));
    if (!name)
        return name;
    auto copy = database.prepare("VACUUM INTO ?1");
    if (!copy)
        return tl::unexpected(std::move(copy).error());
    return copy->execute(*name).map([&] { return *name; });
}

/// Returns the name of the backup, "" where nothing had to be kept.
Result<std::string> bring_up_to_date(Database& database, const std::string& path,
                                     const Schema& schema) {
    const auto before = database.ask_integer("PRAGMA user_version");
    if (!before)
        return tl::unexpected(before.error());
    if (*before == schema.version())
        return std::string();
    Result<std::string> backup;
    if (*before > 0)
        backup = back_up(database, path, *before);
    if (!backup)
        return backup;
    return database
        .transact([&]() -> Result<void> {
            // Another process may have done it since.
            const auto now = database.ask_integer("PRAGMA user_version");
            if (!now || *now == schema.version())
                return now.map([](std::int64_t) {});
            for (auto step = static_cast<std::size_t>(*now); step < schema.steps.size(); ++step)
                if (auto done = database.run(schema.steps[step]); !done)
                    return done;
            return database.run(
                "PRAGMA user_version = " + std::to_string(schema.version()) +
                "; PRAGMA application_id = " + std::to_string(schema.application_id));
        })
        .map([&] { return *backup; });
}

Result<OpenedDatabase> open_checked(const std::string& path, const Schema& schema) {
    auto database = Database::open(path);
    if (!database)
        return tl::unexpected(std::move(database).error());
    if (auto checked = check_content(*database, path, schema); !checked)
        return tl::unexpected(std::move(checked).error());
    if (auto set = database->run(settings); !set)
        return tl::unexpected(std::move(set).error());
    auto backup = bring_up_to_date(*database, path, schema);
    if (!backup)
        return tl::unexpected(std::move(backup).error());
    return OpenedDatabase{*std::move(database), "", *std::move(backup)};
}

}  // namespace

Result<OpenedDatabase> open_database(const std::string& path, const Schema& schema) {
    auto opened = open_checked(path, schema);
    if (opened || opened.error().cause != Cause::ledger_damaged)
        return opened;
    // Once more: another process may just have replaced it, and a sound file must not be moved.
    opened = open_checked(path, schema);
    if (opened || opened.error().cause != Cause::ledger_damaged)
        return opened;
    auto copy = set_aside(path);
    if (!copy)
        return tl::unexpected(std::move(copy).error());
    opened = open_checked(path, schema);
    if (opened)
        opened->damaged_copy = *std::move(copy);
    return opened;
}

}  // namespace mail::store
