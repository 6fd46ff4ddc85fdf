#pragma once
// The jobs of OCR points, for the ledger. Within a transaction of the caller.

#include <vector>

#include "mail/store/database.h"
#include "mail/store/instances.h"
#include "mail/store/ocr_job.h"

namespace mail::store {

/// As Ledger's functions of these names.
[[nodiscard]] Result<std::vector<OcrJob>> ocr_jobs_of(Database& database, const Instance& instance,
                                                      const std::string& point,
                                                      const std::string& folder);
[[nodiscard]] Result<std::vector<OcrJob>> ocr_jobs_of_file(Database& database,
                                                           const Instance& instance,
                                                           const std::string& folder,
                                                           const std::string& file);
[[nodiscard]] Result<void> put_ocr_jobs(Database& database, const Instance& instance,
                                        const std::vector<OcrJob>& jobs);
[[nodiscard]] Result<bool> begin_ocr_job(Database& database, const Instance& instance,
                                         const OcrJob& job);
[[nodiscard]] Result<void> write_own_ocr_job(Database& database, const Instance& instance,
                                             const OcrJob& job);
[[nodiscard]] Result<void> forget_ocr_jobs(Database& database, const Instance& instance,
                                           const std::vector<OcrJob>& jobs);

}  // namespace mail::store
