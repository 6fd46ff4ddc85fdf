#include "gui/screens/arrange.h"

#include <algorithm>
#include <compare>
#include <utility>

#include "gui/screens/hits.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

using mail::MailboxView;
using mail::MessageRow;
using mail::Status;

constexpr std::array<std::string_view, column_count> column_names{
    "status", "subject", "sender", "received", "attachments", "size",
    "gate",   "names",   "folder", "taken_at", "taken_by"};

/// Those that need somebody come first, what is done comes last.
int rank_of(Status status) {
    switch (status) {
    case Status::new_:
        return 0;
    case Status::check:
        return 1;
    case Status::failed:
        return 2;
    case Status::partial:
        return 3;
    case Status::taking:
        return 4;
    case Status::queued:
        return 5;
    case Status::held:
        return 6;
    case Status::taken:
        return 7;
    case Status::taken_elsewhere:
        return 8;
    case Status::none:
        return 9;
    case Status::hidden:
        return 10;
    case Status::quarantined:
        return 11;
    case Status::gone:
        return 12;
    }
    return 13;
}

bool has_all(const MessageRow& row, const std::vector<std::string>& words) {
    if (words.empty())
        return true;
    std::string text = row.subject + '\n' + row.sender_name + '\n' + row.sender_address;
    row.parts.each_name([&text](std::string_view name) { text.append(1, '\n').append(name); });
    const std::string plain = mail::utf8::unaccented(text);
    return std::all_of(words.begin(), words.end(), [&plain](const std::string& word) {
        return plain.find(word) != std::string::npos;
    });
}

/// More levels change nothing that somebody would see.
constexpr std::size_t most_levels = 3;

/// A row with what it is compared by; made once, not at every comparison.
struct Entry {
    RowIndex index;
    const MessageRow* row = nullptr;
    std::array<std::string, most_levels> text;  ///< keys, by level, of columns that are texts
    int rank = 0;
    std::chrono::sys_seconds taken_at{};
};

const std::string& text_of_sender(const MessageRow& row) {
    return row.sender_name.empty() ? row.sender_address : row.sender_name;
}

/// What a column that is a text is sorted by; "" of others.
std::string key_of(Column column, const MessageRow& row, const mail::MessageState& state) {
    switch (column) {
    case Column::subject:
        return mail::utf8::sort_key(row.subject);
    case Column::sender:
        return mail::utf8::sort_key(text_of_sender(row));
    case Column::names: {
        const std::vector<std::string> names = attachment_names(row, state);
        return names.empty() ? std::string() : mail::utf8::sort_key(names.front());
    }
    case Column::folder:
        return mail::utf8::sort_key(state.folder);
    case Column::taken_by:
        return mail::utf8::sort_key(state.who);
    case Column::status:
    case Column::received:
    case Column::attachments:
    case Column::size:
    case Column::gate:
    case Column::taken_at:
        break;
    }
    return {};
}

std::weak_ordering compare(const Entry& a, const Entry& b, Column column, std::size_t level) {
    switch (column) {
    case Column::status:
        return a.rank <=> b.rank;
    case Column::subject:
    case Column::sender:
    case Column::names:
    case Column::folder:
    case Column::taken_by:
        return a.text.at(level) <=> b.text.at(level);
    case Column::received:
        return a.row->received <=> b.row->received;
    case Column::attachments:
        return a.row->attachments <=> b.row->attachments;
    case Column::size:
        return a.row->size_octets <=> b.row->size_octets;
    case Column::taken_at:
        return a.taken_at <=> b.taken_at;
    case Column::gate:
        break;  // not sorted by: it would have to be found out for every row
    }
    return std::weak_ordering::equivalent;
}

bool before(const Entry& a, const Entry& b, const std::vector<SortKey>& sort) {
    for (std::size_t level = 0; level < std::min(sort.size(), most_levels); ++level) {
        const std::weak_ordering order = compare(a, b, sort[level].column, level);
        if (order != 0)
            return sort[level].direction == Direction::ascending ? order < 0 : order > 0;
    }
    if (a.row->received != b.row->received)
        return a.row->received > b.row->received;
    return a.row->uid > b.row->uid;
}

