#pragma once
// What became of messages on a day, or in any other time: documents, their files, what was left out
// and why, and what is still open. Plain data, and how it is put together: pure.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "mail/store/action.h"
#include "mail/store/ledger.h"
#include "mail/work/message.h"

namespace mail {

struct DayReport {
    std::chrono::sys_seconds since{}, until{};  ///< from that on; before that
    struct File {
        std::string name;  ///< as the mail says it
        std::string path;  ///< "" where another message's file has its content
        std::string type, sha256;
        std::uint64_t size_octets = 0;
    };
    struct LeftOut {
        std::string name;
        work::Reason reason = work::Reason::failed;
        bool needs_you = false;
        std::string who = {};  ///< whose decision it was; "": the rules', or not known any more
    };
    /// What became of a message: of one that was taken twice, what the second time made of it.
    struct Document {
        std::string point, point_name;
        std::chrono::sys_seconds when{};
        std::string who;
        std::uint32_t uid = 0;
        std::string subject;                        ///< "" where it is not known any more
        work::Status status = work::Status::taken;  ///< or partial, failed, none, check
        std::string cause;                          ///< name_of(Cause); "": none
        std::vector<File> files;
        std::vector<LeftOut> left_out;
    };
    std::vector<Document> documents;  ///< the first at first
    /// A part that somebody decided to leave out in that time, and nobody has thought better of it
    /// within it: of a message that was taken then, at another time, or never.
    struct Skipped {
        std::string point, point_name;
        std::chrono::sys_seconds when{};
        std::string who;
        std::uint32_t uid = 0;
        std::string subject, name;
        bool is_in_document = false;  ///< among Document::left_out as well
    };
    std::vector<Skipped> skipped;  ///< the first at first
    /// Something is still to be done for it, whenever it came.
    struct Open {
        std::string point, point_name;
        std::uint32_t uid = 0;
        std::string subject, sender;
        std::chrono::sys_seconds received{};
        work::Status status = work::Status::new_;
        std::string cause = {};
    };
    std::vector<Open> open;
    /// Names of points whose mailbox is not listed: of these only what was begun is among `open`.
    std::vector<std::string> not_listed;
    // Sums.
    std::size_t taken = 0, partial = 0, failed = 0;  ///< documents
    std::size_t files = 0, saved_before = 0;
    std::size_t left_out = 0;                           ///< parts, of documents or skipped
    std::uint64_t octets = 0;                           ///< of `files`
    std::size_t hidden = 0, removed = 0, restored = 0;  ///< messages
};

/// What a report is put together from.
struct ReportSources {
    using Entries = std::vector<std::pair<store::MailboxId, store::MessageEntry>>;
    Entries documents;                   ///< of the time
    Entries open;                        ///< store::DocumentQuery::open_only
    std::vector<store::Action> actions;  ///< from `since` on, the newest first
    /// Of the mailboxes of `documents`, as they are now.
    std::vector<std::pair<store::MailboxId, store::PartDecision>> decisions = {};
    /// A point that the person may see. What is known of others is left out.
    struct Point {
        std::string id, name;
        bool is_listed = false;
        std::vector<DayReport::Open> open = {};  ///< as listed
    };
    std::vector<Point> points;
};
[[nodiscard]] DayReport report_of(ReportSources sources, std::chrono::sys_seconds since,
                                  std::chrono::sys_seconds until);

}  // namespace mail
