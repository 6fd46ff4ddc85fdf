#pragma once
// Whether an OCR point takes a file: looked at before anything is run for it, or before it is
// handed over to the point.

#include <optional>
#include <string>

#include "mail/base/disk.h"
#include "mail/point/point.h"
#include "mail/store/ocr_job.h"

namespace mail::ocr {

struct Checked {
    store::OcrJob::Reason reason = store::OcrJob::Reason::none;  ///< none: it is taken
    std::optional<std::uint32_t> pages;  ///< of a PDF, if they can be counted
    std::string type = {};               ///< MIME, by content, of one that is a wrong_type
};
/// Size, type by content, pages, in this order. What is nothing that is known, and is named as
/// something that the point accepts, is damaged: unreadable. An encrypted PDF is taken: many need
/// no password to be read, and only who opens one knows. Errors: file_not_found; what can't be read
/// is a reason.
[[nodiscard]] Result<Checked> check_file(Disk& disk, const std::string& path,
                                         const point::Ocr& limits);

[[nodiscard]] bool is_encrypted_pdf(Disk& disk, const std::string& path);

}  // namespace mail::ocr
