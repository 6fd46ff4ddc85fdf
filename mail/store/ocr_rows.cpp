#include "mail/store/ocr_rows.h"

#include <optional>
#include <utility>

#include "mail/base/utf8.h"
#include "mail/store/action_rows.h"
#include "mail/store/names.h"

namespace mail::store {

namespace {

constexpr Names<OcrJob::State, 4> state_names{{{"queued", OcrJob::State::queued},
                                               {"running", OcrJob::State::running},
                                               {"done", OcrJob::State::done},
                                               {"failed", OcrJob::State::failed}}};
const std::string columns = "SELECT point, folder, file, size_octets, modified, pages, state, "
                            "reason, code, words, scratch, result, result_sha256, since, at, "
                            "instance FROM ocr_job ";

std::chrono::sys_seconds time_of(std::int64_t seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

OcrJob job_in(const Statement& row) {
    OcrJob job;
    job.point = row.text(0);
    job.folder = row.text(1);
    job.file = row.text(2);
    job.size_octets = static_cast<std::uint64_t>(row.integer(3));
    job.modified = row.integer(4);
    if (row.integer(5) >= 0)
        job.pages = static_cast<std::uint32_t>(row.integer(5));
    job.state = value_in(state_names, row.text(6)).value_or(OcrJob::State::failed);
    job.reason = ocr_reason_named(row.text(7)).value_or(OcrJob::Reason::none);
    job.code = static_cast<int>(row.integer(8));
    job.words = row.text(9);
    job.scratch = row.text(10);
    job.result = row.text(11);
    job.result_sha256 = row.text(12);
    job.since = time_of(row.integer(13));
    job.when = time_of(row.integer(14));
    return job;
}

/// Who runs it as far as that is known: a running job of nobody who lives is a queued one.
struct Row {
    OcrJob job;
    std::string holder;  ///< instance; "": nobody
};

/// `start(statement)`: binds what the condition names.
template <class Start>
Result<std::vector<Row>> rows_of(Database& database, const Instance& instance,
                                 std::string_view condition, const Start& start) {
    const auto living = instance.others(database);
    auto rows = database.prepare(columns + std::string(condition));
    if (!rows || !living)
        return tl::unexpected(!rows ? rows.error() : living.error());
    std::vector<Row> found;
    start(*rows);
    const auto read = each_row(*rows, [&] {
        Row row{job_in(*rows), rows->text(15)};
        const auto holder = living->find(row.holder);
        if (holder != living->end()) {
            row.job.host = holder->second.substr(0, holder->second.find(' '));
        } else if (row.holder != instance.id()) {
            row.holder.clear();
            if (row.job.state == OcrJob::State::running)
                row.job.state = OcrJob::State::queued;
        }
        found.push_back(std::move(row));
    });
    return read.map([&] { return std::move(found); });
}

Result<std::optional<Row>> row_of(Database& database, const Instance& instance, const OcrJob& job) {
    return rows_of(database, instance, "WHERE point = ?1 AND folder = ?2 AND file = ?3",
                   [&](Statement& rows) { rows.start(job.point, job.folder, job.file); })
        .map([](std::vector<Row> rows) {
            return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
        });
}

Result<std::vector<OcrJob>> jobs_in(Result<std::vector<Row>> rows) {
    return std::move(rows).map([](std::vector<Row> found) {
        std::vector<OcrJob> jobs;
        for (Row& row : found)
            jobs.push_back(std::move(row.job));
        return jobs;
    });
}

bool is_same_file(const OcrJob& one, const OcrJob& other) {
    return one.size_octets == other.size_octets && one.modified == other.modified;
}

Result<void> write(Database& database, const OcrJob& job, const std::string& holder) {
    auto statement = database.prepare(
        "INSERT OR REPLACE INTO ocr_job VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
        "?12, ?13, ?14, ?15, nullif(?16, ''))");
    if (!statement)
        return tl::unexpected(std::move(statement.error()));
    return statement->execute(job.point, job.folder, job.file, job.size_octets, job.modified,
                              job.pages ? static_cast<std::int64_t>(*job.pages) : std::int64_t{-1},
                              name_of(job.state), name_of(job.reason),
                              static_cast<std::int64_t>(job.code), job.words, job.scratch,
                              job.result, job.result_sha256, job.since.time_since_epoch().count(),
                              job.when.time_since_epoch().count(), holder);
}

/// A command's own words may be of the document, which no log holds: they stay with the file.
bool are_of_the_command(OcrJob::Reason reason) {
    return reason != OcrJob::Reason::command_missing && reason != OcrJob::Reason::not_stored;
}

/// That it has come to an end, for those who read what happened.
Result<void> log_end(Database& database, const OcrJob& job) {
    const bool has_failed = job.state == OcrJob::State::failed;
    if (!job.who || (!has_failed && job.state != OcrJob::State::done))
        return {};
    Action action;
    action.when = job.when;
    action.who = *job.who;
    action.point = job.point;
    action.what = has_failed ? Action::What::ocr_failed : Action::What::ocr_done;
    action.subject = utf8::one_line(job.file);
    action.result = has_failed ? name_of(job.reason) : "";
    action.detail = job.result;
    if (has_failed)
        action.detail =
            std::to_string(job.code) + (are_of_the_command(job.reason) ? "" : ": " + job.words);
    return ActionWriter::on(database).and_then([&](ActionWriter log) { return log.add(action); });
}

}  // namespace

std::string_view name_of(OcrJob::State state) {
    return name_in(state_names, state);
}

std::string_view name_of(OcrJob::Reason reason) {
    return ocr_reason_names.at(static_cast<std::size_t>(reason));
}

Result<std::vector<OcrJob>> ocr_jobs_of(Database& database, const Instance& instance,
                                        const std::string& point, const std::string& folder) {
    return jobs_in(rows_of(database, instance,
                           "WHERE point = ?1 AND folder = ?2 ORDER BY since, file",
                           [&](Statement& rows) { rows.start(point, folder); }));
}

Result<std::vector<OcrJob>> ocr_jobs_of_file(Database& database, const Instance& instance,
                                             const std::string& folder, const std::string& file) {
    return jobs_in(rows_of(database, instance, "WHERE folder = ?1 AND file = ?2 ORDER BY point",
                           [&](Statement& rows) { rows.start(folder, file); }));
}

Result<void> put_ocr_jobs(Database& database, const Instance& instance,
                          const std::vector<OcrJob>& jobs) {
    for (const OcrJob& job : jobs) {
        const auto row = row_of(database, instance, job);
        if (!row)
            return tl::unexpected(row.error());
        if (*row && (!(*row)->holder.empty() || is_same_file((*row)->job, job)))
            continue;
        auto written = write(database, job, "").and_then([&] { return log_end(database, job); });
        if (!written)
            return written;
    }
    return {};
}

Result<bool> begin_ocr_job(Database& database, const Instance& instance, const OcrJob& job) {
    const auto row = row_of(database, instance, job);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row || !(*row)->holder.empty() || (*row)->job.state != OcrJob::State::queued ||
        !is_same_file((*row)->job, job))
        return false;
    OcrJob begun = job;
    begun.state = OcrJob::State::running;
    return write(database, begun, instance.id()).map([] { return true; });
}

Result<void> write_own_ocr_job(Database& database, const Instance& instance, const OcrJob& job) {
    const auto row = row_of(database, instance, job);
    if (!row)
        return tl::unexpected(row.error());
    // A computer that slept for long has lost its jobs to those that were awake.
    if (!*row || (*row)->holder != instance.id())
        return fail(Cause::busy_elsewhere, Layer::ledger, Reach::part,
                    {{"host", *row ? (*row)->job.host : ""}});
    return write(database, job, job.state == OcrJob::State::running ? instance.id() : "")
        .and_then([&] { return log_end(database, job); });
}

Result<void> forget_ocr_jobs(Database& database, const Instance& instance,
                             const std::vector<OcrJob>& jobs) {
    auto forget =
        database.prepare("DELETE FROM ocr_job WHERE point = ?1 AND folder = ?2 AND file = ?3");
    if (!forget)
        return tl::unexpected(std::move(forget.error()));
    for (const OcrJob& job : jobs) {
        const auto row = row_of(database, instance, job);
        if (!row)
            return tl::unexpected(row.error());
        if (!*row || !(*row)->holder.empty() || (*row)->job.state != job.state ||
            !is_same_file((*row)->job, job))
            continue;
        if (auto done = forget->execute(job.point, job.folder, job.file); !done)
            return done;
    }
    return {};
}

}  // namespace mail::store
