#pragma once
// The list of a point's mailbox as it is kept between two runs (store/list_cache.h), for its desk:
// read as rows, and written again with what a listing has found. A cache that fails is done
// without, and nobody is told. Private to mail/point_desk; on the one thread of its worker.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mail/base/disk.h"
#include "mail/imap/sync.h"
#include "mail/listing_view.h"
#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/store/list_cache.h"
#include "mail/work/refresh.h"

namespace mail {

class RememberedList {
public:
    struct Setup {
        std::string path = {};     ///< of the file; "": nothing is kept
        std::string program = {};  ///< its version
        /// For how long a list is kept that is not brought up to date, as the workspace says now;
        /// 0: none is. Nothing: that can't be told now, and nothing is kept or forgotten.
        std::function<std::optional<std::chrono::days>()> kept_for = {};
    };
    /// One reading, whole.
    struct Kept {
        store::ListState state;
        std::uint64_t revision = 0;
        std::vector<MessageRow> rows;  ///< described, the newest first
    };

    /// `ledger` must outlive it.
    RememberedList(Setup setup, store::Ledger& ledger)
        : setup_(std::move(setup)), ledger_(ledger) {}

    [[nodiscard]] bool is_kept() const { return days_kept().value_or(no_days) != no_days; }
    /// Nothing where there is none that is of use.
    [[nodiscard]] std::optional<Kept> read(const point::Point& point);
    /// The same in chunks, so that the first is there at once. No begin: there is none; where it
    /// says false nothing more is read, and so where `take` does.
    struct Reader {
        std::function<bool(const store::ListReading& reading)> begin;
        std::function<bool(std::vector<MessageRow> chunk)> take;
    };
    void read(const point::Point& point, const Reader& reader);

    /// Of a list that was kept as `revision`: what is another now. Nothing is done where another
    /// program has written it meanwhile.
    void change(const point::Point& point, std::uint64_t revision, store::ListState state,
                const store::ListChange& change);
    void replace(const point::Point& point, store::ListState state,
                 std::vector<store::ListRow> rows);
    /// These of a list that is kept are others now than the server alone says.
    void note(const point::Point& point, std::uint32_t uid_validity,
              const std::vector<MessageRow>& rows);
    void forget(const point::Point& point);
    /// Those of no use any more, whosever they were; once. May take a while.
    void forget_unused();

private:
    static constexpr std::chrono::days no_days{0};
    [[nodiscard]] std::optional<std::chrono::days> days_kept() const;
    /// Null where it can't be had, at least now, and where none is kept.
    [[nodiscard]] store::ListCache* cache();
    /// "" where it can't be told.
    [[nodiscard]] std::string recipe(const point::Point& point);

    Setup setup_;
    store::Ledger& ledger_;
    std::unique_ptr<store::ListCache> cache_;
    bool forgot_unused_ = false;
};

/// Of a point that is deleted.
void forget_list(const RememberedList::Setup& setup, const point::Point& point);
/// Those that the file at that path, if there is one, has kept for longer.
void forget_lists(Disk& disk, const std::string& path, std::chrono::days kept);

/// Hands a listing on to the view, and notes what is to be kept of it: one for all tries of a job.
class ListKeeper final : public work::RefreshObserver {
public:
    enum class Keeps { nothing, all };
    ListKeeper(ListingView& view, Keeps keeps) : view_(view), keeps_(keeps == Keeps::all) {}

    void found(const store::MailboxId& mailbox, std::size_t messages) override;
    void described(const MessageRow& row) override { note(row); }
    void rows(std::vector<MessageRow> chunk) override { view_.rows(std::move(chunk)); }
    [[nodiscard]] std::vector<std::uint32_t> keep(const std::vector<std::uint32_t>& uids) override {
        return view_.keep(uids);
    }

    [[nodiscard]] bool keeps() const { return keeps_; }
    /// The server does not bear being asked for changes: for the rest of the job all is listed.
    void keep_nothing() { keeps_ = false; }
    /// What is to be listed when the server has told `synced` of the list `kept`.
    [[nodiscard]] work::Opened joined(std::optional<RememberedList::Kept> kept, imap::Synced synced,
                                      imap::Claimant us, const point::General& general);
    /// Writes what has come of it. `mod_sequence`: of the earliest try. `is_listed`: by UID.
    void write(RememberedList& lists, const point::Point& point, std::uint64_t mod_sequence,
               const std::function<bool(std::uint32_t)>& is_listed);

private:
    void note(const MessageRow& row);
    /// Of rows that are kept: what has changed of their flags. Those whose flags nobody knows go.
    void take_flags(std::vector<MessageRow>& rows, const imap::Synced& synced, imap::Claimant us);

    ListingView& view_;
    bool keeps_;
    std::uint32_t uid_validity_ = 0, uid_next_ = 0;
    std::unordered_map<std::uint32_t, std::string> put_;  ///< octets by UID
    std::optional<store::ListState> before_;              ///< what is changed; nothing: all is new
    std::uint64_t revision_ = 0;
    std::vector<std::uint32_t> kept_uids_;
};

}  // namespace mail
