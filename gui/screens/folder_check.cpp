#include "gui/screens/folder_check.h"

#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/screens.h"
#include "mail/base/utf8.h"

namespace gui {

using mail::Cause;

void FolderCheck::forget(Frame& frame) {
    if (job_ != 0)
        frame.cancel(job_);
    job_ = 0;
    asked_.clear();
    error_.reset();
    facts_.clear();
    made_ = false;
}

void FolderCheck::end(Frame& frame) {
    forget(frame);
    due_ = false;
}

void FolderCheck::follow(Frame& frame, const std::string& folder, const std::string& point) {
    const mail::JobView* job = frame.snapshot.job(job_);
    if (job != nullptr && job->has_ended()) {
        error_ = job->error;
        facts_ = job->folder_facts;
        job_ = 0;
    }
    if (folder != asked_ && !asked_.empty())
        forget(frame);
    if (!due_)
        return;
    due_ = false;
    if (folder.empty() || job_ != 0)
        return;
    asked_ = folder;
    point_ = point;
    job_ = frame.post(mail::CheckFolder{folder, false, point});
}

void FolderCheck::make(Frame& frame) {
    error_.reset();
    made_ = true;
    job_ = frame.post(mail::CheckFolder{asked_, true, point_});
}

Note FolderCheck::note(text::Language language) const {
    if (!error_)
        return note_of_folder(facts_, language);
    if (error_->cause == Cause::cancelled)
        return {};
    return note_of_folder(*error_, made_, language);
}

Note note_of_folder(const mail::Error& error, bool made, text::Language language) {
    const auto warning = [](std::string words) {
        return Note{NoteKind::warning, std::move(words), ""};
    };
    const auto said = [language](const text::Text& words) {
        return std::string(words.in(language));
    };
    // Else it would look as if the button did nothing. That it is still not there is no reason.
    if (made) {
        const std::string why = error.cause == Cause::folder_not_found
                                    ? said(text::folder_not_makeable)
                                    : text::words_of(error, language).cause;
        return warning(said(text::folder_not_made) + " " + why);
    }
    switch (error.cause) {
    case Cause::folder_not_found: {
        // Where one above is missing, too, it may be a share that is not mounted: nothing to make.
        if (const auto above = error.fact("missing"); !above.empty()) {
            const mail::Error missing{
                error.cause, error.layer, error.reach, {{"path", std::string(above)}}};
            return warning(text::words_of(missing, language).cause);
        }
        Note note = warning(said(text::fault_folder_missing));
        note.action = text::mend_create.in(language);
        return note;
    }
    case Cause::not_a_folder:
        return warning(said(text::fault_not_a_folder));
    case Cause::no_permission_there:
        return warning(said(text::fault_folder_rights));
    default:
        return warning(text::words_of(error, language).cause);
    }
}

Note note_of_folder(const mail::Facts& facts, text::Language language) {
    for (const auto& [key, value] : facts) {
        if (key == "free_octets")
            return {NoteKind::warning,
                    text::fill(text::fault_folder_space, language,
                               {{"size", text::size(std::stoull(value), language)}}),
                    ""};
        if (key == "used_by")
            return {
                NoteKind::warning,
                text::fill(text::fault_folder_same, language, {{"x", mail::utf8::one_line(value)}}),
                ""};
    }
    return {};
}

}  // namespace gui
