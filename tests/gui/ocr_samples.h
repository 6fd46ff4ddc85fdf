#pragma once
// Made-up OCR points, beside those of samples.h.

#include "mail/snapshot.h"

namespace gui::test {

/// The office's points, and an OCR point "ocr" whose queue runs; its files are in all states.
[[nodiscard]] mail::Snapshot ocr_snapshot();
[[nodiscard]] mail::OcrView::File ocr_file(const std::string& name,
                                           mail::store::OcrJob::State state, int minutes_ago);
/// The same with other files.
[[nodiscard]] mail::Snapshot ocr_snapshot_with(const mail::OcrView& queue);
/// Its command was not allowed: the first job that is posted fails for that.
[[nodiscard]] mail::Snapshot ocr_not_allowed(mail::JobId first_job);
[[nodiscard]] mail::Snapshot ocr_fault();
/// The office's first point files into the OCR point. Of its messages 3 failed there, 7 is done, 10
/// waits; of message 1, which is new, nothing is accepted.
[[nodiscard]] mail::Snapshot ocr_handed_over();

}  // namespace gui::test
