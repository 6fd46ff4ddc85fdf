#include "mail/ocr/queue.h"

#include <algorithm>
#include <utility>

#include "mail/base/utf8.h"
#include "mail/ocr/check.h"
#include "mail/ocr/results.h"
#include "mail/point/validate.h"

namespace mail::ocr {

namespace {

using store::OcrJob;
using State = OcrJob::State;

/// No workspace says less (point::Retention), and most jobs are younger: they are not asked for.
constexpr std::chrono::days least_days_kept{30};

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::int64_t seconds_of(std::chrono::system_clock::time_point time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

/// Ours and others' unfinished or hidden files are nobody's work.
bool is_for_us(const Entry& entry) {
    return entry.kind == Entry::Kind::file && !entry.name.starts_with('.') &&
           !entry.name.ends_with(".part") && !entry.name.ends_with(".tmp");
}

/// As far as anybody sees.
bool looks_alike(const QueueEntry& one, const QueueEntry& other) {
    const OcrJob &a = one.job, &b = other.job;
    return a.file == b.file && a.state == b.state && a.reason == b.reason && a.when == b.when &&
           a.size_octets == b.size_octets && a.modified == b.modified && a.host == b.host &&
           one.lies_long == other.lies_long;
}

/// In place of the date of a file that is to be looked at anew.
constexpr std::int64_t not_looked_at = -1;

/// Its command was begun; else it was refused, or there was none to begin.
bool has_been_run(const OcrJob& job) {
    using Reason = OcrJob::Reason;
    return job.state == State::done ||
           (job.state == State::failed && job.reason > Reason::unreadable &&
            job.reason != Reason::command_missing);
}

/// A share that has gone leaves an empty folder in its place: one that nobody has taken a file out
/// of since the last of these came. A day is more than clocks of computers are apart.
bool is_stand_in(std::chrono::system_clock::time_point changed,
                 const std::map<std::string, OcrJob>& jobs) {
    std::chrono::sys_seconds last{};
    for (const auto& [name, job] : jobs)
        if (job.state == State::queued || job.state == State::failed)
            last = std::max(last, job.since);
    return changed + std::chrono::days(1) < last;
}

}  // namespace

Queue::Queue(QueueSettings settings, store::Ledger& ledger, Disk& disk,
             std::function<void()> changed)
    : settings_(std::move(settings)), ledger_(ledger), disk_(disk), changed_(std::move(changed)) {
    const auto command = point::Command::parse(settings_.ocr.command);
    may_change_files_ = command && !command->has_out();
}

Queue::~Queue() {
    end_all();
}

Result<void> Queue::run(Until until, const Wait& wait) {
    point::Point point;
    point.type = point::Type::ocr;
    point.general.folder = settings_.folder;
    point.ocr = settings_.ocr;
    if (settings_.work == QueueSettings::Work::watch)
        point.ocr.command.clear();  // whatever is wrong with it
    if (const auto wrong = point::first_obstacle(point))
        return tl::unexpected(point::error_of(*wrong));
    if (const auto command = point::Command::parse(point.ocr.command))
        command_ = *command;
    for (;;) {
        auto done = collect()
                        .and_then([&] { return look(wait); })
                        .and_then([&] { return refresh(); })
                        .and_then([&] { return begin_jobs(); });
        // That it was stopped while it asked is nothing that keeps it from its folder.
        if (!done && done.error().cause == Cause::cancelled)
            done = {};
        keep(done);
        const auto goes_on = wait.check(Layer::point, Reach::point);
        const bool is_over = until == Until::empty && (!done || (is_idle() && fresh_.empty()));
        if (!goes_on || is_over) {
            end_all();
            const auto last = collect().and_then([&] { return refresh(); });
            keep(done ? last : done);
            return until == Until::stopped ? Result<void>{} : !done ? done : goes_on;
        }
        std::unique_lock lock(mutex_);
        const auto most = std::min<std::chrono::milliseconds>(settings_.look_every, wait.left());
        woken_.wait_for(lock, wait.stop, most, [&] { return look_now_; });
        look_now_ = false;
    }
}

std::vector<QueueEntry> Queue::entries() const {
    const std::lock_guard lock(mutex_);
    return entries_;
}

std::optional<Error> Queue::fault() const {
    const std::lock_guard lock(mutex_);
    return fault_;
}

Result<void> Queue::retry(const std::vector<std::string>& files) {
    auto jobs = ledger_.ocr_jobs(settings_.point, settings_.folder);
    if (!jobs)
        return tl::unexpected(std::move(jobs.error()));
    std::erase_if(*jobs, [&](const OcrJob& job) {
        return job.state != State::failed || std::ranges::find(files, job.file) == files.end();
    });
    std::vector<OcrJob> again;
    if (may_change_files_)
        for (const OcrJob& job : *jobs)
            if (has_been_run(job))
                again.push_back(to_look_at_anew(job));
    auto forgotten = ledger_.ocr_forget(*jobs).and_then([&] { return ledger_.ocr_seen(again); });
    return std::move(forgotten).map([&] {
        for (const OcrJob& job : *jobs) {
            store::Action action;
            action.who = settings_.who;
            action.point = job.point;
            action.what = store::Action::What::ocr_retried;
            action.subject = utf8::one_line(job.file);
            // It is done already; a log that can't be written shows when it is looked at.
            static_cast<void>(ledger_.note(action));
        }
        const std::lock_guard lock(mutex_);
        look_now_ = true;
        woken_.notify_all();
    });
}

void Queue::stop(const std::string& file) {
    const std::lock_guard lock(mutex_);
    if (const auto found = active_.find(file); found != active_.end()) {
        found->second->by_operator = true;
        found->second->stop.request_stop();
    }
}

Result<std::vector<Entry>> Queue::list_folder(const Wait& wait) {
    // One that was not answered yet is not asked again beside it: threads would pile up.
    if (listing_ && !listing_->is_there)
        return fail(Cause::folder_silent, Layer::target, Reach::point,
                    {{"path", settings_.folder}});
    listing_ = std::make_shared<Listing>();
    const auto asked = ask_folder(
        settings_.folder,
        [listing = listing_, disk = &disk_, folder = settings_.folder] {
            listing->entries = disk->list(folder);
            // Only then: a file that is taken out between the two makes it younger.
            if (const auto entry = disk->look(folder))
                listing->changed = entry->modified;
            listing->is_there = true;
        },
        Wait::for_at_most(std::min(settings_.answers_in, wait.left()), wait.stop));
    if (!asked)
        return tl::unexpected(asked.error());
    return std::move(listing_->entries);
}

Result<void> Queue::look(const Wait& wait) {
    const auto entries = list_folder(wait);
    const auto known = ledger_.ocr_jobs(settings_.point, settings_.folder);
    if (!entries || !known)
        return tl::unexpected(!entries ? entries.error() : known.error());
    Jobs jobs;
    for (const OcrJob& job : *known)
        jobs.emplace(job.file, job);
    if (entries->empty() && listing_->changed && is_stand_in(*listing_->changed, jobs))
        return fail(Cause::folder_silent, Layer::target, Reach::point,
                    {{"path", settings_.folder}, {"stands_empty", "yes"}});
    if (!std::exchange(is_tidy_, true))
        remove_strays(disk_, join_path(settings_.folder, done_folder), [](std::string_view name) {
            return name.starts_with(".mailpoint-") && name.ends_with(".part");
        });
    Files files;
    for (const Entry& entry : *entries)
        if (is_for_us(entry))
            files.emplace(entry.name, entry);
    for (const OcrJob& job : *known)
        if (job.state == State::queued && !job.scratch.empty())
            Scratch::remove_left(settings_.scratch, job.scratch);
    std::erase_if(fresh_, [&](const auto& one) { return !files.contains(one.first); });
    return let_go(files, jobs).and_then([&] { return take_in(files, jobs, wait); });
}

Result<void> Queue::take_in(const Files& files, const Jobs& jobs, const Wait& wait) {
    std::vector<OcrJob> seen, left;
    for (const auto& [name, entry] : files) {
        const auto known = jobs.find(name);
        const OcrJob* const job = known == jobs.end() ? nullptr : &known->second;
        // Another program had taken it, by our belief, and here it lies.
        const bool is_back = is_for_another_program() && job != nullptr &&
                             job->state == State::done && job->result.empty();
        if (is_back)
            left.push_back(*job);
        else if (job != nullptr && (job->state == State::running || is_same_file(entry, *job))) {
            fresh_.erase(name);
            continue;
        }
        if (wait.stopped() || !is_settled(name, entry, wait))
            continue;
        fresh_.erase(name);
        auto made = new_job(entry);
        // What it came with, whatever a command has made of it since.
        if (made && made->state == State::queued && job != nullptr &&
            job->modified == not_looked_at)
            made->size_octets = job->size_octets;
        if (made)
            seen.push_back(*std::move(made));
    }
    return ledger_.ocr_forget(left).and_then([&] { return ledger_.ocr_seen(seen); });
}

bool Queue::is_same_file(const Entry& entry, const OcrJob& job) const {
    if (seconds_of(entry.modified) != job.modified)
        return false;
    // A command without {out} may have changed the size: see as_left() in job_run.cpp.
    const bool was_left_so =
        job.result.empty() &&
        (job.state == State::done ||
         (may_change_files_ && (job.state == State::queued || has_been_run(job))));
    return entry.size_octets == job.size_octets || was_left_so;
}

bool Queue::is_settled(const std::string& name, const Entry& entry, const Wait& wait) {
    const std::int64_t modified = seconds_of(entry.modified);
    const auto [found, is_new] = fresh_.try_emplace(name);
    Fresh& fresh = found->second;
    if (is_new || fresh.size_octets != entry.size_octets || fresh.modified != modified)
        fresh = {entry.size_octets, modified, wait.now()};
    return wait.now() - fresh.since >= settings_.settles_in;
}

std::optional<OcrJob> Queue::new_job(const Entry& entry) {
    const auto checked = check_file(disk_, join_path(settings_.folder, entry.name), settings_.ocr);
    if (!checked)
        return std::nullopt;  // gone meanwhile
    OcrJob job;
    job.point = settings_.point;
    job.folder = settings_.folder;
    job.file = entry.name;
    job.size_octets = entry.size_octets;
    job.modified = seconds_of(entry.modified);
    job.pages = checked->pages;
    job.reason = checked->reason;
    job.words = checked->type;  // the name may say another one
    job.state = job.reason == OcrJob::Reason::none ? State::queued : State::failed;
    job.since = job.when = now();
    job.who = settings_.who;
    return job;
}

Result<void> Queue::let_go(const Files& files, const Jobs& jobs) {
    std::vector<OcrJob> gone;
    const auto is_old = [&](const OcrJob& job) {
        if (now() - job.when <= least_days_kept)
            return false;
        const auto kept = settings_.done_kept();
        // A folder whose share is away looks empty, and its files would be run again.
        return now() - job.when >
               (files.empty() ? std::max(kept, QueueSettings::most_days_kept) : kept);
    };
    for (const auto& [name, job] : jobs) {
        if (files.contains(name) || job.state == State::running)
            continue;
        if (job.state == State::queued && is_for_another_program()) {
            if (auto marked = mark_taken(job); !marked)
                return marked;
        } else if (job.state != State::done || is_old(job)) {
            gone.push_back(job);
        }
    }
    return ledger_.ocr_forget(gone);
}

/// Of a file that a command has worked on, which may have changed it: that it is the one that came
/// with that size would be forgotten with the job.
OcrJob Queue::to_look_at_anew(OcrJob job) const {
    job.state = State::queued;
    job.reason = OcrJob::Reason::none;
    job.code = 0;
    job.words.clear();
    job.modified = not_looked_at;
    job.when = now();
    return job;
}

/// What lay in the folder has been fetched by the program that fetches it.
Result<void> Queue::mark_taken(OcrJob job) {
    job.when = now();
    const auto begun = ledger_.ocr_begin(job);
    if (!begun || !*begun)
        return begun.map([](bool) {});
    job.state = State::done;
    return ledger_.ocr_write(job);
}

Result<void> Queue::refresh() {
    auto jobs = ledger_.ocr_jobs(settings_.point, settings_.folder);
    if (!jobs)
        return tl::unexpected(std::move(jobs.error()));
    const std::chrono::minutes warn(settings_.ocr.warn_after_minutes);
    std::vector<QueueEntry> entries;
    for (OcrJob& job : *jobs) {
        const bool waits = job.state == State::queued && warn.count() > 0;
        const bool lies_long = waits && now() - job.since >= warn;
        entries.push_back({std::move(job), lies_long});
    }
    std::unique_lock lock(mutex_);
    const bool has_news = !std::ranges::equal(entries, entries_, looks_alike);
    entries_ = std::move(entries);
    lock.unlock();
    if (has_news)
        tell();
    return {};
}

Result<void> Queue::begin_jobs() {
    std::vector<OcrJob> next;
    std::size_t free = 0;
    {
        const std::lock_guard lock(mutex_);
        free = command_ ? static_cast<std::size_t>(settings_.ocr.jobs) - active_.size() : 0;
        for (const QueueEntry& entry : entries_)
            if (free > 0 && entry.job.state == State::queued && entry.job.modified != not_looked_at)
                next.push_back(entry.job);
    }
    bool any = false;
    for (auto job = next.begin(); free > 0 && job != next.end(); ++job) {
        // Another program may have been faster.
        const auto begun = begin(*job);
        if (!begun)
            return tl::unexpected(begun.error());
        any = any || *begun;
        free -= *begun ? 1 : 0;
    }
    return any ? refresh() : Result<void>{};
}

Result<bool> Queue::begin(OcrJob job) {
    job.scratch = Scratch::name_in(settings_.scratch);
    job.when = now();
    auto begun = ledger_.ocr_begin(job);
    if (!begun || !*begun)
        return begun;
    job.state = State::running;
    const std::lock_guard lock(mutex_);
    auto& active = active_[job.file] = std::make_unique<Active>();
    active->thread = std::jthread([this, own = active.get(), job] {
        const JobRun run{disk_, ledger_, *command_,
                         std::chrono::minutes(settings_.ocr.limit_minutes)};
        Wait wait;
        wait.stop = own->stop.get_token();
        OcrJob ended = run_job(run, job, wait);
        const std::lock_guard inner(mutex_);
        own->ended = std::move(ended);
        look_now_ = true;
        woken_.notify_all();
    });
    return true;
}

/// The ledger learns of the jobs that have ended.
Result<void> Queue::collect() {
    std::vector<std::unique_ptr<Active>> ended;
    {
        const std::lock_guard lock(mutex_);
        for (auto one = active_.begin(); one != active_.end();) {
            const bool is_over = one->second->ended.has_value();
            if (is_over)
                ended.push_back(std::move(one->second));
            one = is_over ? active_.erase(one) : std::next(one);
        }
    }
    Result<void> all;
    for (auto& one : ended) {
        OcrJob job = *std::move(one->ended);
        job.when = now();
        job.who = settings_.who;
        if (job.state == State::queued && one->by_operator) {
            job.state = State::failed;
            job.reason = OcrJob::Reason::stopped;
        }
        auto written = ledger_.ocr_write(job);
        // Who has taken it over, because we looked dead, has the say.
        if (written || written.error().cause == Cause::busy_elsewhere)
            continue;
        all = std::move(written);
        one->ended = std::move(job);
        const std::lock_guard lock(mutex_);
        active_[one->ended->file] = std::move(one);
    }
    return all;
}

void Queue::end_all() {
    std::vector<Active*> all;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [file, active] : active_)
            all.push_back(active.get());
    }
    for (Active* active : all)
        active->stop.request_stop();
    for (Active* active : all)
        if (active->thread.joinable())
            active->thread.join();
}

bool Queue::is_for_another_program() const {
    return settings_.ocr.command.find_first_not_of(" \t") == std::string::npos;
}

bool Queue::is_idle() const {
    const std::lock_guard lock(mutex_);
    return active_.empty();
}

void Queue::keep(const Result<void>& done) {
    std::unique_lock lock(mutex_);
    const bool has_news =
        done ? fault_.has_value() : !fault_ || fault_->cause != done.error().cause;
    fault_ = done ? std::nullopt : std::optional(done.error());
    lock.unlock();
    if (has_news)
        tell();
}

void Queue::tell() const {
    if (changed_)
        changed_();
}

}  // namespace mail::ocr
