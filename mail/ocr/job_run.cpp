#include "mail/ocr/job_run.h"

#include "mail/base/ascii.h"
#include "mail/base/run_program.h"
#include "mail/base/utf8.h"
#include "mail/ocr/check.h"
#include "mail/ocr/results.h"
#include "mail/work/filing.h"

namespace mail::ocr {

namespace {

using store::OcrJob;

OcrJob failed(OcrJob job, OcrJob::Reason reason, std::string words = "") {
    job.state = OcrJob::State::failed;
    job.reason = reason;
    if (!words.empty())
        job.words = std::move(words);
    return job;
}

OcrJob queued_again(OcrJob job) {
    job.state = OcrJob::State::queued;
    job.words.clear();
    return job;
}

std::string words_of(const Error& error) {
    const std::string_view reason = error.fact("reason");
    return utf8::one_line(reason.empty() ? name_of(error.cause) : reason);
}

bool was_placed(Disk& disk, const OcrJob& job) {
    if (job.result.empty() || job.result_sha256.empty())
        return false;
    const auto sha256 = work::sha256_of(disk, job.result);
    return sha256 && *sha256 == job.result_sha256;
}

std::int64_t date_of(const Entry& entry) {
    return std::chrono::floor<std::chrono::seconds>(entry.modified).time_since_epoch().count();
}

/// The size and date that a job is known by.
bool is_still(const Entry& entry, const OcrJob& job) {
    return entry.size_octets == job.size_octets && date_of(entry) == job.modified;
}

/// A command without {out} may change the file itself, however it ends. That is no other file, so
/// its new date is kept; its size stays the one that it came with, by which others know it.
OcrJob as_left(const JobRun& run, OcrJob job) {
    if (run.command.has_out())
        return job;
    if (const auto entry = run.disk.look(join_path(job.folder, job.file)))
        job.modified = date_of(*entry);
    return job;
}

/// What is to be said of a command that did not end well.
OcrJob not_done(const JobRun& run, OcrJob job, const ProgramEnd& end) {
    job.code = end.code;
    job.words = last_words(end.errors);
    switch (end.how) {
    case ProgramEnd::How::stopped:
        return queued_again(std::move(job));
    case ProgramEnd::How::out_of_time:
        return failed(std::move(job), OcrJob::Reason::timed_out);
    case ProgramEnd::How::crashed:
        return failed(std::move(job), OcrJob::Reason::command_crashed);
    case ProgramEnd::How::exited:
        break;
    }
    // Whatever words a command has for it, this is why.
    const bool is_locked = is_encrypted_pdf(run.disk, join_path(job.folder, job.file));
    return failed(std::move(job),
                  is_locked ? OcrJob::Reason::password_protected : OcrJob::Reason::command_failed);
}

/// What a command says while all goes well is of no use to anybody, and may be the document.
OcrJob done(OcrJob job) {
    job.state = OcrJob::State::done;
    job.words.clear();
    return job;
}

OcrJob done_with_out(const JobRun& run, OcrJob job, const Wait& wait) {
    const auto entry = run.disk.look(join_path(job.folder, job.file));
    if (entry && !is_still(*entry, job))
        return queued_again(std::move(job));
    const auto made = made_in(run.disk, job.scratch);
    if (!made || made->empty())
        return failed(std::move(job), OcrJob::Reason::no_result);
    const auto placed = place_results(
        run.disk, {join_path(job.folder, done_folder), stem_of(job.file)}, *made,
        [&](const Placed& place) {
            job.result = place.path;
            job.result_sha256 = place.sha256;
            return run.ledger.ocr_write(job);
        },
        wait);
    if (!placed) {
        job.result.clear();
        job.result_sha256.clear();
        return placed.error().cause == Cause::cancelled
                   ? queued_again(std::move(job))
                   : failed(std::move(job), OcrJob::Reason::not_stored, words_of(placed.error()));
    }
    job.result = placed->path;
    return done(std::move(job));
}

OcrJob run_in(const JobRun& run, OcrJob job, const Wait& wait) {
    Program program;
    program.name = run.command.program();
    program.arguments =
        run.command.arguments(join_path(job.folder, job.file), join_path(job.scratch, out_name));
    program.folder = job.scratch;
    // What a command that is ended by force leaves there goes with the folder.
    for (const char* variable : {"TMPDIR", "TMP", "TEMP"})
        program.environment.emplace_back(variable, job.scratch);
    const auto end = run_program(program, wait.within(run.limit));
    if (!end)
        return failed(std::move(job), OcrJob::Reason::command_missing, words_of(end.error()));
    job = as_left(run, std::move(job));
    if (end->how != ProgramEnd::How::exited || end->code != 0)
        return not_done(run, std::move(job), *end);
    job.words = last_words(end->errors);
    // Without it its own results lie where it put them.
    return run.command.has_out() ? done_with_out(run, std::move(job), wait) : done(std::move(job));
}

}  // namespace

std::string last_words(std::string_view errors) {
    constexpr std::size_t most = 400;
    std::string_view words = trimmed(errors);
    if (words.size() > most)
        words.remove_prefix(words.size() - most);
    // Not from within a letter.
    while (!words.empty() && (static_cast<unsigned char>(words.front()) & 0xC0U) == 0x80U)
        words.remove_prefix(1);
    return utf8::one_line(words);
}

OcrJob run_job(const JobRun& run, OcrJob job, const Wait& wait) {
    job.reason = OcrJob::Reason::none;
    job.code = 0;
    if (was_placed(run.disk, job)) {
        // A program that was cut off had only this left to say.
        job.scratch.clear();
        return done(std::move(job));
    }
    job.result.clear();
    job.result_sha256.clear();
    const auto scratch = Scratch::make(run.disk, job.scratch);
    if (!scratch)
        return failed(std::move(job), OcrJob::Reason::not_stored, words_of(scratch.error()));
    OcrJob ended = run_in(run, std::move(job), wait);
    ended.scratch.clear();
    return ended;
}

}  // namespace mail::ocr
