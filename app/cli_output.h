#pragma once
// Results of the commands as text for people and as JSON for programs (docs/output.schema.json).

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gui/text/text.h"
#include "mail/snapshot.h"
#include "mail/work/extract.h"

namespace app {

/// A message with its state of now, for both forms.
struct Listed {
    const mail::MessageRow* row = nullptr;
    const mail::MessageState* state = nullptr;
    /// What the OCR point accepts that the files go to; null: they go to none.
    const mail::point::Ocr* ocr = nullptr;
};

struct OutputStyle {
    gui::text::Language language = gui::text::Language::en;
    int columns = 120;
};

// Text, each ending with a line feed.
[[nodiscard]] std::string points_table(const mail::Snapshot& snapshot, const std::string& workspace,
                                       const OutputStyle& style);
[[nodiscard]] std::string taken_table(const std::vector<Listed>& messages,
                                      const OutputStyle& style);
[[nodiscard]] std::string parts_table(const mail::Parts& parts, const OutputStyle& style);
/// One line a step, then the cause, how sure it is, what to do and the evidence.
[[nodiscard]] std::string diagnosis_text(const mail::Diagnosis& diagnosis,
                                         const OutputStyle& style);
/// One line a setting, then where they come from.
[[nodiscard]] std::string proposal_text(const mail::Proposal& proposal, const OutputStyle& style);
/// "Error: …", "What to do: …" and the evidence, for standard error.
[[nodiscard]] std::string error_text(const mail::Error& error, gui::text::Language language);

// JSON, one document each, ending with a line feed. `error` stands beside what was done before it.
[[nodiscard]] std::string points_json(const mail::Snapshot& snapshot, const std::string& workspace);
/// Beside the messages.
struct MessagesEnd {
    std::optional<mail::Error> error;
    const mail::JobView* run = nullptr;  ///< null: they were only listed
    std::string folder;
};
/// Piece by piece: for a hundred thousand messages it has 60 MB.
void write_messages_json(const std::vector<Listed>& messages, const MessagesEnd& end,
                         const std::function<void(const std::string& piece)>& write);
[[nodiscard]] std::string extraction_json(const mail::work::Extraction& extraction);
[[nodiscard]] std::string diagnosis_json(const mail::Diagnosis& diagnosis);
[[nodiscard]] std::string proposal_json(const mail::Proposal& proposal);
/// null: nobody is signed in.
[[nodiscard]] std::string account_json(const mail::AccountView* account);
[[nodiscard]] std::string error_json(const mail::Error& error);

}  // namespace app
