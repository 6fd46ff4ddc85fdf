#pragma once
// Which messages of a mailbox the grid shows, and in which order. Pure, so that it can run on a
// worker while the grid goes on showing the order before (arranger.h).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/base/wait.h"
#include "mail/snapshot.h"

namespace gui {

enum class Column : std::uint8_t {
    status,
    subject,
    sender,
    received,
    attachments,
    size,
    gate,
    names,   ///< of the attachments
    folder,  ///< of its document
    taken_at,
    taken_by
};
inline constexpr std::size_t column_count = 11;
/// As in Settings: "status", "subject" …
[[nodiscard]] std::string_view name_of(Column column);

enum class Direction : std::uint8_t { ascending, descending };
struct SortKey {
    Column column = Column::received;
    Direction direction = Direction::descending;
    bool operator==(const SortKey&) const = default;
};
/// "-received" for the newest first; unknown names are left out.
[[nodiscard]] std::vector<SortKey> sort_from(const std::vector<std::string>& names);
[[nodiscard]] std::vector<std::string> names_of(const std::vector<SortKey>& sort);

/// What the chips over the grid let through.
enum class Shown : std::uint8_t { all, new_, check, taken, hidden, elsewhere };
inline constexpr std::size_t shown_count = 6;
/// The operator has taken it off the list, or out of the mailbox, too.
[[nodiscard]] bool is_removed(mail::Status status);
[[nodiscard]] bool lets_through(Shown shown, mail::Status status);

/// What is asked for. Words are looked for in subject, sender and file names, all of them, without
/// regard to case and diacritics.
struct Wanted {
    std::vector<SortKey> sort{};
    Shown shown = Shown::all;
    std::string words{};
    bool operator==(const Wanted&) const = default;
};

/// Where a message is in MailboxView::chunks.
struct RowIndex {
    std::uint32_t chunk = 0, row = 0;
    bool operator==(const RowIndex&) const = default;
};

struct Arranged {
    std::vector<RowIndex> rows;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> by_uid;  ///< UID and place in `rows`
    std::array<std::size_t, shown_count> counts{};  ///< messages by chip, whatever the words
    std::size_t listed = 0;                         ///< messages in all
};

[[nodiscard]] const mail::MessageRow& row_at(const mail::MailboxView& mailbox, RowIndex index);
[[nodiscard]] std::size_t rows_listed(const mail::MailboxView& mailbox);
/// That message among the rows of all, or null.
[[nodiscard]] const mail::MessageRow* find_message(const mail::MailboxView& mailbox,
                                                   std::uint32_t uid);
/// Names of the attachments as they are known best, as the mail says them; "" for one without.
[[nodiscard]] std::vector<std::string> attachment_names(const mail::MessageRow& message,
                                                        const mail::MessageState& state);
/// Where a message stands in `rows`, if it is shown.
[[nodiscard]] std::optional<std::size_t> place_of(const Arranged& order, std::uint32_t uid);

/// Stable; ties go to the newer message, then to the higher UID. Texts sort as people expect (ą
/// after a, digits by value). Stopped: returns early, with anything.
[[nodiscard]] Arranged arrange(const mail::MailboxView& mailbox, const Wanted& wanted,
                               const mail::StopToken& stop = {});

}  // namespace gui
