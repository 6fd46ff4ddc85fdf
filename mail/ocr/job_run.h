#pragma once
// One file of an OCR point: the command run for it, and what came of that.

#include <string>

#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/point/command.h"
#include "mail/store/ledger.h"

namespace mail::ocr {

struct JobRun {
    Disk& disk;
    store::Ledger& ledger;
    const point::Command& command;
    Clock::duration limit;
};

/// `job`: this process's by Ledger::ocr_begin(), with its scratch. Returns it as it ended; where
/// `wait` was stopped it is queued. Nothing is left in the scratch folder. The end is for the
/// caller to write; the place of the result is written before it gets there.
[[nodiscard]] store::OcrJob run_job(const JobRun& run, store::OcrJob job, const Wait& wait);

/// The last words of a program, for one line on a screen: of what it says on its standard error. On
/// its standard output it may print what it has read, which is nobody's to keep.
[[nodiscard]] std::string last_words(std::string_view errors);

}  // namespace mail::ocr
