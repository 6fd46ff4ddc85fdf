#pragma once
// A message as the product sees it: its status, its parts with a verdict and a reason each. Plain
// data; made by describe.h and choose.h, changed by take.h, shown by the window and the commands.

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mail/base/result.h"
#include "mail/mime/part.h"
#include "mail/store/decision.h"
#include "mail/work/part_list.h"

namespace mail::work {

/// The words of the product for what became of a message.
enum class Status : std::uint8_t {
    new_,
    queued,
    taking,
    taken,
    partial,
    check,
    failed,
    none,
    hidden,
    quarantined,
    gone,
    held,             ///< somebody is at work on it now
    taken_elsewhere,  ///< has the mark of another Mailpoint, which keeps it for good
};
inline constexpr std::size_t status_count = 13;
[[nodiscard]] std::string_view name_of(Status status);  ///< "new", …: as in JSON

enum class Verdict : std::uint8_t { will_be_taken, taken, skipped, needs_you, not_attachment };
[[nodiscard]] std::string_view name_of(Verdict verdict);

/// Why a part has its verdict; gui/text/reasons words it.
enum class Reason : std::uint8_t {
    attachment,      ///< it is one: taken
    body,            ///< message text
    container,       ///< multipart, a message whose parts are listed, a TNEF that was opened
    signature,       ///< control part: S/MIME or PGP signature, delivery status
    inline_picture,  ///< picture inside the text
    logo,            ///< small picture shown in the text: a signature's logo
    not_graphic,
    empty,
    executable,  ///< its content or name is a program's: never written unasked
    encrypted,
    too_large,
    damaged,
    not_delivered,  ///< the server did not deliver it
    link_only,      ///< message/external-body
    already_there,  ///< the same content is in the folder under this name
    saved_before,   ///< another message became a file with this content: PartView::file, saved_at
    cancelled,
    failed,      ///< PartView::error says why
    asked_for,   ///< somebody decided that it is taken, whatever the rules say
    not_wanted,  ///< somebody decided that it is left out
};
[[nodiscard]] std::string_view name_of(Reason reason);
[[nodiscard]] std::optional<Reason> reason_named(std::string_view name);

struct PartView {
    mime::Part part;
    Verdict verdict = Verdict::not_attachment;
    Reason reason = Reason::body;
    store::Decision decision = store::Decision::by_rules;  ///< decide.h says what follows
    bool counts = false;                  ///< is an attachment in the sense of the list's column
    std::string type;                     ///< by content once fetched, else as the mail says
    std::uint64_t size_octets = 0;        ///< decoded: exact once fetched, else estimated
    std::string sha256;                   ///< "" until fetched
    std::string file;                     ///< absolute path, "" until placed
    std::chrono::sys_seconds saved_at{};  ///< of saved_before: when that file was saved
    std::optional<Error> error;
};

/// What changes about a message.
struct MessageState {
    Status status = Status::new_;
    std::uint64_t done_octets = 0, total_octets = 0;  ///< while taking
    PartList parts;                                   ///< once known better than in the row
    std::optional<Error> error;
    std::chrono::sys_seconds taken_at{};
    std::string folder;      ///< of its document
    std::string who;         ///< operator who took it; "": nobody is on record
    bool is_marked = false;  ///< \\Deleted, by us: it leaves when somebody expunges
};

/// Something is to be done for it: new, failed, incomplete, or waiting for the operator and not yet
/// recorded as seen.
[[nodiscard]] bool is_open(const MessageState& state);

/// By the mark of another Mailpoint in the mailbox, whether that is at work on it or has its
/// document. By name it is taken all the same.
[[nodiscard]] bool is_claimed_elsewhere(const MessageState& state);

/// What its mark in the mailbox says (imap/claim.h): that it has none, one that does not say whose
/// it is, ours, or another Mailpoint's. us_and_another: both, of one moment; who has gone on with
/// it is found out when it is taken.
enum class ClaimedBy : std::uint8_t { nobody, somebody, us, another, us_and_another };

/// A message as listed; never changes.
struct MessageRow {
    std::uint32_t uid = 0;
    std::string subject, sender_name, sender_address, message_id;
    std::chrono::sys_seconds received{};
    std::uint64_t size_octets = 0;
    PartList parts;
    std::uint32_t attachments = 0;
    bool whole_needed = false;  ///< the structure can't be trusted: taking reads the whole mail
    bool is_deleted = false;    ///< has the flag \\Deleted
    ClaimedBy claimed_by = ClaimedBy::nobody;
    std::optional<Error> structure_error;
    MessageState initial;  ///< what the ledger knew when it was listed
};

/// The parts as they are known best.
[[nodiscard]] const PartList& parts_of(const MessageRow& row, const MessageState& state);

/// The changes to messages since they were listed, by UID. Immutable and shared: a tick of progress
/// copies one small bucket, however many messages there are.
class StateMap {
public:
    /// Null where nothing has changed.
    [[nodiscard]] const MessageState* find(std::uint32_t uid) const;
    [[nodiscard]] StateMap
    with(const std::vector<std::pair<std::uint32_t, MessageState>>& changes) const;

private:
    using Bucket = std::unordered_map<std::uint32_t, MessageState>;
    std::array<std::shared_ptr<const Bucket>, 256> buckets_;
};

}  // namespace mail::work
