#pragma once
// All that can be seen of the mail side, immutable. A new snapshot shares what has not changed with
// the one before: a tick of progress copies no rows. Text from mails is UTF-8 and made safe for one
// line.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mail/base/result.h"
#include "mail/commands.h"
#include "mail/mime/part.h"
#include "mail/point/point.h"

namespace mail {

/// The words of the product for what became of a message (design: new, queued, … held).
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
    held,
};
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
    cancelled,
    failed,  ///< PartView::error says why
};
[[nodiscard]] std::string_view name_of(Reason reason);

struct PartView {
    mime::Part part;
    Verdict verdict = Verdict::not_attachment;
    Reason reason = Reason::body;
    bool counts = false;            ///< is an attachment in the sense of the list's column
    std::string type;               ///< by content once fetched, else as the mail says
    std::uint64_t size_octets = 0;  ///< decoded: exact once fetched, else estimated
    std::string sha256;             ///< "" until fetched
    std::string file;               ///< absolute path, "" until placed
    std::optional<Error> error;
};
using Parts = std::vector<PartView>;

/// A message as listed; never changes.
struct MessageRow {
    std::uint32_t uid = 0;
    std::string subject, sender_name, sender_address, message_id;
    std::chrono::sys_seconds received{};
    std::uint64_t size_octets = 0;
    std::shared_ptr<const Parts> parts;
    std::uint32_t attachments = 0;
    bool whole_needed = false;  ///< the structure can't be trusted: taking reads the whole mail
    std::optional<Error> structure_error;
};

/// What changes about a message.
struct MessageState {
    Status status = Status::new_;
    std::uint64_t done_octets = 0, total_octets = 0;  ///< while taking
    std::shared_ptr<const Parts> parts;               ///< once known better than in the row
    std::optional<Error> error;
    std::chrono::sys_seconds taken_at{};
    std::string folder;  ///< of its document
};

struct MailboxView {
    /// Chunks, so that the first rows show before all are there and nothing is copied as more come.
    std::vector<std::shared_ptr<const std::vector<MessageRow>>> chunks;
    std::shared_ptr<const std::unordered_map<std::uint32_t, MessageState>>
        states;                      ///< every listed uid
    std::uint64_t rows_version = 0;  ///< changes when rows come or go: sort and filter again
    std::uint64_t states_version = 0;
    std::size_t expected = 0;  ///< messages in the folder, while listing
    bool complete = false;
};

enum class PointHealth : std::uint8_t { never, checking, ok, signin, down };

struct PointView {
    std::shared_ptr<const point::Point> definition;
    std::string path;  ///< of its file; "" for the demo
    bool demo = false;
    bool read_only = false;  ///< given by a path, or the demo: not edited here
    std::optional<Error>
        file_error;  ///< the definition could not be read; `definition` has just a name
    PointHealth health = PointHealth::never;
    std::optional<Error> error;  ///< why signin or down
    std::chrono::system_clock::time_point checked_at{};
    std::string target_folder;                   ///< absolute; "" if none is set
    std::shared_ptr<const MailboxView> mailbox;  ///< null until opened
};

struct JobView {
    JobId id = 0;
    enum class Kind : std::uint8_t {
        open,
        take,
        password,
        save,
        folders,
        other
    } kind = Kind::other;
    std::string point;
    enum class State : std::uint8_t {
        waiting,
        running,
        stopping,
        done,
        failed,
        cancelled
    } state = State::waiting;
    std::optional<Error> error;
    std::size_t messages_done = 0, messages_total = 0, files = 0;
    std::size_t messages_failed = 0, messages_check = 0;
    std::uint64_t octets_done = 0, octets_total = 0;
    std::chrono::steady_clock::time_point started{}, ended{};
    std::vector<std::string> folders;  ///< outcome of ListFolders
    std::string saved_point;           ///< outcome of SavePoint: its id
};

struct Snapshot {
    std::uint64_t version = 0;
    std::vector<std::shared_ptr<const PointView>> points;
    std::vector<std::shared_ptr<const JobView>> jobs;  ///< running and recently ended, oldest first
    bool secrets_in_memory_only = false;
    std::optional<std::string> damaged_ledger_copy;

    [[nodiscard]] const PointView* point(std::string_view id) const;
    [[nodiscard]] const JobView* job(JobId id) const;
};

}  // namespace mail
