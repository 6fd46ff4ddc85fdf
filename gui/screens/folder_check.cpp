#include "gui/screens/folder_check.h"

#include "gui/text/causes.h"
#include "gui/text/screens.h"

namespace gui {

using mail::Cause;

void FolderCheck::forget(Frame& frame) {
    if (job_ != 0)
        frame.cancel(job_);
    job_ = 0;
    asked_.clear();
    error_.reset();
}

void FolderCheck::end(Frame& frame) {
    forget(frame);
    due_ = false;
}

void FolderCheck::follow(Frame& frame, const std::string& folder) {
    const mail::JobView* job = frame.snapshot.job(job_);
    if (job != nullptr && job->has_ended()) {
        error_ = job->error;
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
    job_ = frame.post(mail::CheckFolder{folder});
}

void FolderCheck::make(Frame& frame) {
    error_.reset();
    job_ = frame.post(mail::CheckFolder{asked_, true});
}

Note FolderCheck::note(text::Language language) const {
    if (!error_ || error_->cause == Cause::cancelled)
        return {};
    const auto warning = [language](const text::Text& words) {
        return Note{NoteKind::warning, std::string(words.in(language)), ""};
    };
    switch (error_->cause) {
    case Cause::folder_not_found: {
        Note note = warning(text::fault_folder_missing);
        note.action = text::mend_create.in(language);
        return note;
    }
    case Cause::not_a_folder:
        return warning(text::fault_not_a_folder);
    case Cause::no_permission_there:
        return warning(text::fault_folder_rights);
    default:
        return {NoteKind::warning, text::words_of(*error_, language).cause, ""};
    }
}

}  // namespace gui
