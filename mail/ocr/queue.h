#pragma once
// The queue of one OCR point: looks at its folder, refuses what the point doesn't accept, runs the
// command for each file, several at once, and remembers in the ledger what became of it. Two
// programs on one workspace share the work: no file is run twice. Without a command it only tells
// which files lie for long. docs/ocr.md.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "mail/base/ask_folder.h"
#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/ocr/job_run.h"
#include "mail/point/point.h"
#include "mail/store/ledger.h"

namespace mail::ocr {

struct QueueSettings {
    std::string point;    ///< its id
    std::string folder;   ///< absolute
    std::string scratch;  ///< where commands get folders of their own; absolute, on this computer
    point::Ocr ocr;
    /// watch: it only tells what lies there, as long as somebody has to allow the command.
    enum class Work { run, watch } work = Work::run;
    std::string who;  ///< operator, for the activity log
    std::chrono::milliseconds look_every{2000};
    /// Then a folder that is asked for is folder_silent: a share that has gone may never answer.
    std::chrono::milliseconds answers_in{folder_answers_in};
    /// A file that keeps its size and date for so long is whole.
    std::chrono::milliseconds settles_in{2000};
    /// For how long it is remembered that a file which has left the folder was done, as the
    /// workspace says now.
    std::function<std::chrono::days()> done_kept = [] { return most_days_kept; };
    static constexpr std::chrono::days most_days_kept{400};
};

/// A file of the queue, as people see it.
struct QueueEntry {
    store::OcrJob job;
    bool lies_long = false;  ///< for longer than the point says
};

class Queue {
public:
    /// `changed`: entries() has something new; called from any thread, under no lock.
    Queue(QueueSettings settings, store::Ledger& ledger, Disk& disk,
          std::function<void()> changed = {});
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;
    ~Queue();

    /// stopped: goes on until `wait` is over, whatever befalls the folder meanwhile (fault()).
    /// empty: until nothing is to be done by this program.
    enum class Until { stopped, empty };
    /// Commands under way end with it, and their files are queued again. One call at a time.
    /// Errors: point_invalid for a command that can't be run; with Until::empty also what kept it
    /// from the folder or the ledger, and cancelled or deadline.
    [[nodiscard]] Result<void> run(Until until, const Wait& wait);

    /// Only reads what is on record, for entries(): of a queue that does not run. Errors: the
    /// ledger's.
    [[nodiscard]] Result<void> read() { return refresh(); }

    /// All that is known of the folder's files, the first seen first. Any thread, as all below.
    [[nodiscard]] std::vector<QueueEntry> entries() const;
    /// What keeps it from the folder or the ledger at present.
    [[nodiscard]] std::optional<Error> fault() const;
    /// Failed files are looked at anew: with the limits of today, and run again.
    [[nodiscard]] Result<void> retry(const std::vector<std::string>& files);
    /// The file's command is ended; it fails as stopped. Nothing where this program runs none.
    void stop(const std::string& file);

private:
    struct Active {
        StopSource stop;
        bool by_operator = false;
        std::optional<store::OcrJob> ended;
        std::jthread thread;
    };
    /// A file whose size or date was another at the last look.
    struct Fresh {
        std::uint64_t size_octets = 0;
        std::int64_t modified = 0;
        Clock::time_point since;
    };
    using Files = std::map<std::string, Entry>;
    using Jobs = std::map<std::string, store::OcrJob>;

    [[nodiscard]] Result<void> look(const Wait& wait);
    [[nodiscard]] Result<std::vector<Entry>> list_folder(const Wait& wait);
    [[nodiscard]] Result<void> take_in(const Files& files, const Jobs& jobs, const Wait& wait);
    [[nodiscard]] Result<void> let_go(const Files& files, const Jobs& jobs);
    [[nodiscard]] Result<void> mark_taken(store::OcrJob job);
    [[nodiscard]] store::OcrJob to_look_at_anew(store::OcrJob job) const;
    /// As far as size and date tell.
    [[nodiscard]] bool is_same_file(const Entry& entry, const store::OcrJob& job) const;
    [[nodiscard]] bool is_settled(const std::string& name, const Entry& entry, const Wait& wait);
    [[nodiscard]] std::optional<store::OcrJob> new_job(const Entry& entry);
    [[nodiscard]] Result<void> refresh();
    [[nodiscard]] Result<void> begin_jobs();
    [[nodiscard]] Result<bool> begin(store::OcrJob job);
    [[nodiscard]] Result<void> collect();
    void end_all();
    [[nodiscard]] bool is_idle() const;
    /// The point has no command.
    [[nodiscard]] bool is_for_another_program() const;
    void keep(const Result<void>& done);
    void tell() const;

    const QueueSettings settings_;
    store::Ledger& ledger_;
    Disk& disk_;
    const std::function<void()> changed_;
    /// What is asked of the folder; its thread's, too, which may outlive this.
    struct Listing {
        std::atomic<bool> is_there = false;
        Result<std::vector<Entry>> entries;
        std::optional<std::chrono::system_clock::time_point> changed;  ///< the folder
    };
    std::shared_ptr<Listing> listing_;
    bool may_change_files_ = false;          ///< its command, which has no {out}
    bool is_tidy_ = false;                   ///< what cut off runs have left was removed
    std::optional<point::Command> command_;  ///< null: nothing is run
    std::map<std::string, Fresh> fresh_;     ///< only run() uses it

    mutable std::mutex mutex_;  ///< of all below
    std::condition_variable_any woken_;
    bool look_now_ = false;
    std::vector<QueueEntry> entries_;
    std::optional<Error> fault_;
    std::map<std::string, std::unique_ptr<Active>> active_;  ///< by file
};

}  // namespace mail::ocr
