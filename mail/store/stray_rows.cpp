#include "mail/store/stray_rows.h"

#include <algorithm>
#include <set>

#include "mail/store/borne_time.h"

namespace mail::store {

namespace {

using Strays = std::map<std::string, std::int64_t>;

Result<Strays> strays_noted(Database& database, const std::string& prefix) {
    auto rows = database.prepare("SELECT copy, since FROM stray "
                                 "WHERE substr(copy, 1, length(?1)) = ?1");
    if (!rows)
        return tl::unexpected(std::move(rows).error());
    Strays noted;
    rows->start(prefix);
    for (;;) {
        const auto row = rows->next();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return noted;
        noted[rows->text(0)] = rows->integer(1);
    }
}

Result<std::set<std::string>> copies_named(Database& database) {
    auto rows = database.prepare("SELECT copy FROM removal WHERE copy <> ''");
    if (!rows)
        return tl::unexpected(std::move(rows).error());
    std::set<std::string> named;
    rows->start();
    for (;;) {
        const auto row = rows->next();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return named;
        named.insert(rows->text(0));
    }
}

}  // namespace

Result<StraysSeen> look_at_strays(Database& database, const std::string& prefix,
                                  const std::vector<std::string>& copies, std::chrono::seconds kept,
                                  std::chrono::sys_seconds now) {
    const auto noted = strays_noted(database, prefix);
    const auto named = copies_named(database);
    const auto next_line = database.ask_integer("SELECT coalesce(max(number), 0) + 1 FROM action");
    if (!noted || !named || !next_line)
        return tl::unexpected(!noted ? noted.error() : !named ? named.error() : next_line.error());
    StraysSeen seen;
    for (const std::string& copy : copies) {
        if (named->contains(copy))
            continue;
        const auto before = noted->find(copy);
        seen.strays[copy] = before == noted->end() ? *next_line : before->second;
    }
    seen.is_news = seen.strays != *noted;
    if (noted->empty() || seen.strays.empty())
        return seen;
    const auto time = BorneTime::read(database, now);
    if (!time)
        return tl::unexpected(time.error());
    const auto needed = std::min<std::chrono::seconds>(kept, BorneTime::most_needed);
    for (const auto& [copy, since] : seen.strays)
        if (noted->contains(copy) && time->since(since) >= needed)
            seen.over.push_back(copy);
    return seen;
}

Result<void> note_strays(Database& database, const std::string& prefix, const Strays& strays) {
    auto forget = database.prepare("DELETE FROM stray WHERE substr(copy, 1, length(?1)) = ?1");
    auto note = database.prepare("INSERT OR REPLACE INTO stray (copy, since) VALUES (?1, ?2)");
    if (!forget || !note)
        return tl::unexpected(!forget ? forget.error() : note.error());
    auto done = forget->execute(prefix);
    for (const auto& [copy, since] : strays)
        if (done)
            done = note->execute(copy, since);
    return done;
}

}  // namespace mail::store
