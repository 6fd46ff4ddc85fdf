#pragma once
// What is said of an OCR point and its files, the same in its screen, in the list of points and at
// the documents of mails. Apart from the screen, which others must not know.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "gui/marks.h"
#include "gui/screen.h"
#include "gui/widgets.h"

namespace gui {

/// Of the files of an OCR point that was looked at.
struct OcrCounts {
    std::size_t all = 0, queued = 0, running = 0, done = 0, failed = 0, lies_long = 0;
};
[[nodiscard]] OcrCounts counts_of(const mail::OcrView* queue);
/// This program runs its command just now, and so can end it.
[[nodiscard]] bool runs_here(const mail::store::OcrJob& job);
[[nodiscard]] bool is_ocr(const mail::PointView* point);  ///< null is none
/// The point has no command.
[[nodiscard]] bool is_for_another_program(const mail::PointView& point);
/// Where the point has no command, what is done has left the folder.
[[nodiscard]] bool is_taken_by_other(const mail::store::OcrJob& job, const mail::PointView& point);
/// What keeps the queue from its folder or ledger, or it from running; null: nothing, or that its
/// command is not allowed yet.
[[nodiscard]] const mail::Error* fault_of(const mail::PointView& point, const mail::Error* refused);

/// "W kolejce, od dawna", "W trakcie na pc-2"
[[nodiscard]] std::string state_words(const mail::OcrView::File& file, text::Language language);
/// Where the result is, or why it failed; "" while there is neither.
[[nodiscard]] std::string outcome_words(const mail::store::OcrJob& job,
                                        const mail::PointView& point, text::Language language);
/// Whether it runs, and how many wait.
[[nodiscard]] std::pair<NoteKind, std::string> queue_words(const mail::PointView& point, bool runs,
                                                           const mail::Error* refused,
                                                           text::Language language);
/// What opens without risk is opened itself, of all else the folder that it lies in: a file in the
/// folder of an OCR point is anybody's.
[[nodiscard]] std::string path_to_open(const std::string& path);

/// The file that a part of a mail was saved as, in the folder of an OCR point; null: it isn't
/// there, or is another one by its size.
[[nodiscard]] const mail::OcrView::File* ocr_file_of(const mail::PointView& ocr_point,
                                                     const mail::PartView& part);
/// What became of it, `file` being that one; else whether the OCR program won't accept the part.
/// "" where there is nothing to say.
[[nodiscard]] std::pair<Mark, std::string> ocr_words_of(const mail::PartView& part,
                                                        const mail::PointView& ocr_point,
                                                        const mail::OcrView::File* file,
                                                        text::Language language);

/// How many files of these messages, taken by a mailbox point, its OCR point does not accept.
[[nodiscard]] std::size_t not_accepted(const mail::Snapshot& snapshot, const mail::PointView& point,
                                       std::span<const std::uint32_t> uids);

/// Its line in the list of points: "2 pliki w kolejce · błędy: 1".
[[nodiscard]] std::string ocr_line(const mail::PointView& point, text::Language language);
/// The OCR point that a mailbox point files into; null: none, or one that may not be seen.
[[nodiscard]] const mail::PointView* ocr_point_of(const mail::Snapshot& snapshot,
                                                  const mail::PointView& point);
/// How many files lie there for long, where `point` is a mailbox point.
[[nodiscard]] std::size_t files_that_lie_long(const mail::Snapshot& snapshot,
                                              const mail::PointView& point);
/// Something failed, lies for long, or can't be reached.
[[nodiscard]] bool needs_somebody(const mail::PointView& point);

}  // namespace gui
