#pragma once
// The activity log: who did what, when, and what came of it. Plain data.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mail::store {

/// One thing that somebody did and that changed something. Never an octet of a mail's text.
struct Action {
    enum class What {
        document,  ///< a message was taken, wholly or in part, or that failed
        hidden,    ///< off the list
        shown,     ///< back on it
        removed,   ///< out of the mailbox
        /// Likewise, without having been asked for: it was marked, and the server deletes only all
        /// that is marked. detail: its Message-ID
        taken_along,
        marked,    ///< \Deleted was set, and the server still has it
        restored,  ///< back in the mailbox
        purged,    ///< its copy has left the quarantine for good; who: "" where its time was over
        point_saved,
        point_deleted,
        point_restored,
        operators_saved,
        folder_set,
        signed_in,
        signed_out,
        password_saved,
        password_deleted,
        ocr_command_allowed,  ///< detail: the command
        // Of a file in the folder of an OCR point; subject: its name
        ocr_done,     ///< detail: the result's path, "" where the command says itself where it goes
        ocr_failed,   ///< result: name_of(OcrJob::Reason); detail: exit code or signal,
                      ///< nothing of what the command said
        ocr_retried,  ///< it had failed and is to be run again
        // About a part of a message; detail: its name
        part_wanted,      ///< it is to be taken, whatever the rules say
        part_unwanted,    ///< it is to be left out
        part_by_rules,    ///< what was decided about it was taken back
        retention_saved,  ///< detail: days of the log, "/", days of lists
        clock_leapt,      ///< weeks beyond the line before: copies are kept for so much longer
    };
    std::int64_t number = 0;  ///< ascending; given by the ledger
    std::chrono::sys_seconds when{};
    std::string who;                ///< operator
    std::string point, point_name;  ///< id and name as it was then; "" where it is about none
    What what = What::document;
    std::uint32_t uid = 0;  ///< 0: about no message
    std::string subject;    ///< UTF-8, of one line
    std::string result;     ///< "" done; else name_of(Cause), but for ocr_failed
    /// "2 of 3 files" as "2/3", "1 of 3, and 2 were there already" as "1/3/2"; a folder, a login
    std::string detail;
};
/// "document", …: as in JSON and in state.db, so never changed.
[[nodiscard]] std::string_view name_of(Action::What what);

struct ActionQuery {
    std::string point;                 ///< id; "": all
    std::chrono::sys_seconds since{};  ///< and later
    std::int64_t before = 0;           ///< of smaller numbers only; 0: all
    std::size_t at_most = 1000;
    std::vector<Action::What> kinds = {};  ///< empty: all
};

}  // namespace mail::store
