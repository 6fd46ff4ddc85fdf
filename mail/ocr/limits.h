#pragma once
// What an OCR point accepts, as far as that can be told of a file without reading it: its type and
// its size. Pure.

#include <cstdint>
#include <string_view>

#include "mail/point/point.h"
#include "mail/store/ocr_job.h"
#include "mail/work/message.h"

namespace mail::ocr {

/// "pdf", as in point::ocr_type_names; "" for a MIME type that none of them is.
[[nodiscard]] std::string_view type_name_of(std::string_view mime_type);

/// Its name says that it is of a type that the point accepts.
[[nodiscard]] bool is_named_as_accepted(std::string_view file_name, const point::Ocr& limits);

[[nodiscard]] bool is_too_large(std::uint64_t size_octets, const point::Ocr& limits);
/// By its file as it lies there. none: nothing is known against it.
[[nodiscard]] store::OcrJob::Reason
reason_against(std::string_view mime_type, std::uint64_t size_octets, const point::Ocr& limits);

/// Of an attachment that nobody has seen yet: its sender says the type, and may say nothing of use;
/// then its name has to do.
[[nodiscard]] store::OcrJob::Reason reason_against_announced(std::string_view mime_type,
                                                             std::string_view file_name,
                                                             std::uint64_t size_octets,
                                                             const point::Ocr& limits);

/// Of a part of a mail whose file goes to the OCR point's folder, taken or still to be taken; none
/// for every other part, of which the OCR program sees nothing.
[[nodiscard]] store::OcrJob::Reason reason_against(const work::PartView& part,
                                                   const point::Ocr& limits);

}  // namespace mail::ocr
