#include "gui/job_reports.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "gui/screens/folder_check.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "mail/base/disk.h"

namespace gui {

using mail::JobView;

void JobReports::follow(Frame& frame) {
    bring_back(frame);
    for (const auto& job : frame.snapshot.jobs) {
        if (!job->has_ended())
            live_jobs_.insert(job->id);
        else if (const bool watched = live_jobs_.erase(job->id) > 0; removals_.waits_for(job->id))
            removals_.report(frame, *job);
        else if (watched)
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

/// What somebody wants to undo.
void JobReports::bring_back(Frame& frame) {
    const auto wished = undo_.take_wish();
    if (!wished)
        return;
    const mail::JobId job = wished->messages.empty()
                                ? frame.post(mail::RestorePoint{wished->point})
                                : removals_.restore(frame, wished->point, wished->messages);
    undo_.begun(wished->number, job);
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
    const MoreWords more = removals_.after_taking(frame.snapshot, job);
    if (job.state == JobView::State::done) {
        if (job.kind == JobView::Kind::take)
            report_taken(frame, job, more);
    } else if (job.state == JobView::State::cancelled) {
        toasts_.show({NoteKind::info, [more](text::Language language) {
                          std::string words(text::toast_cancelled.in(language));
                          return ToastWords{more ? words + " " + more(language) : words};
                      }});
    } else if (job.error && (job.messages_done > 0 || more)) {
        report_cut_short(frame, job, more);
    } else if (job.error) {
        report_error(frame, *job.error);
    }
}

/// What was taken, and has left the mailbox, before it failed is done all the same.
void JobReports::report_cut_short(const Frame& frame, const JobView& job, const MoreWords& more) {
    const std::size_t open = job.messages_failed + job.messages_check;
    const std::size_t taken = job.messages_done - std::min(job.messages_done, open);
    const auto words = [error = *job.error](text::Language language) {
        return text::words_of(error, language);
    };
    toasts_.show({NoteKind::error,
                  [words, more, taken, total = job.messages_total](text::Language language) {
                      std::string said = text::fill(
                          text::toast_taken_so_far, language,
                          {{"k", text::number(taken, language)},
                           {"messages", text::counted(text::message_genitive, language, total)}});
                      said += " " + words(language).cause;
                      return ToastWords{more ? said + " " + more(language) : said,
                                        std::string(text::copy_details.in(language))};
                  },
                  [words, language = frame.language] {
                      ImGui::SetClipboardText(text::to_copy(words(language)).c_str());
                  }});
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
    if (!ended && job.kind == Kind::restore)
        undo_.failed(job.id);
    if (!ended)
        return;
    if (job.kind == Kind::restore)
        undo_.point_is_back(job.point);
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
    if (job.kind != Kind::remove)
        return;
    const std::uint64_t number = undo_.add_point(id);
    toasts_.show({job.password_error ? NoteKind::error : NoteKind::ok,
                  [name = deleted_names_[id], error = job.password_error](text::Language language) {
                      const std::string what =
                          error ? text::words_of(*error, language).cause : name;
                      return ToastWords{text::fill(error ? text::toast_password_not_deleted
                                                         : text::toast_point_deleted,
                                                   language, {{"x", what}}),
                                        std::string(text::undo.in(language))};
                  },
                  [this, number] { undo_.wish(number); }});
}

void JobReports::report_taken(Frame& frame, const JobView& job, const MoreWords& more) {
    const std::size_t open = job.messages_failed + job.messages_check;
    const std::size_t taken = job.messages_done - std::min(job.messages_done, open);
    if (open > 0 || taken == 0) {
        report_open(job, taken, more);
        return;
    }
    const mail::PointView* point = frame.snapshot.point(job.point);
    const std::string folder = point == nullptr ? "" : point->target_folder;
    toasts_.show({job.kept.empty() ? NoteKind::ok : NoteKind::warning,
                  [taken, files = job.files, more](text::Language language) {
                      const std::string words =
                          text::fill(text::toast_generated, language,
                                     {{"documents", text::counted(text::document, language, taken)},
                                      {"files", text::counted(text::file, language, files)}});
                      return ToastWords{more ? words + ". " + more(language) : words,
                                        std::string(text::open_folder.in(language))};
                  },
                  [this, folder] { desk_.open(folder); }});
}

/// Not all of it was taken: somebody has to look.
void JobReports::report_open(const JobView& job, std::size_t taken, const MoreWords& more) {
    const bool failed = job.messages_failed > 0;
    const auto words = [failed, taken, job, more](text::Language language) {
        const std::string done = text::number(taken, language);
        const std::string messages =
            text::counted(text::message_genitive, language, job.messages_total);
        const std::string said =
            failed ? text::fill(text::toast_failed, language,
                                {{"k", done},
                                 {"messages", messages},
                                 {"f", text::number(job.messages_failed, language)}})
                   : text::fill(text::toast_partial, language,
                                {{"k", done},
                                 {"messages", messages},
                                 {"c", text::number(job.messages_check, language)}});
        return ToastWords{more ? said + ". " + more(language) : said,
                          std::string(text::show.in(language))};
    };
    toasts_.show({failed ? NoteKind::error : NoteKind::warning, words,
                  [this, id = job.point] { calls_.show_to_check(id); }});
}

void JobReports::say_of_point(const text::Text& words, const std::string& name) {
    toasts_.show({NoteKind::ok, [&words, name](text::Language language) {
                      return ToastWords{text::fill(words, language, {{"x", name}})};
                  }});
}

void JobReports::say_log_exported(const std::string& path) {
    toasts_.show({NoteKind::ok,
                  [path](text::Language language) {
                      return ToastWords{text::fill(text::log_exported, language, {{"path", path}}),
                                        std::string(text::open_folder.in(language))};
                  },
                  [this, path] { desk_.open(mail::parent_path(path)); }});
}

void JobReports::say_of_folder(const mail::Facts& facts) {
    toasts_.show({NoteKind::warning, [facts](text::Language language) {
                      return ToastWords{std::string(text::toast_folder_set.in(language)) + " " +
                                        note_of_folder(facts, language).text};
                  }});
}

void JobReports::say_saved(const std::string& name) {
    say_of_point(text::toast_saved, name);
}

}  // namespace gui
