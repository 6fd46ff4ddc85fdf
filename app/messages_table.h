#pragma once
// What `mailpoint list` prints.

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/cli_output.h"
#include "app/table.h"

namespace app {

/// Of that point, newest first; they point into the snapshot. None of a point that is not there, as
/// one without permission.
[[nodiscard]] std::vector<Listed> listed_messages(const mail::Snapshot& snapshot,
                                                  const std::string& point);

/// Laid out while the rows still come: a hundred thousand are not waited for once the last is
/// there.
class MessagesTable {
public:
    explicit MessagesTable(const OutputStyle& style);
    /// Lays out what has come since.
    void prepare(const mail::MailboxView& mailbox);
    /// All that is in it, newest first.
    [[nodiscard]] std::string text(const mail::MailboxView& mailbox);

private:
    using Chunk = std::shared_ptr<const std::vector<mail::MessageRow>>;
    struct Line {
        const mail::MessageRow* row = nullptr;
        mail::Status status{};  ///< as it was laid out
        std::size_t number = 0;
    };
    [[nodiscard]] Line lay_out(const mail::MessageRow& row, const mail::MessageState& state);

    OutputStyle style_;
    std::chrono::sys_seconds now_;
    Table table_;
    std::unordered_map<Chunk, std::vector<Line>> lines_;
};

}  // namespace app
