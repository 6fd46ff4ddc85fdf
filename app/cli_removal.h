#pragma once
// What the commands remove, restore and log print: text, each ending with a line feed, and JSON
// (docs/output.schema.json).

#include <functional>
#include <string>
#include <vector>

#include "app/cli_output.h"

namespace app {

/// What stayed, each with why; "" where all went.
[[nodiscard]] std::string kept_lines(const mail::JobView& job, gui::text::Language language);
/// The same, and what would remove it.
[[nodiscard]] std::string kept_text(const mail::JobView& job, gui::text::Language language);
/// "3 messages removed from the list"
[[nodiscard]] std::string removed_text(const mail::JobView& job, bool from_mailbox,
                                       gui::text::Language language);
[[nodiscard]] std::string quarantine_table(const std::vector<mail::QuarantineView>& messages,
                                           const OutputStyle& style);
[[nodiscard]] std::string log_table(const std::vector<mail::store::Action>& actions,
                                    const OutputStyle& style);

/// Of remove and restore.
[[nodiscard]] std::string removal_json(const mail::JobView& job);
/// What left the mailbox after its document, or by a removal that an earlier run had begun. ""
/// where nothing did.
[[nodiscard]] std::string left_line(const mail::JobView& run, gui::text::Language language);
[[nodiscard]] std::string quarantine_json(const std::vector<mail::QuarantineView>& messages);
[[nodiscard]] std::string log_json(const std::vector<mail::store::Action>& actions);
/// RFC 4180, with a line of titles; the same names and values as in JSON.
[[nodiscard]] std::string log_csv(const std::vector<mail::store::Action>& actions);

/// A log that comes page by page, newest first: JSON and CSV are printed as they come, a table,
/// whose columns depend on all of its lines, at the end.
class LogPrinter {
public:
    enum class Form { table, json, csv };
    using Print = std::function<void(const std::string& piece)>;
    LogPrinter(Form form, OutputStyle style, Print print);
    void add(const std::vector<mail::store::Action>& page);
    /// False: there was nothing, and nothing is printed of a table.
    [[nodiscard]] bool end();

private:
    Form form_;
    OutputStyle style_;
    Print print_;
    bool any_ = false;
    std::vector<mail::store::Action> table_;
};

}  // namespace app
