#include "gui/job_reports.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "gui/screens/folder_check.h"
#include "gui/screens/ocr_words.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/plurals.h"
#include "gui/text/preview.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "mail/base/disk.h"
#include "mail/base/utf8.h"

namespace gui {

using mail::JobView;

namespace {

/// Messages with which nobody has to do anything any more.
std::size_t taken_by(const JobView& job) {
    const std::size_t open = job.messages_failed + job.messages_check;
    return job.messages_done - std::min(job.messages_done, open);
}

/// What it has made, and what was made before.
std::string made_by(const JobView& job, text::Language language) {
    std::string words;
    if (job.documents > 0)
        words = text::fill(text::toast_generated, language,
                           {{"documents", text::counted(text::document, language, job.documents)},
                            {"files", text::counted(text::file, language, job.files)}});
    else if (job.files_there == 0)
        words =
            text::fill(text::toast_nothing_to_save, language,
                       {{"messages", text::counted(text::message, language, job.messages_done)}});
    else
        words = text::toast_nothing_new.in(language);
    if (job.files_there > 0)
        words += ". " + text::counted(text::file_there, language, job.files_there);
    return words;
}

std::string with_not_accepted(std::string words, std::size_t files, text::Language language) {
    if (files > 0)
        words += ". " + text::fill(text::ocr_not_accepted_count, language,
                                   {{"files", text::counted(text::file, language, files)}});
    return words;
}

}  // namespace

std::size_t JobReports::take_not_accepted(const Frame& frame, const JobView& job) {
    const auto taking = takings_.extract(job.id);
    const mail::PointView* point = frame.snapshot.point(job.point);
    return taking.empty() || point == nullptr
               ? 0
               : not_accepted(frame.snapshot, *point, taking.mapped());
}

void JobReports::follow(Frame& frame) {
    bring_back(frame);
    for (const auto& job : frame.snapshot.jobs) {
        if (!job->has_ended())
            live_jobs_.insert(job->id);
        else if (const bool watched = live_jobs_.erase(job->id) > 0; removals_.waits_for(job->id))
            removals_.report(frame, *job,
                             calls_.is_told_there(job->id) ? Removals::Told::elsewhere
                                                           : Removals::Told::here);
        else if (watched || (job->kind == JobView::Kind::decide && job->id > newest_job_))
            report(frame, *job);
    }
    // Some jobs have ended before anybody could see them under way.
    for (const auto& job : frame.snapshot.jobs)
        newest_job_ = std::max(newest_job_, job->id);
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
    if (job.kind == JobView::Kind::decide && job.error)
        report_error(frame, *job.error);
    if (job.kind != JobView::Kind::take && job.kind != JobView::Kind::demo)
        return;
    const More more = removals_.after_taking(frame.snapshot, job);
    if (job.state == JobView::State::done) {
        if (job.kind == JobView::Kind::take)
            report_taken(frame, job, more);
    } else if (job.by_itself && !more.words) {
        // It goes on after the job that it gave way to; what keeps it stands over the list.
        return;
    } else if (job.state == JobView::State::cancelled) {
        report_cancelled(job, more);
    } else if (job.error && (job.messages_done > 0 || more.words)) {
        report_cut_short(frame, job, more);
    } else if (job.error) {
        report_error(frame, *job.error);
    }
}

void JobReports::show_with(const More& more, Toast toast) {
    toast.words = [said = std::move(toast.words), more](text::Language language) {
        ToastWords words = said(language);
        if (more.words)
            words.text += (words.text.ends_with('.') ? " " : ". ") + more.words(language);
        if (more.undo != 0)
            words.other = text::undo.in(language);
        return words;
    };
    if (more.undo != 0)
        toast.other_pressed = [this, number = more.undo] { undo_.wish(number); };
    toasts_.show(std::move(toast));
}

void JobReports::report_cancelled(const JobView& job, const More& more) {
    show_with(more,
              {NoteKind::info, [taken = taken_by(job), total = job.kind == JobView::Kind::take
                                                                   ? job.messages_total
                                                                   : 0](text::Language language) {
                   // Stopped before it knew how many there are.
                   if (total == 0)
                       return ToastWords{std::string(text::toast_cancelled.in(language))};
                   return ToastWords{text::fill(
                       text::toast_cancelled_at, language,
                       {{"k", text::number(taken, language)},
                        {"messages", text::counted(text::message_genitive, language, total)}})};
               }});
}

/// What was taken, and has left the mailbox, before it failed is done all the same.
void JobReports::report_cut_short(const Frame& frame, const JobView& job, const More& more) {
    const auto words = [error = *job.error](text::Language language) {
        return text::words_of(error, language);
    };
    show_with(more,
              {NoteKind::error,
               [words, taken = taken_by(job), total = job.messages_total](text::Language language) {
                   const std::string said = text::fill(
                       text::toast_taken_so_far, language,
                       {{"k", text::number(taken, language)},
                        {"messages", text::counted(text::message_genitive, language, total)}});
                   return ToastWords{said + " " + words(language).cause,
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

void JobReports::report_taken(Frame& frame, const JobView& job, const More& more) {
    const std::size_t open = job.messages_failed + job.messages_check;
    // That there was nothing to take by itself is no news.
    if (job.by_itself && job.messages_total == 0 && !more.words)
        return;
    if (open > 0 || taken_by(job) == 0) {
        report_open(frame, job, more);
        return;
    }
    const std::size_t refused = take_not_accepted(frame, job);
    const mail::PointView* point = frame.snapshot.point(job.point);
    const std::string folder = point == nullptr ? "" : point->target_folder;
    show_with(more,
              {!job.kept.empty() || refused > 0 ? NoteKind::warning
               : job.documents == 0             ? NoteKind::info
                                                : NoteKind::ok,
               [job, refused](text::Language language) {
                   return ToastWords{with_not_accepted(made_by(job, language), refused, language),
                                     std::string(text::open_folder.in(language))};
               },
               [this, folder] { desk_.open(folder); }});
}

/// Not all of it was taken: somebody has to look.
void JobReports::report_open(const Frame& frame, const JobView& job, const More& more) {
    const std::size_t taken = taken_by(job), refused = take_not_accepted(frame, job);
    const bool failed = job.messages_failed > 0;
    const auto words = [failed, taken, refused, job](text::Language language) {
        const std::string done = text::number(taken, language);
        const std::string messages =
            text::counted(text::message_genitive, language, job.messages_total);
        std::string said = failed ? text::fill(text::toast_failed, language,
                                               {{"k", done},
                                                {"messages", messages},
                                                {"f", text::number(job.messages_failed, language)}})
                                  : text::fill(text::toast_partial, language,
                                               {{"k", done},
                                                {"messages", messages},
                                                {"c", text::number(job.messages_check, language)}});
        if (job.files_there > 0)
            said += ". " + text::counted(text::file_there, language, job.files_there);
        return ToastWords{with_not_accepted(std::move(said), refused, language),
                          std::string(text::show.in(language))};
    };
    show_with(more, {failed ? NoteKind::error : NoteKind::warning, words,
                     [this, id = job.point] { calls_.show_to_check(id); }});
}

void JobReports::say_of_point(const text::Text& words, const std::string& name) {
    toasts_.show({NoteKind::ok, [&words, name](text::Language language) {
                      return ToastWords{text::fill(words, language, {{"x", name}})};
                  }});
}

void JobReports::say_of_folder(const mail::Facts& facts) {
    toasts_.show({NoteKind::warning, [facts](text::Language language) {
                      return ToastWords{std::string(text::toast_folder_set.in(language)) + " " +
                                        note_of_folder(facts, language).text};
                  }});
}

void JobReports::say_message_saved(const JobView& job) {
    const auto words = [path = job.saved_path, doubt = job.doubt](text::Language language) {
        const std::string shown = mail::utf8::one_line(path);
        const std::string button(text::open_folder.in(language));
        return doubt ? ToastWords{text::fill(text::message_saved_doubt, language,
                                             {{"path", shown},
                                              {"why", text::words_of(*doubt, language).cause}}),
                                  button}
                     : ToastWords{text::fill(text::message_saved, language, {{"path", shown}}),
                                  button};
    };
    toasts_.show({job.doubt ? NoteKind::warning : NoteKind::ok, words,
                  [this, path = job.saved_path] { desk_.open(mail::parent_path(path)); }});
}

void JobReports::say_files_saved(const JobView& job) {
    const std::uint64_t saved = job.files, there = job.files_there, failed = job.parts_failed;
    std::optional<mail::Error> why;
    for (const mail::PartView& part : job.letter ? job.letter->parts : mail::Parts{})
        if (part.error && !why)
            why = part.error;
    const auto words = [=, path = job.saved_path](text::Language language) {
        std::string line;
        if (saved > 0 || there + failed == 0)
            line = text::fill(text::files_saved, language,
                              {{"files", text::counted(text::file, language, saved)},
                               {"path", mail::utf8::one_line(path)}});
        if (there > 0)
            line += (line.empty() ? "" : "; ") + text::counted(text::file_there, language, there);
        if (why)
            line += (line.empty() ? "" : "; ") +
                    text::fill(text::files_not_saved, language,
                               {{"parts", text::counted(text::part, language, failed)},
                                {"why", text::words_of(*why, language).cause}});
        return ToastWords{line, std::string(text::open_folder.in(language))};
    };
    toasts_.show({why ? NoteKind::warning : NoteKind::ok, words,
                  [this, path = job.saved_path] { desk_.open(path); }});
}

void JobReports::say_not_opened(std::size_t files) {
    toasts_.show({NoteKind::warning, [files](text::Language language) {
                      return ToastWords{
                          text::fill(text::drop_waits, language,
                                     {{"files", text::counted(text::file, language, files)}})};
                  }});
}

void JobReports::say_saved(const std::string& name) {
    say_of_point(text::toast_saved, name);
}

}  // namespace gui
