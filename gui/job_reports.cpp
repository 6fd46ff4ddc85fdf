#include "gui/job_reports.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/screens.h"

namespace gui {

using mail::JobView;

void JobReports::follow(Frame& frame) {
    if (!restore_.empty())
        frame.post(mail::RestorePoint{std::exchange(restore_, {})});
    for (const auto& job : frame.snapshot.jobs) {
        if (!job->has_ended())
            live_jobs_.insert(job->id);
        else if (live_jobs_.erase(job->id) > 0)
            report(frame, *job);
    }
    if (const auto path = desk_.take_failure()) {
        const mail::Error error{
            mail::Cause::file_not_found, mail::Layer::target, mail::Reach::part, {{"path", *path}}};
        toasts_.show({NoteKind::error, [error](text::Language language) {
                          return ToastWords{text::words_of(error, language).cause};
                      }});
    }
    follow_demo(frame);
}

/// Its mails are made only after the first frame, which would wait for the processor else.
void JobReports::follow_demo(Frame& frame) {
    if (demo_ == Demo::next) {
        live_jobs_.insert(frame.post(mail::OpenDemo{}));
        demo_ = Demo::asked_for;
    } else if (demo_ == Demo::wanted) {
        demo_ = Demo::next;
    }
}

void JobReports::report(Frame& frame, const JobView& job) {
    if (job.kind == JobView::Kind::demo)
        demo_ = Demo::none;
    if (job.kind == JobView::Kind::demo && job.state == JobView::State::done)
        calls_.show_point(job.saved_point);
    report_point(frame, job);
    if (job.kind != JobView::Kind::take && job.kind != JobView::Kind::demo)
        return;
    if (job.state == JobView::State::done) {
        if (job.kind == JobView::Kind::take)
            report_taken(frame, job);
    } else if (job.state == JobView::State::cancelled) {
        toasts_.show({NoteKind::info, [](text::Language language) {
                          return ToastWords{std::string(text::toast_cancelled.in(language))};
                      }});
    } else if (job.error) {
        report_error(frame, *job.error);
    }
}

void JobReports::report_error(const Frame& frame, const mail::Error& error,
                              const text::Text* around) {
    const auto words = [error](text::Language language) { return text::words_of(error, language); };
    toasts_.show({NoteKind::error,
                  [words, around](text::Language language) {
                      const std::string cause = words(language).cause;
                      return ToastWords{
                          around == nullptr ? cause : text::fill(*around, language, {{"x", cause}}),
                          std::string(text::copy_details.in(language))};
                  },
                  [words, language = frame.language] {
                      ImGui::SetClipboardText(text::to_copy(words(language)).c_str());
                  }});
}

void JobReports::say_saved_without_password(const Frame& frame, const mail::Error& error) {
    report_error(frame, error, &text::toast_password_not_stored);
}

/// A definition that came or went.
void JobReports::report_point(Frame& frame, const JobView& job) {
    using Kind = JobView::Kind;
    const bool ended = job.state == JobView::State::done;
    // The dialogs say themselves why a file was refused.
    if (!ended && job.error && (job.kind == Kind::remove || job.kind == Kind::restore))
        report_error(frame, *job.error);
    if (!ended)
        return;
    if (job.kind == Kind::remove || job.kind == Kind::restore)
        std::erase(deleted_, job.point);
    if (job.kind == Kind::remove)
        deleted_.push_back(job.point);
    const std::string& id = job.kind == Kind::import ? job.saved_point : job.point;
    const mail::PointView* point = frame.snapshot.point(id);
    const std::string name = point == nullptr ? "" : point->definition->name;
    if (job.kind == Kind::import) {
        calls_.point_came();
        say_of_point(text::toast_point_imported, name);
    }
    if (job.kind == Kind::export_)
        say_of_point(text::toast_point_exported, name);
    if (job.kind == Kind::restore)
        say_of_point(text::toast_point_restored, name);
    if (job.kind == Kind::restore && job.password_error)
        say_saved_without_password(frame, *job.password_error);
    if (job.kind == Kind::remove)
        toasts_.show(
            {job.password_error ? NoteKind::error : NoteKind::ok,
             [name = deleted_names_[id], error = job.password_error](text::Language language) {
                 const std::string what = error ? text::words_of(*error, language).cause : name;
                 return ToastWords{text::fill(error ? text::toast_password_not_deleted
                                                    : text::toast_point_deleted,
                                              language, {{"x", what}}),
                                   std::string(text::undo.in(language))};
             },
             [this, id] { restore_ = id; }});
}

void JobReports::report_taken(Frame& frame, const JobView& job) {
    const std::size_t open = job.messages_failed + job.messages_check;
    const std::size_t taken = job.messages_done - std::min(job.messages_done, open);
    if (open > 0 || taken == 0) {
        report_open(job, taken);
        return;
    }
    const mail::PointView* point = frame.snapshot.point(job.point);
    const std::string folder = point == nullptr ? "" : point->target_folder;
    toasts_.show({NoteKind::ok,
                  [taken, files = job.files](text::Language language) {
                      return ToastWords{
                          text::fill(text::toast_generated, language,
                                     {{"documents", text::counted(text::document, language, taken)},
                                      {"files", text::counted(text::file, language, files)}}),
                          std::string(text::open_folder.in(language))};
                  },
                  [this, folder] { desk_.open(folder); }});
}

/// Not all of it was taken: somebody has to look.
void JobReports::report_open(const JobView& job, std::size_t taken) {
    const bool failed = job.messages_failed > 0;
    const auto words = [failed, taken, job](text::Language language) {
        const std::string done = text::number(taken, language);
        const std::string messages =
            text::counted(text::message_genitive, language, job.messages_total);
        return ToastWords{failed ? text::fill(text::toast_failed, language,
                                              {{"k", done},
                                               {"messages", messages},
                                               {"f", text::number(job.messages_failed, language)}})
                                 : text::fill(text::toast_partial, language,
                                              {{"k", done},
                                               {"messages", messages},
                                               {"c", text::number(job.messages_check, language)}}),
                          std::string(text::show.in(language))};
    };
    toasts_.show({failed ? NoteKind::error : NoteKind::warning, words,
                  [this, id = job.point] { calls_.show_to_check(id); }});
}

void JobReports::undo_delete() {
    if (!deleted_.empty())
        restore_ = deleted_.back();
}

void JobReports::say_of_point(const text::Text& words, const std::string& name) {
    toasts_.show({NoteKind::ok, [&words, name](text::Language language) {
                      return ToastWords{text::fill(words, language, {{"x", name}})};
                  }});
}

void JobReports::say_saved(const std::string& name) {
    say_of_point(text::toast_saved, name);
}

}  // namespace gui
