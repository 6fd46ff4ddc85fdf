#pragma once
// Says in toasts what came of jobs, and tells the shell what it has to show then.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gui/desk.h"
#include "gui/removals.h"
#include "gui/screen.h"
#include "gui/toasts.h"
#include "gui/undo.h"

namespace gui {

/// What the shell does when it is told so.
struct ReportCalls {
    std::function<void(const std::string& point)> show_point;
    std::function<void(const std::string& point)> show_to_check;  ///< its rows that need somebody
    std::function<void()> point_came;  ///< a definition was imported: nobody has to make one
    /// Where it is followed says itself what comes of it.
    std::function<bool(mail::JobId)> is_told_there = [](mail::JobId) { return false; };
};

class JobReports {
public:
    /// `desk` outlives it.
    JobReports(Desk& desk, ReportCalls calls) : desk_(desk), calls_(std::move(calls)) {}
    JobReports(const JobReports&) = delete;
    JobReports& operator=(const JobReports&) = delete;

    /// Looks what has ended since the frame before.
    void follow(Frame& frame);
    /// Not to miss a job that ends before any snapshot has shown it running.
    void watch(mail::JobId job) { live_jobs_.insert(job); }
    /// The same of a taking of these messages, of whose files more is to be said.
    void watch_taking(mail::JobId job, std::vector<std::uint32_t> uids) {
        watch(job);
        takings_[job] = std::move(uids);
    }
    /// Its name is wanted when it is gone.
    void deletes(const mail::point::Point& point) { deleted_names_[point.id] = point.name; }
    /// Also when the toast that offers it has gone.
    [[nodiscard]] bool can_undo() const { return undo_.can(); }
    void undo() { undo_.wish_last(); }
    [[nodiscard]] Toasts& toasts() { return toasts_; }
    [[nodiscard]] Removals& removals() { return removals_; }
    [[nodiscard]] bool asks() const { return removals_.asks(); }
    void say_saved(const std::string& name);
    /// By that job; with a way to its folder.
    void say_message_saved(const mail::JobView& job);
    /// The files of a mail that lies in a file; likewise.
    void say_files_saved(const mail::JobView& job);
    /// So many files were dropped while something was open over the window.
    void say_not_opened(std::size_t files);
    /// Of a target folder that was set: what it may not be good for.
    void say_of_folder(const mail::Facts& facts);
    /// Also of a restored one.
    void say_saved_without_password(const Frame& frame, const mail::Error& error);
    /// Opens the demo mailbox once the first frame has been seen, and shows it next.
    void begin_with_demo() { demo_ = Demo::wanted; }
    [[nodiscard]] bool waits_for_demo() const { return demo_ != Demo::none; }
    /// As Toasts::draw().
    void draw(Frame& frame, float middle_x, float bottom) { toasts_.draw(frame, middle_x, bottom); }

private:
    void follow_demo(Frame& frame);
    void bring_back(Frame& frame);
    void report(Frame& frame, const mail::JobView& job);
    void report_point(Frame& frame, const mail::JobView& job);
    /// `around`: a sentence with the cause in its hole {x}; null: the cause alone.
    void report_error(const Frame& frame, const mail::Error& error,
                      const text::Text* around = nullptr);
    using More = Removals::AfterTaking;
    /// With what left the mailbox afterwards, and a way back for that.
    void show_with(const More& more, Toast toast);
    void report_taken(Frame& frame, const mail::JobView& job, const More& more);
    void report_cut_short(const Frame& frame, const mail::JobView& job, const More& more);
    void report_open(const Frame& frame, const mail::JobView& job, const More& more);
    void report_cancelled(const mail::JobView& job, const More& more);
    /// How many files of a taking its OCR point does not accept.
    [[nodiscard]] std::size_t take_not_accepted(const Frame& frame, const mail::JobView& job);
    /// A toast whose only hole is the point's name.
    void say_of_point(const text::Text& words, const std::string& name);

    Desk& desk_;
    ReportCalls calls_;
    Toasts toasts_;
    std::set<mail::JobId> live_jobs_;
    mail::JobId newest_job_ = 0;  ///< that was seen
    std::map<mail::JobId, std::vector<std::uint32_t>> takings_;
    std::map<std::string, std::string> deleted_names_;  ///< of points, for what is said then
    Undo undo_;
    Removals removals_{toasts_, undo_};
    enum class Demo { none, wanted, next, asked_for } demo_ = Demo::none;
};

}  // namespace gui
