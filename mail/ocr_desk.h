#pragma once
// One OCR point's work: its queue while that runs, and what is shown of its files.

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
    };
    explicit OcrDesk(Setup setup) : setup_(std::move(setup)) {}

    struct Place {
        std::string folder;  ///< absolute
        point::Ocr ocr;
    };
    /// On the one thread of the point's worker, as look().
    [[nodiscard]] Result<void> run(const Place& place, const RunOcr& command,
                                   const StopToken& stop);
    [[nodiscard]] Result<void> look(const Place& place);
    /// Any thread, as stop().
    [[nodiscard]] Result<void> retry(const Place& place, const std::vector<std::string>& files);
    void stop(const std::string& file);

private:
    [[nodiscard]] std::unique_ptr<ocr::Queue> queue_for(const Place& place);
    void show(const ocr::Queue& queue, bool is_running);

    const Setup setup_;
    std::mutex mutex_;
    std::shared_ptr<ocr::Queue> running_;  ///< null: none
};

}  // namespace mail
