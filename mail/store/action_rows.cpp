#include "mail/store/action_rows.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

namespace mail::store {

namespace {

constexpr std::array<std::pair<std::string_view, Action::What>, 26> what_names{
    {{"document", Action::What::document},
     {"hidden", Action::What::hidden},
     {"shown", Action::What::shown},
     {"removed", Action::What::removed},
     {"taken_along", Action::What::taken_along},
     {"marked", Action::What::marked},
     {"restored", Action::What::restored},
     {"purged", Action::What::purged},
     {"point_saved", Action::What::point_saved},
     {"point_deleted", Action::What::point_deleted},
     {"point_restored", Action::What::point_restored},
     {"operators_saved", Action::What::operators_saved},
     {"folder_set", Action::What::folder_set},
     {"signed_in", Action::What::signed_in},
     {"signed_out", Action::What::signed_out},
     {"password_saved", Action::What::password_saved},
     {"password_deleted", Action::What::password_deleted},
     {"ocr_command_allowed", Action::What::ocr_command_allowed},
     {"ocr_done", Action::What::ocr_done},
     {"ocr_failed", Action::What::ocr_failed},
     {"ocr_retried", Action::What::ocr_retried},
     {"part_wanted", Action::What::part_wanted},
     {"part_unwanted", Action::What::part_unwanted},
     {"part_by_rules", Action::What::part_by_rules},
     {"retention_saved", Action::What::retention_saved},
     {"clock_leapt", Action::What::clock_leapt}}};

std::optional<Action::What> what_named(std::string_view name) {
    for (const auto& [known, what] : what_names)
        if (known == name)
            return what;
    return std::nullopt;
}

Action action_row(const Statement& row, Action::What what) {
    Action action;
    action.number = row.integer(0);
    action.when = std::chrono::sys_seconds(std::chrono::seconds(row.integer(1)));
    action.who = row.text(2);
    action.point = row.text(3);
    action.point_name = row.text(4);
    action.what = what;
    action.uid = static_cast<std::uint32_t>(row.integer(6));
    action.subject = row.text(7);
    action.result = row.text(8);
    action.detail = row.text(9);
    return action;
}

/// The words are ours: they need no quoting.
std::string conditions_of(const ActionQuery& query) {
    std::string conditions = query.point.empty() ? "at >= ?2 AND " : "at >= ?2 AND point = ?4 AND ";
    if (query.kinds.empty())
        return conditions;
    conditions += "what IN (";
    for (const Action::What kind : query.kinds)
        conditions.append("'").append(name_of(kind)).append("',");
    conditions.back() = ')';
    return conditions + " AND ";
}

/// ?1: the oldest time that is kept; ?2: the oldest that a copy may need.
constexpr std::string_view old_lines =
    "FROM action WHERE at < ?1 AND (at < ?2 OR "
    "(at < coalesce((SELECT min(at) FROM removal WHERE copy <> ''), ?1) AND "
    "number < coalesce((SELECT min(since) FROM stray), number + 1)))";

std::int64_t time_before(std::chrono::sys_seconds now, std::chrono::days days) {
    return (now - days).time_since_epoch().count();
}

}  // namespace

std::string_view name_of(Action::What what) {
    return what_names.at(static_cast<std::size_t>(what)).first;
}

Result<ActionWriter> ActionWriter::on(Database& database) {
    return database
        .prepare("INSERT INTO action (at, who, point, point_name, what, uid, subject, result, "
                 "detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        .map([](Statement insert) { return ActionWriter(std::move(insert)); });
}

Result<void> ActionWriter::add(const Action& action) {
    using namespace std::chrono;
    const sys_seconds when =
        action.when == sys_seconds{} ? floor<seconds>(system_clock::now()) : action.when;
    return insert_.execute(std::int64_t{when.time_since_epoch().count()}, action.who, action.point,
                           action.point_name, name_of(action.what), action.uid, action.subject,
                           action.result, action.detail);
}

Result<std::vector<Action>> actions_of(Database& database, const ActionQuery& query) {
    auto rows =
        database.prepare("SELECT number, at, who, point, point_name, what, uid, subject, "
                         "result, detail FROM action WHERE " +
                         conditions_of(query) + "number < ?1 ORDER BY number DESC LIMIT ?3");
    if (!rows)
        return tl::unexpected(std::move(rows).error());
    constexpr auto all = std::numeric_limits<std::int64_t>::max();
    const std::int64_t before = query.before == 0 ? all : query.before;
    const auto limit = static_cast<std::int64_t>(
        std::min<std::uint64_t>(query.at_most, static_cast<std::uint64_t>(all)));
    const std::int64_t since = query.since.time_since_epoch().count();
    if (query.point.empty())
        rows->start(before, since, limit);
    else
        rows->start(before, since, limit, query.point);
    std::vector<Action> actions;
    for (;;) {
        const auto row = rows->next();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return actions;
        // A word of a newer program says nothing to this one.
        if (const auto what = what_named(rows->text(5)))
            actions.push_back(action_row(*rows, *what));
    }
}

Result<std::size_t> count_actions(Database& database, const ActionQuery& query) {
    auto counted = database.prepare("SELECT count(*) FROM action WHERE " + conditions_of(query) +
                                    "number < ?1 LIMIT ?3");
    if (!counted)
        return tl::unexpected(std::move(counted).error());
    constexpr auto all = std::numeric_limits<std::int64_t>::max();
    const std::int64_t since = query.since.time_since_epoch().count();
    if (query.point.empty())
        counted->start(all, since, std::int64_t{1});
    else
        counted->start(all, since, std::int64_t{1}, query.point);
    return counted->next().map([&](bool) { return static_cast<std::size_t>(counted->integer(0)); });
}

Result<bool> any_old_action(Database& database, std::chrono::days kept,
                            std::chrono::sys_seconds now) {
    auto found = database.prepare("SELECT 1 " + std::string(old_lines) + " LIMIT 1");
    if (!found)
        return tl::unexpected(std::move(found).error());
    found->start(time_before(now, kept), time_before(now, std::max(kept, lines_of_copies_kept)));
    return found->next();
}

Result<void> purge_actions(Database& database, std::chrono::days kept,
                           std::chrono::sys_seconds now) {
    return database.prepare("DELETE " + std::string(old_lines)).and_then([&](Statement purge) {
        return purge.execute(time_before(now, kept),
                             time_before(now, std::max(kept, lines_of_copies_kept)));
    });
}

}  // namespace mail::store
