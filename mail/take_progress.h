#pragma once
// Writes the progress of a taking into the rows and the job.

#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "mail/board.h"
#include "mail/listed_rows.h"
#include "mail/work/take.h"

namespace mail {

class TakeProgress final : public work::TakeObserver {
public:
    TakeProgress(ListedRows& rows, Board& board, JobId job)
        : rows_(rows), board_(board), job_(job) {}
    /// Before the messages of a list: so many of so many octets, beside those of a list before it.
    void begins(std::size_t messages, std::uint64_t octets);
    void changed(std::uint32_t uid, const MessageState& state) override;
    [[nodiscard]] JobId job() const { return job_; }

private:
    struct Counts {
        std::size_t done = 0, failed = 0, check = 0, documents = 0, files = 0, files_there = 0;
    };
    static Counts counts_of(const MessageState& state);
    static void count(JobView& job, const Counts& counts);
    static void uncount(JobView& job, const Counts& counts);

    ListedRows& rows_;
    Board& board_;
    JobId job_;
    std::size_t done_before_ = 0;  ///< of lists before
    std::unordered_map<std::uint32_t, std::uint64_t> octets_;
    std::unordered_map<std::uint32_t, Counts> counted_;
};

}  // namespace mail
