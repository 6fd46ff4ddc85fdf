#pragma once
// One OCR point's work: its queue while that runs, and what is shown of its files.

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/board.h"
#include "mail/ocr/queue.h"
#include "mail/store/ledger.h"

namespace mail {

class OcrDesk {
public:
    struct Setup {
        Board& board;
        Disk& disk;
        store::Ledger& ledger;
        std::string point;
        std::string scratch;  ///< ocr::QueueSettings::scratch
        std::string who;      ///< operator
        std::chrono::milliseconds folder_answers_in{mail::folder_answers_in};
        std::function<std::chrono::days()> done_kept;  ///< ocr::QueueSettings::done_kept
    };
    explicit OcrDesk(Setup setup) : setup_(std::move(setup)) {}

    struct Place {
        std::string folder;  ///< absolute
        point::Ocr ocr;
    };
    /// On the one thread of the point's worker, as watch().
    [[nodiscard]] Result<void> run(const Place& place, const RunOcr& command,
                                   const StopToken& stop);
    [[nodiscard]] Result<void> watch(const Place& place, const StopToken& stop);
    /// Any thread, as all below.
    [[nodiscard]] Result<void> look(const Place& place);
    [[nodiscard]] Result<void> retry(const Place& place, const std::vector<std::string>& files);
    void stop(const std::string& file);

private:
    using Work = ocr::QueueSettings::Work;
    [[nodiscard]] std::unique_ptr<ocr::Queue> queue_for(const Place& place, Work work = Work::run);
    /// It is the one that is shown until it ends.
    [[nodiscard]] Result<void> keep_going(std::shared_ptr<ocr::Queue> queue, Work work,
                                          ocr::Queue::Until until, const StopToken& stop);
    [[nodiscard]] std::shared_ptr<ocr::Queue> current() const;
    void show(const ocr::Queue& queue);

    const Setup setup_;
    mutable std::mutex mutex_;
    std::shared_ptr<ocr::Queue> current_;  ///< null: none goes on
    Work work_ = Work::watch;              ///< of that one
};

}  // namespace mail