std::vector<Entry> entries_of(const MailboxView& mailbox, const Wanted& wanted, Arranged& counts,
                              const mail::StopToken& stop) {
    const std::vector<std::string> words = words_in(wanted.words);
    const std::size_t levels = std::min(wanted.sort.size(), most_levels);
    std::vector<Entry> entries;
    for (std::uint32_t c = 0; c < mailbox.chunks.size() && !stop.stop_requested(); ++c) {
        const std::vector<MessageRow>& rows = *mailbox.chunks[c];
        for (std::uint32_t r = 0; r < rows.size(); ++r) {
            const MessageRow& row = rows[r];
            const mail::MessageState& state = mailbox.state_of(row);
            const Status status = state.status;
            ++counts.listed;
            for (std::size_t i = 0; i < shown_count; ++i)
                counts.counts[i] += lets_through(static_cast<Shown>(i), status) ? 1U : 0U;
            if (!lets_through(wanted.shown, status) || !has_all(row, words))
                continue;
            Entry entry{{c, r}, &row, {}, rank_of(status), state.taken_at};
            for (std::size_t level = 0; level < levels; ++level)
                entry.text.at(level) = key_of(wanted.sort[level].column, row, state);
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

}  // namespace

std::string_view name_of(Column column) {
    return column_names.at(static_cast<std::size_t>(column));
}

std::vector<SortKey> sort_from(const std::vector<std::string>& names) {
    std::vector<SortKey> sort;
    for (std::string_view name : names) {
        const Direction direction =
            name.starts_with('-') ? Direction::descending : Direction::ascending;
        if (direction == Direction::descending)
            name.remove_prefix(1);
        const auto* found = std::find(column_names.begin(), column_names.end(), name);
        if (found != column_names.end())
            sort.push_back({static_cast<Column>(found - column_names.begin()), direction});
    }
    return sort;
}

std::vector<std::string> names_of(const std::vector<SortKey>& sort) {
    std::vector<std::string> names;
    for (const SortKey& key : sort)
        names.push_back((key.direction == Direction::descending ? "-" : "") +
                        std::string(name_of(key.column)));
    return names;
}

bool is_removed(Status status) {
    return status == Status::hidden || status == Status::quarantined;
}

bool lets_through(Shown shown, Status status) {
    switch (shown) {
    case Shown::all:
        return !is_removed(status);
    case Shown::new_:
        return status == Status::new_;
    case Shown::check:
        return status == Status::check || status == Status::partial || status == Status::failed;
    case Shown::taken:
        return status == Status::taken;
    case Shown::hidden:
        return status == Status::hidden;
    case Shown::elsewhere:
        return status == Status::held || status == Status::taken_elsewhere;
    }
    return true;
}

std::vector<std::string> attachment_names(const MessageRow& message,
                                          const mail::MessageState& state) {
    std::vector<std::string> names;
    if (message.attachments == 0)
        return names;
    for (mail::PartView& part : parts_of(message, state).unpack())
        if (part.counts)
            names.push_back(std::move(part.part.name));
    return names;
}

const MessageRow& row_at(const MailboxView& mailbox, RowIndex index) {
    return (*mailbox.chunks[index.chunk])[index.row];
}

std::size_t rows_listed(const MailboxView& mailbox) {
    std::size_t rows = 0;
    for (const auto& chunk : mailbox.chunks)
        rows += chunk->size();
    return rows;
}

const MessageRow* find_message(const MailboxView& mailbox, std::uint32_t uid) {
    for (const auto& chunk : mailbox.chunks)
        for (const MessageRow& row : *chunk)
            if (row.uid == uid)
                return &row;
    return nullptr;
}

std::optional<std::size_t> place_of(const Arranged& order, std::uint32_t uid) {
    const auto found = std::lower_bound(order.by_uid.begin(), order.by_uid.end(),
                                        std::pair<std::uint32_t, std::uint32_t>{uid, 0});
    if (found == order.by_uid.end() || found->first != uid)
        return std::nullopt;
    return found->second;
}

Arranged arrange(const MailboxView& mailbox, const Wanted& wanted, const mail::StopToken& stop) {
    Arranged result;
    std::vector<Entry> entries = entries_of(mailbox, wanted, result, stop);
    if (stop.stop_requested())
        return result;
    std::sort(entries.begin(), entries.end(),
              [&wanted](const Entry& a, const Entry& b) { return before(a, b, wanted.sort); });
    result.rows.reserve(entries.size());
    result.by_uid.reserve(entries.size());
    for (const Entry& entry : entries) {
        result.by_uid.emplace_back(entry.row->uid, static_cast<std::uint32_t>(result.rows.size()));
        result.rows.push_back(entry.index);
    }
    std::sort(result.by_uid.begin(), result.by_uid.end());
    return result;
}

}  // namespace gui
