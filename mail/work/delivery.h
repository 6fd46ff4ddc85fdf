#pragma once
// One message on its way from the server to files: which parts are asked for, the octets that
// arrive for each, and what became of them. Knows no ledger and no other message; take.h orders the
// steps.

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/imap/fetch.h"
#include "mail/mime/decoder.h"
#include "mail/mime/message.h"
#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/filing.h"
#include "mail/work/message.h"
#include "mail/work/repeats.h"

namespace mail::work {

class Delivery {
public:
    /// Who decodes base64: the server (BINARY, a quarter less to receive), or we.
    enum class Transfer { server_may_decode, as_stored };
    /// What an earlier run took is left out, or is taken once more; until that has its own files
    /// the earlier ones stay on record.
    enum class Extent { what_is_open, all_again };
    struct Order {
        Transfer transfer = Transfer::server_may_decode;
        Extent extent = Extent::what_is_open;
    };

    /// `row` and `general` must outlive it. Temporary files go into `folder`.
    Delivery(Disk& disk, const std::string& folder, const MessageRow& row,
             const point::General& general, const Order& order);
    ~Delivery();
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;

    [[nodiscard]] const MessageRow& row() const { return *row_; }
    [[nodiscard]] const Parts& parts() const { return parts_; }

    /// What to ask the server for; the index of a request is the `slot` below.
    [[nodiscard]] std::vector<imap::PartRequest> requests() const;

    /// As imap::PartSink has them.
    [[nodiscard]] Result<void> begin(std::size_t slot, imap::PartSink::Form form);
    [[nodiscard]] Result<void> data(std::size_t slot, std::string_view raw);
    [[nodiscard]] Result<void> end(std::size_t slot, Result<void> outcome);
    [[nodiscard]] bool complete() const { return open_slots_ == 0; }

    /// Files that have arrived and are not yet durable; note_synced() tells what became of them, in
    /// the same order.
    [[nodiscard]] std::vector<NewFile*> unsynced() const;
    [[nodiscard]] Result<void> note_synced(std::span<const Result<void>> outcomes);

    /// A mail that was asked for as a whole: finds its parts and makes slots for the wanted ones
    /// (to be planned in the ledger), then decodes them. Nothing to do for others.
    [[nodiscard]] bool is_whole() const { return row_->whole_needed; }
    /// What came does not fit the structure: only the whole mail tells what is in it.
    [[nodiscard]] bool wants_whole() const { return mistrusted_ && !is_whole(); }
    [[nodiscard]] Result<void> find_parts();
    [[nodiscard]] Result<void> decode_parts();

    /// The temporary files and, as far as known, what they hold: for the ledger, while under way.
    [[nodiscard]] store::MessageEntry entry() const;
    /// Some file of it has its final name, of this run or an earlier one.
    [[nodiscard]] bool any_taken() const;

    /// SHA-256 of what has arrived; after choose_names() only of what becomes a file.
    [[nodiscard]] std::vector<std::string> contents() const;

    /// Judges what has arrived by its content, drops what is not wanted or is saved already, and
    /// chooses final names.
    [[nodiscard]] Result<void> choose_names(TargetFolder& target, const std::string& point_name,
                                            const std::string& naming, const Repeats& repeats);
    /// Reads what is to get a name once more: verify_failed where it is not what arrived.
    [[nodiscard]] Result<void> read_back();
    /// The final paths of those that were found equal, after place(): not of one whose content was
    /// there already.
    [[nodiscard]] std::set<std::string> read_back_files() const;
    /// Gives the files their final names. After an error some may have theirs.
    [[nodiscard]] Result<void> place(TargetFolder& target);

    /// From now on the ledger may say `placing`, also after an error: that takes a temporary file
    /// which is gone for one that has its name. What is dropped stays on the disk until settled().
    void note_placing() { is_placing_ = true; }
    [[nodiscard]] bool may_be_placing() const { return is_placing_; }
    /// The ledger says what became of the message.
    void settled();

    /// Removes what is still temporary; the message is as if it had not been begun.
    void abandon();
    /// `why` reaches this message only: what has no final name yet is given up and says so.
    void give_up(const Error& why);

    /// The error of the first part that failed, if any.
    [[nodiscard]] std::optional<Error> error() const;
    [[nodiscard]] std::uint64_t done_octets() const { return done_octets_; }
    [[nodiscard]] std::uint64_t total_octets() const;

private:
    static constexpr std::size_t spool = static_cast<std::size_t>(-1);
    struct Slot {
        std::size_t part = spool;  ///< index in parts_; spool: the whole mail
        std::string temporary;
        std::optional<Incoming> incoming;
        std::unique_ptr<mime::Decoder> decoder;
        std::optional<Arrival> arrival;
        std::unique_ptr<NewFile> unsynced;  ///< of `arrival`
        std::optional<Error> error;
        std::string file;  ///< final path
        bool already_there = false;
        bool placed = false;
        bool was_read_back = false;
    };
    void add_slots();
    /// Leaves the part will_be_taken if it is to become a file.
    [[nodiscard]] Result<void> judge_arrival(Slot& slot, const Repeats& repeats);
    [[nodiscard]] Result<void> name_slot(Slot& slot, TargetFolder& target,
                                         const std::string& point_name, const std::string& naming);
    [[nodiscard]] Result<void> note_arrival(Slot& slot, Result<Unsynced> arrived);
    void drop_temporary(Slot& slot);
    void fail_part(const Slot& slot);
    void refuse_parts(const std::vector<std::size_t>& cut_off, std::uint64_t octets);
    /// What an earlier run has of them stays on record; the others did not come.
    void add_withheld(Parts withheld, const Parts& before);

    Disk* disk_;
    std::string folder_;
    const MessageRow* row_;
    std::optional<MessageRow> filled_row_;  ///< with what the whole mail told; row_ is it then
    const point::General* general_;
    Order order_;
    Parts parts_;
    std::vector<store::FileEntry> earlier_;  ///< of all_again: on record until it has its own
    std::vector<Slot> slots_;
    std::size_t open_slots_ = 0;
    std::uint64_t done_octets_ = 0;
    std::uint64_t line_ends_ = 0;  ///< of the whole mail
    bool mistrusted_ = false;
    bool is_placing_ = false;
    std::vector<std::string> dropped_;  ///< temporary files that are still there
    std::unique_ptr<mime::Source>
        source_;  ///< of the spooled mail, between find_parts and decode_parts
    std::optional<mime::Message> mail_;
};

}  // namespace mail::work
